"""The questions that the plain-text form has words for: each from its lines to its XML."""

import re
from collections.abc import Iterator

from polylect.exercises.plaintext.lines import Line
from polylect.exercises.plaintext.pieces import Pieces, remark_of
from polylect.issues import Severity, declare

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

CHOICE = re.compile(r"\s*\((.{0,3})\)\s*(.*)")
CHECK = re.compile(r"\s*\[(.?)\]\s*(.*)")
ANSWER = re.compile(r"s?=\s*(.*)")
_COMPOUND = re.compile(r"\s*\{\{\s*\(\(")
_SELECTED = re.compile(r"\{\s*(?:s|selected):([^}]*)\}", re.IGNORECASE)
_UNSELECTED = re.compile(r"\{\s*(?:u|unselected):([^}]*)\}", re.IGNORECASE)
_RIGHT_OPTION = re.compile(r"(?:^|,)\s*\(")
_RIGHT_OPTION_END = re.compile(r"\)\s*(?:,|$)")
_FURTHER = re.compile(r"(or|not)=\s*(.*)")
_LETTERS = re.compile("[A-DF-Za-df-z]")
_BEGINS_AS_NUMBER = re.compile(r"\s*[+-]?\.?[0-9]")
_PLAIN_NUMBER = re.compile(
    r"\s*(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?Infinity"
    r"|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)?\s*"
)


def multiple_choice(pieces: Pieces, lines: list[Line]) -> Line:
    """The choices in these lines, which begin with `CHOICE`."""
    shuffle, choices = "", []
    for line in lines:
        marks, text = _groups(CHOICE, line.text.strip())
        if "!" in marks:
            shuffle = ' shuffle="true"'
        fixed = ' fixed="true"' if "@" in marks else ""
        remark = remark_of(text)
        written = pieces.html(remark.rest if remark.text else text, line.number)
        if remark.text:
            written += " " + pieces.feedback("choicehint", remark, line.number)
        choices.append(f'    <choice correct="{_truth("x" in marks.lower())}"{fixed}>{written}</choice>')
    inner = "\n".join(choices)
    group = f'  <choicegroup type="MultipleChoice"{shuffle}>\n{inner}\n  </choicegroup>'
    return Line(lines[0].number, f"<multiplechoiceresponse>\n{group}\n</multiplechoiceresponse>", made=True)


def checkboxes(pieces: Pieces, lines: list[Line]) -> Line:
    """The boxes in these lines, and feedback on sets of them."""
    choices, compounds = [], []
    for line in lines:
        compound, check = compound_of(line.text), CHECK.match(line.text)
        if compound is not None:
            value = pieces.attribute(compound[0].strip(), line.number)
            text = pieces.html(compound[1].strip(), line.number)
            compounds.append(f'    <compoundhint value="{value}">{text}</compoundhint>')
        else:
            # Open edX makes this of feedback that stands alone; only like Open edX, such a line is here.
            mark, text = check.groups() if check else ("", "undefined")
            written = _check_text(pieces, text, line.number)
            choices.append(f'    <choice correct="{_truth(mark in ("x", "X"))}">{written}</choice>')
    inner = "\n".join([*choices, *compounds])
    group = f"  <checkboxgroup>\n{inner}\n  </checkboxgroup>"
    return Line(lines[0].number, f"<choiceresponse>\n{group}\n</choiceresponse>", made=True)


def compound_of(text: str) -> tuple[str, str] | None:
    """The set of boxes in a line that is feedback on a set, and the feedback."""
    begin = _COMPOUND.match(text)
    if begin is None:
        return None
    end = text.find("))", begin.end())
    last = text.find("}}", end + 2)
    return None if end < 0 or last < 0 else (text[begin.end() : end], text[end + 2 : last])


def _check_text(pieces: Pieces, text: str, number: int) -> str:
    remark = remark_of(text)
    said = f"{{{remark.text}}}"
    hints = "".join(
        f'\n      <choicehint selected="{selected}">{pieces.html(found[1].strip(), number)}</choicehint>'
        for selected, pattern in (("true", _SELECTED), ("false", _UNSELECTED))
        if (found := pattern.search(said))
    )
    return pieces.html(remark.rest if hints else text, number) + hints


def dropdown(pieces: Pieces, lines: list[Line]) -> Line:
    """A dropdown, from what stands in its brackets: in a line, or an option a line."""
    if len(lines) == 1:
        inner = _options_in_a_line(pieces, lines[0])
    else:
        options = "\n".join(_option(pieces, line) for line in lines if not line.is_blank)
        inner = f"  <optioninput>\n{options}\n  </optioninput>"
    return Line(lines[0].number, f"<optionresponse>\n{inner}\n</optionresponse>", made=True)


def _options_in_a_line(pieces: Pieces, line: Line) -> str:
    options = []
    for option in re.split(r",\s*", line.text):
        begin, end = _RIGHT_OPTION.match(option), _RIGHT_OPTION_END.search(option)
        options.append(option[begin.end() : end.start()] if begin and end and end.end() == len(option) else option)
    begin = _RIGHT_OPTION.search(line.text)
    end = _RIGHT_OPTION_END.search(line.text, begin.end()) if begin else None
    right = line.text[begin.end() : end.start()] if begin and end else ""
    listed = ",".join(f"'{option}'" for option in options)
    return (
        f'  <optioninput options="{pieces.attribute(f"({listed})", line.number)}"'
        f' correct="{pieces.attribute(right, line.number)}"/>'
    )


