"""Which fillers a frame's places give the roles of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from kg.extract.extractor import Extractor
from kg.extract.frame_proposer import ANYWHERE_SCORE, INNER_SCORE, LATER_PLACE
from kg.extract.proposals import Candidate, Proposal
from kg.frames import Trigger
from kg.model import Status
from tests.parsing import proposing, read

pytestmark = pytest.mark.model

BUY = {"acquirer": ("subject",), "target": ("object",)}
Roles = Mapping[str, Sequence[str]]


def propose(extractor: Extractor, text: str, type_: str, word: str, roles: Roles, *, pos: str = "verb") -> Proposal:
    trigger = Trigger(type_, pos, (word,), roles={role: tuple(places) for role, places in roles.items()})
    (proposal,) = proposing(extractor, trigger).propose(read(extractor, text))
    return proposal


def filled(proposal: Proposal) -> dict[str, list[str]]:
    """Return the words of the candidates by role."""
    found: dict[str, list[str]] = {}
    for candidate in proposal.candidates:
        found.setdefault(candidate.role, []).append(candidate.what.span.text)
    return found


def candidate(proposal: Proposal, role: str) -> Candidate:
    return next(found for found in proposal.candidates if found.role == role)


CASES = [
    pytest.param("Bosch bought Siemens.", BUY, {"acquirer": ["Bosch"], "target": ["Siemens"]}, id="the places' words"),
    pytest.param(
        "Bosch and Toyota bought Siemens.",
        BUY,
        {"acquirer": ["Bosch", "Toyota"], "target": ["Siemens"]},
        id="conjuncts share a role",
    ),
    pytest.param(
        "Bosch bought rivals such as Siemens and Toyota.",
        BUY,
        {"acquirer": ["Bosch"], "target": ["Siemens", "Toyota"]},
        id="names instead of the noun before them",
    ),
    pytest.param(
        "Bosch bought Siemens for $20 million.",
        BUY | {"price": ("from", "for")},
        {"acquirer": ["Bosch"], "target": ["Siemens"], "price": ["$20 million"]},
        id="the first place with a filler of the kind",
    ),
    pytest.param(
        "Bosch bought Siemens in Munich.",
        BUY,
        {"acquirer": ["Bosch"], "target": ["Siemens"], "place": ["Munich"]},
        id="place without being listed",
    ),
    pytest.param(
        "Bosch bought Siemens in June.",
        BUY,
        {"acquirer": ["Bosch"], "target": ["Siemens"]},
        id="a time is no place",
    ),
    pytest.param(
        "The deal, in which Bosch bought Siemens, cost $20 million.",
        BUY | {"price": ("for", "anywhere")},
        {"acquirer": ["Bosch"], "target": ["Siemens"], "price": ["$20 million"]},
        id="anywhere in the sentence",
    ),
    pytest.param(
        "Bosch bought Siemens.",
        {"acquirer": ("subject",), "seller": ("anywhere",)},
        {"acquirer": ["Bosch"], "seller": ["Siemens"]},
        id="anywhere takes what is left",
    ),
]


@pytest.mark.parametrize(("text", "roles", "fillers"), CASES)
def test_roles_are_filled_from_the_places_a_frame_lists(
    text: str, roles: Roles, fillers: dict[str, list[str]], extractor: Extractor
) -> None:
    assert filled(propose(extractor, text, "Acquisition", "buy", roles)) == fillers


def test_two_places_together_give_all_their_fillers(extractor: Extractor) -> None:
    roles = {"party": ["subject + with"]}
    proposal = propose(extractor, "Bosch merged with Siemens.", "Merger", "merge", roles)
    assert filled(proposal) == {"party": ["Bosch", "Siemens"]}


def test_the_two_companies_stand_for_both(extractor: Extractor) -> None:
    text = "Bosch met Siemens. The two companies merged."
    proposal = propose(extractor, text, "Merger", "merge", {"party": ("subject",)})
    labels = [found.what.cluster.label for found in proposal.candidates if found.what.cluster]
    assert labels == ["Bosch", "Siemens"]


def test_a_plant_in_the_actors_place_is_the_facility(extractor: Extractor) -> None:
    text = "The plant will start production of trains."
    proposal = propose(extractor, text, "ProductionStart", "start", {"agent": ("subject",)})
    assert filled(proposal) == {"facility": ["The plant"]}


def test_a_noun_yields_what_it_is_a_part_of(extractor: Extractor) -> None:
    text = "Bosch bought a majority of Siemens."
    proposal = propose(extractor, text, "StakePurchase", "buy", {"investee": ("object",)})
    assert filled(proposal) == {"investee": ["Siemens"]}
    assert candidate(proposal, "investee").score == INNER_SCORE


def test_the_trigger_itself_fills_a_role_only_if_asked(extractor: Extractor) -> None:
    text = "Bosch formed a joint venture."
    asked = propose(extractor, text, "JointVenture", "joint venture", {"result": ("self",)}, pos="noun")
    assert filled(asked) == {"result": ["a joint venture"]}
    nearby = propose(extractor, text, "JointVenture", "joint venture", {"result": ("anywhere",)}, pos="noun")
    assert filled(nearby) == {"result": ["Bosch"]}


def test_a_price_a_share_yields_to_the_whole_price(extractor: Extractor) -> None:
    text = "Bosch bought Siemens at $30 a share in a deal worth $20 million."
    proposal = propose(extractor, text, "Acquisition", "buy", BUY | {"price": ("anywhere",)})
    assert filled(proposal)["price"] == ["$20 million"]


def test_a_later_place_and_what_stands_anywhere_are_less_sure(extractor: Extractor) -> None:
    text = "Bosch bought Siemens for $20 million."
    first = propose(extractor, text, "Acquisition", "buy", {"price": ("for",)})
    second = propose(extractor, text, "Acquisition", "buy", {"price": ("in", "for")})
    anywhere = propose(extractor, text, "Acquisition", "buy", {"price": ("anywhere",)})
    scores = [candidate(proposal, "price").score for proposal in (first, second, anywhere)]
    assert scores == [1.0, LATER_PLACE, ANYWHERE_SCORE]


def test_a_proposal_says_which_rule_made_it_and_what_the_frame_says(extractor: Extractor) -> None:
    trigger = Trigger("Acquisition", "verb", ("take over",), score=0.4, status=Status.RUMOURED, direction="up")
    (proposal,) = proposing(extractor, trigger).propose(read(extractor, "Bosch took over Siemens."))
    assert proposal.rule == "frame:Acquisition/verb/take-over"
    assert (proposal.score, proposal.status, proposal.direction) == (0.4, Status.RUMOURED, "up")


def test_a_path_may_stand_beside_another_place(extractor: Extractor) -> None:
    text = "Bosch hired Elon Musk as chief executive of Siemens."
    proposal = propose(extractor, text, "ExecutiveAppointment", "hire", {"employer": ("subject + as/of",)})
    assert filled(proposal) == {"employer": ["Bosch", "Siemens"]}
