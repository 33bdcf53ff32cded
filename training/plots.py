"""Draw calibration and precision against recall out of reports that `kg evaluate --report` has written.

python -m training.plots REPORT.json... [--out FOLDER]

Each report is named by its file. Writes reliability.svg and precision-recall.svg, the same bytes for the same reports.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

DOCS = Path(__file__).resolve().parent.parent / "docs"
SIZE = (5.2, 4.2)  # inches
SMALLEST_BIN = 5  # events: the share that is right of fewer says nothing
MARKED = (0.5, 0.6, 0.7, 0.8, 0.9)  # least confidences named on the curve

Report = Mapping[str, Any]


def main() -> None:
    """Read the reports and write the pictures."""
    parser = argparse.ArgumentParser(description="Draw calibration, and precision against recall.")
    parser.add_argument("reports", nargs="+", type=Path, help="written by kg evaluate --report")
    parser.add_argument("--out", type=Path, default=DOCS)
    options = parser.parse_args()
    mpl.rcParams.update({"svg.hashsalt": "kg", "svg.fonttype": "none", "font.size": 10})
    reports = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in options.reports}
    save(reliability(reports), options.out / "reliability.svg")
    save(precision_recall(reports), options.out / "precision-recall.svg")


def reliability(reports: Mapping[str, Report]) -> Figure:
    """Return a picture of the share of events that is right against their mean confidence, by bin."""
    figure, axes = _figure("mean confidence", "share that is right")
    axes.plot((0, 1), (0, 1), color="0.7", linewidth=1, label="as it should be")
    for name, report in reports.items():
        bins = [row for row in report["calibration"]["bins"] if row["events"] >= SMALLEST_BIN]
        axes.plot([row["confidence"] for row in bins], [row["right"] for row in bins], marker="o", label=name)
    axes.legend(frameon=False)
    return figure


def precision_recall(reports: Mapping[str, Report]) -> Figure:
    """Return a picture of precision against recall of events over the least confidence that is asked for."""
    figure, axes = _figure("recall", "precision")
    for name, report in reports.items():
        rows = report["thresholds"]
        axes.plot([row["event"]["r"] for row in rows], [row["event"]["p"] for row in rows], marker=".", label=name)
        _name_thresholds(axes, rows)
    axes.legend(frameon=False, loc="lower left")
    return figure


def _figure(across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.subplots()
    axes.set(xlabel=across, ylabel=up, xlim=(0, 1), ylim=(0, 1.02))
    axes.grid(color="0.92")
    return figure, axes


def _name_thresholds(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        if round(row["confidence"], 2) in MARKED:
            place = row["event"]["r"], row["event"]["p"]
            axes.annotate(f"{row['confidence']:.1f}", place, xytext=(3, 4), textcoords="offset points")


def save(figure: Figure, path: Path) -> None:
    """Write a picture without the date that would make it another file each time."""
    figure.savefig(path, format="svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
