"""Compare names: without case, article, possessive and legal form; as initials; as a shorter form."""

from __future__ import annotations

import re
from functools import lru_cache

from cleanco import basename

_ACRONYM = re.compile(r"[A-Z&]{2,6}")
_POSSESSIVE = re.compile(r"[’']s?$")


def is_initials(text: str) -> bool:
    """Tell whether a name is written as initials: "FTC"."""
    return bool(_ACRONYM.fullmatch(text))


def name_key(text: str) -> str:
    """Return the form under which mentions of one name are counted together.

    >>> name_key("The Panasonic's")
    'panasonic'
    """
    return _POSSESSIVE.sub("", text).casefold().removeprefix("the ").strip(" .,")


@lru_cache(maxsize=20_000)
def base_name(text: str) -> str:
    """Return a name without legal suffix, article, commas and case, for comparison.

    >>> base_name("The Kellogg  Co.") == base_name("Kellogg, Inc.") == "kellogg"
    True
    """
    key = name_key(" ".join(text.replace(",", " ").split()))
    return basename(key).strip(" .&") or key


def is_acronym(short: str, long: str) -> bool:
    """Tell whether one name is the initials of the other.

    >>> is_acronym("FTC", "Federal Trade Commission")
    True
    """
    if not is_initials(short) or len(long.split()) < 2:
        return False
    words = [word for word in re.split(r"[\s\-]+", long) if word]
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return short.replace("&", "") in (capitals, "".join(word[0].upper() for word in words))


def extends(short: str, long: str) -> bool:
    """Tell whether one base name begins the other at a word boundary: "adler" and "adler, gorton"."""
    return len(short) >= 2 and long.startswith(short) and len(long) > len(short) and not long[len(short)].isalnum()
