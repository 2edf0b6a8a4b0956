"""The queue of reviewers: what is in it, for whom, and the word that is said of what was seen."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect.keys import RunKey
from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, Role
from polylect_web.courses.models import Run
from polylect_web.texts import reviewing
from polylect_web.texts.models import Remark, Review, Shown, Target, TranslationUnit, Verdict
from polylect_web.texts.reviewing import Seen
from polylect_web.texts.showing import choose
from web.builders import RUN, course, exercise, message, person, publish, text, translate, unit
from web.translate.builders import SOURCE, form, line, signed_in

pytestmark = pytest.mark.django_db

REVIEW = "/en/translate/fr/review/"
WORDING = "Les ponts relient les gens."
EDITED = "Bridges join many people."


def reviewer() -> Client:
    return signed_in("rachid", Role.REVIEWER)


def edit() -> Run:
    return publish(course(unit(text(html=f"<p>{EDITED}</p>"), exercise())))


def seen(source: str = SOURCE, *, target: Target | None = None) -> str:
    """A target as the page hands it on: the newest for this source text, unless another is meant."""
    target = target or Target.objects.filter(message__text=source, language="fr").latest("pk")
    current = TranslationUnit.objects.filter(message_id=target.message_id, language="fr").first()
    return str(Seen.of(target, current.current if current else None, source))


def current() -> str:
    return TranslationUnit.objects.get(message__text=SOURCE, language="fr").current.text


def test_a_visitor_is_led_to_signing_in_and_back() -> None:
    publish()
    answer = Client().get(REVIEW, {"only": "outdated"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/en/sign-in/?next=%2Fen%2Ftranslate%2Ffr%2Freview%2F%3Fonly%3Doutdated"


def test_a_guest_is_led_to_signing_in() -> None:
    publish()
    client = Client()
    client.force_login(person(None))
    assert client.post(REVIEW, {"act": "approve"}).headers["Location"].startswith("/en/sign-in/")


@pytest.mark.parametrize(
    ("role", "language"), [(None, "fr"), (Role.TRANSLATOR, "fr"), (Role.STAFF, ""), (Role.REVIEWER, "ar")]
)
def test_it_is_for_those_who_review_this_language(role: Role | None, language: str) -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING})
    client = signed_in("amina", role, language)
    assert client.get(REVIEW).status_code == 403
    assert client.post(REVIEW, {"act": "approve", "seen": seen()}).status_code == 403
    assert not Review.objects.exists()


def test_each_language_has_a_queue_of_its_own() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING})
    translate(run, "ar", {SOURCE: "الجسور تجمع الناس."})
    html = reviewer().get(REVIEW).content.decode()
    assert WORDING in html
    assert "الجسور" not in html


def test_what_waits_is_there_by_lesson_in_reading_order() -> None:
    units = [unit(text(f"t{at}", f"<p>Text {at}.</p>"), code=f"u{at}", title=f"Unit {at}") for at in range(3)]
    run = publish(course(*units))
    translate(run, "fr", {"Text 2.": "Texte 2.", "Text 0.": "Texte 0.", "Bridges": "Ponts"})
    translate(run, "fr", {"Text 1.": "Texte 1."}, is_approved=True)
    groups = reviewer().get(REVIEW).context["queue"].groups
    assert [one.lesson.code for one in groups] == ["course", "u0", "u2"]
    assert [entry.line.text for one in groups for entry in one.entries] == ["Bridges", "Text 0.", "Text 2."]


def test_each_text_says_why_it_waits_and_is_counted_once() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING})
    signed_in("named", Role.TRANSLATOR)
    amina = signed_in("amina")
    amina.post(line(run), form("Les ponts unissent les gens."))
    amina.post(f"{line(run)}remark/", {"remark": "Is this a metaphor?"})
    amina.post(line(run, "A question"), form("Une question", "A question"))
    page = reviewer().get(REVIEW)
    queue = page.context["queue"]
    assert {only.value: count for only, count in queue.counts.items()} == {
        "": 2,
        "suggested": 2,
        "translated": 1,
        "outdated": 0,
        "remark": 1,
    }
    html = page.content.decode()
    assert "Is this a metaphor?" in html
    assert "<del>relient</del><ins>unissent</ins>" in html
    assert "amina" in html
    only = reviewer().get(REVIEW, {"only": "remark"}).context["queue"]
    assert [entry.line.text for group in only.groups for entry in group.entries] == [SOURCE]


def test_an_outdated_text_is_shown_with_what_changed_and_with_warnings() -> None:
    translate(publish(), "fr", {SOURCE: "Les 3 ponts relient"})
    edit()
    html = reviewer().get(REVIEW, {"only": "outdated"}).content.decode()
    assert "<ins>many </ins>" in html
    assert "3" in html
    assert "checks-heed" in html


def test_approving_one_makes_it_right_and_takes_it_out() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING})
    client = reviewer()
    answer = client.post(f"{REVIEW}?only=translated", {"act": f"approve:{seen()}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{REVIEW}?only=translated")
    said = Review.objects.get()
    assert (said.verdict, said.person, said.source_text) == (
        Verdict.APPROVED,
        Person.objects.get(username="rachid"),
        SOURCE,
    )
    assert client.get(REVIEW).context["queue"].groups == ()


def test_what_is_ticked_is_approved_at_once() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING, "A question": "Une question", "Bridges": "Ponts"})
    client = reviewer()
    client.post(REVIEW, {"act": "approve", "seen": [seen(), seen("A question")]})
    assert {one.target.message.text for one in Review.objects.all()} == {SOURCE, "A question"}
    page = client.get(REVIEW)
    assert "2 texts are approved." in page.content.decode()
    assert page.context["queue"].counts[page.context["queue"].only] == 1


def test_a_suggestion_that_is_approved_is_shown_at_once() -> None:
    run = publish()
    signed_in("named", Role.TRANSLATOR)
    signed_in("amina").post(line(run), form(WORDING))
    reviewer().post(REVIEW, {"act": "approve", "seen": seen()})
    unit_ = TranslationUnit.objects.get()
    assert (unit_.current.text, unit_.shown_id) == (WORDING, unit_.current_id)


def test_what_changed_meanwhile_is_not_approved() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING, "A question": "Une question"})
    before = seen()
    other = seen("A question")
    translate(run, "fr", {SOURCE: "Les ponts unissent les gens."})
    client = reviewer()
    answer = client.post(REVIEW, {"act": "approve", "seen": [before, other]})
    assert answer.headers["Location"] == f"{REVIEW}#main"
    assert [one.target.message.text for one in Review.objects.all()] == ["A question"]
    assert "1 text changed meanwhile and was not approved." in client.get(REVIEW).content.decode()


def test_what_was_published_anew_meanwhile_is_not_approved() -> None:
    translate(publish(), "fr", {SOURCE: WORDING})
    before = seen()
    edit()
    client = reviewer()
    client.post(REVIEW, {"act": f"approve:{before}"})
    client.post(REVIEW, {"act": f"reject:{before}"})
    assert not Review.objects.exists()
    assert "That text changed meanwhile" in client.get(REVIEW).content.decode()


def test_of_two_suggestions_for_one_text_one_is_approved() -> None:
    run = publish()
    signed_in("named", Role.TRANSLATOR)
    for name, wording in (("amina", WORDING), ("bilal", "Les ponts unissent les gens.")):
        signed_in(name).post(line(run), form(wording))
    first, second = Target.objects.order_by("pk")
    reviewer().post(REVIEW, {"act": "approve", "seen": [seen(target=first), seen(target=second)]})
    assert current() == WORDING
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "verdict", "expected"),
    [("accept", Verdict.ACCEPTED, "Les ponts unissent les gens."), ("reject", Verdict.REJECTED, WORDING)],
)
def test_a_suggestion_is_accepted_or_set_aside(act: str, verdict: Verdict, expected: str) -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING})
    signed_in("named", Role.TRANSLATOR)
    signed_in("amina").post(line(run), form("Les ponts unissent les gens."))
    reviewer().post(REVIEW, {"act": f"{act}:{seen()}"})
    assert Review.objects.get().verdict == verdict
    assert current() == expected


def test_what_learners_do_not_see_yet_is_not_said_to_be_seen() -> None:
    run = publish()
    choose(run.course, "fr", who=None, shown=Shown.APPROVED, shows_machine=False)
    signed_in("named", Role.TRANSLATOR)
    signed_in("amina").post(line(run), form(WORDING))
    client = reviewer()
    client.post(REVIEW, {"act": f"accept:{seen()}"})
    assert "Accepted. Learners see it once it is approved." in client.get(REVIEW).content.decode()
    assert current() == WORDING


def test_an_outdated_text_is_said_to_be_still_valid() -> None:
    translate(publish(), "fr", {SOURCE: WORDING})
    edit()
    client = reviewer()
    client.post(REVIEW, {"act": f"keep:{seen(EDITED)}"})
    assert Review.objects.get().verdict == Verdict.STILL_VALID
    assert client.get(REVIEW, {"only": "outdated"}).context["queue"].groups == ()


def test_a_remark_is_settled() -> None:
    run = publish()
    signed_in("amina").post(f"{line(run)}remark/", {"remark": "Is this a metaphor?"})
    client = reviewer()
    client.post(REVIEW, {"act": f"settle:{Remark.objects.get().pk}"})
    assert Remark.objects.get().settled_by == Person.objects.get(username="rachid")
    assert client.get(REVIEW).context["queue"].groups == ()


@pytest.mark.parametrize("act", ["settle:1", "settle:", "settle:x", f"settle:{'9' * 30}"])
def test_a_remark_that_is_none_is_not_found(act: str) -> None:
    publish()
    assert reviewer().post(REVIEW, {"act": act}).status_code == 404


def test_a_remark_in_another_language_is_not_found() -> None:
    run = publish()
    signed_in("amina").post(f"{line(run).replace('/fr/', '/ar/')}remark/", {"remark": "Is this a metaphor?"})
    assert reviewer().post(REVIEW, {"act": f"settle:{Remark.objects.get().pk}"}).status_code == 404
    assert Remark.objects.get().settled_at is None


@pytest.mark.parametrize("act", ["", "keep", "delete:1", "accept"])
def test_what_is_no_act_is_refused(act: str) -> None:
    publish()
    assert reviewer().post(REVIEW, {"act": act}).status_code == 400


@pytest.mark.parametrize("given", ["", "x", "1-2", "1-2-short", f"{'9' * 30}-1-0123456789ab", "1-2-0123456789ab"])
def test_what_stands_for_no_target_changes_nothing(given: str) -> None:
    translate(publish(), "fr", {SOURCE: WORDING})
    assert reviewer().post(REVIEW, {"act": "approve", "seen": given}).status_code == 302
    assert reviewer().post(REVIEW, {"act": f"reject:{given}"}).status_code == 302
    assert not Review.objects.exists()


def test_nothing_is_said_of_a_course_that_one_does_not_review() -> None:
    publish()
    other = publish(course(unit(text()), key=RunKey("Test", "Towers", "1")))
    translate(other, "fr", {"About bridges": "Sur les ponts"})
    target = Target.objects.get()
    mark = str(Seen.of(target, target, target.message.text))
    client = reviewer()
    assert client.get(REVIEW).context["queue"].groups == ()
    client.post(REVIEW, {"act": f"approve:{mark}"})
    assert not Review.objects.exists()
    assert client.get(REVIEW, {"course": "Test+Towers+1"}).status_code == 404


def test_one_course_is_asked_for_by_its_run() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING})
    queue = reviewer().get(REVIEW, {"course": str(RUN)}).context["queue"]
    assert queue.asked is not None
    assert len(queue.groups) == 1
    for name in ("x", "Test+Nothing+1"):
        assert reviewer().get(REVIEW, {"course": name}).status_code == 404


def test_a_course_in_the_language_itself_is_not_reviewed_in_it() -> None:
    publish(course(unit(text()), language="fr"))
    assert reviewer().get(REVIEW).status_code == 403


def test_who_reviews_everything_has_an_empty_queue_where_there_is_no_course() -> None:
    accounts.give_role(person=person("olga"), role=Role.OPERATOR)
    client = Client()
    client.force_login(Person.objects.get(username="olga"))
    assert "Nothing waits for you here." in client.get(REVIEW).content.decode()


def test_what_nobody_reads_any_more_is_not_in_it() -> None:
    translate(publish(), "fr", {SOURCE: WORDING})
    publish(course(unit(exercise())))
    assert reviewer().get(REVIEW).context["queue"].groups == ()


def test_a_long_queue_has_pages() -> None:
    run = publish(course(unit(*(text(f"t{at}", f"<p>Text {at}.</p>") for at in range(30)))))
    translate(run, "fr", {f"Text {at}.": f"Texte {at}." for at in range(30)})
    first, second = (reviewer().get(REVIEW, {"page": page}).context["queue"] for page in ("1", "2"))
    assert [sum(len(one.entries) for one in queue.groups) for queue in (first, second)] == [25, 5]
    assert second.groups[0].entries[0].number == 26


def test_a_page_costs_the_same_in_a_long_course() -> None:
    counted = []
    client = reviewer()
    for length in (2, 60):
        units = [unit(text(f"t{at}", f"<p>Text {at}.</p>"), code=f"u{at}") for at in range(length)]
        run = publish(course(unit(text()), *units))
        translate(run, "fr", {f"Text {at}.": f"Texte {at}." for at in range(length)})
        Remark.objects.create(message=message(run, "Text 1."), language="fr", text="?")
        for warm in (False, True):
            client.get(REVIEW)
            if not warm:
                reviewing.forget()
            with CaptureQueriesContext(connection) as captured:
                client.get(REVIEW)
            counted.append(len(captured))
    assert counted[:2] == counted[2:]
    assert max(counted) <= 21
