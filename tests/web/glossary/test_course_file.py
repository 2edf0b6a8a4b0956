"""The glossary.csv of a course: taken in when it is published, and never over what people have done since."""

from pathlib import Path

import pytest

from polylect.messages import glossary as tables
from polylect.messages.terms import Form, Standing
from polylect.messages.terms import Term as Said
from polylect_web import importing
from polylect_web.courses.models import Course
from polylect_web.glossary import actions, queries
from polylect_web.glossary.models import Term, TermChange
from web.builders import publish
from web.glossary.words import author, called, say

pytestmark = pytest.mark.django_db

FILE = """term,definition,language,form,standing
arch,A curve.,,,
arch,,fr,arc,
arch,,fr,voûte,forbidden
pier,,fr,pile,
"""


def take(course: Course, text: str, *, is_whole: bool = True) -> actions.Taken:
    table, _ = tables.read(text.encode(), "en")
    assert table is not None
    return actions.take_from_course(course=course, table=table, is_whole=is_whole, by=None)


def terms(course: Course) -> dict[str, str]:
    return {term.text: term.definition for term in queries.all_terms(course)}


def test_a_file_is_taken_in_and_changes_nothing_the_second_time() -> None:
    course = publish().course
    taken = take(course, FILE)
    assert (taken.new, taken.changed, taken.removed) == (5, 0, 0)
    count = TermChange.objects.count()
    again = take(course, FILE)
    assert (again.new, again.changed, again.removed, again.kept) == (0, 0, 0, [])
    assert TermChange.objects.count() == count
    assert called(Term.objects.get(text="arch")) == [("arc", "preferred"), ("voûte", "forbidden")]


def test_what_nobody_touched_follows_the_file() -> None:
    course = publish().course
    take(course, FILE)
    taken = take(course, "term,definition,language,form\narch,A bow.,,\narch,,fr,arche\n")
    assert (taken.new, taken.changed, taken.removed) == (1, 1, 4)
    assert terms(course) == {"arch": "A bow."}
    assert called(Term.objects.get(text="arch")) == [("arche", "preferred")]
    take(course, FILE)
    assert terms(course) == {"arch": "A curve.", "pier": ""}
    assert called(Term.objects.get(text="arch")) == [("arc", "preferred"), ("voûte", "forbidden")]


def test_what_a_person_changed_stays_as_they_left_it() -> None:
    course, somebody = publish().course, author()
    take(course, FILE)
    arch, pier = Term.objects.get(text="arch"), Term.objects.get(text="pier")
    actions.change_term(
        term=arch, given=Said("arch", "en", "What carries."), revision=queries.revision_of(arch), by=somebody
    )
    forms = [Form("arc", Standing.ALLOWED), Form("arceau")]
    actions.set_forms(term=arch, language="fr", forms=forms, revision=queries.revision_of(arch, "fr"), by=somebody)
    actions.remove_term(term=pier, by=somebody)
    for _ in range(2):
        taken = take(course, FILE)
        assert (taken.new, taken.changed, taken.removed) == (0, 0, 0)
        assert terms(course) == {"arch": "What carries."}
        assert called(arch) == [("arc", "allowed"), ("arceau", "preferred")]


def test_a_term_that_a_person_renamed_does_not_come_back_under_its_old_name() -> None:
    course, somebody = publish().course, author()
    take(course, FILE)
    arch = Term.objects.get(text="arch")
    for text in ("vault", "arch", "bow"):
        actions.change_term(term=arch, given=Said(text, "en"), revision=queries.revision_of(arch), by=somebody)
        arch.refresh_from_db()
    take(course, FILE)
    assert terms(course) == {"bow": "", "pier": ""}


def test_a_term_with_a_form_of_a_person_stays_when_the_file_drops_it() -> None:
    course = publish().course
    take(course, FILE)
    pier = Term.objects.get(text="pier")
    say(pier, "pile", "pilier", by=author())
    take(course, "term\narch\n")
    assert terms(course) == {"arch": "", "pier": ""}
    assert called(pier) == [("pilier", "preferred")]


def test_nothing_goes_when_not_every_line_could_be_read() -> None:
    course = publish().course
    take(course, FILE)
    take(course, "term\nbow\n", is_whole=False)
    assert set(terms(course)) == {"arch", "pier", "bow"}


def test_publishing_a_folder_takes_its_glossary_in(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(
        'org: Test\ncode: Maps\nrun: "1"\ntitle: Maps\nlanguage: en\nsections:\n  - code: a\n    title: A\n'
        "    subsections:\n      - {code: b, title: B, units: [units/one.md]}\n"
    )
    (tmp_path / "units").mkdir()
    (tmp_path / "units/one.md").write_text("---\ntitle: One\n---\nA map.\n")
    (tmp_path / "glossary.csv").write_text("term,language,form\nmap,fr,carte\nmap,french language,plan\n")
    imported = importing.import_course(tmp_path)
    assert [str(issue) for issue in imported.issues] == [
        "glossary.csv:3: “french language” is no language. Write a tag such as fr or pt-BR."
    ]
    (term,) = queries.all_terms(imported.run.course)
    assert (term.text, [form.text for form in term.forms]) == ("map", ["carte"])
    (tmp_path / "glossary.csv").unlink()
    importing.import_course(tmp_path)
    assert queries.all_terms(imported.run.course) == (term,)


def test_the_example_course_has_its_words() -> None:
    imported = importing.import_example()
    assert imported is not None
    course = imported.run.course
    (hit,) = queries.hits("A partnership.", course.pk, "en", "es")
    assert [(form.text, form.standing) for form in hit.term.forms_in("es")] == [
        ("alianza", Standing.PREFERRED),
        ("asociación", Standing.FORBIDDEN),
    ]
