"""Translation memory: every pair of a source text and its translation, over all courses, found by likeness.

It knows languages, texts and courses, and nothing of messages or people: `texts` tells it what was translated
(`actions.remember`), and asks what was translated before (`queries.matches`). `likeness` says what alike means, and how
what is alike is found without looking at everything.
"""
