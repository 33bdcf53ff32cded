"""Keep what was read out of each article: one JSON file an article, so that a build reads only what is new.

    OUT/articles/<key>.json     the article and its extraction, with the fingerprint of what extracted it

Files are written beside their place and moved into it, so that a killed build leaves no half of one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import OutputError
from kg.model import Article, Extraction

FOLDER = "articles"
NEW = ".new"
RULES = frozenset((".py", ".toml", ".ttl", ".json", ".onnx", ".npz"))  # they decide what is read out of an article

_DAMAGED_REMEDY = "it is read again when its article is built again; remove it if that is gone"


@dataclass(frozen=True, slots=True)
class Record:
    """An extraction as kept. `fingerprint` tells with what it was made, `others` where else its article was met."""

    fingerprint: str
    extraction: Extraction
    others: tuple[Article, ...] = ()

    @property
    def key(self) -> str:
        """Return the key of the article."""
        return self.extraction.article.key

    @property
    def sightings(self) -> tuple[Article, ...]:
        """Return the article as met in each place, best first."""
        return (self.extraction.article, *self.others)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The extractions of an output folder."""

    folder: Path

    def records(self) -> Iterator[Record | OutputError]:
        """Yield every record in the order of the keys; a damaged file comes as the error that says so."""
        decoder = msgspec.json.Decoder(Record)
        for path in sorted((self.folder / FOLDER).glob("*.json")):
            try:
                record = decoder.decode(path.read_bytes())
            except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
                yield OutputError(str(path), f"damaged ({_reason(error)})", _DAMAGED_REMEDY)
                continue
            if record.key == path.stem:
                yield record
            else:
                yield OutputError(str(path), "damaged (it holds another article than its name says)", _DAMAGED_REMEDY)

    def put(self, record: Record) -> None:
        """Keep a record, in place of an earlier one of the same article. Raises `OutputError` if the disk refuses."""
        path = self._path(record.key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, msgspec.json.encode(record))
        except OSError as error:
            raise unwritable(path, error) from error

    def remove(self, keys: Iterable[str]) -> None:
        """Forget articles. Raises `OutputError` if the disk refuses."""
        for path in map(self._path, keys):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise unwritable(path, error) from error

    def sweep(self) -> None:
        """Remove what a killed build left half written."""
        for path in (self.folder / FOLDER).glob(f"*{NEW}"):
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / FOLDER / f"{key}.json"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that nobody meets half of it. Raises `OSError`."""
    new = path.with_name(path.name + NEW)
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def unwritable(path: Path, error: OSError) -> OutputError:
    """Return the error for a file that the disk refuses."""
    remedy = "make room, or choose a folder that you may write to"
    return OutputError(str(path), f"cannot be written ({error.strerror or error})", remedy)


def fingerprint(paths: Sequence[Path], *details: str) -> str:
    """Return a digest of files and of the rules in folders, wherever these lie on the disk, and of further details.

    Two extractions with one fingerprint were made by the same rules and code.
    """
    content = hashlib.sha256()
    for detail in details:
        content.update(f"{len(detail)}:{detail}".encode())
    for top in paths:
        for path in sorted(path for path in (top, *top.rglob("*")) if path.suffix in RULES):
            data = path.read_bytes()
            content.update(f"{path.relative_to(top).as_posix()}:{len(data)}:".encode() + data)
    return content.hexdigest()[:16]


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
