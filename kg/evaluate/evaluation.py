"""Hold what is found in annotated articles against their gold: the one function that does it all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.evaluate.causes import faults
from kg.evaluate.confidence import calibration, thresholds
from kg.evaluate.counting import figures
from kg.evaluate.gold import GoldArticle
from kg.evaluate.matching import judge
from kg.evaluate.predictions import FoundEvent
from kg.evaluate.report import Evaluation
from kg.ontology import Ontology


def evaluate(
    gold: Sequence[GoldArticle],
    found: Iterable[FoundEvent],
    ontology: Ontology,
    *,
    doubted: Iterable[FoundEvent] = (),
    skipped: Iterable[str] = (),
) -> Evaluation:
    """Return figures and errors. Events of articles that gold does not have are left out.

    `doubted` are events that were found and set aside as not sure enough: they only explain what is missed.
    """
    groups = {name: type_.group for name, type_ in ontology.types.items()}
    by_article, set_aside = _by_article(found), _by_article(doubted)
    judgements = [judge(article, by_article.get(article.id, ()), groups) for article in gold]
    return Evaluation(
        articles=len(gold),
        events=sum(not event.optional for article in gold for event in article.events),
        figures=figures(judgements),
        calibration=calibration(judgements),
        thresholds=thresholds(judgements, groups),
        faults=tuple(one for each in judgements for one in faults(each, set_aside.get(each.article.id, ()))),
        skipped=tuple(skipped),
    )


def _by_article(found: Iterable[FoundEvent]) -> dict[str, list[FoundEvent]]:
    articles: dict[str, list[FoundEvent]] = {}
    for event in found:
        articles.setdefault(event.article, []).append(event)
    return articles
