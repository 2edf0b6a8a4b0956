"""One function for each thing that reads what strangers write: it takes any bytes, and raises where we are wrong.

What comes back is looked at as a page would: shown, written as a sentence, added up.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from polylect import exercises
from polylect.exercises import Exercise, arithmetic, plaintext
from polylect.exercises.arithmetic import NotANumber
from polylect.exercises.question import Input

CASES = Path(__file__).parents[1] / "cases" / "exercises"
_PARTED = "\0"
"""Stands between the parts of one input."""
_VARIABLES = {"a": "1", "b": "<b>", "x": "true", "answer": "$a"}


def parse(data: bytes) -> None:
    """Problem XML: whatever is wrong with it is an issue that can be told."""
    exercise, issues = exercises.parse(_text(data))
    assert all(issue.sentence for issue in issues)
    assert exercise.possible >= 0
    roles = [slot.role for slot in exercise.texts()]
    assert len(roles) == len(set(roles))
    assert exercise.fingerprint == Exercise(exercise.xml).fingerprint


def present(data: bytes) -> None:
    """What a learner sees, with variables and without, and in another language."""
    exercise, _ = exercises.parse(_text(data[2:]))
    seed = int.from_bytes(data[:2], "big")
    for variables in (None, {}, _VARIABLES):
        exercise.present(seed, variables)
        exercise.answers(seed, variables)
        exercise.hints_with(variables)
    there = {slot.role: exercises.Words(f"{slot.content[::-1]}$a", "ar") for slot in exercise.texts()}
    exercise.with_texts(there).present(seed)


def grade(data: bytes) -> None:
    """Problem XML, and after NUL what is given in each field: marks stay between nothing and all, and are the same
    again."""
    xml, *given = _text(data).split(_PARTED)
    exercise, _ = exercises.parse(xml)
    for variables in (None, _VARIABLES):
        form = {input.code: _given(input, given[at % len(given)] if given else "") for at, input in _inputs(exercise)}
        responses, issues = exercise.read(form, "en", variables)
        assert all(issue.sentence for issue in issues)
        mark = exercise.grade(responses, 1, variables)
        assert 0 <= mark.points <= mark.possible
        assert mark == exercise.grade(responses, 1, variables)


def regexps(data: bytes) -> None:
    """A pattern of an author, and after NUL a text of a learner."""
    pattern, _, given = _text(data).partition(_PARTED)
    for grading in ("", ' grading="polylect"'):
        xml = f"<problem{grading}><stringresponse type='ci regexp' answer={_quoted(pattern)}>"
        xml += f"<regexphint answer={_quoted(pattern)}>h</regexphint><textline/></stringresponse></problem>"
        exercise, _ = exercises.parse(xml)
        exercise.grade(exercise.read({"q1": [given]})[0])


def formulas(data: bytes) -> None:
    """What a learner types as a number or a formula; and an author's formula, after NUL."""
    typed, _, written = _text(data).partition(_PARTED)
    with contextlib.suppress(NotANumber):
        arithmetic.evaluate(typed)
    for tag, attributes in (
        ("numericalresponse", ""),
        ("formularesponse", ' samples="x,y@1,1:3,3#4" type="cs"'),
        ("symbolicresponse", f" expect={_quoted(written)}"),
    ):
        xml = f"<problem><{tag}{attributes} answer={_quoted(written)}><textline/></{tag}></problem>"
        exercise, _ = exercises.parse(xml)
        for language in ("", "ar"):
            exercise.grade(exercise.read({"q1": [typed]}, language)[0])


def plain(data: bytes) -> None:
    """The plain-text form: always becomes XML that can be read, and what is written back can be read again."""
    xml, issues = plaintext.read(_text(data))
    assert all(issue.sentence for issue in issues)
    exercise, _ = exercises.parse(xml)
    assert exercise.present().is_readable
    written, told = plaintext.write(exercise)
    assert written is not None or told
    plaintext.read(written or "")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "parse": parse,
    "present": present,
    "grade": grade,
    "regexps": regexps,
    "formulas": formulas,
    "plaintext": plain,
}


def seeds(target: str) -> Iterator[bytes]:
    """Inputs to begin with, from the cases that tests have."""
    xmls = [xml for path in sorted(CASES.glob("*.txt")) for xml in _problems(path.read_text("utf-8"))]
    if target == "plaintext":
        parts = (CASES / "plaintext.txt").read_text("utf-8").split("\n===== ")
        yield from (part.partition("\n")[2].encode() for part in parts)
        yield b">>Q||tip<<\n(x) a {{why}}\n( ) b\n||hint||\n---\n= 42 +- 5%\nor= 43\n[explanation]\nso\n[explanation]"
        yield b"[[ a, (b), c ]]\n[x] a {{ selected: b }}\n[ ] c\n{{ ((A B)) d }}\n=| colou?r\nnot= x"
    elif target == "regexps":
        yield from (b"^a+b?$\0aab", rb"(?P<n>\d{1,3})|[^\w]*?(?=x)\0" + b"12x", b"(a|aa)+$\0" + b"a" * 30 + b"!")
    elif target == "formulas":
        yield from (b"1+2j\x001", b"sqrt(x^2)*2 || y\0x*2", b"-3.5e-2%\x00[1,5)", b"fact(3)!\0sin(x)", "٣٫٥−1".encode())
    else:
        yield from (
            b"\0\1" * (target == "present") + xml.encode() + b"\0c1\0true" * (target == "grade") for xml in xmls
        )


def _problems(text: str) -> Iterator[str]:
    for part in text.split("\n===== "):
        begin, end = part.find("<problem"), part.rfind("</problem>")
        if 0 <= begin < end:
            yield part[begin : end + len("</problem>")]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _quoted(text: str) -> str:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\n", "&#10;")):
        text = text.replace(sign, entity)
    return f'"{text}"'


def _inputs(exercise: Exercise) -> Iterator[tuple[int, Input]]:
    return enumerate(input for question in exercise.questions for input in question.inputs)


def _given(input: Input, text: str) -> list[str]:
    """A text, and the choices that it names by number."""
    picked = [input.options[ord(sign) % len(input.options)].code for sign in text if input.options]
    return picked if picked else text.split("|")
