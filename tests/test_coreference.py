"""Which mentions of an article mean the same: names, "the company", "the plant", pronouns."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.namekeys import is_acronym
from kg.model import Kind
from tests.parsing import cluster, read, word

MODEL = pytest.mark.model

SAME = [
    pytest.param("The Federal Trade Commission sued. The FTC won.", "Commission", "FTC", id="acronym"),
    pytest.param("International Business Machines hired. IBM grew.", "Business", "IBM", id="acronym of a company"),
    pytest.param("Acme Holdings hired staff. Acme grew.", "Holdings", "Acme", id="short form"),
    pytest.param("Elon Musk met Intel. Musk left.", "Elon", "Musk", id="surname"),
    pytest.param("BMW said the carmaker would grow.", "BMW", "carmaker", id="what the company is"),
    pytest.param("Renault grew. The company is based in Paris.", "Renault", "company", id="the company"),
    pytest.param("DeepMotion, a software company, was sold.", "DeepMotion", "company", id="apposition"),
    pytest.param("Bosch opened a plant. The factory will grow.", "plant", "factory", id="the factory"),
    pytest.param("Siemens said that it had grown.", "Siemens", "it", id="it"),
    pytest.param("Siemens sold its unit.", "Siemens", "its", id="its"),
    pytest.param("Elon Musk met Intel. He left.", "Musk", "He", id="he"),
    pytest.param("Bosch grew. Bosch met Siemens. It was sold.", "Bosch", "It", id="the more salient"),
    pytest.param("Alpine Bank grew. Bosch left. The bank hired staff.", "Alpine", "bank", id="what its name says"),
    pytest.param("Fenwick Research fell. Fenwick hired staff.", "Research", "Fenwick", id="a shorter name afterwards"),
    pytest.param('Siemens grew. "We hired staff," it said.', "Siemens", "We", id="we"),
]


@MODEL
@pytest.mark.parametrize(("text", "first", "then"), SAME)
def test_a_thing_is_recognised_when_it_comes_again(text: str, first: str, then: str, extractor: Extractor) -> None:
    reading = read(extractor, text)
    again = [token for token in reading.doc if token.text == then][-1]
    assert reading.cluster_at(again) is cluster(reading, first)


APART = [
    pytest.param("Bosch sued Denso.", "Bosch", "Denso", id="two names"),
    pytest.param("Siemens sued the company.", "Siemens", "company", id="subject and object of one verb"),
    pytest.param("Bosch grew. A company in Lyon failed.", "Bosch", "company", id="a company, not the company"),
    pytest.param("Elon Musk left. The company grew.", "Musk", "company", id="a person is no company"),
    pytest.param("Bosch opened a plant. The hotel closed.", "plant", "hotel", id="things of two sorts"),
    pytest.param("Bosch bought shares in the company.", "Bosch", "company", id="two in one clause"),
    pytest.param("Bosch met Siemens. The combined company grew.", "Siemens", "company", id="a company to be"),
    pytest.param("Bosch grew. The buyer was not named.", "Bosch", "buyer", id="what somebody is to another"),
    pytest.param("Bosch grew. The union met.", "Bosch", "union", id="a body of another sort"),
    pytest.param("Bosch grew. Bosch Aerospace met Denso.", "Bosch", "Aerospace", id="a firm and its arm"),
]


@MODEL
@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_different_things_stay_apart(text: str, one: str, other: str, extractor: Extractor) -> None:
    reading = read(extractor, text)
    assert cluster(reading, one) is not cluster(reading, other)


@MODEL
def test_plants_are_told_apart_by_their_places(extractor: Extractor) -> None:
    text = "Siemens will build a plant in Lyon and a plant in Leeds. The Lyon plant will make trains."
    reading = read(extractor, text)
    lyon, leeds, again = (reading.cluster_at(token) for token in reading.doc if token.text == "plant")
    assert again is lyon
    assert again is not leeds


@MODEL
def test_the_company_is_the_one_that_its_section_is_about(extractor: Extractor) -> None:
    text = (
        "Siemens grew. Siemens hired staff.\n\nSENSATEK GROUP - Sales fell. Prices rose too. The company hired staff."
    )
    assert cluster(read(extractor, text), "company").label == "SENSATEK GROUP"


@MODEL
def test_the_company_is_the_one_that_the_article_is_about(extractor: Extractor) -> None:
    text = "Siemens fell. Its plants are old. Prices rose. Experts met Bosch. The company hired staff."
    reading = read(extractor, text)
    assert cluster(reading, "company").label == "Siemens"


@MODEL
def test_another_plant_is_a_new_one(extractor: Extractor) -> None:
    reading = read(extractor, "Siemens has a plant in Lyon. It bought another plant.")
    one, other = (reading.cluster_at(token) for token in reading.doc if token.text == "plant")
    assert one is not other


@MODEL
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Bosch grew. It is expected that prices will rise.", id="it is expected that"),
        pytest.param("Bosch grew. It was not clear whether prices would rise.", id="it was not clear"),
    ],
)
def test_it_may_mean_nothing(text: str, extractor: Extractor) -> None:
    reading = read(extractor, text)
    assert reading.cluster_at(word(reading, "It")) is None


@MODEL
def test_a_pronoun_without_anything_before_it_means_nothing(extractor: Extractor) -> None:
    reading = read(extractor, "Its shares fell, Siemens said.")
    assert reading.cluster_at(word(reading, "Its")) is None


@MODEL
@pytest.mark.parametrize("group", ["The two companies", "The companies", "Both firms"])
def test_a_plural_stands_for_the_two_companies_of_the_sentence_before(group: str, extractor: Extractor) -> None:
    reading = read(extractor, f"Bosch met Siemens. {group} merged.")
    assert [member.label for member in cluster(reading, group.split()[-1]).members] == ["Bosch", "Siemens"]


@MODEL
def test_a_plural_stands_for_none_where_only_one_company_is_named(extractor: Extractor) -> None:
    assert cluster(read(extractor, "Bosch grew. The companies merged."), "companies").members == ()


@MODEL
@pytest.mark.parametrize(
    ("text", "noun", "label"),
    [
        ("Siemens is growing. Its division in Munich sold trains.", "division", "Siemens division, Munich"),
        ("The rail division of Siemens grew.", "division", "Siemens rail division"),
        ("Bosch will open a plant in Lyon.", "plant", "plant, Lyon"),
        ("Siemens closed Bosch's plant.", "plant", "Bosch plant"),
        ("Siemens grew. The division hired staff.", "division", "Siemens division"),
    ],
)
def test_a_thing_without_a_name_is_called_after_whose_and_where_it_is(
    text: str, noun: str, label: str, extractor: Extractor
) -> None:
    assert cluster(read(extractor, text), noun).label == label


@MODEL
def test_a_town_is_called_with_the_country_behind_it(extractor: Extractor) -> None:
    reading = read(extractor, "Siemens left Kyoto, Japan. Kyoto is a city.")
    assert cluster(reading, "Kyoto").label == "Kyoto, Japan"
    assert cluster(reading, "Kyoto").names == ["Kyoto"]


@MODEL
def test_towns_in_a_list_are_no_part_of_each_other(extractor: Extractor) -> None:
    assert cluster(read(extractor, "Siemens left Kyoto, Lyon and Leeds."), "Kyoto").label == "Kyoto"


@MODEL
def test_a_court_is_called_with_its_place(extractor: Extractor) -> None:
    assert cluster(read(extractor, "Siemens was sued at a court in Lyon."), "court").label == "court in Lyon"


@MODEL
def test_the_fullest_name_is_the_label_and_the_rest_are_aliases(extractor: Extractor) -> None:
    found = cluster(read(extractor, "IBM grew. International Business Machines hired staff. IBM met Bosch."), "IBM")
    assert (found.label, found.kind) == ("International Business Machines", Kind.ORGANIZATION)
    assert found.names == ["IBM", "International Business Machines"]


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("FTC", "Federal Trade Commission", True),
        ("EC", "European Commission", True),
        ("SEC", "Securities and Exchange Commission", True),
        ("FTC", "Federal Reserve", False),
        ("F", "Federal", False),
        ("Ftc", "Federal Trade Commission", False),
    ],
)
def test_an_acronym_is_the_initials_of_a_name(short: str, long: str, expected: bool) -> None:
    assert is_acronym(short, long) is expected
