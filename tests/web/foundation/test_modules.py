"""Modules joined into one script: each once, in order, with its names to itself."""

import re
from pathlib import PurePosixPath

import pytest

from polylect_web.foundation import modules


def joined(**texts: str) -> str:
    """The module `main` with all that it imports; `a__b` stands for the file a/b.js."""
    held = {f"{name.replace('__', '/')}.js": text for name, text in texts.items()}
    return modules.joined("main.js", held.__getitem__, lambda name, address: str(PurePosixPath(name).parent / address))


def test_what_is_imported_comes_first_and_once() -> None:
    text = joined(
        main='import { one } from "./a.js";\nimport "./b.js";\none();\n',
        a="export function one() {}\n",
        b='import { one } from "./a.js";\none();\n',
    )
    assert text == (
        "const $0 = (() => {\nfunction one() {}\nreturn { one };\n})();\n"
        "const $1 = (() => {\nconst { one } = $0;\none();\nreturn {  };\n})();\n"
        "const { one } = $0;\none();\n"
    )


def test_a_module_in_a_folder_is_found_from_there() -> None:
    text = joined(
        main='import { two } from "./deep/a.js";\n',
        deep__a='import "./b.js";\nexport const two = 2;\n',
        deep__b="const three = 3;\n",
    )
    assert text.index("three = 3") < text.index("two = 2")


def test_names_are_taken_under_others_and_over_lines() -> None:
    text = joined(
        main='import {\n  one as first,\n  two,\n} from "./a.js";\n',
        a="export const one = 1;\nexport async function two() {}\nexport class Three {}\n",
    )
    assert "const { one: first, two } = $0;" in text
    assert "return { one, two, Three };" in text


def test_what_the_script_itself_exports_stays() -> None:
    assert joined(main='import "./a.js";\nexport const one = 1;\n', a="1;\n").endswith("\nexport const one = 1;\n")


def test_words_of_a_comment_are_no_import() -> None:
    assert joined(main="// import { a } from the others\n") == "// import { a } from the others\n"


@pytest.mark.parametrize(
    "text",
    [
        "export let changing = 1;",
        "export default function () {}",
        'export { one } from "./b.js";',
        'import all from "./b.js";',
        'const later = () => import("./b.js");',
        "const here = import.meta.url;",
    ],
)
def test_what_is_not_understood_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=rf"a\.js cannot be joined .*{re.escape(text)}"):
        joined(main='import "./a.js";\n', a=f"{text}\n", b="")


def test_a_module_that_needs_itself_is_named() -> None:
    with pytest.raises(ValueError, match=r"a\.js imports main\.js, which imports it in turn"):
        joined(main='import "./a.js";\n', a='import "./main.js";\n')
