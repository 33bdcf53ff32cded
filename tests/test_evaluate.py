"""Evaluation: what counts as the same, what each figure counts, why errors are made."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import GoldError, evaluate_file, read_gold, report_row
from kg.evaluate.causes import Cause
from kg.evaluate.names import phrases_agree, plain
from kg.evaluate.report import Evaluation
from kg.evaluate.times import times_agree
from kg.evaluate.values import values_agree
from kg.ontology import Ontology
from tests.annotated import BUY, CUT, ENTITIES, ID, faithful, hand_made, read_folder, strayed, write_gold, write_lines
from tests.conftest import ROOT

SAMPLE = ROOT / "data" / "gold"
WRONG = (Cause.NAME_DIFFERS, Cause.FILLER_WRONG, Cause.VALUE_DIFFERS)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return the folder of the small gold."""
    return write_gold(tmp_path / "gold", *hand_made())


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """Return faithful predictions for the small gold: the purchase, the cuts, the optional fall."""
    return deepcopy(faithful(*hand_made()))


def evaluated(gold: Path, rows: list[dict[str, Any]], **options: Any) -> Evaluation:
    return evaluate_file(gold, write_lines(gold / "predictions.jsonl", rows), **options)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Evaluation:
    """Return the evaluation of predictions that stray from the sample's gold in every way."""
    rows = strayed(*read_folder(SAMPLE), list(ontology.types), 7)
    return evaluate_file(SAMPLE, write_lines(tmp_path_factory.mktemp("sample") / "events.jsonl", rows))


# --- what is the same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norvik Motors Co., Ltd.", "Norvik Motors"),
        ("The Orla Group", "orla"),
        ("Norvik’s", "Norvik"),
        ("Halden-Cells", "Halden Cells"),
    ],
)
def test_names_are_the_same_without_marks_and_legal_forms(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_name_made_of_legal_words_alone_is_kept() -> None:
    assert plain("The Group") == "the group"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("chief executive", "the new chief executive officer", True),
        ("chief executive", "chief financial officer", False),
        ("battery plant in Gothenburg", "its battery plant", True),
        ("of the", "of the", False),
        ("", "", False),
    ],
)
def test_phrases_agree_when_most_words_of_the_shorter_stand_in_the_longer(one: str, other: str, same: bool) -> None:
    assert phrases_agree(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2009-Q1", "2009-33", True),
        ("2024-H2", "2024-41", True),
        ("2024-07/2024-12", "2024-H2", True),
        ("2024-01-01/2024-12-31", "2024", True),
        ("2024?", "2024", True),
        ("2024-02", "2024-02-01", False),
        ("2024-21", "2024-21", True),
        ("2024-21", "2024-22", False),
        ("2024", None, False),
        ("2024", "", False),
    ],
)
def test_times_agree_by_their_days(one: str, other: str | None, same: bool) -> None:
    assert times_agree(one, other) is same


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ({"amount": 100, "currency": "EUR"}, {"amount": 100.9, "currency": "EUR"}, True),
        ({"amount": 100, "currency": "EUR"}, {"amount": 102, "currency": "EUR"}, False),
        ({"amount": 100, "currency": "EUR"}, {"amount": 100, "currency": "USD"}, False),
        ({"amount": 100}, {"amount": 100, "currency": "USD"}, True),
        ({"count": 300}, {"number": 300}, True),
        ({"number": 300}, {"count": 300}, True),
        ({"count": 300}, {"amount": 300}, False),
        ({"percent": [1, 2]}, {"percent": [1, 2]}, True),
        ({"percent": [1, 2]}, {"percent": 1}, False),
        ({"percent": 5, "direction": "down"}, {"percent": 5}, True),
        ({"direction": "down"}, {"direction": "down", "text": "fell"}, True),
        ({"direction": "down"}, {"text": "fell"}, False),
        ({"edtf": "2024-Q1"}, {"edtf": "2024-33", "text": "the first quarter"}, True),
        ({"text": "its cars"}, {"text": "cars", "count": 3}, True),
    ],
)
def test_values_agree_within_one_percent_and_in_their_currency(
    wanted: dict[str, Any], found: dict[str, Any], same: bool
) -> None:
    assert values_agree(wanted, found) is same


# --- figures


def test_gold_itself_has_all_right_and_no_errors(gold: Path, rows: list[dict[str, Any]]) -> None:
    evaluation = evaluated(gold, rows)
    report = report_row(evaluation)["figures"]
    assert {report[name]["f1"] for name in ("event", "group", "fact")} == {1.0}
    assert {report[name]["accuracy"] for name in ("status", "time", "said_by", "whole")} == {1.0}
    assert evaluation.faults == ()


