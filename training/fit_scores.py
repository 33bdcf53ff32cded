"""Learn the weights of `kg.extract.scoring` from annotated articles, and measure them on articles left out.

python training/fit_scores.py [GOLD_FOLDER...] [--write [FILE]]

training/README.md describes the folders, what is learned and what came out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from kg.articles import clean
from kg.extract.decoder import Decision
from kg.extract.extractor import Extractor, make_extractor
from kg.extract.lexicon import load_lexicon
from kg.extract.reading import Reading, analysed_text
from kg.extract.scoring import SCORES, Scores, features_of
from kg.frames import load_frames
from kg.model import Article
from kg.nlp import load_language
from kg.ontology import load_ontology
from kg.resources import ontology_folder

ROOT = Path(__file__).resolve().parent.parent
GOLD = tuple(ROOT.parent / "shared" / "gold" / name for name in ("wikinews-train", "modern-train"))
WEIGHTS = ROOT / "ontology" / SCORES
FOLDS = 5
STRENGTH = 0.3  # inverse of the regularisation; set by hand
SMALLEST = 0.02  # weights nearer to 0 are left out of the file
TITLE = -1  # the sentence number that gold gives the title
SEED = 7

BINS = 10  # of equal width, for the calibration
THRESHOLDS = np.arange(0.2, 0.75, 0.05)

Record = Mapping[str, Any]
Example = tuple[str, Mapping[str, float], int]  # article, features, label
Numbers = npt.NDArray[Any]


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description="Learn the weights of events, and measure them on articles left out.")
    parser.add_argument("gold", nargs="*", type=Path, default=GOLD, help="folders with articles.json and events.jsonl")
    parser.add_argument("--write", nargs="?", type=Path, const=WEIGHTS, metavar="FILE", help=f"default: {WEIGHTS}")
    options = parser.parse_args()
    rows = list(examples(options.gold))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(features for _, features, _ in rows)
    labels = np.array([label for _, _, label in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=2000, random_state=SEED)
    report(labels, held_out(model, matrix, labels, [article for article, _, _ in rows]))
    if options.write:
        write(options.write, model.fit(matrix, labels), vectorizer)


def held_out(model: LogisticRegression, matrix: object, labels: Numbers, articles: Sequence[str]) -> Numbers:
    """Return the probability of each decision by a model that has seen no decision of its article."""
    folds = GroupKFold(FOLDS)
    both = cross_val_predict(model, matrix, labels, groups=np.array(articles), cv=folds, method="predict_proba")
    probabilities: Numbers = both[:, 1]
    return probabilities


def examples(folders: Iterable[Path]) -> Iterator[Example]:
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


def _article_examples(extractor: Extractor, record: Record, gold: Record) -> Iterator[Example]:
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


def _label(reading: Reading, decision: Decision, sentences: list[Record], events: list[Record]) -> int | None:
    """Return 1 if gold has an event of the type in the sentence, None if only an optional one, 0 if none."""
    start = reading.span(decision.proposal.start, decision.proposal.end).start
    place = next((s["i"] for s in sentences if s["start"] <= start < s["end"]), TITLE)
    there = [e for e in events if e["type"] == decision.proposal.type and place in (e["s"], *e.get("also", ()))]
    if any(not event.get("optional") for event in there):
        return 1
    return None if there else 0


def report(labels: Numbers, probabilities: Numbers) -> None:
    """Print precision, recall and F1 over thresholds, and the calibration, of held-out decisions."""
    print(f"{len(labels)} decisions, {labels.sum()} right")
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


def write(path: Path, model: LogisticRegression, vectorizer: DictVectorizer) -> None:
    """Write the weights, the largest names sorted, rounded so that the file is stable."""
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(weight), 3) for name, weight in named if abs(weight) >= SMALLEST}
    data = {"bias": round(float(model.intercept_[0]), 3), "weights": dict(sorted(weights.items()))}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
