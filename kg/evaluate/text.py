"""The report of an evaluation, for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.evaluate.causes import Fault
from kg.evaluate.confidence import Calibration, Threshold
from kg.evaluate.counting import Figures, Share, Tally
from kg.evaluate.report import SHARES, TALLIES, Evaluation

NAME_WIDTH = 24
COLUMNS = "precision  recall     F1   right  extra  missed"
NONE = "none"


def evaluation_text(evaluation: Evaluation, *, errors: int = 0) -> str:
    """Return the figures, the causes of errors and the first errors, article by article."""
    return "\n".join(_lines(evaluation, errors)) + "\n"


def _lines(evaluation: Evaluation, errors: int) -> Iterator[str]:
    found = evaluation.figures
    yield f"{evaluation.articles} articles, {evaluation.events} events"
    yield from _table("", {name: getattr(found, name) for name in TALLIES})
    yield from _shares(found)
    yield from _table("events by type", found.by_type)
    yield from _table("facts by role", found.by_role)
    yield from _confusion(found)
    yield from _confidence(evaluation.calibration, evaluation.thresholds)
    yield from ("", "errors by cause", *(f"{number:6}  {cause}" for cause, number in evaluation.causes.items()))
    yield from _errors(evaluation.faults, errors)


def _table(title: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    yield from ("", f"{title:<{NAME_WIDTH}}{COLUMNS}")
    for name, tally in tallies.items():
        yield f"{name:<{NAME_WIDTH}}{_tally(tally)}"


def _tally(tally: Tally) -> str:
    rates = f"{tally.precision:9.3f}{tally.recall:8.3f}{tally.f1:7.3f}"
    return f"{rates}{tally.right:8}{tally.extra:7}{tally.missed:8}"


def _shares(found: Figures) -> Iterator[str]:
    yield from ("", f"{'':<{NAME_WIDTH}} accuracy   right     of")
    for name in SHARES:
        share: Share = getattr(found, name)
        accuracy = NONE if share.accuracy is None else f"{share.accuracy:.3f}"
        yield f"{name:<{NAME_WIDTH}}{accuracy:>9}{share.right:8}{share.of:7}"


def _confusion(found: Figures) -> Iterator[str]:
    yield from ("", "status in gold          right     of   taken for")
    for gold, row in found.statuses.items():
        others = sorted(((number, status) for status, number in row.items() if status != gold), key=_most_first)
        wrong = ", ".join(f"{status or NONE} {number}" for number, status in others)
        yield f"{gold:<{NAME_WIDTH}}{row.get(gold, 0):5}{sum(row.values()):7}   {wrong}".rstrip()


def _most_first(row: tuple[int, str]) -> tuple[int, str]:
    return -row[0], row[1]


def _confidence(calibration: Calibration | None, thresholds: Sequence[Threshold]) -> Iterator[str]:
    if calibration is None:
        yield from ("", "confidence: no event tells its own")
        return
    yield from ("", f"confidence (calibration error {calibration.error:.3f})   events   mean  right")
    for one in calibration.bins:
        span = f"{one.lower:.1f} to {one.upper:.1f}"
        yield f"  {span:<40}{one.events:7}{one.confidence:7.2f}{one.right:7.2f}"
    yield from _table(
        "events at confidence", {f"{at.confidence:.2f} or more": at.event for at in _changing(thresholds)}
    )


def _changing(thresholds: Iterable[Threshold]) -> Iterator[Threshold]:
    """Yield the last threshold of each run that leaves the same events."""
    last: Threshold | None = None
    for threshold in thresholds:
        if last and last.event != threshold.event:
            yield last
        last = threshold
    if last:
        yield last


def _errors(faults: Sequence[Fault], number: int) -> Iterator[str]:
    if not number:
        return
    yield from ("", f"errors ({min(number, len(faults))} of {len(faults)})")
    for fault in faults[:number]:
        role = f" {fault.role}" if fault.role else ""
        yield f"{fault.article} s{fault.sentence} {fault.type} '{fault.trigger}'{role}: {fault.cause}"
        yield from (f"    gold:  {_shown(fault.gold)}", f"    found: {_shown(fault.found)}")
        yield f"    {' '.join(fault.text.split())}"


def _shown(value: Any) -> str:
    """Return a value, or the fillers of an event, on one line."""
    if not value:
        return NONE
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(" ".join(map(_shown, one)) if isinstance(one, list) else _shown(one) for one in value)
    return json.dumps(dict(value), ensure_ascii=False)