def test_an_optional_event_counts_neither_when_found_nor_when_missed(gold: Path, rows: list[dict[str, Any]]) -> None:
    assert evaluated(gold, rows).figures == evaluated(gold, rows[:2]).figures
    assert evaluated(gold, rows).figures.event.right == 2


def test_nothing_found_gives_no_accuracy_of_fields(gold: Path) -> None:
    found = evaluated(gold, []).figures
    assert (found.event.missed, found.event.f1, found.fact.missed, found.status.accuracy) == (2, 0.0, 6, None)


def test_another_type_of_the_group_counts_for_the_group_only(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[0]["type"] = "Merger"
    found = evaluated(gold, rows).figures
    assert (found.event.right, found.group.right) == (1, 2)


def test_a_shared_filler_is_enough_to_find_an_event(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[1]["trigger"] = {}
    assert evaluated(gold, rows).figures.event.right == 2


def test_an_event_is_right_for_one_of_two_that_say_the_same(gold: Path, rows: list[dict[str, Any]]) -> None:
    found = evaluated(gold, [*rows, rows[0]]).figures
    assert (found.event.right, found.event.extra) == (2, 1)


def test_a_description_fills_a_role_of_phrases_but_not_one_of_names(tmp_path: Path) -> None:
    articles, (line,) = hand_made()
    sale = {**BUY, "type": "Divestiture", "roles": [{**BUY["roles"][0], "role": role} for role in ("seller", "asset")]}
    gold = write_gold(tmp_path / "gold", articles, [{**line, "events": [sale]}])
    (row,) = faithful(articles, [{**line, "events": [sale]}])
    for role in row["roles"]:
        role.update(text="the big carmaker", label="the big carmaker")
    assert {name: tally.right for name, tally in evaluated(gold, [row]).figures.by_role.items()} == {
        "asset": 1,
        "seller": 0,
    }


@pytest.mark.parametrize(("sums", "whole"), [("by_type", "event"), ("by_role", "fact")])
def test_the_parts_add_up_to_the_whole(sample: Evaluation, sums: str, whole: str) -> None:
    parts, total = getattr(sample.figures, sums).values(), getattr(sample.figures, whole)
    for name in ("right", "extra", "missed"):
        assert sum(getattr(part, name) for part in parts) == getattr(total, name) > 0


def test_the_table_of_statuses_holds_every_event_found(sample: Evaluation) -> None:
    found = sample.figures
    assert sum(sum(row.values()) for row in found.statuses.values()) == found.status.of == found.event.right
    assert sum(row.get(status, 0) for status, row in found.statuses.items()) == found.status.right


def test_only_some_articles_are_evaluated_when_asked(tmp_path: Path) -> None:
    articles, lines = read_folder(SAMPLE)
    ids = [line["id"] for line in lines[3:5]]
    predictions = write_lines(tmp_path / "events.jsonl", faithful(articles, lines))
    evaluation = evaluate_file(SAMPLE, predictions, only=ids)
    assert evaluation.articles == 2
    assert evaluation.figures.event.extra == 0
    assert evaluation.events == sum(not event.get("optional") for line in lines[3:5] for event in line["events"])


# --- confidence


def test_confidence_is_well_calibrated_when_as_many_are_right_as_it_says(
    gold: Path, rows: list[dict[str, Any]]
) -> None:
    rows[0]["confidence"], rows[1]["confidence"], rows[2]["confidence"] = 0.5, 0.5, 0.0
    rows[1]["type"] = "Dividend"
    found = evaluated(gold, rows).calibration
    assert found is not None
    assert [(one.events, one.confidence, one.right) for one in found.bins] == [(2, 0.5, 0.5)]
    assert found.error == 0.0


def test_the_calibration_error_is_the_mean_distance_over_events(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[0]["confidence"], rows[1]["confidence"] = 1.0, 0.2
    found = evaluated(gold, rows[:2]).calibration
    assert found is not None
    assert found.error == pytest.approx(0.4)
    assert [one.lower for one in found.bins] == [0.2, 0.9]


def test_without_confidence_there_is_nothing_to_calibrate(gold: Path, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        del row["confidence"]
    evaluation = evaluated(gold, rows)
    assert evaluation.calibration is None
    assert evaluation.thresholds == ()


def test_each_threshold_leaves_what_is_as_sure(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[0]["confidence"], rows[1]["confidence"] = 0.9, 0.3
    found = {one.confidence: one.event.right for one in evaluated(gold, rows[:2]).thresholds}
    assert (found[0.0], found[0.3], found[0.35], found[0.9]) == (2, 2, 1, 1)
    assert 0.95 not in found


def test_the_lowest_threshold_leaves_everything(sample: Evaluation) -> None:
    assert (sample.thresholds[0].event, sample.thresholds[0].fact) == (sample.figures.event, sample.figures.fact)


# --- causes


def causes(evaluation: Evaluation) -> set[Cause]:
    return {fault.cause for fault in evaluation.faults}


def moved(row: dict[str, Any], to: dict[str, Any]) -> dict[str, Any]:
    """Return a prediction with the trigger of another, and without fillers or time."""
    return {**row, "trigger": to["trigger"], "mentions": [], "roles": [], "said_by": [], "time": {}}


def test_an_event_is_missed_where_nothing_was_found(gold: Path, rows: list[dict[str, Any]]) -> None:
    (fault,) = evaluated(gold, rows[:1]).faults
    assert (fault.cause, fault.article, fault.sentence, fault.type) == (Cause.MISSED_ALONE, ID, 1, "Layoffs")
    assert fault.text.startswith("Norvik will cut")
    assert ["employer", "Norvik Motors"] in fault.gold


def test_an_event_is_missed_where_only_other_types_were_found(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[1]["type"] = "Hiring"
    assert causes(evaluated(gold, rows)) == {Cause.MISSED_OTHER_TYPE, Cause.EXTRA_OTHER_TYPE}


def test_an_event_is_missed_that_was_merged_into_another(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    articles, (line,) = hand_made()
    second = {**CUT, "roles": [], "place": [], "said_by": [], "s": 3, "also": [1]}
    gold = write_gold(tmp_path / "gold", articles, [{**line, "events": [*line["events"], second]}])
    assert causes(evaluated(gold, rows)) == {Cause.MISSED_MERGED}


def test_an_event_is_missed_that_was_found_but_not_sure_enough(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[1]["confidence"] = 0.3
    assert causes(evaluated(gold, rows, min_confidence=0.5)) == {Cause.MISSED_DOUBTED}


def test_an_event_is_extra_that_repeats_another(gold: Path, rows: list[dict[str, Any]]) -> None:
    (fault,) = evaluated(gold, [*rows, moved(rows[0], rows[0])]).faults
    assert (fault.cause, fault.sentence, fault.gold) == (Cause.EXTRA_REPEATED, 0, ["Acquisition"])


def test_an_event_is_extra_where_nothing_is_annotated(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows.append(moved({**rows[0], "type": "Dividend"}, {"trigger": {"text": "buys", "start": -30}}))
    (fault,) = evaluated(gold, rows).faults
    assert (fault.cause, fault.sentence, fault.text) == (Cause.EXTRA_ALONE, -1, hand_made()[0][0]["title"])


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"role": "approver"}, {Cause.ROLE_MISSING, Cause.ROLE_EXTRA}),
        ({"label": "Halden Cells of Norway", "text": ""}, {Cause.NAME_DIFFERS}),
        ({"label": "Orla Foods", "text": "Orla"}, {Cause.FILLER_WRONG}),
    ],
)
def test_a_fact_is_wrong_for_a_reason(
    gold: Path, rows: list[dict[str, Any]], change: dict[str, Any], cause: set[Cause]
) -> None:
    rows[0]["roles"][1].update(change)
    assert causes(evaluated(gold, rows)) == cause


def test_a_fact_is_wrong_for_another_value(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[0]["roles"][2]["value"]["amount"] = 15
    (fault,) = evaluated(gold, rows).faults
    assert (fault.cause, fault.role, fault.gold["amount"], fault.found["amount"]) == (
        Cause.VALUE_DIFFERS,
        "price",
        1_500_000_000,
        15,
    )


def test_a_filler_beside_the_right_one_is_extra(gold: Path, rows: list[dict[str, Any]]) -> None:
    rows[0]["roles"].append({**rows[0]["roles"][1], "label": "Orla Foods", "text": "Orla"})
    (fault,) = evaluated(gold, rows).faults
    assert (fault.cause, fault.found) == (Cause.FILLER_EXTRA, "Orla Foods")


@pytest.mark.parametrize(
    ("event", "change", "cause"),
    [
        (0, {"status": "happened"}, Cause.STATUS_WRONG),
        (0, {"time": {"edtf": "2026"}}, Cause.TIME_WRONG),
        (0, {"time": None}, Cause.TIME_MISSING),
        (1, {"said_by": [{"label": "Orla Foods"}]}, Cause.SOURCE_WRONG),
        (1, {"said_by": []}, Cause.SOURCE_MISSING),
    ],
)
def test_a_field_is_wrong_or_missing(
    gold: Path, rows: list[dict[str, Any]], event: int, change: dict[str, Any], cause: Cause
) -> None:
    rows[event].update(change)
    assert [fault.cause for fault in evaluated(gold, rows).faults] == [cause]


def test_every_error_that_is_counted_has_a_cause(sample: Evaluation) -> None:
    found, faults = sample.figures, sample.faults
    missed, extra = ([f for f in faults if f.cause.startswith(f"event {what}")] for what in ("missed", "extra"))
    assert (len(missed), len(extra)) == (found.event.missed, found.event.extra)
    numbers = sample.causes
    wrong = sum(numbers[cause] for cause in WRONG)
    lost = numbers[Cause.ROLE_MISSING] + wrong + sum(len(fault.gold) for fault in missed)
    idle = numbers[Cause.ROLE_EXTRA] + numbers[Cause.FILLER_EXTRA] + wrong + sum(len(fault.found) for fault in extra)
    assert (lost, idle) == (found.fact.missed, found.fact.extra)
    for field, names in {"status": 1, "time": 2, "said_by": 2}.items():
        share = getattr(found, field)
        listed = [number for cause, number in numbers.items() if cause.startswith(field)]
        assert len(listed) == names
        assert sum(listed) == share.of - share.right


# --- faulty files


def broken(change: dict[str, Any]) -> dict[str, Any]:
    return {"id": ID, "events": [{**BUY, **change}], "entities": ENTITIES}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ([], "not a JSON object"),
        ({"events": []}, "`id` is missing"),
        ({"id": "elsewhere", "events": []}, "no article elsewhere in articles.json"),
        ({"id": ID, "events": "none"}, "`events` is not a list"),
        ({"id": ID, "events": [7]}, "not a JSON object"),
        (broken({"type": "Purchase"}), "no event type Purchase"),
        (broken({"status": "done"}), "no status done"),
        (broken({"s": "0"}), "`s` is missing or no whole number"),
        (broken({"also": [9]}), "sentences [0, 9] are not all in the article"),
        (broken({"also": ["3"]}), "`also` is not a list of whole numbers"),
        (broken({"roles": [{"role": "target", "text": "Halden", "s": 0}]}), "neither `entity` nor `value`"),
        (broken({"roles": [{"role": "price", "text": "$1", "s": 0, "value": {"amount": "1"}}]}), "`amount`"),
        (broken({"time": {"edtf": 2025}}), "`edtf` is missing or no string"),
    ],
)
def test_faulty_gold_is_refused_with_its_place(tmp_path: Path, ontology: Ontology, line: Any, problem: str) -> None:
    gold = write_gold(tmp_path / "gold", hand_made()[0], [line])
    with pytest.raises(GoldError) as caught:
        read_gold(gold, ontology.types)
    assert problem in caught.value.problem
    assert "events.jsonl:1" in caught.value.place


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("articles.json", "{}", "not a list of articles"),
        ("articles.json", "[1]", "not a JSON object"),
        ("articles.json", "[", "not valid JSON"),
        ("events.jsonl", "", "no annotated article"),
        ("events.jsonl", "{", "not valid JSON"),
        ("events.jsonl", b"\xff", "not UTF-8"),
    ],
)
def test_files_that_are_no_gold_are_refused(
    gold: Path, ontology: Ontology, name: str, content: str | bytes, problem: str
) -> None:
    (gold / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GoldError, match=problem):
        read_gold(gold, ontology.types)


def test_an_article_annotated_twice_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    articles, (line,) = hand_made()
    with pytest.raises(GoldError, match="a second line for the article norvik"):
        read_gold(write_gold(tmp_path / "gold", articles, [line, line]), ontology.types)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"article": None}, "`article` is missing"),
        ({"type": 3}, "`type` is missing"),
        ({"confidence": 2}, "`confidence` is no number from 0 to 1"),
        ({"trigger": {"start": "0"}}, "`start` is no whole number"),
        ({"roles": [{"role": "price", "value": {"amount": "much"}}]}, "`amount` of the value is no number"),
    ],
)
def test_faulty_predictions_are_refused(
    gold: Path, rows: list[dict[str, Any]], change: dict[str, Any], problem: str
) -> None:
    with pytest.raises(GoldError, match=problem):
        evaluated(gold, [{**rows[0], **change}])
