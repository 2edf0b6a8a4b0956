"""Makes a lesson video from a text file: slides drawn by a browser, a synthetic voice, captions timed to the voice."""
