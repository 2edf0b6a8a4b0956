"""Reads the plain-text form into problem XML, as the converter of Open edX's authoring app does.

It goes by the converter's rules as of 2025 (`convertMarkdownToXML.js` of frontend-app-authoring), pass by pass:
headings, labels, hints, feedback, dropdowns, choices, checkboxes, answers, explanations, code; last, each line that is
left is a paragraph, unless it begins with a tag. In a part with exactly one question, all goes into that question.

Departures, unless `like_open_edx`: what is not well-formed XML (a bare `&`, `<img>` without an end) is read as HTML,
and noted; text outside of tags beside a single question is kept; blank lines make no paragraphs. In both cases
nothing is read inside `<script>`, `<pre>`, labels and headings.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from polylect.exercises.plaintext import questions
from polylect.exercises.plaintext.lines import Line, Span, between, lines_of, parts, plain, replaced, runs
from polylect.exercises.plaintext.pieces import MENDED, Pieces, tree_of
from polylect.issues import Issue, Place, Severity, declare

REFUSED = declare(
    "exercise-refused",
    Severity.ERROR,
    "“{found}” is not well-formed XML, which Open edX refuses; “{became}” would be right.",
)
ALMOST_CHOICE = declare(
    "exercise-almost-choice",
    Severity.WARNING,
    "“{found}” is read as text. A choice begins with “(x)” or “( )”, a box with “[x]” or “[ ]”.",
)
UNCLOSED = declare(
    "exercise-unclosed",
    Severity.WARNING,
    "“{found}” is read as text. The mark stands before and after what it means, and no “]” is between.",
)
OPEN_LABEL = declare(
    "exercise-open-label",
    Severity.WARNING,
    "The question that begins with “{found}” takes in choices or answers below it: is “<<” missing at its end?",
)

_RAW_TAG = re.compile(r"<(script|pre|label|description)(?=[\s>])", re.IGNORECASE)
_SPLITS_BLANKS = re.compile(r"</?(?:script|pre|label|description)")
_HEADING_RULE = re.compile(r"==+")
_LABELS = between(re.compile(r">>((?s:.+?))<<"), "<<")
_DROPDOWNS = between(re.compile(r"\[\[((?s:.+?))\]\]"), "]]")
_EXPLANATIONS = between(re.compile(r"\[explanation\]\n?([^\]]*)\[/?explanation\]", re.IGNORECASE), "explanation]")
_CODE = between(re.compile(r"\[code\]\n?([^\]]*)\[/?code\]", re.IGNORECASE), "code]")
_CHECK_OR_FEEDBACK = re.compile(r"\s*(?:\[.?\]|\{\{.*?\}\})")
_ALMOST_CHOICE = re.compile(r"\s*(?:\([xX ]?\]|\[[xX ]?\))")
_READ_IN_LABEL = re.compile(r"\s*(?:\(.{0,3}\)|\[.?\]|>>|\[\[)|s?=")
_MARK = re.compile(r"\[/?(?:explanation|code)\]", re.IGNORECASE)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(text: str, file: str = "", *, like_open_edx: bool = False) -> tuple[str, list[Issue]]:
    """Turns the plain-text form into problem XML, which is always well-formed. Issues have lines of the text.

    With `like_open_edx`, what the converter makes no well-formed XML of is refused: the XML is empty, and the issues,
    which are errors, say why; and text that the converter would lose is lost.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    issues = [
        MENDED.at(Place(file, line.number), found=f"U+{ord(found[0]):04X}", became="\ufffd")
        for line in lines_of(text)
        if (found := _NOT_XML.search(line.text))
    ]
    written: list[str] = []
    hints: list[str] = []
    for lines in parts(lines_of(_NOT_XML.sub("\ufffd", text))):
        if not all(line.is_blank for line in lines):
            part = _read_part(lines, file, like_open_edx)
            written.append(part.xml)
            hints += part.hints
            issues += part.issues
    if like_open_edx and any(issue.kind is MENDED for issue in issues):
        return "", [REFUSED.at(issue.place, **issue.params) for issue in issues if issue.kind is MENDED]
    if hints:
        items = "\n".join(f"  <hint>{hint}</hint>" for hint in hints)
        written.append(f"<demandhint>\n{items}\n</demandhint>")
    return "<problem>\n" + "\n".join(written) + "\n</problem>\n", sorted(issues, key=lambda issue: issue.place)


class _Part(NamedTuple):
    """What was read of one part: its XML, its hints and what is wrong with it."""

    xml: str
    hints: list[str]
    issues: list[Issue]


