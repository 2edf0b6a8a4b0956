"""The command `polylect captions`: on files alone, as a person or a program in a pipe would use it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from polylect.captions import groups, norms, plain, sjson, srt, times, webvtt
from polylect.issues import IssueKind
from polylect.messages import caption_sheet
from polylect_web import captions_cli
from polylect_web.captions_cli import captions

SOURCE = """WEBVTT

00:00.000 --> 00:02.000
We met on a train. It was

00:02.000 --> 00:03.500
late, and it was

00:03.500 --> 00:05.000
cold.

00:06.000 --> 00:08.000
Then we talked.
"""
MANUAL = Path(__file__).parents[2] / "docs/howto/captions.md"
FRENCH = "On s’est connus en train.\nIl était tard, et il faisait froid.\nPuis on a parlé.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with captions in English and their sentences in French, which the command runs in."""
    (tmp_path / "en.vtt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "fr.txt").write_text(FRENCH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, given: bytes | str = "") -> Result:
    return CliRunner().invoke(captions, arguments, input=given)


def made(*arguments: str, given: bytes | str = "") -> str:
    """What the command writes to standard output, where it did what was asked."""
    result = run(*arguments, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: str, given: bytes | str = "", code: int = 1) -> str:
    """What the command says where it did nothing."""
    result = run(*arguments, given=given)
    assert result.exit_code == code
    assert result.stdout == ""
    return " ".join(result.stderr.split())


@pytest.mark.usefixtures("folder")
def test_sentences_are_shown_with_times_cues_and_where_these_part() -> None:
    assert made("group", "en.vtt").splitlines() == [
        "   1  00:00:00.000 – 00:00:02.000  cue 1          We met on a train.",
        "   2  00:00:00.000 – 00:00:05.000  cues 1–3       It was | late, and it was | cold.",
        "   3  00:00:06.000 – 00:00:08.000  cue 4          Then we talked.",
    ]


@pytest.mark.usefixtures("folder")
def test_a_program_gets_the_sentences_with_the_spans_of_their_cues() -> None:
    found = json.loads(made("group", "en.vtt", "--json"))
    assert found["sentences"][1] == {
        "number": 2,
        "text": "It was late, and it was cold.",
        "start_ms": 0,
        "end_ms": 5000,
        "cues": [
            {"cue": 1, "from": 19, "to": 25, "text": "It was"},
            {"cue": 2, "from": 0, "to": 16, "text": "late, and it was"},
            {"cue": 3, "from": 0, "to": 5, "text": "cold."},
        ],
    }
    assert (found["cues"], found["language"], found["issues"]) == (4, "en", [])


def test_captions_go_through_a_pipe_in_and_out() -> None:
    assert made("group", "-", "--as", "txt", given=SOURCE) == (
        "We met on a train.\nIt was late, and it was cold.\nThen we talked.\n"
    )
    assert made("convert", "-", "--as", "srt", given=SOURCE).startswith("1\n00:00:00,000 --> 00:00:02,000\nWe met")


@pytest.mark.parametrize("sheet", ["sheet.txt", "sheet.csv", "sheet.po", "sheet.xlf", "sheet.json"])
@pytest.mark.usefixtures("folder")
def test_a_sheet_that_nobody_changed_gives_the_source_again(sheet: str) -> None:
    """In a bundle and a text the source's words stand where the translation goes; elsewhere they are copied."""
    made("group", "en.vtt", "-o", sheet)
    path = Path(sheet)
    text = path.read_text(encoding="utf-8")
    if sheet.endswith(".csv"):
        text = text.replace("We met on a train.,", "We met on a train.,We met on a train.", 1)
    elif sheet.endswith(".po"):
        text = text.replace(
            'msgid "We met on a train."\nmsgstr ""', 'msgid "We met on a train."\nmsgstr "We met on a train."'
        )
    elif sheet.endswith(".xlf"):
        source = '<source xml:lang="en">We met on a train.</source>'
        text = text.replace(source, f"{source}<target>We met on a train.</target>", 1)
        text = text.replace(' version="2.0"', ' version="2.0" trgLang="fr"', 1)
    path.write_text(text, encoding="utf-8")
    track, issues = webvtt.parse(made("recue", "en.vtt", sheet, "--language", "fr"))
    assert not issues
    assert plain.readable(track.cues[0].text).startswith("We met on a train.")


@pytest.mark.usefixtures("folder")
def test_translated_sentences_are_put_into_the_sources_cues() -> None:
    written = made("recue", "en.vtt", "fr.txt", "--language", "fr")
    track, _ = webvtt.parse(written)
    source, _ = webvtt.parse(SOURCE)
    assert [(cue.start_ms, cue.end_ms) for cue in track.cues] == [(cue.start_ms, cue.end_ms) for cue in source.cues]
    assert " ".join(" ".join(cue.text.split()) for cue in track.cues) == " ".join(FRENCH.split())


@pytest.mark.usefixtures("folder")
def test_what_is_written_takes_the_form_of_its_name() -> None:
    made("recue", "en.vtt", "fr.txt", "--language", "fr", "-o", "fr.srt")
    track, issues = srt.parse(Path("fr.srt").read_bytes())
    assert not issues
    assert len(track.cues) == 4
    made("convert", "fr.srt", "fr.sjson")
    assert [cue.text for cue in sjson.parse(Path("fr.sjson").read_bytes())[0].cues] == [cue.text for cue in track.cues]
    made("convert", "fr.sjson", "back.srt")
    assert Path("back.srt").read_text() == Path("fr.srt").read_text()


@pytest.mark.usefixtures("folder")
def test_a_sentence_without_translation_is_said_and_shows_the_source() -> None:
    Path("fr.txt").write_text(FRENCH.replace("Puis on a parlé.", ""))
    result = run("recue", "en.vtt", "fr.txt", "--language", "fr")
    assert result.exit_code == 0
    assert "<lang en>Then we talked.</lang>" in result.stdout
    assert "1 of 3 sentences have no translation, the first of them sentence 3" in result.stderr


@pytest.mark.usefixtures("folder")
def test_words_are_learned_from_a_pair_of_files() -> None:
    made("recue", "en.vtt", "fr.txt", "--language", "eo", "-o", "eo.vtt")
    assert made("recue", "en.vtt", "fr.txt", "--language", "eo", "--pairs", "en.vtt", "eo.vtt").startswith("WEBVTT")
    assert made("recue", "en.vtt", "fr.txt", "--language", "fr", "--pairs", "en.vtt", "eo.vtt").startswith("WEBVTT")


def test_a_file_that_names_its_language_needs_no_option() -> None:
    text = "WEBVTT\nKind: captions\nLanguage: ja\n\n00:00.000 --> 00:02.000\n" + "漢" * 18
    assert json.loads(run("check", "-", "--json", given=text).stdout)["language"] == "ja"
    assert json.loads(run("group", "-", "--json", given=text).stdout)["language"] == "ja"


def test_a_file_larger_than_any_caption_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captions_cli, "LARGEST_BYTES", 10)
    assert "“standard input” has more than 10 bytes" in refused("check", "-", given=SOURCE)


