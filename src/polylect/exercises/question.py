"""What every kind of question shares, and how its XML is read.

A kind is one file in `kinds/`: a subclass of `Question`, listed in `kinds.KINDS`. Its `parse` takes from a
`Source` what is its own (inputs, choices, hints, the key) and declares every text a learner reads on the way;
what it leaves becomes the HTML around its fields. It never sees a translation before it has decided what is
right.
"""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.chance import Dice
from polylect.exercises.grading import Answer, Examples, Feedback, Finding, Response, Responses, Result, Verdict
from polylect.exercises.scripts import Runner, filled, is_open, said_texts
from polylect.exercises.texts import Form, Slot, Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, IssueKind, Place, Severity, declare
from polylect.sentences import Sentence

MOST_TRIES = 20_000
"""How many ways of answering are tried in an exercise when its keys are proved: who waits for its page waits for this,
and people's exercises have some hundreds."""
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
Way = TypeVar("Way")


@dataclass(frozen=True)
class Option:
    """Something to pick: its code, and the role of its words."""

    code: str
    role: str
    inner: tuple["Input", ...] = ()
    """Inputs that sit inside the words. They are not among the question's own, and are judged with the choice."""
    sentence: Sentence | None = None
    """Its words, where the library has them; the role is empty then."""
    names: str = ""
    """The role of the name that the sentence has as `side`; empty: it names nobody."""


@dataclass(frozen=True)
class Input:
    """A place for one response. Texts are named by their roles; an empty role: there is none."""

    code: str
    kind: FieldKind
    options: tuple[Option, ...] = ()
    possible: float = 1
    right_points: float = 1
    """What a right answer earns where its kind does not say otherwise: see `Source.follows_open_edx`."""
    label: str = ""
    input_mode: str = ""
    width: int | None = None
    suffix: str = ""
    picture: str = ""
    """Of an image: the role of an `<img>`, so that its words are translated and its link is followed as any other's."""
    picture_size: tuple[int, int] = (0, 0)
    """Width and height in pixels; 0: not said."""
    is_graded: bool = True
    """False: what is written here is kept, and has no result."""
    asks: Sentence | None = None
    """Its label, where the library has the words."""
    initial: tuple[str, ...] = ()
    """What is in it before anybody answers."""


@dataclass(frozen=True)
class HtmlPart:
    """A run of HTML: the role of its text, and the codes of what sits inside it."""

    role: str
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacePart:
    """The place of a question in an exercise, or of an input in a question."""

    code: str


@dataclass(frozen=True)
class GroupPart:
    """Some of a question's inputs under one heading (see `view.Group`). Texts are named by their roles."""

    code: str
    label: str = ""
    inputs: tuple[str, ...] = ()
    note: Sentence | None = None
    text: str = ""
    member_of: str = ""
    heading: Sentence | None = None
    """The label, where the library has the words."""


Part = HtmlPart | PlacePart | GroupPart


@dataclass(frozen=True)
class Frame:
    """What any question has: its inputs, and what stands around them."""

    code: str
    inputs: tuple[Input, ...]
    parts: tuple[Part, ...]
    label: str = ""
    descriptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Feedback of an author:

    the role of its text, and its label's (None: no label was written; empty: a blank one).
    """

    role: str
    label: str | None = None


@dataclass(frozen=True)
class Wording:
    """The texts of an exercise as they are to be shown, by role, with the author's variables in them."""

    own: Mapping[str, Slot]
    put: Mapping[str, Words]
    variables: Mapping[str, str] = field(default_factory=dict)

    def plain(self, role: str) -> Words:
        """The text of a plain slot."""
        words = self._words(role)
        if not self.variables:
            return words
        return Words(filled(words.text, self.variables), words.language)

    def html(self, role: str) -> Words:
        """The text of any slot, as HTML."""
        if self.own[role].form != "html":
            words = self.plain(role)
            return Words(escape(words.text, quote=False), words.language)
        words = self._words(role)
        if not self.variables:
            return words
        return Words(filled(words.text, self._escaped), words.language)

    def _words(self, role: str) -> Words:
        return self.put.get(role) or Words(self.own[role].content)

    @property
    def _escaped(self) -> Mapping[str, str]:
        return {name: escape(value) for name, value in self.variables.items()}

    def feedback(self, remark: Remark, choice: str = "") -> Feedback:
        """An author's remark as the learner gets it."""
        label = Words("") if remark.label == "" else None
        if remark.label:
            label = self.plain(remark.label)
        return Feedback(remark.role, self.html(remark.role), label, choice)


