"""Group the mentions of an article into entities, by rules: names, acronyms, "the company", "the plant", pronouns.

The antecedent of a definite noun or pronoun is the most salient earlier entity of a fitting kind; a thing without a
name is an earlier one with the same head noun, unless owner, place or description tell them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from kg.extract.clusters import ACTORS, Cluster
from kg.extract.epithets import RELATIONAL, can_mean, descriptors, is_called
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Form, Mention
from kg.extract.names import is_region
from kg.extract.namesakes import Namesakes
from kg.extract.salience import GENERIC_ACTOR, Salience
from kg.extract.tree import tree_of
from kg.model import Kind

PERSONAL = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
NEUTRAL = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "both", "said"})
OURS = frozenset({"we", "us", "our", "ours", "ourselves"})  # in a quotation: the speaker's company
PAIR = 2
NEUTRAL_KINDS = frozenset({*ACTORS, Kind.UNIT, Kind.FACILITY})  # what "it" and "they" can mean
SECURITIES = frozenset({"share", "stock"})  # "the shares" are those of the company talked about
PLACED = frozenset({Kind.FACILITY, Kind.UNIT})  # what is told apart by where it is
DESCRIBED = frozenset({Kind.PRODUCT, Kind.POST})  # what the same description means again, "the" or not
BESIDE_NAMES = frozenset({Kind.THING, Kind.POST})  # nouns that a name of any kind can stand beside
# Nouns that take up each other: "a plant ... the facility".
GENERIC_FACILITY = frozenset({"facility", "plant", "factory", "site", "complex"})
GENERIC_UNIT = frozenset({"division", "unit", "business", "arm", "subsidiary", "department"})
PLACE_PREPOSITIONS = ("in", "at", "near", "outside")
BEFORE_NOUN = ("amod", "compound", "nmod")
# Size and novelty tell nothing apart.
NO_MODIFIERS = frozenset({"new", "own", "large", "big", "first", "latest", "current", "existing", "other"})


class Coreference:
    """Reads one document's mentions in order and assigns each to a cluster."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.clusters: list[Cluster] = []
        self.of: dict[int, Cluster] = {}  # head token index -> cluster
        self._tree = tree_of(doc)
        self._namesakes = Namesakes(lexicon)
        self._salience = Salience(doc, self.of)
        self._named: dict[Kind, list[Cluster]] = defaultdict(list)
        self._named_actors: list[Cluster] = []
        self._unnamed: dict[tuple[Kind, str], list[Cluster]] = defaultdict(list)  # by kind and head noun

    def resolve(self, mentions: Sequence[Mention]) -> Mapping[int, Cluster]:
        """Return the cluster of each mention by its head token's index. Pronouns without antecedent have none."""
        for mention in mentions:
            if mention.form is Form.NAME:
                cluster = self._namesakes.find(mention.text, mention.kind) or self._new_named(mention)
                self._join(mention, cluster)
                self._namesakes.add(mention.text, cluster)
                cluster.epithets.update(descriptors(self.doc, self._tree, mention.head))
        self._place_places(mentions)
        for mention in mentions:
            if mention.form is Form.PRONOUN:
                self._resolve_pronoun(mention)
            elif mention.form is Form.NOMINAL:
                self._resolve_nominal(mention)
        for cluster in self.clusters:
            cluster.mentions.sort(key=lambda mention: mention.start)
        return self.of

    def _place_places(self, mentions: Sequence[Mention]) -> None:
        """Put each place in the country or state named behind it: "Lyon, France"."""
        for city, region in pairwise(mention for mention in mentions if mention.kind is Kind.PLACE):
            follows = region.start == city.end + 1 and self._tree.words[city.end] == ","
            if follows and is_region(region.text) and not is_region(city.text):
                cluster = self.of.get(city.head)
                if cluster is not None and cluster.named and cluster.place is None:
                    cluster.place = self.of.get(region.head)

    def _resolve_pronoun(self, mention: Mention) -> None:
        if cluster := self._pronoun_antecedent(mention):
            self._join(mention, cluster)

    def _resolve_nominal(self, mention: Mention) -> None:
        cluster = self._apposed(mention) or self._nominal_antecedent(mention) or self._new_unnamed(mention)
        if not cluster.members and self._is_group(mention):
            cluster.members = self._group(mention)
        self._join(mention, cluster)

    def _join(self, mention: Mention, cluster: Cluster) -> None:
        cluster.mentions.append(mention)
        self.of[mention.head] = cluster
        self._salience.add(mention, cluster)

    def _new_named(self, mention: Mention) -> Cluster:
        cluster = self._new(mention.kind, "")
        self._named[mention.kind].append(cluster)
        if mention.kind in ACTORS:
            self._named_actors.append(cluster)
        return cluster

    def _new_unnamed(self, mention: Mention) -> Cluster:
        noun = self._lemma(mention.head)
        cluster = self._new(mention.kind, noun)
        cluster.owner = self._owner(mention)
        cluster.place = self._place(mention.head) if mention.kind in PLACED else None
        cluster.modifiers = self._modifiers(mention.head)
        self._unnamed[mention.kind, noun].append(cluster)
        return cluster

    def _new(self, kind: Kind, head: str) -> Cluster:
        cluster = Cluster(f"e{len(self.clusters)}", kind, head)
        self.clusters.append(cluster)
        return cluster

    # -- common nouns

    def _apposed(self, mention: Mention) -> Cluster | None:
        """Return the cluster of the name that the noun stands beside: "Bertelsmann, a company ..."."""
        head = mention.head
        is_beside = self._tree.labels[head] == "appos"
        for token in [self._tree.heads[head]] if is_beside else self._tree.children(head, "appos"):
            cluster = self.of.get(token)
            if cluster and cluster.named and (mention.kind is cluster.kind or mention.kind in BESIDE_NAMES):
                return cluster
        return None

    def _nominal_antecedent(self, mention: Mention) -> Cluster | None:
        if self._lemma(mention.head) in SECURITIES:
            return None  # told apart by whose they are, which is looked for anew
        if mention.kind not in ACTORS:
            return self._as_company(mention) or self._same_thing(mention)
        if self._is_definite(mention.head) and not self._is_plural(mention.head):
            return self._actor_antecedent(mention)
        return None

    def _as_company(self, mention: Mention) -> Cluster | None:
        """Return the company that is called "the business"."""
        noun, bare = self._lemma(mention.head), mention.start + 2 == mention.end
        if (
            noun not in GENERIC_ACTOR
            or not bare
            or not self._is_definite(mention.head)
            or self._is_plural(mention.head)
        ):
            return None
        return self._actor_antecedent(replace(mention, kind=Kind.ORGANIZATION))

    def _actor_antecedent(self, mention: Mention) -> Cluster | None:
        """Return the company that "the company" means, or "the Acme company"."""
        head, noun = mention.head, self._lemma(mention.head)
        if self._tree.children(head, "poss") or self._tree.prepositional(head, "of"):
            return None
        before = [self.of[token] for token in self._tree.children(head, *BEFORE_NOUN) if token in self.of]
        if owner := next((cluster for cluster in before if cluster.named and cluster.kind in ACTORS), None):
            return owner if noun in GENERIC_ACTOR else None
        modifiers = frozenset(map(self._lemma, self._tree.children(head, *BEFORE_NOUN)))
        candidates = [cluster for cluster in self._named[mention.kind] if can_mean(cluster, noun, modifiers)]
        called = [] if noun in GENERIC_ACTOR else [cluster for cluster in candidates if is_called(cluster, noun)]
        return self._salience.most_salient(called, mention) or self._salience.most_salient(candidates, mention)

    def _is_group(self, mention: Mention) -> bool:
        """Tell whether a noun stands for companies named before: "the companies", "both airlines"."""
        head = mention.head
        return (
            mention.kind in ACTORS
            and self._is_plural(head)
            and self._is_definite(head)
            and self._lemma(head) not in RELATIONAL
            and not self._tree.children(head, "poss")
        )

    def _group(self, mention: Mention) -> tuple[Cluster, ...]:
        """Return the two most salient companies, if both stand in one of the sentences before."""
        best = self._salience.ranked(self._named_actors, mention)[:PAIR]
        return tuple(best) if len(best) == PAIR and self._salience.together(best, mention) else ()

    def _same_thing(self, mention: Mention) -> Cluster | None:
        """Return an earlier facility, unit, product or thing that this noun phrase can be another mention of."""
        candidates = self._same_nouns(mention)
        if not candidates:
            return None
        owner, place = self._owner(mention), self._place(mention.head)
        modifiers = self._modifiers(mention.head)
        for cluster in candidates:
            if _clash(owner, cluster.owner) or _clash(place, cluster.place):
                continue
            if self._refers_back(mention, cluster, modifiers, place):
                cluster.owner, cluster.place = cluster.owner or owner, cluster.place or place
                return cluster
        return None

    def _same_nouns(self, mention: Mention) -> list[Cluster]:
        """Return the clusters within reach that have the noun or one for the same, the last mentioned first."""
        noun = self._lemma(mention.head)
        nouns = {noun}.union(*(generic for generic in (GENERIC_FACILITY, GENERIC_UNIT) if noun in generic))
        found = [cluster for other in nouns for cluster in self._unnamed.get((mention.kind, other), ())]
        near = [cluster for cluster in found if self._salience.within_reach(cluster, mention)]
        return sorted(near, key=lambda cluster: (-cluster.mentions[-1].start, int(cluster.key[1:])))

    def _refers_back(
        self, mention: Mention, cluster: Cluster, modifiers: frozenset[str], place: Cluster | None
    ) -> bool:
        if self._is_definite(mention.head):
            return (
                modifiers <= cluster.modifiers
                or not cluster.modifiers
                or (mention.kind in PLACED and bool(modifiers & cluster.modifiers))
            )
        return bool(place and place is cluster.place) or (modifiers == cluster.modifiers and mention.kind in DESCRIBED)

    def _owner(self, mention: Mention) -> Cluster | None:
        """Return whose thing it is: a possessor, an *of* phrase, a company name before it; that of "the unit"."""
        head, tree = mention.head, self._tree
        before = (*tree.children(head, "poss"), *tree.children(head, "compound", "nmod"))
        for token in (*before, *tree.prepositional(head, "of")):
            cluster = self.of.get(token)
            if cluster and cluster.kind in ACTORS:
                return cluster
        if (mention.kind is Kind.UNIT or self._lemma(head) in SECURITIES) and self._is_definite(head):
            return self._salience.most_salient(self._named_actors, mention)
        return None

    def _place(self, head: int) -> Cluster | None:
        """Return where a thing is: its own place, or that of the verb whose object it is."""
        acted_on = self._tree.labels[head] in ("dobj", "nsubjpass")
        for bearer in (head, self._tree.heads[head]) if acted_on else (head,):
            for token in self._place_words(bearer):
                cluster = self.of.get(token)
                if cluster and cluster.kind is Kind.PLACE and cluster.named:
                    return cluster
        return None

    def _place_words(self, bearer: int) -> Iterable[int]:
        for preposition in PLACE_PREPOSITIONS:
            yield from self._tree.prepositional(bearer, preposition)
        yield from self._tree.children(bearer, "compound", "nmod")

    # -- pronouns

    def _pronoun_antecedent(self, mention: Mention) -> Cluster | None:
        word = mention.text.lower()
        if word in PERSONAL:
            people = [cluster for cluster in self.clusters if cluster.kind is Kind.PERSON]
            candidates = people or self._named_actors  # a translated text calls a company "he"
        elif (
            word in OURS
            or word in PLURAL
            or (word in NEUTRAL and not (word == "it" and self._is_expletive(mention.head)))
        ):
            candidates = [cluster for cluster in self.clusters if cluster.kind in NEUTRAL_KINDS]
        else:
            candidates = []
        return self._salience.most_salient(candidates, mention)

    def _is_expletive(self, it: int) -> bool:
        """Tell whether "it" refers to nothing: "it is expected that ...", "it was not clear"."""
        tree, label, above = self._tree, self._tree.labels[it], self._tree.heads[it]
        if label == "nsubjpass":
            return self.doc[above].tag_ == "VBN" and bool(tree.children(above, "ccomp", "advcl"))
        return (
            label == "nsubj"
            and self.doc[above].lemma_ == "be"
            and bool(tree.children(above, "acomp"))
            and bool(tree.children(above, "ccomp", "advcl", "xcomp"))
        )

    # -- words

    def _lemma(self, index: int) -> str:
        return str(self.doc[index].lemma_.lower())

    def _is_plural(self, index: int) -> bool:
        return "Number=Plur" in str(self.doc[index].morph)

    def _is_definite(self, index: int) -> bool:
        below = self._tree.below[index]
        return any(
            self._tree.labels[child] == "poss" or (child < index and self._tree.words[child] in DEFINITE)
            for child in below
        )

    def _modifiers(self, head: int) -> frozenset[str]:
        """Return the describing words of a noun."""
        found = (child for child in self._tree.children(head, *BEFORE_NOUN) if child < head)
        return frozenset(map(self._lemma, found)) - NO_MODIFIERS


def _clash(one: Cluster | None, other: Cluster | None) -> bool:
    return one is not None and other is not None and one is not other
