"""What a learner gave, and what became of it. All of it can be written as JSON and read back."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from polylect.exercises.texts import Words
from polylect.partnership import Judgement, Nearest

Point = tuple[float, float]
"""A place in a picture, in its author's pixels: from the left edge, and from the top."""


class Verdict(Enum):
    """How right a response is."""

    CORRECT = "correct"
    PARTLY = "partly"
    INCORRECT = "incorrect"


@dataclass(frozen=True)
class Response:
    """What a learner gave in one field:

    as typed, and as read (choice codes; a number in ASCII; a text as it is).
    """

    field: str
    typed: tuple[str, ...] = ()
    read: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The one text of a text field; empty if nothing was given."""
        return self.read[0] if self.read else ""


@dataclass(frozen=True)
class Responses:
    """The responses to one exercise, by field."""

    given: tuple[Response, ...] = ()

    def __iter__(self) -> Iterator[Response]:
        return iter(self.given)

    def of(self, field: str) -> Response:
        """The response in this field; an empty one where nothing was sent."""
        for response in self.given:
            if response.field == field:
                return response
        return Response(field)


@dataclass(frozen=True)
class Feedback:
    """Words after grading.

    `role` is the slot they came from, so that they can be shown again in another language; empty: an author's script
    said them.
    """

    role: str
    words: Words
    """HTML."""
    label: Words | None = None
    """The author's plain word before it; None: the page's own ("Correct:"). Empty text: no word at all."""
    choice: str = ""
    """The choice it is about; empty: the field as a whole."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one field."""

    field: str
    verdict: Verdict
    points: float
    possible: float
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """What became of a submission.

    `ungraded` holds the code of the issue that kept it from being judged: no attempt is used. `reason` is what the
    author's own check said to that, plain and in no particular language; mostly empty.
    """

    points: float
    possible: float
    results: tuple[Result, ...] = ()
    ungraded: str = ""
    remarks: tuple[Feedback, ...] = ()
    """Words about the whole submission."""
    reason: str = ""

    def of(self, field: str) -> Result | None:
        """The result of this field."""
        return next((result for result in self.results if result.field == field), None)

    @property
    def is_correct(self) -> bool:
        """Every field is right."""
        return bool(self.results) and all(result.verdict is Verdict.CORRECT for result in self.results)


@dataclass(frozen=True)
class Finding:
    """What the judge of partnerships says of an arrangement in somebody's responses, and what it lacks.

    It is worked out each time that it is shown, and never stored: so it speaks the reader's language, and names the
    sides as the translation does.
    """

    question: str
    """The code."""
    judgement: Judgement
    nearest: Nearest
    is_own: bool = True
    """It follows from what was filled in. False: it is of the author's case."""
    title: Words | None = None
    """What the case is called, as HTML."""


@dataclass(frozen=True)
class Answer:
    """What "show answer" tells about one field."""

    field: str
    choices: tuple[str, ...] = ()
    """The codes of the right choices."""
    texts: tuple[Words, ...] = ()
    """The accepted texts or numbers, plain; a range, and an area of a picture, as its author wrote it."""
    areas: tuple[tuple[Point, ...], ...] = ()
    """Of a picture: the right areas, each by the corners around it."""


@dataclass(frozen=True)
class Answers:
    """What "show answer" tells:

    the answers by field, and the authors' explanations as HTML, in reading order.
    """

    fields: tuple[Answer, ...] = ()
    solutions: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Examples:
    """Responses to one field that a question makes itself, as a form would send them, for tests to try.

    `unreadable` is None where everything can be read, `wrong` where everything is right.
    """

    field: str
    right: tuple[str, ...]
    wrong: tuple[str, ...] | None
    unreadable: tuple[str, ...] | None = None