def _option(pieces: Pieces, line: Line) -> str:
    remark = remark_of(line.text.strip())
    text = remark.rest
    is_right = len(text) >= 2 and text[0] == "(" and text[-1] == ")"
    written = pieces.html(text[1:-1] if is_right else text, line.number)
    if remark.text:
        label = remark if remark.label else remark._replace(label=None)
        written += " " + pieces.feedback("optionhint", label, line.number)
    return f'    <option correct="{"True" if is_right else "False"}">{written}</option>'


def with_answers(pieces: Pieces, lines: list[Line]) -> Iterator[Line]:
    """The lines with each question that has answers to type made."""
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.made or not ANSWER.match(line.text):
            yield line
            place += 1
            continue
        answers, place = _answers_from(pieces, lines, place)
        yield _answer(pieces, answers)


def _answers_from(pieces: Pieces, lines: list[Line], place: int) -> tuple[list[Line], int]:
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
        if not is_further and not (takes_next and pieces.like_open_edx):
            return answers, place
        answers.append(line)
        place = following + 1
        takes_next = is_further and not takes_next and not _said(line.text)


def _answer(pieces: Pieces, lines: list[Line]) -> Line:
    first = lines[0]
    number_text = re.sub(r"^=\s*", "", first.text)
    if is_numeric(number_text) or is_range(number_text):
        return Line(first.number, _number_question(pieces, number_text, lines), made=True)
    remark = remark_of(number_text)
    if (remark.text and is_range(remark.rest.strip())) or is_range(number_text.rstrip()):
        pieces.tell(NOT_A_RANGE, first.number, found=first.text)
    return Line(first.number, _text_question(pieces, lines), made=True)


def _number_question(pieces: Pieces, first: str, lines: list[Line]) -> str:
    number = lines[0].number
    remark = remark_of(first)
    said = f"  {pieces.feedback('correcthint', remark, number)}\n" if remark.text else ""
    answer, tolerance = remark.rest if remark.text else first, ""
    if not is_range(answer):
        answer, _, tolerance = answer.partition("+-")
        answer, tolerance = "".join(answer.split()), tolerance.lstrip()
    inner = ""
    if tolerance:
        inner = f'  <responseparam type="tolerance" default="{pieces.attribute(tolerance, number)}"/>\n'
    inner += "".join(_further_number(pieces, line) for line in lines[1:])
    return (
        f'<numericalresponse answer="{pieces.attribute(answer, number)}">\n'
        f"{inner}  <formulaequationinput/>\n{said}</numericalresponse>"
    )


def _further_number(pieces: Pieces, line: Line) -> str:
    remark = remark_of(line.text)
    word, text = _groups(_FURTHER, remark.rest)
    if word != "or" or not _PLAIN_NUMBER.fullmatch(text):
        pieces.tell(LEFT_OUT, line.number, found=line.text)
        return ""
    said = pieces.feedback("correcthint", remark, line.number) if remark.text else ""
    return f'  <additional_answer answer="{pieces.attribute(text, line.number)}">{said}</additional_answer>\n'


def _text_question(pieces: Pieces, lines: list[Line]) -> str:
    first, number = lines[0], lines[0].number
    remark = remark_of(_groups(ANSWER, first.text)[0])
    answer, kind = remark.rest, "ci"
    if answer.startswith("|"):
        answer, kind = answer[1:].strip(), "ci regexp"
    inner = f"  {pieces.feedback('correcthint', remark, number)}\n" if remark.text else ""
    inner += "".join(_further_text(pieces, line) for line in lines[1:])
    return (
        f'<stringresponse answer="{pieces.attribute(answer, number)}" type="{kind}">\n'
        f'{inner}  <textline size="20"/>\n</stringresponse>'
    )


def _further_text(pieces: Pieces, line: Line) -> str:
    remark = remark_of(line.text)
    found = _FURTHER.match(remark.rest)
    if found is None:
        return ""
    answer = pieces.attribute(found[2], line.number)
    if found[1] == "not":
        attributes = f' answer="{answer}"'
        return f"  {pieces.feedback('stringequalhint', remark, line.number, attributes)}\n"
    said = pieces.feedback("correcthint", remark, line.number) if remark.text else ""
    return f'  <additional_answer answer="{answer}">{said}</additional_answer>\n'


def is_range(text: str) -> bool:
    """Whether an answer stands in brackets, round or square."""
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


def _groups(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """The groups of a pattern at the beginning of a text; empty texts, where it does not match."""
    found = pattern.match(text)
    return found.groups() if found else ("",) * pattern.groups


def _said(text: str) -> str:
    """What follows the sign of an answer."""
    return text.partition("=")[2].strip()


def _truth(value: bool) -> str:
    return "true" if value else "false"
