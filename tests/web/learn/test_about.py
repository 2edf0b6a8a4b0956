"""Catalogue, about page, and what only staff see of a course."""

import pytest
from django.test import Client

from polylect.course import tree
from polylect_web.accounts.models import Person
from web.builders import course, exercise, publish, text, translate, unit
from web.learn.parts import ANSWER, page, text_of

pytestmark = pytest.mark.django_db

ABOUT = "/en/courses/Test+Bridges+2026/"
CATALOGUE = "/en/courses/"
UNPLACED = "/en/unplaced/Test+Bridges+2026/"


def with_orphans() -> tree.Course:
    aside = (
        tree.Unplaced(exercise("lost"), "orphan"),
        tree.Unplaced(unit(text("d", "<p>A draft.</p>"), code="draft"), "draft"),
    )
    return course(unit(text(), exercise()), unplaced=aside)


def test_a_course_is_in_the_catalogue_under_its_title_in_this_language(client: Client) -> None:
    run = publish()
    translate(run, "fr", {"Bridges": "Ponts"})
    (link,) = page(client.get("/fr/courses/")).cssselect(".card a")
    assert (link.text_content(), link.get("href")) == ("Ponts", "/fr/courses/Test+Bridges+2026/")
    languages = page(client.get("/fr/courses/")).cssselect(".card .languages span")
    assert [(one.get("lang"), one.text_content()) for one in languages] == [("en", "English"), ("fr", "français")]


def test_a_title_in_another_language_is_labelled(client: Client) -> None:
    publish()
    (title,) = page(client.get("/ar/courses/")).cssselect(".card h2 span")
    assert (title.get("lang"), title.get("dir")) == ("en", "ltr")
    assert text_of(page(client.get("/ar/courses/")), ".card .language-label bdi") == "English"


def test_a_course_of_which_nothing_is_open_says_so(client: Client) -> None:
    publish(course(unit(text(), access=tree.Access(staff_only=True))))
    assert "Nothing in this course is open yet." in text_of(page(client.get(CATALOGUE)), ".card")
    assert text_of(page(client.get(ABOUT)), ".outline .quiet") == "No page is open yet."


def test_a_closed_course_is_not_in_the_catalogue(client: Client) -> None:
    run = publish()
    run.is_open = False
    run.save()
    assert not page(client.get(CATALOGUE)).cssselect(".card")
    assert client.get(ABOUT).status_code == 404


def test_the_about_page_says_what_its_author_wrote_and_the_languages(client: Client) -> None:
    run = publish(course(pages=(tree.Page("about", "About", "<p>All about bridges.</p>", kind="about"),)))
    translate(run, "fr", {"Bridges join people.": "Les ponts relient."})
    shown = page(client.get(ABOUT))
    assert "All about bridges." in text_of(shown, ".about-parts .prose")
    languages = {link.get("hreflang"): link.get("href") for link in shown.cssselect(".about-parts aside a[hreflang]")}
    assert languages == {"en": ABOUT, "fr": ABOUT.replace("/en/", "/fr/")}


def test_staff_can_try_an_exercise_that_stands_in_no_page(staff: Client) -> None:
    run = publish(with_orphans())
    answer = staff.post(f"{ABOUT}lost/answer/lost/", {"q1": "c1", "version": run.version_id}, follow=True)
    assert answer.status_code == 200
    assert page(answer).cssselect(".result-right")
    assert Client().post(f"{ABOUT}lost/answer/lost/", {"q1": "c1"}).status_code == 404


def test_a_hidden_page_is_for_staff(client: Client, staff: Client) -> None:
    publish(course(pages=(tree.Page("plans", "Plans", "<p>Not for all.</p>", access=tree.Access(staff_only=True)),)))
    assert "Not for all." not in client.get(ABOUT).content.decode()
    assert "Not for all." in staff.get(ABOUT).content.decode()


def test_a_part_that_is_only_a_number_has_a_heading_in_the_interfaces_language(client: Client) -> None:
    publish(course(pages=(tree.Page("effort", "", "3 hours", kind="about"),)))
    assert text_of(page(client.get(ABOUT)), "#effort h2") == "Effort"
    shown = page(client.get(ABOUT.replace("/en/", "/fr/")))
    assert text_of(shown, "#effort h2") == "Charge de travail"
    assert not shown.cssselect("#effort .language-label")


def test_it_leads_to_the_first_unit_and_later_on_from_there(client: Client, learner: Person) -> None:
    publish(course(unit(text(), exercise()), unit(exercise("more"), code="two")))
    start = page(client.get(ABOUT)).cssselect("main .button-main")[0]
    assert start.get("href") == f"{ABOUT}start/"
    client.post(ANSWER, {"q1": "c1"})
    go_on = page(client.get(ABOUT)).cssselect("main .button-main")[0]
    assert go_on.get("href") == f"{ABOUT}two/"
    assert text_of(page(client.get(ABOUT)), ".outline-mark") == "done"


def test_a_unit_is_done_with_all_its_points_and_answered_without(client: Client, learner: Person) -> None:
    publish(course(unit(text(), exercise(), exercise("also")), unit(exercise("more"), code="two")))
    marks = []
    for answer, given in ((ANSWER, "c2"), (ANSWER.replace("ask", "also"), "c1"), (ANSWER, "c1")):
        client.post(answer, {"q1": given})
        marks.append(text_of(page(client.get(ABOUT)), ".outline-mark"))
        if marks[-1] == "answered":  # what is left to win there holds nobody up
            assert page(client.get(ABOUT)).cssselect("main .button-main")[0].get("href") == f"{ABOUT}two/"
    assert marks == ["begun", "answered", "done"]


@pytest.mark.parametrize("name", ["Test+Bridges+2027", "Test+Bridges", "a+b+c+d"])
def test_a_name_that_is_no_run_is_not_found(client: Client, name: str) -> None:
    publish()
    assert client.get(f"/en/courses/{name}/").status_code == 404


def test_staff_can_look_at_what_stands_in_no_page(staff: Client) -> None:
    publish(with_orphans())
    links = {link.get("href") for link in page(staff.get(UNPLACED)).cssselect("main li a")}
    assert links == {f"{ABOUT}lost/", f"{ABOUT}draft/"}
    lost = page(staff.get(f"{ABOUT}lost/"))
    assert text_of(lost, "h1") == "A question"
    assert page(staff.get(f"{ABOUT}lost/".replace("/en/", "/ar/"))).cssselect("h1 [lang=en]")
    assert not lost.cssselect("[rel=next]")
    assert UNPLACED in {link.get("href") for link in lost.cssselect("main article a")}
    assert "Which material" in text_of(lost, ".exercise")
    assert "A draft." in staff.get(f"{ABOUT}draft/").content.decode()


def test_learners_cannot(client: Client, learner: Person) -> None:
    publish(with_orphans())
    assert client.get(UNPLACED).status_code == 404
    assert client.get(f"{ABOUT}lost/").status_code == 404
    assert client.get(f"{ABOUT}draft/").status_code == 404
    assert "unplaced" not in client.get(ABOUT).content.decode()


def test_staff_of_another_course_cannot_either(client: Client, learner: Person) -> None:
    learner.roles.create(role="staff", course_key="Test+Tunnels")
    publish(with_orphans())
    assert client.get(UNPLACED).status_code == 404
