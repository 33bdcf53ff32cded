"""Fit the network to annotated articles."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModel

from kg.extract.learned.pieces import PieceMaker
from training.annotations import sentences_of
from training.material import Pairs
from training.proposer.batches import make_batch
from training.proposer.examples import Labels, Window, make_windows
from training.proposer.gold import make_sample
from training.proposer.losses import loss_of
from training.proposer.network import Network
from training.proposer.shrink import shrink
from training.proposer.swaps import name_pool, swap_names

MEASURED = 40  # articles on which the units of the encoder are compared


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. Rates rise over the `warmup` share of the steps and then fall to nothing."""

    epochs: int = 5
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    batch: int = 1  # windows a step
    warmup: float = 0.1
    swapped: float = 0.5  # share of the names that are exchanged
    decay: float = 0.01
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from."""

    records: Pairs
    maker: PieceMaker
    labels: Labels


def new_network(encoder: Path, material: Material) -> Network:
    """Return a network round a pre-trained encoder, made smaller; its word vectors stay as they are."""
    model = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
    model.embeddings.requires_grad_(False)
    labels = material.labels
    network = Network(model, model.config.hidden_size, len(labels.types), len(labels.roles), len(labels.statuses))
    samples = [make_sample(article["id"], sentences_of(article), ()) for article, _ in material.records[:MEASURED]]
    windows = [window for sample in samples for window in make_windows(sample, material.maker, labels)]
    shrink(network, windows, len(labels.types) + 1)
    return network


def allowed_roles(labels: Labels) -> torch.Tensor:
    """Return which roles each type takes [types, roles]."""
    return torch.tensor([[float(role in labels.allowed[t]) for role in labels.roles] for t in labels.types])


def fit(network: Network, material: Material, settings: Settings, report: Callable[[str], None]) -> None:
    """Train in place; `report` is given a line for each epoch."""
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    optimizer = _optimizer(network, settings)
    steps = math.ceil(len(material.records) / settings.batch) * settings.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps, settings.warmup))
    allowed = allowed_roles(material.labels)
    network.train()
    for epoch in range(settings.epochs):
        windows = _windows(material, settings, chance)
        total = 0.0
        for batch in _batches(windows, settings.batch, chance):
            loss = loss_of(network, make_batch(batch, len(material.labels.types) + 1), allowed)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        report(f"epoch {epoch + 1}: loss {total / len(windows):.3f}")


def _optimizer(network: Network, settings: Settings) -> torch.optim.Optimizer:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in inside]
    groups = [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=settings.decay)


def _rate(step: int, steps: int, warmup: float) -> float:
    """Return the share of the full rate: up over the first steps, then down to nothing."""
    first = max(1, int(steps * warmup))
    return min((step + 1) / first, max(0.0, (steps - step) / max(1, steps - first)))


def _windows(material: Material, settings: Settings, chance: random.Random) -> list[Window]:
    """Return the windows of an epoch: all articles, with names exchanged."""
    pool = name_pool([gold for _, gold in material.records])
    found: list[Window] = []
    for article, gold in material.records:
        sentences, events = swap_names(sentences_of(article), gold, pool, chance, settings.swapped)
        found += make_windows(make_sample(article["id"], sentences, events), material.maker, material.labels)
    return found


def _batches(windows: Sequence[Window], size: int, chance: random.Random) -> list[list[Window]]:
    """Return the windows in batches of about the same length, in random order."""
    ordered = sorted(windows, key=lambda w: (len(w.pieces) + chance.randrange(-60, 60), w.pieces))
    batches = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    chance.shuffle(batches)
    return batches
