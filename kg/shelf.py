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
from kg.model import Extraction

FOLDER = "articles"
NEW = ".new"


@dataclass(frozen=True, slots=True)
class Record:
    """An extraction as kept. `fingerprint` tells with what it was made."""

    fingerprint: str
    extraction: Extraction


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
            except (msgspec.DecodeError, OSError) as error:
                yield OutputError(str(path), f"damaged ({error})", "it is read again when its article is built again")
                continue
            yield record

    def put(self, record: Record) -> None:
        """Keep a record, in place of an earlier one of the same article. Raises `OutputError` if the disk refuses."""
        path = self._path(record.extraction.article.key)
        new = path.with_suffix(NEW)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("wb") as file:
                file.write(msgspec.json.encode(record))
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError as error:
            remedy = "make room or choose a folder that you may write to"
            raise OutputError(str(path), f"cannot be written ({error.strerror})", remedy) from error

    def remove(self, keys: Iterable[str]) -> None:
        """Forget articles."""
        for key in keys:
            self._path(key).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed build left half written."""
        for path in (self.folder / FOLDER).glob(f"*{NEW}"):
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / FOLDER / f"{key}.json"


def fingerprint(folders: Sequence[Path], *details: str) -> str:
    """Return a digest of the files in the folders, whatever their place on the disk, and of further details.

    Two extractions with one fingerprint were made by the same rules and code.
    """
    content = hashlib.sha256()
    for detail in details:
        content.update(f"{len(detail)}:{detail}".encode())
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml", ".ttl")):
            data = path.read_bytes()
            content.update(f"{path.relative_to(folder).as_posix()}:{len(data)}:".encode() + data)
    return content.hexdigest()[:16]
