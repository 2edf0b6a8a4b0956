"""Exercises that a computer grades.

`parse` reads problem XML into an `Exercise`, which shows itself (`present`), reads a form (`read`), judges
(`grade`), tells the answers (`answers`) and lists its texts (`texts`, `with_texts`). The kinds of question
are in `kinds`, one file each; `plaintext` reads the plain-text form. The data that goes in and out: `view`,
`grading`, `texts`.
"""

from polylect.exercises.frame import Exercise, parse
from polylect.exercises.grading import Answer, Answers, Examples, Feedback, Grade, Response, Responses, Result, Verdict
from polylect.exercises.question import Input, Question, Runner
from polylect.exercises.texts import Slot, Words
from polylect.exercises.view import Choice, Field, FieldKind, Html, QuestionView, View

__all__ = [
    "Answer",
    "Answers",
    "Choice",
    "Examples",
    "Exercise",
    "Feedback",
    "Field",
    "FieldKind",
    "Grade",
    "Html",
    "Input",
    "Question",
    "QuestionView",
    "Response",
    "Responses",
    "Result",
    "Runner",
    "Slot",
    "Verdict",
    "View",
    "Words",
    "parse",
]
