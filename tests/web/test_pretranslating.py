"""A course translated in advance by a machine: what is asked, what is kept, who sees it."""

import json
from collections.abc import Iterator
from unittest import mock

import pytest
from pytest_django.fixtures import Settings
from typer.testing import CliRunner

from polylect.course import tree
from polylect.messages.terms import Term
from polylect_web import pretranslating
from polylect_web.cli import app
from polylect_web.courses.actions import NotPublished
from polylect_web.courses.models import Run
from polylect_web.glossary import actions as glossary
from polylect_web.machine import queries as machine
from polylect_web.pretranslating import pretranslate, told
from polylect_web.texts import queries as texts
from polylect_web.texts.models import Message, Origin, Shown, Target, TranslationUnit
from polylect_web.texts.showing import choose
from web.builders import course, publish, text, texts_of, translate, unit
from web.machine.services import Service, Trouble, libretranslate

pytestmark = pytest.mark.django_db

NAME = "Test+Bridges"


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    machine.forget()
    with libretranslate() as service:
        settings.MACHINES = (("libretranslate", service.address),)
        yield service


def many(count: int) -> Run:
    blocks: list[tree.Block] = [text(f"t{number}", f"<p>Bridge <b>number</b> {number}</p>") for number in range(count)]
    return publish(course(unit(*blocks)))


def targets() -> dict[str, str]:
    return dict(Target.objects.filter(language="es").values_list("message__text", "text"))


def test_every_text_gets_a_suggestion_from_the_machine(service: Service) -> None:
    run = publish()
    done = pretranslate(NAME, "es")
    assert (
        done.new == len(targets()) == Message.objects.filter(course=run.course, optional=False, reveals=False).count()
    )
    assert targets()["Bridges join people."] == "segdirB nioj elpoep."
    assert set(Target.objects.values_list("origin", "is_suggestion")) == {(Origin.MACHINE, True)}
    assert (done.are_shown, done.stopped) == (False, "")


def test_learners_see_none_of_it(service: Service) -> None:
    run = publish()
    pretranslate(NAME, "es")
    assert not TranslationUnit.objects.exists()
    assert [one.language for one in texts.available_languages(run.version)] == ["en"]


def test_learners_see_it_where_the_course_says_so(service: Service) -> None:
    run = publish()
    choose(run.course, "es", who=None, shown=Shown.TRANSLATED, shows_machine=True)
    done = pretranslate(NAME, "es")
    assert done.are_shown
    assert TranslationUnit.objects.filter(shown__origin=Origin.MACHINE).count() == done.new
    assert texts.titles(run.version, "es")["start"].text == "sgninnigeB"


def test_what_gives_an_answer_away_is_left_out(service: Service) -> None:
    run = publish()
    revealing = set(Message.objects.filter(course=run.course, reveals=True).values_list("text", flat=True))
    assert revealing
    done = pretranslate(NAME, "es")
    assert done.answers == len(revealing)
    assert not revealing & set(targets())
    said = str(service.asked)
    assert not any(text in said for text in revealing)
    assert pretranslate(NAME, "es", with_answers=True).answers == 0
    assert revealing <= set(targets())


def test_terms_of_the_glossary_that_are_not_translated_stay(service: Service) -> None:
    run = publish()
    glossary.add_term(course=run.course, given=Term("bridge", "en", is_untranslatable=True), by=None)
    glossary.add_term(course=run.course, given=Term("people", "en"), by=None)
    pretranslate(NAME, "es")
    assert targets()["Bridges join people."] == "Bridges nioj elpoep."


def test_what_somebody_translated_is_left_alone(service: Service) -> None:
    run = publish()
    translate(run, "es", {"Bridges join people.": "Los puentes unen."})
    pretranslate(NAME, "es")
    assert targets()["Bridges join people."] == "Los puentes unen."


def test_a_second_run_asks_nothing(service: Service) -> None:
    publish()
    pretranslate(NAME, "es")
    service.asked.clear()
    done = pretranslate(NAME, "es")
    assert done.new == done.unanswered == done.left == 0
    assert not service.asked
    assert told(done)[-1] == f"{done.answers} texts left out, because they give answers away."


def test_a_limit_is_kept_and_the_next_run_goes_on(service: Service) -> None:
    run = many(40)
    total = len(list(texts_of(run)))
    done = pretranslate(NAME, "es", limit=30)
    assert (done.new, done.left) == (30, total - 30)
    assert told(done) == [
        "30 texts translated into es, as suggestions for translators.",
        f"{total - 30} texts still without a translation.",
    ]
    assert pretranslate(NAME, "es").new == total - 30
    assert "Bridge <1>number</1> 39" in targets()


