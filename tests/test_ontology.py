from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import yaml

from kg.errors import OntologyError
from kg.model import Kind, Status, ValueKind
from kg.ontology import Ontology, load_ontology, reference
from kg.resources import ontology_folder

ROOT = Path(__file__).parent.parent
TAXONOMY = ROOT.parent / "shared" / "schema" / "taxonomy.yaml"
PREFIXES = """
@prefix kg: <https://w3id.org/corporate-events/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
GROUP = 'kg:SportEvent a kg:EventGroup ; rdfs:label "Sport" ; skos:definition "Games." .\n'
ROLES = """
kg:club a kg:Role ; rdfs:label "club" ; skos:definition "Who plays." ; kg:filledBy ( kg:Organization ) .
kg:place a kg:Role ; rdfs:label "place" ; skos:definition "Where." ; kg:filledBy ( kg:Place ) .
kg:amount a kg:Role ; rdfs:label "amount" ; skos:definition "How much." ; kg:filledBy ( kg:Money ) .
"""
EDGE = 'kg:beat a kg:Shortcut ; rdfs:label "beat" ; skos:definition "Won against." .\n'
MATCH = """
kg:Match a kg:EventType ; rdfs:subClassOf kg:SportEvent ; rdfs:label "Match" ; skos:definition "A game." ;
    kg:roles ( kg:club ) ; kg:identityRoles ( kg:club ) ;
    kg:shortcutSubject kg:club ; kg:shortcutObject kg:club ; kg:shortcutPredicate kg:beat .
