from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.iris import DEFAULT_BASE, FACT, KG, MERGED, Iris
from kg.model import Kind, Knowledge, RoleFiller, Status, Value, ValueKind
from kg.ontology import Ontology, load_ontology
from kg.rdf import read_knowledge, to_quads
from kg.rdf.terms import KIND_CLASSES, QUANTITY_CLASSES, number, rate, text
from kg.resources import ontology_folder
from tests.knowledge import BUILDING, BUYING, DEAL, DENIED, FOODS, PLANT, SALE, sample_knowledge, span


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology([ontology_folder()])


@pytest.fixture(scope="module")
def quads(ontology: Ontology) -> list[Quad]:
    return list(to_quads(sample_knowledge(), ontology))


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=Iris().prefixes(), use_default_graph_as_union=True))


def without_texts(knowledge: Knowledge) -> Knowledge:
    return replace(knowledge, articles=tuple(replace(article, text="", clean="") for article in knowledge.articles))


def test_what_is_written_reads_back(store: Store) -> None:
    assert read_knowledge(store) == without_texts(sample_knowledge())


def test_the_order_of_quads_does_not_matter_to_the_reader(quads: list[Quad]) -> None:
    assert read_knowledge(reversed(quads)) == read_knowledge(quads)


def test_nothing_reads_back_from_nothing() -> None:
    assert read_knowledge([]) == Knowledge()


@pytest.mark.parametrize(
    "pattern",
    [
        "ent:norvik-motors kg:builds ?f . ?f kg:locatedIn ent:gothenburg",
        f"evt:{BUILDING} a kg:FacilityConstruction, kg:FacilityEvent, kg:Event, sem:Event",
        f"evt:{BUILDING} kg:agent ent:norvik-motors ; sem:hasActor ent:norvik-motors ; sem:hasPlace ent:gothenburg",
        f"evt:{BUILDING} kg:status fact:ongoing ; kg:hasConflict true",
        f'evt:{BUILDING} kg:quantity [ kg:role "capacity" ; schema:value 300000 ; schema:unitText "battery pack" ; '
        'kg:per "P1Y"^^xsd:duration ; kg:text "300,000 battery packs a year" ]',
        '?e kg:quantity [ a schema:MonetaryAmount ; kg:role "price" ; schema:value 1500000000 ; '
        'schema:currency "USD" ; kg:bound "about" ; kg:currencyAssumed true ]',
        f"?c kg:claims evt:{BUILDING} ; kg:factuality fact:happened ; kg:inHeadline true ; kg:evidence/nif:anchorOf ?s",
        f"?c kg:claims evt:{BUILDING} ; prov:wasAttributedTo ent:gothenburg-city-council",
        f"?c kg:claims evt:{BUILDING} ; prov:hadPrimarySource doc:{PLANT}",
        '?c prov:wasGeneratedBy ?r . ?r rdfs:label "frame:FacilityConstruction/verb/building"',
        '?c prov:wasAttributedTo [ a prov:Agent ; rdfs:label "analysts" ] ; kg:sourceText "analysts"',
        '?e a kg:ExecutiveAppointment ; kg:position "chief executive"',
        f'evt:{BUYING} kg:edtf "2025-11-20" ; sem:hasLatestEndTimeStamp "2025-11-20"^^xsd:date',
        f'doc:{FOODS} schema:datePublished "2025-08" ; schema:mentions ent:lisbon',
        "ent:norvik-battery-division a org:OrganizationalUnit ; org:unitOf ent:norvik-motors",
    ],
)
def test_the_graph_answers_in_the_words_of_the_design(store: Store, pattern: str) -> None:
    assert ask(store, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "ent:norvik-motors kg:builds ent:norvik-second-plant-poland",
        "ent:norvik-motors kg:acquired|kg:plansToAcquire ?x",
        "ent:orla-foods kg:mergedWith|kg:plansToMergeWith ?x",
        "ent:norvik-motors kg:competesWith ?x",
        "?x owl:sameAs ?y",
    ],
)
def test_what_is_not_known_makes_no_edge(store: Store, pattern: str) -> None:
    assert not ask(store, f"{pattern}".replace("owl:sameAs", "<http://www.w3.org/2002/07/owl#sameAs>"))


