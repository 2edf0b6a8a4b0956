"""Exercises that a computer grades: the frame, and one file per kind of question."""

from polylect.exercises.frame import Exercise

__all__ = ["Exercise"]