def _read_part(lines: list[Line], file: str, like_open_edx: bool) -> _Part:
    """Reads a part as it is; if that is not well-formed, again with each piece mended by itself."""
    for mends in (False, True):
        pieces = Pieces(file, like_open_edx=like_open_edx, mends=mends)
        reader = _PartReader(pieces)
        xml = reader.read(lines)
        root = tree_of(xml)
        if root is not None:
            return _Part(_pulled(root, like_open_edx) or xml, reader.hints, pieces.issues)
    text = escape(plain(lines), quote=False)
    pieces.tell(MENDED, lines[0].number, found=plain(lines), became=text)
    return _Part(f"<pre>{text}</pre>", reader.hints, pieces.issues)


def _pulled(root: etree._Element, like_open_edx: bool) -> str:
    """The only question below the root with all that stands around it in it; empty where there is not exactly one."""
    responses = list(root.iter(*questions.RESPONSES))
    if len(responses) != 1 or responses[0].getparent() is not root:
        return ""
    (response,) = responses
    if like_open_edx:
        root.text = None
        for child in root:
            child.tail = None
    before = list(response.itersiblings(preceding=True))[::-1]
    first = next((child for child in response if isinstance(child.tag, str)), None)
    _add_text(response, first, root.text)
    for child in before:
        if first is None:
            response.append(child)
        else:
            first.addprevious(child)
    _add_text(response, None, response.tail)
    response.tail = None
    response.extend(list(response.itersiblings()))
    return etree.tostring(response, encoding="unicode")


def _add_text(element: etree._Element, before: etree._Element | None, text: str | None) -> None:
    """Puts text into an element, before one of its children, or at its end."""
    if not text:
        return
    last = before.getprevious() if before is not None else element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


