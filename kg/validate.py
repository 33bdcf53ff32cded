"""Check a graph against the shapes: what it must hold (violations) and what an article leaves open (warnings)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyshacl
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import OntologyError
from kg.iris import compact, local_name
from kg.resources import ontology_folder
from kg.store import GraphStore

_SHACL = "http://www.w3.org/ns/shacl#"


class Severity(StrEnum):
    """How bad a finding is."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as a shape asks, in plain words. `node`, `path` and `value` are short names or literals."""

    severity: Severity
    node: str
    label: str
    message: str
    path: str = ""
    value: str = ""

    def __str__(self) -> str:
        about = f" ({self.label})" if self.label else ""
        value = f": {self.value}" if self.value else ""
        return f"{self.severity}: {self.node}{about}: {self.message}{value}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, violations first. A graph conforms if nothing is a violation."""

    conforms: bool
    findings: tuple[Finding, ...]

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)


def validate(store: GraphStore, *, folders: Sequence[Path] = ()) -> Report:
    """Check the whole graph against our shapes and those in the folders. Raises `OntologyError` for faulty shapes."""
    graph = _in_memory(store)
    shapes = _shapes((ontology_folder(), *folders))
    results = _results(graph, shapes)
    prefixes = store.iris.prefixes()
    findings = [_finding(graph, results, node, prefixes) for node in results.subjects(RDF.type, SH.ValidationResult)]
    order = list(Severity)
    findings.sort(key=lambda finding: (order.index(finding.severity), finding.node, finding.message, finding.value))
    return Report(not any(finding.severity is Severity.VIOLATION for finding in findings), tuple(findings))


def _in_memory(store: GraphStore) -> Graph:
    """Return the triples as a plain rdflib graph, which answers pySHACL's many small questions fastest."""
    graph = Graph(bind_namespaces="none")
    for triple in store.to_rdflib().triples((None, None, None)):
        graph.add(triple)
    return graph


def _shapes(folders: Iterable[Path]) -> Graph:
    shapes = Graph(bind_namespaces="none")
    for path in (path for folder in folders for path in sorted(folder.glob("*.ttl"))):
        text = path.read_text(encoding="utf-8")
        if _SHACL not in text:
            continue
        try:
            shapes.parse(data=text, format="turtle")
        except (BadSyntax, ParserError) as error:
            raise OntologyError(str(path), f"not valid Turtle ({error})", "mend the file") from error
    return shapes


def _results(graph: Graph, shapes: Graph) -> Graph:
    """Run pySHACL without inference, imports or scripts."""
    log = logging.getLogger("kg.validate")
    try:
        _, results, text = pyshacl.validate(
            graph,
            shacl_graph=shapes,
            inference="none",
            do_owl_imports=False,
            inplace=True,
            log=log,
        )
    except pyshacl.errors.ReportableRuntimeError as error:
        raise OntologyError("shapes", f"cannot be used ({error})", "mend shapes.ttl") from error
    if not isinstance(results, Graph):
        raise OntologyError("shapes", f"cannot be used ({text})", "mend shapes.ttl")
    return results


def _finding(graph: Graph, results: Graph, node: Node, prefixes: dict[str, str]) -> Finding:
    focus = results.value(node, SH.focusNode)
    return Finding(
        severity=Severity(local_name(str(results.value(node, SH.resultSeverity))).lower()),
        node=_short(focus, prefixes),
        label=str(graph.value(focus, RDFS.label) or ""),
        message=" ".join(sorted(str(message) for message in results.objects(node, SH.resultMessage))),
        path=_short(results.value(node, SH.resultPath), prefixes),
        value=_short(results.value(node, SH.value), prefixes),
    )


def _short(term: Any, prefixes: dict[str, str]) -> str:
    return compact(str(term), prefixes) if isinstance(term, URIRef) else "" if term is None else str(term)
