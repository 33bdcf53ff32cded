"""The annotated articles that there are to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from training.annotations import CORPUS, ROOT, Record, read_records, unpack_file

SHARED = ROOT.parent / "shared" / "gold"
GIVEN = (SHARED / "wikinews-train", SHARED / "modern-train")
TEXTS = ROOT / "training" / "texts"  # articles of our own, with annotation
OWN = ROOT / "training" / "annotated.jsonl"  # our annotation of articles of the corpus
UNPACKED = ROOT / "build" / "annotated"  # the same with the texts
HELD_OUT = ROOT / "training" / "held-out.txt"

Pairs = Sequence[tuple[Record, Record]]  # an article and its annotation


def gold_folders() -> tuple[Path, ...]:
    """Return the folders of annotated articles, those of the corpus joined with their texts."""
    unpack_file(OWN, CORPUS, UNPACKED)
    return (*GIVEN, TEXTS, UNPACKED)


def held_out() -> frozenset[str]:
    """Return the articles that nothing is learned from."""
    return frozenset(HELD_OUT.read_text(encoding="utf-8").split())


def training_records(folders: Sequence[Path]) -> list[tuple[Record, Record]]:
    """Return the annotated articles of folders but for those that are held out."""
    left_out = held_out()
    return [pair for folder in folders for pair in read_records(folder) if pair[0]["id"] not in left_out]
