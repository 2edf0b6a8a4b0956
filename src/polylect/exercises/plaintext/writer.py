"""Writes an exercise in the plain-text form, if that has words for all of it.

What is written is read back before it is given: it always stands for the same XML, but for white space between tags.
A character that would be read as a mark is written by its number (`&#91;`), which means the same everywhere in XML.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from html import escape
from itertools import zip_longest

from lxml import etree

from polylect.exercises import markup
from polylect.exercises.frame import Exercise
from polylect.exercises.parsing import UNREADABLE
from polylect.exercises.plaintext.folding import folded
from polylect.exercises.plaintext.questions import RESPONSES, is_numeric, is_range
from polylect.exercises.plaintext.reader import read
from polylect.issues import Issue, Place, Severity, declare

UNSAYABLE = declare(
    "exercise-unsayable",
    Severity.ERROR,
    "Plain text has no words for {found}, so this exercise can only be XML.",
)

_CORES = {
    "multiplechoiceresponse": {"choicegroup"},
    "choiceresponse": {"checkboxgroup"},
    "optionresponse": {"optioninput"},
    "numericalresponse": {"responseparam", "additional_answer", "formulaequationinput", "correcthint"},
    "stringresponse": {"correcthint", "additional_answer", "stringequalhint", "textline"},
}
"""What a question is made of; all else in it is text before or after."""
_INPUTS = frozenset(["choicegroup", "checkboxgroup", "optioninput", "formulaequationinput", "textline"])
_VERBATIM = frozenset(["script", "pre", "textarea", "code"])

_MARKS = re.compile(r"\[(?=\[|/?explanation\]|/?code\])|\{(?=\{)|[^\S \t\r\n]", re.IGNORECASE)
_READ_AT_START = re.compile(r"<|\(.{0,3}\)|[(\[].{0,1}[)\]]|\{\{|s?=|or=|not=|\|\||---")
_SPACE = re.compile(r"[ \t\r\n]+")
_READ_IN_VERBATIM = re.compile(rf"(?<=\n)([ \t]*)(?!<)(?={_READ_AT_START.pattern})(.)")
_LISTED = re.compile(r"\('(.*)'\)", re.DOTALL)
_HELD = "\ue000"
"""Stands for a line's end that has to stay, until the XML is written."""


def write(exercise: Exercise, file: str = "") -> tuple[str | None, list[Issue]]:
    """The exercise in plain text; None, and an issue with the first thing there are no words for, if it cannot be said.

    Settings on the `problem` element belong to the block, and are not written; nor are translations of the texts.
    Lines of issues are lines of the XML.
    """
    try:
        root = markup.read(exercise.xml)
    except markup.Unreadable as error:
        return None, [UNREADABLE.at(Place(file, error.line), reason=error.reason)]
    try:
        if root.tag != "problem":
            raise _Unsayable(root)
        return _written(root), []
    except _Unsayable as unsayable:
        return None, [UNSAYABLE.at(Place(file, unsayable.line), found=unsayable.found)]


class _Unsayable(Exception):
    """The form has no words for this element, or for the text after it or in it."""

    def __init__(self, element: etree._Element, text: str | None = None) -> None:
        super().__init__()
        self.line = markup.line_of(element)
        self.found = f"“{_short(text)}”" if text else _short(_tag(element))


def _written(root: etree._Element) -> str:
    whole = _folded(root)
    for written in _ways(root):
        read_back = read(written)[0]
        if folded(read_back) == whole:
            return written
    raise _Unsayable(_first_difference(root, read_back))


def _folded(root: etree._Element) -> str:
    return folded(etree.tostring(root, encoding="unicode"))


def _first_difference(root: etree._Element, xml: str) -> etree._Element:
    """The first element of the root that is not the same in the XML that was read back."""
    ours = [one for one in root.iter() if isinstance(one.tag, str)]
    theirs = [one for one in etree.fromstring(xml).iter() if isinstance(one.tag, str)]
    for one, other in zip_longest(ours[1:], theirs[1:]):
        if one is None:
            break
        if other is None or _brief(one) != _brief(other):
            return one
    return root