def test_progress_is_told(service: Service) -> None:
    run = many(40)
    seen: list[tuple[int, int]] = []
    pretranslate(NAME, "es", progress=lambda done, total: seen.append((done, total)))
    total = len(list(texts_of(run)))
    assert seen[0] == (0, total)
    assert seen[-1] == (total, total)
    assert len(seen) > 3


def test_a_machine_that_fails_stops_it_and_what_was_done_is_kept(service: Service) -> None:
    run = many(40)
    pretranslate(NAME, "es", limit=25)
    service.trouble = Trouble.BUSY
    service.asked.clear()
    done = pretranslate(NAME, "es")
    assert done.new + done.unanswered + done.left == len(list(texts_of(run))) - 25
    assert len(service.asked) == 4, "once for all, and for three texts"
    assert "was asked too often" in done.stopped
    assert told(done)[-1].startswith("Stopped: LibreTranslate was asked too often.")
    assert Target.objects.count() == 25 + done.new
    service.trouble = Trouble.NONE
    assert pretranslate(NAME, "es").left == 0
    assert Target.objects.count() == len(list(texts_of(run)))


def test_one_text_that_is_not_taken_holds_up_no_other(service: Service) -> None:
    publish(course(unit(text("a", "<p>Short</p>"), text("b", f"<p>{'long ' * 1000}</p>"), text("c", "<p>End</p>"))))
    service.longest = 1000
    done = pretranslate(NAME, "es")
    assert done.unanswered == 1
    assert done.stopped == ""
    assert {"Short", "End"} <= set(targets())


def test_somebody_who_translates_meanwhile_is_not_overwritten(service: Service) -> None:
    run = publish()
    choose(run.course, "es", who=None, shown=Shown.TRANSLATED, shows_machine=True)
    ask = machine.suggest_many

    def slowly(*args: object, **kwargs: object) -> object:
        translate(run, "es", {"Bridges join people.": "Los puentes unen."})
        return ask(*args, **kwargs)  # type: ignore[arg-type]

    with mock.patch.object(pretranslating.machine, "suggest_many", slowly):
        pretranslate(NAME, "es")
    assert TranslationUnit.objects.get(message__text="Bridges join people.").current.text == "Los puentes unen."


@pytest.mark.parametrize(
    ("name", "language", "sentence"),
    [
        ("Test+Tunnels", "es", "There is no course “Test+Tunnels”"),
        (NAME, "??", "“??” is not a language"),
        (f"{NAME}+2026", "tlh", "LibreTranslate cannot translate from en into tlh"),
    ],
)
def test_what_cannot_be_done_is_refused(name: str, language: str, sentence: str, service: Service) -> None:
    publish()
    machine.suggest("en", "es", "house")
    service.asked.clear()
    with pytest.raises(NotPublished, match=sentence.replace("?", r"\?").replace("+", r"\+")):
        pretranslate(name, language)
    assert not service.asked


def test_without_a_machine_the_setting_is_named() -> None:
    publish()
    with pytest.raises(NotPublished, match="POLYLECT_MACHINE"):
        pretranslate(NAME, "es")


def test_the_command_says_what_came_of_it(service: Service) -> None:
    publish()
    run = CliRunner().invoke(app, ["pretranslate", NAME, "es", "--limit", "3"])
    assert (run.exit_code, run.stdout.splitlines()[0]) == (
        0,
        "3 texts translated into es, as suggestions for translators.",
    )
    said = json.loads(CliRunner().invoke(app, ["pretranslate", NAME, "es", "--json", "--with-answers"]).stdout)
    assert (said["language"], said["answers"], said["left"], said["stopped"]) == ("es", 0, 0, "")
    assert said["new"] == Target.objects.count() - 3
    service.trouble = Trouble.BROKEN
    stopped = CliRunner().invoke(app, ["pretranslate", NAME, "zh-Hant"])
    assert (stopped.exit_code, "Stopped: LibreTranslate answered with the error 500" in stopped.stdout) == (1, True)
    unknown = CliRunner().invoke(app, ["pretranslate", "Nobody+Knows", "es"])
    assert (unknown.exit_code, "There is no course “Nobody+Knows”" in unknown.stderr) == (1, True)
