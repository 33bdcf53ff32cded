"""The article that the first design was drawn from. Its text is not ours to give away: without a copy, all skip."""

from pathlib import Path

import pytest

from kg import pipeline
from kg.extract.extractor import Extractor
from kg.graph import Graph, open_graph
from kg.iris import local_name

SEED = Path(__file__).resolve().parents[2] / "shared" / "gold" / "seed" / "articles.json"

pytestmark = [pytest.mark.model, pytest.mark.skipif(not SEED.exists(), reason="the seed article is not here")]


@pytest.fixture(scope="module")
def seed(shipped: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    out: Path = tmp_path_factory.mktemp("seed") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "open_extractor", lambda *_: shipped)
        pipeline.build([str(SEED)], out)
    return open_graph(out)


def pairs(graph: Graph, text: str) -> list[tuple[str, ...]]:
    return [tuple(local_name(getattr(term, "value", "")) for term in row) for row in graph.query(text).rows]


def test_one_line_of_sparql_tells_who_builds_what_where(seed: Graph) -> None:
    found = pairs(seed, "SELECT ?who ?what ?where { ?who kg:builds ?what . ?what kg:locatedIn ?where }")
    factories = [(who, where) for who, what, where in found if "factory" in what]
    assert ("xiaomi", "beijing") in factories


def test_the_factory_is_built_and_not_opened_whatever_the_headline_says(seed: Graph) -> None:
    assert [what for (what,) in pairs(seed, "SELECT ?what { ?who kg:opened ?what }") if "factory" in what] == []


def test_automakers_that_already_exist_are_no_one_s_rivals(seed: Graph) -> None:
    ends = {name for edge in seed.knowledge.edges for name in (edge.subject, edge.object)}
    labels = {entity.label for entity in seed.knowledge.entities if entity.id in ends}
    assert [label for label in labels if "automaker" in label.casefold() or "carmaker" in label.casefold()] == []


def test_a_headline_that_stands_four_times_is_one_event(seed: Graph) -> None:
    opened = [
        event
        for event in seed.events()
        if event.type in ("FacilityConstruction", "FacilityOpening")
        and any(filler.entity and "factory" in filler.entity for filler in event.roles)
    ]
    assert len(opened) == 1


def test_a_figure_of_speech_is_no_event(seed: Graph) -> None:
    sentences = [claim.sentence.text for event in seed.events() for claim in event.claims]
    assert [sentence for sentence in sentences if "next big focal point" in sentence] == []


def test_the_seed_conforms_to_the_shapes(seed: Graph) -> None:
    assert seed.validate().conforms
