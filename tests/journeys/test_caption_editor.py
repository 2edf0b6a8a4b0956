"""An author corrects captions: words, cuts, times by nudging and by tapping along, what is wrong everywhere, and
publishes; learners see it, and what was translated follows its sentences.

Each journey has a run of a small course with the film of the example course to itself.
"""

import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import POLYLECT, Visit, Watched, new_environment, serving

pytestmark = pytest.mark.journey

MEDIA = Path(__file__).parents[2] / "examples/partnership-building/media"
COURSE = """org: Rivers
code: FILM{number}
run: "2026"
title: A film
language: en
sections:
  - code: one
    title: One
    subsections:
      - code: first
        title: First
        units: [units/start.md]
"""
UNIT = """---
title: Watch
---
::: video film
title: Two Saturdays
sources: [media/lesson.webm]
captions: {en: media/film.en.vtt}
:::
"""
CAPTIONS = """WEBVTT

00:01.000 --> 00:03.000
Two cases, and

00:03.000 --> 00:05.000
one questoin.

00:05.000 --> 00:07.000
What is a partnership?

00:07.000 --> 00:09.000
And what is the questoin worth?

00:09.000 --> 00:11.000
Let us look.
"""
FRENCH = {
    "Two cases, and one questoin.": "Deux cas, et une question.",
    "What is a partnership?": "Qu’est-ce qu’un partenariat ?",
    "Let us look.": "Regardons.",
}
EACH_WAY = [("en", 1280), ("ar", 320)]
_names = count(1)
_signed_up: set[str] = set()
"""The sites that have the author already."""
_SHOWN = "film => [...film.textTracks].flatMap((one) => [...one.cues]).map((cue) => cue.text)"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return new_environment(tmp_path_factory.mktemp("captions"))


