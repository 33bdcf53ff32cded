"""Part what several companies did, each for itself: "A and B fell by 1.5 and 3 percent" tells of two falls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.proposals import actor_role
from kg.model import EventMention, Filler
from kg.ontology import EventType

# What may stand between the names of a list.
BETWEEN = re.compile(r"(?:\s*,)?\s*(?:and|or|&|as well as)?\s*(?:the|its)?\s*", re.IGNORECASE)
# "A and B have both", "both A and B": each of them, whatever the type.
EACH_AFTER = re.compile(r"(?:\s+\w+)?\s+(?:all|both|each)\b")
EACH_BEFORE = re.compile(r"\bboth\s+(?:the\s+)?$", re.IGNORECASE)


def part(mention: EventMention, event_type: EventType) -> tuple[EventMention, ...]:
    """Return a mention for each of the listed companies that act separately, or the mention as it is.

    Of as many values in a role as companies, each has its own, in the order of the text.
    """
    actors = _listed(mention, event_type)
    if len(actors) < 2 or not (event_type.separate or _told_of_each(mention, actors, event_type)):
        return (mention,)
    return tuple(_of_one(mention, actors, number) for number in range(len(actors)))


def _listed(mention: EventMention, event_type: EventType) -> Sequence[Filler]:
    """Return those who act, in the order of the text, if they form one list."""
    role = actor_role(event_type)
    actors = sorted((f for f in mention.fillers if role and f.role == role.id and f.entity), key=lambda f: f.span)
    joined = all(BETWEEN.fullmatch(_words(mention, one.span.end, two.span.start)) for one, two in pairwise(actors))
    return actors if joined else ()


def _told_of_each(mention: EventMention, actors: Sequence[Filler], event_type: EventType) -> bool:
    """Tell whether words beside the list say that each acted; parties to one deal never do."""
    if not (event_type.repeatable or len(event_type.identity) > 1):
        return False
    before = _words(mention, mention.sentence.start, actors[0].span.start)
    after = _words(mention, actors[-1].span.end, mention.sentence.end)
    return bool(EACH_BEFORE.search(before) or EACH_AFTER.match(after))


def _of_one(mention: EventMention, actors: Sequence[Filler], number: int) -> EventMention:
    roles = dict.fromkeys(filler.role for filler in mention.fillers)
    kept = (filler for role in roles for filler in _share(mention, role, actors, number))
    return replace(mention, fillers=tuple(kept))


def _share(mention: EventMention, role: str, actors: Sequence[Filler], number: int) -> Sequence[Filler]:
    """Return what one of those who act has in a role."""
    if role == actors[0].role:
        return [actors[number]]
    same = sorted((filler for filler in mention.fillers if filler.role == role), key=lambda filler: filler.span)
    parallel = len(same) == len(actors) and all(filler.value for filler in same)
    return [same[number]] if parallel else same


def _words(mention: EventMention, start: int, end: int) -> str:
    """Return the words of the mention's sentence between two offsets of the article."""
    shift = mention.sentence.start
    return mention.sentence.text[max(start - shift, 0) : max(end - shift, 0)]
