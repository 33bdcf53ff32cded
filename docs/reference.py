"""Write docs/ontology.md out of the ontology. Run it after a change to ontology/*.ttl."""

from __future__ import annotations

from pathlib import Path

from kg.ontology import load_ontology, reference
from kg.resources import ontology_folder

PAGE = Path(__file__).with_name("ontology.md")


if __name__ == "__main__":
    PAGE.write_text(reference(load_ontology([ontology_folder()])), encoding="utf-8")