def _brief(element: etree._Element) -> tuple[object, ...]:
    texts = (_plain(element.text), _plain(element.tail))
    return element.tag, _attributes(element), texts


def _ways(root: etree._Element) -> Iterator[str]:
    """How the exercise may be written: as one part, if it has several questions, and as parts with rules between."""
    _refuse_text(root, root.text)
    items = list(root)
    hints = ""
    if items and items[-1].tag == "demandhint":
        hints = "\n\n" + "\n".join(_hints(items.pop()))
    blocks = [
        (is_question, _question(run[0]) if is_question else "\n".join(_prose(run))) for is_question, run in _runs(items)
    ]
    if sum(is_question for is_question, _ in blocks) > 1:
        together = "".join(f"{text}\n\n" if is_question else f"{text}\n" for is_question, text in blocks)
        yield together.rstrip("\n") + hints + "\n"
    yield "\n---\n".join(text for _, text in blocks) + hints + "\n"


def _runs(items: Iterable[etree._Element]) -> Iterator[tuple[bool, list[etree._Element]]]:
    """Questions, and what stands between them."""
    run: list[etree._Element] = []
    for item in items:
        if item.tag in RESPONSES:
            if run:
                yield False, run
            yield True, [item]
            run = []
        else:
            run.append(item)
    if run:
        yield False, run


def _hints(element: etree._Element) -> Iterator[str]:
    _expect(element)
    for hint in element:
        if hint.tag != "hint":
            raise _Unsayable(hint)
        _expect(hint)
        yield f"||{_by_number(_inner(hint), '|')}||"


def _question(response: etree._Element) -> str:
    _refuse_text(response, response.text)
    core = _CORES[response.tag]
    children = list(response)
    places = [place for place, child in enumerate(children) if child.tag in core]
    if not places:
        raise _Unsayable(response)
    first, last = places[0], places[-1] + 1
    for child in children[first:last]:
        if child.tag not in core:
            raise _Unsayable(child)
        _refuse_text(child, child.tail)
    lines = [*_prose(children[:first]), *_WRITERS[response.tag](response, children[first:last])]
    after = list(_prose(children[last:]))
    return "\n".join([*lines, "", *after] if after else lines)


def _choices(response: etree._Element, core: list[etree._Element]) -> Iterator[str]:
    _expect(response)
    group = _only(core)
    is_shuffled = group.get("shuffle") == "true"
    _expect(group, type="MultipleChoice", shuffle="true" if is_shuffled else None)
    for place, choice in enumerate(_children(group, "choice")):
        is_fixed = choice.get("fixed") == "true"
        is_right = choice.get("correct") == "true"
        _expect(choice, correct="true" if is_right else "false", fixed="true" if is_fixed else None)
        marks = ("!" if is_shuffled and place == 0 else "") + ("x" if is_right else "") + ("@" if is_fixed else "")
        text, remark = _with_remark(choice, "choicehint")
        yield f"({marks or ' '}) {'&#41;' + text[1:] if text.startswith(')') else text}{remark}".rstrip()


def _checks(response: etree._Element, core: list[etree._Element]) -> Iterator[str]:
    _expect(response)
    group = _only(core)
    _expect(group)
    for choice in _children(group, "choice", "compoundhint"):
        if choice.tag == "compoundhint":
            value = choice.get("value", "")
            _expect(choice, value=value)
            yield f"{{{{ (({_attribute(value).replace(')', '&#41;')})) {_without_braces(_inner(choice))} }}}}"
            continue
        is_right = choice.get("correct") == "true"
        _expect(choice, correct="true" if is_right else "false")
        hints = [child for child in choice if child.tag == "choicehint"]
        said = []
        for hint in hints:
            selected = hint.get("selected")
            _expect(hint, selected=selected or "")
            said.append(f"{{{'selected' if selected == 'true' else 'unselected'}: {_without_braces(_inner(hint))}}}")
        remark = f" {{{', '.join(said)}}}" if said else ""
        yield f"[{'x' if is_right else ' '}] {_inner(choice, hints)}{remark}".rstrip()


