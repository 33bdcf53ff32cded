"""What tests of builds share: small articles, and every export of a graph as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.export import FORMATS, export_bytes
from kg.export.tables import tables
from kg.store import GraphStore

FACTORY = "Xiaomi is building a car factory in Beijing.\n"
PURCHASE = "Adobe acquired the design company Figma for $20 billion in September 2022.\n"
DENIAL = "Boeing denied on Monday that it will close its plant in Renton.\n"
NEWS = {"factory.txt": FACTORY, "purchase.txt": PURCHASE, "denial.txt": DENIAL}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, by their paths below a folder, and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def exports(out: Path) -> dict[str, bytes]:
    """Return the graph of a folder in every format there is, and the files beside its store."""
    store = GraphStore.open(out)
    files = {path.name: path.read_bytes() for path in (out / "graph.ttl", out / "events.jsonl")}
    return {name: export_bytes(store, name) for name in FORMATS} | tables(store.knowledge()) | files


def types(out: Path) -> list[str]:
    """Return the types of all events of a folder's graph."""
    return sorted(event.type for event in GraphStore.open(out).knowledge().events)
