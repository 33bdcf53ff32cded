"""`kg evaluate`: its report, its baseline, its messages; and that accuracy on the sample has not fallen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import read_gold
from kg.evaluate.causes import Cause
from kg.evaluate.report import SCHEMA
from kg.ontology import Ontology
from tests.annotated import ID, faithful, hand_made, read_folder, write_gold, write_lines
from tests.commands import fails, run
from tests.conftest import ROOT

SAMPLE = ROOT / "data" / "gold"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return the folder of the small gold, with predictions in which one status and one name are wrong."""
    folder = write_gold(tmp_path / "gold", *hand_made())
    rows = faithful(*hand_made())
    rows[0]["status"] = "happened"
    rows[0]["roles"][1].update(label="Orla Foods", text="Orla")
    write_lines(folder / "found.jsonl", rows)
    return folder


def evaluate(gold: Path, *words: str | Path) -> Any:
    return run("evaluate", "--gold", gold, "--predictions", gold / "found.jsonl", *words)


def baseline(gold: Path, **figures: float) -> Path:
    """Return a baseline of the small gold with other figures."""
    path = gold / "baseline.json"
    assert evaluate(gold, "--write-baseline", path).exit_code == 0
    kept = json.loads(path.read_text())
    kept["figures"] |= figures
    path.write_text(json.dumps(kept))
    return path


def test_figures_come_first_and_errors_only_when_asked_for(gold: Path) -> None:
    shown = evaluate(gold).stdout.splitlines()
    assert shown[0] == "1 articles, 2 events"
    assert "event                       1.000   1.000  1.000       2      0       0" in shown
    assert "fact                        0.833   0.833  0.833       5      1       1" in shown
    assert "status                      0.500       1      2" in shown
    assert "announced                   0      1   happened 1" in shown
    assert "     1  fact wrong: another filler" in shown
    assert not any(line.startswith("errors (") for line in shown)


def test_errors_stand_with_their_sentences(gold: Path) -> None:
    shown = evaluate(gold, "--errors", "1").stdout
    assert shown[shown.index("errors (1 of 2)") :].splitlines() == [
        "errors (1 of 2)",
        f"{ID} s0 Acquisition 'buy' target: fact wrong: another filler",
        "    gold:  Halden Cells",
        "    found: Orla Foods",
        "    Norvik Motors agreed on Monday to buy Halden Cells for $1.5 billion.",
    ]


