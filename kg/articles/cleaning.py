"""Blank what is no part of an article's prose, without moving a single character.

Everything removed is replaced by spaces, so that an offset into the clean text is an offset into the text. The words
to look for are data: `ontology/gazetteer/cleaning.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.articles.wrapping import unwrap
from kg.resources import ontology_folder

FURNITURE_LIMIT = 300  # characters; a longer line is prose, and prose is never thrown away as a whole
SHORT_CAPITALISED = (
    4  # "Bros.", "Corp.", "Ave.": a capitalised word this short before a full stop may be an abbreviation
)
WORD_LIMIT = 40  # characters looked at before a full stop; longer words do not exist

_LINE_END = re.compile(r"\r(?=\n)|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x09\x0e-\x1f\x7f-\x9f\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u1680\u180e\u2000-\u200f"
    r"\u202a-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_WIKI_MARK = re.compile(r"'''+|={2,}")
_EDGES = " \t|•·●▪►▶»«›‹→←↑↓>*_–—-=#[]<…:;,.!✕×"
_BETWEEN = r"[\s|•·●▪►▶»«›‹→←>*/&,:;…–—-]"
_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—-]*$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    furniture: re.Pattern[str]
    tail: re.Pattern[str]
    stop: re.Pattern[str]
    abbreviations: frozenset[str]


def clean(text: str, title: str) -> str:
    """Return the text at the same length, with all that is no prose blanked.

    Blanked are invisible characters, wiki mark-up, page furniture, repeats of the headline, line breaks inside a
    wrapped paragraph, and full stops that stand inside a sentence. Line breaks that end a paragraph stay.

    >>> clean("Acme opens a plant.\\nAdvertisement\\nIt makes cars. in Lyon.", "")
    'Acme opens a plant.\\n             \\nIt makes cars  in Lyon.'
    """
    patterns = _patterns()
    text = _blank_invisible(text)
    text = _WIKI_MARK.sub(_blank_match, text)
    lines = [_blank(line) if _is_furniture(line, patterns) else line for line in text.split("\n")]
    text = "\n".join(_blank_repeats(lines, title))
    text = _blank_tail(text, patterns)
    return _rejoin_sentences(unwrap(text), patterns)


def _blank_invisible(text: str) -> str:
    text = _LINE_END.sub(lambda match: " " if match.end() < len(text) and text[match.end()] == "\n" else "\n", text)
    return _INVISIBLE.sub(" ", text)


def _blank(line: str) -> str:
    return " " * len(line)


def _blank_match(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_furniture(line: str, patterns: _Patterns) -> bool:
    if len(line) > FURNITURE_LIMIT:
        return False
    bare = line.strip(_EDGES)
    return bool(bare) and patterns.furniture.search(bare) is not None


def _blank_repeats(lines: Iterable[str], title: str) -> Iterator[str]:
    """Blank the lines that repeat the headline, save the one the text begins with."""
    headlines = {_plain(title), _plain(_SUFFIX.sub("", title))} - {""}
    at_start = True
    for line in lines:
        repeats = len(line) <= FURNITURE_LIMIT and _plain(line) in headlines
        yield _blank(line) if repeats and not at_start else line
        at_start = at_start and not line.strip()


def _plain(line: str) -> str:
    return " ".join(line.casefold().split()).strip(_EDGES)


def _blank_tail(text: str, patterns: _Patterns) -> str:
    end = len(text.rstrip())
    start = max(0, end - FURNITURE_LIMIT)
    match = patterns.tail.search(text, start, end)
    return text[: match.start()] + _blank(text[match.start() : end]) + text[end:] if match else text


def _rejoin_sentences(text: str, patterns: _Patterns) -> str:
    def replacement(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - WORD_LIMIT) : match.start()].split()
        return "." if _keeps_stop(before[-1], patterns.abbreviations) else " "

    return patterns.stop.sub(replacement, text)


def _keeps_stop(word: str, abbreviations: frozenset[str]) -> bool:
    word = word.strip("\"'“”‘’()[]%")
    initial = len(word) == 1 and word.isalpha()
    short = word[:1].isupper() and len(word) <= SHORT_CAPITALISED
    return initial or short or "." in word or word.casefold() in abbreviations


@cache
def _patterns() -> _Patterns:
    path = ontology_folder() / "gazetteer" / "cleaning.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    furniture, stop = data["furniture"], data["stray_stop"]
    return _Patterns(
        furniture=_furniture_pattern(furniture["phrases"], furniture["openings"], furniture["endings"]),
        tail=re.compile(rf"(?<=[.!?”\"])\s+(?:{_either(furniture['tails'])})\W*$", re.IGNORECASE),
        stop=re.compile(rf"(?<=[\w%)\]])\.(?= +(?:{_either(stop['before'])})\b)"),
        abbreviations=frozenset(stop["after"]),
    )


def _furniture_pattern(phrases: Iterable[str], openings: Iterable[str], endings: Iterable[str]) -> re.Pattern[str]:
    # Atomic groups: a line is page furniture or not at the first try, however it is made.
    whole = rf"^(?>(?>{_either(phrases)})(?!\w){_BETWEEN}*)+$"
    return re.compile(rf"{whole}|^(?:{_either(openings)})|(?:{_either(endings)})$", re.IGNORECASE)


def _either(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, the longest first; `#` stands for a number."""
    return "|".join(
        re.escape(phrase).replace(r"\#", r"\d+")
        for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    )
