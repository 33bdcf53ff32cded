"""Read what a number counts or measures: a percentage, a measure with its unit, or the noun that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.money import Reading
from kg.extract.numbers import GAP, Number
from kg.extract.units import Units, singular
from kg.model import ValueKind

NOUN_REACH = 5  # words after a number among which the noun it counts is looked for
UNKNOWN_REACH = 3  # the same for a noun that no list knows
YEARS = range(1500, 2101)
REACH = 24  # characters before a number that can make it a name, a date or a time

_PERCENT = re.compile(
    rf"(?:-|{GAP})?(?:(?P<points>percentage(?:-|{GAP})points?|%(?:-|{GAP})points?)"
    rf"|(?:%|per(?:-|{GAP})?cent\b|pct\b)(?:age{GAP}points?)?)",
    re.IGNORECASE,
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_MONTH = rf"(?:(?:{_MONTHS})\.?|january|february|march|april|june|july|august|september|october|november|december)"
_NO_VALUE_AFTER = re.compile(
    rf"(?:(?:{GAP})?(?:[ap]\.?m\b|o['’]clock)|[:/]\d|(?:{GAP})?(?:of{GAP})?{_MONTH}\b|(?:{GAP})?(?:\(?(?:GMT|UTC|EST|EDT|BST)\b)"
    rf"|(?:st|nd|rd|th)\b|[–-](?:year|month|week|day|hour|inch|minute|man)s?\b|\.\d|['’]s\b)",
    re.IGNORECASE,
)
_NO_VALUE_BEFORE = re.compile(rf"(?:\b{_MONTH}{GAP}|\+|[#:/]|[A-Za-z][–-]|[A-Za-z]|\d\.)\Z", re.IGNORECASE)
_PREVIOUS = re.compile(rf"(?P<word>[^\W\d_][\w'’.-]*)(?:{GAP})\Z")
_WORD = re.compile(rf"{GAP}(?:\(?)(?P<word>[^\W\d_](?:[\w&'’-]|\.(?=\w))*)(?P<stop>[,.;:)!?]*)")
_DATED = re.compile(rf"\b(?:in|since|of|by|until|from|during){GAP}\Z", re.IGNORECASE)
_COMPOUND = re.compile(r"-(?P<unit>[a-z]+(?:[- ](?:foot|feet|met(?:er|re)|mile|hour))?)")
_STANDALONE = re.compile(  # "400 in Vasteras", "17 of the company's lines", "all 850 were closed"
    rf"-strong\b|{GAP}(?:in{GAP}(?!{_MONTH}\b)(?-i:[A-Z])|of{GAP}(?:the|its|their|his|which|whom|those|these|them)\b"
    rf"|(?:were|are|have|will|would)\b)",
    re.IGNORECASE,
)
_PARTITIVE = re.compile(rf"{GAP}of{GAP}(?:(?:its|the|their|his|our|those|these|such|all){GAP})?(?:[\d,.]+{GAP})?")


def read_percent(text: str, number: Number) -> Reading | None:
    """Return the number as a percentage if it is marked as one."""
    found = _PERCENT.match(text, number.end)
    if not found or number.written == "vague":
        return None
    unit = "percentage point" if found["points"] else None
    return Reading(number.start, found.end(), ValueKind.PERCENT, number.value, number, unit=unit)


def read_count(text: str, number: Number, units: Units) -> Reading | None:
    """Return the number as a count or a measure; bare if no noun follows; None if it is no value at all.

    Dates, times, ages, ordinals, parts of names and labels are no values.
    """
    before = text[max(0, number.start - REACH) : number.start]
    if _NO_VALUE_BEFORE.search(before) or _NO_VALUE_AFTER.match(text, number.end):
        return None
    measured = _read_measure(text, number, units)
    if measured:
        return measured
    if text[number.end : number.end + 1].isalpha() or _is_label(before, number, units):
        return None
    return _read_noun(text, number, units)


def _is_label(before: str, number: Number, units: Units) -> bool:
    """Say whether the word before makes the number part of a name: Concorde 102, phase 2, Gulfstream 650."""
    found = _PREVIOUS.search(before)
    if not found or number.written != "digits":
        return False
    word, low = found["word"], found["word"].lower().rstrip(".")
    if low in units.labels:
        return not number.grouped and not number.scaled
    named = any(letter.isupper() for letter in word)
    return named and low not in units.small and low not in units.openers and not (number.grouped or number.scaled)


def _read_measure(text: str, number: Number, units: Units) -> Reading | None:
    found = units.sign_after.match(text, number.end)
    if found:
        sign = re.sub(GAP, " ", found["sign"])
        if sign in units.flows:
            unit, per, times = units.flows[sign]
            return Reading(
                number.start, found.end(), ValueKind.QUANTITY, number.value * times, number, unit=unit, per=per
            )
        return _quantity(number, found.end(), units.measures[sign])
    return None


def _quantity(number: Number, end: int, unit: str) -> Reading:
    return Reading(number.start, end, ValueKind.QUANTITY, number.value, number, unit=unit)


def _read_noun(text: str, number: Number, units: Units) -> Reading | None:
    if text.startswith("-", number.end):
        return _read_compound(text, number, units) or _standing(text, number)
    start = _noun_start(text, number)
    words = _words_after(text, start, units)
    if words and start == number.end and _is_ignored(words, units):
        return None
    found = _listed(words, number, units) or _unlisted(words, number, units, partitive=start != number.end)
    if not found:
        return _standing(text, number)
    kind, unit, end = found
    if _is_year(number) and (_follows_preposition(text, number) or not _directly(unit, words, units)):
        return None
    return Reading(number.start, end, kind, number.value, number, unit=unit)


def _standing(text: str, number: Number) -> Reading | None:
    """Return a number without a noun, or None if it is more likely a year or an idiom."""
    if _is_year(number) or number.written == "vague" or number.value <= 1:
        return None
    found = _STANDALONE.match(text, number.end)
    reading = Reading(number.start, number.end, ValueKind.COUNT, number.value, number, bare=True)
    return replace(reading, alone=True) if found else reading


def _read_compound(text: str, number: Number, units: Units) -> Reading | None:
    """Read a measure that stands before its noun: 500-megawatt, 10,000-square-foot."""
    found = _COMPOUND.match(text, number.end)
    unit = found["unit"].replace("-", " ") if found else ""
    unit = unit.replace("feet", "foot")
    if found and unit in units.measures and number.written != "vague":
        return _quantity(number, found.end(), units.measures[unit])
    return None


def _noun_start(text: str, number: Number) -> int:
    partitive = _PARTITIVE.match(text, number.end)
    return partitive.end() - 1 if partitive else number.end


def _words_after(text: str, start: int, units: Units) -> list[tuple[str, int]]:
    """Return the words of the phrase after a number, each with its end, up to punctuation or a small word."""
    words: list[tuple[str, int]] = []
    while len(words) < NOUN_REACH and (found := _WORD.match(text, start)):
        word = found["word"]
        if word.lower() in units.small:
            break
        start = found.end("word")
        words.append((word, start))
        if found["stop"] or word.endswith(("'s", "’s")):
            break
    return words


def _is_ignored(words: Sequence[tuple[str, int]], units: Units) -> bool:
    """Say whether the first word is a length of time, or another noun that makes no value, and heads the phrase."""
    low = words[0][0].lower()
    if low in units.counts:
        return False
    base = low if low in units.ignored else singular(low, units) or low
    if base not in units.ignored:
        return False
    following = words[1][0].lower() if len(words) > 1 else ""
    return low not in ("sales", "sale") or (singular(following, units) or following) not in units.counts


def _listed(words: Sequence[tuple[str, int]], number: Number, units: Units) -> tuple[ValueKind, str, int] | None:
    """Return the first noun of the phrase that the lists know, if it is a plural (or follows "one")."""
    for i, (word, end) in enumerate(words):
        low = word.lower()
        if i + 1 < len(words):
            pair = _known(f"{low} {words[i + 1][0].lower()}", number, units)
            if pair:
                return *pair, words[i + 1][1]
        known = _known(low, number, units)
        if known and not _continues(words[i + 1 :], number, units):
            return *known, end
    return None


def _continues(rest: Sequence[tuple[str, int]], number: Number, units: Units) -> bool:
    """Say whether the next word is the real head: "300 people carriers" no, "40 staff members" yes."""
    return bool(rest) and rest[0][0].islower() and _known(rest[0][0], number, units) is not None


def _known(phrase: str, number: Number, units: Units) -> tuple[ValueKind, str] | None:
    one = number.value <= 1
    base = phrase if one else _singular_phrase(phrase, units)
    if base is None:
        return None
    if base in units.measures:
        return ValueKind.QUANTITY, units.measures[base]
    return (ValueKind.COUNT, base) if base in units.counts else None


def _singular_phrase(phrase: str, units: Units) -> str | None:
    """Return the singular of a plural noun or noun pair; measures also stand as they are: 35 kilometer."""
    if phrase in units.plurals:
        return units.plurals[phrase]
    if phrase in units.measures:
        return phrase
    head, _, last = phrase.rpartition(" ")
    base = singular(last, units)
    return base and f"{head} {base}".strip()


def _unlisted(
    words: Sequence[tuple[str, int]], number: Number, units: Units, *, partitive: bool
) -> tuple[ValueKind, str, int] | None:
    """Return the first plural in lower case near the number, as the unit of a quantity.

    "One gets" and "three of them" have none; "thousands of widgets" has one, "billions upon billions" has not.
    """
    if number.value <= 1 or partitive != (number.written == "vague"):
        return None
    for word, end in words[:UNKNOWN_REACH]:
        base = singular(word, units) if word.islower() else None
        if base and base not in units.ignored:
            return ValueKind.QUANTITY, base, end
        if word == "and" or not word[0].islower():
            return None
    return None


def _is_year(number: Number) -> bool:
    plain = number.written == "digits" and not number.grouped and not number.scaled
    return plain and number.value in YEARS


def _follows_preposition(text: str, number: Number) -> bool:
    return _DATED.search(text, max(0, number.start - REACH), number.start) is not None


def _directly(unit: str, words: Sequence[tuple[str, int]], units: Units) -> bool:
    """Say whether the very next word is the counted noun: "2000 jobs", not "2008 results"."""
    return singular(words[0][0].lower(), units) == unit and unit in units.counts
