"""Cleaning: what is blanked, what stays, and that nothing moves."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import clean

SIZE = 50_000  # a step that takes quadratic time would need minutes for this
LINE_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
FRAGMENTS = st.sampled_from(
    [
        "Share this",
        "Previous Post",
        "Acme opens a plant",
        "\n",
        "\r\n",
        "\n\n",
        ". over the",
        "U.S. of",
        "'''",
        "==",
        "\u200b",
        " ",
        "x" * 50,
        "Photo:",
    ]
)


@given(st.text() | st.lists(FRAGMENTS | st.text(max_size=5)).map("".join), st.text(max_size=30) | FRAGMENTS)
def test_cleaning_keeps_the_length_and_adds_no_character(text: str, title: str) -> None:
    cleaned = clean(text, title)
    assert len(cleaned) == len(text)
    assert all(
        new in (old, " ") or (new == "\n" and old in LINE_BREAKS) for old, new in zip(text, cleaned, strict=True)
    )


@given(st.lists(FRAGMENTS | st.text(max_size=5)).map("".join), st.text(max_size=30) | FRAGMENTS)
def test_cleaning_does_the_same_every_time(text: str, title: str) -> None:
    assert clean(text, title) == clean(text, title)


@pytest.mark.parametrize(
    "line",
    [
        "Previous Post Next Post",
        "PREVIOUS ARTICLE | NEXT ARTICLE",
        "Advertisement",
        "— ADVERTISEMENT —",
        "Share this:",
        "Share on Facebook Share on Twitter",
        "Read more: Contoso shuts a mill in Turku",
        "Read also: Contoso shuts a mill in Turku",
        "Follow us on Twitter and Facebook for more news.",
        "Photo: Jane Doe/Contoso",
        "Image credit: Contoso",
        "(Reporting by Jane Doe; Editing by John Doe)",
        "We use cookies to give you the best experience on our site. By clicking Accept you agree to our policy.",
        "© 2023 The Harbour Gazette. All rights reserved.",
        "3 min read",
        "12 comments",
        "Home | Newsletter | Log in",
        "* Sign up for our daily newsletter",
    ],
)
def test_page_furniture_is_blanked(line: str) -> None:
    assert clean(f"Acme grew.\n{line}\nIt sells cars.", "") == f"Acme grew.\n{' ' * len(line)}\nIt sells cars."


@pytest.mark.parametrize(
    "line",
    [
        "Share prices of Contoso fell by 3% on Monday.",
        "Next year Contoso will open a mill.",
        "Home Depot bought Contoso.",
        "Facebook and Twitter have agreed on a merger.",
        "Advertisement revenue at Contoso fell.",
        "Search company Google bought Contoso.",
        "Photographers at Contoso went on strike.",
        "Related companies were not named.",
        "Reuters reported the deal first.",
        "Video games maker Contoso bought Fabrikam.",
        "Menu prices rose.",
    ],
)
def test_prose_that_begins_like_page_furniture_stays(line: str) -> None:
    assert clean(f"Acme grew.\n{line}", "") == f"Acme grew.\n{line}"


def test_page_furniture_at_the_end_of_the_last_line_is_blanked() -> None:
    assert clean("Acme grew. Previous Post Next Post\n", "").rstrip() == "Acme grew."


def test_the_headline_that_the_text_begins_with_stays_and_its_repeats_go() -> None:
    text = "Acme opens a plant\nAcme opens a plant\n\nIt is big.\n\nACME OPENS A PLANT.\n\nIt makes cars."
    kept = "Acme opens a plant It is big. It makes cars."
    assert clean(text, "Acme opens a plant").split() == kept.split()


def test_a_repeat_is_known_without_the_name_of_the_site() -> None:
    assert clean("It is big.\nAcme opens a plant\n", "Acme opens a plant | The Gazette").split() == ["It", "is", "big."]


def test_a_sentence_that_contains_the_headline_stays() -> None:
    text = "It is big.\nAcme opens a plant in Lyon"
    assert clean(text, "Acme opens a plant") == text


@pytest.mark.parametrize(
    "text",
    [
        "a new line of electric vehicles. over the next ten years.",
        "rose by 5%. in the first quarter.",
        "bought shares (at a loss). from Contoso.",
        "the Kashmir dispute. and said that it was.",
        "It was sold to PayPal. for cash.",
    ],
)
def test_a_full_stop_inside_a_sentence_is_blanked(text: str) -> None:
    stop = text.index(". ")
    assert clean(text, "") == text[:stop] + " " + text[stop + 1 :]


@pytest.mark.parametrize(
    "text",
    [
        "i.e. the firm",
        "Yahoo! and Contoso",
        "Contoso Inc. and Fabrikam Ltd. of Turku",
        "U.S. of old",
        "Warner Bros. and others",
        "at 5 p.m. on Monday",
        "Acme grew. It sells cars.",
        "Acme grew. eBay bought it.",
        "oil, gas, etc. from Turku",
        "Contoso approx. at par",
        "It wants more... and more",
        "Acme grew.\nover the hill",
        "plan B. and C",
        "the mill resumed production. is shutting",
    ],
)
def test_other_full_stops_stay(text: str) -> None:
    assert clean(text, "") == text


def test_invisible_characters_and_exotic_spaces_become_spaces() -> None:
    assert clean("Acme\u200b\u00a0grew\x00\u2009a\tlot\ufeff", "") == "Acme  grew  a lot "


def test_every_kind_of_line_break_becomes_a_newline() -> None:
    assert clean("One.\r\nTwo.\rThree.\u2028Four.", "") == "One. \nTwo.\nThree.\nFour."


def test_paragraphs_stay_apart() -> None:
    text = "Acme grew.\nIt sells cars\n\nContoso shrank.\nIt sells mills."
    assert clean(text, "") == text


def test_a_paragraph_wrapped_at_a_column_is_joined() -> None:
    lines = [
        "Acme opened a plant in Lyon on Wednesday, its second",
        "factory in France, and said that it made",
        "cars.",
    ]
    assert clean("\n".join(lines) + "\n\nIt grew.", "") == " ".join(lines) + "\n\nIt grew."


def test_short_lines_are_not_taken_for_a_wrapped_paragraph() -> None:
    text = "cars\nmills\nplants\nships"
    assert clean(text, "") == text


def test_wiki_marks_are_blanked_and_quotation_marks_stay() -> None:
    assert clean("'''April 6''' ''The Times'' said == so ==", "") == "   April 6    ''The Times'' said    so   "


@pytest.mark.parametrize(
    "text",
    [
        "a" * SIZE,
        " " * SIZE,
        "\n" * SIZE,
        ". and" * SIZE,
        "share " * SIZE,
        "Share\n" * SIZE,
        "'" * SIZE,
        "a\n" * SIZE,
        "a.\n\u200b" * SIZE,
    ],
    ids=[
        "word",
        "spaces",
        "newlines",
        "stops",
        "furniture words",
        "furniture lines",
        "quotes",
        "short lines",
        "stops and lines",
    ],
)
def test_cleaning_a_hostile_text_takes_no_more_than_seconds(text: str) -> None:
    start = time.process_time()
    clean(text, "Acme")
    assert time.process_time() - start < 15
