"""The language pipeline as it is loaded, and the sentence breaks that it adds."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kg.errors import ModelError
from kg.extract.extractor import Extractor
from kg.nlp import load_language

HEADING = "Carmaker grows"
WRAPPED = "The carmaker said on Monday that it would build a second plant in\nthe north of the country."


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(f"{HEADING}\n\nBosch grew.", [HEADING, "Bosch grew."], id="blank line"),
        pytest.param(f"{HEADING}\nBosch grew.", [HEADING, "Bosch grew."], id="short line without a full stop"),
        pytest.param("Bosch grew.\nDenso shrank.", ["Bosch grew.", "Denso shrank."], id="line that ends a sentence"),
        pytest.param(WRAPPED, [WRAPPED], id="wrapped line"),
        pytest.param("Bosch grew. Denso shrank.", ["Bosch grew.", "Denso shrank."], id="full stop in a line"),
    ],
)
def test_a_sentence_ends_where_a_paragraph_or_heading_ends(
    text: str, sentences: list[str], extractor: Extractor
) -> None:
    assert [sentence.text.strip() for sentence in extractor.nlp(text).sents] == sentences


def test_a_pipeline_that_is_not_there_is_named_with_a_remedy() -> None:
    with pytest.raises(ModelError, match="no such spaCy pipeline") as caught:
        load_language("no_such_pipeline")
    assert "pip install" in caught.value.remedy


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="has no tagger, parser, lemmatizer, ner"):
        load_language(str(tmp_path))
