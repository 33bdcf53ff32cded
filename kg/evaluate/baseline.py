"""Keep the figures that a change must not make worse, and hold others against them."""

from __future__ import annotations

import json
from pathlib import Path

from kg.evaluate.faults import AccuracyError, GoldError, Record, parse, read_text, record
from kg.evaluate.report import DIGITS, SHARES, TALLIES, Evaluation, Row, main_figures

SCHEMA = "kg-baseline/1"
ALLOWED = 0.005  # how far a figure may fall: about one event in two hundred; a share of fewer by one of them


def baseline_json(evaluation: Evaluation) -> str:
    """Return the figures to keep, as JSON."""
    return json.dumps(_row(evaluation), indent=1) + "\n"


def check_baseline(evaluation: Evaluation, path: Path) -> None:
    """Raise `AccuracyError` if a figure is worse than the file allows, `GoldError` if it is no baseline for this."""
    kept = _read(path)
    now = _row(evaluation)
    for size in ("articles", "events"):
        if kept.get(size) != now[size]:
            problem = f"made from other gold: {kept.get(size)} {size}, not {now[size]}"
            raise GoldError(str(path), problem, _renew(path))
    fallen = [
        f"{name} from {was:.3f} to {is_:.3f}"
        for name, was in sorted(_figures(kept, path).items())
        if round(was - (is_ := now["figures"].get(name) or 0.0), DIGITS) > _allowed(evaluation, name)
    ]
    if fallen:
        remedy = f"mend it; if it is meant, {_renew(path)}"
        raise AccuracyError(str(path), f"accuracy fell: {', '.join(fallen)}", remedy)


def _allowed(evaluation: Evaluation, name: str) -> float:
    """Return how far a figure may fall. A share of few moves with the events that it is taken of."""
    share = getattr(evaluation.figures, name) if name in SHARES else None
    return max(ALLOWED, 1 / share.of) if share and share.of else ALLOWED


def _row(evaluation: Evaluation) -> Row:
    figures = main_figures(evaluation.figures)
    best = {name: figures[name]["f1"] for name in TALLIES} | {name: figures[name]["accuracy"] for name in SHARES}
    return {"schema": SCHEMA, "articles": evaluation.articles, "events": evaluation.events, "figures": best}


def _read(path: Path) -> Record:
    kept = record(parse(read_text(path), str(path)), str(path))
    if kept.get("schema") != SCHEMA:
        raise GoldError(str(path), f"not a baseline ({SCHEMA})", _renew(path))
    return kept


def _figures(kept: Record, path: Path) -> dict[str, float]:
    figures = record(kept.get("figures"), str(path))
    return {name: float(value) for name, value in figures.items() if isinstance(value, int | float)}


def _renew(path: Path) -> str:
    return f"renew it with --write-baseline {path}"
