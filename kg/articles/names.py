"""Give articles ids."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import Protocol


class Naming(Protocol):
    """A way to name articles."""

    def name(self, given: str, file: str) -> str:
        """Return the id of an article that gives this one, maybe empty, and lies in this file."""
        ...


class ShortNames:
    """Ids that depend on nothing but the article and its file's name; two articles may get the same."""

    def name(self, given: str, file: str) -> str:
        """Return the id given, else the file's stem; one that begins with `#` is added to the stem.

        >>> [ShortNames().name(given, "b/x.jsonl") for given in ("", "7", "#2")]
        ['x', '7', 'x#2']
        """
        return PurePosixPath(file).stem + given if not given or given.startswith("#") else given


class Names:
    """Ids of which no two are the same. It holds those given so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._copies: Counter[str] = Counter()

    def name(self, given: str, file: str) -> str:
        """Return an id: the one given, else the file's stem; one that is taken is lengthened by the file's path.

        An id that begins with `#` numbers an article within its file and is added to the stem.

        >>> names = Names()
        >>> [names.name("", "a/x.txt"), names.name("", "b/x.txt")]
        ['x', 'b/x.txt']
        >>> [names.name("7", "c.json"), names.name("7", "d.json"), names.name("#2", "d.json")]
        ['7', 'd.json#7', 'd#2']
        """
        wanted = ShortNames().name(given, file)
        longer = file + ("#" + given.removeprefix("#") if given else "")
        name = next((name for name in (wanted, longer) if name not in self._taken), None) or self._numbered(longer)
        self._taken.add(name)
        return name

    def _numbered(self, name: str) -> str:
        while True:
            self._copies[name] += 1
            candidate = f"{name}~{self._copies[name] + 1}"
            if candidate not in self._taken:
                return candidate
