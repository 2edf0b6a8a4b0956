"""The terms of a glossary: where they stand in a text, and whether a translation says them as was agreed.

A term is found as its author wrote it, in another letter case (an acronym only in its own), with the plural and the
possessive of its language, and in whatever other spellings the author gave. Whole words only; where a script writes no
spaces, anywhere.

A translation is asked less strictly, because a warning that is wrong teaches people to look past warnings. Its words
may have any ending that the form's words could take, Arabic and Hebrew ones their clitics and inner plurals, and words
of German, Dutch, Nordic and Finnic languages may be parts of longer ones (`inflection`). Of a form of several words the
longer ones have to be there, in any order. Irregular forms are for people to list: any of them is enough.

Only the forms of a term that is in the source are looked for, the wanted and the unwanted: “asociación” is wrong for a
partnership, and right for an association.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from polylect import languages
from polylect.issues import Issue, Place, Severity, declare
from polylect.messages import inflection
from polylect.messages.folding import Folded, folded

MISSING = declare(
    "term-missing",
    Severity.WARNING,
    "The glossary has “{form}” for “{term}”, and it is not in the translation.",
)
FORBIDDEN = declare(
    "term-forbidden", Severity.WARNING, "“{found}” is not to be used for “{term}”. Write “{form}” instead."
)
FORBIDDEN_ALONE = declare(
    "term-forbidden-alone", Severity.WARNING, "“{found}” is not to be used for “{term}”. Choose another word."
)
CHANGED = declare(
    "term-changed", Severity.WARNING, "“{term}” is not to be translated. Write it in the same letters as in the source."
)


class Standing(Enum):
    """What the glossary says of a form."""

    PREFERRED = "preferred"
    """This is how to say it."""
    ALLOWED = "allowed"
    """Right as well, such as an irregular plural."""
    FORBIDDEN = "forbidden"
    """Not to be used for this term."""


@dataclass(frozen=True)
class Form:
    """What a term is called in a language. With `language` "" it is meant for whichever is asked for."""

    text: str
    standing: Standing = Standing.PREFERRED
    note: str = ""
    language: str = ""


@dataclass(frozen=True)
class Term:
    """A word of a course, or several. `also`: other spellings of it in its own language, such as irregular plurals."""

    text: str
    language: str
    definition: str = ""
    is_untranslatable: bool = False
    forms: tuple[Form, ...] = ()
    also: tuple[str, ...] = ()
    note: str = ""

    def forms_in(self, language: str) -> tuple[Form, ...]:
        """The forms in the best language there is for `language`: `pt` for `pt-BR`, where that has none."""
        for tag in (*languages.chain(language), ""):
            found = tuple(form for form in self.forms if form.language == tag)
            if found:
                return found
        return ()


@dataclass(frozen=True)
class Hit:
    """A term where it stands: `text[start:end]`, placeholders inside it included."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True)
class _Pattern:
    """A spelling of a term, as `inflection` has it. `exact`: letters that have to stand there in their own case."""

    pattern: str
    term: Term
    exact: str


_Index = dict[str, list[_Pattern]]
"""Patterns by the first one or two letters of their folded spelling."""


