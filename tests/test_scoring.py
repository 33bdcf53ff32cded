"""How likely a proposal is an event: the weights and the features they belong to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.extract.extractor import Extractor
from kg.extract.proposals import Ground
from kg.extract.scoring import PARTS, Logistic, frame_features, load_scores
from kg.frames import Trigger
from kg.model import Kind, Status
from tests.made import entity, named, reading
from tests.parsing import proposing, read


def folder(path: Path, bias: float, **weights: float) -> Path:
    path.mkdir(exist_ok=True)
    parts = {name: {"bias": bias, "weights": weights} for name in PARTS}
    (path / "scores.json").write_text(json.dumps(parts), encoding="utf-8")
    return path


def test_without_weights_an_event_is_as_likely_as_not() -> None:
    assert Logistic().probability({"frame": 1.0}) == 0.5


def test_the_weights_of_the_features_add_up() -> None:
    scores = Logistic(0.0, {"title": 1.0, "frame": 2.0})
    assert scores.probability({"title": 1.0}) > 0.5
    assert scores.probability({"title": 1.0, "frame": 0.5}) > scores.probability({"title": 1.0})
    assert scores.probability({"title": 1.0, "frame": -0.5}) == 0.5


def test_a_feature_that_was_never_seen_weighs_nothing() -> None:
    scores = Logistic(0.3, {"title": 1.0})
    assert scores.probability({"rule=frame:Mine/verb/sponsor": 1.0}) == scores.probability({})


@pytest.mark.parametrize(("bias", "probability"), [(-1e6, 0.0), (1e6, 1.0)])
def test_a_probability_stays_between_0_and_1(bias: float, probability: float) -> None:
    assert Logistic(bias).probability({}) == probability


def test_the_last_folder_that_has_weights_gives_them(tmp_path: Path) -> None:
    one, other, without = folder(tmp_path / "a", 1), folder(tmp_path / "b", 2, title=0.5), tmp_path / "c"
    assert load_scores([one, other, without]).events == Logistic(2.0, {"title": 0.5})


FAULTY = [
    "",
    "not JSON",
    "[]",
    "null",
    '{"weights": {}}',
    '{"bias": 0}',
    '{"bias": "much", "weights": {}}',
    '{"bias": NaN, "weights": {}}',
    '{"bias": 0, "weights": []}',
    '{"bias": 0, "weights": {"title": "x"}}',
    '{"bias": 0, "weights": {"title": null}}',
    '{"bias": 0, "weights": {"title": 1e999}}',
]


@pytest.mark.parametrize("text", FAULTY)
def test_faulty_weights_stop_the_start_and_are_named(text: str, tmp_path: Path) -> None:
    parts = ", ".join(f'"{name}": {text}' for name in PARTS)
    (tmp_path / "scores.json").write_text(f"{{{parts}}}", encoding="utf-8")
    with pytest.raises(OntologyError, match="faulty weights") as caught:
        load_scores([tmp_path])
    assert str(tmp_path) in caught.value.place


def test_weights_that_are_nowhere_are_missed(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no weights"):
        load_scores([tmp_path])


BUY = Trigger("Acquisition", "verb", ("buy",), roles={"acquirer": ("subject",), "target": ("object",)}, score=0.9)


def features(extractor: Extractor, text: str, trigger: Trigger = BUY, *, title: str = "") -> dict[str, float]:
    seen = read(extractor, text, title=title)
    (proposal,) = proposing(extractor, trigger).propose(seen)
    event_type = extractor.ontology.types[trigger.type]
    return frame_features(seen, proposal, proposal.candidates, event_type, Status.HAPPENED)


@pytest.mark.model
def test_a_proposal_is_described_by_its_words_and_fillers(extractor: Extractor) -> None:
    found = features(extractor, "Bosch bought Siemens.")
    assert found["frame"] == 0.9
    assert found["required"] == 1.0
    assert {
        "type=Acquisition",
        "rule=frame:Acquisition/verb/buy",
        "pos=VERB",
        "dep=ROOT",
        "status=happened",
        "named=2",
        "fillers=2",
        "determiner=",
        "early=True",
        "actor=stated",
        "type=Acquisition,role=acquirer",
        "type=Acquisition,role=target",
    } <= found.keys()


@pytest.mark.model
def test_what_is_missing_shows(extractor: Extractor) -> None:
    found = features(extractor, "A plant was bought.")
    assert found["required"] == 0.5
    assert {"actor=none", "named=0", "fillers=1"} <= found.keys()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "determiner"),
    [
        ("The purchase of Siemens was announced.", "the"),
        ("A purchase of Siemens was announced.", "a"),
        ("Bosch's purchase of Siemens was announced.", "poss"),
    ],
)
def test_a_noun_shows_its_determiner(text: str, determiner: str, extractor: Extractor) -> None:
    noun = Trigger("Acquisition", "noun", ("purchase",), roles={"target": ("object",)})
    assert f"determiner={determiner}" in features(extractor, text, noun)


@pytest.mark.model
def test_the_title_and_late_sentences_show(extractor: Extractor) -> None:
    assert "title" in features(extractor, "It rained.", title="Bosch bought Siemens")
    late = features(extractor, "It rained. It snowed. It thundered. Bosch bought Siemens.")
    assert "early=False" in late
    assert "title" not in late


@pytest.mark.model
@pytest.mark.parametrize(
    ("ground", "feature"),
    [(Ground.STATED, "actor=stated"), (Ground.IMPLIED, "actor=implied"), (Ground.TOPIC, "actor=topic")],
)
def test_an_actor_shows_how_it_was_found(ground: Ground, feature: str, extractor: Extractor) -> None:
    (proposal,) = proposing(extractor, BUY).propose(read(extractor, "Bosch bought Siemens."))
    actor = replace(entity("acquirer", named("e0", "Bosch", Kind.ORGANIZATION)), ground=ground)
    event_type = extractor.ontology.types["Acquisition"]
    assert feature in frame_features(reading("Bosch bought Siemens ."), proposal, [actor], event_type, Status.HAPPENED)
