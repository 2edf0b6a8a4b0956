"""One script a page in place of many small ones: what an ES module imports is put in front of it.

Our modules are written for people, one a behavior; on a slow line each would be a request of its own, and is asked for
only once the one before it was read. Joined, each keeps its names to itself:

    import { field } from "./parts.js";        const $0 = (() => { …; return { field }; })();
    field().focus();                           const { field } = $0;
                                               field().focus();

Only what our modules use is understood, and anything else is refused: `import { a, b as c } from "./x.js"`, `import
"./x.js"`, and `export` of a `const`, a `function` or a `class`. A module that several scripts of a page import is there
once in each: it keeps no state of its own.
"""

import re
from collections.abc import Callable, Iterable

Resolve = Callable[[str, str], str]
"""The name of what a module imports, from the module's own name and the address that it gives."""

_IMPORT = re.compile(
    r"""^import\s+(?:\{(?P<names>[^}]*)\}\s*from\s*)?["'](?P<address>\.[^"']+)["'];?[ \t]*\n?""", re.MULTILINE
)
_EXPORT = re.compile(r"^export\s+(?=(?:const|(?:async\s+)?function|class)\s+(?P<name>[\w$]+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|^(?!\s*//).*\bimport\s*[.(].*", re.MULTILINE)


def imports(name: str, text: str, resolve: Resolve) -> list[str]:
    """The names of the modules that this one needs before it runs."""
    return [resolve(name, found["address"]) for found in _IMPORT.finditer(text)]


def joined(name: str, read: Callable[[str], str], resolve: Resolve) -> str:
    """The module `name` with all that it imports in front of it, each once.

    Raises ValueError where a module needs itself, or is written otherwise than this understands.
    """
    order = _in_order(name, read, resolve)
    variables = {module: f"${number}" for number, module in enumerate(order)}
    parts = [_closed(module, read(module), variables, resolve) for module in order[:-1]]
    return "".join([*parts, _with_names(name, read(name), variables, resolve)])


def _in_order(name: str, read: Callable[[str], str], resolve: Resolve) -> list[str]:
    """The module and all it needs, each after what it needs itself."""
    order: list[str] = []

    def visit(module: str, within: tuple[str, ...]) -> None:
        if module in within:
            raise ValueError(f"{within[-1]} imports {module}, which imports it in turn")
        if module not in order:
            for needed in imports(module, read(module), resolve):
                visit(needed, (*within, module))
            order.append(module)

    visit(name, ())
    return order


def _closed(module: str, text: str, variables: dict[str, str], resolve: Resolve) -> str:
    """A module as a function that runs once and gives what it exports."""
    names = [found["name"] for found in _EXPORT.finditer(text)]
    inner = _EXPORT.sub("", _with_names(module, text, variables, resolve))
    if other := _OTHER.search(inner):
        raise ValueError(f"{module} cannot be joined to what imports it: {other[0].strip()}")
    return f"const {variables[module]} = (() => {{\n{inner.rstrip()}\nreturn {{ {', '.join(names)} }};\n}})();\n"


def _with_names(module: str, text: str, variables: dict[str, str], resolve: Resolve) -> str:
    """The text with its imports taken from the variables of modules that stand before it."""

    def taken(found: re.Match[str]) -> str:
        if found["names"] is None:
            return ""
        return f"const {{ {_pattern(found['names'].split(','))} }} = {variables[resolve(module, found['address'])]};\n"

    return _IMPORT.sub(taken, text)


def _pattern(names: Iterable[str]) -> str:
    """`a, b as c` as it is written on the left of an assignment."""
    pairs = (re.split(r"\s+as\s+", name.strip()) for name in names if name.strip())
    return ", ".join(": ".join(pair) for pair in pairs)
