"""How sure an event must be: what is left out, and that a graph never mixes two thresholds."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg import cli, pipeline
from kg.errors import UsageError
from kg.extract.decoder import MIN_CONFIDENCE, Decoder
from kg.extract.extractor import Extractor
from kg.extract.lexicon import load_lexicon
from kg.extract.places import Places
from kg.extract.scoring import Scores
from kg.ontology import Ontology
from kg.pipeline import Settings, build
from kg.resources import ontology_folder
from kg.shelf import Shelf
from tests.building import NEWS, exports, write
from tests.commands import fails, run
from tests.parsing import article

OUTSIDE = (-0.01, 1.01, math.inf, math.nan)
TEXT = "\n\n".join(NEWS.values())


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write(tmp_path / "news", NEWS)


@pytest.fixture
def at_threshold(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the language model once for all builds of this file; each build gets its own threshold."""
    monkeypatch.setattr(pipeline, "open_extractor", lambda _, settings: asking(extractor, settings.min_confidence))


def asking(extractor: Extractor, min_confidence: float) -> Extractor:
    """Return the same extractor with another threshold."""
    decoder = copy(extractor.decoder)
    decoder.min_confidence = min_confidence
    return replace(extractor, decoder=decoder)


def confidences(extractor: Extractor, min_confidence: float) -> list[float]:
    (extraction,) = asking(extractor, min_confidence).extract([article(TEXT)])
    return sorted(event.confidence for event in extraction.events)


# --- values


@pytest.mark.parametrize("number", OUTSIDE)
@pytest.mark.parametrize("take", [lambda x: Settings(min_confidence=x), lambda x: kg.build("x", min_confidence=x)])
def test_a_threshold_outside_0_to_1_is_refused(number: float, take: Callable[[float], object]) -> None:
    with pytest.raises(UsageError, match="not between 0 and 1; the default is"):
        take(number)


@pytest.mark.parametrize("number", OUTSIDE)
def test_a_decoder_refuses_a_threshold_outside_0_to_1(number: float, ontology: Ontology) -> None:
    lexicon = load_lexicon([ontology_folder()])
    with pytest.raises(UsageError, match="not between 0 and 1"):
        Decoder(ontology, lexicon, Places(lexicon), Scores(), min_confidence=number)


@pytest.mark.parametrize("number", [0, 0.5, 1])
def test_both_ends_may_be_asked_for(number: float) -> None:
    assert Settings(min_confidence=number).min_confidence == number


@pytest.mark.parametrize(
    ("word", "message"),
    [("1.5", "not in the range"), ("-1", "not in the range"), ("nan", "not between 0 and 1"), ("half", "not a valid")],
)
def test_the_command_refuses_a_threshold_that_is_none(news: Path, tmp_path: Path, word: str, message: str) -> None:
    fails(run("build", news, "-o", tmp_path / "out", "--min-confidence", word), cli.USAGE_ERROR, message)
    assert not (tmp_path / "out").exists()


# --- what it does


@pytest.mark.model
def test_a_higher_threshold_leaves_out_the_less_sure_events(extractor: Extractor) -> None:
    every = confidences(extractor, 0.0)
    middle = (every[0] + every[-1]) / 2
    assert every[0] < middle
    assert confidences(extractor, middle) == [found for found in every if found >= middle]


@pytest.mark.model
def test_the_default_is_the_one_that_is_written_down(extractor: Extractor) -> None:
    assert extractor.decoder.min_confidence == Settings().min_confidence == MIN_CONFIDENCE


@pytest.mark.model
def test_the_extractor_of_a_build_has_its_threshold(ontology: Ontology) -> None:
    assert pipeline.open_extractor(ontology, Settings(min_confidence=0.9)).decoder.min_confidence == 0.9


# --- in a folder


@pytest.mark.model
@pytest.mark.usefixtures("at_threshold")
class TestFolder:
    def test_a_command_builds_with_the_threshold_it_is_given(self, news: Path, tmp_path: Path) -> None:
        assert run("build", news, "-o", tmp_path / "out", "--min-confidence", "1").exit_code == 0
        assert kg.open(tmp_path / "out").events() == ()

    def test_no_extraction_made_with_another_threshold_is_used_again(self, news: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        build([str(news)], out)
        report = build([str(news / "factory.txt")], out, settings=Settings(min_confidence=1))
        assert (report.read, report.events) == (3, 0)
        report = build([str(news)], out)
        assert (report.read, report.events) == (3, 3)
        build([str(news)], tmp_path / "fresh")
        assert exports(out) == exports(tmp_path / "fresh")

    @pytest.mark.parametrize("same", [MIN_CONFIDENCE, None])
    def test_the_same_threshold_reads_nothing_again(self, news: Path, tmp_path: Path, same: float | None) -> None:
        kg.build(news, tmp_path / "out")
        before = list(Shelf(tmp_path / "out").records())
        kg.build(news, tmp_path / "out", min_confidence=same)
        assert json.loads((tmp_path / "out" / "report.json").read_text())["read"] == 0
        assert list(Shelf(tmp_path / "out").records()) == before

    def test_a_whole_number_is_the_same_threshold(self, news: Path, tmp_path: Path) -> None:
        build([str(news)], tmp_path / "out", settings=Settings(min_confidence=1))
        assert build([str(news)], tmp_path / "out", settings=Settings(min_confidence=1.0)).read == 0

    def test_the_report_tells_the_threshold(self, news: Path, tmp_path: Path) -> None:
        build([str(news)], tmp_path / "out", settings=Settings(min_confidence=0.7))
        assert json.loads((tmp_path / "out" / "report.json").read_text())["min_confidence"] == 0.7
