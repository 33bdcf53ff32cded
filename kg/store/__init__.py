"""Keep the graph: an oxigraph store in the output folder, replaced whole, shown to users as rdflib.

    OUT/current.json            names the store that holds the graph
    OUT/store-<digest>/         the store; the digest is that of its content
    OUT/.lock                   held by the process that writes

A new graph goes into a new folder. Only when it is complete does `current.json` change, in one step, so that whoever
reads, and whatever is killed, meets the old graph or the new one.
"""

from kg.store.graph import Answer, GraphStore
from kg.store.writing import WriterLock, write_graph, write_lock

__all__ = ["Answer", "GraphStore", "WriterLock", "write_graph", "write_lock"]