@pytest.mark.parametrize("style", norms.styles())
@pytest.mark.usefixtures("folder")
def test_retimed_captions_pass_the_check_of_their_style(style: str) -> None:
    made("retime", "en.vtt", "fr.txt", "--language", "fr", "--norms", style, "-o", "fr.vtt")
    result = run("check", "fr.vtt", "--language", "fr", "--norms", style, "--against", "en.vtt", "--json")
    assert json.loads(result.stdout)["issues"] == []
    assert result.exit_code == 0


@pytest.mark.usefixtures("folder")
def test_a_check_names_line_cue_time_and_what_would_be_right_and_fails_on_errors() -> None:
    Path("bad.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nOne.\n\n2\n00:00:01,000 --> 00:00:03,000\nTwo.\n")
    result = run("check", "bad.srt")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "bad.srt"
    assert (
        "  error line 6: Cue 2 starts at 00:00:01.000, while cue 1 is shown until 00:00:02.000: two texts at once. "
        "Start it at 00:00:02.000, or end the other one at 00:00:01.000. cue-overlap"
    ) in lines
    assert lines[-1] == "2 cues, norms: lecture, language: en. 1 error, 1 note."


@pytest.mark.usefixtures("folder")
def test_a_good_file_is_good() -> None:
    Path("en.vtt").write_text(SOURCE.replace(" It was\n", "\n").replace(", and it was", ","))
    assert made("check", "en.vtt") == "4 cues, norms: lecture, language: en. Nothing is wrong.\n"


