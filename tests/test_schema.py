import pytest

from kg.errors import UsageError
from kg.ontology import Ontology
from kg.schema import schema_rows, schema_text


def test_without_a_type_all_are_listed_under_their_groups(ontology: Ontology) -> None:
    rows = schema_rows(None)
    assert {row["id"] for row in rows} == set(ontology.types)
    text = schema_text(rows)
    assert all(f"\n{group.label}\n" in f"\n{text}" for group in ontology.groups.values())
    assert all(type_.definition in text for type_ in ontology.types.values())


@pytest.mark.parametrize("name", ["Acquisition", "acquisition", "ACQUISITION"])
def test_a_type_is_shown_in_full_whatever_its_capitals(name: str) -> None:
    (row,) = schema_rows(name)
    assert row["id"] == "Acquisition"
    assert {role["role"] for role in row["roles"] if role["required"]} == {"acquirer", "target"}
    assert row["edges"] == ["acquired", "plansToAcquire"]
    assert len(row["examples"]) >= 3
    assert len(row["counterexamples"]) >= 2


def test_the_text_of_a_type_tells_roles_triggers_and_examples() -> None:
    text = schema_text(schema_rows("Acquisition"))
    for words in ("acquirer", "needed", "kg:plansToAcquire", "verb", "noun", "  + ", "  - "):
        assert words in text


@pytest.mark.parametrize(
    ("name", "near"), [("Aquisition", "did you mean Acquisition"), ("merge", "Merger"), ("zzz", "kg schema lists all")]
)
def test_an_unknown_type_is_told_with_near_ones(name: str, near: str) -> None:
    with pytest.raises(UsageError, match=near):
        schema_rows(name)
