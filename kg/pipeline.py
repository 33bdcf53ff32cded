"""The whole story: articles in, graph out. `build` reads from top to bottom."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import IO

from kg.articles import ShortNames, Skipped, read_articles
from kg.articles import fingerprint as same_words
from kg.errors import OutputError
from kg.export import export
from kg.extract.asking.opinion import SecondOpinion, open_opinion
from kg.extract.asking.setup import Asking
from kg.extract.assembly import assemble
from kg.extract.decoder import MIN_CONFIDENCE, checked_confidence
from kg.extract.extractor import Extractor
from kg.iris import DEFAULT_BASE, iris
from kg.model import Article, Extraction
from kg.nlp import DEFAULT_MODEL, load_language
from kg.ontology import Ontology, load_ontology
from kg.rdf import to_quads
from kg.reports import BuildReport, figures, model_version, reported_graph, write_report
from kg.resolve import resolve
from kg.resources import ontology_folder
from kg.shelf import NEW, Record, Shelf, fingerprint, unwritable
from kg.sightings import Arrivals, arrive, at_place, shown_place, sightings_now, told_apart
from kg.store import GraphStore, write_graph, write_lock
from kg.store.current import read_current

# The files that lie beside the store, by format.
FILES = {"turtle": "graph.ttl", "jsonl": "events.jsonl"}
UNFINISHED = ""  # the fingerprint of what is to be read again: a question about it went without an answer
READING_CODE = ("extract", "nlp.py", "frames.py", "ontology")  # parts of the package that decide what is read

_log = logging.getLogger(__name__)

Progress = Callable[[Iterable[Article], int], Iterable[Article]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build: the language model, ontology folders beside our own, what IRIs begin with, whether to fetch.

    `min_confidence` is how sure an event must be to enter the graph. Raises `UsageError` if it is not in 0..1.
    `asking` names a language model to be asked about what stays in doubt.
    """

    model: str = DEFAULT_MODEL
    ontology: tuple[Path, ...] = ()
    base: str = DEFAULT_BASE
    fetch: bool = False
    min_confidence: float = MIN_CONFIDENCE
    asking: Asking | None = None

    def __post_init__(self) -> None:
        checked_confidence(self.min_confidence)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return all ontology folders, ours first."""
        return (ontology_folder(), *self.ontology)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with each article: keep it as it is, describe it anew, analyse it, or forget it."""

    same: list[Record]
    described: list[Record]
    pending: list[tuple[Article, ...]]  # sightings, best first
    gone: list[str]  # keys


