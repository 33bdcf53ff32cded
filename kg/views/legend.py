"""The legend: what the page shows, counted, so that each line can be switched off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Article, Entity
from kg.ontology import Ontology
from kg.views.dossier import Entry
from kg.views.words import capital, edtf_words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the legend. `value` is what it filters by; a group has its types as `rows`."""

    value: str
    label: str
    count: int
    note: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Legend:
    """The four parts of the legend, each without lines that count nothing."""

    groups: tuple[Row, ...]
    statuses: tuple[Row, ...]
    kinds: tuple[Row, ...]
    articles: tuple[Row, ...]


def build_legend(
    shown: Iterable[Entry], entities: Iterable[Entity], articles: Iterable[Article], ontology: Ontology
) -> Legend:
    """Count the events and entities on the page."""
    shown = tuple(shown)
    statuses = Counter(entry.status for entry in shown)
    kinds = Counter(entity.kind.value for entity in entities)
    told = Counter(key for entry in shown for key in entry.articles)
    return Legend(
        groups=tuple(_groups(shown, ontology)),
        statuses=tuple(Row(name, capital(name), statuses[name]) for name in ontology.statuses if statuses[name]),
        kinds=tuple(Row(name, name, count) for name, count in sorted(kinds.items(), key=lambda row: (-row[1], row[0]))),
        articles=tuple(_article(article, told[article.key]) for article in articles if told[article.key]),
    )


def _groups(shown: tuple[Entry, ...], ontology: Ontology) -> Iterable[Row]:
    for group in (*ontology.groups, ""):  # the empty group holds types the ontology does not know
        types = Counter((entry.type, entry.type_label) for entry in shown if entry.group == group)
        rows = tuple(
            Row(name, label, count) for (name, label), count in sorted(types.items(), key=lambda row: row[0][1])
        )
        if rows:
            label = ontology.groups[group].label if group else "Other"
            yield Row(group, label, sum(row.count for row in rows), rows=rows)


def _article(article: Article, count: int) -> Row:
    note = " · ".join(part for part in (article.publisher, edtf_words(article.date or "")) if part)
    return Row(article.key, article.title or article.id, count, note)
