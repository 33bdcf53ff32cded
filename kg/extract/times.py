"""Attach the time expressions of a sentence to the event they date."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.dates import TimeExpression, resolve
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Found, Reading
from kg.model import Status, When

TENSES = {
    Status.HAPPENED: "past",
    Status.ONGOING: "present",
    Status.ANNOUNCED: "present",
    Status.COMMITTED: "present",
    Status.PLANNED: "future",
    Status.EXPECTED: "future",
    Status.RUMOURED: "future",
}
CLAUSAL = frozenset({"VERB", "AUX"})


def find_time(reading: Reading, trigger: Token, status: Status, lexicon: Lexicon) -> When | None:
    """Return when the event takes place, by the nearest time expression that hangs on its words; None if there is none.

    A time that hangs on a reporting verb dates the statement; it counts only where nothing else is given.
    """
    ranked = sorted(_ranked(reading, trigger, lexicon), key=lambda row: row[:2])
    for rank, _, found in ranked:
        tense = "past" if rank >= 2 else TENSES.get(status, "past")
        when = when_of(reading, found, tense)
        if when:
            return when
    return None


def when_of(reading: Reading, found: Found[TimeExpression], tense: str) -> When | None:
    """Resolve an expression against the article's date and give it its place in the article."""
    when = resolve(found.item, reading.article.date, tense)
    if when is None:
        return None
    return When(reading.span(found.start, found.end), when.edtf, when.earliest, when.latest)


def _ranked(reading: Reading, trigger: Token, lexicon: Lexicon) -> Iterable[tuple[int, int, Found[TimeExpression]]]:
    """Yield expressions of the sentence: 0 hangs on the trigger, 1 on its governor, 2 on a reporting verb above it."""
    above = list(trigger.ancestors)
    seen = set()
    for token in reading.sentence_tokens(trigger):
        found = reading.times.get(token.i)
        if found is None or found.start in seen:
            continue
        seen.add(found.start)
        holder = _holder(reading, found)
        rank = _rank(holder, trigger, above, lexicon)
        if rank is not None:
            yield rank, abs(found.start - trigger.i), found


def _holder(reading: Reading, found: Found[TimeExpression]) -> Token:
    """Return the verb or noun that a time expression modifies."""
    token = reading.doc[found.start : found.end].root
    while token.head != token and (
        found.start <= token.i < found.end
        or token.pos_ in ("ADP", "ADV", "SCONJ", "NUM", "ADJ", "PART")
        or token.dep_ == "pobj"
    ):
        token = token.head
    return token


def _rank(holder: Token, trigger: Token, above: list[Token], lexicon: Lexicon) -> int | None:
    if holder == trigger:
        return 0
    if holder in above:
        reports = holder.lemma_ in lexicon.reporting_verbs and holder.pos_ in CLAUSAL
        return 2 if reports else 1
    if trigger in holder.ancestors:  # on an argument of the trigger
        between = [token for token in holder.ancestors if trigger in token.ancestors]
        return 0 if holder.pos_ not in CLAUSAL and not any(token.pos_ in CLAUSAL for token in between) else None
    return None
