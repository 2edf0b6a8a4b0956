"""From problem XML to questions, the text around them, and the list of all texts."""

import copy
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.kinds import KINDS
from polylect.exercises.question import (
    Collector,
    Frame,
    Left,
    Part,
    Question,
    Refused,
    Source,
    Wording,
    is_question,
    points_of,
    runs,
)
from polylect.exercises.texts import Slot
from polylect.issues import Issue, Place, Severity, declare

UNREADABLE = declare(
    "exercise-unreadable", Severity.ERROR, "This exercise is not well-formed XML, so it cannot be shown: {reason}."
)
TOO_LONG = declare(
    "exercise-too-long",
    Severity.ERROR,
    "This exercise has {count} characters, so it is not read; {limit} are read at most. Make several of it.",
)
UNSUPPORTED = declare(
    "exercise-unsupported",
    Severity.ERROR,
    "Question {question} is of the kind {tag}, which is not graded here; its text is shown.",
)
NESTED = declare(
    "exercise-nested", Severity.WARNING, "A {tag} stands inside another question; it is shown behind that one."
)
OWN_GRADING = "polylect"
"""What `<problem grading="…">` says where an exercise was written for us: see `Source.follows_open_edx`."""

MOST_CHARACTERS = 500_000
"""How long the XML of an exercise may be; the longest that people write have a fifth of it."""

_KINDS = {kind.tag: kind for kind in KINDS}
_SCRIPT_LANGUAGES = ("loncapa/python", "text/python", "python")
_SHOWN_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b blockquote br caption cite code dd div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img kbd li"
        " math ol p pre q s section small span strong sub sup table tbody td tfoot th thead tr u ul var",
    )
)
"""Elements of HTML that say something without the question they stand in."""
_HTML_NAMES = {"text": "span", "clarification": "small"}
"""Names of Open edX that HTML does not have."""
_OWN_NAMES = frozenset([*_HTML_NAMES, "startouttext", "endouttext"])
_APART = ("solution", "targetedfeedbackset")
"""Elements that are taken out of the text as a whole: what looks like a question inside them is none."""
_FAILING_ON_NOTHING = frozenset(
    ["annotationresponse", "customresponse", "formularesponse", "imageresponse", "symbolicresponse"]
)
"""The kinds that Open edX cannot judge where nothing was sent. Of others, nothing is wrong, even where the key cannot
be read."""
_LEFT_OVER = {"label": "p", "description": "p"}
"""Names that belong to a question, where no question took the element."""


@dataclass(frozen=True)
class Kept:
    """A question that is shown as text and not graded."""

    tag: str
    frame: Frame
    is_broken: bool
    """Its kind is known, but its author's answer cannot be read."""
    possible: float = 0
    """The points that nobody can have: Open edX counts them, where it is followed."""


@dataclass(frozen=True)
class Parsed:
    """All that is read from the XML."""

    parts: tuple[Part, ...] = ()
    questions: tuple[Question, ...] = ()
    possible: float = 0
    """The points of all questions."""
    kept: tuple[Kept, ...] = ()
    hints: tuple[str, ...] = ()
    """Roles, in the order in which they are offered."""
    solutions: tuple[str, ...] = ()
    alternatives: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Solutions of which a learner gets the one that fits what chance showed them, by role: the question's code, and
    the name (`explanation-id`) that they share with a choice."""
    slots: tuple[Slot, ...] = ()
    scripts: tuple[str, ...] = ()
    open_texts: tuple[str, ...] = ()
    is_prepared: bool = True
    """False: there are scripts, and their variables are not known; they have stand-ins."""
    issues: tuple[Issue, ...] = ()
    """With lines of the XML."""
    is_readable: bool = True
    follows_open_edx: bool = True
    """See `Source.follows_open_edx`."""
    wording: Wording = field(default=Wording({}, {}), compare=False)
    """The texts as their author wrote them."""


@lru_cache(maxsize=1024)
def parsed(xml: str, codes: tuple[tuple[str, str], ...] = ()) -> Parsed:
    """Reads an exercise; the same text is read once while it is in use. `codes` carries codes over (see `Exercise`)."""
    return read(xml, codes)


@lru_cache(maxsize=128)
def prepared(xml: str, codes: tuple[tuple[str, str], ...], variables: tuple[tuple[str, str], ...]) -> Parsed:
    """Reads an exercise for what its author's scripts left; there are as many of these as seeds."""
    return read(xml, codes, variables)


