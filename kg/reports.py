"""Tell what a build did: `report.json` for programs and the record, a few lines for people."""

from __future__ import annotations

import json
import platform
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg.articles import Skipped
from kg.model import Knowledge
from kg.shelf import unwritable, write_whole

REPORT = "report.json"
FREQUENT = 6  # event types named to people


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `skipped` lists what could not be used, each with its reason."""

    found: int  # articles in the sources, copies counted once
    read: int  # articles analysed now; the others were already known
    replaced: int  # earlier versions of articles that went out
    changed: bool  # whether the graph is another one than before
    articles: int  # in the graph, as the next ones
    entities: int
    events: int
    claims: int
    edges: int
    seconds: float
    skipped: tuple[Skipped, ...] = ()
    by_type: Mapping[str, int] = field(default_factory=dict)
    by_status: Mapping[str, int] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """Return the report as plain data."""
        rows = {name: getattr(self, name) for name in self.__slots__}
        return rows | {"skipped": [{"place": s.place, "problem": s.problem, "remedy": s.remedy} for s in self.skipped]}


def figures(knowledge: Knowledge) -> dict[str, Any]:
    """Return how much of everything a graph holds, under the names of `BuildReport`."""
    return {
        "articles": len(knowledge.articles),
        "entities": len(knowledge.entities),
        "events": len(knowledge.events),
        "claims": sum(len(event.claims) for event in knowledge.events),
        "edges": len(knowledge.edges),
        "by_type": dict(sorted(Counter(event.type for event in knowledge.events).items())),
        "by_status": dict(sorted(Counter(event.status.value for event in knowledge.events).items())),
    }


def write_report(out: Path, report: BuildReport, *, model: str, min_confidence: float, graph: str) -> None:
    """Write `report.json`: the run, its versions, threshold and time, and the store whose graph lies beside it.

    It comes last: who finds another store in it than the current one knows that the files beside it are old.
    Raises `OutputError`.
    """
    rows = {
        "built": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "graph": graph,
        "versions": {
            "corporate-events-kg": package_version(),
            "python": platform.python_version(),
            "spacy": version("spacy"),
            "model": model,
            "model version": model_version(model),
        },
        "min_confidence": min_confidence,
        **report.row(),
    }
    path = out / REPORT
    try:
        write_whole(path, (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    except OSError as error:
        raise unwritable(path, error) from error


def reported_graph(out: Path) -> str | None:
    """Return the store that the last report of a folder names, None if there is no whole report."""
    try:
        report = json.loads((out / REPORT).read_bytes())
    except (OSError, ValueError):
        return None
    return str(report.get("graph")) if isinstance(report, dict) else None


def package_version() -> str:
    """Return the installed version of the package, or that of a checkout."""
    try:
        return version("corporate-events-kg")
    except PackageNotFoundError:
        return "checkout"


def model_version(model: str) -> str:
    """Return the version of an installed spaCy pipeline, or of one in a folder; empty if it tells none."""
    try:
        return version(model)
    except (PackageNotFoundError, ValueError):
        pass
    try:
        meta = json.loads((Path(model) / "meta.json").read_bytes())
    except (OSError, ValueError):
        return ""
    return str(meta.get("version", "")) if isinstance(meta, dict) else ""


def report_text(report: BuildReport, out: Path) -> str:
    """Return what a build did and where to look, for people."""
    directions = ("", *_directions(out)) if report.articles else ()
    return "\n".join((*_summary(report), *directions)) + "\n"


def _summary(report: BuildReport) -> Iterator[str]:
    replaced = f", {report.replaced} replaced" if report.replaced else ""
    skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
    found = _count(report.found, "article")
    yield f"{found} found, {report.read} read now{replaced}{skipped}, in {report.seconds:.0f} s"
    yield (
        f"graph: {_count(report.articles, 'article')}, {_count(report.events, 'event')}, "
        f"{_count(report.claims, 'claim')}, {report.entities} entities, {_count(report.edges, 'direct edge')}"
    )
    if report.by_type:
        top = sorted(report.by_type.items(), key=lambda row: (-row[1], row[0]))[:FREQUENT]
        yield "most frequent: " + ", ".join(f"{name} {count}" for name, count in top)
    if not report.changed:
        yield "nothing new: the graph is as it was"


def _directions(out: Path) -> Iterator[str]:
    commands = {
        f"kg view {out}": "write a page to open in a browser",
        f"kg query {out}": "list the questions that have a name",
        f"kg query {out} who-builds-what": "ask one of them",
        f"{out / 'graph.ttl'}": "the graph as Turtle",
        f"{out / 'events.jsonl'}": "its events as JSON lines",
        f"{out / REPORT}": "this report in full",
    }
    width = max(map(len, commands))
    yield "where to look:"
    yield from (f"  {command:<{width}}  {what}" for command, what in commands.items())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
