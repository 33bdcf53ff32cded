"""Find amounts of money, percentages, counts and quantities in text.

Every number is read on its own (`money`, `counting`), then neighbours are joined to ranges, and bounds ("more than")
and rates ("a year") are added. The span covers all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kg.extract.counting import read_count, read_percent
from kg.extract.money import Reading, local_dollar, read_money
from kg.extract.numbers import GAP, Number, read_numbers
from kg.extract.units import Units, load_units
from kg.model import Value, ValueKind

BOUND_REACH = 40  # characters before a value in which a bound is looked for
CHANGE_REACH = 60  # characters before "from A to B" in which a verb of change makes it two values
WIDEST_RANGE = 10  # a range's upper end is at most this many times its lower end
BARE_LEAST = 10  # a number without a noun counts only from here, and only with a bound

_JOIN = re.compile(rf"(?:{GAP})?(?P<join>to|and|[-–—]|or)(?:{GAP})?(?:up{GAP}to{GAP})?", re.IGNORECASE)
_BETWEEN = re.compile(rf"\b(?P<word>between|from){GAP}\Z", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:ros|ris|fell|fall|grew|grow|increas|decreas|drop|cut|rais|reduc|slash|lower|boost|climb|jump|slip|declin|doubl|expand"
    r"|shr[iau]nk|up|down|slid|plung|surg|soar|mov|chang|went|go(?:ing|ne)|revis|trimm|widen|narrow|lift|advanc|tumbl|dip|sank)\w*"
    r"(?:\W+\w+){0,6}\W*\Z",
    re.IGNORECASE,
)
_ADJACENT_CHANGE = re.compile(
    r"\b(?:ros|ris|fell|fall|grew|grow|increas|decreas|drop|climb|jump|slip|declin|lost|los|gain|add|slid|plung|surg|soar|by|tumbl)\w*"
    r"(?:\s+(?:by|about|some|nearly|almost|over))?\s*\Z",
    re.IGNORECASE,
)
_OF_PART = rf"{GAP}of\b(?!{GAP}(?:an?|\d))|(?=(?:-|{GAP})(?:stake|share|interest)\b)"
_OTHER_HALF = "".join(rf"(?<!{word} )" for word in ("first", "second", "latter", "last", "other"))
_WHOLE = rf"(?:its|their|his|her|our|the|all)\b(?!{GAP}(?:year|month|decade|time|century|price|cost|size))"
_FRACTION = re.compile(
    rf"\b(?:(?P<top>an?|one|two|three|four)(?:-|{GAP})(?P<part>third|quarter|fifth|tenth|half)s?(?:{_OF_PART})"
    rf"|{_OTHER_HALF}half(?={GAP}(?:of{GAP})?{_WHOLE})(?:{GAP}of\b)?)",
    re.IGNORECASE,
)
_PARTS = {
    "third": Decimal("33.3"),
    "quarter": Decimal(25),
    "fifth": Decimal(20),
    "tenth": Decimal(10),
    "half": Decimal(50),
}
_TOPS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_TWO_THIRDS = Decimal("66.7")


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value and where it stands: offsets into the text, end exclusive, bound words and rate included."""

    start: int
    end: int
    value: Value


def find_values(text: str, *, dollar: str | None = None) -> tuple[FoundValue, ...]:
    """Return the values of a text, sorted and without overlap.

    `dollar` is the ISO code a plain "$" stands for; by default the only other dollar that the text writes out, else
    USD. Money read that way has `currency_assumed`.

    >>> [found.value.text for found in find_values("It paid up to US$2.45 billion for 49% and 8,600 employees.")]
    ['up to US$2.45 billion', '49%', '8,600 employees']
    """
    units = load_units()
    dollar = dollar or local_dollar(text, units.money)
    readings = [reading for number in read_numbers(text) if (reading := _read(text, number, units, dollar))]
    readings += _fractions(text)
    readings.sort(key=lambda reading: (reading.start, -reading.end))
    finished = (_finish(text, reading, units) for reading in _join(text, readings))
    return tuple(_found(text, reading) for reading in _apart(finished) if _counts(reading))


def _read(text: str, number: Number, units: Units, dollar: str) -> Reading | None:
    money = read_money(text, number, units, dollar=dollar)
    return money or read_percent(text, number) or read_count(text, number, units)


def _fractions(text: str) -> Iterator[Reading]:
    """Yield "a third of" and "half its" as percentages."""
    for found in _FRACTION.finditer(text):
        part, top = (found["part"] or "half").lower(), _TOPS[(found["top"] or "a").lower()]
        percent = _TWO_THIRDS if (part, top) == ("third", 2) else _PARTS[part] * top
        number = Number(found.start(), found.end(), percent, percent, "words")
        yield Reading(found.start(), found.end(), ValueKind.PERCENT, percent, number)


def _join(text: str, readings: list[Reading]) -> Iterator[Reading]:
    """Yield the readings, with the two ends of a range made one."""
    skip = False
    for one, two in pairwise([*readings, None]):
        if skip or one is None:
            skip = False
            continue
        joined = _range(text, one, two) if two else None
        skip = joined is not None
        yield joined or (_shared(text, one, two) if two else one)


