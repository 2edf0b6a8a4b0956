"""A small course of exercises about arrangements, and its Arabic."""

from pathlib import Path

from polylect import markdown
from polylect.course.files import open_folder
from polylect.messages import Target, po
from polylect.messages.blocks import find_all

RUN = "Bridges+Arrangements+run"

ARRANGEMENT = """::: arrangement on-saturdays
title: A room on Saturdays
points: 10
story: |
  A wiki group runs editing workshops on Saturdays. The city library lends its reading room, which is empty then:
  bringing people together over knowledge is what it is there for. The mayor came to look.
sides:
  - {id: library, name: the city library, kind: organization, invests: [venue, promotion?], gains: [mission, reach?]}
  - {id: group, name: the wiki group, kind: group, invests: [time, expertise?], gains: [recruits, content?]}
others:
  - {id: mayor, name: the mayor, kind: person}
overlap: [compatible, shared]
verdict: partnership
note: Neither pays, and both get what they are there for.
explain:
  service: Nobody pays a price here.
  volunteering: The group gives time, and gets people for it.
  donation: The room is lent, and something comes back for it.
  support: The library gets on with its own work, too.
  not-yet: All four conditions hold.
:::
"""

DEPENDS = """::: arrangement on-the-jury
title: On the jury
points: 10
show_sides: true
story: A photographer sits on the jury of the group's contest, and takes no fee.
sides:
  - {id: photographer, name: the photographer, kind: person, invests: [time, expertise?], gains: thanks?}
  - {id: group, name: the wiki group, kind: group, invests: [nothing, promotion?], gains: [content, mission?]}
overlap: compatible
verdict:
  - {kind: volunteering, if: Nobody will ever hear who sat on the jury.}
  - kind: partnership
    if: The jury is announced all over town.
    sides: {photographer: {gains: reach}, group: {invests: promotion}}
note: It depends on what the jury does for the photographer.
explain:
  partnership: Without a gain for the photographer it is none.
  service: Nobody pays a price here.
  volunteering: Who gains customers is no volunteer.
  donation: Time is given, not money or things.
  support: It is a person who gives time.
  not-yet: Look at what the photographer gets.
:::
"""

_MANUAL = Path(__file__).parents[2] / "docs" / "exercises"
_FAMILY = {
    "repair": "repair",
    "spot": "missing-condition",
    "sort": "sort",
    "contrast": "contrast",
    "matrix": "matrix",
}
"""The rest of the kinds, by the example in their pages of the manual."""


def _example(kind: str) -> tuple[str, str]:
    """The title and the fence of the example in a page."""
    page = (_MANUAL / f"{_FAMILY[kind]}.md").read_text("utf-8")
    text = page.partition("```yaml\n")[2].partition("```")[0]
    title = text.partition("\n")[0].removeprefix("title: ")
    return title, f"::: {kind} an-example-of-{kind}\n{text}:::\n"


UNITS = {
    "library": ("A room on Saturdays", ARRANGEMENT),
    "jury": ("On the jury", DEPENDS),
    **{kind: _example(kind) for kind in _FAMILY},
}

_ARABIC = {
    "Exercises about arrangements": "تمارين عن الترتيبات",
    "Practice": "تدريب",
    "Arrangements": "الترتيبات",
    "A room on Saturdays": "قاعة أيام السبت",
    "A wiki group runs editing workshops on Saturdays. The city library lends its reading room, which is empty then: "
    "bringing people together over knowledge is what it is there for. The mayor came to look.": (
        "تُقيم مجموعة ويكي ورشات تحرير أيام السبت. وتُعير مكتبة المدينة قاعة المطالعة الخالية في ذلك اليوم، "
        "فجمع الناس حول المعرفة هو ما وُجدت من أجله. وقد جاء رئيس البلدية ليطّلع."
    ),
    "the city library": "مكتبة المدينة",
    "the wiki group": "مجموعة الويكي",
    "the mayor": "رئيس البلدية",
    "Neither pays, and both get what they are there for.": "لا أحد منهما يدفع، وكلاهما ينال ما وُجد من أجله.",
    "Nobody pays a price here.": "لا أحد يدفع ثمنًا هنا.",
    "The group gives time, and gets people for it.": "تُعطي المجموعة وقتًا، وتكسب به أشخاصًا.",
    "The room is lent, and something comes back for it.": "القاعة معارة، وفي مقابلها يعود شيء.",
    "The library gets on with its own work, too.": "والمكتبة أيضًا تتقدم في عملها.",
    "All four conditions hold.": "الشروط الأربعة كلها متحققة.",
    "On the jury": "في لجنة التحكيم",
    "A photographer sits on the jury of the group's contest, and takes no fee.": (
        "يجلس مصوّر في لجنة تحكيم مسابقة المجموعة، ولا يأخذ أجرًا."
    ),
    "the photographer": "المصوّر",
    "Nobody will ever hear who sat on the jury.": "لن يعرف أحد من كان في اللجنة.",
    "The jury is announced all over town.": "يُعلَن عن اللجنة في المدينة كلها.",
    "It depends on what the jury does for the photographer.": "يتوقف الأمر على ما تفعله اللجنة للمصوّر.",
    "Without a gain for the photographer it is none.": "من دون مكسب للمصوّر ليست شراكة.",
    "Who gains customers is no volunteer.": "من يكسب زبائن ليس متطوعًا.",
    "Time is given, not money or things.": "المُعطى وقت، لا مال ولا أشياء.",
    "It is a person who gives time.": "من يعطي الوقت هنا شخص.",
    "Look at what the photographer gets.": "انظر إلى ما يناله المصوّر.",
}


def markdown_folder(folder: Path) -> Path:
    """The course as its author wrote it."""
    listed = ", ".join(f"units/{code}.md" for code in UNITS)
    files = {
        "course.yaml": "org: Bridges\ncode: Arrangements\nrun: run\ntitle: Exercises about arrangements\nlanguage: en\n"
        "sections:\n  - code: c\n    title: Practice\n    subsections:\n      - code: s\n        title: Arrangements\n"
        f"        units: [{listed}]\n"
    }
    files |= {f"units/{code}.md": f"---\ntitle: {title}\n---\n{text}" for code, (title, text) in UNITS.items()}
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder


def arabic(folder: Path) -> Path:
    """The Arabic of the course in this folder, as a PO file beside it."""
    with open_folder(folder) as opened:
        course, issues = markdown.read(opened)
    assert course is not None
    assert not issues, issues
    targets = {
        (code, message.role): Target(_ARABIC[message.text], "ar")
        for code, message in find_all(course)
        if message.text in _ARABIC
    }
    path = folder.with_name("ar.po")
    path.write_text(po.write(course, "ar", targets), "utf-8")
    return path


def untranslated(folder: Path) -> set[str]:
    """The texts of the two analyses that have no Arabic here; of the manual's examples, none has."""
    with open_folder(folder) as opened:
        course, _issues = markdown.read(opened)
    assert course is not None
    ours = ("on-saturdays", "on-the-jury")
    return {message.text for code, message in find_all(course) if code in ours} - _ARABIC.keys()
