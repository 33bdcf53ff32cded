"""Load the currencies and units that numbers may carry, as tables and compiled patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.extract.numbers import GAP
from kg.resources import ontology_folder

_GERUND_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Money:
    """How amounts of money are marked. Signs and codes keep their case, words are in lower case."""

    signs: Mapping[str, str]  # what stands before the number -> ISO 4217
    words: Mapping[str, str]
    minor: Mapping[str, str | None]  # cents and pence; None where the currency must be assumed
    assumed: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    dollar: re.Pattern[str]  # the signs and words of a dollar other than the assumed one
    dollar_codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Units:
    """What numbers count, measure and are counted by. Nouns are singular and in lower case."""

    money: Money
    counts: frozenset[str]
    measures: Mapping[str, str]  # word or sign -> unit
    flows: Mapping[str, tuple[str, str, int]]  # sign -> unit, duration, factor
    plurals: Mapping[str, str]
    ignored: frozenset[str]
    labels: frozenset[str]
    small: frozenset[str]  # words that end a noun phrase
    openers: frozenset[str]  # words that may stand, capitalised, before a number that is no part of a name
    rates: Mapping[str, str]  # "year" -> P1Y, "share" -> share
    bounds: Mapping[str, str]
    sign_after: re.Pattern[str]
    rate_after: re.Pattern[str]
    bound_before: re.Pattern[str]
    bound_after: re.Pattern[str]


@cache
def load_units(folder: Path | None = None) -> Units:
    """Load `currencies.toml` and `units.toml` of a gazetteer folder, by default the package's own.

    Raises OntologyError if a file is missing or faulty.
    """
    folder = folder or ontology_folder() / "gazetteer"
    currencies, units = _read(folder / "currencies.toml"), _read(folder / "units.toml")
    try:
        return _units(units, _money(currencies))
    except (KeyError, AttributeError, TypeError) as fault:
        problem = f"currencies.toml or units.toml is faulty ({fault!r})"
        raise OntologyError(str(folder), problem, "compare them with the originals") from fault


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise OntologyError(str(path), f"cannot be read ({fault})", "restore or correct the file") from fault


def either(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, longest first, with any gap where they have a space."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", GAP) for phrase in ordered) or r"(?!)"


def _money(data: Mapping[str, Any]) -> Money:
    assumed = data["assumed_code"]
    signs, words = {data["assumed_sign"]: assumed}, dict.fromkeys(data["assumed_words"], assumed)
    minor: dict[str, str | None] = dict.fromkeys(data["assumed_minor"])
    for code, entry in data["currency"].items():
        signs |= dict.fromkeys([*entry["signs"], code], code)
        words |= dict.fromkeys([word.lower() for word in entry["words"]], code)
        minor |= dict.fromkeys(entry.get("minor", ()), code)
    after = rf"(?:(?:-|{GAP})?(?:(?P<code>{either(data['currency'])})|(?P<word>(?i:{either(words)})))|{_minor(minor)})"
    others = [code for code in data["dollars"] if code != assumed]
    names = {sign: code for code in data["dollars"] for sign in data["currency"][code]["signs"]}
    names |= {word: code for code in data["dollars"] for word in data["currency"][code]["words"]}
    return Money(
        signs=signs,
        words=words,
        minor=minor,
        assumed=assumed,
        before=re.compile(rf"(?:(?<![A-Za-z])(?P<sign>{either(signs)})|(?P<tail>\$))(?:{GAP})?\Z"),
        after=re.compile(rf"{after}(?![\w$])"),
        dollar=re.compile(rf"(?<![A-Za-z])(?:{either(names)})"),
        dollar_codes=names if others else {},
    )


def _minor(minor: Mapping[str, str | None]) -> str:
    letters = [word for word in minor if len(word) == 1]
    words = [word for word in minor if len(word) > 1]
    return rf"(?P<letter>{either(letters)})|(?:-|{GAP})(?P<minor>(?i:{either(words)}))"


def _units(data: Mapping[str, Any], money: Money) -> Units:
    measures, signs = _measures(data["measures"])
    flows = {sign: (e["unit"], e["per"], e.get("times", 1)) for sign, e in data["flows"].items()}
    rates, bounds = data["rates"], {phrase: bound for bound, all_ in data["bounds"].items() for phrase in all_}
    return Units(
        money=money,
        counts=frozenset(noun for nouns in data["counts"].values() for noun in nouns),
        measures=measures | signs,
        flows=flows,
        plurals=data["plurals"],
        ignored=frozenset(data["ignored"]["nouns"]),
        labels=frozenset(data["labels"]["words"]),
        small=frozenset(data["small"]["words"]),
        openers=frozenset(data["small"]["openers"]),
        rates=rates["times"] | rates["adverbs"] | {noun: noun for noun in rates["nouns"]},
        bounds=bounds,
        sign_after=re.compile(rf"(?:-|{GAP})?(?P<sign>{either([*signs, *flows])})(?![\w/])"),
        rate_after=_rate_after(rates),
        bound_before=_bound_before(bounds),
        bound_after=_bound_after(bounds),
    )


def _measures(data: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    words = {word: unit for unit, entry in data.items() for word in entry["words"]}
    signs = {sign: unit for unit, entry in data.items() for sign in entry.get("signs", ())}
    return words, signs


def _bound_before(bounds: Iterable[str]) -> re.Pattern[str]:
    filler = rf"(?:{GAP}(?:only|just|another|a))?(?:{GAP})?"
    return re.compile(rf"(?<![\w-])(?P<bound>{either(bounds)}){filler}\Z", re.IGNORECASE)


def _bound_after(bounds: Iterable[str]) -> re.Pattern[str]:
    phrases = either(phrase for phrase in bounds if phrase.startswith(("or ", "and ", "at ")))
    margin = rf"(?P<margin>plus{GAP}or{GAP}minus){GAP}\S*\d%?"
    return re.compile(rf",?(?:{GAP}(?P<bound>{phrases})\b|{GAP}{margin}|(?P<plus>\+)(?!\d))", re.IGNORECASE)


def _rate_after(rates: Mapping[str, Any]) -> re.Pattern[str]:
    """Return the pattern of "a share", "per American depositary share", "annually"; never of "a year earlier"."""
    times, nouns = either(rates["times"]), either(rates["nouns"])
    not_rate = rf"(?!{GAP}(?:earlier|ago|later|before|after|from|prior|old|on|of|to)\b)"
    return re.compile(
        rf"(?:{GAP}of{GAP}(?:[\w.-]+{GAP}){{1,3}}?|{GAP}|-|/)(?:"
        rf"(?P<adverb>{either(rates['adverbs'])})\b"
        rf"|(?:(?:an?|per|every)(?:{GAP}|-)|(?<=/)|each{GAP})(?P<time>{times})\b{not_rate}"
        rf"|(?:(?:an?|per|each)(?:{GAP}|-)|(?<=/))(?P<noun>{nouns})\b{not_rate}"
        rf"|per(?:{GAP}|-)(?:(?:[\w-]+{GAP}){{1,2}}?(?P<late>{nouns})\b|(?P<any>[a-z][a-z-]+)))"
        rf"|{GAP}(?P<each>{either(rates['each'])})\b(?!{GAP}(?:of|other|year|month)\b)",
        re.IGNORECASE,
    )


def singular(word: str, units: Units) -> str | None:
    """Return the singular of a plural noun in lower case, or None if the word does not look like a plural.

    >>> units = load_units()
    >>> [singular(word, units) for word in ("factories", "people", "stores", "various", "store")]
    ['factory', 'person', 'store', None, None]
    """
    if word in units.plurals:
        return units.plurals[word]
    if len(word) <= _GERUND_LENGTH or not word.endswith("s") or word.endswith(("ss", "ous", "us", "is", "'s", "’s")):
        return None
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]
