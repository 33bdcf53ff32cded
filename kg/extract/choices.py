"""Choose status, speaker and time of an event by what the grammar says and what a learned model thinks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.attribution import as_source
from kg.extract.cues import Judgement
from kg.extract.lexicon import Lexicon
from kg.extract.proposals import Proposal
from kg.extract.reading import Reading
from kg.extract.scoring import Features, Scores, logit
from kg.extract.times import TENSES, Dated, when_of
from kg.model import Source, Status

SPEAKER, TIME = "said_by", "time"  # what the model calls them
LEAST = 0.1  # what the model finds less likely is not considered
MIN_CHOICE = 0.2  # of who said it and when: where F1 is about best


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with what speaks for it."""

    what: Status | Source | Dated
    features: Features


def status_options(judgement: Judgement, chances: Mapping[str, float]) -> list[Option]:
    """Return every status; the grammar votes for one, more strongly where words of the text decide."""
    vote = "cued" if judgement.cue else "guessed"
    return [
        Option(
            status,
            {"model": logit(chances.get(status.value, 0.0))} | ({vote: 1.0} if status is judgement.status else {}),
        )
        for status in Status
    ]


def choose_status(judgement: Judgement, chances: Mapping[str, float], scores: Scores) -> Judgement:
    """Return the likeliest status, with the words that decided it if the grammar agrees."""
    options = status_options(judgement, chances) if chances else []
    best = max(options, key=lambda option: scores.statuses.probability(option.features), default=None)
    if best is None or not isinstance(best.what, Status) or best.what is judgement.status:
        return judgement
    return Judgement(best.what, "")


def source_options(reading: Reading, proposal: Proposal, sources: Sequence[Source], lexicon: Lexicon) -> list[Option]:
    """Return who may have said it: the grammar's speakers first, then those that the model adds."""
    fillers = proposal.fillers
    if fillers is None:
        return []
    options = [Option(source, _said(fillers.chance(SPEAKER, reading.tokens(source.span)), True)) for source in sources]
    known = {_who(source) for source in sources}
    for start, end in fillers.spans(SPEAKER, LEAST):
        source = as_source(reading, start, end, lexicon)
        if source is not None and _who(source) not in known:
            known.add(_who(source))
            options.append(Option(source, _said(fillers.chance(SPEAKER, (start, end)), False)))
    return options


def _said(chance: float, by_grammar: bool) -> Features:
    return {"model": logit(chance), "grammar": float(by_grammar)}


def _who(source: Source) -> str:
    return source.entity or source.span.text


def choose_sources(
    reading: Reading, proposal: Proposal, sources: Sequence[Source], lexicon: Lexicon, scores: Scores
) -> tuple[Source, ...]:
    """Return who said it; what the grammar says where no model has an opinion."""
    if proposal.fillers is None:
        return tuple(sources)
    options = source_options(reading, proposal, sources, lexicon)
    return tuple(
        option.what
        for option in options
        if isinstance(option.what, Source) and scores.speakers.probability(option.features) >= MIN_CHOICE
    )


def time_options(reading: Reading, proposal: Proposal, dated: Dated | None, status: Status) -> Iterator[Option]:
    """Yield when it may have been: what the grammar says, and every expression that the model finds likely."""
    fillers = proposal.fillers
    if fillers is None:
        return
    if dated is not None:
        chance = fillers.chance(TIME, reading.tokens(dated.when.span))
        yield Option(dated, {"model": logit(chance), "statement" if dated.of_statement else "grammar": 1.0})
    seen = {dated.when.span} if dated is not None else set()
    starts = {reading.times[i].start for span in fillers.spans(TIME, LEAST) for i in range(*span) if i in reading.times}
    for start in sorted(starts):
        found = reading.times[start]
        when = when_of(reading, found, TENSES.get(status, "past"))
        if when is not None and when.span not in seen:
            yield Option(Dated(when, False), {"model": logit(fillers.chance(TIME, (found.start, found.end)))})


def choose_time(
    reading: Reading, proposal: Proposal, dated: Dated | None, status: Status, scores: Scores
) -> Dated | None:
    """Return the likeliest time, or None; what the grammar says where no model has an opinion."""
    if proposal.fillers is None:
        return dated
    likely = _likely(time_options(reading, proposal, dated, status), scores)
    return likely if isinstance(likely, Dated) else None


def _likely(options: Iterable[Option], scores: Scores) -> Status | Source | Dated | None:
    rated = [(scores.times.probability(option.features), -number, option) for number, option in enumerate(options)]
    best = max(rated, default=None, key=lambda row: row[:2])
    return best[2].what if best is not None and best[0] >= MIN_CHOICE else None
