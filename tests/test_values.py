"""Values: money, percentages, counts and quantities."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.extract.numbers import read_numbers
from kg.extract.units import load_units, singular
from kg.extract.values import find_values
from kg.model import Value, ValueKind


def only(text: str) -> Value:
    (found,) = find_values(text)
    return found.value


def texts(text: str) -> list[str]:
    return [found.value.text for found in find_values(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234,567.5", "1234567.5"),
        ("70 000", "70000"),
        ("1,00,000", "100000"),
        ("1.2bn", "1200000000"),
        ("4,500 crore", "45000000000"),
        ("1,8 billion", "1800000000"),
        ("19.5&nbsp;billion", "19500000000"),
        ("3-billion", "3000000000"),
        ("2½", "2.5"),
        ("three hundred", "300"),
        ("twenty-one", "21"),
        ("two hundred and fifty thousand", "250000"),
        ("one and a half million", "1500000"),
        ("half a million", "500000"),
        ("a quarter of a million", "250000"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("tens of thousands", "10000"),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, number: str) -> None:
    (found,) = read_numbers(text)
    assert (found.value, text[found.start : found.end]) == (Decimal(number), text)


def test_a_string_of_digits_too_long_for_an_amount_is_no_number() -> None:
    assert not list(read_numbers("1234567890123456789012"))


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("US$11 billion", "11000000000", "USD"),
        ("CAN$ 8 million", "8000000", "CAD"),
        ("€1.2bn", "1200000000", "EUR"),
        ("EUR 1.2bn", "1200000000", "EUR"),
        ("EUR1.5 billion", "1500000000", "EUR"),
        ("£3m", "3000000", "GBP"),
        ("3.5 billion euros", "3500000000", "EUR"),
        ("4,500 crore rupees", "45000000000", "INR"),
        ("Rs 300 crore", "3000000000", "INR"),
        ("¥500 billion", "500000000000", "JPY"),
        ("500 million yuan", "500000000", "CNY"),
        ("one billion US dollar s", "1000000000", "USD"),
        ("A$2.7 billion", "2700000000", "AUD"),
        ("HK$ 6 million", "6000000", "HKD"),
        ("NZ$41 million", "41000000", "NZD"),
        ("S$5m", "5000000", "SGD"),
        ("R$ 5 billion", "5000000000", "BRL"),
        ("7.9 billion kronor", "7900000000", "SEK"),
        ("CHF 3 million", "3000000", "CHF"),
        ("10 million zł", "10000000", "PLN"),
        ("5.2 trillion won", "5200000000000", "KRW"),
        ("one ruble", "1", "RUB"),
        ("607p", "6.07", "GBP"),
        ("603 pence", "6.03", "GBP"),
        ("USD$307,916,000", "307916000", "USD"),
        ("$10 billion USD", "10000000000", "USD"),
        ("49,100 COP", "49100", "COP"),
    ],
)
def test_money_has_its_currency(text: str, number: str, currency: str) -> None:
    value = only(f"It paid {text}, it said.")
    assert (value.kind, value.text) == (ValueKind.MONEY, text)
    assert (value.number, value.currency, value.currency_assumed) == (Decimal(number), currency, False)


@pytest.mark.parametrize("text", ["$5 million", "nine million dollars", "55 cents"])
def test_a_plain_dollar_is_american_by_assumption(text: str) -> None:
    value = only(f"It paid {text}.")
    assert (value.currency, value.currency_assumed) == ("USD", True)


def test_a_plain_dollar_is_the_only_other_dollar_that_the_text_names() -> None:
    first, second = find_values("It paid NZ$41 million, and later $5 million.")
    assert (first.value.currency, first.value.currency_assumed) == ("NZD", False)
    assert (second.value.currency, second.value.currency_assumed) == ("NZD", True)


def test_a_plain_dollar_stays_american_where_two_others_are_named() -> None:
    assert find_values("A$1 million, C$2 million, $3 million")[2].value.currency == "USD"


def test_the_caller_may_say_what_a_plain_dollar_is() -> None:
    (found,) = find_values("It paid $5 million.", dollar="CAD")
    assert (found.value.currency, found.value.currency_assumed) == ("CAD", True)


def test_a_team_that_won_is_no_amount_in_won() -> None:
    assert texts("A team of 12 won the contract.") == []


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("$57.34 a share", "share"),
        ("$60-a-share", "share"),
        ("190 pence per share", "share"),
        ("$1 per American depositary share", "share"),
        ("$50 million a year", "P1Y"),
        ("£60 million annually", "P1Y"),
        ("$3 million per month", "P1M"),
        ("$80 a barrel", "barrel"),
        ("$1,200 per program", "program"),
        ("$500 million apiece", "each"),
    ],
)
def test_a_rate_belongs_to_the_value(text: str, per: str) -> None:
    value = only(f"It pays {text} now.")
    assert (value.text, value.per) == (text, per)


def test_a_year_earlier_is_no_rate() -> None:
    value = only("Profit was $5 million a year earlier.")
    assert (value.text, value.per) == ("$5 million", None)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than $4 billion", "moreThan"),
        ("at least $4 billion", "moreThan"),
        ("just over $4 billion", "moreThan"),
        ("up to $4 billion", "upTo"),
        ("as much as $4 billion", "upTo"),
        ("no more than $4 billion", "upTo"),
        ("about $4 billion", "about"),
        ("some $4 billion", "about"),
        ("$4 billion or so", "about"),
        ("$4 billion, plus or minus 2%", "about"),
        ("nearly $4 billion", "almost"),
        ("just under $4 billion", "almost"),
        ("less than $4 billion", "lessThan"),
        ("$4 billion or more", "moreThan"),
        ("billions of dollars", "moreThan"),
    ],
)
def test_a_bound_belongs_to_the_value(text: str, bound: str) -> None:
    value = only(f"It cost {text}.")
    assert (value.text, value.bound) == (text, bound)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between $5 and $7 billion", 5 * 10**9, 7 * 10**9),
        ("$5-7 billion", 5 * 10**9, 7 * 10**9),
        ("$5 billion to $7 billion", 5 * 10**9, 7 * 10**9),
        ("$500 to $600 million", 5 * 10**8, 6 * 10**8),
        ("from 1.2 to 1.4 billion dollars", 12 * 10**8, 14 * 10**8),
        ("between 5 and 7%", 5, 7),
        ("15-18%", 15, 18),
        ("between 16 and 17 million units", 16 * 10**6, 17 * 10**6),
        ("Between 60 and 170 jobs", 60, 170),
        ("$37 to $42 per share", 37, 42),
    ],
)
def test_a_range_is_one_value(text: str, low: int, high: int) -> None:
    value = only(f"It said: {text}.")
    assert (value.text, value.number, value.maximum) == (text, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose from $5 billion to $7 billion.",
        "The rate fell from 5% to 3%.",
        "Shares fell 9 cents to 60 cents.",
        "It employs 60 people and 70 robots.",
    ],
)
def test_a_change_is_two_values(text: str) -> None:
    assert [found.value.maximum for found in find_values(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "percent", "unit"),
    [
        ("19%", "19", None),
        ("49 %", "49", None),
        ("19 percent", "19", None),
        ("19 per cent", "19", None),
        ("2.5 percentage points", "2.5", "percentage point"),
        ("two percentage points", "2", "percentage point"),
        ("a third of", "33.3", None),
        ("two-thirds of", "66.7", None),
        ("half of", "50", None),
    ],
)
def test_a_percentage_is_read(text: str, percent: str, unit: str | None) -> None:
    value = only(f"It holds {text} its shares.")
    assert (value.kind, value.text, value.number, value.unit) == (ValueKind.PERCENT, text, Decimal(percent), unit)


def test_percentages_in_a_list_share_their_mark() -> None:
    kinds = [(found.value.kind, found.value.number) for found in find_values("They fell by 1.5 and 3 percent.")]
    assert kinds == [(ValueKind.PERCENT, Decimal("1.5")), (ValueKind.PERCENT, Decimal(3))]


@pytest.mark.parametrize(
    "text", ["the first half of the year", "half the time", "a quarter of 2009", "the second half"]
)
def test_a_part_of_time_is_no_percentage(text: str) -> None:
    assert not [found for found in find_values(text) if found.value.kind is ValueKind.PERCENT]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("13,919 people", 13919, "person"),
        ("8,600 employees", 8600, "employee"),
        ("70 000 jobs", 70000, "job"),
        ("2000 jobs", 2000, "job"),
        ("three hundred workers", 300, "worker"),
        ("2,000 direct jobs", 2000, "job"),
        ("20 marketing and sales jobs", 20, "job"),
        ("1,500 job losses", 1500, "job loss"),
        ("300 Starbucks stores", 300, "store"),
        ("1000 more stores", 1000, "store"),
        ("12 factories", 12, "factory"),
        ("seven plants", 7, "plant"),
        ("thousands of stores", 1000, "store"),
        ("61.5 million shares", 61500000, "share"),
        ("12 million units", 12000000, "unit"),
    ],
)
def test_people_places_and_things_are_counted(text: str, number: int, unit: str) -> None:
    value = only(f"It has {text}.")
    assert (value.kind, value.text, value.number, value.unit) == (ValueKind.COUNT, text, number, unit)


@pytest.mark.parametrize(
    ("text", "number", "unit", "per"),
    [
        ("300,000 cars annually", 300000, "car", "P1Y"),
        ("2 million tonnes a year", 2000000, "tonne", "P1Y"),
        ("7 million barrels a day", 7000000, "barrel", "P1D"),
        ("4.3 million bpd", 4300000, "barrel", "P1D"),
        ("70 billion cubic meters of natural gas a year", 70 * 10**9, "cubic metre", "P1Y"),
        ("40,000 wafers of 300 mm a month", 40000, "wafer", "P1M"),
        ("5 GWh", 5, "gigawatt hour", None),
        ("5GWh", 5, "gigawatt hour", None),
        ("35 kilometer", 35, "kilometre", None),
        ("10,000-square-foot", 10000, "square foot", None),
        ("500-megawatt", 500, "megawatt", None),
        ("two credit notches", 2, "notch", None),
    ],
)
def test_measures_rates_and_other_nouns_are_quantities(text: str, number: int, unit: str, per: str | None) -> None:
    value = only(f"It makes {text}.")
    assert (value.kind, value.text) == (ValueKind.QUANTITY, text)
    assert (value.number, value.unit, value.per) == (number, unit, per)


@pytest.mark.parametrize(
    "text",
    [
        "a 13-inch screen",
        "its 2008 results",
        "in 2008 people",
        "a 45-year-old man",
        "aged 45",
        "at 10 a.m. on",
        "at 10:30 GMT",
        "the Xbox 360 consoles",
        "a Boeing 737 aircraft",
        "Windows 7 copies",
        "Chapter 11 claims",
        "phase 2 trials",
        "the 3rd store",
        "on March 3 stores opened",
        "the A380 aircraft",
        "seven years",
        "14 days",
        "+1 617 555 0100",
        "at 123 Main Street",
        "one gets used to it",
        "billions upon billions",
        "No. 5 stores",
        "a 4K TV",
    ],
)
def test_dates_ages_names_and_labels_are_no_values(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It cut 1,000 in Skelleftea.", 1000),
        ("It cut 400 in Vasteras.", 400),
        ("It will cut over 4,200.", 4200),
        ("It closed 17 of the company's lines.", 17),
        ("In March all 850 were closed.", 850),
        ("It has an 800-strong workforce.", 800),
        ("It was bought for 580 million.", 580000000),
    ],
)
def test_a_number_may_stand_without_its_noun(text: str, number: int) -> None:
    value = only(text)
    assert (value.kind, value.number, value.unit) == (ValueKind.COUNT, number, None)


def test_the_span_gives_the_text_of_the_value() -> None:
    text = "Up to 2,000 jobs will go, for more than US$ 5.5 billion."
    assert [text[found.start : found.end] for found in find_values(text)] == texts(text)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    check(text)


PIECES = "5 7 1,000 $ US$ € % percent billion million m bn a the share year to and between from - of half third hundred"
PIECES += " thousand dozen jobs cars GWh up more than about per won cents p one two people in March 2008 . , ( ) & ½"


@given(st.lists(st.sampled_from([*PIECES.split(), " ", " ", "\n"]), max_size=30).map("".join))
def test_no_mixture_of_number_words_makes_it_fail(text: str) -> None:
    check(text)


def check(text: str) -> None:
    end = 0
    for found in find_values(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.value.text
        assert found.value.number is not None
        assert found.value.maximum is None or found.value.maximum > found.value.number
        end = found.end


@pytest.mark.parametrize(
    ("plural", "base"),
    [("factories", "factory"), ("people", "person"), ("losses", "loss"), ("aircraft", "aircraft"), ("various", None)],
)
def test_plurals_are_led_back_to_their_singular(plural: str, base: str | None) -> None:
    assert singular(plural, load_units()) == base


def test_a_folder_without_the_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"currencies\.toml"):
        load_units(tmp_path)


def test_a_list_without_its_tables_is_refused(tmp_path: Path) -> None:
    for name in ("currencies.toml", "units.toml"):
        (tmp_path / name).write_text("[other]\n")
    with pytest.raises(OntologyError, match="faulty"):
        load_units(tmp_path)
