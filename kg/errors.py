"""Errors a user can meet. Each says the place, the problem and the remedy."""

from __future__ import annotations


class KgError(Exception):
    """A failure that the user can do something about.

    >>> str(KgError("news/a.txt", "the file is empty", "remove it or add text"))
    'news/a.txt: the file is empty; remove it or add text'
    """

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(place, problem, remedy)
        self.place = place
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}; {self.remedy}"


class UsageError(KgError):
    """The request itself cannot be carried out: an unknown name, a bad option."""


class ArticleError(KgError):
    """An article could not be read. The build reports it and goes on."""


class OntologyError(KgError):
    """The ontology, a shape or a frame is faulty. Nothing is built with it."""


class ModelError(KgError):
    """The language model is missing or unsuitable."""


class OutputError(KgError):
    """The output folder cannot be read or written."""


class QueryError(KgError):
    """A SPARQL query is faulty or lacks a parameter."""
