"""Score the extraction on annotated collections that others made, each in its own terms: `docs/other-gold.md`."""