class _Same:
    """Terms as a key of a cache: by which tuple they are, so that hundreds of terms need not be compared."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms

    def __hash__(self) -> int:
        return id(self.terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.terms is other.terms


def find(source_text: str, terms: tuple[Term, ...], language: str) -> tuple[Hit, ...]:
    """Where these terms stand in a text (in the notation of messages), in its order; they do not overlap, and the
    longest goes first.

    Of two terms in one place the first given counts. What is worked out about `terms` is kept as long as the same tuple
    is given.
    """
    index = _index(_Same(terms), language)
    text = folded(source_text)
    found = sorted(_matches(text, index, language), key=lambda hit: (hit.start - hit.end, hit.start))
    taken = bytearray(len(source_text))
    hits: list[Hit] = []
    for hit in found:
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
            hits.append(hit)
    return tuple(sorted(hits, key=lambda hit: hit.start))


def check(
    source_text: str, target_text: str, terms: tuple[Term, ...], source_language: str, language: str
) -> tuple[Issue, ...]:
    """Where a translation does not say the terms of its source as the glossary has them. Warnings, each term once.

    `Place` is left empty. An empty translation has none.
    """
    if not target_text.strip():
        return ()
    hits = find(source_text, terms, source_language)
    text = folded(target_text)
    wanted = {hit.term: _wanted(hit.term, language) for hit in hits}
    agreed = [span for forms in wanted.values() for form in forms for span in _spans(form, text, language)]
    issues: list[Issue] = []
    for term, forms in wanted.items():
        as_written = (source_text[hit.start : hit.end] for hit in hits if hit.term == term)
        unwanted = _unwanted(term, text, agreed, language)
        if unwanted is not None:
            issues.append(_forbidden(term, unwanted, forms))
        elif term.is_untranslatable:
            if not any(words in target_text for words in (term.text, *as_written)):
                issues.append(CHANGED.at(Place(), term=term.text))
        elif forms and not any(inflection.is_said(form.text, text.text, language) for form in forms):
            issues.append(MISSING.at(Place(), term=term.text, form=_first(forms)))
    return tuple(issues)


def is_acronym(text: str) -> bool:
    """Whether a term means something else in small letters: two capitals or more, and no small letter."""
    return text.upper() == text and sum(letter.isupper() for letter in text) > 1


@lru_cache(maxsize=32)
def _index(same: _Same, language: str) -> _Index:
    index: _Index = {}
    for term in same.terms:
        for spelling in dict.fromkeys((term.text, *term.also)):
            pattern = inflection.of_term(spelling, language)
            if pattern is not None:
                exact = spelling if is_acronym(spelling) else ""
                index.setdefault(pattern[0], []).append(_Pattern(pattern[1], term, exact))
    return index


def _matches(text: Folded, index: _Index, language: str) -> Iterator[Hit]:
    for at in inflection.beginnings(text.text, language):
        for key in (text.text[at : at + 2], text.text[at]):
            for pattern in index.get(key, ()):
                found = inflection.compiled(pattern.pattern).match(text.text, at)
                span = text.span(found.start(), found.end()) if found else None
                if span and (not pattern.exact or text.source.startswith(pattern.exact, span[0])):
                    yield Hit(*span, pattern.term)


def _wanted(term: Term, language: str) -> tuple[Form, ...]:
    """The forms that may be used, the preferred ones first."""
    forms = [form for form in term.forms_in(language) if form.standing is not Standing.FORBIDDEN]
    return tuple(sorted(forms, key=lambda form: form.standing is not Standing.PREFERRED))


def _unwanted(term: Term, text: Folded, agreed: Iterable[tuple[int, int]], language: str) -> str | None:
    """A forbidden form of the term as it stands in the text, outside of what was agreed on for any term; or None."""
    agreed = list(agreed)
    for form in term.forms_in(language):
        if form.standing is not Standing.FORBIDDEN:
            continue
        for start, end in _spans(form, text, language):
            if not any(begin <= start and end <= stop for begin, stop in agreed):
                return text.source[start:end]
    return None


def _spans(form: Form, text: Folded, language: str) -> Iterator[tuple[int, int]]:
    """Where a form stands in the text as one piece, with the endings of its language."""
    pattern = inflection.of_term(form.text, language)
    if pattern is None:
        return
    for at in inflection.beginnings(text.text, language):
        found = inflection.compiled(pattern[1]).match(text.text, at)
        span = text.span(found.start(), found.end()) if found else None
        if span:
            yield span


def _forbidden(term: Term, found: str, forms: Sequence[Form]) -> Issue:
    if term.is_untranslatable:
        return FORBIDDEN.at(Place(), found=found, term=term.text, form=term.text)
    if not forms:
        return FORBIDDEN_ALONE.at(Place(), found=found, term=term.text)
    return FORBIDDEN.at(Place(), found=found, term=term.text, form=_first(forms))


def _first(forms: Sequence[Form]) -> str:
    """What to write: the preferred forms, or else those that are allowed."""
    preferred = [form.text for form in forms if form.standing is Standing.PREFERRED]
    return " / ".join(preferred or [form.text for form in forms])
