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

import lxml.html
from lxml import etree

from polylect.exercises.markup import VOID_TAGS
from polylect.exercises.plaintext.lines import MADE, Line, Span, between, lines_of, parts, plain, replaced, runs
from polylect.issues import Issue, Place, Severity, declare

MENDED = declare(
    "exercise-mended", Severity.NOTE, "“{found}” is not well-formed XML; it is read as HTML, and becomes “{became}”."
)
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
NOT_A_RANGE = declare(
    "exercise-not-a-range",
    Severity.WARNING,
    "“{found}” is read as a text, not as a range: nothing may follow its last bracket.",
)
LEFT_OUT = declare(
    "exercise-left-out",
    Severity.WARNING,
    "“{found}” is left out: beside a right number there can only be “or=” with a plain number.",
)

RESPONSES = ("optionresponse", "multiplechoiceresponse", "stringresponse", "numericalresponse", "choiceresponse")
"""The questions that this form has words for."""

_RAW_TAG = re.compile(r"<(script|pre|label|description)(?=[\s>])", re.IGNORECASE)
_SPLITS_BLANKS = re.compile(r"</?(?:script|pre|label|description)")
_HEADING_RULE = re.compile(r"==+")
_LABELS = between(re.compile(r">>((?s:.+?))<<"), "<<")
_DROPDOWNS = between(re.compile(r"\[\[((?s:.+?))\]\]"), "]]")
_EXPLANATIONS = between(re.compile(r"\[explanation\]\n?([^\]]*)\[/?explanation\]", re.IGNORECASE), "explanation]")
_CODE = between(re.compile(r"\[code\]\n?([^\]]*)\[/?code\]", re.IGNORECASE), "code]")
_CHOICE = re.compile(r"\s*\((.{0,3})\)\s*(.*)")
_CHECK = re.compile(r"\s*\[(.?)\]\s*(.*)")
_COMPOUND = re.compile(r"\s*\{\{\s*\(\((.*?)\)\)(.*?)\}\}")
_CHECK_OR_COMPOUND = re.compile(r"\s*(?:\[.?\]|\{\{\s*\(\()")
_CHECK_OR_FEEDBACK = re.compile(r"\s*(?:\[.?\]|\{\{.*?\}\})")
_SELECTED = re.compile(r"\{\s*(?:s|selected):([^}]*)\}", re.IGNORECASE)
_UNSELECTED = re.compile(r"\{\s*(?:u|unselected):([^}]*)\}", re.IGNORECASE)
_RIGHT_OPTION = re.compile(r"(?:^|,)\s*\(")
_RIGHT_OPTION_END = re.compile(r"\)\s*(?:,|$)")
_ANSWER = re.compile(r"s?=\s*(.*)")
_FURTHER = re.compile(r"(or|not)=\s*(.*)")
_LETTERS = re.compile("[A-DF-Za-df-z]")
_BEGINS_AS_NUMBER = re.compile(r"\s*[+-]?\.?[0-9]")
_PLAIN_NUMBER = re.compile(
    r"\s*(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?Infinity"
    r"|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)?\s*"
)
_UNCLOSED_AT = re.compile(r" line (\d+) and ")
"""In what the parser says of an element that is not closed: where it begins."""
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
        reader = _PartReader(file, like_open_edx, mends)
        xml = reader.read(lines)
        root = _tree(xml)
        if root is not None:
            return _Part(_pulled(root, like_open_edx) or xml, reader.hints, reader.issues)
    text = escape(plain(lines), quote=False)
    issue = MENDED.at(Place(file, lines[0].number), found=_short(text), became=_short(escape(text)))
    return _Part(f"<pre>{text}</pre>", reader.hints, [*reader.issues, issue])


def _tree(xml: str) -> etree._Element | None:
    """The element `x` with this XML in it, if that is well-formed."""
    try:
        return etree.fromstring(f"<x>{xml}</x>")
    except etree.XMLSyntaxError:
        return None


def _pulled(root: etree._Element, like_open_edx: bool) -> str:
    """The only question below the root with all that stands around it in it; empty where there is not exactly one."""
    responses = list(root.iter(*RESPONSES))
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


class _Remark(NamedTuple):
    """A text without its first feedback, and that feedback; its label is None where it has none."""

    rest: str
    text: str = ""
    label: str | None = None