def read(
    xml: str, codes: tuple[tuple[str, str], ...] = (), variables: tuple[tuple[str, str], ...] | None = None
) -> Parsed:
    """Reads an exercise anew. Without variables, those of a script have stand-ins."""
    if len(xml) > MOST_CHARACTERS:
        too_long = TOO_LONG.at(Place(line=1), count=len(xml), limit=MOST_CHARACTERS)
        return Parsed(issues=(too_long,), is_readable=False)
    try:
        root = markup.read(xml)
    except markup.Unreadable as error:
        return Parsed(issues=(UNREADABLE.at(Place(line=error.line), reason=error.reason),), is_readable=False)
    # From the last to the first, and so let go from the last to the first: lxml looks through all of a parent's
    # children each time that it lets one go whose parent is gone already.
    order = {element: position for position, element in reversed(list(enumerate(root.iter())))}
    found = Collector(Place(), order, dict(codes))
    found.follows_open_edx = root.get("grading") != OWN_GRADING
    tags = frozenset(str(element.tag) for element in order)
    scripts = _take_scripts(root) if "script" in tags else ()
    if scripts:
        found.script = "".join(scripts)
        found.variables = None if variables is None else dict(variables)
    hints = _take_hints(root, found) if "demandhint" in tags else ()
    if tags & _OWN_NAMES:
        _rename(root, _HTML_NAMES)
        for element in list(root.iter("startouttext", "endouttext")):
            markup.drop(element)
    elements = _find_questions(root, found)
    alternatives: dict[str, tuple[str, str]] = {}
    solutions: tuple[str, ...] = ()
    if tags & {"solution", "solutionset"}:
        solutions = _take_solutions(root, elements, found, alternatives)
    read = [_question(element, number, found) for number, element in reversed(list(enumerate(elements, start=1)))]
    if tags & _LEFT_OVER.keys():
        _rename(root, _LEFT_OVER)
    if "targetedfeedbackset" in tags:
        for element in list(root.iter("targetedfeedbackset")):
            markup.drop(element)
    parts = runs(root, "html", found)
    slots = found.in_order()
    questions = tuple(item for item in reversed(read) if isinstance(item, Question))
    kept = tuple(item for item in reversed(read) if isinstance(item, Kept))
    return Parsed(
        parts=parts,
        questions=questions,
        possible=sum(input.possible for question in questions for input in question.inputs)
        + sum(one.possible for one in kept),
        kept=kept,
        hints=hints,
        solutions=solutions,
        alternatives=alternatives,
        slots=slots,
        scripts=scripts,
        open_texts=tuple(found.open_texts),
        is_prepared=found.variables is not None,
        follows_open_edx=found.follows_open_edx,
        issues=tuple(sorted(found.issues, key=lambda issue: issue.place)),
        wording=Wording({slot.role: slot for slot in slots}, {}),
    )


def _question(element: etree._Element, number: int, found: Collector) -> Question | Kept:
    """One question; its place is put where its element was.

    The issues of a refused reading are kept, its texts are not.
    """
    place = f"q{number}"
    code = found.carried.get(place, place)
    kind = _KINDS.get(str(element.tag))
    slots = list(found.slots)
    untouched = copy.deepcopy(element)
    untouched.tail = None
    try:
        if kind is not None:
            source = Source(element, code, found, kind.input_tags, number)
            source.take_label()
            question = kind.parse(source)
            found.mark(element, code)
            return question
        else:
            found.issues.append(UNSUPPORTED.at(found.at(element), question=code, tag=element.tag))
    except Refused as refusal:
        kind = None if isinstance(refusal, Left) else kind
        found.issues.append(refusal.issue)
        found.slots[:] = slots
    return _kept(element, untouched, code, found, kind)


