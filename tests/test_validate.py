from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import OntologyError
from kg.iris import KG, MERGED, VOCABULARIES, Iris
from kg.model import Kind, Knowledge
from kg.ontology import Ontology, load_ontology
from kg.rdf import to_quads
from kg.resources import ontology_folder
from kg.store import GraphStore
from kg.validate import Report, Severity, validate
from tests.knowledge import BUYING, PLANT, sample_knowledge

CLAIM = f"c{PLANT}-2"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology([ontology_folder()])


@pytest.fixture(scope="module")
def quads(ontology: Ontology) -> list[Quad]:
    return list(to_quads(sample_knowledge(), ontology))


def check(quads: Iterable[Quad]) -> Report:
    return validate(GraphStore.of(quads))


def test_the_sample_conforms_without_a_word(quads: list[Quad]) -> None:
    assert check(quads) == Report(True, ())


def test_an_empty_graph_conforms(ontology: Ontology) -> None:
    assert check(to_quads(Knowledge(), ontology)).conforms


@pytest.mark.parametrize("predicate", ["evidence", "factuality", "confidence", "claims"])
def test_a_claim_needs_all_its_parts(quads: list[Quad], predicate: str) -> None:
    claim, missing = Iris().claim(CLAIM), NamedNode(KG + predicate)
    report = check(quad for quad in quads if (quad.subject.value, quad.predicate) != (claim, missing))
    assert not report.conforms
    assert f"clm:{CLAIM}" in {finding.node for finding in report.of(Severity.VIOLATION)}


def test_a_finding_reads_as_a_sentence(quads: list[Quad]) -> None:
    claim, missing = Iris().claim(CLAIM), NamedNode(f"{KG}evidence")
    report = check(quad for quad in quads if (quad.subject.value, quad.predicate) != (claim, missing))
    assert [str(finding) for finding in report.findings] == [f"violation: clm:{CLAIM}: A claim shows its sentence."]


def test_evidence_without_words_is_a_violation(quads: list[Quad]) -> None:
    anchor = NamedNode(VOCABULARIES["nif"] + "anchorOf")
    assert not check(quad for quad in quads if quad.predicate != anchor).conforms


def test_a_role_that_the_article_leaves_open_is_a_warning(ontology: Ontology) -> None:
    knowledge = sample_knowledge()
    event = next(event for event in knowledge.events if event.id == BUYING)
    roles = tuple(filler for filler in event.roles if filler.role != "target")
    report = check(to_quads(replace(knowledge, events=(replace(event, roles=roles),), edges=()), ontology))
    assert report.conforms
    assert [(finding.node, finding.label) for finding in report.of(Severity.WARNING)] == [
        (f"evt:{BUYING}", event.label)
    ]


def test_a_role_that_the_type_has_not_is_a_violation(quads: list[Quad]) -> None:
    mint = Iris()
    event, person = NamedNode(mint.event(BUYING)), NamedNode(mint.entity("maria-costa"))
    report = check([*quads, Quad(event, NamedNode(f"{KG}plaintiff"), person, NamedNode(mint.graph(MERGED)))])
    assert [finding.value for finding in report.of(Severity.VIOLATION)] == ["ent:maria-costa"]


def test_a_filler_of_the_wrong_kind_is_found(ontology: Ontology) -> None:
    knowledge = sample_knowledge()
    entities = tuple(replace(e, kind=Kind.PLACE) if e.id == "maria-costa" else e for e in knowledge.entities)
    report = check(to_quads(replace(knowledge, entities=entities), ontology))
    assert "ent:maria-costa" in {finding.value for finding in report.findings}


def test_findings_come_worst_first_and_always_in_the_same_order(quads: list[Quad]) -> None:
    label = NamedNode(VOCABULARIES["rdfs"] + "label")
    broken = [quad for quad in quads if quad.predicate != label]
    report = check(broken)
    assert report == check(reversed(broken))
    assert len(report.findings) > 20


def test_a_folder_can_add_shapes(quads: list[Quad], tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .\n"
        "<https://x.example/Coded> a sh:NodeShape ; sh:targetClass schema:Person ; sh:severity sh:Info ;\n"
        '  sh:property [ sh:path schema:leiCode ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "No code." ] .'
    )
    report = validate(GraphStore.of(quads), folders=[tmp_path])
    assert report.conforms
    assert {finding.node for finding in report.of(Severity.INFO)} == {"ent:anna-lind", "ent:maria-costa"}


def test_faulty_shapes_are_reported(quads: list[Quad], tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("@prefix sh: <http://www.w3.org/ns/shacl#> . broken")
    with pytest.raises(OntologyError, match=r"own\.ttl: not valid Turtle"):
        validate(GraphStore.of(quads), folders=[tmp_path])


def test_literals_that_are_no_dates_are_found(quads: list[Quad]) -> None:
    mint = Iris()
    event, graph = NamedNode(mint.event(BUYING)), NamedNode(mint.graph(MERGED))
    wrong = Quad(event, NamedNode(VOCABULARIES["sem"] + "hasEarliestBeginTimeStamp"), Literal("soon"), graph)
    assert not check([*quads, wrong]).conforms
