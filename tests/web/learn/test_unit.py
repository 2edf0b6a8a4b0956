"""The page of a unit: what is on it, who may see it, and what it costs."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import polylect_web
from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Asset, VersionAsset
from web.builders import CHOICE_XML, course, exercise, publish, text, translate, unit
from web.learn.parts import UNIT, page, text_of, video

pytestmark = pytest.mark.django_db

SCRIPTS = Path(polylect_web.__file__).parent / "static" / "js"
IMPORTED = re.compile(r'^import .* from "./(.+)";', re.MULTILINE)
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def three_units() -> tree.Course:
    return course(
        unit(text("a", "<p>First.</p>"), code="one", title="One"),
        unit(text("b"), exercise(), code="start", title="Two"),
        unit(text("c", "<p>Last.</p>"), code="three", title="Three"),
    )


def test_it_says_where_the_reader_is(client: Client) -> None:
    publish(three_units())
    shown = page(client.get(UNIT))
    assert text_of(shown, "h1") == "Two"
    assert "Page 2 of 3" in text_of(shown, ".position")
    assert text_of(shown, ".outline [aria-current=page]") == "Two"
    assert [link.get("href") for link in shown.cssselect(".sequence a")] == [
        "/en/courses/Test+Bridges+2026/one/",
        "/en/courses/Test+Bridges+2026/three/",
    ]


def test_a_translation_of_an_earlier_text_stays_on_the_page_and_says_so(client: Client) -> None:
    run = publish(course(unit(text(html="<p>Bridges join people.</p>"))))
    translate(run, "fr", {"Bridges join people.": "Les ponts relient les gens."})
    assert not page(client.get(UNIT.replace("/en/", "/fr/"))).cssselect(".source-note")
    publish(course(unit(text(html="<p>Bridges join most people.</p>"))))
    shown = page(client.get(UNIT.replace("/en/", "/fr/")))
    assert "Les ponts relient les gens." in text_of(shown, ".prose")
    assert text_of(shown, ".source-note") == "modifié depuis sa traduction"


def test_a_question_that_changed_is_shown_in_the_source_and_says_so(client: Client) -> None:
    run = publish(course(unit(exercise())))
    question = "Which material is used for most bridges?"
    wording = {question: "Quel matériau ?", "Concrete": "Béton", "Paper": "Papier"}
    translate(run, "fr", {**wording, "Yes, with steel in it.": "Oui.", "It would not last.": "Non."})
    edited = question.replace("is used", "is not used")
    publish(course(unit(exercise(xml=CHOICE_XML.replace(question, edited)))))
    shown = page(client.get(UNIT.replace("/en/", "/fr/")))
    assert "is not used" in text_of(shown, ".exercise")
    assert "Béton" in text_of(shown, ".exercise")
    assert "Quel matériau" not in text_of(shown, ".exercise form")
    assert text_of(shown, ".source-note") == "en partie : English"


def test_an_unlisted_unit_is_read_by_its_address_alone(client: Client, staff: Client) -> None:
    aside = unit(text(), code="aside", title="Aside", access=tree.Access(unlisted=True))
    publish(course(unit(text("b"), code="start"), aside, unit(text("c"), code="three", title="Three")))
    shown = page(client.get(UNIT))
    assert "Aside" not in text_of(shown, ".outline")
    assert "Page 1 of 2" in text_of(shown, ".position")
    assert text_of(shown, "[rel=next] .sequence-title") == "Three"
    assert text_of(page(client.get("/en/courses/Test+Bridges+2026/aside/")), "h1") == "Aside"
    assert "Aside staff only" in text_of(page(staff.get(UNIT)), ".outline")


def test_a_unit_with_video_and_exercise_needs_ten_requests_at_most(client: Client) -> None:
    """The page with its styles, sign and icons, a poster, and the scripts with what they import."""
    publish(course(unit(text(), video(), exercise())))
    shown = page(client.get(UNIT))
    scripts = {Path(script.get("src")).name for script in shown.cssselect("script")}
    imported = {name for script in scripts for name in IMPORTED.findall((SCRIPTS / script).read_text("utf-8"))}
    assert {"player.js", "exercise.js"} <= scripts
    page_styles_sign_icons_poster = 5
    assert page_styles_sign_icons_poster + len(scripts | imported) <= 10


def test_the_language_menu_keeps_the_place(client: Client) -> None:
    run = publish(three_units())
    translate(run, "pt-BR", {"Bridges join people.": "Pontes ligam pessoas."})
    links = page(client.get(UNIT)).cssselect(".menu-list a")
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        language: f"/{language}/courses/Test+Bridges+2026/start/" for language in ("ar", "en", "es", "fr", "pt-BR")
    }


def test_what_is_translated_is_shown_and_what_is_not_is_marked(client: Client) -> None:
    run = publish(course(unit(text(html="<p>Bridges join people.</p><p>They are old.</p>"))))
    translate(run, "ar", {"Bridges join people.": "الجسور تجمع الناس."})
    shown = page(client.get("/ar/courses/Test+Bridges+2026/start/"))
    first, second = shown.cssselect(".prose p")
    assert first.text == "الجسور تجمع الناس."
    marked = next(element for element in (second, *second.iterancestors()) if element.get("lang"))
    assert (marked.get("lang"), marked.get("dir")) == ("en", "ltr")
    assert "English" in text_of(shown, ".source-note")


def test_a_translated_text_is_not_marked_for_a_title_that_nobody_sees(client: Client) -> None:
    run = publish(course(unit(text())))
    translate(run, "ar", {"Bridges join people.": "الجسور تجمع الناس."})
    assert not page(client.get("/ar/courses/Test+Bridges+2026/start/")).cssselect(".source-note")


def test_a_title_that_stays_the_same_when_translated_is_not_called_untranslated(client: Client) -> None:
    run = publish(course(unit(exercise())))
    translate(run, "fr", {"A question": "A question"})
    heading = page(client.get("/fr/courses/Test+Bridges+2026/start/")).cssselect(".exercise-title")[0]
    assert not heading.cssselect(".language-label, [lang]")


def test_a_language_without_an_interface_is_marked_on_the_text(client: Client) -> None:
    run = publish(course(unit(text())))
    translate(run, "he", {"Bridges join people.": "גשרים מחברים אנשים."})
    shown = page(client.get("/he/courses/Test+Bridges+2026/start/"))
    assert shown.get("lang") == "en"
    (prose,) = shown.cssselect(".prose")
    assert (prose.get("lang"), prose.get("dir")) == ("he", "rtl")


def test_what_an_author_wrote_is_cleaned(client: Client) -> None:
    publish(course(unit(text(html='<p onclick="x()">Hello<script>alert(1)</script></p>'))))
    body = client.get(UNIT).content.decode()
    assert "alert(1)" not in body
    assert "onclick" not in body


def test_a_text_of_which_nothing_is_left_takes_no_place(client: Client) -> None:
    publish(course(unit(text("widget", "<script>draw()</script>"), text())))
    shown = page(client.get("/ar/courses/Test+Bridges+2026/start/"))
    assert [block.get("id") for block in shown.cssselect(".block[id]")] == ["intro"]


def test_pictures_in_an_exercise_have_their_addresses(client: Client) -> None:
    picture = '<img src="/static/arch.png" alt="An arch"/>'
    xml = CHOICE_XML.replace("Concrete", f"Concrete {picture}").replace("<problem>", f"<problem><p>{picture}</p>")
    version = publish(course(unit(exercise(xml=xml)))).version
    (asset,) = Asset.objects.bulk_create([Asset(sha256="a" * 64, size_bytes=1, media_type="image/png")])
    VersionAsset.objects.create(version=version, asset=asset, path="arch.png")
    pictures = page(client.get(UNIT)).cssselect(".exercise img")
    assert [one.get("src") for one in pictures] == [f"/media/{'a' * 64}/arch.png"] * 2


def test_a_kind_that_cannot_be_shown_is_named(client: Client) -> None:
    publish(course(unit(tree.Foreign("poll", "A poll", "poll", "<poll/>"))))
    assert "A poll" in text_of(page(client.get(UNIT)), ".notice")


def test_hidden_units_are_for_staff(client: Client, learner: Person, staff: Client) -> None:
    hidden = unit(text("b"), code="start", access=tree.Access(staff_only=True))
    publish(course(unit(text("a"), code="one"), hidden))
    assert client.get(UNIT).status_code == 404
    assert "start/" not in client.get("/en/courses/Test+Bridges+2026/one/").content.decode()
    shown = page(staff.get(UNIT))
    assert "Learners cannot see" in text_of(shown, ".badge-staff")


def test_a_unit_opens_at_its_time(client: Client, staff: Client) -> None:
    publish(course(unit(text("a"), code="start", access=tree.Access(start=TOMORROW))))
    assert client.get(UNIT).status_code == 404
    assert staff.get(UNIT).status_code == 200


def test_a_hidden_block_is_not_on_the_page(client: Client) -> None:
    secret = text("secret", "<p>Nobody may read this.</p>", access=tree.Access(staff_only=True))
    publish(course(unit(text(), secret)))
    assert "Nobody may read" not in client.get(UNIT).content.decode()


def test_a_closed_course_is_not_there(client: Client) -> None:
    run = publish()
    run.is_open = False
    run.save()
    assert client.get(UNIT).status_code == 404


def test_a_removed_unit_sends_its_reader_on(client: Client) -> None:
    publish(course(unit(text("a"), code="one"), unit(text("b"), code="start")))
    publish(course(unit(text("a"), code="one")))
    assert client.get(UNIT).headers["Location"] == "/en/courses/Test+Bridges+2026/one/"


def test_a_post_is_refused(client: Client) -> None:
    publish()
    assert client.post(UNIT).status_code == 405


def test_looking_makes_nobody(client: Client) -> None:
    publish()
    client.get(UNIT)
    assert not Person.objects.exists()


def test_a_video_of_another_site_loads_nothing_until_asked(client: Client) -> None:
    publish(course(unit(video(track=None, youtube_id="abcdefghijk"))))
    before = client.get(UNIT)
    assert "youtube-nocookie" not in before.content.decode()
    assert "youtube" not in before.headers["Content-Security-Policy"]
    after = client.get(f"{UNIT}?play=film")
    assert (
        page(after).cssselect("iframe")[0].get("src").startswith("https://www.youtube-nocookie.com/embed/abcdefghijk")
    )
    assert "frame-src https://www.youtube-nocookie.com" in after.headers["Content-Security-Policy"]


def test_the_answer_of_somebody_else_is_not_shown(client: Client, learner: Person) -> None:
    publish(three_units())
    client.post(f"{UNIT}answer/ask/", {"q1": "c2"})
    assert page(Client().get(UNIT)).cssselect("#ask :checked") == []
    assert len(page(client.get(UNIT)).cssselect("#ask [checked]")) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_costs_eight_queries_at_most(
    client: Client, learner: Person, language: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run = publish(
        course(
            *(
                unit(text(f"t{n}", f"<p>Bridge {n}.</p>"), exercise(f"e{n}"), video(f"v{n}"), code=f"u{n}")
                for n in range(12)
            )
        )
    )
    translate(run, "ar", {"Bridge 5.": "الجسر الخامس."})
    address = f"/{language}/courses/Test+Bridges+2026/u5/"
    client.post(f"{address}answer/e5/", {"q1": "c2"})
    client.get(address)
    with django_assert_max_num_queries(8):
        client.get(address)


def test_work_is_not_kept_by_browsers_or_caches_between(client: Client) -> None:
    publish()
    assert "no-store" in client.get(UNIT).headers["Cache-Control"]


def test_the_clock_of_the_page_is_the_servers(client: Client) -> None:
    begun = (timezone.now() - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    publish(course(unit(text(), access=tree.Access(start=begun))))
    assert client.get(UNIT).status_code == 200
