"""Replace the graph of an output folder as a whole: under a lock, in one step, safe against being killed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OutputError
from kg.iris import DEFAULT_BASE
from kg.rdf.serialize import nquads
from kg.store.current import CURRENT, STORE_PREFIX, read_current

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = ".lock"
DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class WriterLock:
    """Proof that this process alone may write to a folder. `write_lock` gives it."""

    folder: Path


@contextlib.contextmanager
def write_lock(folder: Path) -> Iterator[WriterLock]:
    """Hold the folder for writing; the system frees it when the process ends, however it ends.

    Raises `OutputError` if another process holds it or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / LOCK).open("ab")
    except OSError as error:
        remedy = "choose a folder that you may write to"
        raise OutputError(str(folder), f"cannot be written ({error.strerror})", remedy) from error
    with handle:
        try:
            _lock(handle.fileno())
        except OSError as error:
            remedy = "wait until it is done, or choose another folder"
            raise OutputError(str(folder), "another process is writing to it", remedy) from error
        yield WriterLock(folder)


def write_graph(lock: WriterLock, quads: Iterable[ox.Quad], *, base: str = DEFAULT_BASE) -> bool:
    """Make the quads the folder's graph and return whether that changed it.

    Raises `OutputError` if the disk refuses; the old graph then stays.
    """
    content = nquads(quads)
    name = STORE_PREFIX + hashlib.sha256(base.encode() + b"\n" + content).hexdigest()[:DIGEST_LENGTH]
    if _is_current(lock.folder, name):
        sweep(lock, keep=name)
        return False
    try:
        _fill(lock.folder / name, content)
        _point(lock.folder, {"base": base, "store": name})
    except OSError as error:
        raise OutputError(
            str(lock.folder), f"the graph cannot be written ({error})", "make room and build again"
        ) from error
    sweep(lock, keep=name)
    return True


def sweep(lock: WriterLock, *, keep: str) -> None:
    """Remove stores other than the one to keep: the last graph, or what a killed build left."""
    for path in sorted(lock.folder.glob(f"{STORE_PREFIX}*")):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)
    (lock.folder / f"{CURRENT}.new").unlink(missing_ok=True)


def _fill(path: Path, content: bytes) -> None:
    shutil.rmtree(path, ignore_errors=True)  # of a build that was killed before it could point to it
    store = ox.Store(str(path))
    store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store  # frees the store's own lock


def _point(folder: Path, current: Mapping[str, str]) -> None:
    """Replace `current.json` in one step, on the disk before anything else happens."""
    new = folder / f"{CURRENT}.new"
    with new.open("w", encoding="utf-8") as file:
        file.write(json.dumps(current, sort_keys=True, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / CURRENT)
    if sys.platform != "win32":
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_current(folder: Path, name: str) -> bool:
    try:
        return read_current(folder)["store"] == name and len(ox.Store.read_only(str(folder / name))) >= 0
    except (OutputError, OSError, RuntimeError):  # none, or damaged: it is written again
        return False


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