@dataclass(slots=True)
class Situation:
    """All that grading may depend on beside the question and the responses.

    `wording` fills feedback and nothing else.
    """

    wording: Wording
    seed: int = 1
    accepted: tuple[tuple[str, str], ...] = ()
    """(role of an answer slot, approved spelling) in any language."""
    runner: Runner | None = None
    remarks: list[Feedback] = field(default_factory=list)
    """What was said about the whole submission."""

    def spellings(self, role: str) -> tuple[str, ...]:
        """The approved spellings of this answer."""
        return tuple(text for of, text in self.accepted if of == role)


class Ungradable(Exception):
    """This submission cannot be judged, for no fault of the learner's; `kind` says why, and `reason` is what the
    author's own check said."""

    def __init__(self, kind: IssueKind, reason: str = "") -> None:
        super().__init__(kind.sentence)
        self.kind = kind
        self.reason = reason


NOT_RUN = declare(
    "exercise-not-run",
    Severity.ERROR,
    "This exercise needs a script of its author, which cannot be run here, so it was not graded.",
)


@dataclass(frozen=True)
class Question(ABC):
    """One thing an exercise asks.

    A subclass adds its key (what is right, by code) and the texts that help.
    """

    tag: ClassVar[str]
    """Open edX's name of the element."""
    input_tags: ClassVar[tuple[str, ...]]
    """The elements that take a response."""
    runs_python: ClassVar[bool] = False
    """Whether grading needs a runner."""
    drawn_as: ClassVar[str] = ""
    """See `view.QuestionView`."""
    frame: Frame

    @property
    def code(self) -> str:
        return self.frame.code

    @property
    def inputs(self) -> tuple[Input, ...]:
        return self.frame.inputs

    @property
    def may_be_blank(self) -> bool:
        """Whether to give nothing can be right."""
        return False

    @classmethod
    @abstractmethod
    def parse(cls, source: "Source") -> Self:
        """Reads the question. What cannot be graded calls `source.refuse`."""

    @property
    @abstractmethod
    def key(self) -> object:
        """All that decides what is right, as data whose `repr` is the same for the same meaning:

        texts left out, and in an order that is not that of the choices where it is no part of the meaning.
        """

    @abstractmethod
    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        """One result for each input that is graded. Raises Ungradable. What it has to say about the whole submission
        goes to `situation.remarks`."""

    @abstractmethod
    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        """What "show answer" tells, for each input."""

    @abstractmethod
    def examples(self) -> tuple[Examples, ...]:
        """Responses that are right, wrong and unreadable, for each input."""

    def findings(self, responses: Responses, wording: Wording) -> tuple[Finding, ...]:
        """What the judge of partnerships says of the arrangements in these responses; none of other kinds."""
        return ()

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        """The responses to this question in a form that was sent (by name, the values), and an issue for the learner
        for each that cannot be read."""
        read = [self.read(input, tuple(raw.get(input.code, ())), language) for input in self.inputs]
        return [response for response, _ in read], [issue for _, issue in read if issue is not None]

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        """What was given in one input, as `language` writes it (empty: as a computer does); an issue for the
        learner where it cannot be read."""
        return Response(input.code, typed, typed), None

    def explained(self, drawn: Mapping[str, tuple[Option, ...]]) -> frozenset[str] | None:
        """The names of the explanations that fit what was drawn for a learner; None: all do."""
        return None

    def draw(self, dice: Dice) -> Mapping[str, tuple[Option, ...]]:
        """The options to show, in the order of this learner, of those inputs where chance has a say."""
        return {}


def result(input: Input, verdict: Verdict, feedback: Iterable[Feedback] = (), points: float | None = None) -> Result:
    """A result. Without `points`, right and partly right earn what the input says; what is earned never leaves 0 to
    `possible`, as it can in Open edX."""
    if points is None:
        points = 0.0 if verdict is Verdict.INCORRECT else input.right_points
    if not 0 <= points <= input.possible:
        points = min(max(points, 0.0), input.possible)
    return Result(input.code, verdict, points, input.possible, tuple(feedback))


