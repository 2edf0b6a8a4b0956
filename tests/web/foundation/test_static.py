"""Collecting static files: one stylesheet, names with a hash, compressed."""

import gzip
from pathlib import Path

import brotli
import pytest
from pytest_django.fixtures import Settings

from polylect_web.foundation import static
from polylect_web.foundation.static import StaticStorage

SOURCE = {
    "css/site.css": '@import url("parts/a.css");\n@import url("parts/b.css");\np { margin: 0 }\n',
    "css/parts/a.css": "a { background: url(../../img/a.svg) }\n" + "/* long */\n" * 60,
    "css/parts/b.css": '@import url("deep/c.css");\nb { margin: 0 }\n',
    "css/parts/deep/c.css": 'c { background: url("../../../img/a.svg#x") }\n',
    "img/a.svg": "<svg/>",
    "js/main.js": 'import { a } from "./part.js";\n',
    "js/part.js": "export const a = 1;\n",
}


@pytest.fixture
def source(settings: Settings, tmp_path: Path) -> Path:
    """A folder of static files that is not collected yet."""
    for name, text in SOURCE.items():
        (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "source" / name).write_text(text)
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path / "source"


def collected(name: str) -> Path:
    """The file that pages link when they mean `name`."""
    storage = StaticStorage()
    return Path(storage.path(storage.stored_name(name)))


def test_a_stylesheet_holds_its_parts_with_addresses_that_lead_there(source: Path) -> None:
    static.collect_changed()
    text = collected("css/site.css").read_text()
    picture = collected("img/a.svg").name
    assert "@import" not in text
    assert text.index("a {") < text.index("c {") < text.index("b {") < text.index("p {")
    assert text.count(f'url("../img/{picture}') == 2
    assert f"{picture}#x" in text


def test_names_follow_the_content(source: Path) -> None:
    static.collect_changed()
    before = collected("css/site.css")
    (source / "css/parts/b.css").write_text("b { margin: 1px }\n")
    static.collect_changed()
    assert collected("css/site.css") != before
    assert not before.exists()


def test_a_module_holds_what_it_imports(source: Path) -> None:
    static.collect_changed()
    text = collected("js/main.js").read_text()
    assert "import" not in text
    assert text.index("const a = 1;") < text.index("const { a } = $0;")


def test_a_module_keeps_its_name_for_what_others_import_of_it_on_demand(source: Path) -> None:
    (source / "js/main.js").write_text('const later = () => import("./part.js");\n')
    static.collect_changed()
    assert f'"./{collected("js/part.js").name}"' in collected("js/main.js").read_text()


def test_what_is_long_enough_is_compressed_in_two_ways(source: Path) -> None:
    static.collect_changed()
    style = collected("css/site.css")
    assert brotli.decompress(Path(f"{style}.br").read_bytes()) == style.read_bytes()
    assert gzip.decompress(Path(f"{style}.gz").read_bytes()) == style.read_bytes()
    assert not Path(f"{collected('js/part.js')}.br").exists()


def test_nothing_is_collected_twice_without_a_change(source: Path) -> None:
    assert static.collect_changed()
    assert not static.collect_changed()


def test_before_anything_is_collected_names_are_plain(source: Path) -> None:
    assert StaticStorage().url("css/site.css") == "/static/css/site.css"


@pytest.mark.parametrize("text", ['@import url("parts/none.css");\n', '@import url("site.css");\n'])
def test_a_part_that_is_not_there_or_holds_itself_stops_the_collecting(source: Path, text: str) -> None:
    (source / "css/site.css").write_text(text)
    with pytest.raises(ValueError, match=r"css/site.css imports"):
        static.collect_changed()


def test_a_module_that_is_not_there_stops_the_collecting(source: Path) -> None:
    (source / "js/main.js").write_text('import "./none.js";\n')
    with pytest.raises(ValueError, match=r"js/main.js imports \./none.js, which is not there"):
        static.collect_changed()
