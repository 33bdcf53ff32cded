"""Learn the weights of `kg.extract.scoring` from annotated articles, and measure them by cross-validation over articles.

    python training/fit_scores.py GOLD_FOLDER... --write ontology/scores.json

A gold folder holds `articles.json` and `events.jsonl`. Needs scikit-learn (`pip install '.[training]'`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from kg.articles import clean
from kg.extract.decoder import Decision
from kg.extract.extractor import Extractor, make_extractor
from kg.extract.lexicon import load_lexicon
from kg.extract.reading import Reading, analysed_text
from kg.extract.scoring import Scores, features_of
from kg.frames import load_frames
from kg.model import Article
from kg.nlp import load_language
from kg.ontology import load_ontology
from kg.resources import ontology_folder

FOLDS = 5
STRENGTH = 0.3  # inverse of the regularisation; chosen by cross-validated log loss
SMALLEST = 0.02  # weights nearer to 0 are left out of the file
TITLE = -1  # the sentence number that gold gives the title
SEED = 7

Gold = Mapping[str, Any]


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    rows = list(examples(options.gold))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(features for _, features, _ in rows)
    labels = np.array([label for _, _, label in rows])
    groups = np.array([article for article, _, _ in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=2000, random_state=SEED)
    held_out = cross_val_predict(model, matrix, labels, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")[
        :, 1
    ]
    report(labels, held_out)
    model.fit(matrix, labels)
    if options.write:
        write(options.write, model, vectorizer)


def examples(folders: Iterable[Path]) -> Iterator[tuple[str, Mapping[str, float], int]]:
    """Yield article, features and label of every decision; those that match an optional event are left out."""
    extractor = open_extractor()
    for folder in folders:
        gold = {row["id"]: row for row in map(json.loads, (folder / "events.jsonl").read_text().splitlines())}
        for record in json.loads((folder / "articles.json").read_text()):
            yield from _article_examples(extractor, record, gold[record["id"]])


def open_extractor() -> Extractor:
    """Return an extractor whose decisions do not depend on weights."""
    folders = [ontology_folder()]
    ontology = load_ontology(folders)
    frames = load_frames(ontology, folders)
    return make_extractor(load_language(), ontology, frames, load_lexicon(folders), Scores(0.0, {}))


def _article_examples(extractor: Extractor, record: Gold, gold: Gold) -> Iterator[tuple[str, Mapping[str, float], int]]:
    title = record.get("title") or ""
    article = Article(record["id"], "d0", title, record["text"], clean(record["text"], title), date=record.get("date"))
    text, shift = analysed_text(article)
    reading = extractor.read(extractor.nlp(text), article, shift)
    proposals = [proposal for proposer in extractor.proposers for proposal in proposer.propose(reading)]
    for decision in extractor.decoder.decide(reading, proposals):
        label = _label(reading, decision, record["sentences"], gold["events"])
        if label is not None:
            event_type = extractor.ontology.types[decision.proposal.type]
            status = decision.judgement.status
            yield article.id, features_of(reading, decision.proposal, decision.chosen, event_type, status), label


def _label(reading: Reading, decision: Decision, sentences: list[Gold], events: list[Gold]) -> int | None:
    """Return 1 if gold has an event of the type in the sentence, None if only an optional one, 0 if none."""
    start = reading.span(decision.proposal.start, decision.proposal.end).start
    place = next((s["i"] for s in sentences if s["start"] <= start < s["end"]), TITLE)
    there = [e for e in events if e["type"] == decision.proposal.type and place in (e["s"], *e.get("also", ()))]
    if any(not event.get("optional") for event in there):
        return 1
    return None if there else 0


def report(labels: np.ndarray, probabilities: np.ndarray) -> None:
    """Print precision, recall and F1 over thresholds, and the calibration, of held-out decisions."""
    print(f"{len(labels)} decisions, {labels.sum()} right")
    for threshold in np.arange(0.2, 0.75, 0.05):
        kept = probabilities >= threshold
        right = int((labels & kept).sum())
        precision, recall = right / max(kept.sum(), 1), right / labels.sum()
        print(
            f"  at {threshold:.2f}: precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
        )
    print(f"  expected calibration error {calibration_error(labels, probabilities):.3f}")


def calibration_error(labels: np.ndarray, probabilities: np.ndarray, bins: int = 10) -> float:
    """Return the mean gap between confidence and accuracy over bins of equal width, weighted by their size."""
    which = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = [abs(labels[which == b].mean() - probabilities[which == b].mean()) * (which == b).sum() for b in set(which)]
    return float(sum(gaps) / len(labels))


def write(path: Path, model: LogisticRegression, vectorizer: DictVectorizer) -> None:
    """Write the weights, the largest names sorted, rounded so that the file is stable."""
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(weight), 3) for name, weight in named if abs(weight) >= SMALLEST}
    data = {"bias": round(float(model.intercept_[0]), 3), "weights": dict(sorted(weights.items()))}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
