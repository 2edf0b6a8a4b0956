"""One run, within the child: from the request to the bytes of the answer.

The answer is JSON: `{"values": {…}}`, or `{"failed": sentence, "limit": true or false}`. What of the values comes
through is codejail's rule: None, numbers, texts, lists, tuples and dictionaries that JSON can write; the rest is left
out.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from polylect_sandbox import names
from polylect_sandbox.limits import Limits

FILE_NAME = "<script>"
MOST_CHARACTERS = 500
"""Of what an exception says."""

_KINDS = (type(None), int, float, str, bytes, list, tuple, dict)


def answer(request: Mapping[str, Any], limits: Limits) -> bytes:
    """Runs the script and writes down what came of it. Nothing is raised."""
    values: dict[str, Any] = {}
    # Written beforehand: once memory is short there is none to write it with.
    too_large = failed(f"it uses more than {limits.memory_bytes // 2**20} MiB of memory", is_limit=True)
    try:
        values = names.namespace(request["seed"], request["given"])
        exec(compile(request["code"], FILE_NAME, "exec", dont_inherit=True), values)  # noqa: S102 - within the jail
        return _written(values, request["wanted"], limits.result_bytes)
    except MemoryError:
        values.clear()
        return too_large
    except BaseException as error:  # whatever a script throws, an exit too, is how it ended
        return failed(_sentence(error))


def failed(sentence: str, *, is_limit: bool = False) -> bytes:
    """The answer of a run that did not come to its end."""
    return json.dumps({"failed": sentence, "limit": is_limit}).encode()


def _written(values: Mapping[str, Any], wanted: Iterable[str] | None, most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for name in list(values) if wanted is None else wanted:
        if name == "__builtins__" or name not in values:
            continue
        piece = _json(name, values[name])
        size += len(piece)
        if size > most_bytes:
            return failed(f"it leaves more than {most_bytes // 1024} KiB of values", is_limit=True)
        pieces += [piece] if piece else []
    return b'{"values":{' + b",".join(pieces) + b"}}"


def _json(name: object, value: object) -> bytes:
    """The name and its value; nothing where JSON, or UTF-8, cannot say it."""
    if not isinstance(value, _KINDS) or not isinstance(name, str):
        return b""
    try:
        return f"{json.dumps(name)}:{json.dumps(value, ensure_ascii=False, default=_text)}".encode()
    except (TypeError, ValueError, RecursionError):
        return b""


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError


def _sentence(error: BaseException) -> str:
    line = _line(error)
    try:
        said = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:
        said = ""
    kind = type(error).__name__
    sentence = f"{kind}: {said}" if said else kind
    sentence = sentence if len(sentence) <= MOST_CHARACTERS else f"{sentence[:MOST_CHARACTERS]}…"
    return f"line {line}: {sentence}" if line else sentence


def _line(error: BaseException) -> int:
    """The line of the script that was running, the innermost; 0 where there was none."""
    if isinstance(error, SyntaxError) and error.filename == FILE_NAME:
        return error.lineno or 0
    line, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == FILE_NAME:
            line = step.tb_lineno
        step = step.tb_next
    return line
