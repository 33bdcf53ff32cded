"""The report of an evaluation, for programs: the same figures give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.evaluate.causes import Fault, counts
from kg.evaluate.confidence import Calibration, Threshold
from kg.evaluate.counting import Figures, Share, Tally
from kg.shelf import unwritable, write_whole

SCHEMA = "kg-evaluation/1"
DIGITS = 3
TALLIES, SHARES = ("event", "group", "fact"), ("status", "time", "said_by", "whole")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found. `skipped` are articles that could not be read, as messages."""

    articles: int
    events: int  # of gold, optional ones left out
    figures: Figures
    calibration: Calibration | None
    thresholds: tuple[Threshold, ...]
    faults: tuple[Fault, ...]
    skipped: tuple[str, ...] = ()

    @property
    def causes(self) -> Mapping[str, int]:
        """Return how often each cause of an error occurs."""
        return counts(self.faults)


def main_figures(figures: Figures) -> Row:
    """Return the figures that say most, as the report writes them."""
    tallies = {name: tally_row(getattr(figures, name)) for name in TALLIES}
    return tallies | {name: share_row(getattr(figures, name)) for name in SHARES}


def report_row(evaluation: Evaluation) -> Row:
    """Return the whole report."""
    found = evaluation.figures
    return {
        "schema": SCHEMA,
        "articles": evaluation.articles,
        "events": evaluation.events,
        "figures": main_figures(found),
        "by_type": {name: tally_row(tally) for name, tally in sorted(found.by_type.items())},
        "by_role": {name: tally_row(tally) for name, tally in sorted(found.by_role.items())},
        "by_status": {status: _status_row(status, row) for status, row in sorted(found.statuses.items())},
        "calibration": _calibration_row(evaluation.calibration),
        "thresholds": [_threshold_row(threshold) for threshold in evaluation.thresholds],
        "causes": dict(evaluation.causes),
        "errors": [fault_row(fault) for fault in evaluation.faults],
        "skipped": list(evaluation.skipped),
    }


def report_json(evaluation: Evaluation) -> str:
    """Return the whole report as JSON, keys sorted."""
    return json.dumps(report_row(evaluation), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a report or a baseline, whole or not at all. Raises `OutputError`."""
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise unwritable(path, error) from error


def tally_row(tally: Tally) -> Row:
    """Return precision, recall and F1, and what they are made of."""
    rates = {"p": round(tally.precision, DIGITS), "r": round(tally.recall, DIGITS), "f1": round(tally.f1, DIGITS)}
    return rates | {"right": tally.right, "extra": tally.extra, "missed": tally.missed}


def share_row(share: Share) -> Row:
    """Return an accuracy, null of nothing, and of how many."""
    return {"accuracy": _rounded(share.accuracy), "right": share.right, "of": share.of}


def fault_row(fault: Fault) -> Row:
    """Return an error, without fields that say nothing."""
    return {name: value for name, value in asdict(fault).items() if value not in (None, [])}


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)


def _status_row(status: str, row: Mapping[str, int]) -> Row:
    return share_row(Share(row.get(status, 0), sum(row.values()))) | {"found": dict(row)}


def _calibration_row(found: Calibration | None) -> Row | None:
    if found is None:
        return None
    bins = [asdict(one) | {"confidence": _rounded(one.confidence), "right": _rounded(one.right)} for one in found.bins]
    return {"error": _rounded(found.error), "bins": bins}


def _threshold_row(threshold: Threshold) -> Row:
    return {
        "confidence": threshold.confidence,
        "event": tally_row(threshold.event),
        "fact": tally_row(threshold.fact),
    }