def _dropdown(response: etree._Element, core: list[etree._Element]) -> Iterator[str]:
    _expect(response)
    dropdown = _only(core)
    if "options" in dropdown.attrib:
        yield _options_in_a_line(dropdown)
        return
    _expect(dropdown)
    yield "[["
    for option in _children(dropdown, "option"):
        is_right = option.get("correct") == "True"
        _expect(option, correct="True" if is_right else "False")
        text, remark = _with_remark(option, "optionhint")
        text = text.replace("]]", "]&#93;")
        if is_right:
            text = f"({text})"
        elif text[:1] in ("", "(", "-", "=", "|"):
            text = f"&#{ord(text[0])};{text[1:]}" if text else "&#32;"
        yield f"{text}{remark.replace(']]', ']&#93;')}"
    yield "]]"


def _options_in_a_line(dropdown: etree._Element) -> str:
    listed, right = dropdown.get("options", ""), dropdown.get("correct", "")
    _expect(dropdown, options=listed, correct=right)
    _refuse_text(dropdown, dropdown.text)
    found = _LISTED.fullmatch(listed)
    if found is None or len(dropdown):
        raise _Unsayable(dropdown)
    options = found[1].split("','")
    written = [_by_number(_attribute(option), "(),[]") for option in options]
    if right in options:
        place = options.index(right)
        written[place] = f"({written[place]})"
    return f"[[{', '.join(written)}]]"


def _number(response: etree._Element, core: list[etree._Element]) -> Iterator[str]:
    answer = response.get("answer", "")
    _expect(response, answer=answer)
    said = "".join(_feedback(child) for child in core if child.tag == "correcthint")
    text = _attribute(answer)
    if is_range(text):
        text = f"{text[:-1]}{said}{text[-1]}"
    else:
        text = re.sub("[A-DF-Za-df-z]", _numbered, _by_number(text, " "))
        for parameter in core:
            if parameter.tag == "responseparam":
                tolerance = parameter.get("default", "")
                _expect(parameter, type="tolerance", default=tolerance)
                text += f" +- {re.sub('[A-DF-Za-df-z]', _numbered, _attribute(tolerance))}"
        text += said
    if not is_numeric(text) and not is_range(text):
        raise _Unsayable(response)
    yield f"= {text}"
    for child in core:
        if child.tag == "formulaequationinput":
            _expect(child)
        elif child.tag == "additional_answer":
            yield _further_answer(child)


def _text(response: etree._Element, core: list[etree._Element]) -> Iterator[str]:
    answer, kind = response.get("answer", ""), response.get("type", "")
    _expect(response, answer=answer, type="ci regexp" if kind == "ci regexp" else "ci")
    text = _attribute(answer)
    if kind == "ci regexp":
        text = f"|{text}"
    elif text.startswith("|"):
        text = f"&#124;{text[1:]}"
    said = _feedback(core[0]) if core[0].tag == "correcthint" else ""
    sign = "s=" if is_numeric(text + said) or is_range(text + said) else "="
    yield sign + (f" {text}{said}" if text else said or " {{}}")
    for child in core:
        if child.tag == "textline":
            _expect(child, size="20")
        elif child.tag == "additional_answer":
            yield _further_answer(child)
        elif child.tag == "stringequalhint":
            text = child.get("answer", "")
            said = _feedback(child, answer=text)
            yield "not=" + (f" {_attribute(text)}{said}" if text else said or " {{}}")


