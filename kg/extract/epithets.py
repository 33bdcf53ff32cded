"""What companies are called besides their names: "the carmaker", "the combined company", "the lenders"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extract.clusters import Cluster
from kg.extract.syntax import SUBJECTS
from kg.extract.tree import Tree
from kg.model import Kind

# Nouns that say what somebody is to somebody else: with the article they need not mean whoever was named before.
RELATIONAL = frozenset(
    [
        "acquirer", "backer", "bidder", "borrower", "buyer", "client", "competitor", "creditor", "customer", "debtor",
        "employer", "investor", "issuer", "lender", "licensee", "owner", "parent", "partner", "purchaser", "rival",
        "seller", "shareholder", "stakeholder", "stockholder", "suitor", "supplier", "tenant",
    ]
)  # fmt: skip
# Bodies that an article tells apart by name, so that no company is taken for one.
OTHER_BODIES = frozenset(
    [
        "agency", "association", "body", "bourse", "charity", "club", "committee", "consortium", "exchange", "family",
        "federation", "foundation", "fund", "institute", "institution", "network", "newspaper", "organisation",
        "organization", "panel", "team", "trust", "union", "university",
    ]
)  # fmt: skip
PUBLIC = frozenset({"agency", "authority", "body", "regulator", "watchdog"})  # fit any public body
# Words before "company" that make it another one than those named so far.
NEWLY_MADE = frozenset({"combined", "merged", "enlarged", "resulting", "new", "future", "joint", "separate", "other"})
STEM = 4  # letters that "bank" shares with "Banking", "airline" with "Airlines"


def descriptors(doc: Doc, tree: Tree, head: int) -> Iterable[str]:
    """Yield the nouns a name is called by: "carmaker Suzuki", "Suzuki, the carmaker", "Suzuki is a maker"."""
    label, above = tree.labels[head], tree.heads[head]
    for token in tree.children(head, "compound", "nmod", "appos"):
        if doc[token].pos_ == "NOUN":
            yield doc[token].lemma_.lower()
    if label == "appos" and doc[above].pos_ == "NOUN":
        yield doc[above].lemma_.lower()
    if label in SUBJECTS and doc[above].lemma_ == "be":
        for token in tree.children(above, "attr"):
            yield doc[token].lemma_.lower()


def is_called(cluster: Cluster, noun: str) -> bool:
    """Tell whether the article calls something so, or its name does: "the bank" for the Bank of Lyon."""
    if noun in cluster.epithets:
        return True
    stem = noun[: max(STEM, len(noun) - 2)]
    return any(word.startswith(stem) for name in cluster.names for word in name.casefold().split())


def can_mean(cluster: Cluster, noun: str, modifiers: frozenset[str]) -> bool:
    """Tell whether "the" with the noun and its modifiers can mean a company or public body named before."""
    if modifiers & NEWLY_MADE:
        return False
    if cluster.kind is Kind.GOVERNMENT:
        return noun in PUBLIC or is_called(cluster, noun)
    if noun in RELATIONAL or noun in OTHER_BODIES:
        return is_called(cluster, noun)
    return not any(word in OTHER_BODIES for name in cluster.names for word in name.casefold().split())
