"""From an article's language to its entities and events."""