class _PartReader:
    """Reads the lines of one part, kind by kind; `hints` grow on the way."""

    def __init__(self, pieces: Pieces) -> None:
        self.hints: list[str] = []
        self._pieces = pieces

    def read(self, lines: list[Line]) -> str:
        pieces = self._pieces
        is_check = _is_check_or_feedback if pieces.like_open_edx else _is_check
        lines = replaced(lines, _raw_spans, self._raw)
        lines = self._with_headings(lines)
        lines = replaced(lines, _LABELS, self._label)
        lines = self._without_hints(lines)
        lines = _with_feedback_in_a_line(lines)
        lines = replaced(lines, _DROPDOWNS, lambda inside: [questions.dropdown(pieces, inside)])
        for belongs, made in ((questions.CHOICE.match, questions.multiple_choice), (is_check, questions.checkboxes)):
            lines = [line for found, run in runs(lines, belongs) for line in ([made(pieces, run)] if found else run)]
        lines = list(questions.with_answers(pieces, lines))
        lines = replaced(lines, _EXPLANATIONS, self._explanation)
        lines = replaced(lines, _CODE, self._code)
        return self._with_paragraphs(lines)

    def _raw(self, lines: list[Line]) -> list[Line]:
        """Elements whose text is left as it is."""
        text = plain(lines)
        if self._pieces.mends and tree_of(text) is None:
            opening, _, rest = text.partition(">")
            inner, _, name = rest.rpartition("</")
            text = f"{opening}>{escape(inner, quote=False)}</{name}"
            if tree_of(text) is None:
                text = self._pieces.html(text, lines[0].number)
        return [Line(lines[0].number, text, made=True)]

    def _with_headings(self, lines: list[Line]) -> list[Line]:
        is_rule = [not line.made and bool(_HEADING_RULE.fullmatch(line.text)) for line in lines]
        written = []
        for place, line in enumerate(lines):
            if not line.made and place + 1 < len(lines) and is_rule[place + 1]:
                heading = f'<h3 class="hd hd-2 problem-header">{self._pieces.html(line.text, line.number)}</h3>'
                written.append(Line(line.number, heading, made=True))
            elif not is_rule[place] or place == 0:
                written.append(line)
        return written

    def _label(self, lines: list[Line]) -> list[Line]:
        label, *tips = plain(lines).split("||")
        number = lines[0].number
        if any(not line.made and _READ_IN_LABEL.match(line.text) for line in lines[1:]):
            self._pieces.tell(OPEN_LABEL, number, found=lines[0].text)
        tip = f"\n<description>{self._pieces.html(tips[0], number)}</description>" if tips and tips[0] else ""
        return [Line(number, f"<label>{self._pieces.html(label, number)}</label>{tip}", made=True)]

    def _without_hints(self, lines: list[Line]) -> list[Line]:
        """The lines that are no hints, and no blank lines beside them."""
        kept: list[Line] = []
        is_after_hint = False
        for line in lines:
            text = line.text.strip()
            if not line.made and len(text) >= 4 and text.startswith("||") and text.endswith("||"):
                hint = text[2 : text.index("||", 2)].strip()
                self.hints.append(self._pieces.sound(hint, line.number))
                while kept and kept[-1].is_blank:
                    kept.pop()
                is_after_hint = True
            elif not (is_after_hint and line.is_blank):
                kept.append(line)
                is_after_hint = False
        return kept

    def _explanation(self, lines: list[Line]) -> list[Line]:
        first, last = lines[0].number, lines[-1].number
        opening = '<solution>\n<div class="detailed-solution">\n<p>Explanation</p>'
        return [Line(first, opening, made=True), *lines, Line(last, "</div>\n</solution>", made=True)]

    def _code(self, lines: list[Line]) -> list[Line]:
        """Code; where it is not well-formed XML, it is no XML."""
        text = plain(lines)
        if self._pieces.like_open_edx:
            text = self._pieces.html(text, lines[0].number)
        elif self._pieces.mends and tree_of(text) is None:
            text = escape(text, quote=False)
        return [Line(lines[0].number, f"<pre><code>{text}</code></pre>", made=True)]

    def _with_paragraphs(self, lines: list[Line]) -> str:
        written = []
        for made, run in groupby(self._paragraphs(lines), key=lambda line: line.made):
            lines = list(run)
            written.append(self._pieces.sound_run(lines) if self._pieces.mends and not made else plain(lines))
        return "\n".join(written)

    def _paragraphs(self, lines: list[Line]) -> Iterator[Line]:
        """The lines, wrapped where they begin with no tag; blank ones only as Open edX does."""
        blank: list[Line] = []
        for line in lines:
            if line.is_blank:
                blank.append(line)
                continue
            self._warn_of_text(line)
            is_wrapped = not line.made and not line.text.lstrip().startswith("<")
            if is_wrapped or _SPLITS_BLANKS.match(line.text):
                yield from self._blank_paragraphs(blank)
            blank = []
            yield line._replace(text=f"<p>{line.text}</p>") if is_wrapped else line
        yield from self._blank_paragraphs(blank)

    def _blank_paragraphs(self, lines: list[Line]) -> Iterator[Line]:
        for line in lines:
            if self._pieces.like_open_edx and line.text:
                yield line._replace(text=f"<p>{line.text}</p>")

    def _warn_of_text(self, line: Line) -> None:
        if line.made:
            return
        mark = _MARK.search(line.text)
        if _ALMOST_CHOICE.match(line.text):
            self._pieces.tell(ALMOST_CHOICE, line.number, found=line.text)
        elif mark is not None:
            self._pieces.tell(UNCLOSED, line.number, found=mark[0])


def _is_check(text: str) -> bool:
    return questions.CHECK.match(text) is not None or questions.compound_of(text) is not None


def _is_check_or_feedback(text: str) -> bool:
    return _CHECK_OR_FEEDBACK.match(text) is not None


def _raw_spans(text: str) -> Iterator[Span]:
    """Where elements stand whose text is left as it is."""
    position = 0
    unclosed: set[str] = set()
    while opening := _RAW_TAG.search(text, position):
        tag = opening[1].lower()
        position = opening.end()
        closing = None if tag in unclosed else re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, position)
        if closing is None:
            unclosed.add(tag)
        else:
            position = closing.end()
            yield opening.start(), position, opening.start(), position


def _with_feedback_in_a_line(lines: list[Line]) -> list[Line]:
    """The lines with each feedback in one line, and what goes on over lines joined."""
    last = max((place for place, line in enumerate(lines) if "}}" in line.text), default=-1)
    written: list[Line] = []
    joined: list[str] = []
    for place, line in enumerate(lines):
        if not joined:
            first = line
            if line.made:
                written.append(line)
                continue
        joined.append(line.text.lstrip(" \t").replace("\n", " ") if joined else line.text)
        if place >= last or not _leaves_open(line.text, is_open=len(joined) > 1):
            written.append(Line(first.number, " ".join(joined)))
            joined = []
    return written


def _leaves_open(text: str, *, is_open: bool) -> bool:
    """Whether feedback that begins in this line, or was open before it, ends in a later one."""
    position = 0
    while (position := text.find("}}" if is_open else "{{", position)) >= 0:
        position += 2
        is_open = not is_open
    return is_open
