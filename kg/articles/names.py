"""Give every article of a build an id of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath


class Names:
    """The ids given so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._copies: Counter[str] = Counter()

    def unique(self, given: str, file: str) -> str:
        """Return an id: the one given, else the file's stem; one that is taken is lengthened by the file's path.

        An id that begins with `#` numbers an article within its file and is added to the stem.

        >>> names = Names()
        >>> [names.unique("", "a/x.txt"), names.unique("", "b/x.txt")]
        ['x', 'b/x.txt']
        >>> [names.unique("7", "c.json"), names.unique("7", "d.json"), names.unique("#2", "d.json")]
        ['7', 'd.json#7', 'd#2']
        """
        stem = PurePosixPath(file).stem
        wanted = stem + given if not given or given.startswith("#") else given
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