"""
SHAPE = """
kg:MatchShape sh:targetClass kg:Match ; sh:property [ sh:path kg:club ; sh:minCount 1 ; sh:severity sh:Warning ] .
"""
SOUND = PREFIXES + GROUP + ROLES + EDGE + MATCH + SHAPE


def load(folder: Path, turtle: str) -> Ontology:
    (folder / "own.ttl").write_text(turtle, encoding="utf-8")
    return load_ontology([folder])


# ---- the ontology that comes with the program


@pytest.fixture(scope="module")
def taxonomy() -> dict[str, dict]:
    if not TAXONOMY.exists():
        pytest.skip("the taxonomy is not beside this checkout")
    return yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))


def test_groups_and_types_are_those_of_the_taxonomy_in_its_order(ontology, taxonomy):
    expected = [(group["id"], row["id"]) for group in taxonomy["groups"] for row in group["types"]]
    assert [(found.group, found.id) for found in ontology.types.values()] == expected
    assert [group["id"] for group in taxonomy["groups"]] == list(ontology.groups)


def test_each_type_has_the_roles_of_the_taxonomy_in_its_order(ontology, taxonomy):
    for row in (row for group in taxonomy["groups"] for row in group["types"]):
        expected = list(dict.fromkeys(role.strip("[]") for role in row["roles"]))
        assert [role.id for role in ontology.types[row["id"]].roles][: len(expected)] == expected


def test_optional_roles_of_the_taxonomy_are_not_required(ontology, taxonomy):
    for row in (row for group in taxonomy["groups"] for row in group["types"]):
        optional = {role.strip("[]") for role in row["roles"] if role.startswith("[")}
        assert not optional & set(ontology.types[row["id"]].required), row["id"]


def test_direct_edges_are_those_of_the_taxonomy(ontology, taxonomy):
    for row in (row for group in taxonomy["groups"] for row in group["types"]):
        edge, expected = ontology.types[row["id"]].shortcut, row["shortcut"]
        assert (edge is None) == (expected is None), row["id"]
        if edge and expected:
            assert (edge.predicate, edge.planned) == (expected["pred"], expected.get("planned"))
            assert (edge.subject, edge.object) == (expected["s"], expected["o"])


def test_statuses_are_those_of_the_taxonomy(ontology, taxonomy):
    assert list(ontology.statuses) == [row["id"] for row in taxonomy["factuality"]]


def test_the_ontology_has_twelve_groups_and_sixty_two_types(ontology):
    assert (len(ontology.groups), len(ontology.types), len(ontology.statuses)) == (12, 62, len(Status))


def test_every_type_may_have_a_place_and_an_amount_once(ontology):
    for found in ontology.types.values():
        names = [role.id for role in found.roles]
        assert names.count("place") == names.count("amount") == 1, found.id


def test_every_type_requires_a_role_that_an_entity_fills(ontology):
    for found in ontology.types.values():
        kinds = {kind for role in found.roles if role.id in found.required for kind in role.kinds}
        assert kinds & set(Kind), found.id


def test_identity_rests_on_roles_that_entities_can_fill(ontology):
    words = {"metric", "position"}  # told apart by its words: revenue guidance is not profit guidance
    for found in ontology.types.values():
        kinds = {role.id: set(role.kinds) for role in found.roles}
        assert all(kinds[role] & set(Kind) or role in words for role in found.identity), found.id


def test_definitions_are_sentences_and_no_two_are_alike(ontology):
    described = [*ontology.types.values(), *ontology.groups.values()]
    assert all(one.definition.endswith(".") and one.definition[0].isupper() for one in described)
    assert len({one.definition for one in described}) == len(described)


@pytest.mark.parametrize(
    ("type_", "role", "kinds"),
    [
        ("Acquisition", "price", (ValueKind.MONEY, ValueKind.QUANTITY)),
        ("Acquisition", "amount", (ValueKind.MONEY,)),
        ("InitialPublicOffering", "amount", (ValueKind.MONEY, ValueKind.COUNT, ValueKind.QUANTITY)),
        ("Guidance", "agent", (Kind.ORGANIZATION, Kind.UNIT)),
    ],
)
def test_a_type_may_narrow_or_widen_what_fills_a_role(ontology, type_, role, kinds):
    assert next(one.kinds for one in ontology.types[type_].roles if one.id == role) == kinds


def test_every_kind_of_entity_is_written_with_a_class_of_its_own(ontology):
    main = [ontology.classes[kind][0] for kind in Kind]
    assert len(set(main)) == len(Kind)


def test_the_ontology_can_be_handed_to_another_process(ontology):
    assert pickle.loads(pickle.dumps(ontology)) == ontology


def test_the_reference_in_docs_is_up_to_date(ontology):
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert page == reference(ontology), "run: python docs/reference.py"


# ---- ontologies of users


def test_a_sound_folder_loads(tmp_path):
    found = load(tmp_path, SOUND)
    assert found.types["Match"].role_names == {"club", "place", "amount"}
    assert found.types["Match"].required == ("club",)
    assert found.predicates == {"beat": "beat"}


def test_the_type_in_the_readme_loads_beside_our_own(tmp_path):
    readme = (ontology_folder() / "README.md").read_text(encoding="utf-8")
    (tmp_path / "own.ttl").write_text(re.search(r"```turtle\n(.*?)```", readme, re.DOTALL)[1], encoding="utf-8")
    found = load_ontology([ontology_folder(), tmp_path])
    assert len(found.types) == 63
    assert found.types["Sponsorship"].shortcut.predicate == "sponsors"


def test_a_type_that_names_no_identity_is_told_apart_by_its_first_role(tmp_path):
    assert load(tmp_path, SOUND.replace("kg:identityRoles ( kg:club ) ;", "")).types["Match"].identity == ("club",)


def test_labels_in_other_languages_are_passed_over(tmp_path):
    turtle = SOUND.replace('rdfs:label "Match"', 'rdfs:label "Spiel"@de, "Match"@en')
    assert load(tmp_path, turtle).types["Match"].label == "Match"


FAULTS = {
    "Match must be a subclass of one group; it is a subclass of MusicEvent": (
        'kg:SportEvent ; rdfs:label "Match"',
        'kg:MusicEvent ; rdfs:label "Match"',
    ),
    "Match has no rdfs:label": ('rdfs:label "Match" ; ', ""),
    "Match has no skos:definition": ('skos:definition "A game." ;', ""),
    "SportEvent has no rdfs:label": ('rdfs:label "Sport" ; ', ""),
    "Match lists goals, which is not declared as a role": ("kg:roles ( kg:club )", "kg:roles ( kg:club kg:goals )"),
    "Match must have kg:roles once; it has it 0 times": ("kg:roles ( kg:club ) ;", ""),
    "Match has the identity role coach, which it lacks": ("identityRoles ( kg:club )", "identityRoles ( kg:coach )"),
    "its direct edge names the role winner, which it lacks": ("shortcutSubject kg:club", "shortcutSubject kg:winner"),
    "its direct edge has no kg:shortcutObject": ("kg:shortcutObject kg:club ; ", ""),
    "its direct edge beat is not declared as a kg:Shortcut": (EDGE, ""),
    "Match has no shape (sh:targetClass)": (SHAPE, ""),
    "club is filled by Team, which is not a kind": ("( kg:Organization )", "( kg:Team )"),
    "club has no kg:filledBy": ("kg:filledBy ( kg:Organization )", "kg:note 1"),
    "Match refines ball, which is not one of its roles": (
        "kg:roles ( kg:club ) ;",
        "kg:roles ( kg:club ) ; kg:refines [ kg:onRole kg:ball ; kg:filledBy ( kg:Thing ) ] ;",
    ),
    "Sport2 is a group, so its name must end in Event": ("kg:SportEvent a", "kg:Sport2 a"),
    "own.ttl: Match is declared already in own.ttl": (
        MATCH,
        MATCH + MATCH.replace("kg:Match", "<https://example.org/Match>"),
    ),
    "must be named in the namespace": ("kg:beat a", "<https://example.org/beat> a"),
    "own.ttl: cannot be read as Turtle": (MATCH, MATCH + " kg:Broken a ;; ["),
    "no file declares an event type": (MATCH, ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named(tmp_path, fault):
    old, new = FAULTS[fault]
    assert old in SOUND
    with pytest.raises(OntologyError) as error:
        load(tmp_path, SOUND.replace(old, new))
    assert fault in str(error.value)


def test_all_faults_are_named_at_once(tmp_path):
    turtle = SOUND.replace('skos:definition "A game." ;', "").replace(SHAPE, "").replace('rdfs:label "Sport" ; ', "")
    with pytest.raises(OntologyError) as error:
        load(tmp_path, turtle)
    assert all(one in str(error.value) for one in ("Match has no skos", "Match has no shape", "SportEvent has no rdfs"))


def test_a_type_declared_in_two_folders_is_a_fault(tmp_path):
    (tmp_path / "again.ttl").write_text(PREFIXES + "kg:Acquisition a kg:EventType .", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"again\.ttl: Acquisition is declared already in corporate-events\.ttl"):
        load_ontology([ontology_folder(), tmp_path])


def test_a_missing_folder_is_a_fault(tmp_path):
    with pytest.raises(OntologyError, match="absent is not a folder"):
        load_ontology([ontology_folder(), tmp_path / "absent"])


def test_blank_nodes_of_two_files_are_kept_apart(tmp_path):
    (tmp_path / "a.ttl").write_text(PREFIXES + GROUP + ROLES + EDGE + MATCH, encoding="utf-8")
    (tmp_path / "b.ttl").write_text(
        PREFIXES + "kg:MatchShape sh:targetClass kg:Match ; sh:property _:x .\n_:x sh:path kg:club .", encoding="utf-8"
    )
    (tmp_path / "c.ttl").write_text(PREFIXES + "_:x sh:minCount 1 ; sh:severity sh:Warning .", encoding="utf-8")
    assert load_ontology([tmp_path]).types["Match"].required == ()
