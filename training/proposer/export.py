"""Write a network as the files that `kg.extract.learned` reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.extract.learned.scorer import ENCODER, HEADS, LABELS, TOKENIZER
from training.proposer.examples import Labels
from training.proposer.network import Network

OPSET = 17
OUTPUTS = ["triggers", "keys", "queries", "states"]


class _Reader(nn.Module):
    """The part of the network that reads an article, without its heads for single events."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, pooling: Tensor) -> tuple[Tensor, ...]:
        words = self.network.words(pieces, torch.ones_like(pieces), pooling.unsqueeze(0))[0]
        network = self.network
        return network.triggers(words), network.key(words), network.query(words), network.status_key(words)


def export(network: Network, labels: Labels, tokenizer: Path, folder: Path, *, quantized: bool = True) -> None:
    """Write encoder, heads, labels and vocabulary to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _write_graph(network, plain)
        if quantized:
            quantize_dynamic(plain, folder / ENCODER, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        else:
            shutil.copyfile(plain, folder / ENCODER)
    arrays = {
        "type": network.type_query.weight,
        "distance": network.distance.weight,
        "role_weight": network.roles.weight,
        "role_bias": network.roles.bias,
        "status_weight": network.status.weight,
        "status_bias": network.status.bias,
    }
    np.savez(folder / HEADS, **{name: array.detach().numpy() for name, array in arrays.items()})  # type: ignore[arg-type]
    names = {"types": labels.types, "roles": labels.roles, "statuses": labels.statuses}
    (folder / LABELS).write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(tokenizer, folder / TOKENIZER)


def _write_graph(network: Network, path: Path) -> None:
    inputs = (torch.ones(1, 12, dtype=torch.long), torch.ones(9, 12))
    axes = {"pieces": {1: "pieces"}, "pooling": {0: "words", 1: "pieces"}, **{name: {0: "words"} for name in OUTPUTS}}
    torch.onnx.export(
        _Reader(network),
        inputs,
        str(path),
        input_names=["pieces", "pooling"],
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
