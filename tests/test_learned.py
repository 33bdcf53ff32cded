"""The learned proposer: windows, opinions and proposals, with scores made by hand in place of a network's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extract.cues import Judgement
from kg.extract.extractor import Extractor
from kg.extract.joining import join
from kg.extract.learned.heads import LAYERS, Labels, WordScores
from kg.extract.learned.opinion import Opinion, runs
from kg.extract.learned.proposer import RULE, LearnedProposer, directions_of, with_chances
from kg.extract.learned.scorer import LABELS, WordScorer, load_scorer
from kg.extract.learned.windows import CONTEXT_PIECES, LIMIT, windows
from kg.extract.proposals import Proposal
from kg.extract.reading import Reading
from kg.extract.scoring import Logistic, Scores
from kg.frames import Frame, Trigger
from kg.model import Status
from tests.parsing import proposing, read, word

TYPES = ("Acquisition", "Layoffs", "StockPriceMove", "Unheard")
ROLES = ("acquirer", "change", "employer", "said_by", "security", "target", "time")
STATUSES = ("happened", "planned")
SURE = 0.9


def made_heads() -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    """Return heads that take a word's vector for its roles, whatever the event, and every event for planned."""
    size, width = len(ROLES), 2 * len(ROLES)
    shapes = dict.fromkeys(LAYERS, (width, width)) | {"role": (size, width), "status": (len(STATUSES), width)}
    heads = {f"{layer}_weight": np.zeros(shape, dtype=np.float32) for layer, shape in shapes.items()}
    heads |= {f"{layer}_bias": np.zeros(shape[0], dtype=np.float32) for layer, shape in shapes.items()}
    heads |= {"type": np.zeros((len(TYPES), width), dtype=np.float32), "distance": np.zeros((7, width), np.float32)}
    heads["key_weight"] = np.eye(width, dtype=np.float32)
    # A positive and a negative unit for each role, so that the ramp between keys and roles loses nothing.
    heads["role_weight"] = np.hstack([np.eye(size), -np.eye(size)]).astype(np.float32)
    heads["status_bias"] = np.array([0.0, 2.0], dtype=np.float32)
    return heads


def opinion(doc: Doc, triggers: Mapping[str, str], fillers: Mapping[str, Sequence[str]]) -> Opinion:
    """Return an opinion that is sure of the type of some words, and of the roles that others fill."""
    tokens = [token.i for token in doc if not token.is_space]
    place = {doc[token].text: at for at, token in enumerate(tokens)}
    chances = np.zeros((len(tokens), len(TYPES) + 1), dtype=np.float32)
    chances[:, -1] = 1.0
    for text, kind in triggers.items():
        chances[place[text], -1] = 1 - SURE
        chances[place[text], TYPES.index(kind)] = SURE
    roles = np.full((len(tokens), len(ROLES)), -9.0, dtype=np.float32)
    for role, texts in fillers.items():
        roles[[place[text] for text in texts], ROLES.index(role)] = 9.0
    rows = np.ones(len(tokens), dtype=np.int64)
    labels = Labels(TYPES, ROLES, STATUSES)
    return Opinion(WordScores(labels, made_heads(), rows, np.hstack([roles, -roles]), chances), tokens)


def judged(
    extractor: Extractor, text: str, triggers: Mapping[str, str], fillers: Mapping[str, Sequence[str]]
) -> Reading:
    reading = read(extractor, text)
    return replace(reading, opinion=opinion(reading.doc, triggers, fillers))


def proposals(extractor: Extractor, reading: Reading) -> list[Proposal]:
    return list(LearnedProposer(extractor.ontology, {"slip": "down"}).propose(reading))


def filled(proposal: Proposal) -> dict[str, str]:
    return {candidate.role: candidate.what.span.text for candidate in proposal.candidates}


@given(st.lists(st.lists(st.integers(1, 16), min_size=1, max_size=60), max_size=40))
def test_windows_judge_every_word_once_and_fit_the_encoder(sentences: list[list[int]]) -> None:
    sizes = [size for sentence in sentences for size in sentence]
    rows = [row for row, sentence in enumerate(sentences) for _ in sentence]
    found = list(windows(rows, sizes))
    assert [w for window in found for w in window.words[window.context :]] == list(range(len(sizes)))
    assert all(sum(sizes[w] for w in window.words) <= LIMIT for window in found)


