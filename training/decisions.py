"""Label what the proposers suggest in annotated articles: is it an event of its type, does the phrase fill its role?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.articles import clean
from kg.evaluate.gold import GoldArticle, GoldEvent, read_gold
from kg.evaluate.matching import fills
from kg.evaluate.names import plain_names
from kg.evaluate.predictions import FoundFiller
from kg.evaluate.times import times_agree
from kg.export.records import value_record
from kg.extract.attribution import find_sources
from kg.extract.choices import source_options, status_options, time_options
from kg.extract.cues import Judgement
from kg.extract.decoder import Decision, finished_value
from kg.extract.extractor import Extractor, make_extractor
from kg.extract.joining import join
from kg.extract.learned.scorer import WordScorer
from kg.extract.lexicon import load_lexicon
from kg.extract.proposals import Candidate, Proposal
from kg.extract.reading import Reading, analysed_text
from kg.extract.scoring import Scores, event_features, filler_features, frame_features
from kg.extract.times import find_time
from kg.frames import load_frames
from kg.model import Article, Source, Status
from kg.nlp import load_language
from kg.ontology import EventType, load_ontology
from kg.resources import ontology_folder
from training.material import held_out


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated article, parsed."""

    article: Article
    gold: GoldArticle
    doc: Doc
    shift: int


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as the extractor reads it, with all that is proposed."""

    case: Case
    reading: Reading
    proposals: Sequence[Proposal]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to learn from: features and whether it was right."""

    article: str
    features: Mapping[str, float]
    label: int


def open_extractor(scores: Scores, scorer: WordScorer | None = None) -> Extractor:
    """Return an extractor with the frames of the repository."""
    folders = [ontology_folder()]
    ontology = load_ontology(folders)
    frames = load_frames(ontology, folders)
    return make_extractor(load_language(), ontology, frames, load_lexicon(folders), scores, scorer=scorer)


def read_cases(folders: Iterable[Path], extractor: Extractor) -> Iterator[Case]:
    """Yield the annotated articles of the folders, parsed."""
    for folder in folders:
        gold = {article.id: article for article in read_gold(folder, extractor.ontology.types)}
        for record in json.loads((folder / "articles.json").read_text(encoding="utf-8")):
            if record["id"] in gold.keys() - held_out():
                article = _article(record)
                text, shift = analysed_text(article)
                yield Case(article, gold[article.id], extractor.nlp(text), shift)


def _article(record: Mapping[str, Any]) -> Article:
    title = record.get("title") or ""
    return Article(record["id"], "d0", title, record["text"], clean(record["text"], title), date=record.get("date"))


def open_case(extractor: Extractor, case: Case) -> Opened:
    """Read an article and gather what is proposed."""
    reading = extractor.read(case.doc, case.article, case.shift)
    return Opened(case, reading, [found for proposer in extractor.proposers for found in proposer.propose(reading)])


def frame_rows(extractor: Extractor, opened: Opened) -> Iterator[Row]:
    """Yield the decisions about an article by the frames alone."""
    for decision in extractor.decoder.decide(opened.reading, opened.proposals):
        label = event_label(opened.reading, decision.proposal, opened.case.gold)
        if label is not None:
            yield Row(opened.case.article.id, frame_features(opened.reading, *_parts(extractor, decision)), label)


def event_rows(extractor: Extractor, opened: Opened) -> Iterator[Row]:
    """Yield the decisions about an article by frames and model."""
    for decision in extractor.decoder.decide(opened.reading, opened.proposals):
        label = event_label(opened.reading, decision.proposal, opened.case.gold)
        if label is not None and decision.proposal.chance is not None:
            proposal, chosen, event_type, status = _parts(extractor, decision)
            alone = frame_features(opened.reading, proposal, chosen, event_type, status)
            frames = extractor.decoder.scores.frames.probability(alone)
            features = event_features(opened.reading, proposal, chosen, event_type, status, frames)
            yield Row(opened.case.article.id, features, label)


def _parts(extractor: Extractor, decision: Decision) -> tuple[Proposal, Sequence[Candidate], EventType, Status]:
    event_type = extractor.ontology.types[decision.proposal.type]
    return decision.proposal, decision.chosen, event_type, decision.judgement.status


