"""Translation memory: every pair of a source text and its translation, over all courses, found by likeness.

It knows languages and texts and nothing of messages: `texts` tells it what was translated.
"""
