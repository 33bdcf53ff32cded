"""What the network is shown: annotated articles as words with labels, with names exchanged, in windows."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kg.extract.learned.pieces import Pieces
from training.proposer.examples import Labels, Window, make_windows
from training.proposer.gold import Sample, make_sample
from training.proposer.swaps import name_pool, swap_names

SENTENCES = [(-1, "Bolt is sold"), (0, "Acme buys Bolt."), (1, "Bolt, a maker, said Acme pays $5 million.")]
EVENT: dict[str, Any] = {
    "type": "Acquisition",
    "s": 0,
    "trigger": "buys",
    "also": [1],
    "roles": [
        {"role": "acquirer", "text": "Acme", "s": 0, "entity": "Acme"},
        {"role": "target", "text": "Bolt", "s": 0, "entity": "Bolt"},
        {"role": "price", "text": "$5 million", "s": 1, "value": {"amount": 5000000}},
    ],
    "said_by": [{"text": "Bolt", "s": 1, "entity": "Bolt"}],
    "status": "happened",
}
ENTITIES = [
    {"name": "Acme", "kind": "Organization", "aliases": []},
    {"name": "Bolt", "kind": "Organization", "aliases": []},
    {"name": "Rome", "kind": "Place", "aliases": []},
]
GOLD: dict[str, Any] = {"id": "a1", "events": [EVENT], "entities": ENTITIES}
LABELS = Labels(
    ("Acquisition", "Layoffs"),
    ("acquirer", "price", "said_by", "target"),
    ("happened", "planned"),
    {"Acquisition": frozenset({"acquirer", "price", "said_by", "target"}), "Layoffs": frozenset({"said_by"})},
)
NONE = len(LABELS.types)


class WholeWords:
    """Makes one piece of each word."""

    def split(self, words: list[str]) -> Pieces:
        return Pieces(tuple((10 + number,) for number in range(len(words))), 1, 2)


@pytest.fixture
def sample() -> Sample:
    return make_sample("a1", SENTENCES, [EVENT])


@pytest.fixture
def window(sample: Sample) -> Window:
    (found,) = make_windows(sample, WholeWords(), LABELS)  # type: ignore[arg-type]
    return found


def said(sample: Sample, words: tuple[int, ...]) -> str:
    return " ".join(sample.words[word] for word in words)


def test_trigger_and_fillers_are_found_as_words(sample: Sample) -> None:
    (event,) = sample.events
    assert said(sample, event.trigger) == "buys"
    assert [(role, said(sample, words)) for role, words in event.roles] == [
        ("acquirer", "Acme"),
        ("target", "Bolt"),
        ("price", "$ 5 million"),
        ("said_by", "Bolt"),
    ]


def test_a_filler_that_stands_twice_is_the_one_near_the_trigger() -> None:
    sentences = [(-1, ""), (0, "Acme grew before Acme buys Bolt.")]
    event = EVENT | {"roles": EVENT["roles"][:1], "also": [], "said_by": []}
    found = make_sample("a1", sentences, [event])
    assert found.events[0].roles == (("acquirer", (3,)),)


def test_rows_number_the_sentences_with_the_title_first(sample: Sample) -> None:
    assert [sample.words[sample.rows.index(row)] for row in (0, 1, 2)] == ["Bolt", "Acme", "Bolt"]
    assert sample.events[0].also == (2,)


def test_the_trigger_is_settled_and_other_words_of_its_sentence_are_none(sample: Sample, window: Window) -> None:
    trigger = sample.words.index("buys")
    assert window.accepted[trigger] == (0,)
    assert window.accepted[trigger + 1] == (NONE,)


def test_sentences_that_tell_again_may_be_taken_either_way(sample: Sample, window: Window) -> None:
    said_at = sample.words.index("said")
    assert window.accepted[said_at] == (0, NONE)
    assert [kind for kind, _ in window.told] == [0]


def test_an_optional_event_asks_for_nothing() -> None:
    optional = make_sample("a1", SENTENCES, [EVENT | {"optional": True}])
    (window,) = make_windows(optional, WholeWords(), LABELS)  # type: ignore[arg-type]
    assert window.told == ()
    assert window.accepted[optional.words.index("buys")] == (0, NONE)


def test_a_question_is_asked_of_each_event(sample: Sample, window: Window) -> None:
    (question,) = window.questions
    assert (question.type, question.status) == (0, 0)
    assert {(sample.words[word], LABELS.roles[role]) for word, role in question.fillers} >= {
        ("Acme", "acquirer"),
        ("Bolt", "target"),
        ("million", "price"),
    }


def test_names_are_exchanged_everywhere_alike() -> None:
    pool = {"Organization": [("Zeta Group", "Zeta")]}
    sentences, events = swap_names(SENTENCES, GOLD, pool, random.Random(1), 1.0)
    assert sentences[1] == (0, "Zeta Group buys Zeta Group.")
    assert [role["text"] for role in events[0]["roles"]] == ["Zeta Group", "Zeta Group", "$5 million"]
    assert make_sample("a1", sentences, events).events[0].roles


def test_no_name_is_exchanged_when_none_is_asked_for() -> None:
    assert swap_names(SENTENCES, GOLD, {"Organization": [("Zeta", "Zeta")]}, random.Random(1), 0.0) == (
        SENTENCES,
        [EVENT],
    )


def test_the_pool_has_names_of_companies_and_people_only() -> None:
    assert name_pool([GOLD]) == {"Organization": [("Acme", "Acme"), ("Bolt", "Bolt")], "Person": []}
