"""Ask a language model about sentences that the other proposers leave open; believe only what the text bears out."""