def build(
    sources: Sequence[str],
    out: Path,
    *,
    settings: Settings | None = None,
    stdin: IO[bytes] | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Add the articles of the sources to the graph in `out` and return what was done.

    Articles that the graph already has are not analysed again; one whose text changed replaces its earlier version.
    Raises `UsageError` for a missing source or a bad base, `OntologyError` for faulty rules, `ModelError` for a missing
    model, `OutputError` if `out` cannot be written; the graph in `out` then stays as it was.
    """
    settings = settings or Settings()
    started = time.monotonic()
    iris(settings.base)
    ontology = load_ontology(settings.folders)
    arriving = read_articles(sources, fetch=settings.fetch, stdin=stdin, names=ShortNames())
    with write_lock(out) as lock:
        shelf = Shelf(out)
        articles, skipped = _read(arriving)
        arrivals = arrive(at_place(article, out) for article in articles)
        kept, damaged = _load(shelf)
        plan = _plan(kept, arrivals, _made_with(settings))
        records, unanswered = _carry_out(plan, shelf, ontology, settings, progress)
        extractions, copies = _without_copies((record.extraction for record in records), out)
        knowledge = resolve(extractions, ontology)
        changed = write_graph(lock, to_quads(knowledge, ontology, base=settings.base), base=settings.base)
        report = BuildReport(
            found=len(arrivals.by_key),
            read=len(plan.pending),
            replaced=len(plan.gone),
            changed=changed,
            seconds=round(time.monotonic() - started, 1),
            skipped=(*skipped, *_met_twice(articles), *damaged, *copies, *unanswered),
            **figures(knowledge),
        )
        _write_files(out, report, settings)
    return report


def open_extractor(ontology: Ontology, settings: Settings) -> Extractor:
    """Load the language model, frames and word lists. Raises `ModelError` and `OntologyError`."""
    return assemble(load_language(settings.model), ontology, settings.folders, min_confidence=settings.min_confidence)


def _read(arriving: Iterable[Article | Skipped]) -> tuple[list[Article], list[Skipped]]:
    """Read the sources to the end."""
    articles, skipped = [], []
    for item in arriving:
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            articles.append(item)
    return articles, skipped


def _load(shelf: Shelf) -> tuple[dict[str, Record], list[Skipped]]:
    """Return what earlier builds left, by key, and what of it is damaged."""
    shelf.sweep()
    kept, damaged = {}, []
    for record in shelf.records():
        if isinstance(record, OutputError):
            damaged.append(Skipped(record.place, record.problem, record.remedy))
        else:
            kept[record.key] = record
    return kept, damaged


def _made_with(settings: Settings) -> str:
    """Return the fingerprint of everything that decides what is read out of an article."""
    versions = version("spacy"), version("onnxruntime"), settings.model, model_version(settings.model)
    asked = settings.asking.details if settings.asking else ()
    return fingerprint(settings.folders, _code(), *versions, str(float(settings.min_confidence)), *asked)


@cache
def _code() -> str:
    """Return the fingerprint of the code, which in one process stays what it is."""
    package = Path(__file__).resolve().parent
    return fingerprint([package / name for name in READING_CODE])


def _plan(kept: Mapping[str, Record], arrivals: Arrivals, made_with: str) -> _Plan:
    plan = _Plan([], [], [], [])
    for key in sorted({*kept, *arrivals.by_key}):
        record = kept.get(key)
        sightings = sightings_now(record.sightings if record else (), key, arrivals)
        if not sightings:
            plan.gone.append(key)
        elif record is None or record.fingerprint != made_with or _reads_differently(record, sightings[0]):
            plan.pending.append(sightings)
        elif record.sightings != sightings:
            plan.described.append(_record(made_with, record.extraction, sightings))
        else:
            plan.same.append(record)
    return plan


def _reads_differently(record: Record, article: Article) -> bool:
    """Tell whether other parts of the text count as mark-up and page furniture than when it was analysed."""
    return record.extraction.article.clean != article.clean


def _record(made_with: str, extraction: Extraction, sightings: tuple[Article, ...]) -> Record:
    return Record(made_with, replace(extraction, article=sightings[0]), sightings[1:])


def _carry_out(
    plan: _Plan, shelf: Shelf, ontology: Ontology, settings: Settings, progress: Progress | None
) -> tuple[list[Record], list[Skipped]]:
    """Do what is planned and return all records by key, and questions without an answer.

    Each record is on the disk as soon as it is made.
    """
    opinion = _opinion(settings, ontology, shelf.folder)
    records = [*plan.same]
    for record in chain(plan.described, _analyse(plan.pending, ontology, settings, progress, opinion)):
        shelf.put(record)
        records.append(record)
    shelf.remove(plan.gone)
    return sorted(records, key=lambda record: record.key), list(_unanswered(opinion, plan))


def _analyse(
    pending: Sequence[tuple[Article, ...]],
    ontology: Ontology,
    settings: Settings,
    progress: Progress | None,
    opinion: SecondOpinion | None,
) -> Iterator[Record]:
    """Yield the records of new articles. Without any the language model is not even loaded."""
    if not pending:
        return
    made_with = _made_with(settings)
    extractor = replace(open_extractor(ontology, settings), second=opinion)
    articles = [sightings[0] for sightings in pending]
    extractions = extractor.extract(progress(articles, len(articles)) if progress else articles)
    for extraction, sightings in zip(extractions, pending, strict=True):
        _log.info("%s: %d events", extraction.article.id, len(extraction.events))
        whole = opinion is None or opinion.failure(extraction.article) is None
        yield _record(made_with if whole else UNFINISHED, extraction, sightings)


def _opinion(settings: Settings, ontology: Ontology, out: Path) -> SecondOpinion | None:
    """Return who is asked about what stays in doubt, if anybody is. Raises `UsageError` without the extra for it."""
    asking = settings.asking
    return open_opinion(asking, ontology, out, threshold=settings.min_confidence) if asking else None


def _unanswered(opinion: SecondOpinion | None, plan: _Plan) -> Iterator[Skipped]:
    """Report the articles about which a question went without an answer."""
    failures = (opinion.failure(sightings[0]) for sightings in plan.pending) if opinion else ()
    yield from (Skipped(found.place, found.problem, found.remedy) for found in failures if found)


def _met_twice(articles: Iterable[Article]) -> Iterator[Skipped]:
    """Report articles that the sources hold more than once, word for word."""
    first: dict[str, Article] = {}
    for article in articles:
        if first.setdefault(article.key, article) is not article:
            problem = f"the same article as {first[article.key].id}"
            yield Skipped(article.source, problem, "nothing to do; it is counted once")


def _without_copies(extractions: Iterable[Extraction], out: Path) -> tuple[list[Extraction], list[Skipped]]:
    """Keep the earliest of articles with the same words, under ids of their own, whatever the order they came in."""
    first: dict[bytes, Extraction] = {}
    copies = []
    for extraction in sorted(extractions, key=lambda x: (x.article.date or "9999", x.article.key)):
        article = extraction.article
        other = first.setdefault(same_words(article), extraction)
        if other is not extraction:
            problem = f"the same words as {other.article.id}"
            copies.append(Skipped(shown_place(article, out), problem, "nothing to do; it is counted once"))
    kept = list(first.values())
    articles = told_apart([extraction.article for extraction in kept])
    return [replace(extraction, article=article) for extraction, article in zip(kept, articles, strict=True)], copies


def _write_files(out: Path, report: BuildReport, settings: Settings) -> None:
    """Write Turtle and event records beside the store, unless the last build has, and the report of this one."""
    graph = read_current(out)["store"]
    missing = [name for name in FILES.values() if not (out / name).exists()]
    if missing or report.changed or reported_graph(out) != graph:
        store = GraphStore.open(out)
        for format_, name in FILES.items():
            new = out / f"{name}{NEW}"
            export(store, format_, new)
            try:
                new.replace(out / name)
            except OSError as error:
                raise unwritable(out / name, error) from error
    write_report(out, report, model=settings.model, min_confidence=settings.min_confidence, graph=graph)
