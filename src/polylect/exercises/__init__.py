"""Exercises that a computer grades.

`parse` reads problem XML into an `Exercise`, which shows itself (`present`), reads a form (`read`), judges
(`grade`), tells the answers (`answers`) and lists its texts (`texts`, `with_texts`). What an author's script leaves for
a learner's seed comes from `prepare`, and is handed to all of these. The kinds of question are in `kinds`, one file
each; `plaintext` reads and writes the plain-text form. The data that goes in and out: `view`, `grading`, `texts`.
"""

from polylect.exercises.frame import Exercise, graded_here, parse
from polylect.exercises.grading import (
    Answer,
    Answers,
    Examples,
    Feedback,
    Finding,
    Grade,
    Response,
    Responses,
    Result,
    Verdict,
)
from polylect.exercises.question import Input, Question
from polylect.exercises.scripts import Runner, ScriptFailed
from polylect.exercises.texts import Slot, Words
from polylect.exercises.view import Choice, Field, FieldKind, Group, Html, Picture, QuestionView, View

__all__ = [
    "Answer",
    "Answers",
    "Choice",
    "Examples",
    "Exercise",
    "Feedback",
    "Field",
    "FieldKind",
    "Finding",
    "Grade",
    "Group",
    "Html",
    "Input",
    "Picture",
    "Question",
    "QuestionView",
    "Response",
    "Responses",
    "Result",
    "Runner",
    "ScriptFailed",
    "Slot",
    "Verdict",
    "View",
    "Words",
    "graded_here",
    "parse",
]
