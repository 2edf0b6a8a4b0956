"""From what was read to what is shown: parts with their words filled in, choices in the learner's order."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TypeVar

from polylect.exercises import markup
from polylect.exercises.chance import Dice
from polylect.exercises.parsing import Kept, Parsed
from polylect.exercises.question import Frame, GroupPart, HtmlPart, Input, Option, Part, Question, Wording
from polylect.exercises.texts import Words
from polylect.exercises.view import Choice, Field, FieldKind, Group, Html, Picture, QuestionView, View
from polylect.sentences import Sentence

Placed = TypeVar("Placed", Field, QuestionView)


def present(parsed: Parsed, wording: Wording, dice: Dice) -> View:
    """The view of an exercise."""
    questions: dict[str, QuestionView] = {
        question.code: _question(question, wording, question.draw(dice))
        if parsed.is_prepared
        else _withheld(question.frame, wording)
        for question in parsed.questions
    }
    questions |= {kept.frame.code: _kept(kept, wording) for kept in parsed.kept}
    return View(tuple(_part(part, questions, wording) for part in parsed.parts), parsed.is_readable)


def _question(question: Question, wording: Wording, drawn: Mapping[str, tuple[Option, ...]]) -> QuestionView:
    frame = question.frame
    fields = {input.code: _field(input, frame, wording, drawn.get(input.code, input.options)) for input in frame.inputs}
    parts = tuple(
        _group(part, fields, wording) if isinstance(part, GroupPart) else _part(part, fields, wording)
        for part in frame.parts
    )
    view = QuestionView(frame.code, parts, drawn_as=question.drawn_as)
    if len(fields) == 1:
        return view
    return replace(view, label=_label(frame.label, wording), descriptions=_texts(frame.descriptions, wording))


def _withheld(frame: Frame, wording: Wording) -> QuestionView:
    """A question whose variables are not known: its text, and nothing to answer."""
    parts = tuple(
        _part(HtmlPart(part.role), dict[str, Field](), wording) for part in frame.parts if isinstance(part, HtmlPart)
    )
    label, descriptions = _label(frame.label, wording), _texts(frame.descriptions, wording)
    return QuestionView(frame.code, parts, label, descriptions, unsupported="script")


def _kept(kept: Kept, wording: Wording) -> QuestionView:
    frame = kept.frame
    parts = tuple(_part(part, dict[str, Field](), wording) for part in frame.parts)
    unsupported = "" if kept.is_broken else kept.tag
    label, descriptions = _label(frame.label, wording), _texts(frame.descriptions, wording)
    return QuestionView(frame.code, parts, label, descriptions, unsupported, kept.is_broken)


def _field(input: Input, frame: Frame, wording: Wording, options: tuple[Option, ...]) -> Field:
    is_only = [one.code for one in frame.inputs] == [input.code]
    return Field(
        code=input.code,
        kind=input.kind,
        label=_label(input.label or (frame.label if is_only else ""), wording) or _said(input.asks),
        descriptions=_texts(frame.descriptions, wording) if is_only else (),
        choices=tuple(_choice(option, input, frame, wording) for option in options),
        input_mode=input.input_mode,
        width=input.width,
        suffix=wording.plain(input.suffix) if input.suffix else None,
        picture=_picture(input, wording) if input.picture else None,
        initial=input.initial,
    )


def _group(part: GroupPart, fields: Mapping[str, Field], wording: Wording) -> Group:
    return Group(
        part.code,
        _label(part.label, wording) or _said(part.heading) or Words(""),
        tuple(fields[code] for code in part.inputs),
        _said(part.note),
        wording.html(part.text) if part.text else None,
        part.member_of,
    )


def _choice(option: Option, input: Input, frame: Frame, wording: Wording) -> Choice:
    if not option.role:
        sentence = option.sentence
        if sentence and option.names:
            sentence = sentence.kind.of(side=wording.plain(option.names).text)
        return Choice(option.code, _said(sentence) or Words(""))
    words = wording.plain(option.role) if input.kind is FieldKind.SELECT else wording.html(option.role)
    if not option.inner:
        return Choice(option.code, words)
    text = markup.with_places(words.text, tuple(inner.code for inner in option.inner))
    fields = tuple(_field(inner, frame, wording, ()) for inner in option.inner)
    return Choice(option.code, Words(text, words.language), fields)


def _picture(input: Input, wording: Wording) -> Picture:
    words = wording.html(input.picture)
    attributes = markup.image_attributes(words.text)
    alt = Words(attributes.get("alt", ""), attributes.get("lang") or words.language)
    return Picture(attributes.get("src", ""), *input.picture_size, alt)


def _part(part: Part, placed: Mapping[str, Placed], wording: Wording) -> Html | Placed:
    if not isinstance(part, HtmlPart):
        return placed[part.code]
    words = wording.html(part.role)
    if not part.inner:
        return Html(words)
    text = markup.with_places(words.text, part.inner)
    return Html(Words(text, words.language), tuple(placed[code] for code in part.inner))


def _said(sentence: Sentence | None) -> Words | None:
    """Words of the library's own."""
    return Words(escape(sentence.english, quote=False), sentence=sentence) if sentence else None


def _label(role: str, wording: Wording) -> Words | None:
    return wording.html(role) if role else None


def _texts(roles: tuple[str, ...], wording: Wording) -> tuple[Words, ...]:
    return tuple(wording.html(role) for role in roles)