@pytest.mark.usefixtures("folder")
def test_what_a_form_cannot_hold_is_said_and_the_rest_is_written() -> None:
    Path("a.vtt").write_text("WEBVTT\n\nNOTE hi\n\n00:00.000 --> 00:02.000 line:0\n<v Ann>Yes.</v>\n")
    result = run("convert", "a.vtt", "a.srt")
    assert result.exit_code == 0
    assert [line.split()[-1] for line in result.stderr.splitlines()[1:]] == [
        "convert-notes",
        "convert-settings",
        "convert-tags",
    ]
    assert Path("a.srt").read_text() == "1\n00:00:00,000 --> 00:00:02,000\nYes.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("group", "gone.vtt"), "gone.vtt error “gone.vtt” cannot be read: No such file or directory."),
        (("group", "."), "cannot be read: Is a directory."),
        (("check", "fr.txt"), "“fr.txt” is no caption file"),
        (("convert", "empty.vtt", "x.srt"), "empty.vtt error “empty.vtt” is empty."),
        (("recue", "en.vtt", "empty.txt", "--language", "fr"), "“empty.txt” is empty."),
        (("group", "-"), "standard input error “standard input” is empty."),
        (("recue", "en.vtt", "en.vtt", "--language", "fr"), "“en.vtt” holds captions, and not sentences."),
        (("convert", "russian.srt", "x.srt", "--encoding", "utf-8"), "The file is not in utf-8"),
        (("convert", "bare.vtt", "x.srt"), "The file holds no cue"),
        (("recue", "en.vtt", "short.txt", "--language", "fr"), "Lines in the file: 1; sentences in the captions: 3."),
        (("recue", "en.vtt", "blank.txt", "--language", "fr"), "3 of 3 sentences have no translation"),
        (("retime", "en.vtt", "bad.po", "--language", "fr"), "This is not a PO file"),
        (("convert", "en.vtt", "no/such/place.srt"), "“no/such/place.srt” cannot be written: No such file"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(folder: Path, arguments: tuple[str, ...], sentence: str) -> None:
    for name, text in {
        "empty.vtt": "",
        "empty.txt": "",
        "bare.vtt": "WEBVTT\n",
        "short.txt": "Un.",
        "blank.txt": "\n\n\n",
        "bad.po": 'msgid "a"\nmsgstr',
    }.items():
        (folder / name).write_text(text)
    (folder / "russian.srt").write_bytes("1\n00:00:01,000 --> 00:00:02,000\nПривет\n".encode("cp1251"))
    assert sentence in refused(*arguments)
    assert not (folder / "x.srt").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("recue", "en.vtt", "fr.txt", "--language", "f"), "“f” is no language tag"),
        (("retime", "en.vtt", "fr.txt", "--language", "fr", "--norms", "hbo"), "“hbo” is none of: lecture, netflix"),
        (("convert", "en.vtt", "x.doc"), "“x.doc” does not end in .vtt, .srt or .sjson"),
        (("group", "en.vtt", "-o", "fr.vtt"), "“fr.vtt” does not end in .txt, .csv, .po, .xlf or .json."),
        (("convert", "en.vtt", "x.vtt", "--as", "ass"), "“ass” is none of: vtt, srt, sjson"),
        (("convert", "en.vtt", "--encoding", "rot13"), "“rot13” is no encoding of texts"),
        (("recue", "-", "-", "--language", "fr"), "Only one of the two files"),
        (("recue", "en.vtt", "fr.txt"), "Missing option '--language'"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_understood_ends_with_two(arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused(*arguments, code=2)


@pytest.mark.usefixtures("folder")
def test_who_has_read_enough_of_it_is_told_nothing() -> None:
    Path("long.vtt").write_text("WEBVTT\n\n" + "00:00.000 --> 00:01.000\nOne sentence.\n\n" * 5000)
    code = "from polylect_web.captions_cli import captions; captions()"
    command = [sys.executable, "-c", code, "group", "long.vtt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writing:
        assert writing.stdout is not None
        assert writing.stderr is not None
        assert writing.stdout.readline().startswith(b"   1  ")
        writing.stdout.close()
        assert writing.stderr.read() == b""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_uploads_in_any_encoding_leave_as_utf_8(encoding: str) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHé, là.\n"
    assert "Hé, là." in made("convert", "-", "--as", "vtt", given=text.encode(encoding))
    assert "Тест" in made(
        "convert", "-", "--as", "vtt", "--encoding", "cp1251", given=text.replace("Hé, là.", "Тест").encode("cp1251")
    )


@pytest.mark.usefixtures("folder")
def test_the_manual_shows_what_the_command_says() -> None:
    page = MANUAL.read_text(encoding="utf-8")
    assert f"$ polylect captions group lesson.en.vtt\n{made('group', 'en.vtt')}" in page
    second = "2\n00:00:01,000 --> 00:00:03,000\nTwo.\n"
    Path("bad.srt").write_text(f"1\n00:00:00,000 --> 00:00:02,000\nOne.\n\n{second}")
    assert run("check", "bad.srt").stdout.splitlines()[1] in page


def test_the_manual_explains_why_a_file_cannot_be_worked_on() -> None:
    page = MANUAL.read_text(encoding="utf-8")
    kinds = [one for module in (captions_cli, caption_sheet) for one in vars(module).values()]
    declared = {kind.code: kind.severity.value for kind in kinds if isinstance(kind, IssueKind)}
    explained = dict(re.findall(r"^\| `((?:file|sheet)-[\w-]+)` \| (\w+) \|", page, re.MULTILINE))
    assert explained == declared


@pytest.mark.long
@pytest.mark.usefixtures("folder")
def test_captions_of_thirteen_hours_go_through_every_task() -> None:
    cues = 10_800
    held = ("We met on a train, and it was", "late. Nobody else was there.")
    long = "".join(
        f"{times.write(4000 * number)} --> {times.write(4000 * number + 3900)}\n{held[number % 2]}\n\n"
        for number in range(cues)
    )
    Path("long.vtt").write_text(f"WEBVTT\n\n{long}")
    made("group", "long.vtt", "-o", "long.txt")
    track, _ = webvtt.parse(made("recue", "long.vtt", "long.txt", "--language", "fr"))
    assert len(track.cues) == cues
    retimed, _ = webvtt.parse(made("retime", "long.vtt", "long.txt", "--language", "fr"))
    assert len(groups.group(retimed, "en")) == len(groups.group(track, "en"))
    assert json.loads(made("check", "long.vtt", "--json"))["cues"] == cues


def test_the_command_starts_without_django() -> None:
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from polylect_web.captions_cli import captions\n"
        "text = 'WEBVTT\\n\\n00:00.000 --> 00:01.000\\na'\n"
        "CliRunner().invoke(captions, ['convert', '-', '--as', 'srt'], input=text)\n"
        "assert 'django' not in sys.modules and 'sentencex' not in sys.modules and 'budoux' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
