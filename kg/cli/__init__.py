"""The command `kg`: parse, call, print. The one place that prints, and that turns an error into a message.

Exit codes: 0 done; 1 the data is not as asked (nothing could be read or written, a graph does not conform); 2 the
command was used wrongly (an unknown name, a bad option, faulty SPARQL); 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg.cli.asking import asks_model
from kg.cli.evaluating import evaluate
from kg.cli.options import JSON, MIN_CONFIDENCE, MODEL, ONTOLOGY, OUT, example, progress
from kg.errors import KgError, ModelError, QueryError, UsageError

if TYPE_CHECKING:
    from kg.validate import Finding

DATA_ERROR, USAGE_ERROR, STOPPED = 1, 2, 130
USAGE_ERRORS = (UsageError, QueryError, ModelError)
SHOWN_SKIPS = 10
EXPORT_FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml", "csv", "jsonl")
QUERY_FORMATS = ("table", "csv", "json", "turtle")


class Commands(click.Group):
    """Commands in the order in which they are written down, and errors as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002, click's signature
        """Return the commands as listed in this file."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that the user can mend becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            _fail(str(error), USAGE_ERROR if isinstance(error, USAGE_ERRORS) else DATA_ERROR)
        except KeyboardInterrupt:
            _fail("stopped; nothing is lost, the same command goes on from here", STOPPED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="corporate-events-kg", prog_name="kg")
@click.option("-v", "--verbose", is_flag=True, help="Log what is done to standard error.")
def main(verbose: bool) -> None:
    """Turn news articles into a graph of corporate events: who builds, buys, launches, closes what, where and when.

    \b
    Exit codes: 0 done, 1 the data is not as asked, 2 the command was used wrongly, 130 stopped by Ctrl-C.
    """
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(name)s: %(message)s")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is reported by us


@main.command(short_help="Read articles and add what they tell to the graph in OUT.")
@example("kg build news/ 'more/*.html' -o out", "curl -s https://example.org/feed.xml | kg build - -o out")
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="OUT",
    help="The graph's folder.",
)
@MODEL
@click.option("--base", metavar="IRI", help="What data IRIs begin with.  [default: https://w3id.org/corporate-events/]")
@click.option("--fetch", is_flag=True, help="Allow web addresses as sources. Only this and --llm-url use the network.")
@asks_model
@MIN_CONFIDENCE
@ONTOLOGY
@JSON
def build(sources: tuple[str, ...], out: Path, as_json: bool, **given: Any) -> None:
    """Read articles and add what they tell to the graph in OUT.

    SOURCES are files (.txt .md .html .json .jsonl .xml), folders, patterns, or - for standard input. Articles that the
    graph has already are not read again; one whose file holds another text now replaces what the file held before.
    """
    from kg.pipeline import Settings
    from kg.pipeline import build as build_folder
    from kg.reports import report_text

    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    report = build_folder(sources, out, settings=settings, stdin=sys.stdin.buffer, progress=progress)
    click.echo(_json(report.row()) if as_json else report_text(report, out), nl=as_json)
    for skipped in report.skipped[:SHOWN_SKIPS]:
        click.echo(f"skipped {skipped}", err=True)
    if len(report.skipped) > SHOWN_SKIPS:
        click.echo(f"... and {len(report.skipped) - SHOWN_SKIPS} more in {out / 'report.json'}", err=True)
    if not report.found:
        _fail("no article could be read; give files or folders that hold some", DATA_ERROR)


@main.command(short_help="Ask the graph in OUT a named question, SPARQL, or a .rq file.")
@example(
    "kg query out", "kg query out who-builds-what -p company=Xiaomi", "kg query out 'SELECT * { ?who kg:builds ?what }'"
)
@OUT
@click.argument("question", required=False)
@click.option("-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A question's parameter.")
@click.option("--format", "format_", type=click.Choice(QUERY_FORMATS), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@ONTOLOGY
def query(
    out: Path,
    question: str | None,
    parameters: tuple[str, ...],
    format_: str,
    as_json: bool,
    ontology: tuple[Path, ...],
) -> None:
    """Ask the graph in OUT a QUESTION: one that has a name, SPARQL, a .rq file, or - for SPARQL on standard input.

    Without a QUESTION, list those that have a name. Prefixes such as kg: and ent: need not be declared.
    """
    from kg.query import ask, format_answer
    from kg.store import GraphStore

    if question is None:
        _list_questions(ontology)
        return
    store = GraphStore.open(out)
    text = sys.stdin.read() if question == "-" else question
    answer = ask(store, text, values=_pairs(parameters), folders=ontology)
    click.echo(format_answer(answer, "json" if as_json else format_, store.iris.prefixes()), nl=False)


@main.command(short_help="Show the evidence for an event, an edge or a company.")
@example("kg explain out Xiaomi", "kg explain out ent:xiaomi kg:acquired ent:deepmotion")
@OUT
@click.argument("what", nargs=-1, required=True)
@JSON
def explain(out: Path, what: tuple[str, ...], as_json: bool) -> None:
    """Show the evidence for WHAT: an event, an edge (subject predicate object), or all events of a company.

    For each event, every sentence that tells of it: where it stands, who said it, how sure it is, which rule found it.
    """
    from kg.explain import explain as rows_for
    from kg.explain import explanation_text
    from kg.store import GraphStore

    store = GraphStore.open(out)
    rows = rows_for(store.knowledge(), store.iris, what)
    click.echo(_json(rows) if as_json else explanation_text(rows), nl=as_json)


@main.command()
@example("kg export out --format turtle -o graph.ttl", "kg export out --format csv -o tables/")
@OUT
@click.option("--format", "format_", type=click.Choice(EXPORT_FORMATS), default="turtle", show_default=True)
@click.option("-o", "--output", default="-", metavar="PATH", help="A file, for csv a folder; - prints.  [default: -]")
def export(out: Path, format_: str, output: str) -> None:
    """Write the graph in OUT in a format that other programs read."""
    from kg.export import export as export_to
    from kg.export import export_bytes
    from kg.store import GraphStore

    store = GraphStore.open(out)
    if output == "-":
        click.echo(export_bytes(store, format_), nl=False)
        return
    for path in export_to(store, format_, Path(output)):
        click.echo(f"wrote {path}", err=True)


@main.command(short_help="Write one self-contained HTML page of the graph in OUT.")
@example("kg view out", "kg view out --about Xiaomi -o xiaomi.html")
@OUT
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The page.  [default: OUT/graph.html]")
@click.option("--about", metavar="NAME", help="Only the surroundings of this entity or event.")
@click.option("--depth", type=click.IntRange(1), default=1, show_default=True, help="With --about: events away.")
@click.option("--limit", type=click.IntRange(1), default=300, show_default=True, help="How many boxes at most.")
@click.option("--title", default="Corporate events", show_default=True)
@ONTOLOGY
def view(out: Path, output: Path | None, ontology: tuple[Path, ...], **options: Any) -> None:
    """Write one self-contained HTML page of the graph in OUT, to be opened from disk."""
    from kg.graph import open_graph

    path = open_graph(out, ontology=ontology).view(output or out / "graph.html", **options)
    click.echo(f"wrote {path}: open it in a browser", err=True)


@main.command()
@example("kg validate out")
@OUT
@ONTOLOGY
@JSON
def validate(out: Path, ontology: tuple[Path, ...], as_json: bool) -> None:
    """Check the graph in OUT against its SHACL shapes.

    A violation is a fault of the graph, a warning something that no article tells. Only violations make it fail.
    """
    from kg.store import GraphStore
    from kg.validate import Severity
    from kg.validate import validate as check

    report = check(GraphStore.open(out), folders=ontology)
    if as_json:
        click.echo(_json({"conforms": report.conforms, "findings": [_finding(row) for row in report.findings]}))
    else:
        for finding in report.findings:
            click.echo(str(finding))
        violations, verdict = len(report.of(Severity.VIOLATION)), "conforms" if report.conforms else "does not conform"
        click.echo(f"{verdict}: {violations} violations, {len(report.findings) - violations} warnings", err=True)
    if not report.conforms:
        sys.exit(DATA_ERROR)


@main.command(short_help="List the event types, or show one in full.")
@example("kg schema", "kg schema Acquisition")
@click.argument("type_", metavar="[TYPE]", required=False)
@ONTOLOGY
@JSON
def schema(type_: str | None, ontology: tuple[Path, ...], as_json: bool) -> None:
    """List the event types, or show the roles, triggers and examples of one."""
    from kg.schema import schema_rows, schema_text

    rows = schema_rows(type_, ontology)
    click.echo(_json(rows) if as_json else schema_text(rows), nl=as_json)


main.add_command(evaluate)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"kg: {message}", err=True)
    sys.exit(code)


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False).encode("utf-8", "replace").decode()


def _pairs(parameters: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise UsageError(parameter, "not a parameter", "write NAME=VALUE, as in company=Xiaomi")
        pairs[name] = value
    return pairs


def _finding(finding: Finding) -> dict[str, str]:
    return {name: getattr(finding, name) for name in finding.__slots__}


def _list_questions(ontology: tuple[Path, ...]) -> None:
    from kg.query import load_questions
    from kg.resources import ontology_folder

    for question in load_questions((ontology_folder(), *ontology)).values():
        click.echo(f"{question.name:<18} {question.title}")
        for parameter in question.parameters:
            click.echo(f"{'':<18}   -p {parameter.name}=…  {parameter.help}")