def test_a_relation_between_equals_holds_both_ways(store: Store) -> None:
    assert ask(
        store, "ent:orla-foods kg:partnersWith ent:norvik-motors . ent:norvik-motors kg:partnersWith ent:orla-foods"
    )


def test_the_title_is_a_context_of_its_own_with_offsets_from_its_start(store: Store) -> None:
    assert ask(
        store,
        f"?c kg:inHeadline true ; kg:evidence ?m . ?m nif:referenceContext <{DEFAULT_BASE}doc/{PLANT}-title> ; "
        'nif:beginIndex 0 ; nif:endIndex 53 ; nif:anchorOf "Norvik Motors has built a battery plant in Gothenburg"',
    )


def test_an_edge_tells_the_events_it_comes_from(store: Store) -> None:
    assert ask(
        store,
        "?edge rdf:subject ent:tessaly ; rdf:predicate kg:acquired ; rdf:object ent:halden-cells ; "
        f"prov:wasDerivedFrom evt:{BUYING}",
    )


def test_each_article_has_a_graph_and_what_is_merged_another(store: Store) -> None:
    names = {graph.value.removeprefix(f"{DEFAULT_BASE}graph/") for graph in store.named_graphs()}
    assert names == {PLANT, DEAL, SALE, FOODS, MERGED}


def test_an_articles_graph_stays_the_same_when_another_article_goes(ontology: Ontology, quads: list[Quad]) -> None:
    knowledge = sample_knowledge()
    foods = [event for event in knowledge.events if event.claims[0].article == FOODS]
    alone = replace(
        knowledge,
        articles=tuple(article for article in knowledge.articles if article.key == FOODS),
        entities=tuple(replace(e, articles=(FOODS,)) for e in knowledge.entities if FOODS in e.articles),
        events=tuple(foods),
        edges=(),
    )
    graph = NamedNode(Iris().graph(FOODS))
    assert {q for q in to_quads(alone, ontology) if q.graph_name == graph} == {
        q for q in quads if q.graph_name == graph
    }


def test_a_denial_is_a_claim_of_negative_polarity(store: Store) -> None:
    assert ask(store, f'?c kg:claims evt:{DENIED} ; kg:polarity "negative" ; kg:factuality fact:denied')


def test_no_blank_nodes_are_written(quads: list[Quad]) -> None:
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert all("BlankNode" not in type(quad.object).__name__ for quad in quads)


def test_another_base_moves_all_data(ontology: Ontology) -> None:
    quads = list(to_quads(sample_knowledge(), ontology, base="https://kg.example/"))
    known = ("https://kg.example/", KG, FACT)
    assert all(quad.subject.value.startswith(known) for quad in quads)
    assert all(quad.graph_name.value.startswith("https://kg.example/graph/") for quad in quads)


def test_the_same_number_from_two_articles_is_one_node(ontology: Ontology) -> None:
    knowledge = sample_knowledge()
    event = next(event for event in knowledge.events if event.id == BUYING)
    old = next(filler for filler in event.roles if filler.role == "price")
    assert old.value is not None
    other = RoleFiller("price", SALE, span(SALE, "Thursday"), value=replace(old.value, text="$1.5 bn"))
    twice = replace(knowledge, events=(replace(event, roles=(*event.roles, other)),), edges=())
    nodes = {quad.object for quad in to_quads(twice, ontology) if quad.predicate == NamedNode(f"{KG}quantity")}
    assert len(nodes) == 1
    store = Store()
    store.extend(to_quads(twice, ontology))
    assert read_knowledge(store).events[0].roles == twice.events[0].roles


