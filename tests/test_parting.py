"""Which mentions tell of one event for each of several companies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.parting import part
from kg.model import EventMention, Filler, Span, Status, Value, ValueKind
from kg.ontology import Ontology

ACTORS = {"StockPriceMove": "security", "Acquisition": "acquirer", "Partnership": "party", "LegalOutcome": "party"}


def told(text: str, type_: str, *names: str, values: tuple[str, ...] = (), shift: int = 100) -> EventMention:
    """Return a mention that a sentence at an offset tells, with the names as its actors."""

    def span(words: str) -> Span:
        start = text.index(words) + shift
        return Span(start, start + len(words), words)

    actors = [Filler(ACTORS[type_], span(name), entity=name.casefold()) for name in names]
    shares = [Filler("change", span(word), value=Value(ValueKind.PERCENT, word, Decimal(word))) for word in values]
    return EventMention(
        type=type_,
        trigger=span(text.split()[-1]),
        sentence=Span(shift, shift + len(text), text),
        status=Status.HAPPENED,
        fillers=(*actors, *shares),
        rule="frame",
        confidence=0.8,
    )


def actors(mention: EventMention, ontology: Ontology) -> list[list[str]]:
    role = ACTORS[mention.type]
    return [
        [filler.entity or "" for filler in one.fillers if filler.role == role]
        for one in part(mention, ontology.types[mention.type])
    ]


APART = [["bosch"], ["denso"]]
TOGETHER = [["bosch", "denso"]]
LISTS = [
    pytest.param("Bosch and Denso fell", "StockPriceMove", APART, id="a type whose actors act apart"),
    pytest.param("Bosch, Denso fell", "StockPriceMove", APART, id="a comma"),
    pytest.param("Bosch as well as Denso fell", "StockPriceMove", APART, id="as well as"),
    pytest.param("Bosch, owned by Denso, fell", "StockPriceMove", TOGETHER, id="no list"),
    pytest.param("Bosch and Denso bought", "Acquisition", TOGETHER, id="a type whose actors act together"),
    pytest.param("Bosch and Denso have both bought", "Acquisition", APART, id="both after the names"),
    pytest.param("both Bosch and Denso bought", "Acquisition", APART, id="both before the names"),
    pytest.param("Bosch and Denso all settled", "LegalOutcome", APART, id="all"),
    pytest.param("Bosch and Denso both teamed", "Partnership", TOGETHER, id="parties to one deal"),
]


@pytest.mark.parametrize(("text", "type_", "expected"), LISTS)
def test_listed_companies_have_an_event_each_where_they_act_apart(
    text: str, type_: str, expected: list[list[str]], ontology: Ontology
) -> None:
    assert actors(told(text, type_, "Bosch", "Denso"), ontology) == expected


def values(mention: EventMention, ontology: Ontology) -> list[list[str]]:
    parted = part(mention, ontology.types[mention.type])
    return [[filler.value.text for filler in one.fillers if filler.value] for one in parted]


def test_as_many_values_as_companies_go_in_the_order_of_the_text(ontology: Ontology) -> None:
    fall = told("Bosch and Denso by 1.5 and 3 fell", "StockPriceMove", "Bosch", "Denso", values=("1.5", "3"))
    assert values(fall, ontology) == [["1.5"], ["3"]]


def test_one_value_holds_for_each_company(ontology: Ontology) -> None:
    fall = told("Bosch and Denso by 3 fell", "StockPriceMove", "Bosch", "Denso", values=("3",))
    assert values(fall, ontology) == [["3"], ["3"]]


def test_one_company_stays_one_event(ontology: Ontology) -> None:
    fall = told("Bosch fell", "StockPriceMove", "Bosch")
    assert part(fall, ontology.types["StockPriceMove"]) == (fall,)
