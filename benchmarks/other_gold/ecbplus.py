"""Read ECB+: several articles on one event, with the entities and events that are the same within and across them."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from benchmarks.other_gold.gold import GoldDocument, Marked, Sort
from benchmarks.other_gold.layout import Layout, lay_out

SENTENCES = "annotated-sentences.csv"
ENTITIES = ("HUMAN_", "NON_HUMAN_", "LOC_")
EVENTS = ("ACTION_", "NEG_ACTION_")
ACROSS, WITHIN = "CROSS_DOC_COREF", "INTRA_DOC_COREF"


def read_ecbplus(folder: Path) -> Iterator[GoldDocument]:
    """Yield the documents that have checked sentences, by topic and name."""
    for (topic, name), numbers in sorted(_checked(folder / SENTENCES).items()):
        path = folder / topic / f"{topic}_{name}.xml"
        yield _document(topic, ET.parse(path).getroot(), numbers)


def _checked(path: Path) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["Topic"], row["File"]].add(int(row["Sentence Number"]))
    return found


def _document(topic: str, root: ET.Element, numbers: set[int]) -> GoldDocument:
    tokens = root.findall("token")
    sentences = [list(group) for _, group in groupby(tokens, key=_sentence)]
    layout = lay_out([[token.text or "" for token in sentence] for sentence in sentences])
    checked = {index for index, token in enumerate(tokens) if _sentence(token) in numbers}
    return GoldDocument(
        id=root.get("doc_name", ""),
        topic=topic,
        layout=layout,
        scored=tuple(_runs(checked, layout)),
        mentions=tuple(_mentions(root, {token.get("t_id", ""): i for i, token in enumerate(tokens)}, checked)),
    )


def _sentence(token: ET.Element) -> int:
    return int(token.get("sentence", "0"))


def _runs(tokens: set[int], layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text that neighbouring tokens cover."""
    for _, run in groupby(enumerate(sorted(tokens)), key=lambda pair: pair[1] - pair[0]):
        members = [token for _, token in run]
        yield layout.span(members[0], members[-1])


def _mentions(root: ET.Element, places: Mapping[str, int], checked: set[int]) -> Iterator[Marked]:
    chains = dict(_chains(root))
    document = root.get("doc_name", "")
    for mark in root.iterfind("Markables/*"):
        tokens = [places[anchor.get("t_id", "")] for anchor in mark.iterfind("token_anchor")]
        sort, name = _sort(mark.tag), mark.get("m_id", "")
        if sort is not None and tokens and checked.issuperset(tokens):
            chain = chains.get(name, f"{document}:alone-{name}")
            yield Marked(name, sort, min(tokens), max(tokens), chain, {"type": mark.tag})


def _sort(tag: str) -> Sort | None:
    if tag.startswith(ENTITIES):
        return Sort.ENTITY
    return Sort.EVENT if tag.startswith(EVENTS) else None


def _chains(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield the chain of each mention that has one: its instance where that is known across documents."""
    document = root.get("doc_name", "")
    for link in root.iterfind("Relations/*"):
        name = link.get("note", "") if link.tag == ACROSS else f"{document}:{link.get('r_id', '')}"
        for source in link.iterfind("source"):
            yield source.get("m_id", ""), name
