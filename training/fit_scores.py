"""Learn the weights of `kg.extract.scoring` from annotated articles, and measure them on articles left out.

python -m training.fit_scores [GOLD_FOLDER...] [--folds FOLDER] [--write [FILE]]

training/README.md describes the folders, what is learned and what came out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from kg.extract.extractor import Extractor
from kg.extract.learned.scorer import WordScorer
from kg.extract.scoring import PARTS, SCORES, Logistic, Scores
from training.annotations import ROOT
from training.decisions import (
    Case,
    Opened,
    Row,
    event_rows,
    filler_rows,
    frame_rows,
    open_case,
    open_extractor,
    read_cases,
    speaker_rows,
    status_rows,
    time_rows,
    with_model,
)
from training.material import gold_folders

WEIGHTS = ROOT / "ontology" / SCORES
FOLD_MODELS = ROOT / "build" / "proposer"  # networks that have not seen some of the articles
HELD = "held.json"  # beside a network: the articles that it has not seen
FOLDS = 5
STRENGTH = 0.3  # inverse of the regularisation: the least log loss over held-out folds
EVENT_STRENGTH = 0.1  # the same where there are few rows for many features
SMALLEST = 0.02  # weights nearer to 0 are left out of the file
SEED = 7

BINS = 10  # of equal width, for the calibration
THRESHOLDS = np.arange(0.2, 0.75, 0.05)

Numbers = npt.NDArray[Any]
Rows = Callable[[Extractor, Opened], Iterator[Row]]
Fold = tuple[WordScorer, Sequence[Case], Sequence[Case]]  # a network, what it has not seen, what it has


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description="Learn the weights of events, and measure them on articles left out.")
    parser.add_argument("gold", nargs="*", type=Path, help="folders with articles.json and events.jsonl")
    parser.add_argument(
        "--folds", type=Path, default=FOLD_MODELS, help=f"networks of the folds; default: {FOLD_MODELS}"
    )
    parser.add_argument("--write", nargs="?", type=Path, const=WEIGHTS, metavar="FILE", help=f"default: {WEIGHTS}")
    options = parser.parse_args()
    extractor = open_extractor(Scores())
    scores = learn(extractor, list(read_cases(options.gold or gold_folders(), extractor)), options.folds)
    if options.write:
        write(options.write, scores)


def learn(extractor: Extractor, cases: Sequence[Case], folds: Path) -> Scores:
    """Return the weights of the frames alone, and with them of what is decided with a model, fillers before events.

    Without networks in `folds` there are none but the frames' own.
    """
    by_article = {case.article.id: list(frame_rows(extractor, open_case(extractor, case))) for case in cases}
    frames = fit("frames", [row for rows in by_article.values() for row in rows])
    parted = list(_folds(folds, cases))
    if not parted:
        return Scores(frames)
    alone = [fit("", [row for case in seen for row in by_article[case.article.id]]) for _, _, seen in parted]

    using = [with_model(extractor, scorer) for scorer, _, _ in parted]
    opened = [[open_case(each, case) for case in unseen] for each, (_, unseen, _) in zip(using, parted, strict=True)]

    def learned(name: str, rows: Rows, **known: Logistic) -> Logistic:
        found: list[Row] = []
        for each, own, articles in zip(using, alone, opened, strict=True):
            each.decoder.scores = Scores(own, **known)
            found += [row for article in articles for row in rows(each, article)]
        return fit(name, found, EVENT_STRENGTH if name == "events" else STRENGTH)

    fillers = learned("fillers", filler_rows)
    statuses = learned("statuses", status_rows)
    events = learned("events", event_rows, fillers=fillers, statuses=statuses)
    speakers, times = learned("speakers", speaker_rows), learned("times", time_rows)
    return Scores(frames, events, fillers, statuses, speakers, times)


def _folds(folder: Path, cases: Sequence[Case]) -> Iterator[Fold]:
    """Yield each stored network with the articles that it has not seen, and those it has."""
    for path in sorted(folder.glob(f"*/{HELD}")):
        held = set(json.loads(path.read_text(encoding="utf-8")))
        unseen = [case for case in cases if case.article.id in held]
        yield WordScorer(path.parent), unseen, [case for case in cases if case.article.id not in held]


def fit(name: str, rows: Sequence[Row], strength: float = STRENGTH) -> Logistic:
    """Return the weights that tell right rows from wrong ones; report on them under a name, if one is given."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(row.features for row in rows)
    labels = np.array([row.label for row in rows])
    model = LogisticRegression(C=strength, max_iter=2000, random_state=SEED)
    if name:
        print(name)
        report(labels, held_out(model, matrix, labels, [row.article for row in rows]))
    model.fit(matrix, labels)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(feature): round(float(weight), 3) for feature, weight in named if abs(weight) >= SMALLEST}
    return Logistic(round(float(model.intercept_[0]), 3), dict(sorted(weights.items())))


def held_out(model: LogisticRegression, matrix: object, labels: Numbers, articles: Sequence[str]) -> Numbers:
    """Return the probability of each row by a model that has seen no row of its article."""
    folds = GroupKFold(FOLDS)
    both = cross_val_predict(model, matrix, labels, groups=np.array(articles), cv=folds, method="predict_proba")
    probabilities: Numbers = both[:, 1]
    return probabilities


def report(labels: Numbers, probabilities: Numbers) -> None:
    """Print precision, recall and F1 over thresholds, and the calibration, of held-out rows."""
    print(f"{len(labels)} rows, {labels.sum()} right")
    for threshold in THRESHOLDS:
        kept = probabilities >= threshold
        right = int((labels & kept).sum())
        precision, recall = right / max(kept.sum(), 1), right / labels.sum()
        f1 = 2 * right / (kept.sum() + labels.sum())
        print(f"  at {threshold:.2f}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    print(f"  expected calibration error {calibration_error(labels, probabilities):.3f}")


def calibration_error(labels: Numbers, probabilities: Numbers) -> float:
    """Return the mean gap between confidence and accuracy over bins of equal width, weighted by their size."""
    which = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = [abs(labels[which == b].mean() - probabilities[which == b].mean()) * (which == b).sum() for b in set(which)]
    return float(sum(gaps) / len(labels))


def write(path: Path, scores: Scores) -> None:
    """Write the weights sorted by name, rounded so that the file is stable."""
    parts: dict[str, Logistic] = {name: getattr(scores, name) for name in PARTS}
    data = {name: {"bias": part.bias, "weights": dict(part.weights)} for name, part in parts.items()}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
