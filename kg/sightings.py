"""Know an article again: by its words, which make its key, and by the places where it was met.

One article may be met in several places (a file and its copy, two feeds), and one place may hold another article later.
Both are settled without regard to the order of builds, so that the same articles give the same graph whichever way,
and in however many steps, they came in.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Article

STDIN = "stdin"
SHORT_KEY = 7  # the `d` and six digits of a key, enough to tell articles of one name apart


def at_place(article: Article, out: Path) -> Article:
    """Return an article whose source is the place it is known by: its file as seen from `out`, without a line number.

    Two paths to one file are one place, and a folder that is moved together with `out` stays the same place.
    """
    place = article.source
    while place and not Path(place).is_file():
        place = place.rpartition(":")[0]
    return replace(article, source=_seen_from(out, place) if place else article.source)


def _seen_from(out: Path, place: str) -> str:
    real = os.path.realpath(place)
    try:
        return Path(os.path.relpath(real, os.path.realpath(out))).as_posix()
    except ValueError:  # another drive
        return real


def shown_place(article: Article, out: Path) -> str:
    """Return where an article was met, for messages. `at_place` turns a path round, this turns it back."""
    path = os.path.normpath(out / article.source)
    return path if os.path.lexists(path) else article.source


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The articles of this build: by key, one for each place; and the keys that each name of a place now stands for."""

    by_key: Mapping[str, tuple[Article, ...]]
    by_name: Mapping[tuple[str, str], frozenset[str]]


def arrive(articles: Iterable[Article]) -> Arrivals:
    """Sort the articles of a build by key and by name."""
    places: dict[str, dict[str, Article]] = defaultdict(dict)
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in articles:
        found = places[article.key]
        found[article.source] = min(article, found.get(article.source, article), key=order)
        if _is_lasting(article):
            names[article.source, article.id].add(article.key)
    return Arrivals(
        {key: sort(found.values()) for key, found in places.items()},
        {name: frozenset(keys) for name, keys in names.items()},
    )


def sightings_now(before: Iterable[Article], key: str, arrivals: Arrivals) -> tuple[Article, ...]:
    """Return where an article is to be met after this build, best first. Nowhere: its places hold another one now."""
    new = arrivals.by_key.get(key, ())
    seen = {article.source for article in new}
    return sort((*new, *(a for a in before if a.source not in seen and not _is_replaced(a, arrivals))))


def sort(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the sightings of one article, the one that describes it first."""
    return tuple(sorted(articles, key=lambda article: (*order(article), article.source)))


def order(article: Article) -> tuple[str, ...]:
    """Return what sightings of one article are chosen by: all that may differ but the place, which is no fact."""
    return article.id, article.url or "", article.publisher or "", article.language, article.clean


def told_apart(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles with ids of their own: where several share one, a piece of the key is added to each."""
    counts = Counter(article.id for article in articles)
    return tuple(replace(a, id=f"{a.id}~{a.key[1:SHORT_KEY]}") if counts[a.id] > 1 else a for a in articles)


def _is_replaced(article: Article, arrivals: Arrivals) -> bool:
    keys = arrivals.by_name.get((article.source, article.id))
    return keys is not None and article.key not in keys


def _is_lasting(article: Article) -> bool:
    """Tell whether a name means the same article next time; what has no id and came by standard input does not."""
    return not (article.source.startswith(STDIN) and article.id.partition("#")[0] == STDIN)
