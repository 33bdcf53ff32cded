"""Score participants: are the annotated ones of an event among our fillers, and in a role of the right kind?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from benchmarks.other_gold.analysis import Analysis
from benchmarks.other_gold.counting import Share, share
from benchmarks.other_gold.gold import Marked, Sort
from benchmarks.other_gold.mapping import roles
from kg.extract.syntax import PASSIVE_SUBJECTS, SUBJECTS
from kg.model import Filler

LABELS = {"Arg0": "actor", "Arg1": "undergoer"}
OBJECTS = ("dobj", "attr", "dative")


@dataclass(frozen=True, slots=True)
class Participation:
    """An annotated participant of an event that we find too, and our fillers that stand for it."""

    label: str
    mention: Marked
    fitting: tuple[Filler, ...]
    by_syntax: str  # the label that the grammar alone gives it, empty if none


@dataclass(frozen=True, slots=True)
class Roles:
    """Shares over the events found by both: by label, participants found and found in a role of the right kind."""

    events: Share
    triggers: Share
    found: dict[str, Share]
    labelled: dict[str, Share]
    by_syntax: dict[str, Share]
    confirmed: Share


def score_roles(analyses: Sequence[Analysis]) -> Roles:
    """Score the participants of annotated events whose head word is a trigger of ours."""
    by_label: dict[str, list[Participation]] = defaultdict(list)
    for analysis in analyses:
        for participation in participations(analysis):
            by_label[participation.label if participation.label in LABELS else "other"].append(participation)
    labels = sorted(by_label)
    return Roles(
        events=share(bool(analysis.events_at(event)) for analysis in analyses for event in analysis.marked(Sort.EVENT)),
        triggers=share(known for analysis in analyses for known in _triggers(analysis)),
        found={label: share(bool(row.fitting) for row in by_label[label]) for label in labels},
        labelled={label: share(_is_labelled(row) for row in by_label[label]) for label in LABELS},
        by_syntax={label: share(row.by_syntax == label for row in by_label[label]) for label in LABELS},
        confirmed=share(fits for analysis in analyses for fits in _confirmed(analysis)),
    )


def participations(analysis: Analysis) -> Iterator[Participation]:
    """Yield the annotated participants, events aside, of the events that we find."""
    for event, fillers in _matched(analysis):
        for label, mention in _taking_part(analysis, event):
            if mention.sort is not Sort.EVENT:
                fitting = tuple(filler for filler in fillers if analysis.fills(filler, mention))
                label = label if mention.sort is Sort.ENTITY else "value"
                yield Participation(label, mention, fitting, _by_syntax(analysis.root(event), analysis.root(mention)))


def _matched(analysis: Analysis) -> Iterator[tuple[Marked, list[Filler]]]:
    """Yield the annotated events that we find, each with the fillers of our mentions at its words."""
    for event in analysis.marked(Sort.EVENT):
        said = [mention for _, mention in analysis.events_at(event)]
        if said:
            yield event, [filler for mention in said for filler in mention.fillers]


def _is_labelled(row: Participation) -> bool:
    return any(filler.role in roles(LABELS[row.label]) for filler in row.fitting)


def _by_syntax(event: Token, participant: Token) -> str:
    """Return the label of a participant by grammar: the subject acts, the object or passive subject undergoes."""
    if participant.head != event:
        return ""
    if participant.dep_ in SUBJECTS:
        return "Arg0"
    if participant.dep_ in (*OBJECTS, *PASSIVE_SUBJECTS):
        return "Arg1"
    return ""


def _triggers(analysis: Analysis) -> Iterator[bool]:
    """Yield for each trigger of ours in what was annotated whether an event is annotated there."""
    known = {id(said) for event in analysis.marked(Sort.EVENT) for _, said in analysis.events_at(event)}
    for event in analysis.extraction.events:
        for said in event.mentions:
            if analysis.gold.covers(said.trigger.start):
                yield id(said) in known


def _confirmed(analysis: Analysis) -> Iterator[bool]:
    """Yield for each entity filler of a matched event whether it is one of the event's annotated participants."""
    for event, fillers in _matched(analysis):
        taking_part = _taking_part(analysis, event)
        for filler in fillers:
            if filler.entity is not None:
                yield any(analysis.fills(filler, mention) for _, mention in taking_part)


def _taking_part(analysis: Analysis, event: Marked) -> list[tuple[str, Marked]]:
    """Return the annotated participants of an event, each with its label."""
    mentions = {mention.id: mention for mention in analysis.gold.mentions}
    links = [link for link in analysis.gold.links if link.head == event.id and link.tail in mentions]
    return [(link.type, mentions[link.tail]) for link in links]