@pytest.fixture(scope="module")
def site(environment: dict[str, str]) -> Iterator[str]:
    with serving(environment) as address:
        yield address


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> str:
    """A course that was translated into French, which nobody else edits."""
    number = next(_names)
    for path, content in {"course.yaml": COURSE.format(number=number), "units/start.md": UNIT}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content)
    (tmp_path / "media").mkdir()
    shutil.copy(MEDIA / "lesson.webm", tmp_path / "media")
    (tmp_path / "media/film.en.vtt").write_text(CAPTIONS)
    (tmp_path / "translations").mkdir()
    roles = {"Two": 1, "What": 2, "Let": 4}
    entries = [
        f'msgctxt "film|captions.en.captions.{roles[source.split()[0]]}"\nmsgid "{source}"\nmsgstr "{target}"\n'
        for source, target in FRENCH.items()
    ]
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: fr\\n"\n'
    (tmp_path / "translations/fr.po").write_text("\n".join([head, *entries]))
    done = subprocess.run([POLYLECT, "publish", str(tmp_path)], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return f"Rivers+FILM{number}+2026"


@pytest.mark.parametrize(("language", "width"), EACH_WAY)
def test_an_author_corrects_captions_and_learners_see_it(
    visit: Visit, environment: dict[str, str], run: str, language: str, width: int
) -> None:
    author = visit(width)
    page = begin(author, environment, language, run)
    assert page.locator(".track-film").evaluate("row => row.scrollWidth <= row.clientWidth")
    words = page.locator("#text-2")
    words.press("End")
    for _ in "?":
        words.press("Backspace")
    words.press_sequentially(", really?")
    expect(page.locator("#undo")).to_be_enabled()
    place(page, 3, "And what is ")
    page.keyboard.press("Enter")
    expect(page.locator("#text-3")).to_have_value("And what is")
    expect(page.locator("#text-4")).to_have_value("the questoin worth?")
    expect(page.locator("#text-4")).to_be_focused()
    page.keyboard.press("Alt+2")
    expect(page.locator("#start-4")).not_to_have_value("00:07.839")
    page.evaluate("scrollTo(0, 0)")  # what the film covers in part is no small target
    author.check()
    page.locator("#sought").fill("questoin")
    page.locator("#replacement").fill("question")
    page.locator("[name=act][value=find]").press("Enter")
    expect(page.locator("#found .track-found")).to_have_count(2)
    author.check()
    page.locator("[name=act][value=replace]").press("Enter")
    expect(page.locator("#text-1")).to_have_value("one question.")
    assert learned(author, run, "en")[1] == "one questoin."
    words.fill("What is a partnership, really and truly?")
    page.locator("[name=act][value=publish]").press("Enter")
    expect(page.locator(".notice-good")).to_contain_text("media/film.en.vtt")
    author.check()
    assert learned(author, run, "en") == [
        "Two cases, and",
        "one question.",
        "What is a partnership, really and truly?",
        "And what is",
        "the question worth?",
        "Let us look.",
    ]
    french = learned(author, run, "fr")
    assert " ".join(french[:2]) == FRENCH["Two cases, and one questoin."]
    assert french[-1] == "Regardons."


def test_the_whole_work_is_done_by_keyboard_and_undone(visit: Visit, environment: dict[str, str], run: str) -> None:
    author = visit()
    page = begin(author, environment, "en", run)
    page.locator("#text-1").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Backspace")
    expect(page.locator("#text-0")).to_have_value("Two cases, and one questoin.")
    expect(page.locator("#text-0")).to_be_focused()
    assert page.locator("#text-0").evaluate("text => text.selectionStart") == len("Two cases, and")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#text-1")).to_be_focused()
    page.keyboard.press("Control+Shift+M")
    expect(page.locator("#text-1")).to_have_value("What is a partnership? And what is the questoin worth?")
    page.keyboard.press("Alt+Shift+4")
    expect(page.locator("#end-1")).to_have_value("00:09.000")
    page.keyboard.press("Alt+3")
    expect(page.locator("#end-1")).to_have_value("00:08.900")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#text-2")).to_have_value("")
    page.keyboard.press("Control+Alt+z")
    expect(page.locator("#text-2")).to_have_value("Let us look.")
    page.keyboard.press("Control+Alt+Shift+Z")
    expect(page.locator("#text-2")).to_have_value("")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    author.check()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("#text-1")).to_have_value("What is a partnership? And what is the questoin worth?")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_times_are_tapped_while_the_film_plays(
    visit: Visit, environment: dict[str, str], run: str, language: str
) -> None:
    author = visit()
    page = begin(author, environment, language, run)
    film = page.locator("[data-film]")
    page.locator("#text-1").focus()
    page.keyboard.press("Alt+0")
    expect(page.locator("[data-tap-now]")).to_be_visible()
    until(page, "film.currentTime > 2.2")
    author.check()
    page.keyboard.press("Space")
    expect(page.locator("#start-1")).not_to_have_value("00:03.000")
    first = float(page.locator("#start-1").input_value()[3:])
    until(page, f"film.currentTime > {first + 1.0}")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#end-1")).not_to_have_value("00:05.000")
    until(page, f"film.currentTime > {first + 1.5}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#start-2")).not_to_have_value("00:05.000")
    assert film.evaluate("film => film.paused")
    expect(page.locator("#text-2")).to_be_focused()
    ends, second = (float(page.locator(one).input_value()[3:]) for one in ("#end-1", "#start-2"))
    assert 2.2 < first < ends < second
    film.evaluate("film => { film.currentTime = 8; }")
    page.keyboard.press("Alt+5")
    expect(page.locator("#start-2")).not_to_have_value(f"00:{second:06.3f}")


def test_a_cue_is_played_and_seen_on_the_film(visit: Visit, environment: dict[str, str], run: str) -> None:
    page = begin(visit(), environment, "en", run)
    page.locator("#text-2").focus()
    page.keyboard.press("Control+Space")
    until(page, "!film.paused && film.currentTime > 5.1")
    expect(page.locator("#cue-2")).to_have_class("track-cue track-hand track-heard")
    shown = page.locator("[data-film]").evaluate(_SHOWN)
    assert shown == ["What is a partnership?"]
    until(page, "film.paused")
    assert 6.9 < page.locator("[data-film]").evaluate("film => film.currentTime") < 8


def test_what_was_typed_in_a_second_window_is_there_to_be_copied(
    visit: Visit, environment: dict[str, str], run: str
) -> None:
    author = visit(320)
    page = begin(author, environment, "ar", run)
    author.expected = {"409"}
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#text-0").fill("Two cases; and")
    expect(other.locator("#undo")).to_be_enabled()
    page.locator("#text-4").fill("Let us look again.")
    refused = page.locator("#refused")
    expect(refused).to_contain_text("Let us look again.")
    expect(page.locator("#text-0")).to_have_value("Two cases; and")
    page.locator("#text-4").fill("Let us look.")
    page.locator("#text-4").press_sequentially(" Twice.")
    expect(page.locator("#text-4")).not_to_have_js_property("defaultValue", "Let us look.")
    expect(refused).to_contain_text("Let us look again.")
    expect(refused).to_be_in_viewport()
    page.locator("[name=act][value=undo]").press("Enter")
    expect(refused).not_to_contain_text("Let us look again.")


