"""Fill roles that the clause leaves to the reader: whose plant it is, where it stands, which division's staff it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.clusters import ACTORS, Cluster
from kg.extract.denotation import Denotation, value_denotation
from kg.extract.proposals import Candidate, Ground, actor_role
from kg.extract.reading import Reading
from kg.model import Kind, ValueKind
from kg.ontology import EventType, Role

BRIDGED_SCORE = 0.6
TOPIC_SCORE = 0.4
BELONGINGS = frozenset({Kind.FACILITY, Kind.UNIT, Kind.PRODUCT, Kind.POST})


def note_belongings(event_type: EventType, chosen: Sequence[Candidate]) -> None:
    """Remember on the entities what an event says of a facility: who has it, and where it is."""
    actor = actor_role(event_type)
    owner = _cluster(chosen, actor.id) if actor else None
    place = _cluster(chosen, "place")
    facility = _cluster(chosen, "facility")
    if facility is None or facility.named or facility.kind is not Kind.FACILITY:
        return
    facility.owner = facility.owner or (owner if owner and owner.kind in ACTORS else None)
    facility.place = facility.place or place


def bridge(
    reading: Reading, event_type: EventType, chosen: Sequence[Candidate], topic: Cluster | None = None
) -> tuple[Candidate, ...]:
    """Return the fillers with those added that follow from them, or from whom the article is about.

    What the clause itself says stays.
    """
    actor = actor_role(event_type)
    filled = _unit_to_its_role(event_type, list(chosen), actor)
    if actor and not any(candidate.role == actor.id for candidate in filled):
        filled += _owner_of_belongings(actor, filled) or _main_company(actor, filled, topic)
    if not any(candidate.role == "place" for candidate in filled):
        filled += _place_of_facility(filled)
    if "capacity" in event_type.role_names and not any(candidate.role == "capacity" for candidate in filled):
        filled += _capacity_of_facility(reading, filled)
    return tuple(filled)


def _unit_to_its_role(event_type: EventType, chosen: list[Candidate], actor: Role | None) -> list[Candidate]:
    """Let a division that acts fill the type's `unit`, and its company act: "the R&D department employs 13,919"."""
    if actor is None or "unit" not in event_type.role_names or any(candidate.role == "unit" for candidate in chosen):
        return chosen
    return [
        replace(candidate, role="unit")
        if candidate.role == actor.id and _is_owned_unit(candidate.what.cluster)
        else candidate
        for candidate in chosen
    ]


def _is_owned_unit(cluster: Cluster | None) -> bool:
    return cluster is not None and cluster.kind is Kind.UNIT and cluster.owner is not None


def _owner_of_belongings(actor: Role, chosen: Sequence[Candidate]) -> list[Candidate]:
    for candidate in chosen:
        cluster = candidate.what.cluster
        if cluster and cluster.kind in BELONGINGS and cluster.owner and cluster.owner.kind in actor.kinds:
            return [_implied(actor.id, candidate.what, cluster.owner)]
    return []


def _main_company(actor: Role, chosen: Sequence[Candidate], topic: Cluster | None) -> list[Candidate]:
    """Return the company that the article is about, where an event names things but not who acts: "300 jobs go"."""
    taken = {candidate.what.cluster.key for candidate in chosen if candidate.what.cluster}
    if topic is None or not chosen or topic.key in taken or topic.kind not in actor.kinds:
        return []
    return [replace(_implied(actor.id, chosen[0].what, topic), score=TOPIC_SCORE, ground=Ground.TOPIC)]


def topic_of(clusters: Iterable[Cluster]) -> Cluster | None:
    """Return the company that the article mentions most, if it does so more than once."""
    named = [
        cluster
        for cluster in clusters
        if cluster.named and cluster.kind is Kind.ORGANIZATION and len(cluster.mentions) > 1
    ]
    return max(named, key=lambda cluster: (len(cluster.mentions), -cluster.mentions[0].start), default=None)


def _place_of_facility(chosen: Sequence[Candidate]) -> list[Candidate]:
    for candidate in chosen:
        cluster = candidate.what.cluster
        if candidate.role == "facility" and cluster and cluster.place:
            return [_implied("place", candidate.what, cluster.place)]
    return []


def _capacity_of_facility(reading: Reading, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the quantity that the words about a facility give: "a plant that can produce 300,000 cars a year"."""
    for candidate in chosen:
        if candidate.role != "facility":
            continue
        for token in reading.doc[candidate.what.token].subtree:
            found = reading.values.get(token.i)
            if token.i > candidate.what.token and found and found.item.value.kind is ValueKind.QUANTITY:
                return [Candidate("capacity", value_denotation(reading, found), BRIDGED_SCORE)]
    return []


def _implied(role: str, what: Denotation, cluster: Cluster) -> Candidate:
    """Return an entity as a filler, with the words that imply it as its evidence."""
    filler = replace(what, kind=cluster.kind, cluster=cluster, value=None)
    return Candidate(role, filler, BRIDGED_SCORE, ground=Ground.IMPLIED)


def _cluster(chosen: Sequence[Candidate], role: str) -> Cluster | None:
    return next(
        (candidate.what.cluster for candidate in chosen if candidate.role == role and candidate.what.cluster), None
    )