def test_the_report_holds_all_figures_and_errors(gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    evaluate(gold, "--report", path)
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["schema"] == SCHEMA
    assert report["figures"]["fact"] == {"p": 0.833, "r": 0.833, "f1": 0.833, "right": 5, "extra": 1, "missed": 1}
    assert report["by_status"]["announced"] == {"accuracy": 0.0, "right": 0, "of": 1, "found": {"happened": 1}}
    assert report["by_role"]["target"]["r"] == 0.0
    assert [error["cause"] for error in report["errors"]] == list(report["causes"])
    assert {error["article"] for error in report["errors"]} == {ID}


def test_the_same_predictions_give_the_same_bytes(gold: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for path in (one, two):
        evaluate(gold, "--report", path)
    assert one.read_bytes() == two.read_bytes()


def test_a_report_has_its_keys_in_order(gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    evaluate(gold, "--report", path)
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


# --- the baseline


def test_figures_hold_against_their_own_baseline(gold: Path) -> None:
    assert evaluate(gold, "--baseline", baseline(gold)).exit_code == 0


@pytest.mark.parametrize(
    "figures",
    [
        {"fact": 0.1},
        {"fact": 0.838},  # 0.833 now
        {"status": 1.0},  # one of two is wrong now
    ],
)
def test_a_figure_may_be_better_or_a_little_worse_than_the_baseline(gold: Path, figures: dict[str, float]) -> None:
    assert evaluate(gold, "--baseline", baseline(gold, **figures)).exit_code == 0


def test_a_figure_that_fell_fails_and_says_how_to_renew_the_baseline(gold: Path) -> None:
    path = baseline(gold, fact=0.839)
    result = evaluate(gold, "--baseline", path)
    fails(result, 1, "fact from 0.839 to 0.833", f"--write-baseline {path}")
    assert "1 articles" in result.stdout


def test_a_figure_that_is_gone_counts_as_fallen(gold: Path) -> None:
    path = baseline(gold)
    write_lines(gold / "found.jsonl", [])
    fails(evaluate(gold, "--baseline", path), 1, "event from 1.000 to 0.000", "time from 1.000 to 0.000")


def test_a_baseline_of_other_gold_is_refused(gold: Path) -> None:
    path = baseline(gold)
    path.write_text(path.read_text().replace('"articles": 1', '"articles": 2'))
    fails(evaluate(gold, "--baseline", path), 1, "made from other gold: 2 articles, not 1")


@pytest.mark.parametrize("content", ["[]", "{}", "{", '{"schema": "kg-baseline/1"}'])
def test_what_is_no_baseline_is_refused(gold: Path, content: str) -> None:
    path = gold / "baseline.json"
    path.write_text(content)
    fails(evaluate(gold, "--baseline", path), 1, str(path))


# --- its use


def test_an_unknown_article_is_refused(gold: Path) -> None:
    fails(evaluate(gold, "--only", "elsewhere"), 1, "no article elsewhere")


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    fails(run("evaluate", "--gold", tmp_path), 1, "articles.json", "cannot be read")


def test_a_model_is_of_no_use_with_predictions(gold: Path) -> None:
    fails(evaluate(gold, "--model", "other"), 2, "not with --predictions")


def test_unsure_predictions_are_set_aside_when_asked(gold: Path) -> None:
    shown = evaluate(gold, "--min-confidence", "0.95").stdout
    assert "     2  event missed: found, but less sure than asked for" in shown


def test_gold_taken_for_predictions_is_refused(gold: Path) -> None:
    fails(run("evaluate", "--gold", gold, "--predictions", gold / "events.jsonl"), 1, "`article` is missing")


def test_an_unknown_type_says_where_types_come_from(tmp_path: Path) -> None:
    articles, (line,) = hand_made()
    line["events"] = [{**line["events"][0], "type": "Donation", "roles": []}]
    gold = write_gold(tmp_path / "gold", articles, [line])
    write_lines(gold / "found.jsonl", faithful(articles, [line]))
    fails(evaluate(gold), 1, "no event type Donation", "--ontology")


# --- accuracy on the sample


def test_the_baseline_is_of_the_sample() -> None:
    kept = json.loads((SAMPLE / "baseline.json").read_text(encoding="utf-8"))
    articles, lines = read_folder(SAMPLE)
    events = [event for line in lines for event in line["events"] if not event.get("optional")]
    assert (kept["articles"], kept["events"]) == (len(articles), len(events))


@pytest.mark.model
@pytest.mark.slow
def test_accuracy_on_the_sample_has_not_fallen(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    result = run("evaluate", "--gold", SAMPLE, "--baseline", SAMPLE / "baseline.json", "--report", report)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert json.loads(report.read_text(encoding="utf-8"))["articles"] == len(read_folder(SAMPLE)[0])


# --- its page


def test_the_gold_on_its_page_can_be_read_and_its_offsets_are_right(tmp_path: Path, ontology: Ontology) -> None:
    page = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")
    articles, line = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    for sentence in articles[0]["sentences"]:
        assert articles[0]["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    (article,) = read_gold(write_gold(tmp_path / "gold", articles, [line]), ontology.types)
    assert [event.trigger in article.words_of(event.sentence) for event in article.events] == [True]


@pytest.mark.parametrize("cause", Cause)
def test_its_page_explains_every_cause(cause: Cause) -> None:
    page = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")
    kind, _, reason = cause.partition(": ")
    assert kind in page
    assert reason in page
