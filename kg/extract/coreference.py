"""Group the mentions of an article into entities, by rules: names, acronyms, "the company", "the plant", pronouns.

The antecedent of a definite noun or pronoun is the most salient earlier entity of a fitting kind. Salience adds up recency,
subjecthood and frequency; the weights were chosen on the training articles (docs/accuracy.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.extract.clusters import ACTORS, Cluster, base_name, extends, is_acronym
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Form, Mention
from kg.extract.syntax import SUBJECTS, children, prepositional
from kg.model import Kind

PERSONAL = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
NEUTRAL = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "both", "said"})
RECENCY_WEIGHT = 2.0
SUBJECT_WEIGHT = 1.5
FREQUENCY_WEIGHT = 1.0
EPITHET_WEIGHT = 3.0
REACH = {Kind.PERSON: 4, Kind.FACILITY: 12, Kind.PRODUCT: 6, Kind.UNIT: 12}  # sentences back; actors have no limit
FALLBACK_REACH = 40
PAIR = 2
GENERIC_ACTOR = frozenset({"company", "firm", "group", "business", "corporation", "organization", "organisation", "enterprise", "party", "side"})
GENERIC_FACILITY = frozenset({"facility", "plant", "factory", "site", "complex"})
GENERIC_UNIT = frozenset({"division", "unit", "business", "arm", "subsidiary", "department"})


class Coreference:
    """Reads one document's mentions in order and assigns each to a cluster."""

    def __init__(self, doc: Doc, lexicon: Lexicon, *, body_start: int) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.body_start = body_start
        self.clusters: list[Cluster] = []
        self.of: dict[int, Cluster] = {}  # head token index -> cluster
        self._sentence = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}

    def resolve(self, mentions: Sequence[Mention]) -> Mapping[int, Cluster]:
        """Return the cluster of each mention by its head token's index. Pronouns without antecedent have none."""
        for mention in mentions:
            if mention.form is Form.NAME:
                self._join(mention, self._named(mention) or self._new(mention))
        for mention in mentions:
            if mention.form is not Form.NAME:
                self._resolve_unnamed(mention)
        for cluster in self.clusters:
            cluster.mentions.sort(key=lambda mention: mention.start)
        return self.of

    def _resolve_unnamed(self, mention: Mention) -> None:
        if mention.form is Form.PRONOUN:
            cluster = self._pronoun_antecedent(mention)
        else:
            cluster = self._apposed(mention) or self._nominal_antecedent(mention) or self._new(mention)
            if not cluster.members and self._is_group(mention):
                cluster.members = self._group(mention)
        if cluster:
            self._join(mention, cluster)

    def _join(self, mention: Mention, cluster: Cluster) -> None:
        cluster.mentions.append(mention)
        self.of[mention.head] = cluster
        if mention.form is Form.NAME:
            cluster.epithets.update(self._descriptors(self.doc[mention.head]))

    def _new(self, mention: Mention) -> Cluster:
        head = self.doc[mention.head]
        cluster = Cluster(
            f"e{len(self.clusters)}", mention.kind, head.lemma_.lower() if mention.form is Form.NOMINAL else ""
        )
        if mention.form is Form.NOMINAL:
            cluster.owner = self._owner(mention)
            cluster.place = self._place(head) if mention.kind in (Kind.FACILITY, Kind.UNIT) else None
            cluster.modifiers = _modifiers(head)
        self.clusters.append(cluster)
        return cluster

    # -- names

    def _named(self, mention: Mention) -> Cluster | None:
        """Return the cluster that already has this name, a longer form of it, or its acronym."""
        base = base_name(mention.text)
        same = [cluster for cluster in self.clusters if any(base_name(name) == base for name in cluster.names)]
        if same:
            return same[0]
        if mention.kind is Kind.PERSON:
            return self._same_person(base)
        if mention.kind is Kind.PLACE:
            return None
        return self._variant(mention, base)

    def _same_person(self, base: str) -> Cluster | None:
        words = base.split()
        for cluster in reversed(self.clusters):
            if cluster.kind is Kind.PERSON and any(
                _person_variant(words, base_name(name).split()) for name in cluster.names
            ):
                return cluster
        return None

    def _variant(self, mention: Mention, base: str) -> Cluster | None:
        fitting = [
            cluster
            for cluster in self.clusters
            if cluster.kind not in (Kind.PLACE, Kind.PERSON) or cluster.kind is mention.kind
        ]
        for cluster in fitting:
            if any(is_acronym(mention.text, name) or is_acronym(name, mention.text) for name in cluster.names):
                return cluster
        longer = [c for c in fitting if any(extends(base, base_name(name)) for name in c.names)]
        shorter = [c for c in fitting if any(self._completes(base, base_name(name)) for name in c.names)]
        candidates = longer or shorter
        return candidates[0] if len(candidates) == 1 else None

    def _completes(self, base: str, short: str) -> bool:
        """Tell whether a longer name only adds words that say what kind of organisation it is: "Toyota", "Toyota Motor"."""
        rest = base[len(short) :].split() if extends(short, base) else []
        return bool(rest) and all(
            word.strip(",.").title() in self.lexicon.name_words or word in self.lexicon.noun_kinds for word in rest
        )

    def _descriptors(self, head: Token) -> Iterable[str]:
        """Return the nouns a name is called by: "carmaker Renault", "Renault, the carmaker", "Renault is a carmaker"."""
        for token in children(head, "compound", "nmod", "appos"):
            if token.pos_ == "NOUN":
                yield token.lemma_.lower()
        if head.dep_ == "appos" and head.head.pos_ == "NOUN":
            yield head.head.lemma_.lower()
        if head.dep_ in SUBJECTS and head.head.lemma_ == "be":
            yield from (token.lemma_.lower() for token in children(head.head, "attr"))

    # -- common nouns

    def _apposed(self, mention: Mention) -> Cluster | None:
        """Return the cluster of the name that the noun stands beside: "DeepMotion, a company …"."""
        head = self.doc[mention.head]
        beside = [head.head] if head.dep_ == "appos" else children(head, "appos")
        for token in beside:
            cluster = self.of.get(token.i)
            if cluster and cluster.named and (mention.kind is cluster.kind or mention.kind in (Kind.THING, Kind.POST)):
                return cluster
        return None

    def _nominal_antecedent(self, mention: Mention) -> Cluster | None:
        if mention.kind in ACTORS:
            return (
                self._actor_antecedent(mention)
                if self._is_definite(mention) and not _is_plural(self.doc[mention.head])
                else None
            )
        return self._same_thing(mention)

    def _actor_antecedent(self, mention: Mention) -> Cluster | None:
        head = self.doc[mention.head]
        if children(head, "poss") or prepositional(head, "of"):
            return None
        candidates = [c for c in self.clusters if c.named and c.kind is mention.kind]
        return self._most_salient(candidates, mention, epithet=head.lemma_.lower())

    def _is_group(self, mention: Mention) -> bool:
        """Tell whether a noun stands for companies named before: "the companies", "both airlines"."""
        head = self.doc[mention.head]
        return mention.kind in ACTORS and _is_plural(head) and self._is_definite(mention) and not children(head, "poss")

    def _group(self, mention: Mention) -> tuple[Cluster, ...]:
        """Return the two most salient companies, if both stand in one of the sentences before."""
        candidates = [(self._salience(c, mention, ""), -n, c) for n, c in enumerate(self.clusters) if c.named and c.kind in ACTORS]
        best = [row[2] for row in sorted(candidates, key=lambda row: row[:2], reverse=True) if row[0] > 0][:PAIR]
        return tuple(best) if len(best) == PAIR and self._together(best, mention) else ()

    def _together(self, clusters: Sequence[Cluster], mention: Mention) -> bool:
        before = [{self._sentence[m.head] for m in c.mentions if m.head < mention.start} for c in clusters]
        return bool(set.intersection(*before))

    def _same_thing(self, mention: Mention) -> Cluster | None:
        """Return an earlier facility, unit, product or thing that this noun phrase can be another mention of."""
        head = self.doc[mention.head]
        owner, place, modifiers = self._owner(mention), self._place(head), _modifiers(head)
        for cluster in sorted(self.clusters, key=lambda c: -c.mentions[-1].start if c.mentions else 0):
            if cluster.kind is not mention.kind or cluster.named or not cluster.mentions:
                continue
            if not self._within_reach(cluster, mention) or not _same_head(head.lemma_.lower(), cluster.head):
                continue
            if _clash(owner, cluster.owner) or _clash(place, cluster.place):
                continue
            if self._refers_back(mention, cluster, modifiers, place):
                cluster.owner, cluster.place = cluster.owner or owner, cluster.place or place
                return cluster
        return None

    def _refers_back(
        self, mention: Mention, cluster: Cluster, modifiers: frozenset[str], place: Cluster | None
    ) -> bool:
        if self._is_definite(mention):
            return (
                modifiers <= cluster.modifiers
                or not cluster.modifiers
                or (mention.kind in (Kind.FACILITY, Kind.UNIT) and bool(modifiers & cluster.modifiers))
            )
        return bool(place and place is cluster.place) or (
            modifiers == cluster.modifiers and mention.kind in (Kind.PRODUCT, Kind.POST)
        )

    def _owner(self, mention: Mention) -> Cluster | None:
        """Return whose thing it is: a possessor, an *of* phrase, a company name before the noun; for "the division", who is meant."""
        head = self.doc[mention.head]
        for token in [*children(head, "poss"), *children(head, "compound", "nmod"), *prepositional(head, "of")]:
            cluster = self.of.get(token.i)
            if cluster and cluster.kind in ACTORS:
                return cluster
        if mention.kind is Kind.UNIT and self._is_definite(mention):
            return self._most_salient([c for c in self.clusters if c.named and c.kind in ACTORS], mention)
        return None

    def _place(self, head: Token) -> Cluster | None:
        """Return where a thing is: its own place, or that of the verb whose object it is."""
        bearers = [head, head.head] if head.dep_ in ("dobj", "nsubjpass") else [head]
        for bearer in bearers:
            for token in _place_words(bearer):
                cluster = self.of.get(token.i)
                if cluster and cluster.kind is Kind.PLACE and cluster.named:
                    return cluster
        return None

    # -- pronouns

    def _pronoun_antecedent(self, mention: Mention) -> Cluster | None:
        word = mention.text.lower()
        if word in PERSONAL:
            return self._most_salient([c for c in self.clusters if c.kind is Kind.PERSON], mention)
        if word in NEUTRAL or word in PLURAL:
            if word == "it" and _is_expletive(self.doc[mention.head]):
                return None
            return self._most_salient([c for c in self.clusters if c.kind in (*ACTORS, Kind.UNIT, Kind.FACILITY)], mention)
        return None

    # -- salience

    def _most_salient(self, candidates: Iterable[Cluster], mention: Mention, epithet: str = "") -> Cluster | None:
        scored = [
            (self._salience(cluster, mention, epithet), -number, cluster) for number, cluster in enumerate(candidates)
        ]
        scored = [row for row in scored if row[0] > 0]
        return max(scored, key=lambda row: row[:2])[2] if scored else None

    def _salience(self, cluster: Cluster, mention: Mention, epithet: str) -> float:
        """Return how likely the cluster is meant; 0 if it does not stand before the mention or cannot be meant."""
        before = [
            earlier
            for earlier in cluster.mentions
            if earlier.head < mention.start and not self._bound(earlier, mention)
        ]
        if not before:
            return 0.0
        last = before[-1]
        distance = self._sentence[mention.head] - self._sentence[last.head]
        if distance > REACH.get(cluster.kind, FALLBACK_REACH):
            return 0.0
        subject = any(
            self._is_subject(earlier) and self._sentence[mention.head] - self._sentence[earlier.head] <= 1
            for earlier in before
        )
        score = (
            RECENCY_WEIGHT / (1 + distance)
            + SUBJECT_WEIGHT * subject
            + FREQUENCY_WEIGHT * len(before) / (len(before) + 3)
        )
        return score + (EPITHET_WEIGHT if epithet in cluster.epithets - GENERIC_ACTOR else 0.0)

    def _bound(self, earlier: Mention, mention: Mention) -> bool:
        """Tell whether both are arguments of one verb, so that they cannot be the same thing ("X sued the company")."""
        first, second = self.doc[earlier.head], self.doc[mention.head]
        return (
            second.tag_ != "PRP$"
            and first.head == second.head
            and first.head.pos_ in ("VERB", "AUX")
            and first != second
        )

    def _is_subject(self, mention: Mention) -> bool:
        return self.doc[mention.head].dep_ in ("nsubj", "nsubjpass")

    def _within_reach(self, cluster: Cluster, mention: Mention) -> bool:
        last = cluster.mentions[-1]
        return self._sentence[mention.head] - self._sentence[last.head] <= REACH.get(cluster.kind, FALLBACK_REACH)

    def _is_definite(self, mention: Mention) -> bool:
        head = self.doc[mention.head]
        return any(child.lower_ in DEFINITE for child in head.lefts) or bool(children(head, "poss"))


