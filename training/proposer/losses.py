"""What the network is to get right, as losses."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.learned.heads import distances
from training.proposer.batches import Batch
from training.proposer.examples import Question, Window
from training.proposer.network import Network

ROLE_WEIGHT = 1.0
POSITIVE_WEIGHT = 2.0  # of a word that fills a role, against one that does not
STATUS_WEIGHT = 0.15
TRIGGER_WEIGHT = 2.0  # of a word that is a trigger, against one that is none
TOLD_WEIGHT = 0.5
SMALL = 1e-6


def loss_of(network: Network, batch: Batch, allowed: Tensor) -> Tensor:
    """Return the loss of a batch. `allowed` [types, roles] tells which roles a type takes."""
    words = network.words(batch.pieces, batch.mask, batch.pooling)
    logs = functional.log_softmax(network.triggers(words), -1)
    total = _trigger_loss(logs, batch.accepted)
    for i, window in enumerate(batch.windows):
        total = total + TOLD_WEIGHT * _told_loss(logs[i], window) / len(batch.windows)
        if window.questions:
            total = total + _event_loss(network, words[i], window, allowed) / len(batch.windows)
    return total


def _trigger_loss(logs: Tensor, accepted: Tensor) -> Tensor:
    """Return the negative log of the probability of all accepted labels, summed over words, by window."""
    judged = accepted.any(-1)
    best = torch.logsumexp(logs.masked_fill(~accepted, -torch.inf)[judged], -1)
    weights = torch.where(accepted[judged][:, -1], 1.0, TRIGGER_WEIGHT)
    return -(weights * best).sum() / len(logs) / 10


def _told_loss(logs: Tensor, window: Window) -> Tensor:
    """Return the negative log of the chance that at least one word of a sentence tells of its type."""
    total = logs.new_zeros(())
    for kind, words in window.told:
        silent = (1 - logs[list(words), kind].exp()).clamp(min=SMALL).log().sum()
        total = total - (1 - silent.exp()).clamp(min=SMALL).log()
    return total / 10


def _event_loss(network: Network, words: Tensor, window: Window, allowed: Tensor) -> Tensor:
    rows = np.array(window.rows)
    words = words[: len(rows)]
    questions = window.questions
    kinds = torch.tensor([q.type for q in questions])
    triggers = torch.stack([words[list(q.trigger)].mean(0) for q in questions])
    places = torch.from_numpy(np.stack([distances(rows, q.trigger[0]) for q in questions]))
    logits = network.fill(network.key(words), network.query(triggers), kinds, places)
    targets = torch.stack([_filled(q, logits.shape[1:]) for q in questions])
    weights = torch.where(targets > 0, POSITIVE_WEIGHT, 1.0) * allowed[kinds].unsqueeze(1)
    roles = functional.binary_cross_entropy_with_logits(logits, targets, weight=weights, reduction="sum") / 10
    statuses = functional.cross_entropy(
        network.states(triggers, kinds), torch.tensor([q.status for q in questions]), reduction="sum"
    )
    return ROLE_WEIGHT * roles / 3 + STATUS_WEIGHT * statuses


def _filled(question: Question, shape: torch.Size) -> Tensor:
    target = torch.zeros(shape)
    for word, role in question.fillers:
        target[word, role] = 1.0
    return target