def _further_answer(element: etree._Element) -> str:
    answer = element.get("answer", "")
    _expect(element, answer=answer)
    _refuse_text(element, element.text)
    said = "".join(_feedback(child) for child in _children(element, "correcthint"))
    return "or=" + (f" {_attribute(answer)}{said}" if answer else said or " {{}}")


_WRITERS = {
    "multiplechoiceresponse": _choices,
    "choiceresponse": _checks,
    "optionresponse": _dropdown,
    "numericalresponse": _number,
    "stringresponse": _text,
}


def _with_remark(element: etree._Element, tag: str) -> tuple[str, str]:
    """The text of a choice, and the feedback at its end."""
    remarks = [child for child in element if child.tag == tag]
    return _inner(element, remarks), "".join(_feedback(remark) for remark in remarks)


def _feedback(element: etree._Element, answer: str | None = None) -> str:
    """Feedback in braces, with a space before; nothing where there is none to say."""
    label = element.get("label")
    _expect(element, answer=answer, label=label)
    text = _inner(element).replace("}}", "}&#125;")
    text = text[:-1] + "&#125;" if text.endswith("}") else text
    if label is not None:
        return f" {{{{{_by_number(_attribute(label), ':}')}:: {text}}}}}"
    text = text.replace("::", ":&#58;")
    return f" {{{{{text}}}}}" if text else ""


def _prose(elements: Iterable[etree._Element]) -> Iterator[str]:
    """Lines for what is no question."""
    items = list(elements)
    place = 0
    while place < len(items):
        element = items[place]
        following = items[place + 1] if place + 1 < len(items) else None
        place += 1
        tail = _plain(element.tail)
        if element.tag == "label" and not element.attrib:
            tip = ""
            if following is not None and following.tag == "description" and not following.attrib and not tail:
                tip = f"||{_by_number(_inner(following), '|') or '&#32;'}"
                tail = _plain(following.tail)
                place += 1
            yield f">>{_by_number(_inner(element), '|') or '&#32;'}{tip}<<"
        elif tail and not _is_plain_html(element):
            raise _Unsayable(element, tail)
        else:
            yield from _block(element)
            if tail:
                raise _Unsayable(element, tail)


def _block(element: etree._Element) -> Iterator[str]:
    inner = _inner(element) if isinstance(element.tag, str) else ""
    if not _is_plain_html(element):
        raise _Unsayable(element)
    if element.tag == "h3" and _attributes(element) == {"class": "hd hd-2 problem-header"} and inner:
        yield f"&#{ord(inner[0])};{inner[1:]}" if inner[0] in "-=" else inner
        yield "=" * max(3, min(len(inner), 60))
    elif element.tag == "p" and not element.attrib and inner and not _READ_AT_START.match(inner):
        yield inner
    elif element.tag == "solution" and (explained := _explained(element)) is not None:
        yield "[explanation]"
        yield from (line.replace("]", "&#93;") for line in _prose(explained))
        yield "[explanation]"
    elif element.tag == "pre" and (code := _code(element)):
        yield from ("[code]", code, "[code]")
    elif element.tag in ("script", "pre"):
        yield _verbatim(element)
    else:
        yield _raw(element)


def _is_plain_html(element: etree._Element) -> bool:
    """Whether no question, and no part of one, is in it."""
    return not any(
        isinstance(one.tag, str) and (one.tag.endswith("response") or one.tag in _INPUTS) for one in element.iter()
    )


def _explained(solution: etree._Element) -> list[etree._Element] | None:
    """What stands in an explanation, if it has the shape that this form gives it."""
    if solution.attrib or len(solution) != 1 or _plain(solution.text):
        return None
    (holder,) = solution
    if holder.tag != "div" or _attributes(holder) != {"class": "detailed-solution"} or _plain(holder.tail):
        return None
    title = holder[0] if len(holder) else None
    if title is None or title.tag != "p" or title.attrib or len(title) or title.text != "Explanation":
        return None
    if _plain(holder.text) or any(_plain(child.tail) for child in holder):
        return None
    return list(holder)[1:]


