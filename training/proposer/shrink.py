"""Make an encoder smaller: fewer layers, and of the inner units of each those that do most."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

import torch
from torch import Tensor, nn

from training.proposer.batches import make_batch
from training.proposer.examples import Window
from training.proposer.network import Network

LAYERS = (0, 2, 4)  # of six
INNER = 768  # units of a layer's feed-forward part, of 1,536


def shrink(network: Network, windows: Sequence[Window], labels: int) -> None:
    """Leave out layers and inner units in place; what a unit does is measured on some windows."""
    encoder = network.encoder
    encoder.encoder.layer = nn.ModuleList([encoder.encoder.layer[i] for i in LAYERS])  # type: ignore[union-attr]
    encoder.config.num_hidden_layers = len(LAYERS)  # type: ignore[union-attr]
    encoder.config.intermediate_size = INNER  # type: ignore[union-attr]
    layers: list[nn.Module] = list(encoder.encoder.layer)  # type: ignore[union-attr]
    for layer, activity in zip(layers, _activity(network, layers, windows, labels), strict=True):
        _keep(layer, activity)


def _activity(network: Network, layers: list[nn.Module], windows: Sequence[Window], labels: int) -> list[Tensor]:
    """Return for each layer how much each inner unit says, summed over the words of the windows."""
    sums = [torch.zeros(layer.output.dense.in_features) for layer in layers]  # type: ignore[union-attr]
    network.eval()
    with torch.no_grad(), ExitStack() as stack:
        for layer, total in zip(layers, sums, strict=True):
            hook = layer.intermediate.register_forward_hook(  # type: ignore[union-attr]
                lambda _module, _inputs, output, total=total: total.add_(output.abs().sum((0, 1)))
            )
            stack.callback(hook.remove)
        for window in windows:
            batch = make_batch([window], labels)
            network.words(batch.pieces, batch.mask, batch.pooling)
    return sums


def _keep(layer: nn.Module, activity: Tensor) -> None:
    """Keep the inner units of a layer that change its output most."""
    into, out = layer.intermediate.dense, layer.output.dense  # type: ignore[union-attr]
    with torch.no_grad():
        kept = (activity * out.weight.norm(dim=0)).topk(INNER).indices.sort().values
        layer.intermediate.dense = _linear(into.weight[kept], into.bias[kept])  # type: ignore[union-attr]
        layer.output.dense = _linear(out.weight[:, kept], out.bias)  # type: ignore[union-attr]


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight.data, made.bias.data = weight.clone(), bias.clone()
    return made
