"""Which time is the event's. Articles are of Saturday, 15 June 2024 unless said otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction

TIMES = [
    ("Acquisition", "Siemens bought Mentor Graphics on Monday.", "2024-06-10"),
    ("Acquisition", "Siemens will buy Mentor Graphics in March.", "2025-03"),
    ("Acquisition", "Siemens said on Monday that it bought Mentor Graphics in 2017.", "2017"),
    ("Acquisition", "Siemens announced on Monday that it will buy Mentor Graphics.", "2024-06-10"),
    ("Acquisition", "The acquisition of Mentor Graphics announced in May cost Siemens $4 billion.", "2024-05"),
    ("RevenueChange", "On Wednesday Adidas reported revenue of $300 million for the first quarter.", "2024-33"),
    ("RevenueChange", "Revenue of Adidas rose 5% in the first quarter, compared with 2% in 2023.", "2024-33"),
    ("Competition", "Siemens, a rival of Alstom, sold a factory in May.", None),
    ("Acquisition", "Siemens bought Mentor Graphics, the Sunday Times wrote.", None),
    ("CompanyFormation", "Bill Gates, co-founder of Microsoft, retired in 2008.", None),
]

pytestmark = pytest.mark.model


def times(extraction: Extraction, type_: str) -> set[str | None]:
    events = [event for event in extraction.events if event.type == type_]
    assert events, [event.type for event in extraction.events]
    return {event.when.edtf if event.when else None for event in events}


@pytest.mark.parametrize(("type_", "text", "edtf"), TIMES)
def test_the_time_of_the_event_is_found(
    type_: str, text: str, edtf: str | None, extract: Callable[..., Extraction]
) -> None:
    assert times(extract(text), type_) == {edtf}


def test_the_day_of_completion_goes_before_that_of_the_announcement(extract: Callable[..., Extraction]) -> None:
    text = "Siemens announced on Monday that it will buy Mentor Graphics. The deal is expected to close in March 2025."
    assert times(extract(text), "Acquisition") == {"2025-03"}


def test_what_has_happened_takes_no_time_from_a_sequel(extract: Callable[..., Extraction]) -> None:
    text = "Siemens bought Mentor Graphics. The deal is expected to close in March 2025."
    assert times(extract(text), "Acquisition") == {None}


def test_shares_move_on_the_day_that_the_news_is_of(extract: Callable[..., Extraction]) -> None:
    text = "Adidas published its results on Friday. Shares of Adidas fell 3%."
    assert times(extract(text), "StockPriceMove") == {"2024-06-14"}


def test_a_day_long_past_dates_no_move_of_shares(extract: Callable[..., Extraction]) -> None:
    text = "Adidas published its results on 3 May 2024. Shares of Adidas fell 3%."
    assert times(extract(text), "StockPriceMove") == {None}


def test_a_headline_takes_the_time_of_the_lead(extract: Callable[..., Extraction]) -> None:
    extraction = extract("Times are hard, Ericsson said on Monday.", title="Ericsson to cut 1,400 jobs in Sweden")
    assert times(extraction, "Layoffs") == {"2024-06-10"}


def test_without_a_date_of_the_article_relative_times_are_left_out(extract: Callable[..., Extraction]) -> None:
    assert times(extract("Siemens bought Mentor Graphics on Monday.", date=None), "Acquisition") == {None}
