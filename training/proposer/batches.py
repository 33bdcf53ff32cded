"""Pad windows to tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.proposer.examples import Window


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side: pieces and mask [b, p], pooling [b, w, p], accepted [b, w, types + 1]."""

    windows: Sequence[Window]
    pieces: Tensor
    mask: Tensor
    pooling: Tensor
    accepted: Tensor


def make_batch(windows: Sequence[Window], labels: int) -> Batch:
    """Return the tensors of some windows; `labels` counts the trigger labels."""
    pieces = max(len(window.pieces) for window in windows)
    words = max(len(window.rows) for window in windows)
    batch = Batch(
        windows,
        torch.zeros(len(windows), pieces, dtype=torch.long),
        torch.zeros(len(windows), pieces, dtype=torch.long),
        torch.zeros(len(windows), words, pieces),
        torch.zeros(len(windows), words, labels, dtype=torch.bool),
    )
    for i, window in enumerate(windows):
        batch.pieces[i, : len(window.pieces)] = torch.tensor(window.pieces)
        batch.mask[i, : len(window.pieces)] = 1
        for at, word in enumerate(window.owners):
            if word >= 0:
                batch.pooling[i, word, at] = 1.0
        for word, found in enumerate(window.accepted):
            batch.accepted[i, word, list(found)] = True
    batch.pooling.div_(batch.pooling.sum(-1, keepdim=True).clamp(min=1))
    return batch
