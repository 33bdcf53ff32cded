"""Draw edges of the graph of fresh articles, to be judged by reading the sentences that they rest on.

    python benchmarks/edges.py --number 100 --seed 7 -o edges.jsonl

Articles with annotation are left out: something was learned from them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import texts

import kg
from kg.model import Knowledge

ROOT = Path(__file__).resolve().parent.parent
ANNOTATED = ROOT / "training" / "annotated.jsonl"
GOLD = ROOT.parent / "shared" / "gold"
ARTICLES, EDGES = 300, 100

Record = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a graph of a sample of articles, draw edges and write them with their evidence."""
    options = _options(arguments)
    chance = random.Random(options.seed)
    known = _annotated()
    fresh = [article for article in texts.read(options.source) if article.id not in known]
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        drawn_articles = chance.sample(fresh, min(options.articles, len(fresh)))
        texts.write(texts.choose(drawn_articles, len(drawn_articles)), articles)
        rows = list(edges(kg.build(articles, out=Path(folder) / "out").knowledge))
    drawn = chance.sample(rows, min(options.number, len(rows)))
    options.output.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in drawn), encoding="utf-8")
    print(f"{len(drawn)} of {len(rows)} edges of {options.articles} articles: {options.output}")
    return 0


def edges(knowledge: Knowledge) -> Iterator[Record]:
    """Yield the direct edges of a graph that rest on events, each with the sentences that tell of these."""
    labels = {entity.id: entity.label for entity in knowledge.entities}
    events = {event.id: event for event in knowledge.events}
    for edge in (edge for edge in knowledge.edges if edge.events):  # none tells where a place lies
        told = [claim for event in edge.events for claim in events[event].claims]
        yield {
            "edge": f"{labels[edge.subject]} | {edge.predicate} | {labels[edge.object]}",
            "type": sorted({events[event].type for event in edge.events}),
            "status": sorted({events[event].status.value for event in edge.events}),
            "confidence": max(events[event].confidence for event in edge.events),
            "sentences": [f"{claim.article}: {claim.sentence.text}" for claim in told],
        }


def _annotated() -> frozenset[str]:
    """Return the articles that someone annotated."""
    lines = [
        line for path in (ANNOTATED, *GOLD.glob("*/events.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return frozenset(json.loads(line)["id"] for line in lines)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", nargs="?", type=Path, default=texts.default_source(), help="articles to choose from")
    parser.add_argument("--articles", type=int, default=ARTICLES, help=f"how many to read; default: {ARTICLES}")
    parser.add_argument("--number", type=int, default=EDGES, help=f"how many edges to draw; default: {EDGES}")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("-o", "--output", type=Path, default=Path("edges.jsonl"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
