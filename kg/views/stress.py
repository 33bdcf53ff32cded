"""Place the nodes of a connected network so that distances on paper follow distances in the network."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

ROUNDS = 200
ENOUGH = 1e-4  # a round that lowers the stress by a smaller part is the last
TINY = 1e-9  # stands for a distance of nothing

Floats = NDArray[np.float64]


def place_by_distance(network: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    """Return points with the least stress that is found from a circle, a link being about 1 long.

    Minimises what Kamada and Kawai do, the squared error of each distance in parts of it, by majorization (Gansner,
    Koren and North 2004): no solver to load, each round two small products of matrices. The order of nodes matters.
    """
    wanted = _distances(network)
    count = len(wanted)
    angles = 2 * np.pi * np.arange(count) / max(count, 1)
    places = np.stack([np.cos(angles), np.sin(angles)], axis=1) * wanted.max(initial=0) / 2
    weights = np.where(wanted > 0, 1 / np.maximum(wanted, 1) ** 2, 0)
    inverse = np.linalg.inv(np.diag(weights.sum(axis=0)) - weights + 1)  # the 1 fixes the middle
    stress = np.inf
    for _ in range(ROUNDS):
        apart = np.hypot(*(places.T[:, :, None] - places.T[:, None]))
        before, stress = stress, float((weights * (apart - wanted) ** 2).sum())
        if before - stress <= ENOUGH * stress:
            break
        pull = weights * wanted / np.maximum(apart, TINY)
        places = inverse @ (pull.sum(axis=1)[:, None] * places - pull @ places)
    return {key: (float(x), float(y)) for key, (x, y) in zip(network, places, strict=True)}


def _distances(network: nx.Graph[str]) -> Floats:
    """Return the links between every two nodes (n, n)."""
    number = {key: at for at, key in enumerate(network)}
    distances = np.zeros((len(number), len(number)))
    for key, steps in nx.all_pairs_shortest_path_length(network):
        distances[number[key], [number[other] for other in steps]] = list(steps.values())
    return distances
