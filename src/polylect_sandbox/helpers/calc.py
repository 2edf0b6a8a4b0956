"""Open edX's `calc`: `evaluator` computes a learner's formula with the author's variables and functions.

The sums are those of `polylect.exercises.arithmetic`, which the zygote reads from its file: importing it by its name
would bring the whole library, and lxml, into the script's process.
"""

import importlib.util
import re
from collections.abc import Callable, Mapping
from typing import Any

_NAME = re.compile(r"(?<![\w.])[A-Za-z]\w*", re.ASCII)

_arithmetic: Any
_constants: Mapping[str, Any]
_functions: Mapping[str, Callable[[Any], Any]]


class UndefinedVariable(Exception):
    """A formula has a name that nobody declared."""


def read_sums(path: str) -> None:
    """Loads the arithmetic from its file."""
    global _arithmetic, _constants, _functions
    spec = importlib.util.spec_from_file_location("arithmetic", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    _arithmetic = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(_arithmetic)
    _constants, _functions = _arithmetic.CONSTANTS, _arithmetic.FUNCTIONS


def evaluator(
    variables: Mapping[str, Any],
    functions: Mapping[str, Callable[[Any], Any]],
    math_expr: str,
    case_sensitive: bool = False,
) -> Any:
    """The value of a formula; nan where it is blank. Raises UndefinedVariable, and ValueError where it cannot be
    read."""
    if not math_expr.strip():
        return float("nan")
    constants = {**_constants, **variables}
    known = {**_functions, **functions}
    if not case_sensitive:
        constants = {name.lower(): value for name, value in constants.items()}
        known = {name.lower(): function for name, function in known.items()}
        math_expr = math_expr.lower()
    used = dict.fromkeys(_NAME.findall(math_expr))
    unknown = [name for name in used if name not in constants and name not in known]
    if unknown:
        raise UndefinedVariable(f"Invalid Input: {', '.join(unknown)} not permitted in answer as a variable")
    # The arithmetic folds case; a name by its position keeps apart what the author keeps apart.
    place = {name: f"n{at}" for at, name in enumerate(used)}
    _arithmetic.CONSTANTS = {place[name]: constants[name] for name in used if name in constants}
    _arithmetic.FUNCTIONS = {place[name]: known[name] for name in used if name in known}
    return _arithmetic.evaluate(_NAME.sub(lambda found: place[found[0]], math_expr))
