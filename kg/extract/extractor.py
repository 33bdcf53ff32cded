"""The steps from articles to their extractions, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.asking.opinion import SecondOpinion
from kg.extract.clusters import Cluster
from kg.extract.coreference import Coreference
from kg.extract.dates import find_times
from kg.extract.decoder import MIN_CONFIDENCE, Decoder
from kg.extract.frame_proposer import FrameProposer
from kg.extract.learned.opinion import form_opinion
from kg.extract.learned.proposer import LearnedProposer, directions_of
from kg.extract.learned.scorer import WordScorer
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Form, Mention, find_mentions
from kg.extract.merging import merge_mentions
from kg.extract.names import NameFinder
from kg.extract.places import Places
from kg.extract.proposals import Proposer
from kg.extract.reading import Found, Reading, analysed_text, sentence_bounds, title_end
from kg.extract.scoring import Scores
from kg.extract.triggers import TriggerFinder
from kg.extract.values import find_values
from kg.frames import Frame
from kg.model import Article, Extraction, LocalEntity, LocalEvent
from kg.ontology import Ontology

BATCH_SIZE = 16  # larger batches cost memory and gain no speed


class _Located(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=_Located)


@dataclass(frozen=True, slots=True)
class Extractor:
    """Reads events out of articles. Made by `make_extractor`."""

    nlp: Language
    ontology: Ontology
    lexicon: Lexicon
    names: NameFinder
    proposers: tuple[Proposer, ...]
    decoder: Decoder
    second: SecondOpinion | None = None  # asked about what the proposers leave in doubt
    scorer: WordScorer | None = None

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Yield the extraction of each article, in order."""
        pairs = ((text, (article, shift)) for article in articles for text, shift in [analysed_text(article)])
        for doc, (article, shift) in self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE):
            yield self.extract_doc(doc, article, shift)

    def extract_doc(self, doc: Doc, article: Article, shift: int) -> Extraction:
        """Return the extraction of a parsed article."""
        reading = self.read(doc, article, shift)
        proposals = [proposal for proposer in self.proposers for proposal in proposer.propose(reading)]
        decisions = self.decoder.decide(reading, proposals)
        if self.second is not None:
            # The learned model has had its say about these sentences; what another tells of them is weighed without it.
            asked = self.second.propose(reading, decisions)
            decisions += self.decoder.decide(replace(reading, opinion=None), asked)
        events = merge_mentions(self.decoder.decode(reading, decisions), self.ontology)
        return Extraction(article, _entities(reading, events), events)

    def read(self, doc: Doc, article: Article, shift: int) -> Reading:
        """Find names, mentions, entities, values and times in a parsed article."""
        text = doc.text
        bounds, ending = sentence_bounds(doc), title_end(article, text)
        mentions = find_mentions(doc, self.names.find(doc), self.lexicon)
        clusters = Coreference(doc, self.lexicon).resolve(mentions)
        return Reading(
            article=article,
            doc=doc,
            text=text,
            bounds=bounds,
            shift=shift,
            title_end=ending,
            mentions=_by_token(mentions),
            clusters=clusters,
            values=_found(doc, find_values(text)),
            times=_found(doc, find_times(text)),
            opinion=form_opinion(self.scorer, doc, bounds, ending) if self.scorer else None,
        )


def make_extractor(
    nlp: Language,
    ontology: Ontology,
    frames: Sequence[Frame],
    lexicon: Lexicon,
    scores: Scores,
    *,
    scorer: WordScorer | None = None,
    min_confidence: float = MIN_CONFIDENCE,
) -> Extractor:
    """Put an extractor together from a language pipeline and the ontology folders' contents.

    Events less sure than `min_confidence` are left out. Raises `UsageError` if that does not lie between 0 and 1.
    """
    places = Places(lexicon)
    proposers = (
        FrameProposer(ontology, TriggerFinder(frames, places)),
        LearnedProposer(ontology, directions_of(frames)),
    )
    meanings = {frame.type: frame.meanings for frame in frames}
    decoder = Decoder(ontology, lexicon, places, scores, meanings, min_confidence=min_confidence)
    return Extractor(nlp, ontology, lexicon, NameFinder(nlp, lexicon), proposers, decoder, scorer=scorer)


def _by_token(mentions: Sequence[Mention]) -> Mapping[int, Mention]:
    table: dict[int, Mention] = {}
    for mention in mentions:
        covered = range(mention.start, mention.end) if mention.form is Form.NAME else (mention.head,)
        table.update(dict.fromkeys(covered, mention))
    return table


def _found(doc: Doc, items: Iterable[T]) -> Mapping[int, Found[T]]:
    """Index things found at character offsets by the tokens they cover."""
    table: dict[int, Found[T]] = {}
    for item in items:
        span = doc.char_span(item.start, item.end, alignment_mode="expand")
        if span is not None:
            found = Found(span.start, span.end, item)
            table.update((token.i, found) for token in span)
    return table


def _entities(reading: Reading, events: Sequence[LocalEvent]) -> tuple[LocalEntity, ...]:
    """Return the entities that take part in an event or have a name, each with the ones it belongs to."""
    used = {filler.entity for event in events for filler in event.fillers if filler.entity}
    used |= {
        source.entity for event in events for mention in event.mentions for source in mention.said_by if source.entity
    }
    clusters = {cluster.key: cluster for cluster in reading.clusters.values()}
    wanted: dict[str, Cluster] = {}
    waiting = [clusters[key] for key in sorted(used)]
    while waiting:
        cluster = waiting.pop()
        if cluster.key not in wanted:
            wanted[cluster.key] = cluster
            waiting += [other for other in (cluster.owner, cluster.place) if other is not None]
    return tuple(_entity(reading, wanted[key]) for key in sorted(wanted, key=lambda key: int(key[1:])))


def _entity(reading: Reading, cluster: Cluster) -> LocalEntity:
    return LocalEntity(
        key=cluster.key,
        kind=cluster.kind,
        label=cluster.label,
        named=cluster.named,
        aliases=tuple(sorted(set(cluster.names) - {cluster.label})),
        mentions=tuple(reading.span(mention.start, mention.end) for mention in cluster.mentions),
        located_in=cluster.place.key if cluster.place else None,
        part_of=cluster.owner.key if cluster.owner else None,
    )
