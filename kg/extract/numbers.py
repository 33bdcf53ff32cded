"""Read numbers as English news writes them: 4,500, 1.2bn, 70 000, two and a half million, a dozen, thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

GAP = r"(?:&nbsp;|[^\S\n]|\n(?!\n)){1,3}"
MAX_DIGITS = 18  # longer strings of digits are identifiers, not amounts

_SCALE_WORDS = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_SCALE_SIGNS = {
    "k": 1_000,
    "m": 1_000_000,
    "mm": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "cr": 10_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "bln": 1_000_000_000,
    "t": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
}
_DIGIT_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = _DIGIT_WORDS + _TEENS
_WORDS = {
    **{word: i for i, word in enumerate(_ONES, 1)},
    **{word: 10 * i for i, word in enumerate(_TENS, 2)},
    "a": 1,
    "an": 1,
    "dozen": 12,
}
_VAGUE = {"dozens": 12, "scores": 20, "tens": 10} | {f"{word}s": size for word, size in _SCALE_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. `value` is in base units; `base` is what stands before the scale word.

    `written` says how: digits, words, vague (thousands) or fraction (half a million).
    """

    start: int
    end: int
    value: Decimal
    base: Decimal
    written: str
    grouped: bool = False  # 4,500 or 4 500
    sign: str = ""  # the scale sign if there is one: bn, m, k
    tail: bool = False  # directly after digits and a hyphen: the 7 of 5-7

    @property
    def scaled(self) -> bool:
        """Say whether a scale word or sign follows the digits."""
        return self.value != self.base


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_SCALE_WORD = rf"(?:{_any(_SCALE_WORDS)})s?\b"
_SCALE = (
    rf"(?:-|{GAP})?(?P<word>{_SCALE_WORD}(?:{GAP}(?:{_SCALE_WORD}))?)"
    rf"|(?P<sign>{_any(_SCALE_SIGNS)})\b(?!['’])"
    rf"|{GAP}(?P<loose>bn|mn|mln|bln|trn|tn)\b"
)
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:(?:-|{GAP})(?:{'|'.join(_DIGIT_WORDS)}))?|(?:{_any(_ONES)}))"
_BELOW = rf"(?:(?:{_SMALL}|an?)(?:-|{GAP})(?:hundred|dozen)\b(?:{GAP}and{GAP}{_SMALL}\b)?|{_SMALL}\b)"
_STEP = rf"(?:(?:-|{GAP})(?:and(?:-|{GAP}))?(?:{_BELOW}(?=(?:-|{GAP})(?:{_SCALE_WORD}))|{_SCALE_WORD}))"
_TAIL = rf"(?:{GAP}(?:and{GAP})?{_BELOW})"
_WORDY = (
    rf"(?:{_BELOW}|an?{GAP}(?={_SCALE_WORD}){_SCALE_WORD})"
    rf"(?:(?:-|{GAP})and(?:-|{GAP})a(?:-|{GAP})half\b)?"
    rf"{_STEP}*(?:(?<=thousand){_TAIL}|(?<=hundred){_TAIL})?"
)
_HALF = rf"(?:a{GAP}|one{GAP})?half(?:{GAP}|-)(?:an?{GAP}|of{GAP}an?{GAP})?"
_QUARTERS = rf"(?:a|one|three)(?:-|{GAP})quarters?{GAP}of{GAP}an?{GAP}"
_PIECE = rf"(?P<part>{_HALF}|{_QUARTERS})(?P<whole>dozen|{_SCALE_WORD})"
_MANY = _any(_VAGUE)
_LOOSELY = rf"(?P<vague>{_MANY})\b(?:{GAP}of{GAP}(?P<vague2>{_MANY})\b)?"
_DIGITS = (
    r"(?P<grouped>\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?)"
    r"|(?P<spaced>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,.]*\d))"
    r"|(?P<comma>\d+,\d{1,2}(?=(?:\s|&nbsp;)?(?:million|billion|trillion|bn|m\b)))"
    r"|(?P<plain>\d+(?:\.\d+)?|\.\d+)(?P<half>½)?"
)
_FROM_DIGIT = re.compile(_DIGITS)
_FROM_WORD = re.compile(rf"{_PIECE}|{_LOOSELY}|(?P<words>{_WORDY})", re.IGNORECASE)
_START = re.compile(r"(?<!\d)(?<!\d[.,])\.?\d|[A-Za-z]+")
_STARTERS = frozenset((*_WORDS, *_VAGUE, "half"))
_SCALED = re.compile(_SCALE, re.IGNORECASE)
_HYPHEN = re.compile(r"\d[-–]\Z")
_TOKEN = re.compile(r"[a-z]+")


