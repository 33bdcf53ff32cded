"""Articles in: every format a user is likely to have, each read by one module, cleaned without moving a character."""

from kg.articles.cleaning import clean
from kg.articles.draft import Draft, Skipped, article_key, finish
from kg.articles.duplicates import deduplicate, fingerprint
from kg.articles.names import ShortNames
from kg.articles.reading import read_articles

__all__ = [
    "Draft",
    "ShortNames",
    "Skipped",
    "article_key",
    "clean",
    "deduplicate",
    "fingerprint",
    "finish",
    "read_articles",
]
