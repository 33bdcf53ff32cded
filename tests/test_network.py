"""The network that is shipped: it fits the ontology, its card tells what it is, and it finds what it should."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from kg.extract.learned.heads import ARRAYS
from kg.extract.learned.scorer import FILES, FOLDER, HEADS, WordScorer
from kg.model import Status
from kg.ontology import Ontology
from kg.resources import ontology_folder

NETWORK = ontology_folder() / FOLDER
CARD = (NETWORK / "README.md").read_text(encoding="utf-8")
LARGEST = 25_000_000  # bytes, all files together
BOUGHT = ["Acme", "Holdings", "bought", "its", "rival", "Bolt", "Foods", "for", "$", "5", "million", "in", "March", "."]


@pytest.fixture(scope="module")
def network() -> WordScorer:
    return WordScorer(NETWORK)


@pytest.mark.parametrize("name", FILES)
def test_the_card_names_each_file_with_its_hash(name: str) -> None:
    digest = hashlib.sha256((NETWORK / name).read_bytes()).hexdigest()
    assert re.search(rf"`{re.escape(name)}`.*`{digest}`", CARD)


def test_the_card_names_data_and_licences() -> None:
    assert {"Apache-2.0", "CC BY 2.5"} <= set(re.findall(r"Apache-2\.0|CC BY 2\.5", CARD))


def test_it_is_small_enough_to_ship() -> None:
    assert sum((NETWORK / name).stat().st_size for name in FILES) < LARGEST


def test_its_labels_are_those_of_the_ontology(network: WordScorer, ontology: Ontology) -> None:
    roles = {role for event_type in ontology.types.values() for role in event_type.role_names}
    assert set(network.labels.types) == set(ontology.types)
    assert set(network.labels.roles) == roles | {"amount", "place", "said_by", "time"}
    assert set(network.labels.statuses) == set(Status)


def test_its_heads_are_arrays_of_numbers() -> None:
    with np.load(NETWORK / HEADS, allow_pickle=False) as arrays:
        assert set(arrays.files) == set(ARRAYS)
        assert all(np.isfinite(arrays[name]).all() for name in ARRAYS)


def test_it_finds_trigger_fillers_and_status(network: WordScorer) -> None:
    scores = network.score(BOUGHT, [1] * len(BOUGHT))
    bought = BOUGHT.index("bought")
    assert network.labels.types[int(scores.triggers[bought].argmax())] == "Acquisition"
    joined = scores.joined([bought], "Acquisition")
    likeliest = {role: BOUGHT[int(scores.fillers(joined, role).argmax())] for role in network.labels.roles}
    assert likeliest["acquirer"] in ("Acme", "Holdings")
    assert likeliest["target"] in ("Bolt", "Foods")
    assert likeliest["time"] == "March"
    assert network.labels.statuses[int(scores.statuses([bought], "Acquisition").argmax())] == "happened"


def test_the_same_words_get_the_same_scores(network: WordScorer) -> None:
    first, second = (network.score(BOUGHT, [1] * len(BOUGHT)) for _ in range(2))
    assert np.array_equal(first.triggers, second.triggers)
    assert np.array_equal(first.words, second.words)


def test_longer_articles_are_read_in_windows(network: WordScorer) -> None:
    words = BOUGHT * 60
    scores = network.score(words, [1 + i // len(BOUGHT) for i in range(len(words))])
    assert scores.words.shape[0] == len(words)
    found = {
        network.labels.types[int(scores.triggers[i].argmax())]
        for i, w in enumerate(words)
        if w == "bought" and scores.triggers[i, -1] < 0.5
    }
    assert found == {"Acquisition"}


class Trap:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.write_text, (self.path, "run")


def test_nothing_in_the_files_is_run(tmp_path: Path) -> None:
    folder = shutil.copytree(NETWORK, tmp_path / "network")
    np.savez(folder / HEADS, **{name: np.array([Trap(tmp_path / "trapped")], dtype=object) for name in ARRAYS})
    with pytest.raises(ModelError, match="cannot be read"):
        WordScorer(folder)
    assert not (tmp_path / "trapped").exists()


def test_no_file_is_left_over() -> None:
    assert {path.name for path in NETWORK.iterdir()} == {*FILES, "README.md"}
