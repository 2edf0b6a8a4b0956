"""What a page may cost: queries, whatever its course and its history have grown to; bytes and requests."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from page_weight import Fetched, fetched
from running_site import RunningSite, running_site

from polylect.captions.groups import group
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect_web.courses.models import Course, Run
from polylect_web.grading import actions as grading
from polylect_web.grading.models import Submission
from polylect_web.texts.models import Target
from web.builders import NUMBER_XML, TEXT_XML, course, exercise, person, publish, raw, text, translate, unit

UNIT_QUERIES = 8
SUBMISSION_QUERIES = 12  # begin and commit counted
FIRST_VIEW_BYTES = 60_000
FIRST_VIEW_REQUESTS = 10
LESSON = "/en/courses/Polylect+PARTNERS+2026/four-conditions/"
CASE = "/en/partnership/"

WRONG, RIGHT = "beam", "arch"


def page(language: str = "en") -> str:
    return f"/{language}/courses/Test+Bridges+2026/start/"


def study(units: int = 2, languages: int = 1) -> Run:
    """A course with a unit of everything that costs something, more units, and translations."""
    track = Track(tuple(Cue(at * 1000, at * 1000 + 900, f"Sentence {at}.") for at in range(20)))
    video = tree.Video("film", "A film", tracks=(tree.VideoTrack("en", track, groups=group(track, "en")),))
    pool = tree.Selection("pool", "One of these", (exercise("one"), exercise("two")))
    first = unit(text(), video, exercise("ask", TEXT_XML), exercise("number", NUMBER_XML), pool, title="The start")
    run = publish(course(first, *(unit(exercise(f"e{n}"), code=f"u{n}") for n in range(units - 1))))
    for number in range(languages):
        language = f"x{chr(97 + number)}a"
        wording = {"arch": f"arc{number}", "Sentence 3.": f"{language} 3.", "The start": language}
        translate(run, language, wording, is_approved=True)
    return run


def learner(run: Run, name: str = "learner", answers: int = 0) -> Client:
    """Somebody who is signed in, and has answered so often."""
    somebody = person(name)
    for _ in range(answers):
        for code, given in (("ask", WRONG), ("number", "41")):
            grading.submit(
                somebody,
                run,
                version_id=run.version_id,
                unit_code="start",
                block_code=code,
                raw=raw(run, code, given),
                language="en",
            )
    client = Client()
    client.force_login(somebody)
    return client


def queries(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries]


def view(client: Client, language: str = "en") -> list[str]:
    """The queries of a view of the unit when somebody has looked at it before."""
    client.get(page(language))
    return queries(lambda: client.get(page(language)))


def answer(client: Client, given: str, *, language: str = "en", script: bool = True) -> list[str]:
    """The queries of an answer when somebody has looked at the unit before."""
    client.get(page(language))
    headers = {"X-Fragment": "exercise"} if script else {}
    status = []

    def post() -> None:
        response = client.post(f"{page(language)}answer/ask/", {"act": "answer", "q1": given}, headers=headers)
        status.append(response.status_code)

    made = queries(post)
    assert status == [200 if script else 302]
    return made


GROWN = {
    "history": (study, 10),
    "course": (lambda: study(units=20), 1),
    "languages": (lambda: study(languages=10), 1),
}


@pytest.mark.django_db
@pytest.mark.parametrize("grown", GROWN)
@pytest.mark.parametrize("language", ["en", "fr", "xaa"])
def test_a_view_of_a_unit_costs_at_most_eight_queries_and_no_more_when_something_has_grown(
    grown: str, language: str
) -> None:
    grow, answers = GROWN[grown]
    run = grow()
    for number in range(answers):
        learner(run, f"other{number}", answers=1)
    made = view(learner(run, answers=answers), language)
    assert len(made) <= UNIT_QUERIES, made
    assert len(made) == (6 if language != "xaa" else 7), made  # which of their languages the interface can speak


@pytest.mark.django_db
def test_a_visitor_who_is_nobody_yet_costs_less() -> None:
    study()
    assert len(view(Client())) <= 2


@pytest.mark.django_db
@pytest.mark.parametrize("grown", GROWN)
@pytest.mark.parametrize("script", [True, False])
def test_an_answer_costs_at_most_twelve_queries_and_no_more_when_something_has_grown(grown: str, script: bool) -> None:
    grow, answers = GROWN[grown]
    client = learner(grow(), answers=answers)
    for given in (WRONG, RIGHT, "arc0"):
        made = answer(client, given, script=script)
        assert len(made) <= SUBMISSION_QUERIES, made
    assert Submission.objects.count() == 2 * answers + 3


@pytest.mark.django_db
@pytest.mark.parametrize("script", [True, False])
def test_the_first_answer_of_somebody_costs_no_more_than_that(script: bool) -> None:
    made = answer(learner(study()), RIGHT, script=script)
    assert len(made) <= SUBMISSION_QUERIES, made


@pytest.mark.django_db
def test_a_translation_costs_readers_of_the_unit_something_once() -> None:
    run = study()
    client = learner(run)
    before = view(client, "xaa")
    translate(run, "xaa", {"Sentence 5.": "xaa 5."})
    assert len(queries(lambda: client.get(page("xaa")))) > len(before)
    assert view(client, "xaa") != []
    assert len(view(client, "xaa")) == len(before)
    assert Target.objects.filter(text="xaa 5.").exists()
    assert "xaa 5." in client.get(page("xaa")).content.decode()


def publishing(units: int = 5, languages: int = 1, versions: int = 1) -> list[str]:
    """The queries of publishing a course where one paragraph and one exercise were edited."""

    def given(number: int) -> tree.Course:
        others = (unit(exercise(f"e{n}"), code=f"u{n}") for n in range(units))
        asked = exercise("ask", TEXT_XML.replace("oldest form", f"oldest form {number}"))
        return course(unit(text(html=f"<p>Bridges join people {number}.</p>"), asked), *others)

    for number in range(versions):
        run = publish(given(number))
        for at in range(languages):
            translate(run, f"x{chr(97 + at)}a", {f"Bridges join people {number}.": f"{at} {number}"})
    return queries(lambda: publish(given(versions)))


@pytest.mark.django_db
def test_publishing_costs_no_more_queries_when_something_has_grown() -> None:
    """As long as what changed is one slice."""
    made = publishing()
    Course.objects.all().delete()
    for grown in ({"units": 40}, {"versions": 4}, {"languages": 10}):
        assert len(publishing(**grown)) <= len(made) + 2, grown
        Course.objects.all().delete()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site as `polylect up` starts it, with the example course."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


def own(parts: list[Fetched]) -> list[Fetched]:
    """Without what the author put into the page."""
    return [part for part in parts if not part.is_media]


@pytest.mark.parametrize("page", [LESSON, CASE])
@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_the_first_view_of_a_page_is_light(site: RunningSite, encoding: str, page: str) -> None:
    """As the browser gets it: everything but the video, its captions and the author's pictures."""
    parts = own(fetched(site.visitor(), page))
    browser = site.visitor(accept_encoding=f"{encoding}, gzip")
    sizes = {part.address: len(browser.get(part.address).body) for part in parts}
    assert sum(sizes.values()) <= FIRST_VIEW_BYTES, sizes


@pytest.mark.parametrize("page", [LESSON, CASE])
def test_the_first_view_of_a_page_takes_few_requests_and_waits_for_one(site: RunningSite, page: str) -> None:
    parts = fetched(site.visitor(), page)
    assert len(parts) <= FIRST_VIEW_REQUESTS, parts
    assert [part.address for part in parts if part.is_blocking] == [
        part.address for part in parts if part.address.endswith(".css")
    ]
    assert sum(part.is_blocking for part in parts) == 1, parts


def test_what_a_lesson_needs_is_kept_by_the_browser_for_good(site: RunningSite) -> None:
    visitor = site.visitor()
    for part in fetched(visitor, LESSON)[1:]:
        assert "immutable" in visitor.get(part.address).headers["cache-control"], part.address