def test_a_later_window_begins_with_the_title_and_what_stands_before() -> None:
    rows = [0] * 5 + [1 + i // 20 for i in range(600)]
    _, second = windows(rows, [1] * len(rows))
    assert second.words[:5] == (0, 1, 2, 3, 4)
    assert second.context == 5 + CONTEXT_PIECES
    first = second.words[second.context]
    assert second.words[5 : second.context] == tuple(range(first - CONTEXT_PIECES, first))


def test_a_window_ends_where_a_sentence_does() -> None:
    rows = [0] * 5 + [1 + i // 20 for i in range(600)]
    first, second = windows(rows, [1] * len(rows))
    assert rows[first.words[-1]] != rows[second.words[second.context]]


@pytest.mark.parametrize(("numbers", "found"), [([], []), ([3], [[3]]), ([1, 2, 4, 5, 9], [[1, 2], [4, 5], [9]])])
def test_runs_are_of_consecutive_numbers(numbers: list[int], found: list[list[int]]) -> None:
    assert list(runs(numbers)) == found


@pytest.mark.model
def test_words_that_the_model_takes_for_a_trigger_are_proposed_with_their_fillers(extractor: Extractor) -> None:
    reading = judged(
        extractor,
        "Bosch swallowed Siemens whole.",
        {"swallowed": "Acquisition"},
        {"acquirer": ["Bosch"], "target": ["Siemens"]},
    )
    (proposal,) = proposals(extractor, reading)
    assert (proposal.type, proposal.token.text, proposal.rule) == ("Acquisition", "swallowed", RULE)
    assert filled(proposal) == {"acquirer": "Bosch", "target": "Siemens"}


@pytest.mark.model
def test_a_type_that_the_ontology_lacks_is_not_proposed(extractor: Extractor) -> None:
    assert proposals(extractor, judged(extractor, "Bosch swallowed Siemens.", {"swallowed": "Unheard"}, {})) == []


@pytest.mark.model
def test_a_role_that_the_type_lacks_is_not_filled(extractor: Extractor) -> None:
    reading = judged(
        extractor, "Bosch let Siemens go.", {"go": "Layoffs"}, {"employer": ["Bosch"], "target": ["Siemens"]}
    )
    (proposal,) = proposals(extractor, reading)
    assert filled(proposal) == {"employer": "Bosch"}


@pytest.mark.model
def test_a_trigger_that_says_up_or_down_gives_the_direction(extractor: Extractor) -> None:
    reading = judged(extractor, "Bosch slipped.", {"slipped": "StockPriceMove"}, {"security": ["Bosch"]})
    assert [proposal.direction for proposal in proposals(extractor, reading)] == ["down"]


def test_directions_are_those_of_the_frames() -> None:
    frames = [
        Frame("StockPriceMove", (Trigger("StockPriceMove", "verb", ("fall", "slip"), direction="down"),)),
        Frame("Layoffs", (Trigger("Layoffs", "verb", ("fire",)),)),
    ]
    assert directions_of(frames) == {"fall": "down", "slip": "down"}


BUY = Trigger("Acquisition", "verb", ("buy",), roles={"acquirer": ("subject",)}, score=0.9)


@pytest.mark.model
def test_a_frame_and_the_model_make_one_proposal_of_a_trigger(extractor: Extractor) -> None:
    reading = judged(extractor, "Bosch bought Siemens.", {"bought": "Acquisition"}, {"target": ["Siemens"]})
    (joined,) = join(reading, [*proposing(extractor, BUY).propose(reading), *proposals(extractor, reading)])
    assert joined.rule.startswith("frame:")
    assert joined.chance == pytest.approx(SURE)
    assert filled(joined) == {"acquirer": "Bosch", "target": "Siemens"}


@pytest.mark.model
def test_another_trigger_or_type_stays_a_proposal_of_its_own(extractor: Extractor) -> None:
    reading = judged(extractor, "Bosch bought Siemens and fired staff.", {"fired": "Layoffs"}, {"employer": ["Bosch"]})
    joined = join(reading, [*proposing(extractor, BUY).propose(reading), *proposals(extractor, reading)])
    assert [(proposal.type, proposal.rule == RULE) for proposal in joined] == [
        ("Acquisition", False),
        ("Layoffs", True),
    ]


@pytest.mark.model
def test_of_a_type_that_it_has_not_learned_the_model_has_no_opinion(extractor: Extractor) -> None:
    trigger = Trigger("Merger", "verb", ("merge",), roles={"party": ("subject",)}, score=0.9)
    reading = judged(extractor, "Bosch merged with Siemens.", {}, {})
    (proposal,) = proposing(extractor, trigger).propose(reading)
    assert with_chances(reading, proposal).chance is None


@pytest.mark.model
def test_without_a_model_there_is_no_opinion(extractor: Extractor) -> None:
    reading = read(extractor, "Bosch bought Siemens.")
    (proposal,) = proposing(extractor, BUY).propose(reading)
    assert proposals(extractor, reading) == []
    assert with_chances(reading, proposal) is proposal


@pytest.mark.model
def test_statuses_and_speakers_are_those_of_the_words(extractor: Extractor) -> None:
    reading = judged(
        extractor, "Bosch bought Siemens, Miller said.", {"bought": "Acquisition"}, {"said_by": ["Miller"]}
    )
    assert reading.opinion is not None
    bought = word(reading, "bought").i
    statuses = reading.opinion.statuses("Acquisition", (bought, bought + 1))
    assert max(statuses, key=lambda name: statuses[name]) == "planned"
    fillers = reading.opinion.fillers("Acquisition", (bought, bought + 1))
    assert fillers is not None
    assert [reading.doc[start:end].text for start, end in fillers.spans("said_by", 0.5)] == ["Miller"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("status", "cue", "plain"),
    [
        (Status.ONGOING, "is buying", True),  # the trigger's own form
        (Status.DENIED, "denied", True),
        (Status.RUMOURED, "alleging", True),
        (Status.PLANNED, "will", False),
        (Status.DENIED, "", False),
        (Status.HAPPENED, "", False),
    ],
)
def test_plain_words_of_status_are_not_overruled(extractor: Extractor, status: Status, cue: str, plain: bool) -> None:
    reading = judged(extractor, "Bosch is buying Siemens.", {"buying": "Acquisition"}, {"target": ["Siemens"]})
    decoder = copy(extractor.decoder)
    decoder.scores = Scores(statuses=Logistic(weights={"model": 1.0}))  # by which everything is planned
    decoder.judge = Mock(judge=Mock(return_value=Judgement(status, cue)))
    (decision,) = decoder.decide(reading, proposing(extractor, BUY).propose(reading))
    assert decision.judgement.status == (status if plain else Status.PLANNED)


@pytest.mark.model
def test_a_type_that_the_model_does_not_know_comes_before_its_names_for_the_words(extractor: Extractor) -> None:
    merge = Trigger("Merger", "verb", ("buy",), roles={"party": ("subject",)}, score=0.1)
    reading = judged(extractor, "Bosch bought Siemens.", {"bought": "Acquisition"}, {"target": ["Siemens"]})
    decoder = copy(extractor.decoder)
    decoder.scores = Scores(frames=Logistic(bias=0.1), events=Logistic(bias=5.0), fillers=Logistic(bias=5.0))
    suggested = [*proposing(extractor, merge).propose(reading), *proposals(extractor, reading)]
    decisions = decoder.decide(reading, suggested)
    assert [decision.score > 0.9 for decision in decisions if decision.proposal.type == "Acquisition"] == [True]
    assert [mention.type for mention in decoder.decode(reading, decisions)] == ["Merger"]


def test_folders_without_a_network_give_none(tmp_path: Path) -> None:
    assert load_scorer([tmp_path]) is None


@pytest.mark.parametrize("text", ["", "{}", '{"types": 1}', "[]"])
def test_a_faulty_network_is_named(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "proposer"
    folder.mkdir()
    (folder / LABELS).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read") as caught:
        WordScorer(folder)
    assert caught.value.place == str(folder)
