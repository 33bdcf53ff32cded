"""The whole story: articles in, graph out. `build` reads from top to bottom."""

from __future__ import annotations

import json
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from kg.articles import Skipped, fingerprint as article_fingerprint, read_articles
from kg.errors import OutputError
from kg.export import export
from kg.extract.extractor import Extractor, make_extractor
from kg.extract.lexicon import load_lexicon
from kg.frames import load_frames
from kg.iris import DEFAULT_BASE
from kg.model import Article, Extraction, Knowledge
from kg.nlp import DEFAULT_MODEL, load_language
from kg.ontology import Ontology, load_ontology
from kg.rdf import to_quads
from kg.resolve import resolve
from kg.resources import ontology_folder
from kg.shelf import Record, Shelf, fingerprint
from kg.store import GraphStore, write_graph, write_lock

REPORT = "report.json"
TURTLE = "graph.ttl"
RECORDS = "events.jsonl"

Progress = Callable[[Iterable[Article], int], Iterable[Article]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build: the language model, ontology folders beside our own, the base of the graph's IRIs."""

    model: str = DEFAULT_MODEL
    ontology: tuple[Path, ...] = ()
    base: str = DEFAULT_BASE
    fetch: bool = False

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return all ontology folders, ours first."""
        return (ontology_folder(), *self.ontology)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `skipped` lists what could not be used, each with its reason."""

    found: int  # articles in the sources
    read: int  # of them analysed now; the others were already known
    replaced: int  # earlier versions of articles that went out
    changed: bool  # whether the graph is another one than before
    articles: int  # in the graph, as the next ones
    entities: int
    events: int
    claims: int
    edges: int
    seconds: float
    skipped: tuple[Skipped, ...] = ()
    by_type: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """What the sources hold: articles to analyse, keys already on the shelf, what could not be used."""

    pending: list[Article]
    known: list[Article]
    skipped: list[Skipped]


def build(
    sources: Sequence[str],
    out: Path,
    *,
    settings: Settings | None = None,
    stdin: IO[bytes] | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Add the articles of the sources to the graph in `out` and return what was done.

    Articles that the graph already has are not read again; one whose text changed replaces its earlier version.
    Raises `UsageError` for a missing source, `OntologyError` for faulty rules, `OutputError` if `out` cannot be written.
    """
    settings = settings or Settings()
    started = time.monotonic()
    ontology = load_ontology(settings.folders)
    arriving = read_articles(sources, fetch=settings.fetch, stdin=stdin)
    with write_lock(out) as lock:
        shelf = Shelf(out)
        shelf.sweep()
        made_with = _made_with(settings)
        kept, damaged = _load(shelf)
        arrivals = _sort_out(arriving, kept, made_with)
        stale = [record.extraction.article for key, record in sorted(kept.items()) if record.fingerprint != made_with]
        pending = _unique([*arrivals.pending, *stale])
        for extraction in _extract(pending, ontology, settings, progress):
            record = Record(made_with, extraction)
            shelf.put(record)
            kept[extraction.article.key] = record
        replaced = _earlier_versions(kept, [*arrivals.pending, *arrivals.known])
        shelf.remove(replaced)
        extractions, copies = _without_copies(record.extraction for key, record in kept.items() if key not in replaced)
        knowledge = resolve(extractions, ontology)
        changed = write_graph(lock, to_quads(knowledge, ontology, base=settings.base), base=settings.base)
        report = BuildReport(
            found=len(arrivals.pending) + len(arrivals.known),
            read=len(pending),
            replaced=len(replaced),
            changed=changed,
            seconds=round(time.monotonic() - started, 1),
            skipped=(*arrivals.skipped, *damaged, *copies),
            **_figures(knowledge),
        )
        _write_files(out, report, settings)
    return report


def _made_with(settings: Settings) -> str:
    """Return the fingerprint of everything that decides what is read out of an article."""
    code = Path(__file__).resolve().parent
    return fingerprint((code / "extract", *settings.folders), settings.model, version("spacy"))


def _load(shelf: Shelf) -> tuple[dict[str, Record], list[Skipped]]:
    kept: dict[str, Record] = {}
    damaged = []
    for record in shelf.records():
        if isinstance(record, OutputError):
            damaged.append(Skipped(record.place, record.problem, record.remedy))
        else:
            kept[record.extraction.article.key] = record
    return kept, damaged


def _sort_out(arriving: Iterator[Article | Skipped], kept: dict[str, Record], made_with: str) -> _Arrivals:
    arrivals = _Arrivals([], [], [])
    for item in arriving:
        if isinstance(item, Skipped):
            arrivals.skipped.append(item)
        elif item.key in kept and kept[item.key].fingerprint == made_with:
            arrivals.known.append(item)
        else:
            arrivals.pending.append(item)
    return arrivals


def _unique(articles: Iterable[Article]) -> list[Article]:
    return list({article.key: article for article in articles}.values())


def _extract(
    articles: Sequence[Article], ontology: Ontology, settings: Settings, progress: Progress | None
) -> Iterator[Extraction]:
    """Yield the extractions of the articles. Without articles the language model is not even loaded."""
    if not articles:
        return
    extractor = open_extractor(ontology, settings)
    yield from extractor.extract(progress(articles, len(articles)) if progress else articles)


def open_extractor(ontology: Ontology, settings: Settings) -> Extractor:
    """Load the language model, frames and word lists. Raises `ModelError` and `OntologyError`."""
    frames = load_frames(ontology, settings.folders)
    return make_extractor(load_language(settings.model), ontology, frames, load_lexicon(settings.folders))


def _earlier_versions(kept: dict[str, Record], current: Iterable[Article]) -> set[str]:
    """Return the keys of articles whose source now holds another text under the same id."""
    now: dict[tuple[str, str], set[str]] = {}
    for article in current:
        now.setdefault((article.source, article.id), set()).add(article.key)
    articles = (record.extraction.article for record in kept.values())
    return {a.key for a in articles if (a.source, a.id) in now and a.key not in now[a.source, a.id]}


def _without_copies(extractions: Iterable[Extraction]) -> tuple[list[Extraction], list[Skipped]]:
    """Keep the earliest of articles with the same words; which one does not depend on the order they came in."""
    first: dict[bytes, Extraction] = {}
    copies = []
    for extraction in sorted(extractions, key=lambda x: (x.article.date or "9999", x.article.key)):
        article = extraction.article
        words = article_fingerprint(article)
        if words in first:
            problem = f"the same text as {first[words].article.id}"
            copies.append(Skipped(article.source or article.id, problem, "nothing to do; it is counted once"))
        else:
            first[words] = extraction
    return list(first.values()), copies


def _figures(knowledge: Knowledge) -> dict[str, Any]:
    return {
        "articles": len(knowledge.articles),
        "entities": len(knowledge.entities),
        "events": len(knowledge.events),
        "claims": sum(len(event.claims) for event in knowledge.events),
        "edges": len(knowledge.edges),
        "by_type": dict(sorted(Counter(event.type for event in knowledge.events).items())),
        "by_status": dict(sorted(Counter(event.status.value for event in knowledge.events).items())),
    }


def _write_files(out: Path, report: BuildReport, settings: Settings) -> None:
    """Write what lies beside the store: Turtle, event records, and the report of the run."""
    store = GraphStore.open(out)
    if report.changed or not (out / TURTLE).exists() or not (out / RECORDS).exists():
        for format_, name in (("turtle", TURTLE), ("jsonl", RECORDS)):
            export(store, format_, out / f"{name}.new")
            (out / f"{name}.new").replace(out / name)
    _write_report(out / REPORT, report, settings)


def _write_report(path: Path, report: BuildReport, settings: Settings) -> None:
    rows = {
        "built": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "versions": {
            "corporate-events-kg": package_version(),
            "python": platform.python_version(),
            "spacy": version("spacy"),
            "model": settings.model,
        },
        **{name: getattr(report, name) for name in BuildReport.__slots__ if name != "skipped"},
        "skipped": [{"place": row.place, "problem": row.problem, "remedy": row.remedy} for row in report.skipped],
    }
    try:
        path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror})", "check the folder") from error


def package_version() -> str:
    """Return the installed version of the package, or that of a checkout."""
    try:
        return version("corporate-events-kg")
    except PackageNotFoundError:
        return "checkout"


