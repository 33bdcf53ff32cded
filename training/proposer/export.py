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
PARTS = ("weight", "bias")


class _Encoder(nn.Module):
    """The part of the network that reads an article, without its heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder

    def forward(self, pieces: Tensor) -> Tensor:
        return self.encoder(input_ids=pieces, attention_mask=torch.ones_like(pieces)).last_hidden_state


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
    arrays = {name: array.detach().numpy() for name, array in _heads(network).items()}
    np.savez(folder / HEADS, **arrays)  # type: ignore[arg-type]
    names = {"types": labels.types, "roles": labels.roles, "statuses": labels.statuses}
    (folder / LABELS).write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(tokenizer, folder / TOKENIZER)


def _heads(network: Network) -> dict[str, Tensor]:
    """Return the arrays of the heads by the names in `kg.extract.learned.heads.ARRAYS`."""
    layers = {
        "trigger": network.triggers,
        "key": network.key,
        "query": network.query,
        "state": network.status_key,
        "role": network.roles,
        "status": network.status,
    }
    tables = {"type": network.type_query.weight, "distance": network.distance.weight}
    return tables | {f"{name}_{part}": getattr(layer, part) for name, layer in layers.items() for part in PARTS}


def _write_graph(network: Network, path: Path) -> None:
    torch.onnx.export(
        _Encoder(network),
        (torch.ones(1, 12, dtype=torch.long),),
        str(path),
        input_names=["pieces"],
        output_names=["hidden"],
        dynamic_axes={"pieces": {1: "pieces"}, "hidden": {1: "pieces"}},
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
