"""Label articles that nobody has annotated by what frames and an earlier network find in them.

What they are unsure of is marked as optional, which the network may take either way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Set
from pathlib import Path

from kg.articles import clean
from kg.extract.decoder import Decision
from kg.extract.extractor import Extractor
from kg.extract.learned.opinion import Opinion, Tokens
from kg.extract.proposals import Ground
from kg.extract.reading import Reading, analysed_text
from kg.model import Article
from training.proposer.gold import GoldEvent, Record, Sample

CONSIDERED = 0.25  # less likely events are taken for none
SURE = 0.65
SURE_FILLER = 0.5
LONGEST_FILLER = 12  # words


def read_corpus(path: Path, without: Set[str], number: int) -> list[Record]:
    """Return some articles of a JSONL corpus, the same ones each time, without those that are annotated."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [record for record in map(json.loads, lines) if record["id"] not in without]
    return sorted(records, key=lambda record: hashlib.sha256(record["id"].encode()).hexdigest())[:number]


def silver_samples(extractor: Extractor, records: list[Record]) -> Iterator[Sample]:
    """Yield the articles with what the extractor finds in them. It must have a network."""
    for record in records:
        title = record.get("title") or ""
        article = Article(record["id"], "d0", title, record["text"], clean(record["text"], title), date=record["date"])
        text, shift = analysed_text(article)
        reading = extractor.read(extractor.nlp(text), article, shift)
        if reading.opinion is not None:
            yield _sample(extractor, reading, reading.opinion)


def _sample(extractor: Extractor, reading: Reading, opinion: Opinion) -> Sample:
    proposals = [found for proposer in extractor.proposers for found in proposer.propose(reading)]
    likely = [found for found in extractor.decoder.decide(reading, proposals) if found.score >= CONSIDERED]
    body = [found for found in likely if not reading.in_title(found.proposal.token)]
    words = tuple(reading.doc[token].text for token in opinion.tokens)
    return Sample(reading.article.id, words, opinion.rows, tuple(_event(reading, opinion, found) for found in body))


def _event(reading: Reading, opinion: Opinion, decision: Decision) -> GoldEvent:
    proposal = decision.proposal

    def words(tokens: Tokens) -> tuple[int, ...]:
        return tuple(opinion.words(tokens))

    sure = [c for c in decision.chosen if c.score >= SURE_FILLER and c.ground is Ground.STATED]
    fillers = [(candidate.role, words(reading.tokens(candidate.what.span))) for candidate in sure]
    return GoldEvent(
        proposal.type,
        words((proposal.start, proposal.end)),
        tuple((role, found) for role, found in fillers if 0 < len(found) < LONGEST_FILLER),
        decision.judgement.status.value,
        (),
        decision.score < SURE,
    )
