"""Queries that come with every page: their SQL is made once, and filled in from then on.

Django makes the SQL of a query anew each time it is asked, from its parts. For a query that finds a row by a key that
takes ten times as long as SQLite needs for the answer, and a page asks half a dozen of them. A `Prepared` query is
written as any other; it is compiled with marks where the values go, once for each number of values in its lists, and
afterwards only the values change.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Value = int | str | Sequence[int | str]
Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)

_FIRST_INT = 1_900_000_000  # fits every kind of integer column, and no constant of a query is like it
_MARK = "\ue000{}\ue001"


@dataclass(frozen=True)
class _Statement:
    """SQL, and for each of its parameters the place of the value that goes there, or else the parameter itself."""

    sql: str
    places: tuple[int | None, ...]
    constants: tuple[Any, ...]
    converters: tuple[tuple[int, Any, Any], ...]
    """By column: what makes Python's value of the database's, and the expression that it belongs to."""

    def rows(self, values: Sequence[int | str]) -> list[Row]:
        parameters = [
            constant if place is None else values[place]
            for place, constant in zip(self.places, self.constants, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found: list[Row] = cursor.fetchall()
        if not self.converters:
            return found
        return [self._converted(row) for row in found]

    def _converted(self, row: Row) -> Row:
        values = list(row)
        for column, convert, expression in self.converters:
            values[column] = convert(values[column], expression, connection)
        return tuple(values)


class Prepared:
    """A query: a function of integers, strings and lists of them that gives a `values_list`.

        _by_key = Prepared(lambda key: Run.objects.filter(key=key).values_list("pk", "title"))
        rows = _by_key("Test+Bridges+2026")

    The function may not look at the values, only put them into conditions of integer and character fields.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._statements: dict[tuple[object, ...], _Statement] = {}

    def __call__(self, *values: Value) -> list[Row]:
        """The rows for these values. One query."""
        if any(not isinstance(value, int) and not value for value in values):
            return list(self._build(*values))  # what has an empty list, or string, may have another SQL or none
        shape = (connection.vendor, *(_shape(value) for value in values))
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = _compiled(self._build, values)
        return statement.rows(_flat(values))


def columns(model: type[Model], *, without: Collection[str] = ()) -> list[str]:
    """The names of a model's columns, for `values_list`, and for `instance` to make rows of their values."""
    return [field.attname for field in model._meta.concrete_fields if field.attname not in without]


def instance(model: type[M], names: Sequence[str], values: Sequence[Any]) -> M:
    """A row of a model, from the values of these columns. The others are asked for when somebody wants them."""
    return model.from_db(connection.alias, names, values)


def _compiled(build: Callable[..., QuerySet[Any, Any]], values: Sequence[Value]) -> _Statement:
    marks: list[int | str] = []
    marked: list[Value] = []
    for value in values:
        ones = [value] if isinstance(value, int | str) else value
        begin = len(marks)
        marks += [_mark(one, begin + number) for number, one in enumerate(ones)]
        marked.append(marks[begin] if isinstance(value, int | str) else marks[begin:])
    compiler = build(*marked).query.get_compiler(connection.alias)
    sql, parameters = compiler.as_sql()
    places = tuple(marks.index(one) if one in marks else None for one in parameters)
    converters = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])
    return _Statement(
        sql,
        places,
        tuple(parameters),
        tuple((column, one, expression) for column, (all_of_it, expression) in converters.items() for one in all_of_it),
    )


def _mark(like: int | str, number: int) -> int | str:
    return _FIRST_INT + number if isinstance(like, int) else _MARK.format(number)


def _shape(value: Value) -> object:
    return type(value) if isinstance(value, int | str) else len(value)


def _flat(values: Sequence[Value]) -> list[int | str]:
    flat: list[int | str] = []
    for value in values:
        if isinstance(value, int | str):
            flat.append(value)
        else:
            flat += value
    return flat
