"""What an exercise looks like to one learner: parts to draw, in order. Author HTML is passed on as it was written.

Every text comes as `Words`: the language stands beside it, for the element that will hold it. HTML in which a
question or a field sits inside the text says where by `<span data-place="CODE"></span>`; `Html.inner`, or
`Choice.inner`, has each of these, once.
"""

from dataclasses import dataclass
from enum import Enum

from polylect.exercises.texts import Words


class FieldKind(Enum):
    """The native input that a field wants."""

    RADIO = "radio"
    CHECKBOX = "checkbox"
    SELECT = "select"
    TEXT = "text"
    LONG_TEXT = "long-text"
    IMAGE = "image"
    """Two whole numbers under one name: how far across the picture from its left, and how far down from its top."""


@dataclass(frozen=True)
class Picture:
    """A picture to point into. `src` is the author's link, or what a page made of it; empty: the file is not there.

    `width` and `height` are the author's pixels, in which places are counted; 0: not said.
    """

    src: str
    width: int
    height: int
    alt: Words


@dataclass(frozen=True)
class Choice:
    """Something to pick.

    `code` is what the form sends; `words` are HTML for radio and checkbox, plain for select.
    """

    code: str
    words: Words
    inner: tuple["Field", ...] = ()
    """Fields inside the words."""


@dataclass(frozen=True)
class Field:
    """One input, or one group of radio buttons or checkboxes."""

    code: str
    kind: FieldKind
    label: Words | None = None
    """HTML: the legend or label. None: the question stands in the text before."""
    descriptions: tuple[Words, ...] = ()
    choices: tuple[Choice, ...] = ()
    """In the order of this learner."""
    input_mode: str = ""
    """HTML's `inputmode`; empty where any text will do."""
    width: int | None = None
    """Characters, where the author asked for a width."""
    suffix: Words | None = None
    """Plain: what stands behind the input, such as a unit."""
    picture: Picture | None = None
    """Of an image: where to point."""
    initial: tuple[str, ...] = ()
    """What is in it before anybody answers."""

    @property
    def name(self) -> str:
        """The name in the HTML form."""
        return self.code


@dataclass(frozen=True)
class Html:
    """A run of author HTML, with the questions and fields that sit inside it."""

    words: Words
    inner: tuple["QuestionView | Field", ...] = ()


@dataclass(frozen=True)
class Group:
    """Fields that belong together: of an arrangement, those of a side; or a text to look at, with no fields."""

    code: str
    label: Words
    """HTML."""
    fields: tuple[Field, ...] = ()
    note: Words | None = None
    """A word beside the label, such as what a side is."""
    text: Words | None = None
    """HTML below the label."""
    member_of: str = ""
    """The field whose response says that this group is there, by the group's code. Empty: it always is."""


@dataclass(frozen=True)
class QuestionView:
    """One question, ready to be drawn.

    Where it has one field, that field carries its label and descriptions.
    """

    code: str
    parts: tuple[Html | Field | Group, ...]
    label: Words | None = None
    """HTML: the legend of a question with several fields."""
    descriptions: tuple[Words, ...] = ()
    unsupported: str = ""
    """The tag of a kind that is not graded here, or `script` where the author's script was not run; such a question
    has no fields."""
    is_broken: bool = False
    """Its author's answer cannot be read, so nobody can be graded on it."""
    drawn_as: str = ""
    """The name of a drawing of its own; empty: its parts follow one another."""


@dataclass(frozen=True)
class View:
    """The whole exercise."""

    parts: tuple[Html | QuestionView, ...]
    is_readable: bool = True
    """False: the XML could not be read, and there is nothing to show."""