def _kept(
    element: etree._Element, untouched: etree._Element, code: str, found: Collector, kind: type[Question] | None
) -> Kept:
    """The text of a question that is not graded: its HTML, without what only its kind would understand."""
    counts = kind is not None and kind.input_tags and kind.tag not in _FAILING_ON_NOTHING and found.follows_open_edx
    possible = sum(points_of(input) for input in untouched.iter(*kind.input_tags)) if kind and counts else 0.0
    for inner in untouched.iter():
        found.order[inner] = found.order[element]
    source = Source(untouched, code, found)
    source.take_label()
    for inner in list(untouched.iter()):
        if inner is not untouched and inner.tag not in _SHOWN_TAGS:
            markup.drop(inner)
    kept = Kept(str(element.tag), source.finish(), kind is not None, possible)
    found.mark(element, code)
    return kept


def _find_questions(root: etree._Element, found: Collector) -> list[etree._Element]:
    """The elements of questions, in order. One inside another moves behind it."""
    elements, is_nested = list[etree._Element](), False
    for element in [one for one in root.iter() if is_question(one) and one is not root]:
        above = [outer for outer in element.iterancestors() if outer is not root]
        if any(outer.tag in _APART for outer in above):
            continue
        around = [outer for outer in above if is_question(outer)]
        if around:
            is_nested = True
            found.issues.append(NESTED.at(found.at(element), tag=element.tag))
            markup.drop(element)
            element.tail = None
            around[-1].addnext(element)
        elements.append(element)
    if not is_nested:
        return elements
    found_elements = set(elements)
    return [element for element in root.iter() if element in found_elements]


def _take_scripts(root: etree._Element) -> tuple[str, ...]:
    """Takes the author's Python out; it is for a sandbox, never for a page."""
    scripts = []
    for element in list(root.iter("script")):
        if element.get("type", "").strip().lower() in _SCRIPT_LANGUAGES:
            scripts.append("".join(map(str, element.itertext())))
            markup.drop(element)
    return tuple(scripts)


def _take_hints(root: etree._Element, found: Collector) -> tuple[str, ...]:
    """Takes the hints that learners may ask for. Only those right below the exercise count."""
    roles: list[str] = []
    for element in root.findall("demandhint/hint"):
        content = markup.inner_html(element)
        if content:
            slot = Slot(f"hint.{len(roles) + 1}", content, "html", "hint", note=notes.FOR_HELP.text)
            roles.append(found.add(element, slot))
    for element in root.findall("demandhint"):
        markup.drop(element)
    return tuple(roles)


def _take_solutions(
    root: etree._Element,
    questions: Iterable[etree._Element],
    found: Collector,
    alternatives: dict[str, tuple[str, str]],
) -> tuple[str, ...]:
    """Takes the explanations that come with the answers. Those of a set belong to the question before it."""
    codes = {element: f"q{number}" for number, element in enumerate(questions, start=1)}
    roles: list[str] = []
    counts: Counter[str] = Counter()
    for element in list(root.iter("solution")):
        owner = next((codes[above] for above in element.iterancestors() if above in codes), "")
        prefix = f"question.{found.carried.get(owner, owner)}.solution" if owner else "solution"
        content = markup.inner_html(element)
        if content:
            counts[prefix] += 1
            slot = Slot(f"{prefix}.{counts[prefix]}", content, "html", "solution", reveals=True)
            roles.append(found.add(element, slot))
            before = [code for question, code in codes.items() if found.order[question] < found.order[element]]
            if before and element.get("explanation-id") and next(element.iterancestors()).tag == "solutionset":
                code = found.carried.get(before[-1], before[-1])
                alternatives[slot.role] = (code, element.get("explanation-id", ""))
        markup.drop(element)
    for element in list(root.iter("solutionset")):
        markup.drop(element)
    return tuple(roles)


def _rename(root: etree._Element, names: Mapping[str, str]) -> None:
    for element in list(root.iter(*names)):
        element.tag = names[str(element.tag)]
