"""Attach the time expressions of a sentence to the event they date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.calendar import Tense
from kg.extract.cues import CIRCUMSTANCES
from kg.extract.dates import TimeExpression, resolve
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Form
from kg.extract.reading import Found, Reading
from kg.extract.syntax import COMPARISONS, RELATIVE, SUBJECTS, VERBAL
from kg.extract.tree import children
from kg.model import Status, When

TENSES: dict[Status, Tense] = {
    Status.HAPPENED: "past",
    Status.ONGOING: "present",
    Status.ANNOUNCED: "present",
    Status.COMMITTED: "present",
    Status.PLANNED: "future",
    Status.EXPECTED: "future",
    Status.RUMOURED: "future",
}
PERIOD, OWN, GOVERNOR, STATEMENT, LOOSE = range(5)  # how closely a time belongs to an event, closest first
LINKS = frozenset({"ADP", "ADV", "SCONJ", "NUM", "ADJ", "PART"})
EARLIER = frozenset({"previous", "prior", "earlier", "before"})
INSERTED = frozenset({"appos", "amod", "nmod"})  # "its founder", "rival": the sentence's time is none of theirs


@dataclass(frozen=True, slots=True)
class Dated:
    """A time and whether it is only that of the statement."""

    when: When
    of_statement: bool


def find_time(
    reading: Reading, trigger: Token, status: Status, lexicon: Lexicon, *, period: int | None = None
) -> Dated | None:
    """Return when the event takes place, by the nearest time expression that hangs on its words; None if there is none.

    A time that hangs on a reporting verb dates the statement; it counts only where nothing else is given. `period` is
    a token of the reporting period, which goes before all others.
    """
    ranked = sorted(_ranked(reading, trigger, lexicon, period), key=lambda row: row[:2])
    for rank, _, found in ranked:
        tense = "past" if rank >= STATEMENT else TENSES.get(status, "past")
        when = when_of(reading, found, tense)
        if when:
            return Dated(when, rank == STATEMENT)
    return None


def when_of(reading: Reading, found: Found[TimeExpression], tense: Tense) -> When | None:
    """Resolve an expression against the article's date and give it its place in the article."""
    when = resolve(found.item, reading.article.date, tense)
    if when is None:
        return None
    return When(reading.span(found.start, found.end), when.edtf, when.earliest, when.latest)


def _ranked(
    reading: Reading, trigger: Token, lexicon: Lexicon, period: int | None
) -> Iterable[tuple[int, int, Found[TimeExpression]]]:
    """Yield the expressions of the sentence that may date the trigger, with their rank and distance."""
    above = {word.i: (word, below, apart) for word, below, apart in _governors(trigger)}
    for found in _expressions(reading, trigger):
        if period is not None and found.start <= period < found.end:
            yield PERIOD, 0, found
            continue
        path = _path(reading, found)
        if _inside_name(reading, found) or _compares(path, found):
            continue
        rank = _rank(path[-1], trigger, above, lexicon, found)
        if rank is not None:
            yield rank, abs(found.start - trigger.i), found


def _expressions(reading: Reading, trigger: Token) -> Iterable[Found[TimeExpression]]:
    starts: dict[int, Found[TimeExpression]] = {}
    for token in reading.sentence_tokens(trigger):
        found = reading.times.get(token.i)
        if found is not None:
            starts.setdefault(found.start, found)
    return starts.values()


def _inside_name(reading: Reading, found: Found[TimeExpression]) -> bool:
    """Tell whether the words are part of a name: "the Sunday Times"."""
    mention = reading.mentions.get(found.start)
    return mention is not None and mention.form is Form.NAME and mention.end - mention.start > found.end - found.start


def _path(reading: Reading, found: Found[TimeExpression]) -> list[Token]:
    """Return the words from a time expression up to the verb or noun that it modifies, which comes last."""
    token = reading.doc[found.start : found.end].root
    path = [token]
    while token.head != token and (
        found.start <= token.i < found.end or token.pos_ in LINKS or token.dep_ in ("pobj", "pcomp")
    ):
        token = token.head
        path.append(token)
    return path


def _compares(path: list[Token], found: Found[TimeExpression]) -> bool:
    """Tell whether a time is only compared with: "than in 2008", "up 3 % on the previous year"."""
    if any(token.lower_ in COMPARISONS for word in path for token in (word, *word.ancestors) if token.pos_ in LINKS):
        return True
    links = {token.lower_ for token in path if token.pos_ == "ADP"}
    earlier = any(word in EARLIER for word in found.item.text.lower().split())
    return earlier and bool(links & {"on", "over", "from"})


def _governors(trigger: Token) -> Iterable[tuple[Token, Token, bool]]:
    """Yield the words above the trigger, each with the word below it and whether a clause of its own lies between."""
    below, apart = trigger, False
    for above in trigger.ancestors:
        if below.dep_ in INSERTED:
            return
        apart = apart or _stands_apart(above, below)
        yield above, below, apart
        below = above


def _stands_apart(above: Token, below: Token) -> bool:
    if above.pos_ == "ADP" and above.lower_ in CIRCUMSTANCES:
        return True
    if below.dep_ == "acl":
        return not any(child.tag_ == "TO" for child in below.children)
    return below.dep_ == "relcl" or (below.dep_ == "advcl" and bool(children(below, *SUBJECTS, "nsubjpass")))


def _rank(
    holder: Token,
    trigger: Token,
    above: dict[int, tuple[Token, Token, bool]],
    lexicon: Lexicon,
    found: Found[TimeExpression],
) -> int | None:
    if holder == trigger:
        return OWN
    if holder.i in above:
        _, below, apart = above[holder.i]
        if apart or (below.dep_ == "conj" and found.start > holder.i):  # "cut jobs in May and closed a plant"
            return LOOSE
        return STATEMENT if holder.lemma_ in lexicon.reporting_verbs and holder.pos_ in VERBAL else GOVERNOR
    if trigger in holder.ancestors:
        return OWN if _is_own(holder, trigger) else None
    return None


def _is_own(holder: Token, trigger: Token) -> bool:
    """Tell whether what holds a time below the trigger is about it: an argument, "the strike that began in May"."""
    clauses = [holder, *(token for token in holder.ancestors if trigger in token.ancestors)]
    verbs = [token for token in clauses if token.pos_ in VERBAL]
    if not verbs:
        return True
    if len(verbs) > 1 or verbs[0].head != trigger:
        return False
    verb = verbs[0]
    if trigger.pos_ in VERBAL:
        return verb.dep_ == "xcomp"  # "began selling it three years ago"
    return verb.dep_ == "acl" or any(token.lower_ in RELATIVE for token in children(verb, *SUBJECTS, "nsubjpass"))