class _PartReader:
    """Reads the lines of one part, kind by kind; `issues` and `hints` grow on the way."""

    def __init__(self, file: str, like_open_edx: bool, mends: bool) -> None:
        self.issues: list[Issue] = []
        self.hints: list[str] = []
        self._file = file
        self._like_open_edx = like_open_edx
        self._mends = mends

    def read(self, lines: list[Line]) -> str:
        lines = replaced(lines, _raw_spans, self._raw)
        lines = self._with_headings(lines)
        lines = replaced(lines, _LABELS, self._label)
        lines = self._without_hints(lines)
        lines = _with_feedback_in_a_line(lines)
        lines = replaced(lines, _DROPDOWNS, self._dropdown)
        lines = [line for choices, run in runs(lines, _CHOICE) for line in (self._choices(run) if choices else run)]
        is_check = _CHECK_OR_FEEDBACK if self._like_open_edx else _CHECK_OR_COMPOUND
        lines = [line for checks, run in runs(lines, is_check) for line in (self._checks(run) if checks else run)]
        lines = list(self._with_answers(lines))
        lines = replaced(lines, _EXPLANATIONS, self._explanation)
        lines = replaced(lines, _CODE, self._code)
        return self._with_paragraphs(lines)

    def _raw(self, lines: list[Line]) -> list[Line]:
        """Elements whose text is left as it is."""
        text = plain(lines)
        if self._mends and _tree(text) is None:
            opening, _, rest = text.partition(">")
            inner, _, name = rest.rpartition("</")
            text = f"{opening}>{escape(inner, quote=False)}</{name}"
            if _tree(text) is None:
                text = self._html(text, lines[0].number)
        return [Line(lines[0].number, text, made=True)]

    def _with_headings(self, lines: list[Line]) -> list[Line]:
        is_rule = [not line.made and bool(_HEADING_RULE.fullmatch(line.text)) for line in lines]
        written = []
        for place, line in enumerate(lines):
            if not line.made and place + 1 < len(lines) and is_rule[place + 1]:
                heading = f'<h3 class="hd hd-2 problem-header">{self._html(line.text, line.number)}</h3>'
                written.append(Line(line.number, heading, made=True))
            elif not is_rule[place] or place == 0:
                written.append(line)
        return written

    def _label(self, lines: list[Line]) -> list[Line]:
        label, *tips = plain(lines).split("||")
        number = lines[0].number
        if any(not line.made and _READ_IN_LABEL.match(line.text) for line in lines[1:]):
            self._tell(OPEN_LABEL.at(self._place(number), found=_short(lines[0].text)))
        tip = f"\n<description>{self._html(tips[0], number)}</description>" if tips and tips[0] else ""
        return [Line(number, f"<label>{self._html(label, number)}</label>{tip}", made=True)]

    def _without_hints(self, lines: list[Line]) -> list[Line]:
        """The lines that are no hints, and no blank lines beside them."""
        kept: list[Line] = []
        is_after_hint = False
        for line in lines:
            text = line.text.strip()
            if not line.made and len(text) >= 4 and text.startswith("||") and text.endswith("||"):
                hint = text[2 : text.index("||", 2)].strip()
                self.hints.append(self._sound(hint, line.number))
                while kept and kept[-1].is_blank:
                    kept.pop()
                is_after_hint = True
            elif not (is_after_hint and line.is_blank):
                kept.append(line)
                is_after_hint = False
        return kept

    def _dropdown(self, lines: list[Line]) -> list[Line]:
        if len(lines) == 1:
            inner = self._options_in_a_line(lines[0])
        else:
            options = "\n".join(self._option(line) for line in lines if not line.is_blank)
            inner = f"  <optioninput>\n{options}\n  </optioninput>"
        return [Line(lines[0].number, f"<optionresponse>\n{inner}\n</optionresponse>", made=True)]

    def _options_in_a_line(self, line: Line) -> str:
        options = []
        for option in re.split(r",\s*", line.text):
            begin, end = _RIGHT_OPTION.match(option), _RIGHT_OPTION_END.search(option)
            options.append(option[begin.end() : end.start()] if begin and end and end.end() == len(option) else option)
        begin = _RIGHT_OPTION.search(line.text)
        end = _RIGHT_OPTION_END.search(line.text, begin.end()) if begin else None
        right = line.text[begin.end() : end.start()] if begin and end else ""
        listed = ",".join(f"'{option}'" for option in options)
        return (
            f'  <optioninput options="{self._attribute(f"({listed})", line.number)}"'
            f' correct="{self._attribute(right, line.number)}"/>'
        )

    def _option(self, line: Line) -> str:
        remark = _remark(line.text.strip())
        text = remark.rest
        is_right = len(text) >= 2 and text[0] == "(" and text[-1] == ")"
        written = self._html(text[1:-1] if is_right else text, line.number)
        if remark.text:
            label = remark if remark.label else remark._replace(label=None)
            written += " " + self._feedback("optionhint", label, line.number)
        return f'    <option correct="{"True" if is_right else "False"}">{written}</option>'

    def _choices(self, lines: list[Line]) -> list[Line]:
        shuffle, choices = "", []
        for line in lines:
            marks, text = _groups(_CHOICE, line.text.strip())
            if "!" in marks:
                shuffle = ' shuffle="true"'
            fixed = ' fixed="true"' if "@" in marks else ""
            remark = _remark(text)
            written = self._html(remark.rest if remark.text else text, line.number)
            if remark.text:
                written += " " + self._feedback("choicehint", remark, line.number)
            choices.append(f'    <choice correct="{_truth("x" in marks.lower())}"{fixed}>{written}</choice>')
        inner = "\n".join(choices)
        return [
            Line(
                lines[0].number,
                f'<multiplechoiceresponse>\n  <choicegroup type="MultipleChoice"{shuffle}>\n{inner}\n  </choicegroup>\n'
                "</multiplechoiceresponse>",
                made=True,
            )
        ]

    def _checks(self, lines: list[Line]) -> list[Line]:
        choices, compounds = [], []
        for line in lines:
            compound = _COMPOUND.match(line.text)
            check = _CHECK.match(line.text)
            if compound is not None:
                value = self._attribute(compound[1].strip(), line.number)
                text = self._html(compound[2].strip(), line.number)
                compounds.append(f'    <compoundhint value="{value}">{text}</compoundhint>')
            else:
                # Open edX makes this of feedback that stands alone; only like Open edX, such a line is here.
                mark, text = check.groups() if check else ("", "undefined")
                written = self._check_text(text, line.number)
                choices.append(f'    <choice correct="{_truth(mark in ("x", "X"))}">{written}</choice>')
        inner = "\n".join([*choices, *compounds])
        return [
            Line(
                lines[0].number,
                f"<choiceresponse>\n  <checkboxgroup>\n{inner}\n  </checkboxgroup>\n</choiceresponse>",
                made=True,
            )
        ]

    def _check_text(self, text: str, number: int) -> str:
        remark = _remark(text)
        said = f"{{{remark.text}}}"
        hints = "".join(
            f'\n      <choicehint selected="{selected}">{self._html(found[1].strip(), number)}</choicehint>'
            for selected, pattern in (("true", _SELECTED), ("false", _UNSELECTED))
            if (found := pattern.search(said))
        )
        return self._html(remark.rest if hints else text, number) + hints

    def _with_answers(self, lines: list[Line]) -> Iterator[Line]:
        place = 0
        while place < len(lines):
            line = lines[place]
            if line.made or not _ANSWER.match(line.text):
                yield line
                place += 1
                continue
            answers, place = self._answers_from(lines, place)
            yield self._answer(answers)

    def _answers_from(self, lines: list[Line], place: int) -> tuple[list[Line], int]:
        """The lines of one question with answers, and the place of the line after it."""
        answers = [lines[place]]
        place += 1
        takes_next = not _said(lines[place - 1].text)
        while True:
            following = place
            while following < len(lines) and (lines[following].is_blank if takes_next else not lines[following].text):
                following += 1
            if following == len(lines):
                return answers, place
            line = lines[following]
            is_further = not line.made and _FURTHER.match(line.text) is not None
            if not is_further and not (takes_next and self._like_open_edx):
                return answers, place
            answers.append(line)
            place = following + 1
            takes_next = is_further and not takes_next and not _said(line.text)

    def _answer(self, lines: list[Line]) -> Line:
        first = lines[0]
        number_text = re.sub(r"^=\s*", "", first.text)
        if is_numeric(number_text) or is_range(number_text):
            return Line(first.number, self._number_question(number_text, lines), made=True)
        remark = _remark(number_text)
        if (remark.text and is_range(remark.rest.strip())) or is_range(number_text.rstrip()):
            self._tell(NOT_A_RANGE.at(self._place(first.number), found=_short(first.text)))
        return Line(first.number, self._text_question(lines), made=True)

    def _number_question(self, first: str, lines: list[Line]) -> str:
        number = lines[0].number
        remark = _remark(first)
        said = f"  {self._feedback('correcthint', remark, number)}\n" if remark.text else ""
        answer, tolerance = remark.rest if remark.text else first, ""
        if not is_range(answer):
            answer, _, tolerance = answer.partition("+-")
            answer, tolerance = "".join(answer.split()), tolerance.lstrip()
        inner = ""
        if tolerance:
            inner = f'  <responseparam type="tolerance" default="{self._attribute(tolerance, number)}"/>\n'
        inner += "".join(self._further_number(line) for line in lines[1:])
        return (
            f'<numericalresponse answer="{self._attribute(answer, number)}">\n'
            f"{inner}  <formulaequationinput/>\n{said}</numericalresponse>"
        )

    def _further_number(self, line: Line) -> str:
        remark = _remark(line.text)
        word, text = _groups(_FURTHER, remark.rest)
        if word != "or" or not _PLAIN_NUMBER.fullmatch(text):
            self._tell(LEFT_OUT.at(self._place(line.number), found=_short(line.text)))
            return ""
        said = self._feedback("correcthint", remark, line.number) if remark.text else ""
        return f'  <additional_answer answer="{self._attribute(text, line.number)}">{said}</additional_answer>\n'

    def _text_question(self, lines: list[Line]) -> str:
        first, number = lines[0], lines[0].number
        remark = _remark(_groups(_ANSWER, first.text)[0])
        answer, kind = remark.rest, "ci"
        if answer.startswith("|"):
            answer, kind = answer[1:].strip(), "ci regexp"
        inner = f"  {self._feedback('correcthint', remark, number)}\n" if remark.text else ""
        inner += "".join(self._further_text(line) for line in lines[1:])
        return (
            f'<stringresponse answer="{self._attribute(answer, number)}" type="{kind}">\n'
            f'{inner}  <textline size="20"/>\n</stringresponse>'
        )

    def _further_text(self, line: Line) -> str:
        remark = _remark(line.text)
        found = _FURTHER.match(remark.rest)
        if found is None:
            return ""
        answer = self._attribute(found[2], line.number)
        if found[1] == "not":
            attributes = f' answer="{answer}"'
            return f"  {self._feedback('stringequalhint', remark, line.number, attributes)}\n"
        said = self._feedback("correcthint", remark, line.number) if remark.text else ""
        return f'  <additional_answer answer="{answer}">{said}</additional_answer>\n'

    def _explanation(self, lines: list[Line]) -> list[Line]:
        first, last = lines[0].number, lines[-1].number
        opening = '<solution>\n<div class="detailed-solution">\n<p>Explanation</p>'
        return [Line(first, opening, made=True), *lines, Line(last, "</div>\n</solution>", made=True)]

    def _code(self, lines: list[Line]) -> list[Line]:
        """Code; where it is not well-formed XML, it is no XML."""
        text = plain(lines)
        if self._like_open_edx:
            text = self._html(text, lines[0].number)
        elif self._mends and _tree(text) is None:
            text = escape(text, quote=False)
        return [Line(lines[0].number, f"<pre><code>{text}</code></pre>", made=True)]

    def _with_paragraphs(self, lines: list[Line]) -> str:
        written = []
        for made, run in groupby(self._paragraphs(lines), key=lambda line: line.made):
            lines = list(run)
            written.append(self._sound_run(lines) if self._mends and not made else plain(lines))
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
            if self._like_open_edx and line.text:
                yield line._replace(text=f"<p>{line.text}</p>")

    def _warn_of_text(self, line: Line) -> None:
        if line.made:
            return
        mark = _MARK.search(line.text)
        if _ALMOST_CHOICE.match(line.text):
            self._tell(ALMOST_CHOICE.at(self._place(line.number), found=_short(line.text)))
        elif mark is not None:
            self._tell(UNCLOSED.at(self._place(line.number), found=mark[0]))

    def _sound_run(self, lines: list[Line]) -> str:
        """Lines of HTML that may go together, well-formed: first each paragraph, then, if need be, all of them."""
        lines = [
            line._replace(text=self._sound(line.text, line.number)) if line.text.startswith("<p>") else line
            for line in lines
        ]
        text = plain(lines)
        try:
            etree.fromstring(f"<x>{text}</x>")
        except etree.XMLSyntaxError as error:
            place = _UNCLOSED_AT.search(error.msg or "")
            number = int(place[1]) if place else error.lineno or 1
            line = lines[min(number, len(lines)) - 1]
            became = _short(_mended(line.text))
            self._tell(MENDED.at(self._place(line.number), found=_short(line.text), became=became))
            return _mended(text)
        return text

    def _feedback(self, tag: str, remark: _Remark, number: int, attributes: str = "") -> str:
        if remark.label is not None:
            attributes += f' label="{self._attribute(remark.label, number)}"'
        return f"<{tag}{attributes}>{self._html(remark.text, number)}</{tag}>"

    def _html(self, text: str, number: int) -> str:
        return self._sound(text, number) if self._mends else text

    def _sound(self, text: str, number: int) -> str:
        """HTML as it is if it is well-formed, else what a browser would make of it."""
        if _tree(text) is not None:
            return text
        mended = _mended(text)
        self._tell(MENDED.at(self._place(number), found=_short(text), became=_short(mended)))
        return mended

    def _attribute(self, text: str, number: int) -> str:
        """The value of an attribute; where it is not well-formed, it is no XML."""
        if not self._mends or ('"' not in text and _tree(f'<x a="{text}"/>') is not None):
            return text
        written = escape(text)
        if self._like_open_edx:
            self._tell(MENDED.at(self._place(number), found=_short(text), became=_short(written)))
        return written

    def _tell(self, issue: Issue) -> None:
        self.issues.append(issue)

    def _place(self, number: int) -> Place:
        return Place(self._file, number)


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


