"""The command `kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import FOLDER, MIN_CONFIDENCE, MODEL, ONTOLOGY, example, progress
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.evaluate import Evaluation

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Hold what is found in annotated articles against the annotation.")
@example(
    "kg evaluate --gold data/gold --errors 20",
    "kg evaluate --gold data/gold --baseline data/gold/baseline.json --report report.json",
)
@click.option("--gold", type=FOLDER, required=True, help="A folder with articles.json and events.jsonl.")
@click.option("--predictions", type=FILE, help="Event records to judge, in place of what is found now.")
@click.option("--report", type=NEW_FILE, help="Write all figures and errors here, as JSON.")
@click.option("--errors", type=click.IntRange(0), default=0, show_default=True, help="Show so many errors.")
@click.option("--baseline", type=FILE, help="Fail when a figure is worse than in this file.")
@click.option("--write-baseline", type=NEW_FILE, help="Keep the figures in this file.")
@click.option("--only", multiple=True, metavar="ID", help="Only this article; may be repeated.")
@MIN_CONFIDENCE
@MODEL
@ONTOLOGY
def evaluate(
    gold: Path,
    errors: int,
    report: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    **given: Any,
) -> None:
    """Hold what is found in annotated articles against the annotation: figures, causes of errors, the errors.

    docs/evaluate.md says what each figure means and how to annotate articles of your own.
    """
    from kg.evaluate import baseline_json, check_baseline, evaluation_text, report_json, write_text

    evaluation = _evaluation(gold, {name: value for name, value in given.items() if value is not None})
    click.echo(evaluation_text(evaluation, errors=errors), nl=False)
    for skipped in evaluation.skipped:
        click.echo(f"skipped {skipped}", err=True)
    if report:
        write_text(report, report_json(evaluation))
    if baseline:
        check_baseline(evaluation, baseline)
    if write_baseline:
        write_text(write_baseline, baseline_json(evaluation))


def _evaluation(gold: Path, given: dict[str, Any]) -> Evaluation:
    from kg.evaluate import evaluate_file, evaluate_folder
    from kg.pipeline import Settings

    only = given.pop("only")
    if "predictions" in given:
        if "model" in given:
            raise UsageError("--model", "not with --predictions, where nothing is read anew", "leave one of them out")
        return evaluate_file(gold, given.pop("predictions"), only=only, **given)
    return evaluate_folder(gold, settings=Settings(**given), only=only, progress=progress)