def unanswerable(code: str, possible: float) -> Result:
    """The result of a question that nobody can answer, and that counts all the same."""
    return Result(code, Verdict.INCORRECT, 0.0, possible)


class Refused(Exception):
    """A question that cannot be graded as its author wrote it."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


class Left(Refused):
    """A question that we do not grade, however its author wrote it."""


@dataclass
class Collector:
    """What reading an exercise finds: its slots, and what is wrong."""

    place: Place
    """The file, and the number of lines before the XML."""
    order: dict[etree._Element, int]
    """The position of each element in the document, before anything was taken out.

    (It also keeps lxml's elements alive.)
    """
    carried: Mapping[str, str] = field(default_factory=dict)
    """Codes that replace codes by position."""
    variables: Mapping[str, str] | None = field(default_factory=dict)
    """What the author's scripts left; None: they were not run, and each variable has its stand-in."""
    script: str = ""
    """The author's scripts, as one."""
    said: dict[str, str] = field(default_factory=dict)
    """What the script may say, and the roles of that."""
    open_texts: list[str] = field(default_factory=list)
    """What stands in attributes and holds a variable, as written: `Exercise.fingerprint` needs it."""
    follows_open_edx: bool = True
    tries_left: int = MOST_TRIES
    slots: list[tuple[int, Slot]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def at(self, element: etree._Element | None) -> Place:
        """The place of an element in its file."""
        line = 0 if element is None else markup.line_of(element)
        return Place(self.place.file, self.place.line + line if line else 0, self.place.block)

    def add(self, near: etree._Element, slot: Slot) -> str:
        """Keeps a slot that stands at `near`; gives its role back."""
        self.slots.append((self.order.get(near, 0), slot))
        return slot.role

    def mark(self, element: etree._Element, code: str) -> None:
        """Puts the place of a question or an input where its element was."""
        last = element
        while len(last):
            last = last[-1]
        position = max(self.order.get(element, 0), self.order.get(last, 0))
        self.order[markup.mark(element, code)] = position

    def in_order(self) -> tuple[Slot, ...]:
        """The slots in reading order."""
        return tuple(slot for _, slot in sorted(self.slots, key=lambda pair: pair[0]))


class Source:
    """The XML of one question, while it is read.

    What is taken from it will not show as text around the fields.
    """

    def __init__(
        self,
        element: etree._Element,
        code: str,
        found: Collector,
        input_tags: tuple[str, ...] = (),
        number: int = 0,
    ) -> None:
        self.element = element
        self.code = code
        self.number = number
        """The question's place among those of the exercise, from 1: its code may have come from another place."""
        self.input_elements = list(element.iter(*input_tags)) if input_tags else []
        self._found = found
        self._inputs: list[Input] = []
        self._label = ""
        self._descriptions: tuple[str, ...] = ()

    @property
    def follows_open_edx(self) -> bool:
        """Whether the exercise is graded as Open edX grades it even where its author would call that a mistake. One
        that was written for us is not: `<problem grading="polylect">`. (docs/reference/grading.md lists the rules.)"""
        return self._found.follows_open_edx

    @property
    def is_prepared(self) -> bool:
        """Whether the attributes are as they will be for a learner. If not, what is wrong with one that holds a
        variable is no fault of its author's."""
        return self._found.variables is not None

    def attribute(self, name: str) -> str:
        """An attribute of the question, with the author's variables in it; empty where there is none."""
        return self.get(self.element, name)

    def get(self, element: etree._Element, name: str, default: str = "") -> str:
        """An attribute of any element, with the author's variables in it."""
        text = element.get(name, default)
        return self.fill(text) if "$" in text else text

    def fill(self, text: str) -> str:
        """The text with the author's variables in it, for what is not shown: a text that is shown is declared as it
        was written, and filled when it is drawn."""
        if not is_open(text) or self._found.variables == {}:
            return text
        self._found.open_texts.append(text)
        return filled(text, self._found.variables)

    @property
    def script(self) -> str:
        """The scripts of the exercise, as one."""
        return self._found.script

    def sayings(self, statements: str) -> dict[str, str]:
        """Declares what the exercise's script, or these statements, may say: sentence by sentence its role."""
        said = self._found.said
        for sentence in said_texts(f"{self.script}\n{statements}"):
            if sentence not in said:
                slot = Slot(
                    f"script.said.{len(said) + 1}", sentence, "html", "feedback", True, notes.SAID_BY_CHECK.text
                )
                said[sentence] = self._found.add(self.element, slot)
        return dict(said)

    def tries(self, ways: Iterable[Way]) -> Iterator[Way]:
        """Of these ways of answering, as many as may still be tried in this exercise."""
        for way in ways:
            if self._found.tries_left <= 0:
                return
            self._found.tries_left -= 1
            yield way

    def words(self, name: str) -> frozenset[str]:
        """The comma-separated words of an attribute, lower case; "false" and nothing are no words."""
        parts = (part.strip().lower() for part in self.attribute(name).split(","))
        return frozenset(part for part in parts if part) - {"false"}

    def text(
        self,
        name: str,
        near: etree._Element,
        content: str,
        kind: str,
        *,
        form: Form = "html",
        reveals: bool = False,
        note: str = "",
    ) -> str:
        """Declares a text that a learner reads. Gives its role; an empty one for a blank text."""
        content = content.strip()
        if not content:
            return ""
        return self._found.add(near, Slot(f"question.{name}", content, form, kind, reveals, note))

    def remark(self, name: str, element: etree._Element | None, note: str = "") -> Remark | None:
        """Takes an element of feedback.

        None where there is nothing to say. `note` tells translators when it shows.
        """
        if element is None:
            return None
        label = element.get("label")
        label_role = None if label is None else label.strip()
        if label_role:
            label_role = self.text(
                f"{name}.label",
                element,
                label_role,
                "feedback-label",
                form="plain",
                reveals=True,
                note=notes.BEFORE_FEEDBACK.text,
            )
        role = self.text(name, element, markup.inner_html(element), "feedback", reveals=True, note=note)
        markup.drop(element)
        return Remark(role, label_role) if role else None

    def following(self, tag: str) -> etree._Element | None:
        """The element of this name that stands after the question and before the next one, beside both."""
        for element in self.element.itersiblings():
            if element.tag == tag:
                return element
            if markup.place_of(element) is not None:  # questions are read from the last to the first
                return None
        return None

    def input_codes(self) -> list[str]:
        """A code for each input: the question's own where it has one."""
        count = len(self.input_elements)
        if count == 1:
            return [self.code]
        places = [f"{self.code}.{number}" for number in range(1, count + 1)]
        return [self._found.carried.get(place, place) for place in places]

    def option_codes(self, owner: str, elements: Sequence[etree._Element]) -> list[str]:
        """A code for each choice: carried over, else its name, else its position. No two are alike."""
        codes: dict[str, None] = {}
        named = [element.get("name", "") for element in elements]
        times = Counter(filter(None, named))
        for number, name in enumerate(named, start=1):
            place = f"c{number}"
            usable = name if _CODE.fullmatch(name) and times[name] == 1 else place
            code = self._found.carried.get(f"{owner}.{place}", usable)
            while code in codes:
                code += "x"
            codes[code] = None
        return list(codes)

    def put_place(self, element: etree._Element, code: str) -> None:
        """Puts the place of a field where its element was: of one that is no input of the question's own, or will be
        named later."""
        self._found.mark(element, code)

    def put_input(self, element: etree._Element, input: Input) -> Input:
        """Puts the place of an input where its element was; where that was taken out, at the question's end."""
        if element.getparent() is not self.element and self.element not in element.iterancestors():
            self.element.append(element)
        self._found.mark(element, input.code)
        self._inputs.append(input)
        return input

    def common(self, element: etree._Element, code: str) -> dict[str, Any]:
        """What the element of any input may say about itself: points, label, width, what stands behind."""
        label = suffix = ""
        if code != self.code or not self._label:
            label = self.text(f"{code}.label", element, element.get("label", ""), "label", form="plain")
        if element.get("trailing_text"):
            suffix = self.text(f"{code}.suffix", element, element.get("trailing_text", ""), "text", form="plain")
        size = element.get("size", "")
        possible = points_of(element)
        return {
            "possible": possible,
            "right_points": 1.0 if self.follows_open_edx else possible,
            "label": label,
            "suffix": suffix,
            "width": int(size) if size.isdecimal() and len(size) < 4 else None,
        }

    def warn(self, kind: IssueKind, element: etree._Element | None = None, **params: object) -> None:
        """Notes an issue at an element, or at the question."""
        place = self._found.at(self.element if element is None else element)
        self._found.issues.append(kind.at(place, question=self.code, **params))

    def refuse(self, kind: IssueKind, element: etree._Element | None = None, **params: object) -> NoReturn:
        """Gives the question up: it will be shown as text, and not graded."""
        place = self._found.at(self.element if element is None else element)
        raise Refused(kind.at(place, question=self.code, **params))

    def leave(self, kind: IssueKind, element: etree._Element | None = None, **params: object) -> NoReturn:
        """Gives up a question that we cannot grade, for no fault of its author's."""
        place = self._found.at(self.element if element is None else element)
        raise Left(kind.at(place, question=self.code, **params))

    def take_label(self) -> None:
        """Takes the question's own label and descriptions."""
        label = next(self.element.iterchildren("label"), None)
        if label is None:
            label = self._label_before()
        if label is not None:
            self._label = self.text(f"{self.code}.label", label, markup.inner_html(label), "label")
            markup.drop(label)
        roles = []
        for number, element in enumerate(list(self.element.iterchildren("description")), start=1):
            content = markup.inner_html(element)
            roles.append(self.text(f"{self.code}.description.{number}", element, content, "description"))
            markup.drop(element)
        self._descriptions = tuple(role for role in roles if role)

    def take_title(self, element: etree._Element) -> bool:
        """Takes an element as the question's label, where it has no other."""
        if self._label:
            return False
        self._label = self.text(f"{self.code}.label", element, markup.inner_html(element), "label")
        markup.drop(element)
        return True

    def finish(self) -> Frame:
        """The frame: what has not been taken is text around the inputs."""
        parts = runs(self.element, f"question.{self.code}.html", self._found)
        return Frame(self.code, tuple(self._inputs), parts, self._label, self._descriptions)

    def finish_with(self, inputs: Sequence[Input], parts: Sequence[Part]) -> Frame:
        """The frame of a question whose inputs have no elements: their parts stand behind its text."""
        before = runs(self.element, f"question.{self.code}.html", self._found)
        return Frame(self.code, tuple(inputs), (*before, *parts), self._label, self._descriptions)

    def _label_before(self) -> etree._Element | None:
        """The label that stands right before the question, or the paragraph that says the same as the input's
        label."""
        before = self.element.getprevious()
        if before is None or (before.tail or "").strip() or len(self.input_elements) != 1:
            return None
        if any(is_question(inner) for inner in before.iter()):
            return None
        label = markup.folded(self.input_elements[0].get("label", ""))
        wanted = "p" if label else "label"
        if before.tag != wanted or (label and markup.inner_text(before) != label):
            return None
        return before


def runs(parent: etree._Element, role: str, found: Collector) -> tuple[Part, ...]:
    """What an element holds, as runs of HTML and the places between them. `role` is the roles' beginning."""
    parts: list[Part] = []
    near: etree._Element = parent
    text, children = parent.text or "", list[etree._Element]()
    number = 0

    def close() -> None:
        nonlocal number
        if not children and not text.strip():
            return
        html = markup.run_html(text, children)
        if html:
            number += 1
            inner = tuple(
                code for child in children for element in child.iter("span") if (code := markup.place_of(element))
            )
            first = children[0] if children and not text.strip() else near
            parts.append(HtmlPart(found.add(first, Slot(f"{role}.{number}", html, "html", "text")), inner))

    for child in parent:
        code = markup.place_of(child)
        if code is None:
            children.append(child)
            continue
        close()
        parts.append(PlacePart(code))
        near, text, children = child, child.tail or "", []
    close()
    return tuple(parts)


def is_question(element: etree._Element) -> bool:
    """Whether an element asks something, by its name: all of Open edX's do end so."""
    return str(element.tag).endswith("response")


def points_of(element: etree._Element) -> float:
    """The points that an input says can be had for it; 1, where it says nothing that can be understood."""
    text = element.get("points")
    try:
        points = float(text) if text else 1.0
    except ValueError:
        return 1.0
    return points if 0 <= points < 1e9 else 1.0
