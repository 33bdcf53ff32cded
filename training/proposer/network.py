"""The network: an encoder over the article's word pieces, and heads for triggers, fillers and statuses."""

from __future__ import annotations

import torch
from torch import Tensor, nn

HIDDEN = 256
DROPOUT = 0.1
PRIOR = 4.0  # log odds that a word triggers nothing and fills no role
DISTANCES = 7  # sentence -2 or before, -1, same and left, the trigger itself, same and right, +1, +2 or after


class Network(nn.Module):
    """Words with a trigger type each; for a trigger and a type, how well each word fills each role."""

    def __init__(self, encoder: nn.Module, width: int, types: int, roles: int, statuses: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(DROPOUT)
        self.triggers = nn.Linear(width, types + 1)  # the last says: none
        self.key = nn.Linear(width, HIDDEN)
        self.query = nn.Linear(width, HIDDEN)
        self.type_query = nn.Embedding(types, HIDDEN)
        self.distance = nn.Embedding(DISTANCES, HIDDEN)
        self.roles = nn.Linear(HIDDEN, roles)
        self.status_key = nn.Linear(width, HIDDEN)
        self.status = nn.Linear(HIDDEN, statuses)
        with torch.no_grad():  # begin with what is true of nearly all words, and learn the rest
            self.triggers.bias[-1] = PRIOR
            self.roles.bias.fill_(-PRIOR)

    def words(self, pieces: Tensor, mask: Tensor, pooling: Tensor) -> Tensor:
        """Return a vector for each word: [batch, words, width] of pieces [batch, pieces]."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        return self.drop(torch.matmul(pooling, hidden))

    def fill(self, keys: Tensor, query: Tensor, kinds: Tensor, distances: Tensor) -> Tensor:
        """Return role logits [events, words, roles] of keys [words, h], queries [events, h]."""
        joined = keys + (query + self.type_query(kinds)).unsqueeze(1) + self.distance(distances)
        return self.roles(self.drop(torch.relu(joined)))

    def states(self, trigger: Tensor, kinds: Tensor) -> Tensor:
        """Return status logits [events, statuses]."""
        return self.status(self.drop(torch.relu(self.status_key(trigger) + self.type_query(kinds))))
