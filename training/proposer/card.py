"""Write the card that says what a network is, what it was made from, and which files are it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from string import Template

from kg.extract.learned.scorer import FILES
from training.material import Pairs
from training.proposer.fit import Settings
from training.proposer.network import Network

CARD = "README.md"
TEMPLATE = Path(__file__).with_name("card.md")
MADE_WITH = ("torch", "transformers", "onnxruntime")


def write_card(folder: Path, network: Network, records: Pairs, types: int) -> None:
    """Write the card of the network in a folder."""
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(_facts(folder, network, records, types))
    (folder / CARD).write_text(text, encoding="utf-8")


def _facts(folder: Path, network: Network, records: Pairs, types: int) -> Mapping[str, object]:
    scored = sum(not event.get("optional") for _, gold in records for event in gold["events"])
    inside = {id(p) for p in network.encoder.embeddings.parameters()}  # type: ignore[union-attr]
    size = sum(p.numel() for p in network.parameters() if id(p) not in inside)
    return {
        "files": "\n".join(f"| `{name}` | `{_digest(folder / name)}` |" for name in FILES),
        "version": version("corporate-events-kg"),
        "articles": len(records),
        "events": f"{scored:,}",
        "seed": Settings().seed,
        "types": types,
        "parameters": f"{size / 1e6:.1f}",
        **{name: version(name).partition("+")[0] for name in MADE_WITH},
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
