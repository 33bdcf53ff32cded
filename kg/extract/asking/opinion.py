"""The second opinion: from doubtful decisions to the proposals that a language model adds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from kg.extract.asking.answers import Told
from kg.extract.asking.checking import proposals_of
from kg.extract.asking.client import REMEDY, Client, UnansweredError
from kg.extract.asking.doubts import find_doubts
from kg.extract.asking.letterbox import Letterbox
from kg.extract.asking.questions import Body, make_form, question
from kg.extract.asking.setup import Asking
from kg.extract.decoder import Decision
from kg.extract.proposals import Proposal
from kg.extract.reading import Reading
from kg.model import Article
from kg.ontology import Ontology

ANSWERS = "answers.jsonl"  # in the folder of a build
RULE = "llm"


class Answers(Protocol):
    """What answers a question, by asking or from memory."""

    def answer(self, body: Body) -> tuple[Told, ...]:
        """Return the events that the model tells of. Raises `UnansweredError`."""
        ...


class SecondOpinion:
    """Asks about the sentences of an article that are in doubt, the most promising first, within a budget."""

    def __init__(self, ontology: Ontology, asking: Asking, answers: Answers, *, threshold: float) -> None:
        self.ontology = ontology
        self.asking = asking
        self.answers = answers
        self.threshold = threshold
        self._form = make_form(ontology)
        self._failures: dict[str, list[UnansweredError]] = {}  # by article

    def propose(self, reading: Reading, decisions: Iterable[Decision]) -> list[Proposal]:
        """Return what the model proposes and the text bears out. A question without an answer proposes nothing."""
        proposals: list[Proposal] = []
        for doubt in find_doubts(reading, decisions, threshold=self.threshold)[: self.asking.questions]:
            body = question(self._form, self.asking.model, reading, doubt)
            try:
                told = self.answers.answer(body)
            except UnansweredError as error:
                self._failures.setdefault(reading.article.key, []).append(error)
                continue
            rule = f"{RULE}:{self.asking.model}"
            proposals += proposals_of(reading, doubt, told, self.ontology, rule=rule)
        return proposals

    def failure(self, article: Article) -> UnansweredError | None:
        """Return what to report of an article with questions that went without an answer, None if it has none."""
        failed = self._failures.get(article.key, ())
        if not failed:
            return None
        count = "1 question" if len(failed) == 1 else f"{len(failed)} questions"
        place = f"what the model was asked about {article.id}"
        return UnansweredError(place, f"{count} unanswered ({failed[0].problem})", REMEDY)


def open_opinion(asking: Asking, ontology: Ontology, folder: Path, *, threshold: float) -> SecondOpinion:
    """Return the second opinion for a build folder. Raises `UsageError` if the library for it is not installed."""
    letterbox = Letterbox(folder / ANSWERS, Client(asking), asking.url)
    return SecondOpinion(ontology, asking, letterbox, threshold=threshold)
