"""Find the files that a user's list of sources names, each once, in an order that does not depend on the list's."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.articles.draft import Skipped
from kg.errors import UsageError

STDIN = "-"
EXTENSIONS = frozenset(
    (
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".json",
        ".jsonl",
        ".ndjson",
        ".rss",
        ".atom",
        ".xml",
    )
)
# Files that go with a folder of articles and are none. A file named by the user himself is read whatever its name.
COMPANIONS = frozenset(("readme", "license", "licence", "copying", "notice", "changelog", "contributing"))

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_WILDCARD = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file to read. `name` is its path below its source, with slashes; `place` names it in messages."""

    name: str
    place: str
    path: Path


@dataclass(frozen=True, slots=True)
class Sources:
    """What there is to read, in order: files, what a folder held beside them, standard input, addresses."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...]
    stdin: bool
    urls: tuple[str, ...]


def find_sources(sources: Sequence[str], *, fetch: bool = False) -> Sources:
    """Sort the sources out. Raises `UsageError` for one that does not exist, and for an address without `fetch`."""
    found: list[SourceFile | Skipped] = []
    urls = sorted({source for source in sources if _ADDRESS.match(source)})
    if urls and not fetch:
        raise UsageError(urls[0], "an address is not read unless asked for", "add --fetch")
    for source in sources:
        if source != STDIN and source not in urls:
            found.extend(_expand(source))
    return Sources(
        files=tuple(_unique(item for item in found if isinstance(item, SourceFile))),
        skipped=tuple(sorted({item for item in found if isinstance(item, Skipped)}, key=str)),
        stdin=STDIN in sources,
        urls=tuple(urls),
    )


def _expand(source: str) -> Iterator[SourceFile | Skipped]:
    path = Path(source)
    if os.path.lexists(source):
        yield from _expand_path(path)
        return
    # glob.glob and not Path.glob, which takes no absolute patterns.
    matches = sorted(glob.glob(source, recursive=True)) if _WILDCARD.search(source) else []  # noqa: PTH207
    if not matches:
        problem = "no file matches" if _WILDCARD.search(source) else "no such file or folder"
        raise UsageError(_printable(source), problem, "check the path")
    for match in matches:
        yield from _expand_path(Path(match))


def _expand_path(path: Path) -> Iterator[SourceFile | Skipped]:
    if not path.is_dir():
        yield SourceFile(_printable(path.name), _printable(str(path)), path)
        return
    count = 0
    for item in _walk(path, path, frozenset()):
        count += isinstance(item, SourceFile)
        yield item
    if not count:
        yield Skipped(
            _printable(str(path)),
            "no articles in the folder",
            f"put files in it that end in {', '.join(sorted(EXTENSIONS))}",
        )


def _walk(folder: Path, top: Path, above: frozenset[tuple[int, int]]) -> Iterator[SourceFile | Skipped]:
    """Go through a folder, hidden entries left out; `above` are the folders it lies in, to end a loop of links."""
    place = _printable(str(folder))
    try:
        status = folder.stat()
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        yield Skipped(place, f"cannot be opened: {error.strerror}", "check its permissions")
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        yield Skipped(place, "a link back to a folder it lies in", "nothing to do; the folder is read once")
        return
    for entry in entries:
        if entry.is_dir():
            yield from _walk(entry, top, above | {identity})
        else:
            yield _entry(entry, top)


def _entry(path: Path, top: Path) -> SourceFile | Skipped:
    place = _printable(str(path))
    if path.suffix.lower() not in EXTENSIONS:
        return Skipped(
            place, f"unknown kind of file {path.suffix or 'without an extension'}", "name it by itself to have it read"
        )
    if path.stem.lower() in COMPANIONS:
        return Skipped(place, "goes with the articles and is none", "name it by itself to have it read")
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Skipped(place, f"cannot be opened: {error.strerror}", "check where it links to")
    if not stat.S_ISREG(mode):
        return Skipped(place, "not a regular file", "name it by itself to have it read")
    return SourceFile(_printable(path.relative_to(top).as_posix()), place, path)


def _unique(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Sort the files, leaving out those that are there under two paths."""
    seen: set[str] = set()
    for file in sorted(files):
        real = os.path.realpath(file.path)
        if real not in seen:
            seen.add(real)
            yield file


def _printable(path: str) -> str:
    """Return a path as text that can be shown and written, whatever bytes are in it."""
    return os.fsencode(path).decode("utf-8", errors="replace")
