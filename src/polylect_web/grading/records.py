"""Between the library's values and JSON columns, in the library's stored form with its schema number."""

import json
from typing import Any, cast

from polylect.course import stored
from polylect.exercises import Grade, Responses


def to_json(value: Responses | Grade) -> Any:
    """The value as a JSON column holds it."""
    return json.loads(stored.dump(value))


def responses_from(column: Any) -> Responses:
    """The responses in a column."""
    return cast(Responses, _from_json(column))


def grade_from(column: Any) -> Grade:
    """The grade in a column."""
    return cast(Grade, _from_json(column))


def _from_json(column: Any) -> Any:
    """A database may give the keys back in another order than `stored.load` expects."""
    text = json.dumps(column, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return stored.load(text.encode("utf-8", "surrogatepass"))
