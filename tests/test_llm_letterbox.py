"""Answers are kept: the same question is asked once, and what was no answer is asked again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.extract.asking.answers import MOST, FormError, Told, read_answer
from kg.extract.asking.client import UnansweredError
from kg.extract.asking.letterbox import GIVE_UP, Letterbox
from kg.extract.asking.questions import Body

BOUGHT = json.dumps({"events": [{"type": "Merger", "trigger": "x", "status": "happened", "cue": "", "roles": []}]})
TOLD = (Told("Merger", "x", "happened", "", ()),)
NOTHING = '{"events": []}'
URL = "http://localhost/v1"


class Parrot:
    """Answers with what it was given, in turn; what is an error it raises."""

    def __init__(self, *answers: str | UnansweredError) -> None:
        self.answers = list(answers)
        self.asked = 0

    def complete(self, body: Body) -> str:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, UnansweredError):
            raise answer
        return answer


LATE = UnansweredError(URL, "late", "wait")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.jsonl"


def test_the_same_question_is_asked_once(path: Path) -> None:
    parrot = Parrot(BOUGHT)
    letterbox = Letterbox(path, parrot, URL)
    assert [letterbox.answer({"q": 1}), letterbox.answer({"q": 1})] == [TOLD, TOLD]
    assert parrot.asked == 1


def test_the_next_build_does_not_ask_again(path: Path) -> None:
    Letterbox(path, Parrot(BOUGHT), URL).answer({"q": 1})
    silent = Parrot(LATE)
    assert Letterbox(path, silent, URL).answer({"q": 1}) == TOLD
    assert silent.asked == 0


@pytest.mark.parametrize(
    ("body", "url"), [({"q": 2}, URL), ({"q": 1, "model": "x"}, URL), ({"q": 1}, "http://other/v1")]
)
def test_another_question_model_or_server_is_asked(path: Path, body: Body, url: str) -> None:
    Letterbox(path, Parrot(BOUGHT), URL).answer({"q": 1})
    other = Parrot(NOTHING)
    assert Letterbox(path, other, url).answer(body) == ()
    assert other.asked == 1


def test_neither_text_nor_key_lie_in_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LLM_KEY", "abc-secret")
    Letterbox(path, Parrot(NOTHING), URL).answer({"sentence": "Bosch bought Denso."})
    assert set(json.loads(path.read_text())) == {"question", "answer"}
    assert "Bosch" not in path.read_text()
    assert "secret" not in path.read_text()


@pytest.mark.parametrize(
    "bad", ["", "no", "[]", "null", '{"events": {}}', '{"events": [1]}', '{"events": null}', "[" * 9999]
)
def test_an_answer_of_another_form_is_none_and_is_not_kept(path: Path, bad: str) -> None:
    parrot = Parrot(bad, BOUGHT)
    with pytest.raises(UnansweredError, match="form that was asked for"):
        Letterbox(path, parrot, URL).answer({"q": 1})
    assert Letterbox(path, parrot, URL).answer({"q": 1}) == TOLD


@pytest.mark.parametrize(
    "change",
    [
        {"type": 1},
        {"trigger": None},
        {"status": ["happened"]},
        {"roles": None},
        {"roles": ["x"]},
        {"roles": [{"role": "x"}]},
        {"roles": [{"role": "target", "text": 5}]},
    ],
)
def test_every_part_of_an_event_has_its_form(change: dict[str, object]) -> None:
    row = json.loads(BOUGHT)["events"][0] | change
    with pytest.raises(FormError):
        read_answer(json.dumps({"events": [row]}))


def test_a_part_that_lacks_is_no_answer() -> None:
    row = json.loads(BOUGHT)["events"][0]
    for key in row:
        with pytest.raises(FormError):
            read_answer(json.dumps({"events": [{name: value for name, value in row.items() if name != key}]}))


def test_a_model_that_repeats_itself_is_cut_short() -> None:
    assert len(read_answer(json.dumps({"events": json.loads(BOUGHT)["events"] * 99}))) == MOST


def test_a_server_that_does_not_answer_is_not_troubled_for_long(path: Path) -> None:
    parrot = Parrot(LATE)
    letterbox = Letterbox(path, parrot, URL)
    for number in range(GIVE_UP + 2):
        with pytest.raises(UnansweredError):
            letterbox.answer({"q": number})
    assert parrot.asked == GIVE_UP


def test_one_answer_restores_the_trust_in_a_server(path: Path) -> None:
    parrot = Parrot(*[LATE] * (GIVE_UP - 1), NOTHING, LATE)
    letterbox = Letterbox(path, parrot, URL)
    for number in range(GIVE_UP + 3):
        try:
            letterbox.answer({"q": number})
        except UnansweredError:
            continue
    assert parrot.asked == GIVE_UP + 3


def test_what_is_kept_is_still_there_when_the_server_is_not(path: Path) -> None:
    Letterbox(path, Parrot(BOUGHT), URL).answer({"q": "known"})
    letterbox = Letterbox(path, Parrot(LATE), URL)
    for number in range(GIVE_UP):
        with pytest.raises(UnansweredError):
            letterbox.answer({"q": number})
    assert letterbox.answer({"q": "known"}) == TOLD


@pytest.mark.parametrize(
    "damage", [b'{"question": "ab', b"\xff\xfe\n", b"[1]\n", b'{"question": "a", "answer": "b"}\n', b"[" * 9999]
)
def test_a_damaged_line_is_passed_over_and_damages_no_other(path: Path, damage: bytes) -> None:
    Letterbox(path, Parrot(BOUGHT), URL).answer({"q": 1})
    path.write_bytes(path.read_bytes() + damage)
    Letterbox(path, Parrot(BOUGHT), URL).answer({"q": 2})
    silent = Letterbox(path, Parrot(LATE), URL)
    assert [silent.answer({"q": number}) for number in (1, 2)] == [TOLD, TOLD]


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        Letterbox(tmp_path / "answers.jsonl", Parrot(BOUGHT), URL).answer({"q": 1})
