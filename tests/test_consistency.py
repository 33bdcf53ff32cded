"""What several files say of the schema must agree: class = shape = frame = what is written = alignment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from knowledge import sample_knowledge
from rdflib import OWL, RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from kg.frames import Frame, load_frames
from kg.iris import KG, VOCABULARIES
from kg.model import ValueKind
from kg.ontology import EventType, Ontology, load_ontology
from kg.rdf import terms, to_quads
from kg.resources import ontology_folder

SH = Namespace("http://www.w3.org/ns/shacl#")
FIBO = "https://spec.edmcouncil.org/fibo/ontology/"
NUMBERS = {ValueKind.MONEY, ValueKind.PERCENT, ValueKind.COUNT, ValueKind.QUANTITY}
TYPES = sorted(load_ontology([ontology_folder()]).types)
EXAMPLES, COUNTEREXAMPLES = 3, 2


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ontology_folder() / "shapes.ttl")


@pytest.fixture(scope="module")
def declared() -> set[str]:
    graph = Graph().parse(ontology_folder() / "corporate-events.ttl")
    return {str(subject) for subject in graph.subjects(RDF.type) if isinstance(subject, URIRef)}


# ---- class = shape


def properties(shapes: Graph, type_: str) -> Iterator[URIRef]:
    """Yield the properties that the shape of a type allows: those of its paths that are plain."""
    for shape in shapes.objects(URIRef(f"{KG}{type_}Shape"), SH.property):
        path = shapes.value(shape, SH.path)
        if isinstance(path, URIRef):
            yield path


def numbers(found: EventType) -> set[str]:
    return {role.id for role in found.roles if NUMBERS & set(role.kinds)}


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_has_a_shape_named_after_it_that_targets_it(shapes, type_):
    assert list(shapes.objects(URIRef(f"{KG}{type_}Shape"), SH.targetClass)) == [URIRef(KG + type_)]


@pytest.mark.parametrize("type_", TYPES)
def test_a_shape_allows_the_roles_of_its_type_and_no_others(shapes, ontology, type_):
    shape = URIRef(f"{KG}{type_}Shape")
    allowed = {str(path).removeprefix(KG) for path in properties(shapes, type_)}
    assert bool(shapes.value(shape, SH.closed))
    assert allowed == ontology.types[type_].role_names


@pytest.mark.parametrize("type_", TYPES)
def test_a_shape_allows_numbers_for_the_roles_that_numbers_fill(shapes, ontology, type_):
    lists = [shapes.value(shape, SH["in"]) for shape in shapes.objects(URIRef(f"{KG}{type_}Shape"), SH.property)]
    named = {str(item) for head in lists if head for item in Collection(shapes, head)}
    assert named == numbers(ontology.types[type_])


def test_no_shape_is_left_over_from_a_type_that_is_gone(shapes, ontology, declared):
    targets = {str(target) for target in shapes.objects(None, SH.targetClass) if str(target).startswith(KG)}
    assert targets <= declared


def test_a_role_is_filled_by_the_same_kinds_in_shapes_and_classes(shapes, ontology):
    for name in ontology.roles:
        own = {
            kind for found in ontology.types.values() for role in found.roles if role.id == name for kind in role.kinds
        }
        shape = next(shape for shape in shapes.subjects(SH.path, URIRef(KG + name)) if is_filling(shapes, shape))
        assert written(ontology, allowed_kinds(shapes, shape)) == written(ontology, own), name


def kinds_of(ontology: Ontology, name: str) -> set[str]:
    """Return the kinds that fill a role in any type."""
    roles = (role for found in ontology.types.values() for role in found.roles if role.id == name)
    return {kind for role in roles for kind in role.kinds}


def is_filling(shapes: Graph, shape: URIRef) -> bool:
    return bool(shapes.value(shape, SH["or"]) or shapes.value(shape, SH.node))


def allowed_kinds(shapes: Graph, shape: URIRef) -> set[str]:
    head = shapes.value(shape, SH["or"])
    items = list(Collection(shapes, head)) if head else [shapes.value(shape, SH.node)]
    return {str(item).removeprefix(KG + "is") for item in items}


def written(ontology: Ontology, kinds: set[str]) -> set[str]:
    """Return the main classes that kinds are written with; kinds without a class are literals."""
    return {ontology.classes.get(kind, ("literal",))[0] for kind in kinds}


def test_the_statuses_of_the_shapes_are_those_of_the_program(shapes, ontology):
    listed = [str(item).removeprefix(VOCABULARIES["fact"]) for item in Collection(shapes, URIRef(KG + "statuses"))]
    assert listed == list(ontology.statuses)


# ---- class = what is written


def test_every_term_that_is_written_is_declared(ontology, declared):
    written_terms = {
        term.value
        for quad in to_quads(sample_knowledge(), ontology)
        for term in (quad.predicate, quad.object)
        if getattr(term, "value", "").startswith((KG, VOCABULARIES["fact"]))
    }
    assert written_terms
    assert written_terms <= declared


def test_entities_are_written_with_the_classes_of_the_ontology(ontology):
    for kind, classes in terms.KIND_CLASSES.items():
        assert ontology.classes[kind] == tuple(terms.name(curie).value for curie in classes), kind


def test_numbers_are_written_with_the_classes_of_the_ontology(ontology):
    for kind, curie in terms.QUANTITY_CLASSES.items():
        assert ontology.classes[kind][0] == terms.name(curie).value, kind


# ---- class = alignment


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return Graph().parse(ontology_folder() / "alignments.ttl")


def test_alignments_speak_only_of_terms_that_exist(alignments, declared):
    assert {str(subject) for subject in alignments.subjects()} <= declared


def test_fourteen_types_are_aligned_with_fibo(alignments, ontology):
    aligned = {str(subject).removeprefix(KG) for subject, target in alignments.subject_objects() if FIBO in str(target)}
    assert len(aligned & set(ontology.types)) == 14


def test_nothing_is_declared_the_same_as_something_else(alignments):
    assert not list(alignments.triples((None, OWL.sameAs, None)))


# ---- class = frame


@pytest.fixture(scope="module")
def frames(ontology) -> dict[str, Frame]:
    return {frame.type: frame for frame in load_frames(ontology, [ontology_folder()])}


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_has_a_frame_with_triggers_examples_and_counterexamples(frames, type_):
    frame = frames[type_]
    assert frame.triggers
    assert len(frame.examples) >= EXAMPLES
    assert len(frame.counterexamples) >= COUNTEREXAMPLES