def _place_words(bearer: Token) -> list[Token]:
    named = [token for preposition in ("in", "at", "near", "outside") for token in prepositional(bearer, preposition)]
    return [*named, *children(bearer, "compound", "nmod")]


def _person_variant(words: list[str], other: list[str]) -> bool:
    return bool(words and other) and (words == other[-len(words) :] or other == words[-len(other) :])


def _modifiers(head: Token) -> frozenset[str]:
    """Return the describing words of a noun; size and novelty tell nothing apart."""
    empty = {"new", "own", "large", "big", "first", "latest", "current", "existing", "other"}
    return frozenset(child.lemma_.lower() for child in head.lefts if child.dep_ in ("amod", "compound", "nmod")) - empty


def _same_head(lemma: str, other: str) -> bool:
    if lemma == other:
        return True
    return any(
        {lemma, other} <= generic | {lemma} and other in generic and lemma in generic
        for generic in (GENERIC_FACILITY, GENERIC_UNIT)
    )


def _clash(one: Cluster | None, other: Cluster | None) -> bool:
    return one is not None and other is not None and one is not other


def _is_plural(token: Token) -> bool:
    return "Number=Plur" in str(token.morph)


def _is_expletive(token: Token) -> bool:
    """Tell whether "it" refers to nothing: "it is expected that …", "it was not clear"."""
    verb = token.head
    return (token.dep_ == "nsubjpass" and verb.tag_ == "VBN" and bool(children(verb, "ccomp", "advcl"))) or bool(
        token.dep_ == "nsubj"
        and verb.lemma_ == "be"
        and children(verb, "acomp")
        and children(verb, "ccomp", "advcl", "xcomp")
    )