def _remark(text: str) -> _Remark:
    """Takes the first feedback out of a text, and the space before it."""
    begin = text.find("{{")
    end = text.find("}}", begin + 2)
    if begin < 0 or end < 0:
        return _Remark(text)
    rest = text[:begin].rstrip() + text[end + 2 :]
    label, sign, said = text[begin + 2 : end].strip().partition("::")
    return _Remark(rest, said.strip(), label.strip()) if sign else _Remark(rest, label)


def _groups(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """The groups of a pattern at the beginning of a text; empty texts, where it does not match."""
    found = pattern.match(text)
    return found.groups() if found else ("",) * pattern.groups


def _said(text: str) -> str:
    """What follows the sign of an answer."""
    return text.partition("=")[2].strip()


def is_range(text: str) -> bool:
    return len(text) > 1 and text[0] in "[(" and text[-1] in "])"


def is_numeric(text: str) -> bool:
    """Whether an answer is a number: without its feedback it begins as one, and has no letter but e."""
    text = _without_feedback(text)
    return not _LETTERS.search(text) and _BEGINS_AS_NUMBER.match(text) is not None


def _without_feedback(text: str) -> str:
    kept, position = [], 0
    while (begin := text.find("{{", position)) >= 0 and (end := text.find("}}", begin + 2)) >= 0:
        kept.append(text[position:begin])
        position = end + 2
    return "".join([*kept, text[position:]])


def _mended(fragment: str) -> str:
    """A fragment as an HTML parser understands it, written as XML; as plain text, where even that fails."""
    try:
        holder = lxml.html.fragment_fromstring(fragment, create_parent="div")
        for element in holder.iter():
            if isinstance(element.tag, str) and element.text is None and element.tag not in VOID_TAGS:
                element.text = ""
        written = etree.tostring(holder, encoding="unicode", with_tail=False)
        etree.fromstring(written)
    except (etree.LxmlError, ValueError):
        return escape(fragment, quote=False)
    return written[written.index(">") + 1 : written.rindex("</")]


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _short(text: str) -> str:
    text = " ".join(text.replace(MADE, "").split())
    return text if len(text) <= 60 else text[:59] + "…"
