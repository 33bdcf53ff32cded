"""Write the graph for other programs. The same content gives the same bytes, in whatever order it was stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import OutputError, UsageError
from kg.export.records import event_records, records_text, value_record
from kg.export.tables import TABLES, tables
from kg.network import graphml, to_network
from kg.rdf import serialize
from kg.store import GraphStore

__all__ = [
    "FOLDER_FORMAT",
    "FORMATS",
    "TABLES",
    "event_records",
    "export",
    "export_bytes",
    "records_text",
    "tables",
    "value_record",
]

FOLDER_FORMAT = "csv"  # many files, one a table


def export_bytes(store: GraphStore, format_: str) -> bytes:
    """Return the graph in one of `FORMATS`. Raises `UsageError` for a format that is no single file."""
    if format_ not in FORMATS:
        formats = ", ".join(sorted((*FORMATS, FOLDER_FORMAT)))
        raise UsageError(format_, "not a format that is one file", f"formats: {formats}; csv needs a folder")
    return FORMATS[format_](store)


def export(store: GraphStore, format_: str, target: Path) -> tuple[Path, ...]:
    """Write the graph to a file, or its tables into a folder, and return what was written.

    Raises `UsageError` for an unknown format and `OutputError` if the target cannot be written.
    """
    files = _files(store, format_, target)
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise OutputError(str(target), f"cannot be written ({error.strerror})", "choose another place") from error
    return tuple(files)


def _files(store: GraphStore, format_: str, target: Path) -> dict[Path, bytes]:
    if format_ == FOLDER_FORMAT:
        return {target / name: content for name, content in tables(store.knowledge()).items()}
    return {target: export_bytes(store, format_)}


def _turtle(store: GraphStore) -> bytes:
    return serialize.turtle(serialize.flatten(store), store.iris.prefixes())


def _trig(store: GraphStore) -> bytes:
    return serialize.trig(store, store.iris.prefixes())


def _graphml(store: GraphStore) -> bytes:
    return graphml(to_network(store.knowledge()))


def _records(store: GraphStore) -> bytes:
    return records_text(store.knowledge(), store.iris).encode()


FORMATS: Mapping[str, Callable[[GraphStore], bytes]] = MappingProxyType(
    {
        "graphml": _graphml,
        "jsonl": _records,
        "jsonld": serialize.json_ld,
        "nquads": serialize.nquads,
        "trig": _trig,
        "turtle": _turtle,
    }
)
