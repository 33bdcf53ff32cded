"""Which sentences are worth a second opinion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.tokens import Doc

from kg.extract.asking.doubts import BAND, LONGEST, NEAR, Doubt, Reason, find_doubts, reason_to_ask
from kg.extract.decoder import Decision
from kg.extract.mentions import Form
from kg.extract.reading import Found, Reading
from kg.extract.values import FoundValue, find_values
from kg.model import Article, Kind, ValueKind
from tests.made import NLP, decision, mention, named, nameless

THRESHOLD = 0.5
TEXT = "Bosch may get Denso"
WORDS = TEXT.split()


def reading(
    *, words: list[str] = WORDS, verbs: bool = True, kind: Kind | None = None, form: Form = Form.NAME
) -> Reading:
    """Return a reading of sentences of four words each; `kind` is what the first word of each is."""
    doc = Doc(NLP.vocab, words, pos=["PROPN", "AUX", "VERB" if verbs else "ADV", "PROPN"] * (len(words) // 4))
    starts = range(0, len(words), 4)
    bounds = tuple((start, start + 4) for start in starts for _ in range(4))
    noted = {start: mention("Bosch", at=start, kind=kind, form=form) for start in starts} if kind else {}
    entity = nameless("e0", "firm", kind) if kind and form is Form.NOMINAL else named("e0", "Bosch", kind or Kind.THING)
    clusters = dict.fromkeys(noted, entity)
    article = Article("t", "d0", "", doc.text, doc.text)
    return Reading(article, doc, doc.text, bounds, 0, 0, noted, clusters, {}, {})


def proposed(score: float, *, type_: str = "Acquisition", start: int = 2, end: int = 3) -> Decision:
    return decision(reading().doc, type_, start, end, score)


def reason(*decisions: Decision, **given: object) -> Reason | None:
    return reason_to_ask(reading(**given), 0, 4, decisions, threshold=THRESHOLD)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (THRESHOLD + BAND + 0.01, None),
        (THRESHOLD + BAND - 0.01, Reason.UNSURE),
        (THRESHOLD - BAND + 0.01, Reason.UNSURE),
        (THRESHOLD - BAND - 0.01, Reason.REJECTED),
    ],
)
def test_a_score_near_the_threshold_is_in_doubt(score: float, expected: Reason | None) -> None:
    assert reason(proposed(score)) is expected


def test_the_band_lies_round_the_threshold_that_is_asked_for() -> None:
    assert reason_to_ask(reading(), 0, 4, [proposed(0.9)], threshold=0.9) is Reason.UNSURE


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (proposed(0.9 - NEAR / 2, type_="Merger"), Reason.RIVALS),
        (proposed(0.9 - NEAR * 2, type_="Merger"), None),
        (proposed(0.9 - NEAR / 2), None),
        (proposed(0.9 - NEAR / 2, type_="Merger", start=0, end=1), None),
    ],
    ids=["another type, as likely", "less likely", "the same type", "other words"],
)
def test_two_types_for_the_same_words_are_rivals_if_they_are_about_as_likely(
    other: Decision, expected: Reason | None
) -> None:
    assert reason(proposed(0.9), other) is expected


def test_rivals_of_which_none_is_likely_are_rejected() -> None:
    assert reason(proposed(0.2), proposed(0.2, type_="Merger")) is Reason.REJECTED


def test_one_sure_event_settles_the_sentence() -> None:
    assert reason(proposed(0.9), proposed(0.1, start=0, end=1)) is None


@pytest.mark.parametrize(
    ("kind", "form", "verbs", "expected"),
    [
        (Kind.ORGANIZATION, Form.NAME, True, Reason.COMPANY),
        (Kind.ORGANIZATION, Form.NAME, False, None),
        (Kind.ORGANIZATION, Form.NOMINAL, True, None),
        (Kind.PLACE, Form.NAME, True, None),
        (None, Form.NAME, True, None),
    ],
)
def test_silence_is_doubtful_where_a_company_is_named_and_something_is_done(
    kind: Kind | None, form: Form, verbs: bool, expected: Reason | None
) -> None:
    assert reason(kind=kind, form=form, verbs=verbs) is expected


def amount(text: str) -> FoundValue:
    (found,) = find_values(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [("$5 million", ValueKind.MONEY, Reason.AMOUNT), ("12 cars", ValueKind.COUNT, None)],
)
def test_an_amount_beside_a_company_is_doubtful_without_a_verb(
    text: str, kind: ValueKind, expected: Reason | None
) -> None:
    found = Found(3, 4, amount(text))
    assert found.item.value.kind in (kind, ValueKind.QUANTITY)
    given = replace(reading(kind=Kind.ORGANIZATION, verbs=False), values={3: found})
    assert reason_to_ask(given, 0, 4, (), threshold=THRESHOLD) is expected


def test_the_most_promising_come_first_then_the_order_of_the_text() -> None:
    given = reading(words=WORDS * 3, kind=Kind.ORGANIZATION)
    decisions = [
        replace(proposed(0.5), proposal=replace(proposed(0.5).proposal, token=given.doc[10], start=10, end=11))
    ]
    assert find_doubts(given, decisions, threshold=THRESHOLD) == (
        Doubt(Reason.UNSURE, 8, 12),
        Doubt(Reason.COMPANY, 0, 4),
        Doubt(Reason.COMPANY, 4, 8),
    )


def test_the_title_is_not_asked_about() -> None:
    given = replace(reading(words=WORDS * 2, kind=Kind.ORGANIZATION), title_end=len(TEXT))
    assert [doubt.start for doubt in find_doubts(given, [], threshold=THRESHOLD)] == [4]


def test_what_is_too_long_for_a_sentence_is_not_asked_about() -> None:
    long = reading(words=["Bosch", "may", "get", "x" * LONGEST], kind=Kind.ORGANIZATION)
    assert find_doubts(long, [], threshold=THRESHOLD) == ()
