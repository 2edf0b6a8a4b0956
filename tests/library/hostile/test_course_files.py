"""A course in text files whose YAML was written to harm."""

from pathlib import Path

import pytest

from library.hostile.bounds import at_most
from polylect import markdown
from polylect.course.files import open_folder

PLAIN = "org: Test\ncode: BOMBS\nrun: a\ntitle: Bombs\nlanguage: en\n"
BOMB = "".join(f"k{n}: &k{n} [{','.join([f'*k{n - 1}' if n else 'x'] * 9)}]\n" for n in range(10))


def codes(path: Path, yaml: str) -> list[str]:
    (path / "course.yaml").write_text(yaml, "utf-8")
    with open_folder(path) as folder:
        return [issue.code for issue in markdown.read(folder)[1]]


@pytest.mark.parametrize(
    "yaml",
    [
        f"{PLAIN}{BOMB}sections: *k9\n",
        f"{PLAIN}{BOMB}sections:\n  - *k9\n",
        f"{BOMB}title: *k9\n",
        "title: &a [*a]\n",
        "title: " + "[" * 3000 + "]" * 3000,
        "\n".join("  " * depth + "k:" for depth in range(3000)),
        "title: !!timestamp x\n",
        "title: " + "9" * 5000,
    ],
)
def test_repetition_and_depth_are_refused_with_a_sentence(yaml: str, tmp_path: Path) -> None:
    with at_most(5):
        assert "markdown-yaml" in codes(tmp_path, yaml)


def test_fields_as_deep_as_courses_have_them_are_read(tmp_path: Path) -> None:
    assert "markdown-yaml" not in codes(tmp_path, f"{PLAIN}other: {'[' * 40}{']' * 40}\n")


def test_nothing_is_run_because_yaml_says_so(tmp_path: Path) -> None:
    made = tmp_path / "made"
    codes(tmp_path, f"{PLAIN}title2: !!python/object/apply:os.mkdir ['{made}']\n")
    assert not made.exists()


def test_an_issue_names_the_start_of_what_stands_in_the_wrong_place(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(f"{PLAIN}sections:\n  - {'x' * 100_000}\n  - [a, b]\n", "utf-8")
    with open_folder(tmp_path) as folder:
        sentences = [issue.sentence for issue in markdown.read(folder)[1]]
    assert all(len(sentence) < 300 for sentence in sentences)
    assert any("a list" in sentence for sentence in sentences)


ADDRESS = "http://[oops"


@pytest.mark.parametrize(
    "body",
    [
        f"[x]({ADDRESS}) ![x]({ADDRESS}) <{ADDRESS}>",
        f'<a href="{ADDRESS}"><img src="//[oops"></a>',
        f'::: video v\ntitle: x\nsources: ["{ADDRESS}"]\nposter: "//[oops"\ncaptions: {{en: "{ADDRESS}"}}\n:::',
    ],
)
def test_what_only_begins_like_an_address_is_no_reason_to_stop(body: str, tmp_path: Path) -> None:
    sections = "sections: [{code: s, title: S, subsections: [{code: t, title: T, units: [u.md]}]}]\n"
    (tmp_path / "u.md").write_text(f"---\ntitle: U\n---\n{body}\n", "utf-8")
    assert "markdown-yaml" not in codes(tmp_path, f"{PLAIN}{sections}")
