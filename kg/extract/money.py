"""Read the currency of a number: signs before it, words and codes after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.numbers import GAP, Number
from kg.extract.units import Money, Units
from kg.model import ValueKind

SIGN_REACH = 12  # characters before a number in which its currency sign is looked for
HUNDREDTH = Decimal("0.01")

_VAGUE_GAP = re.compile(rf"{GAP}of(?={GAP})")
_VERBAL = re.compile(rf"{GAP}(?:the|a|an|by|back|out|over)\b")  # "10 won the prize"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with what it counts or measures. `bare` if nothing says what it counts."""

    start: int
    end: int
    kind: ValueKind
    value: Decimal
    number: Number
    currency: str | None = None
    assumed: bool = False
    unit: str | None = None
    per: str | None = None
    maximum: Decimal | None = None
    bound: str | None = None
    bare: bool = False
    alone: bool = False  # bare, but its surroundings show that it counts something: "400 in Vasteras"

    @property
    def tail(self) -> bool:
        """Say whether the number follows a hyphen, so that it is a value only as the end of a range."""
        return self.number.tail and self.maximum is None


def local_dollar(text: str, money: Money) -> str:
    """Return what a plain "$" stands for: the one other dollar that the text writes out, else the assumed one."""
    if "ollar" not in text and "$" not in text:
        return money.assumed
    found = {
        money.dollar_codes[_plain(name)] for name in money.dollar.findall(text) if _plain(name) in money.dollar_codes
    }
    return found.pop() if len(found) == 1 else money.assumed


def _plain(phrase: str) -> str:
    return re.sub(GAP, " ", phrase)


def read_money(text: str, number: Number, units: Units, *, dollar: str) -> Reading | None:
    """Return the number as money if a currency stands before or after it."""
    before, after = _before(text, number, units.money), _after(text, number, units.money)
    if not before and not after:
        return None
    reading = Reading(number.start, number.end, ValueKind.MONEY, number.value, number)
    if before:
        code, assumed, start = before
        reading = replace(reading, start=start, currency=code or dollar, assumed=assumed)
    if after:
        reading = _with_word(reading, after, units.money, dollar)
    return reading


def _before(text: str, number: Number, money: Money) -> tuple[str | None, bool, int] | None:
    """Return currency (None for a plain "$"), whether it is assumed, and where the sign starts."""
    reach = max(0, number.start - SIGN_REACH)
    found = money.before.search(text[reach : number.start])
    if not found:
        return None
    sign = found["sign"] or found["tail"]
    plain = sign == "$"
    return None if plain else money.signs[_plain(sign)], plain, reach + found.start()


def _after(text: str, number: Number, money: Money) -> re.Match[str] | None:
    gap = _VAGUE_GAP.match(text, number.end) if number.written == "vague" else None
    found = money.after.match(text, gap.end() if gap else number.end)
    if found and found["word"] and found["word"].lower() == "won" and _VERBAL.match(text, found.end()):
        return None
    return found


def _with_word(reading: Reading, found: re.Match[str], money: Money, dollar: str) -> Reading:
    if found["code"]:
        return replace(reading, end=found.end(), currency=money.signs[found["code"]], assumed=False)
    if found["word"]:
        return _with_name(reading, _plain(found["word"]).lower(), found.end(), money.words, dollar)
    minor = found["letter"] or found["minor"].lower()
    if reading.currency:  # "$5 cents" is a slip: keep the sign's reading
        return reading
    code = money.minor[minor]
    return replace(
        reading, end=found.end(), value=reading.value * HUNDREDTH, currency=code or dollar, assumed=code is None
    )


def _with_name(reading: Reading, word: str, end: int, words: Mapping[str, str], dollar: str) -> Reading:
    """Add a currency's name; a plain "dollars" adds nothing to a sign."""
    if word.startswith(("dollar", "buck")):
        known = reading.currency is not None and not reading.assumed
        return replace(reading, end=end, currency=reading.currency if known else dollar, assumed=not known)
    return replace(reading, end=end, currency=words[word], assumed=False)