def _code(element: etree._Element) -> str:
    """The code in a `pre`, if nothing in it would be read as anything else."""
    if element.attrib or len(element) != 1 or _plain(element.text):
        return ""
    (code,) = element
    text = code.text or ""
    is_code = code.tag == "code" and not (code.attrib or len(code) or _plain(code.tail))
    if not is_code or "]" in text or any(_READ_AT_START.match(line.lstrip()) for line in text.split("\n")):
        return ""
    return _MARKS.sub(_numbered, escape(text.rstrip("\n"), quote=False))


def _expect(element: etree._Element, **attributes: str | None) -> None:
    """Refuses an element that has other attributes than these; None stands for one that is not there."""
    if _attributes(element) != {name: value for name, value in attributes.items() if value is not None}:
        raise _Unsayable(element)


def _only(elements: list[etree._Element]) -> etree._Element:
    if len(elements) > 1:
        raise _Unsayable(elements[1])
    return elements[0]


def _children(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The children of an element that holds only these, and no text."""
    _refuse_text(element, element.text)
    for child in element:
        if child.tag not in tags:
            raise _Unsayable(child)
        _refuse_text(child, child.tail)
        yield child


def _refuse_text(element: etree._Element, text: str | None) -> None:
    if _plain(text):
        raise _Unsayable(element, text)


def _inner(element: etree._Element, without: Iterable[etree._Element] = ()) -> str:
    """What stands in an element, as XML in one line, without the last children."""
    left_out = len(list(without))
    copy = deepcopy(element)
    for child in list(copy)[len(copy) - left_out :]:
        _refuse_text(child, child.tail)
        copy.remove(child)
    copy.tail = None
    copy.attrib.clear()
    copy.tag = "x"
    written = _in_a_line(copy)
    return "" if written == "<x/>" else written[len("<x>") : -len("</x>")].strip(" ")


def _raw(element: etree._Element) -> str:
    copy = deepcopy(element)
    copy.tail = None
    return _in_a_line(copy)


def _in_a_line(element: etree._Element) -> str:
    """An element as XML, in one line, with nothing in it that would be read as a mark. Changes the element."""
    for one in element.iter():
        if one.tag in _VERBATIM:
            one.text = (one.text or "").replace("\n", _HELD)
            for child in one.iterdescendants():
                child.text = (child.text or "").replace("\n", _HELD)
                child.tail = (child.tail or "").replace("\n", _HELD)
    written = _SPACE.sub(" ", etree.tostring(element, encoding="unicode"))
    return _MARKS.sub(_numbered, written).replace(_HELD, "&#10;")


def _verbatim(element: etree._Element) -> str:
    """A script or preformatted text as XML, with its lines.

    Nothing is read in these here, but Open edX does; so marks are written by number all the same.
    """
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    written = _READ_IN_VERBATIM.sub(lambda found: f"{found[1]}&#{ord(found[2])};", written)
    return _MARKS.sub(_numbered, written)


def _attribute(value: str) -> str:
    """The value of an attribute, as XML."""
    written = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    written = re.sub(r"^ | $|[\t\r\n]", _numbered, written)
    return _MARKS.sub(_numbered, written)


def _without_braces(text: str) -> str:
    return _by_number(text, "{}").replace("::", ":&#58;")


def _by_number(text: str, characters: str) -> str:
    """The text with these characters by their numbers."""
    return re.sub(f"[{re.escape(characters)}]", _numbered, text)


def _numbered(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _plain(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip(" ")


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _tag(element: etree._Element) -> str:
    """The start tag of an element."""
    attributes = "".join(f' {name}="{value}"' for name, value in _attributes(element).items())
    return f"<{element.tag}{attributes}>"


def _short(text: str) -> str:
    text = _plain(text)
    return text if len(text) <= 60 else text[:59] + "…"