def read_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a text in order, whatever they stand for.

    >>> [str(n.value) for n in read_numbers("4,500 crore, 1.2bn and two and a half million")]
    ['45000000000', '1200000000.0', '2500000.0']
    """
    position = 0
    while start := _START.search(text, position):
        position = start.end()
        number = _read(text, start)
        if number:
            position = number.end
            yield number


def _read(text: str, start: re.Match[str]) -> Number | None:
    if not start[0].isalpha():
        found = _FROM_DIGIT.match(text, start.start())
        return _from_digits(text, found) if found else None
    if start[0].lower() not in _STARTERS:
        return None
    found = _FROM_WORD.match(text, start.start())
    if not found:
        return None
    if found["words"]:
        return _from_words(found)
    return _from_part(found) if found["part"] else _from_vague(found)


def _from_digits(text: str, found: re.Match[str]) -> Number | None:
    raw = found["grouped"] or found["spaced"] or found["plain"] or found["comma"].replace(",", ".")
    digits = re.sub(r"[,\s]", "", raw)
    if len(digits) > MAX_DIGITS:
        return None
    base = Decimal(digits) + (Decimal("0.5") if found["half"] else 0)
    scale = _SCALED.match(text, found.end())
    grouped = bool(found["grouped"] or found["spaced"])
    tail = bool(_HYPHEN.search(text, max(0, found.start() - 2), found.start()))
    if not scale:
        return Number(found.start(), found.end(), base, base, "digits", grouped, tail=tail)
    sign = (scale["sign"] or scale["loose"] or "").lower()
    size = _SCALE_SIGNS[sign] if sign else _size(scale["word"])
    return Number(found.start(), scale.end(), base * size, base, "digits", grouped, sign, tail)


def _size(words: str) -> int:
    """Multiply scale words: lakh crore is 10^12."""
    size = 1
    for word in _words(words):
        size *= _SCALE_WORDS[word.removesuffix("s")]
    return size


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text.lower().replace("&nbsp;", " "))


def _from_words(found: re.Match[str]) -> Number:
    value, base = _sum_words(_words(found["words"]))
    return Number(found.start(), found.end(), value, base, "words")


def _sum_words(words: list[str]) -> tuple[Decimal, Decimal]:
    """Add up number words; also return the part before the first scale word.

    >>> _sum_words("two hundred and fifty thousand".split())
    (Decimal('250000'), Decimal('250'))
    """
    total = current = Decimal(0)
    base: Decimal | None = None
    for word in words:
        if word == "half":
            current += Decimal("-0.5")  # the "a" before it has added one
        elif word in ("hundred", "dozen"):
            current = max(current, Decimal(1)) * (100 if word == "hundred" else 12)
        elif word.removesuffix("s") in _SCALE_WORDS:
            base = current if base is None else base
            total, current = total + max(current, Decimal("0.5")) * _SCALE_WORDS[word.removesuffix("s")], Decimal(0)
        elif word != "and":
            current += _WORDS[word]
    return total + current, current if base is None else base


def _from_part(found: re.Match[str]) -> Number:
    part = found["part"].lower()
    share = Decimal("0.5") if "half" in part else Decimal("0.75") if "three" in part else Decimal("0.25")
    whole = found["whole"].lower().removesuffix("s")
    return Number(found.start(), found.end(), share * (_SCALE_WORDS | {"dozen": 12})[whole], share, "words")


def _from_vague(found: re.Match[str]) -> Number:
    value = Decimal(_VAGUE[found["vague"].lower()])
    if found["vague2"]:
        value *= _VAGUE[found["vague2"].lower()]
    return Number(found.start(), found.end(), value, value, "vague")