def _shared(text: str, one: Reading, two: Reading) -> Reading:
    """Give a bare number the mark of the percentage it is listed with: "by 1.5 and 3 percent"."""
    listed = two.kind is ValueKind.PERCENT and text[one.end : two.start].strip() in ("and", "or", ",")
    return replace(one, kind=two.kind, unit=two.unit, bare=False) if one.bare and listed else one


def _range(text: str, one: Reading, two: Reading) -> Reading | None:
    """Return both as one range if the text between them and their kinds allow it, else None."""
    between = _JOIN.fullmatch(text, one.end, two.start)
    if not between or not _alike(one, two):
        return None
    opening = _BETWEEN.search(text[max(0, one.start - CHANGE_REACH) : one.start])
    word = opening["word"].lower() if opening else ""
    if (between["join"].lower() == "and") != (word == "between") and not (
        word == "between" and between["join"] == "to"
    ):
        return None
    low, high = _low(one, two), two.value
    if not low < high <= low * WIDEST_RANGE or (between["join"].lower() == "to" and _is_change(text, one, word)):
        return None
    start = one.start - len(opening[0]) if opening else one.start
    marked = two if one.bare or (two.currency and not two.assumed) else replace(one, end=two.end)
    kind = two if marked is two else replace(marked, unit=two.unit or marked.unit)
    return replace(kind, start=start, end=two.end, value=low, maximum=high, bare=one.bare and two.bare)


def _alike(one: Reading, two: Reading) -> bool:
    if one.bare:
        return True
    if two.bare:
        return one.kind is ValueKind.MONEY and not one.number.scaled
    return (
        one.kind is two.kind and (one.unit == two.unit) and (one.currency == two.currency or one.assumed or two.assumed)
    )


def _low(one: Reading, two: Reading) -> Decimal:
    """Return the lower end, with the upper end's scale if it has none of its own: $5-7 billion."""
    if one.number.scaled or not two.number.scaled or one.value >= two.value or one.number.grouped:
        return one.value * (two.value / two.number.value if one.bare else 1)
    return one.value * two.value / two.number.base


def _is_change(text: str, one: Reading, word: str) -> bool:
    """Say whether "A to B" tells a change and not a range: "from $5 to $7", "fell 9 cents to 60 cents"."""
    if word == "between" or (one.bare and not word):
        return False
    before = text[max(0, one.start - CHANGE_REACH) : one.start]
    if word == "from":
        return not one.bare or bool(_CHANGE.search(before.rpartition(". ")[2]))
    return bool(_ADJACENT_CHANGE.search(before))


def _finish(text: str, reading: Reading, units: Units) -> Reading:
    return _with_bound_after(text, _with_rate(text, _with_bound(text, reading, units), units), units)


def _with_bound(text: str, reading: Reading, units: Units) -> Reading:
    reach = max(0, reading.start - BOUND_REACH)
    found = units.bound_before.search(text[reach : reading.start])
    if found:
        bound = units.bounds[re.sub(GAP, " ", found["bound"]).lower()]
        return replace(reading, start=reach + found.start("bound"), bound=bound)
    return replace(reading, bound="moreThan") if reading.number.written == "vague" else reading


def _with_rate(text: str, reading: Reading, units: Units) -> Reading:
    found = None if reading.bare and not reading.number.scaled else units.rate_after.match(text, reading.end)
    if not found or (reading.kind is ValueKind.PERCENT and not found["time"]):
        return reading
    known = found["adverb"] or found["time"] or found["noun"] or found["late"]
    per = units.rates[re.sub(GAP, " ", known).lower()] if known else (found["any"] or "each").lower()
    kind = ValueKind.QUANTITY if reading.kind is ValueKind.COUNT and known else reading.kind
    return replace(reading, end=found.end(), per=per, kind=kind)


def _with_bound_after(text: str, reading: Reading, units: Units) -> Reading:
    found = units.bound_after.match(text, reading.end)
    if not found or reading.bound:
        return reading
    if found["bound"]:
        return replace(reading, end=found.end(), bound=units.bounds[re.sub(GAP, " ", found["bound"]).lower()])
    return replace(reading, end=found.end(), bound="moreThan" if found["plus"] else "about")


def _apart(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings that do not overlap one already yielded."""
    end = 0
    for reading in readings:
        if reading.start >= end:
            end = reading.end
            yield reading


def _counts(reading: Reading) -> bool:
    """Say whether a reading is worth a value: a bare number only with separators, a scale or a bound."""
    if not reading.bare or reading.tail:
        return not reading.tail or reading.kind is ValueKind.MONEY
    number = reading.number
    if number.sign == "k":  # 4K is a picture size
        return False
    bounded = reading.bound is not None and reading.value >= BARE_LEAST
    return number.grouped or number.scaled or reading.alone or bounded


def _found(text: str, reading: Reading) -> FoundValue:
    value = Value(
        reading.kind,
        text[reading.start : reading.end],
        number=_tidy(reading.value),
        maximum=None if reading.maximum is None else _tidy(reading.maximum),
        currency=reading.currency,
        currency_assumed=reading.assumed,
        unit=reading.unit,
        bound=reading.bound,
        per=reading.per,
    )
    return FoundValue(reading.start, reading.end, value)


def _tidy(number: Decimal) -> Decimal:
    """Return the number without superfluous zeros and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
