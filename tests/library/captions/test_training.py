"""The data files that ship are what the training scripts make."""

import gzip
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from polylect.captions import associations

TOOLS = Path(__file__).parents[3] / "tools"
DATA = Path(associations.__file__).parent / "data"


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    """The scripts that learn cuts, and ends of sentences in captions."""
    monkeypatch.syspath_prepend(str(TOOLS))
    import train_caption_ends
    import train_captions

    return train_captions, train_caption_ends


def _made(tool: ModuleType, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files that a script makes of the data."""
    monkeypatch.setattr(tool, "DATA", folder)
    monkeypatch.setattr(sys, "argv", [tool.__name__, str(data)])
    tool.main()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _video(number: int) -> dict[str, Any]:
    cues = [
        {"start": 0, "end": 2, "text": "We met on a train,"},
        {"start": 2, "end": 4, "text": f"and it was {number} o’clock."},
        {"start": 5, "end": 6, "text": "Then we parted."},
    ]
    french = ["Nous nous sommes rencontrés dans un train,", f"et il était {number} heures.", "Puis nous partîmes."]
    sentences = [((0, 1), french[0], french[1]), ((2, 2), french[2], french[2])]
    return {
        "origin": "hf-course",
        "video": f"video {number}",
        "lang": "fr",
        "timing": "same",
        "source_cues": cues,
        "target_cues_human": [cue | {"text": text} for cue, text in zip(cues, french, strict=True)],
        "target_sentences": [
            {"source_span": span, "s": [0, len(cues[span[1]]["text"])], "t": [0, len(last)]}
            for span, _, last in sentences
        ],
    }


def _track(number: int) -> dict[str, Any]:
    video = _video(number)
    cues = video["source_cues"]
    ends = [[place, len(cues[place]["text"])] for place in (1, 2)]
    return {"origin": "hf-course", "video": video["video"], "lang": "en", "cues": cues, "gold": ends}


def _file(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / "rows.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def test_the_same_data_give_the_same_files(
    tools: tuple[ModuleType, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool, row, expected in (
        (tools[0], _video, {"cuts.json", "associations-en-fr.txt"}),
        (tools[1], _track, {"ends.json"}),
    ):
        folders = [tmp_path / f"{tool.__name__} {time}" for time in (1, 2)]
        for folder in folders:
            folder.mkdir()
        data = _file(tmp_path, [row(number) for number in range(20)])
        first, second = (_made(tool, data, folder, monkeypatch) for folder in folders)
        assert set(first) == expected
        assert first == second


def test_ends_are_learned_from_the_paragraphs_of_a_book(
    tools: tuple[ModuleType, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import train_written_ends

    book, made = tmp_path / "book", tmp_path / "made"
    book.mkdir()
    made.mkdir()
    said = "<p>Let’s look at the <em>first</em> example. Then we run the program, e.g. with a file. Is it done?</p>"
    (book / "one.html").write_text(f"<p>Too short.</p>{said}<pre>Not. A. Text. Of anything at all.</pre>{said}")
    (book / "print.html").write_text(said)
    (book / "two.html").write_text("<ul><li>The second example is done. Then we look at a file.</li></ul>")
    assert list(train_written_ends._paragraphs(book)) == [
        [
            ["let's", "look", "at", "the", "first", "example"],
            ["then", "we", "run", "the", "program", "e", "g", "with", "a", "file"],
            ["is", "it", "done"],
        ],
        [["the", "second", "example", "is", "done"], ["then", "we", "look", "at", "a", "file"]],
    ]
    monkeypatch.setattr(train_written_ends, "WEIGHT_MIN", 0.1)
    weights = json.loads(_made(train_written_ends, book, made, monkeypatch)["written-ends.json"])
    assert weights["always"] < 0 < weights["en r then"]
    assert "en r program" not in weights


@pytest.mark.long
@pytest.mark.shared
def test_what_ships_is_made_again_byte_for_byte(
    tools: tuple[ModuleType, ModuleType], shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool, file in zip(tools, ("train.jsonl.gz", "grouping_train.jsonl.gz"), strict=True):
        made = _made(tool, shared / "captions" / file, tmp_path, monkeypatch)
    assert {"cuts.json", "ends.json", "associations-en-zh.txt"} <= set(made)
    assert made == {name: (DATA / name).read_bytes() for name in made}
