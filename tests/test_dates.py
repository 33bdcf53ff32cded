"""Expressions of time, and where the article's date puts them."""

from __future__ import annotations

from datetime import date
from time import struct_time

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.calendar import Tense
from kg.extract.dates import TimeExpression, find_times, resolve

SATURDAY = "2007-09-22"


def only(text: str) -> TimeExpression:
    (found,) = find_times(text)
    return found


def edtf(text: str, anchor: str | None = SATURDAY, tense: Tense = "past") -> str | None:
    when = resolve(only(text), anchor, tense)
    return when.edtf if when else None


ABSOLUTE = [
    ("on 3 March 2008", "2008-03-03"),
    ("on March 3, 2008", "2008-03-03"),
    ("on Tuesday the 16th of October 2007", "2007-10-16"),
    ("on Monday, October 9, 2006", "2006-10-09"),
    ("on 2008-03-03", "2008-03-03"),
    ("on March 3-5, 2008", "2008-03-03/2008-03-05"),
    ("in March 2005", "2005-03"),
    ("in May, 2007", "2007-05"),
    ("in 2009", "2009"),
    ("early in 2009", "2009"),
    ("late 2009", "2009"),
    ("in mid-2009", "2009-06~"),
    ("FY2008", "2008"),
    ("fiscal 2009", "2009"),
    ("in the 2005 fiscal year", "2005"),
    ("in the fiscal year ending March 2009", "2008-04/2009-03"),
    ("the year ending June 2007", "2006-07/2007-06"),
    ("in 2007/08", "2007/2008"),
    ("Q3 2008", "2008-35"),
    ("3Q08", "2008-35"),
    ("the third quarter of 2008", "2008-35"),
    ("the first quarter of 2021", "2021-33"),
    ("the first half of 2024", "2024-40"),
    ("H2 2024", "2024-41"),
    ("the first nine months of 2005", "2005-01/2005-09"),
    ("the three months to 30 June 2008", "2008-34"),
    ("the six months to 9 October 2004", "2004-04-10/2004-10-09"),
    ("the quarter ended 28 April 2024", "2024-01-29/2024-04-28"),
    ("the 13 weeks to 28 March 2009", "2008-12-28/2009-03-28"),
    ("between 2000 and 2006", "2000/2006"),
    ("between January and March 2009", "2009-01/2009-03"),
    ("from January 2006 to December 31, 2009", "2006-01/2009-12-31"),
    ("from 2005 to 2007", "2005/2007"),
    ("in 2005-2007", "2005/2007"),
    ("January to March 2007", "2007-01/2007-03"),
    ("in December 2007 and January 2008", "2007-12/2008-01"),
    ("the summer of 2009", "2009-22"),
    ("in the 1990s", "1990/1999"),
    ("by the end of 2010", "2010"),
    ("at the end of 2010", "2010-12"),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
def test_an_absolute_time_needs_no_anchor(text: str, expected: str) -> None:
    assert edtf(text, None) == expected


RELATIVE = [
    ("today", "past", "2007-09-22"),
    ("this morning", "past", "2007-09-22"),
    ("yesterday", "past", "2007-09-21"),
    ("tomorrow", "future", "2007-09-23"),
    ("tonight", "future", "2007-09-22"),
    ("last night", "past", "2007-09-21"),
    ("on Monday", "past", "2007-09-17"),
    ("on Monday night", "present", "2007-09-17"),
    ("on Monday", "future", "2007-09-24"),
    ("on Saturday", "past", "2007-09-22"),
    ("last Wednesday", "past", "2007-09-12"),
    ("this Monday", "past", "2007-09-17"),
    ("next Monday", "future", "2007-09-24"),
    ("last week", "past", "2007-09-10/2007-09-16"),
    ("this weekend", "past", "2007-09-22/2007-09-23"),
    ("earlier this month", "past", "2007-09"),
    ("last month", "past", "2007-08"),
    ("next month", "future", "2007-10"),
    ("this year", "past", "2007"),
    ("so far this year", "past", "2007"),
    ("earlier this year", "past", "2007"),
    ("last year", "past", "2006"),
    ("next year", "future", "2008"),
    ("by the end of this year", "future", "2007"),
    ("at the end of last year", "past", "2006-12"),
    ("later in the year", "future", "2007"),
    ("in March", "past", "2007-03"),
    ("in March", "future", "2008-03"),
    ("in November", "past", "2006-11"),
    ("in November", "present", "2007-11"),
    ("last March", "past", "2007-03"),
    ("last August", "past", "2006-08"),
    ("next March", "future", "2008-03"),
    ("at the end of August", "past", "2007-08"),
    ("March of this year", "past", "2007-03"),
    ("May of last year", "past", "2006-05"),
    ("July&nbsp;1 next year", "future", "2008-07-01"),
    ("on March 3", "past", "2007-03-03"),
    ("on March 3", "future", "2008-03-03"),
    ("on Sept. 9", "past", "2007-09-09"),
    ("on October 1", "past", "2007-10-01"),
    ("the third quarter", "past", "2007-35"),
    ("the fourth quarter", "future", "2007-36"),
    ("the second quarter", "past", "2007-34"),
    ("Q2", "future", "2008-34"),
    ("the first quarter of this year", "past", "2007-33"),
    ("this year's second half", "future", "2007-41"),
    ("the last three months of last year", "past", "2006-36"),
    ("the September quarter", "past", "2007-35"),
    ("the current quarter", "future", "2007-35"),
    ("last quarter", "past", "2007-34"),
    ("the year ended March 31", "past", "2006-04/2007-03"),
    ("August-April", "past", "2006-08/2007-04"),
    ("this spring", "past", "2007-21"),
    ("in the fall", "future", "2007-23"),
    ("two years ago", "past", "2005"),
    ("six months ago", "past", "2007-03"),
    ("a year earlier", "past", "2006"),
    ("the last five years", "past", "2002/2007"),
    ("the past year", "past", "2006-09/2007-09"),
    ("the last twelve months", "past", "2006-09/2007-09"),
    ("the last six weeks", "past", "2007-08-11/2007-09-22"),
    ("within four years", "future", "2007/2011"),
    ("the next ten years", "future", "2007/2017"),
    ("over three years", "future", "2007/2010"),
    ("between September 2005 and May of last year", "past", "2005-09/2006-05"),
    ("between now and 2013", "future", "2007-09-22/2013"),
    ("since 1999", "past", "1999/2007"),
    ("since 1999", "present", "1999/.."),
    ("until 2013", "present", "../2013"),
    ("until 2013", "future", "2007/2013"),
    ("last business year", "past", "2006~"),
]


@pytest.mark.parametrize(("text", "tense", "expected"), RELATIVE)
def test_a_relative_time_is_read_on_the_articles_date(text: str, tense: Tense, expected: str) -> None:
    assert edtf(text, SATURDAY, tense) == expected


@pytest.mark.parametrize(
    "text", ["yesterday", "on Monday", "last week", "in March", "March 3", "last year", "two years ago"]
)
def test_a_relative_time_without_an_anchor_is_not_placed(text: str) -> None:
    assert edtf(text, None) is None


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("last year", "2007", "2006"),
        ("last month", "2007-09", "2007-08"),
        ("last month", "2007", None),
        ("yesterday", "2007-09", None),
        ("last year", "no date", None),
        ("last year", "2007-13-45", "2006"),
    ],
)
def test_an_anchor_known_in_part_places_what_it_can(text: str, anchor: str, expected: str | None) -> None:
    assert edtf(text, anchor) == expected


