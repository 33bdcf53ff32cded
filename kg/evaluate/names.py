"""Tell whether two names, or two phrases, are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# What companies are is no part of what they are called.
_COMPANY_WORDS = (
    *("ab", "ag", "asa", "bv", "gmbh", "inc", "incorporated", "limited", "llc", "lp", "ltd", "nv", "oyj", "plc"),
    *("sa", "spa", "co", "company", "companies", "corp", "corporation", "group", "holding", "holdings", "the"),
)
_LEGAL = re.compile(rf"\b(?:{'|'.join(_COMPANY_WORDS)})\b")
_POSSESSIVE = re.compile(r"[’']s\b")
_MARKS = re.compile(r"[^\w\s&]")
# Words that say too little to make two phrases alike.
_SMALL_WORDS = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "her", "his", "in", "its", "new", "of", "on", "or"),
        *("their", "to", "with"),
    )
)
PHRASE_SHARE = 0.6  # of the shorter phrase's words that stand in the longer one
_REMEMBERED = 65_536  # names


@lru_cache(_REMEMBERED)
def plain(name: str) -> str:
    """Return a name without case, marks, possessive and legal form.

    >>> plain("Norvik Motors Co., Ltd.'s"), plain("The Group")
    ('norvik motors', 'the group')
    """
    bare = _MARKS.sub(" ", _POSSESSIVE.sub("", name.casefold()))
    return " ".join(_LEGAL.sub(" ", bare).split()) or " ".join(bare.split())


def plain_names(names: Iterable[str | None]) -> frozenset[str]:
    """Return the plain forms of names, without empty ones."""
    return frozenset(plain(name) for name in names if name) - {""}


@lru_cache(_REMEMBERED)
def _words(phrase: str) -> frozenset[str]:
    return frozenset(plain(phrase).split()) - _SMALL_WORDS


def phrases_agree(one: str, other: str) -> bool:
    """Tell whether most words of the shorter phrase stand in the longer one.

    >>> phrases_agree("chief executive", "its new chief executive officer"), phrases_agree("chairman", "chief")
    (True, False)
    """
    first, second = _words(one), _words(other)
    shorter = min(len(first), len(second))
    return bool(shorter) and len(first & second) / shorter >= PHRASE_SHARE
