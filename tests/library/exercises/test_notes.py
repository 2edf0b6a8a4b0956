"""Notes for translators, kept in English and said in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.exercises.test_kinds import KINDS, read_cases
from polylect import exercises
from polylect.exercises import notes
from polylect.sentences import SentenceKind


def french(kind: SentenceKind) -> str:
    return {notes.WHEN_ANSWERED: "Affiché quand on répond « {answer} »."}.get(kind, kind.text)


def test_a_note_is_read_as_the_sentence_that_wrote_it() -> None:
    note = notes.written(notes.WHEN_ANSWERED, answer="Donation")
    assert note == "Shown when somebody answers “Donation”."
    sentence = notes.read(note)
    assert sentence is not None
    assert sentence.said(french, "fr") == "Affiché quand on répond « Donation »."


def test_an_author_s_note_is_left_to_the_author() -> None:
    assert notes.read("Our mascot. She is a bird.") is None
    assert notes.read("") is None


@given(st.text())
def test_whatever_is_answered_the_note_is_read(answer: str) -> None:
    for kind in (notes.WHEN_ANSWERED, notes.WHEN_IT_IS, notes.WHEN_EQUAL):
        sentence = notes.read(notes.written(kind, answer=answer))
        assert sentence == kind.of(answer=answer)


@pytest.mark.parametrize("name", KINDS)
def test_every_note_that_a_kind_writes_can_be_said(name: str) -> None:
    parsed = (exercises.parse(case.xml)[0] for case in read_cases(name))
    written = {slot.note for exercise in parsed if exercise is not None for slot in exercise.texts() if slot.note}
    assert {note for note in written if notes.read(note) is None} == set()
