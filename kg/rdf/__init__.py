"""Values to RDF and back: the only writer of triples."""

from kg.rdf.read import read_knowledge
from kg.rdf.write import to_quads

__all__ = ["read_knowledge", "to_quads"]
