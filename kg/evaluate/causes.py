"""Say why each error was made, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kg.evaluate.gold import TITLE, GoldArticle, GoldEvent, GoldFiller
from kg.evaluate.matching import Comparison, Judgement, nearness, shares_sentence
from kg.evaluate.names import phrases_agree, plain
from kg.evaluate.predictions import FoundEvent, FoundFiller


class Cause(StrEnum):
    """What went wrong. The part before the colon is what is wrong."""

    MISSED_ALONE = "event missed: nothing found in its sentences"
    MISSED_DOUBTED = "event missed: found, but less sure than asked for"
    MISSED_OTHER_TYPE = "event missed: only other types found in its sentences"
    MISSED_MERGED = "event missed: its type found there, but counted for another event"
    EXTRA_ALONE = "event extra: nothing annotated in its sentences"
    EXTRA_REPEATED = "event extra: repeats an event that is found already"
    EXTRA_OTHER_TYPE = "event extra: only other types annotated in its sentences"
    ROLE_MISSING = "fact missed: no filler for the role"
    NAME_DIFFERS = "fact wrong: the filler goes by another name"
    FILLER_WRONG = "fact wrong: another filler"
    VALUE_DIFFERS = "fact wrong: another value"
    ROLE_EXTRA = "fact extra: the event has no such role"
    FILLER_EXTRA = "fact extra: one filler more than the role has"
    STATUS_WRONG = "status wrong"
    TIME_MISSING = "time missing"
    TIME_WRONG = "time wrong"
    SOURCE_MISSING = "said_by missing"
    SOURCE_WRONG = "said_by wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """One error, and the sentence to read. `gold` and `found` are what should stand there and what does."""

    cause: Cause
    article: str
    sentence: int
    text: str
    type: str
    trigger: str
    gold: Any = None
    found: Any = None
    role: str | None = None


def faults(judgement: Judgement, doubted: Sequence[FoundEvent] = ()) -> Iterator[Fault]:
    """Yield the errors of an article. `doubted` are the events that were set aside as not sure enough."""
    for event in judgement.missed:
        wanted = [[filler.role, _wanted(filler)] for filler in event.fillers]
        yield _at_gold(judgement.article, event, _missed(judgement, event, doubted), gold=wanted)
    for found in judgement.extra:
        yield _extra(judgement, found)
    for pair in judgement.comparisons:
        yield from _facts(judgement.article, pair)
        yield from _fields(judgement.article, pair)


def counts(listed: Iterable[Fault]) -> Mapping[str, int]:
    """Return how often each cause occurs, in the order of `Cause`."""
    numbers = Counter(fault.cause for fault in listed)
    return {cause: numbers[cause] for cause in Cause if numbers[cause]}


def _missed(judgement: Judgement, event: GoldEvent, doubted: Iterable[FoundEvent]) -> Cause:
    def there(found: Iterable[FoundEvent]) -> set[str]:
        return {one.type for one in found if shares_sentence(judgement.article, event, one)}

    types = there(judgement.found)
    if event.type in types:
        return Cause.MISSED_MERGED
    if event.type in there(doubted):
        return Cause.MISSED_DOUBTED
    return Cause.MISSED_OTHER_TYPE if types else Cause.MISSED_ALONE


def _extra(judgement: Judgement, found: FoundEvent) -> Fault:
    article = judgement.article
    same = [gold for gold in article.events if gold.type == found.type and nearness(article, gold, found)]
    near = [gold for gold in article.events if shares_sentence(article, gold, found)]
    cause = Cause.EXTRA_REPEATED if same else Cause.EXTRA_OTHER_TYPE if near else Cause.EXTRA_ALONE
    sentence = article.sentence_at(found.starts[0]) if found.starts else TITLE
    return Fault(
        cause=cause,
        article=article.id,
        sentence=sentence,
        text=article.words_of(sentence),
        type=found.type,
        trigger=found.trigger,
        gold=sorted({gold.type for gold in same or near}),
        found=[[filler.role, _shown(filler)] for filler in found.fillers],
    )


def _at_gold(article: GoldArticle, event: GoldEvent, cause: Cause, **details: Any) -> Fault:
    sentence: int = details.pop("sentence", event.sentence)
    return Fault(cause, article.id, sentence, article.words_of(sentence), event.type, event.trigger, **details)


def _facts(article: GoldArticle, pair: Comparison) -> Iterator[Fault]:
    """Yield an error for each filler that is missed or extra; one of both in the same role make one error."""
    left = list(pair.extra)
    for missed in pair.missed:
        other = _counterpart(article, missed, left)
        if other:
            left.remove(other)
        cause = _difference(article, missed, other) if other else Cause.ROLE_MISSING
        details = {"gold": _wanted(missed), "found": _shown(other) if other else None, "role": missed.role}
        yield _at_gold(article, pair.gold, cause, sentence=missed.sentence, **details)
    roles = {filler.role for filler in pair.gold.fillers}
    for extra in left:
        cause = Cause.FILLER_EXTRA if extra.role in roles else Cause.ROLE_EXTRA
        yield _at_gold(article, pair.gold, cause, found=_shown(extra), role=extra.role)


def _counterpart(article: GoldArticle, missed: GoldFiller, left: Iterable[FoundFiller]) -> FoundFiller | None:
    """Return what was found in the role instead, if possible the same under another name."""
    same_role = [filler for filler in left if filler.role == missed.role]
    return next((one for one in same_role if _same_words(article, missed, one)), next(iter(same_role), None))


def _difference(article: GoldArticle, missed: GoldFiller, other: FoundFiller) -> Cause:
    if missed.entity is None:
        return Cause.VALUE_DIFFERS
    return Cause.NAME_DIFFERS if _same_words(article, missed, other) else Cause.FILLER_WRONG


def _same_words(article: GoldArticle, missed: GoldFiller, other: FoundFiller) -> bool:
    """Tell whether a filler is made of gold's words, or of those of one of the entity's names."""
    entity = missed.entity or ""
    known = {plain(missed.text)} | article.names_of(entity) | article.nominals.get(entity, frozenset())
    return any(phrases_agree(name, said) for name in known for said in other.names)


def _fields(article: GoldArticle, pair: Comparison) -> Iterator[Fault]:
    gold, found = pair.gold, pair.found
    if not pair.status_right:
        yield _at_gold(article, gold, Cause.STATUS_WRONG, gold=gold.status, found=found.status)
    if pair.time_right is False:
        cause = Cause.TIME_WRONG if found.edtf else Cause.TIME_MISSING
        yield _at_gold(article, gold, cause, gold=gold.edtf, found=found.edtf)
    if pair.source_right is False:
        cause = Cause.SOURCE_WRONG if found.sources else Cause.SOURCE_MISSING
        said = [" / ".join(sorted(names)) for names in found.sources]
        yield _at_gold(article, gold, cause, gold=list(gold.sources), found=said)


def _wanted(filler: GoldFiller) -> Any:
    return filler.entity or filler.value


def _shown(filler: FoundFiller) -> Any:
    return filler.label or filler.value