def event_label(reading: Reading, proposal: Proposal, gold: GoldArticle) -> int | None:
    """Return 1 if gold has an event of the type in the sentence, None if only an optional one, 0 if none."""
    there = _events_there(reading, proposal, gold)
    if any(not event.optional for event in there):
        return 1
    return None if there else 0


def _events_there(reading: Reading, proposal: Proposal, gold: GoldArticle) -> list[GoldEvent]:
    number = gold.sentence_at(reading.span(proposal.start, proposal.end).start)
    return [event for event in gold.events if event.type == proposal.type and number in event.sentences]


def filler_rows(extractor: Extractor, opened: Opened) -> Iterator[Row]:
    """Yield the candidates for the roles of the proposals that are events."""
    case, reading = opened.case, opened.reading
    for proposal in join(reading, opened.proposals):
        events = _events_there(reading, proposal, case.gold)
        for candidate in proposal.candidates if events else ():
            if candidate.chance is not None:
                right = _is_filler(extractor, reading, proposal, candidate, case.gold, events)
                yield Row(case.article.id, filler_features(proposal, candidate), int(right))


def _is_filler(
    extractor: Extractor,
    reading: Reading,
    proposal: Proposal,
    candidate: Candidate,
    gold: GoldArticle,
    events: Sequence[GoldEvent],
) -> bool:
    judgement = _grammar_status(extractor, reading, proposal)
    what = candidate.what
    value = finished_value(reading, candidate, proposal, judgement)
    label = what.cluster.label if what.cluster else None
    found = FoundFiller(
        candidate.role,
        what.span.text,
        {"text": what.span.text, **(value_record(value) if value else {})},
        plain_names((label, what.span.text)),
    )
    return any(fills(gold, filler, found) for event in events for filler in event.fillers)


def status_rows(extractor: Extractor, opened: Opened) -> Iterator[Row]:
    """Yield the statuses that the events of an article may have."""
    for reading, proposal, event in _told_events(opened):
        judgement = _grammar_status(extractor, reading, proposal)
        chances = reading.opinion.statuses(proposal.type, (proposal.start, proposal.end)) if reading.opinion else {}
        for option in status_options(judgement, chances):
            yield Row(opened.case.article.id, option.features, int(option.what == event.status))


def speaker_rows(extractor: Extractor, opened: Opened) -> Iterator[Row]:
    """Yield those who may have told of the events of an article."""
    decoder = extractor.decoder
    for reading, proposal, event in _told_events(opened):
        sources = [source for _, source in find_sources(reading, proposal.token, decoder.places, decoder.lexicon)]
        wanted = frozenset[str]().union(*(opened.case.gold.names_of(source) for source in event.sources))
        for option in source_options(reading, proposal, sources, decoder.lexicon):
            names = plain_names((option.what.span.text, _label(reading, option.what)))  # type: ignore[arg-type, union-attr]
            yield Row(opened.case.article.id, option.features, int(bool(names & wanted)))


def _label(reading: Reading, source: Source) -> str | None:
    return next((c.label for c in reading.clusters.values() if c.key == source.entity), None)


def time_rows(extractor: Extractor, opened: Opened) -> Iterator[Row]:
    """Yield the times that the events of an article may have."""
    for reading, proposal, event in _told_events(opened):
        status = _grammar_status(extractor, reading, proposal).status
        dated = find_time(reading, proposal.token, status, extractor.lexicon)
        for option in time_options(reading, proposal, dated, status):
            right = bool(event.edtf) and times_agree(event.edtf or "", option.what.when.edtf)  # type: ignore[union-attr]
            yield Row(opened.case.article.id, option.features, int(right))


def _told_events(opened: Opened) -> Iterator[tuple[Reading, Proposal, GoldEvent]]:
    """Yield the proposals that tell of exactly one annotated event, with that event."""
    reading = opened.reading
    for proposal in join(reading, opened.proposals):
        events = _events_there(reading, proposal, opened.case.gold)
        if len(events) == 1 and proposal.fillers is not None:
            yield reading, proposal, events[0]


def _grammar_status(extractor: Extractor, reading: Reading, proposal: Proposal) -> Judgement:
    in_title = reading.in_title(proposal.token)
    return extractor.decoder.judge.judge(proposal.token, proposal.type, given=proposal.status, in_title=in_title)


def with_model(extractor: Extractor, scorer: WordScorer) -> Extractor:
    """Return an extractor that uses a network."""
    return replace(extractor, scorer=scorer)
