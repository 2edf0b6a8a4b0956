"""Messages, alignment, targets, reviews, fallback and revision counters."""
