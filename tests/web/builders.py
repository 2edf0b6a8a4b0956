"""Small courses and people for tests. Each builder takes what matters to the test; the rest is plain."""

from collections.abc import Iterable, Sequence

from polylect.course import tree
from polylect.exercises import Exercise as Body
from polylect.keys import RunKey
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Run
from polylect_web.texts import actions as texts
from polylect_web.texts.models import Message, Origin

RUN = RunKey("Test", "Bridges", "2026")

CHOICE_XML = """<problem><multiplechoiceresponse>
<label>Which material is used for most bridges?</label>
<choicegroup type="MultipleChoice">
<choice correct="true">Concrete<choicehint>Yes, with steel in it.</choicehint></choice>
<choice correct="false">Paper<choicehint>It would not last.</choicehint></choice>
</choicegroup></multiplechoiceresponse></problem>"""

TEXT_XML = """<problem><stringresponse answer="arch" type="ci">
<label>What is the oldest form of bridge called?</label><textline/></stringresponse></problem>"""

NUMBER_XML = """<problem><numericalresponse answer="42">
<label>How many meters?</label><formulaequationinput/></numericalresponse></problem>"""


def text(code: str = "intro", html: str = "<p>Bridges join people.</p>", **fields: object) -> tree.Text:
    return tree.Text(code, "About bridges", html, **fields)


def exercise(code: str = "ask", xml: str = CHOICE_XML, **fields: object) -> tree.Exercise:
    return tree.Exercise(code, "A question", Body(xml), **fields)


def unit(*blocks: tree.Block, code: str = "start", title: str = "Beginnings", **fields: object) -> tree.Unit:
    return tree.Unit(code, title, blocks, **fields)


def course(*units: tree.Unit, key: RunKey = RUN, title: str = "Bridges", **fields: object) -> tree.Course:
    """A course of one section with one subsection of these units, or of one with a text and an exercise."""
    subsection = tree.Subsection("sub", "First steps", units or (unit(text(), exercise()),))
    section = tree.Section("sec", "Part one", (subsection,))
    settings: dict[str, object] = {"language": "en", "sections": (section,)} | fields
    return tree.Course(key, title, **settings)


def publish(given: tree.Course | None = None) -> Run:
    """The run, as pages get it, after this course was published."""
    run = texts.publish(given or course()).run
    return Run.objects.select_related("course", "version").get(pk=run.pk)


def person(username: str | None = "learner") -> Person:
    """A person with this name; None makes a guest."""
    return Person.objects.create(username=username)


def message(run: Run, text: str) -> Message:
    return Message.objects.get(course=run.course, text=text)


def translate(run: Run, language: str, wording: dict[str, str], *, is_approved: bool = False) -> texts.Taken:
    """Gives translations of these source texts."""
    given = [texts.Given(message(run, source).uuid, target, source) for source, target in wording.items()]
    return texts.take_targets(run.course, language, given, origin=Origin.HUMAN, is_approved=is_approved)


def raw(run: Run, code: str, *answers: str) -> dict[str, list[str]]:
    """A form in which each of these was given, in the order of the exercise's fields."""
    from polylect_web.courses import queries as courses

    block = courses.outline(run.version).unit_of(code)
    assert block is not None
    found = next(one for one in block.all_blocks() if one.code == code)
    item = courses.load_content(found.content_hash)
    assert isinstance(item, tree.Exercise)
    fields: Sequence[str] = [input.code for question in item.body.questions for input in question.inputs]
    return {field: [answer] for field, answer in zip(fields, answers, strict=True)}


def texts_of(run: Run) -> Iterable[str]:
    return Message.objects.filter(course=run.course).values_list("text", flat=True)
