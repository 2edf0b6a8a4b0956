"""Open edX's `calc`: `evaluator` computes a learner's formula with the author's variables and functions.

The sums are those of `polylect.exercises.arithmetic`, which the zygote reads from its file: importing it by its name
would bring the whole library, and lxml, into the script's process.
"""

import importlib.util
from collections.abc import Callable, Mapping
from typing import Any

_arithmetic: Any


class UndefinedVariable(Exception):
    """A formula has a name that nobody declared."""


def read_sums(path: str) -> None:
    """Loads the arithmetic from its file."""
    global _arithmetic
    spec = importlib.util.spec_from_file_location("arithmetic", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    _arithmetic = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(_arithmetic)


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
    if not case_sensitive:
        variables = {name.lower(): value for name, value in variables.items()}
        functions = {name.lower(): function for name, function in functions.items()}
    known = {**_arithmetic.FUNCTIONS, **functions}
    try:
        return _arithmetic.evaluate(math_expr, variables, known, keeps_case=case_sensitive)
    except _arithmetic.NotANumber as error:
        if error.fault in (_arithmetic.Fault.UNKNOWN_VARIABLE, _arithmetic.Fault.UNKNOWN_FUNCTION):
            raise UndefinedVariable(f"Invalid Input: {', '.join(error.found)} not permitted in answer") from None
        raise
