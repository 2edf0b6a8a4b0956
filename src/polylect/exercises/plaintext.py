"""The plain-text form of an exercise, which Open edX's authors know from its simple editor.

| Written | Means |
|---|---|
| `>>question||tip<<` | the question's label and description |
| `(x) right`, `( ) wrong`, `(!)` shuffled, `(@)` fixed | multiple choice |
| `[x] right`, `[ ] wrong` | checkboxes |
| `[[ a, (b), c ]]`, or one option a line | a dropdown |
| `= 42 +- 5%`, `= [1,5)`, `or= 43` | a number |
| `= word`, `or= other`, `not= wrong {{why}}`, `s= 5` | a text, whatever the letter case |
| `=| pattern` | a text that a pattern accepts |
| `{{feedback}}`, `{{label:: feedback}}` | feedback on a choice or an answer |
| `{{selected: …}, {unselected: …}}`, `{{ ((A B)) … }}` | feedback on a checkbox, on a set of them |
| `||hint||` on a line of its own | a hint to ask for |
| `[explanation]` … `[explanation]` | the explanation that comes with the answer |
| `---` on a line of its own | the next question |
| a line, and `===` below it; `[code]` … `[code]` | a heading; code |

The XML is what Open edX's converter writes: each line is a paragraph unless it begins with a tag. One departure: what
is not well-formed XML there (a bare `&`, `<img>` without an end) is read as HTML here, and noted.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

import lxml.html
from lxml import etree

from polylect.exercises.markup import VOID_TAGS
from polylect.issues import Issue, Place, Severity, declare

MENDED = declare(
    "exercise-mended", Severity.NOTE, "“{found}” is not well-formed XML; it is read as HTML, and becomes “{became}”."
)
ALMOST_CHOICE = declare(
    "exercise-almost-choice",
    Severity.WARNING,
    "“{found}” is read as text. A choice begins with “(x)” or “( )”, a box with “[x]” or “[ ]”.",
)

_PIECE = re.compile(
    r"""
      (?P<raw><(?P<raw_tag>script|pre)\b(?s:.*?)</(?P=raw_tag)\s*>)
    | (?P<code>^\[code\]\n?(?P<code_text>(?s:.*?))\[/?code\])
    | (?P<explanation>\[explanation\]\n?(?P<explanation_text>[^\]]*)\[/?explanation\])
    | (?P<heading>^(?P<heading_text>.*\S.*)\n==+[ \t]*$)
    | (?P<label>>>(?P<label_text>(?s:.*?))<<)
    | (?P<dropdown>\[\[(?P<dropdown_text>(?s:.+?))\]\])
    | (?P<choices>(?:^[ \t]*\([^)\n]{0,3}\).*\n*)+)
    | (?P<checks>(?:^[ \t]*(?:\[[^\n]?\]|\{\{[\s\0]*\(\().*\n*)+)
    | (?P<answer>(?-i:^s?=.*(?:\n+(?:or|not)=.*)*))
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_FOLD = "\0"
"""Stands for a line's end inside feedback, so that lines can still be counted."""
_FEEDBACK = re.compile(r"\{\{(?s:.*?)\}\}")
_HINT = re.compile(r"^[ \t]*\|\|(.*?)\|\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
_REMARK = re.compile(r"\{\{(.+?)\}\}")
_COMPOUND = re.compile(r"\{\{\s*\(\((.*?)\)\)(.*?)\}\}")
_SELECTED = re.compile(r"\{\s*(?P<when>selected|s|unselected|u)\s*:\s*(?P<text>.*?)\}", re.IGNORECASE)
_CHOICE = re.compile(r"\s*\((.{0,3}?)\)\s*(.*)")
_CHECK = re.compile(r"\s*\[(.?)\]\s*(.*)")
_ANSWER = re.compile(r"(s?|or|not)=(\|?)[ \t]*(\|?)[ \t]?(.*)")
_ALMOST_CHOICE = re.compile(r"\s*(?:\([xX ]?\]|\[[xX ]?\))")
_NUMBER = re.compile(r"[+-]?\.?\d[\d.,eE+\-*/^()%]*")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class _Part:
    """What stands between two rules: XML pieces in order, one of which may be the only question."""

    before: list[str] = field(default_factory=list)
    questions: list["_Question"] = field(default_factory=list)

    def write(self) -> str:
        if len(self.questions) != 1:
            return "\n".join([*self.before, *(piece for question in self.questions for piece in question.pieces())])
        question = self.questions[0]
        inner = [*self.before, question.inner, *question.after]
        return f"<{question.opening}>\n" + "\n".join(inner) + f"\n</{question.tag}>"


@dataclass
class _Question:
    """A question's element: its name with attributes, what it holds, and the text behind it."""

    opening: str
    inner: str
    after: list[str] = field(default_factory=list)

    @property
    def tag(self) -> str:
        return self.opening.split(" ", 1)[0]

    def pieces(self) -> Iterator[str]:
        yield f"<{self.opening}>\n{self.inner}\n</{self.tag}>"
        yield from self.after


def read(text: str, file: str = "") -> tuple[str, list[Issue]]:
    """Turns the plain-text form into problem XML, which is always well-formed. Issues have lines of the text."""
    return _Reader(text, file).read()


class _Reader:
    """Reads one text; `issues` grows on the way."""

    def __init__(self, text: str, file: str) -> None:
        text = _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
        self._text = _FEEDBACK.sub(lambda found: found[0].replace("\n", _FOLD), text)
        self._file = file
        self._line = 1
        self._issues: list[Issue] = []

    def read(self) -> tuple[str, list[Issue]]:
        hints = [found[1].strip() for found in _HINT.finditer(self._text)]
        body = _HINT.sub("", self._text)
        written: list[str] = []
        for text in _RULE.split(body):
            written.append(self._part(text).write())
            self._line += text.count("\n") + text.count(_FOLD)
        if hints:
            items = "\n".join(f"  <hint>{self._html(hint)}</hint>" for hint in hints)
            written.append(f"<demandhint>\n{items}\n</demandhint>")
        return "<problem>\n" + "\n".join(written) + "\n</problem>\n", self._issues

    def _part(self, text: str) -> _Part:
        part, position, first_line = _Part(), 0, self._line
        for found in _PIECE.finditer(text):
            self._line = first_line + _lines(text[:position])
            self._add_prose(part, text[position : found.start()])
            self._line = first_line + _lines(text[: found.start()])
            self._add(part, found)
            position = found.end()
        self._line = first_line + _lines(text[:position])
        self._add_prose(part, text[position:])
        self._line = first_line
        return part

    def _add(self, part: _Part, found: re.Match[str]) -> None:
        kind = next(name for name in _KINDS if found[name] is not None)
        made = _KINDS[kind](self, found)
        if isinstance(made, _Question):
            part.questions.append(made)
        else:
            (part.questions[-1].after if part.questions else part.before).append(made)

    def _add_prose(self, part: _Part, text: str) -> None:
        prose = self._prose(text)
        if prose:
            (part.questions[-1].after if part.questions else part.before).append(prose)

    def _prose(self, text: str) -> str:
        self._warn_of_almost_choices(text)
        lines = [line.replace(_FOLD, " ") for line in text.split("\n") if line.strip()]
        wrapped = [line if line.lstrip().startswith("<") else f"<p>{line}</p>" for line in lines]
        return self._html("\n".join(wrapped)) if wrapped else ""

    def _warn_of_almost_choices(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if _ALMOST_CHOICE.match(line):
                self._issues.append(ALMOST_CHOICE.at(Place(self._file, self._line + number), found=_short(line)))

    def _html(self, fragment: str) -> str:
        """The fragment if it is well-formed, else what a browser would make of it."""
        fragment = fragment.replace(_FOLD, " ")
        try:
            etree.fromstring(f"<x>{fragment}</x>")
        except etree.XMLSyntaxError:
            mended = _mended(fragment)
            place = Place(self._file, self._line)
            self._issues.append(MENDED.at(place, found=_short(fragment), became=_short(mended)))
            return mended
        return fragment

    def _raw(self, found: re.Match[str]) -> str:
        text = found["raw"]
        try:
            etree.fromstring(text)
        except etree.XMLSyntaxError:
            opening, _, rest = text.partition(">")
            inner = rest.rpartition("</")[0]
            return f"{opening}>{escape(inner, quote=False)}</{found['raw_tag']}>"
        return text

    def _code(self, found: re.Match[str]) -> str:
        return f"<pre><code>{escape(found['code_text'], quote=False)}</code></pre>"

    def _explanation(self, found: re.Match[str]) -> str:
        prose = self._prose(found["explanation_text"])
        return f'<solution>\n<div class="detailed-solution">\n<p>Explanation</p>\n{prose}\n</div>\n</solution>'

    def _heading(self, found: re.Match[str]) -> str:
        return f'<h3 class="hd hd-2 problem-header">{self._html(found["heading_text"])}</h3>'

    def _label(self, found: re.Match[str]) -> str:
        label, *tips = found["label_text"].split("||")
        tip = f"\n<description>{self._html(tips[0])}</description>" if tips else ""
        return f"<label>{self._html(label)}</label>{tip}"

    def _each_line(self, text: str) -> Iterator[str]:
        """The lines of a piece, with the count of lines kept up."""
        for line in text.split("\n"):
            yield line
            self._line += _lines(line) + 1

    def _choices(self, found: re.Match[str]) -> _Question:
        is_shuffled, choices = False, []
        for line in self._each_line(found["choices"]):
            choice = _CHOICE.match(line)
            if choice is None:
                continue
            marks = choice[1].lower()
            is_shuffled |= "!" in marks
            fixed = ' fixed="true"' if "@" in marks else ""
            text, remark = self._with_remark(choice[2], "choicehint")
            choices.append(f'    <choice correct="{_truth("x" in marks)}"{fixed}>{text}{remark}</choice>')
        shuffle = ' shuffle="true"' if is_shuffled else ""
        inner = "\n".join(choices)
        return _Question(
            "multiplechoiceresponse", f'  <choicegroup type="MultipleChoice"{shuffle}>\n{inner}\n  </choicegroup>'
        )

    def _checks(self, found: re.Match[str]) -> _Question:
        choices, compounds = [], []
        for line in self._each_line(found["checks"]):
            compound = _COMPOUND.search(line.replace(_FOLD, " "))
            choice = _CHECK.match(line)
            if compound is not None:
                text = self._html(compound[2].strip())
                compounds.append(f'    <compoundhint value="{escape(compound[1].strip())}">{text}</compoundhint>')
            elif choice is not None:
                correct = _truth(choice[1].lower() == "x")
                choices.append(f'    <choice correct="{correct}">{self._with_selected(choice[2])}</choice>')
        inner = "\n".join([*choices, *compounds])
        return _Question("choiceresponse", f"  <checkboxgroup>\n{inner}\n  </checkboxgroup>")

    def _dropdown(self, found: re.Match[str]) -> _Question:
        text = found["dropdown_text"]
        if "\n" not in text and "{{" not in text:
            options, right = [], ""
            for option in re.split(r",\s*", text):
                bracketed = re.search(r"\((.*)\)", option)
                options.append(bracketed[1] if bracketed else option)
                right = bracketed[1] if bracketed else right
            listed = escape(",".join(f"'{option}'" for option in options))
            return _Question("optionresponse", f'  <optioninput options="({listed})" correct="{escape(right)}"/>')
        inner = "\n".join(self._option(line) for line in self._each_line(text) if line.strip())
        return _Question("optionresponse", f"  <optioninput>\n{inner}\n  </optioninput>")

    def _option(self, line: str) -> str:
        remark = _REMARK.search(line)
        text = (line[: remark.start()] + line[remark.end() :] if remark else line).strip()
        is_right = text.startswith("(") and text.endswith(")")
        written = self._remark(remark[1], "optionhint", blank_label=False) if remark else ""
        text = self._html(text[1:-1].strip() if is_right else text)
        return f'    <option correct="{_truth(is_right).title()}">{text}{written}</option>'

    def _answer(self, found: re.Match[str]) -> _Question:
        lines = [line for line in found["answer"].split("\n") if line.strip()]
        answers = [match.groups() for line in lines if (match := _ANSWER.fullmatch(line))]
        first = answers[0]
        text, remark = self._taken(first[3])
        number = None if first[0] or first[1] or first[2] else _as_number(text)
        if number is None:
            return self._text_question(bool(first[1] or first[2]), text, remark, answers[1:])
        return self._number_question(*number, remark, answers[1:])

    def _number_question(self, answer: str, tolerance: str, remark: str, others: list[tuple[str, ...]]) -> _Question:
        inner = []
        if tolerance:
            inner.append(f'  <responseparam type="tolerance" default="{escape(tolerance)}"/>')
        for word, *_, rest in others:
            text, said = self._taken(rest)
            number = _as_number(text)
            if word == "or" and number is not None and not number[1] and "+-" not in text and number[0][0] not in "[(":
                inner.append(f'  <additional_answer answer="{escape(number[0])}">{said}</additional_answer>')
        return _Question(
            f'numericalresponse answer="{escape(answer)}"', "\n".join([*inner, "  <formulaequationinput/>", remark])
        )

    def _text_question(self, is_pattern: bool, answer: str, remark: str, others: list[tuple[str, ...]]) -> _Question:
        inner = [remark] if remark else []
        for word, *_, rest in others:
            text, said = self._taken(
                rest, "correcthint" if word == "or" else "stringequalhint", text_first=word == "not"
            )
            inner.append(
                f'  <additional_answer answer="{escape(text)}">{said}</additional_answer>' if word == "or" else said
            )
        type_ = "ci regexp" if is_pattern else "ci"
        return _Question(
            f'stringresponse answer="{escape(answer)}" type="{type_}"', "\n".join([*inner, '  <textline size="20"/>'])
        )

    def _taken(self, text: str, tag: str = "correcthint", *, text_first: bool = False) -> tuple[str, str]:
        """A text without its first feedback, and the element of that (with the text in it, for `text_first`)."""
        remark = _REMARK.search(text)
        if remark is None:
            return text, f'<{tag} answer="{escape(text)}"></{tag}>' if text_first else ""
        left = (text[: remark.start()] + text[remark.end() :].lstrip()).rstrip()
        attributes = f' answer="{escape(left)}"' if text_first else ""
        return left, self._remark(remark[1], tag, attributes)

    def _with_remark(self, text: str, tag: str) -> tuple[str, str]:
        remark = _REMARK.search(text)
        if remark is None:
            return self._html(text.rstrip()), ""
        return self._html((text[: remark.start()] + text[remark.end() :]).strip()) + " ", self._remark(remark[1], tag)

    def _with_selected(self, text: str) -> str:
        remark = _REMARK.search(text)
        found = list(_SELECTED.finditer(remark[0][1:] if remark else ""))
        if remark is None or not found:
            return self._html(text.rstrip())
        hints = "".join(
            f'\n      <choicehint selected="{_truth(one["when"].lower()[0] == "s")}">{self._html(one["text"].strip())}'
            "</choicehint>"
            for one in found
        )
        return self._html((text[: remark.start()] + text[remark.end() :]).strip()) + hints

    def _remark(self, text: str, tag: str, attributes: str = "", *, blank_label: bool = True) -> str:
        """Feedback as an element; what stands before `::` is its label."""
        label, sign, rest = text.replace(_FOLD, " ").partition("::")
        if not sign:
            label, rest = "", text.replace(_FOLD, " ")
        elif label.strip() or blank_label:
            attributes += f' label="{escape(label.strip())}"'
        return f"<{tag}{attributes}>{self._html(_folded(rest))}</{tag}>"


_KINDS: dict[str, Callable[[_Reader, re.Match[str]], str | _Question]] = {
    "raw": _Reader._raw,
    "code": _Reader._code,
    "explanation": _Reader._explanation,
    "heading": _Reader._heading,
    "label": _Reader._label,
    "dropdown": _Reader._dropdown,
    "choices": _Reader._choices,
    "checks": _Reader._checks,
    "answer": _Reader._answer,
}


def _as_number(text: str) -> tuple[str, str] | None:
    """An answer and its tolerance (maybe empty), or a range; None for what is no number."""
    stripped = text.strip()
    if stripped[:1] in ("[", "(") and stripped[-1:] in ("]", ")") and len(stripped) > 1:
        return stripped, ""
    answer, _, tolerance = stripped.partition("+-")
    answer = "".join(answer.split())
    return (answer, tolerance.strip()) if _NUMBER.fullmatch(answer) else None


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


def _folded(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> int:
    return text.count("\n") + text.count(_FOLD)


def _short(text: str) -> str:
    text = _folded(text)
    return text if len(text) <= 60 else text[:59] + "…"
