"""Entities, proposals and readings made by hand, for tests of what is decided without a language model."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg.extract.clusters import Cluster
from kg.extract.cues import Judgement
from kg.extract.decoder import Decision
from kg.extract.denotation import Denotation
from kg.extract.mentions import Form, Mention
from kg.extract.proposals import Candidate, Proposal
from kg.extract.reading import Reading
from kg.model import Article, Kind, Span, Status, Value, ValueKind

NLP = spacy.blank("en")


def parsed(text: str) -> Doc:
    """Return a document of words that all hang on the first."""
    words = text.split()
    return Doc(NLP.vocab, words, heads=[0] * len(words), deps=["ROOT", *["dep"] * (len(words) - 1)])


def reading(text: str = "nothing") -> Reading:
    """Return a reading in which nothing has been found."""
    doc = parsed(text)
    article = Article("t", "d0", "", doc.text, doc.text)
    return Reading(article, doc, doc.text, ((0, len(doc)),) * len(doc), 0, 0, {}, {}, {}, {})


def mention(text: str, *, form: Form = Form.NAME, at: int = 0, kind: Kind = Kind.ORGANIZATION) -> Mention:
    return Mention(at, at + 1, at, form, kind, text)


def named(key: str, name: str, kind: Kind = Kind.ORGANIZATION, *, times: int = 1) -> Cluster:
    return Cluster(key, kind, "", mentions=[mention(name, at=number, kind=kind) for number in range(times)])


def nameless(key: str, noun: str, kind: Kind, *, owner: Cluster | None = None, place: Cluster | None = None) -> Cluster:
    return Cluster(key, kind, noun, owner, place, mentions=[mention(noun, form=Form.NOMINAL, kind=kind)])


def entity(role: str, cluster: Cluster, *, token: int = 0, score: float = 1.0, kind: Kind | None = None) -> Candidate:
    """Return an entity as a candidate; `kind` is what it is taken for."""
    return Candidate(role, Denotation(kind or cluster.kind, Span(0, 1, "x"), token, score, cluster), score)


def number(role: str, *, token: int = 0, score: float = 1.0, kind: ValueKind = ValueKind.MONEY) -> Candidate:
    value = Value(kind, "5")
    return Candidate(role, Denotation(kind, Span(0, 1, "5"), token, score, value=value), score)


def decision(doc: Doc, type_: str, start: int, end: int, score: float, *chosen: Candidate) -> Decision:
    """Return a decision whose trigger is a run of tokens."""
    proposal = Proposal(type_, doc[start], start, end, chosen, 0.8, f"frame:{type_}")
    return Decision(proposal, chosen, Judgement(Status.HAPPENED, ""), score)
