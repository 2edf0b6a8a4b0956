"""The design system's promises that can be computed: contrast, and one set of colors in two places."""

import gzip
import re
from pathlib import Path

import pytest

import polylect_web

CSS = Path(polylect_web.__file__).parent / "static" / "css"
TOKENS = (CSS / "parts" / "tokens.css").read_text()
MOST_BYTES = 12_000

TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "sunk"), ("ink", "highlight"), ("ink", "highlight-firm"),
    ("ink", "accent-soft"), ("ink", "right-soft"), ("ink", "not-yet-soft"),
    ("ink-soft", "paper"), ("ink-soft", "sheet"), ("ink-soft", "sunk"), ("ink-soft", "accent-soft"),
    ("accent", "paper"), ("accent", "sheet"), ("accent", "sunk"), ("accent", "accent-soft"),
    ("accent-firm", "accent-soft"), ("on-accent", "accent"), ("on-accent", "accent-firm"),
    ("right", "sheet"), ("right", "right-soft"), ("right", "paper"),
    ("not-yet", "sheet"), ("not-yet", "not-yet-soft"), ("wrong", "sheet"), ("wrong", "paper"),
]  # fmt: skip
EDGE_PAIRS = [
    ("line-firm", "paper"),
    ("line-firm", "sheet"),
    ("accent", "paper"),
    ("right", "sheet"),
    ("not-yet", "sheet"),
]


def themes() -> dict[str, dict[str, str]]:
    """The colors of the light theme, of the dark one, and of dark as the system asks for it."""
    blocks = re.findall(r"([^{}]+)\{([^{}]*--paper:[^{}]*)\}", TOKENS)
    names = ("light", "dark", "dark by the system")
    return {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))
        for name, (_, body) in zip(names, blocks, strict=True)
    }


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_every_ground_it_is_set_on(theme: str, text: str, ground: str) -> None:
    colors = themes()[theme]
    assert contrast(colors[text], colors[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_that_mean_something_can_be_seen(theme: str, edge: str, ground: str) -> None:
    colors = themes()[theme]
    assert contrast(colors[edge], colors[ground]) >= 3


def test_dark_is_the_same_by_the_system_and_by_attribute() -> None:
    assert themes()["dark"] == themes()["dark by the system"]


def test_sides_are_called_by_the_way_of_reading() -> None:
    physical = re.compile(
        r"(?<![\w-])(?:left|right|margin-left|margin-right|padding-left|padding-right|border-left|border-right)\s*:"
    )
    for part in CSS.glob("*/*.css"):
        assert not physical.search(part.read_text()), part.name


def test_colors_are_named_in_one_file() -> None:
    for part in CSS.glob("*/*.css"):
        if part.name not in (
            "tokens.css",
            "player.css",
            "dialog.css",
        ):  # black behind a film, the shade behind a dialog
            assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", part.read_text()), part.name


@pytest.mark.parametrize(("stylesheet", "folder"), [("site.css", "parts"), ("workbench.css", "workbench")])
def test_every_part_is_in_its_stylesheet(stylesheet: str, folder: str) -> None:
    named = set(re.findall(rf'url\("{folder}/([\w-]+\.css)"\)', (CSS / stylesheet).read_text()))
    assert named == {part.name for part in CSS.glob(f"{folder}/*.css")}


def test_the_stylesheet_is_small() -> None:
    whole = b"".join(part.read_bytes() for part in sorted(CSS.glob("parts/*.css")))
    assert len(gzip.compress(whole, 9)) <= MOST_BYTES
