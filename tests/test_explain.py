import pytest

from kg.errors import UsageError
from kg.explain import explain, explanation_text, local_name_of
from kg.iris import Iris
from kg.model import Knowledge
from tests.knowledge import BUILDING, BUYING, S_BUY, sample_knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return sample_knowledge()


def ids(knowledge: Knowledge, *words: str) -> list[str]:
    return [row["id"] for row in explain(knowledge, Iris(), words)]


@pytest.mark.parametrize("name", [BUYING, f"evt:{BUYING}", Iris().event(BUYING), f"<{Iris().event(BUYING)}>"])
def test_an_event_is_found_by_its_id_in_any_form(knowledge: Knowledge, name: str) -> None:
    assert ids(knowledge, name) == [BUYING]


@pytest.mark.parametrize("words", [["Halden Cells"], ["halden", "cells"], ["ent:halden-cells"]])
def test_an_entity_gives_all_events_it_takes_part_in(knowledge: Knowledge, words: list[str]) -> None:
    assert BUYING in ids(knowledge, *words)
    assert BUILDING not in ids(knowledge, *words)


@pytest.mark.parametrize("as_one", [True, False])
def test_an_edge_gives_the_events_behind_it(knowledge: Knowledge, as_one: bool) -> None:
    edge = next(edge for edge in knowledge.edges if edge.events)
    words = [f"ent:{edge.subject}", f"kg:{edge.predicate}", Iris().entity(edge.object)]
    assert ids(knowledge, *([" ".join(words)] if as_one else words)) == sorted(edge.events)


def test_a_row_tells_sentence_place_article_source_rule_and_confidence(knowledge: Knowledge) -> None:
    row = explain(knowledge, Iris(), [BUYING])[0]
    claim = next(claim for claim in row["claims"] if claim["sentence"] == S_BUY)
    assert claim["end"] - claim["start"] == len(S_BUY)
    assert claim["said_by"] == ["Tessaly"]
    assert {"article", "title", "date", "rule", "confidence", "status", "cue", "trigger"} <= claim.keys()
    assert {role["role"] for role in row["roles"]} >= {"acquirer", "target", "price"}


def test_the_text_tells_the_same_to_people(knowledge: Knowledge) -> None:
    text = explanation_text(explain(knowledge, Iris(), [BUYING]))
    assert f"“{S_BUY}”" in text
    assert "said by     Tessaly" in text
    assert f"evt:{BUYING}" in text


def test_places_in_a_title_are_counted_from_its_start(knowledge: Knowledge) -> None:
    rows = [row for event in knowledge.events for row in explain(knowledge, Iris(), [event.id])]
    lines = [line.split() for line in explanation_text(rows).splitlines() if line.startswith("    title ")]
    assert lines
    assert {words[1] for words in lines} == {"0"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Haldn Cells"], "near: Halden Cells"),
        (["Nothing at all like it"], "kg query OUT support"),
        ([""], "no event or entity of this name"),
        (["Tessaly", "kg:builds", "Halden Cells"], "between the two there is kg:"),
        (["Tessaly", "kg:acquired", "Nobody"], "no event or entity of this name"),
        (["Orla Foods", "kg:acquired", "Lisbon"], "kg query OUT evidence"),
    ],
)
def test_what_is_not_known_is_told_with_what_is_near(knowledge: Knowledge, words: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        explain(knowledge, Iris(), words)
    assert message in str(caught.value)


def test_local_names_are_taken_out_of_every_form() -> None:
    names = ("x-1", "ent:x-1", "https://example.org/entity/x-1", "<https://example.org/ns#x-1>", " x-1 ")
    assert {local_name_of(name) for name in names} == {"x-1"}
