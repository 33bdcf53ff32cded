"""Hold what is found in annotated articles against the annotation. docs/evaluate.md tells how."""

from __future__ import annotations

from kg.evaluate.baseline import baseline_json, check_baseline
from kg.evaluate.evaluation import evaluate
from kg.evaluate.faults import AccuracyError, GoldError
from kg.evaluate.finding import Finds, events_in, find_events
from kg.evaluate.folders import evaluate_file, evaluate_folder
from kg.evaluate.gold import GoldArticle, read_gold
from kg.evaluate.predictions import FoundEvent, found_events, read_predictions
from kg.evaluate.report import Evaluation, report_json, report_row, write_text
from kg.evaluate.text import evaluation_text

__all__ = [
    "AccuracyError",
    "Evaluation",
    "Finds",
    "FoundEvent",
    "GoldArticle",
    "GoldError",
    "baseline_json",
    "check_baseline",
    "evaluate",
    "evaluate_file",
    "evaluate_folder",
    "evaluation_text",
    "events_in",
    "find_events",
    "found_events",
    "read_gold",
    "read_predictions",
    "report_json",
    "report_row",
    "write_text",
]