@pytest.mark.parametrize(
    "value",
    [
        Value(ValueKind.MONEY, "$5 to $7 billion", Decimal(5 * 10**9), maximum=Decimal(7 * 10**9), currency="USD"),
        Value(ValueKind.MONEY, "$57.34 a share", Decimal("57.34"), currency="USD", currency_assumed=True, per="share"),
        Value(ValueKind.COUNT, "thousands of stores", None, unit="store"),
        Value(ValueKind.COUNT, "12 weeks' output", Decimal(12), per="P1W"),
        Value(ValueKind.PERCENT, "0.10 percent", Decimal("0.10"), bound="about", direction="up"),
        Value(ValueKind.PERIOD, "the third quarter", edtf="2025-35"),
        Value(ValueKind.PHRASE, "a “quoted”\n\x00 phrase \u2028 小米"),
        Value(ValueKind.QUANTITY, "ten trillion trillion grains", Decimal("1E+25"), unit="grain"),
    ],
)
def test_every_kind_of_value_reads_back(ontology: Ontology, value: Value) -> None:
    knowledge = sample_knowledge()
    event = knowledge.events[0]
    filler = RoleFiller("price", DEAL, span(DEAL, "billion"), value=value)
    changed = replace(knowledge, events=(replace(event, roles=(filler,)),), edges=())
    store = Store()
    store.extend(to_quads(changed, ontology))
    assert read_knowledge(store).events[0].roles == (filler,)


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"), [("1.10", "1.1", "decimal"), ("2.0", "2", "integer"), ("1E+3", "1000", "integer")]
)
def test_numbers_are_written_in_one_form(value: str, lexical: str, datatype: str) -> None:
    literal = number(Decimal(value))
    assert (literal.value, literal.datatype.value.rpartition("#")[2]) == (lexical, datatype)


@pytest.mark.parametrize(
    ("per", "datatype"), [("P1Y", "duration"), ("P12M", "string"), ("P1W", "string"), ("share", "string")]
)
def test_only_durations_that_survive_a_store_are_typed(per: str, datatype: str) -> None:
    assert rate(per).datatype.value.endswith(f"#{datatype}")


def test_half_a_character_does_not_break_the_graph() -> None:
    assert text("a\ud800b").value == "a?b"


def test_the_classes_written_are_those_the_ontology_promises() -> None:
    store = Store()
    store.load(path=str(ontology_folder() / "corporate-events.ttl"))
    rows = store.query(
        "SELECT ?kind ?class { ?kind kg:writtenAs/rdf:rest*/rdf:first ?class }", prefixes=Iris().prefixes()
    )
    promised: dict[str, set[str]] = {}
    for row in rows:
        promised.setdefault(row["kind"].value.removeprefix(KG), set()).add(row["class"].value)
    prefixes = Iris().prefixes()
    written = {kind.value: set(classes) for kind, classes in KIND_CLASSES.items()}
    written |= {kind.value: {class_} for kind, class_ in QUANTITY_CLASSES.items()}
    expanded = {
        kind: {prefixes[c.split(":")[0]] + c.split(":")[1] for c in classes} for kind, classes in written.items()
    }
    assert expanded == promised


def test_every_kind_of_entity_reads_back(ontology: Ontology) -> None:
    entities = tuple(replace(sample_knowledge().entities[0], id=kind.name.lower(), kind=kind) for kind in sorted(Kind))
    store = Store()
    store.extend(to_quads(replace(sample_knowledge(), entities=entities, events=(), edges=()), ontology))
    assert {e.id: e.kind for e in read_knowledge(store).entities} == {e.id: e.kind for e in entities}


def test_every_status_reads_back(ontology: Ontology) -> None:
    knowledge = sample_knowledge()
    for status in Status:
        changed = replace(knowledge, events=(replace(knowledge.events[0], status=status),), edges=())
        assert read_knowledge(to_quads(changed, ontology)).events[0].status is status
