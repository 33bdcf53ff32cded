"""The steps as a spaCy component: `nlp.add_pipe("corporate_events")`, then `doc._.events`.

spaCy imports this module whenever any pipeline is made, since an entry point names it. So it loads nothing heavy before
a component is made. What the component finds is kept as plain data (`kg.extract.docevents`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extract.docevents import date_of, keep_date, keep_events, kept_events
from kg.model import Article
from kg.resources import ontology_folder

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor

NAME = "corporate_events"
LANGUAGE = "en"
# What a parsed text must have, and the components of spaCy's own pipelines that give it.
ANNOTATIONS: Mapping[str, str] = {
    "TAG": "tagger",
    "POS": "attribute_ruler",
    "DEP": "parser",
    "LEMMA": "lemmatizer",
    "ENT_IOB": "ner",
}
# As spaCy's analysis knows them; not token.pos, since the attribute_ruler does not declare that it gives it.
REQUIRES = (
    "token.tag",
    "token.dep",
    "token.head",
    "token.lemma",
    "token.ent_iob",
    "token.ent_type",
    "doc.sents",
    "doc.ents",
)


class CorporateEvents:
    """Finds the corporate events of a parsed document. Made by `nlp.add_pipe("corporate_events")`."""

    def __init__(self, nlp: Language, name: str, ontology: Sequence[str], min_confidence: float) -> None:
        from kg.frames import load_frames
        from kg.ontology import load_ontology

        self.nlp = nlp
        self.name = name
        self.folders = (ontology_folder(), *map(Path, ontology))
        self.min_confidence = min_confidence
        self.ontology = load_ontology(self.folders)
        load_frames(self.ontology, self.folders)  # faulty ones fail here and not at the first document

    def __call__(self, doc: Doc) -> Doc:
        """Find the events of a document. Raises `ModelError` if it lacks what the steps before should have given."""
        self._check(doc)
        others = set(doc.user_data)
        article = Article(NAME, NAME, "", doc.text, doc.text, date=date_of(doc))
        extraction = self.extractor.extract_doc(doc, article, 0)
        for key in set(doc.user_data) - others:  # the steps' own notes, which spaCy could not write to disk
            del doc.user_data[key]
        keep_events(doc, extraction)
        return doc

    def _check(self, doc: Doc) -> None:
        lacking = [need for need in ANNOTATIONS if not doc.has_annotation(need)]
        if lacking:
            components = ", ".join(ANNOTATIONS[need] for need in lacking)
            remedy = f"put what gives it before {NAME} in the pipeline: {components}"
            raise ModelError(self.name, f"the document has no {', '.join(lacking)}", remedy)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: all but the extractor, which can be made again."""
        return {key: value for key, value in self.__dict__.items() if key != "extractor"}

    @cached_property
    def extractor(self) -> Extractor:
        """What does the work. Made at the first document: only then is the pipeline's tokenizer loaded."""
        from kg.extract.assembly import assemble

        return assemble(self.nlp, self.ontology, self.folders, min_confidence=self.min_confidence)


@Language.factory(
    NAME,
    default_config={"ontology": [], "min_confidence": None},
    assigns=["doc._.events"],
    requires=REQUIRES,
)
def make_component(nlp: Language, name: str, ontology: list[str], min_confidence: float | None) -> CorporateEvents:
    """Make the component. `ontology` names folders beside our own; `min_confidence` is that of `kg build`.

    Raises `ModelError` if the pipeline is not English, `OntologyError` for faulty folders, `UsageError` for a
    `min_confidence` outside 0..1.
    """
    from kg.extract.decoder import MIN_CONFIDENCE, checked_confidence

    if nlp.lang != LANGUAGE:
        raise ModelError(name, f"the pipeline's language is {nlp.lang!r}", "add it to an English pipeline")
    asked = MIN_CONFIDENCE if min_confidence is None else checked_confidence(min_confidence)
    return CorporateEvents(nlp, name, ontology, asked)


Doc.set_extension("events", getter=kept_events)
Doc.set_extension("article_date", getter=date_of, setter=keep_date)
