"""A learner's pages: catalogue, about, unit, progress."""
