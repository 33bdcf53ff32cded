"""Leave out documents that stand in our own gold too: frames were written and models trained on these."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.other_gold.gold import GoldDocument

OURS = ("wikinews/articles.json", "wikinews-train/articles.json")
SIGN_LENGTH = 80  # letters and digits that tell one article from all others
_NO_LETTERS = re.compile(r"[\W_]+")


def fresh(documents: Iterable[GoldDocument], folder: Path) -> Iterator[GoldDocument]:
    """Yield the documents whose opening words, the title aside, stand in no article of our gold in a folder."""
    known = list(_texts(folder))
    for document in documents:
        sign = _letters(document.layout.text.removeprefix(document.title))[:SIGN_LENGTH]
        if not any(sign in text for text in known):
            yield document


def _texts(folder: Path) -> Iterator[str]:
    for path in (folder / name for name in OURS):
        if path.exists():
            yield from (_letters(record["text"]) for record in json.loads(path.read_text(encoding="utf-8")))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