@pytest.mark.parametrize(
    "text",
    [
        "July of that year",
        "two months before",
        "a day after",
        "the following year",
        "31 February 2009",
        "ten years",
        "the first half of its financial year",
    ],
)
def test_what_other_words_of_the_text_would_place_is_left_open(text: str) -> None:
    assert edtf(text) is None


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("over the next ten years", "P10Y"),
        ("within two years", "P2Y"),
        ("for ten years", "P10Y"),
        ("a three-year deal", "P3Y"),
        ("the last six months", "P6M"),
        ("in 2009", None),
    ],
)
def test_a_length_of_time_has_a_duration(text: str, duration: str | None) -> None:
    assert only(text).duration == duration


@pytest.mark.parametrize(
    "text",
    [
        "1500 people",
        "2000 jobs were lost",
        "more than 2000 shops",
        "Windows 2000 came",
        "US$2008",
        "2008%",
        "Theresa May said",
        "it may rise",
        "March Networks said",
        "a 45-year-old",
        "the fall in profit",
        "Boeing 787s",
        "13/13/2008",
    ],
)
def test_numbers_and_names_are_no_times(text: str) -> None:
    assert find_times(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Its 2008 results were good", ["2008"]),
        ("Ryanair's 2004 record", ["2004"]),
        ("Acme (founded 1985) grew", ["1985"]),
        ("On Monday it said sales fell in the third quarter of 2008.", ["Monday", "third quarter of 2008"]),
    ],
)
def test_times_are_found_among_other_words(text: str, words: list[str]) -> None:
    assert [found.text for found in find_times(text)] == words


def test_the_bounds_are_the_first_and_the_last_day() -> None:
    when = resolve(only("the first quarter of 2008"), None, "past")
    assert when is not None
    assert (when.earliest, when.latest, when.span.text) == ("2008-01-01", "2008-03-31", "first quarter of 2008")


PLAIN = [row[1] for row in ABSOLUTE if "~" not in row[1] and "22" not in row[1]]


def as_date(bound: struct_time) -> str:
    return date(bound.tm_year, bound.tm_mon, bound.tm_mday).isoformat()


@pytest.mark.parametrize(("text", "expected"), [row for row in ABSOLUTE if row[1] in PLAIN])
def test_the_bounds_agree_with_the_edtf_library(text: str, expected: str) -> None:
    when = resolve(only(text), None, "past")
    parsed = parse_edtf(expected)
    assert when is not None
    assert (when.earliest, when.latest) == (as_date(parsed.lower_strict()), as_date(parsed.upper_strict()))


@pytest.mark.parametrize("row", RELATIVE, ids=lambda row: row[0])
def test_every_result_is_edtf(row: tuple[str, str, str]) -> None:
    assert parse_edtf(row[2])


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    check(text, SATURDAY)


WORDS = """the first last next third 2008 1999 30 3 March May of in to and between from since until end early mid-
quarter half year years months weeks ago within over a ten Monday yesterday , - / FY Q3 H1 that 999 0 31 1500 2199
months ended ending ’s now decade"""


@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join),
    st.dates().map(date.isoformat) | st.sampled_from(["1500-01-01", "2199-12-31", "2007", "2007-02", ""]),
)
def test_no_mixture_of_time_words_makes_it_fail(text: str, anchor: str) -> None:
    check(text, anchor)


def check(text: str, anchor: str) -> None:
    end = 0
    for found in find_times(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end
        for tense in ("past", "present", "future"):
            when = resolve(found, anchor, tense)
            assert when is None or date.fromisoformat(when.earliest) <= date.fromisoformat(when.latest)