@pytest.mark.parametrize(("language", "width"), [("en", 320), ("ar", 1280)])
def test_it_is_done_without_scripts_too(
    visit: Visit, environment: dict[str, str], run: str, language: str, width: int
) -> None:
    author = visit(width, scripts=False)
    page = begin(author, environment, language, run)
    page.locator("#text-1").fill("one question.")
    page.locator("[name=act][value='hand:3']").click()
    expect(page.locator("#cue-3 #tools")).to_be_visible()
    page.locator("#text-3").fill("And what\nis it worth?")
    page.locator("[name=act][value=split]").click()
    expect(page.locator("#text-4")).to_have_value("is it worth?")
    page.locator("[name=act][value='start:+']").click()
    expect(page.locator(".track-hand .track-time").first).not_to_have_value("")
    page.locator("[name=shift]").fill("0.5")
    page.locator("[name=act][value=shift]").click()
    page.locator("[name=act][value=undo]").click()
    page.locator("[name=act][value=publish]").click()
    expect(page.locator(".notice-good")).to_be_visible()
    assert learned(author, run, "en")[1:5] == ["one question.", "What is a partnership?", "And what", "is it worth?"]


def test_a_file_is_looked_at_and_taken_and_saved(
    visit: Visit, environment: dict[str, str], run: str, tmp_path: Path
) -> None:
    author = visit(320)
    page = begin(author, environment, "en", run)
    file = tmp_path / "other.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:04,000\nTwo cases, and one question.\n", encoding="utf-16")
    page.locator("#file").set_input_files(file)
    page.locator("#files form button").press("Enter")
    expect(page.locator("h1")).to_have_text("What would become of the file")
    author.check()
    page.locator("main form button").press("Enter")
    expect(page.locator("#text-0")).to_have_value("Two cases, and one question.")
    with page.expect_download() as saved:
        page.locator("#files a[href$='as=srt']").click()
    assert saved.value.suggested_filename == "film.en.srt"
    assert "Two cases, and one question." in Path(saved.value.path()).read_text()


def begin(author: Watched, environment: dict[str, str], language: str, run: str) -> Page:
    """The author of these courses, who goes to the captions of a film from the matrix."""
    page = author.page
    is_known = author.site in _signed_up
    author.open(f"/{language}/{'sign-in' if is_known else 'sign-up'}/")
    page.locator("[name=username]").fill("author")
    page.locator("[name=password]").fill("seven calm bridges")
    page.locator("main form button").last.click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()
    if not is_known:
        subprocess.run([POLYLECT, "role", "author", "author"], env=environment, check=True, capture_output=True)
        _signed_up.add(author.site)
    author.open(f"/{language}/translate/{run}/")
    page.locator("main a[href*='/captions/']").click()
    author.check()
    page.locator("main a[href$='/film/en/']").click()
    expect(page.locator("#text-0")).to_have_value("Two cases, and")
    author.check()
    return page


def place(page: Page, cue: int, before: str) -> None:
    """Puts the cursor behind these words."""
    page.locator(f"#text-{cue}").focus()
    page.locator(f"#text-{cue}").evaluate("(text, at) => text.setSelectionRange(at, at)", len(before))


def until(page: Page, claim: str) -> None:
    """Waits until this holds of the film."""
    look = f"const look = () => ({claim}) ? done() : setTimeout(look, 20); look();"
    page.eval_on_selector("[data-film]", f"film => new Promise(done => {{ {look} }})")


def learned(author: Watched, run: str, language: str) -> list[str]:
    """The cues of the film as learners get them."""
    answer = author.page.request.get(f"{author.site}/{language}/courses/{run}/start/captions/film/{language}.vtt")
    if answer.status != 200:
        raise AssertionError(answer.url)
    blocks = [block.split("\n") for block in answer.text().strip().split("\n\n")[1:]]
    return [" ".join(block[block.index(next(line for line in block if "-->" in line)) + 1 :]) for block in blocks]
