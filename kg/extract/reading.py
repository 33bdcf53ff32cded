"""An article as the extraction steps see it: its parsed text with what has been found so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from kg.extract.clusters import Cluster
from kg.extract.dates import TimeExpression
from kg.extract.learned.opinion import Opinion
from kg.extract.mentions import Mention
from kg.extract.values import FoundValue
from kg.model import TITLE_BREAK, Article, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Something found in the text: token offsets, end exclusive, and what it is."""

    start: int
    end: int
    item: T


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed article. `shift` is the length of title and break where these stand before the text in the doc."""

    article: Article
    doc: Doc
    text: str  # of the doc, which would put it together anew at each use
    bounds: Sequence[tuple[int, int]]  # by token: where its sentence starts and ends
    shift: int
    title_end: int  # where the title ends in the doc, 0 if it does not stand there
    mentions: Mapping[int, Mention]  # by every token of a name, by the head of other mentions
    clusters: Mapping[int, Cluster]  # by head token
    values: Mapping[int, Found[FoundValue]]  # by every token
    times: Mapping[int, Found[TimeExpression]]  # by every token
    opinion: Opinion | None = None  # what a learned model says of the article

    def span(self, start: int, end: int) -> Span:
        """Return the article span of a run of tokens, without the whitespace round it."""
        while start < end - 1 and self.doc[start].is_space:
            start += 1
        while start < end - 1 and self.doc[end - 1].is_space:
            end -= 1
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        return Span(first - self.shift, last - self.shift, self.text[first:last])

    def tokens(self, span: Span) -> tuple[int, int]:
        """Return the tokens that a span of the article touches, end exclusive."""
        found = self.doc.char_span(span.start + self.shift, span.end + self.shift, alignment_mode="expand")
        return (found.start, found.end) if found is not None else (0, 0)

    def sentence(self, token: Token) -> Span:
        """Return the sentence of a token."""
        return self.span(*self.bounds[token.i])

    def sentence_tokens(self, token: Token) -> SpacySpan:
        """Return the tokens of a token's sentence. (`Token.sent` walks the document each time.)"""
        start, end = self.bounds[token.i]
        return self.doc[start:end]

    def sentence_number(self, token: Token) -> int:
        """Return how many sentences stand before a token's."""
        start, number, at = self.bounds[token.i][0], 0, 0
        while at < start:
            at, number = self.bounds[at][1], number + 1
        return number

    def cluster_at(self, token: Token) -> Cluster | None:
        """Return the entity that a token, or the name it belongs to, refers to."""
        mention = self.mentions.get(token.i)
        return self.clusters.get(mention.head) if mention else None

    def in_title(self, token: Token) -> bool:
        """Tell whether a token stands in the title."""
        return token.idx < self.title_end


def sentence_bounds(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Return for each token the start and end of its sentence."""
    return tuple((sentence.start, sentence.end) for sentence in doc.sents for _ in range(sentence.start, sentence.end))


def title_end(article: Article, text: str) -> int:
    """Return where the title ends in the analysed text, whether it was put there or the text begins with it."""
    title = article.title.strip()
    begin = len(text) - len(text.lstrip())
    return begin + len(title) if title and text.startswith(title, begin) else 0


def analysed_text(article: Article) -> tuple[str, int]:
    """Return the text to parse and how far its offsets are shifted by a title that the text does not begin with."""
    title = article.title.strip()
    if not title or article.clean.lstrip().startswith(title):
        return article.clean, 0
    head = article.title + TITLE_BREAK
    return head + article.clean, len(head)
