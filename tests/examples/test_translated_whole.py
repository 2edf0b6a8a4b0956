"""The whole example course goes through the workbench into languages that it does not have, and nothing of it stays in
the language that it was written in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client
from lxml.html import HtmlElement, document_fromstring

from examples.the_course import FOLDER
from polylect import languages, markdown
from polylect.course import tree
from polylect.course.files import open_folder
from polylect.messages import Kind
from polylect.messages.message import OPTIONAL_KINDS, join, split
from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, Role
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import actions, queries, working, writing
from polylect_web.texts.choices import choice_of
from polylect_web.texts.working import Line
from polylect_web.texts.writing import Draft, Outcome
from web.builders import person

pytestmark = pytest.mark.django_db

WORDS = {"sw": "neno", "ur": "لفظ"}
"""What each word becomes, in a language from left to right and one from right to left."""
BY_FORM = "two-cases"
"""The lesson that is translated by the workbench's form; the others as the form saves them."""
_WORD = re.compile(r"[^\W\d_]+")


def in_words(text: str, language: str) -> str:
    """A text of other words, with all that has to stay: placeholders, numbers, punctuation."""
    parts = split(text)
    return join([_WORD.sub(WORDS[language], part) if isinstance(part, str) else part for part in parts])


@dataclass(frozen=True)
class Work:
    """The course on the site, and somebody who translates it."""

    run: Run
    language: str
    translator: Person
    browser: Client

    def lines(self) -> Iterator[tuple[working.Lesson, list[Line]]]:
        """All that is to be translated, by lesson: addresses hold in any language."""
        for lesson in working.lessons(self.run.version):
            found = working.lines(self.run.version, lesson, self.language, may_see_answers=True)
            yield lesson, [one for one in found if one.kind not in OPTIONAL_KINDS]

    def translate(self) -> int:
        """Translates everything; how many texts that were."""
        choice, done = choice_of(self.run.course, self.language), dict[UUID, str]()
        for lesson, lines in self.lines():
            for line in lines:
                if line.uuid in done:
                    continue
                done[line.uuid] = in_words(line.text, self.language)
                if lesson.code == BY_FORM:
                    self.post(lesson.code, line, done[line.uuid])
                    continue
                draft = Draft(done[line.uuid], line.text)
                by = self.translator
                found = writing.write_target(self.run.course, self.language, line.uuid, draft, by=by, choice=choice)
                assert (found.outcome, found.issues) == (Outcome.SAVED, ())
        return len(done)

    def post(self, lesson: str, line: Line, text: str) -> None:
        address = f"/fr/translate/{self.language}/{self.run.key}/{lesson}/{line.uuid}/"
        form = {"text": text, "source": line.text, "seen": "", "act": "save"}
        answer = self.browser.post(address, form)
        if answer.status_code == 200:  # it looks odd, which is right here: so save it all the same
            answer = self.browser.post(address, form | {"heeded": answer.context["panel"].checked.heeded})
        assert answer.status_code == 302, answer.content.decode()

    def page(self, unit: str = "") -> HtmlElement:
        """A page as a learner of this language sees it whose menus are in French, so that what is English shows."""
        address = f"/{self.language}/courses/{self.run.key}/" + (f"{unit}/" if unit else "")
        answer = Client(headers={"accept-language": "fr"}).get(address)
        assert answer.status_code == 200
        (main,) = document_fromstring(answer.content.decode()).cssselect("main")
        return main


@pytest.fixture(params=sorted(WORDS))
def work(request: pytest.FixtureRequest) -> Work:
    language = request.param
    with open_folder(FOLDER) as folder:
        course, _ = markdown.read(folder)
        assert course is not None
        published = actions.publish(course, folder)
    run = Run.objects.select_related("course", "version").get(pk=published.run.pk)
    translator = person("amina")
    accounts.give_role(person=translator, role=Role.TRANSLATOR, course_key=str(run.course), language=language)
    browser = Client()
    browser.force_login(translator)
    return Work(run, language, translator, browser)


def test_the_whole_course_goes_through_the_workbench(work: Work) -> None:
    assert work.translate() > 400
    tallies = working.progress(work.run.version, [work.language]).values()
    assert sum(tally.left for tally in tallies) == 0
    nothing_is_left_in_the_source(work)
    answers_earn_what_they_earned(work)
    captions_are_whole(work)


def nothing_is_left_in_the_source(work: Work) -> None:
    outline = courses.outline(work.run.version)
    for code in ("", *(unit.code for unit in outline.units())):
        page = work.page(code)
        english = {" ".join(one.text_content().split()) for one in page.cssselect('[lang="en"]')}
        assert english <= {languages.autonym("en")}, code  # the languages that there are, by their own names
        assert [one.text_content() for one in page.cssselect(".language-label")] == [], code
        own = page.cssselect(f'[lang="{work.language}"]')
        assert own, code
        assert {one.get("dir") for one in own} == {languages.direction(work.language)}, code
        assert WORDS[work.language] in page.text_content(), code


def answers_earn_what_they_earned(work: Work) -> None:
    outline = courses.outline(work.run.version)
    tried = 0
    for unit in outline.units():
        own, theirs = (queries.read_blocks(work.run.version, unit.all_blocks(), of) for of in ("en", work.language))
        for code, block in own.items():
            item, translated = block.item, theirs[code].item
            if not isinstance(item, tree.Exercise) or not isinstance(translated, tree.Exercise):
                continue
            for given in ("right", "wrong"):
                raw = {one.field: list(getattr(one, given) or one.right) for one in item.body.examples()}
                read, read_there = item.body.read(raw, ""), translated.body.read(raw, "")
                assert read == read_there, code
                grade, there = item.body.grade(read[0]), translated.body.grade(read_there[0])
                assert (grade.points, grade.possible) == (there.points, there.possible), code
                assert [one.verdict for one in grade.results] == [one.verdict for one in there.results], code
                tried += 1
    assert tried > 20


def captions_are_whole(work: Work) -> None:
    found = 0
    for unit in courses.outline(work.run.version).units():
        for block in queries.read_blocks(work.run.version, unit.all_blocks(), work.language).values():
            if not isinstance(block.item, tree.Video):
                continue
            tracks = {one.language: one.track for one in block.item.tracks}
            source, track = tracks["en"], tracks[work.language]
            assert [(cue.start_ms, cue.end_ms) for cue in track.cues] == [(c.start_ms, c.end_ms) for c in source.cues]
            assert all(WORDS[work.language] in cue.text for cue in track.cues)
            found += len(track.cues)
    assert found > 50
    kinds = {line.kind for _, lines in work.lines() for line in lines}
    assert {Kind.CAPTION, Kind.TITLE, Kind.TEXT, Kind.CHOICE, Kind.FEEDBACK} <= kinds
