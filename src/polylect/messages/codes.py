"""Which question and which choice of an exercise is which, when the exercise was edited.

Answers are kept with the codes of questions and choices. A code that only counts (`q2`, `c3`) would name another
choice as soon as one is put in before it. So codes are carried over by the alignment that carries messages over: what
reads the same, or much alike, keeps its code; what is new gets one that nothing in this exercise ever had. A choice
that its author named keeps that name.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from polylect.exercises import Exercise
from polylect.messages.alignment import Standing, align

_COUNTED = re.compile(r"(?P<letter>[cq])(?P<number>[0-9]+)x*")


def carry_codes(exercise: Exercise, before: Sequence[Exercise]) -> Exercise:
    """The exercise with the codes of its earlier versions, `before`, the newest first.

    With the XML of one of these, it has that one's codes.
    """
    same = next((one for one in before if one.xml == exercise.xml), None)
    if same is not None or not before:
        return replace(exercise, codes=same.codes if same is not None else ())
    plain = replace(exercise, codes=())
    placed = _carried(_questions([plain]), _questions(before))
    codes = {place: code for place, code in placed.items() if place != code}
    own = {question.code: question for question in _questions([replace(plain, codes=tuple(codes.items()))])}
    former = _questions(before)
    for code, question in own.items():
        inputs = [one for other in former if other.code == code for one in other.inputs]
        for owner, options in question.inputs:
            earlier = [o for of, some in inputs if of == owner for o in some]
            choices = _carried([o for o in options if not o.is_named], [o for o in earlier if not o.is_named])
            codes |= {f"{owner}.{place}": to for place, to in choices.items() if place != to}
    return replace(exercise, codes=tuple(sorted(codes.items())))


@dataclass(frozen=True)
class _Coded:
    """A question or a choice: its code, and all its words. `inputs`: of a question, its fields with their choices.

    `is_gone`: the version before does not have it.
    """

    code: str
    kind: str
    text: str
    inputs: tuple[tuple[str, tuple["_Coded", ...]], ...] = ()
    is_gone: bool = False

    @property
    def is_named(self) -> bool:
        return _COUNTED.fullmatch(self.code) is None


def _questions(exercises: Sequence[Exercise]) -> list[_Coded]:
    """The questions of these exercises, the newest first; what only an earlier one has is gone."""
    found: list[_Coded] = []
    for number, exercise in enumerate(exercises):
        texts = {slot.role: slot.content for slot in exercise.texts()}
        for question in exercise.questions:
            inside = f"question.{question.code}."
            words = " ".join(text for role, text in texts.items() if role.startswith(inside))
            inputs = tuple(
                (
                    field.code,
                    tuple(
                        _Coded(option.code, "choice", texts.get(option.role, ""), is_gone=number > 0)
                        for option in field.options
                    ),
                )
                for field in question.inputs
            )
            found.append(_Coded(question.code, question.tag, words, inputs, number > 0))
    return found


def _carried(now: Sequence[_Coded], before: Sequence[_Coded]) -> dict[str, str]:
    """By the code that only counts: the code that each of these has from before, or a fresh one."""
    known = _once(before)
    numbers = align(known, [Standing("", one.code, one.kind, one.text) for one in now])
    codes = {one.code: known[number].role for one, number in zip(now, numbers, strict=True) if number is not None}
    by_code = {one.role: one for one in known if not one.is_gone}
    for one in now:  # without words, there is nothing but the place to go by
        same = by_code.get(one.code)
        is_silent = same is not None and same.kind == one.kind and not (same.text.strip() and one.text.strip())
        if one.code not in codes and is_silent and one.code not in codes.values():
            codes[one.code] = one.code
    used = {one.role for one in known} | set(codes.values())
    for one in now:
        if one.code not in codes:
            codes[one.code] = _fresh(one.code, used)
            used.add(codes[one.code])
    return codes


def _once(coded: Sequence[_Coded]) -> list[Standing]:
    """Each code once, as it was last, with the words it had before; what is gone comes last."""
    by_code: dict[str, list[_Coded]] = {}
    for one in coded:
        by_code.setdefault(one.code, []).append(one)
    known = [
        Standing("", code, last.kind, last.text, tuple(one.text for one in rest if one.kind == last.kind), last.is_gone)
        for code, (last, *rest) in by_code.items()
    ]
    return sorted(known, key=lambda one: one.is_gone)


def _fresh(code: str, used: Collection[str]) -> str:
    """This code, or where it was used, one like it with a number above all others."""
    if code not in used:
        return code
    counted = [found for one in used if (found := _COUNTED.fullmatch(one)) and found["letter"] == code[0]]
    return f"{code[0]}{1 + max(int(found['number']) for found in counted)}"
