"""Queries that pages always ask, their SQL made once: to make it takes Django longer than the database to answer."""

from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Expression, QuerySet


class Given(Expression):
    """Stands in a prepared query for a value that is given, by its name, whenever it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Given"]]:
        """The place of the value."""
        return "%s", [self]


class _Made(NamedTuple):
    sql: str
    values: tuple[Any, ...]
    converters: tuple[tuple[int, Any, Any], ...]


class Prepared:
    """A query for tuples, with places for values: ``Prepared(rows.filter(id=Given("id")).values_list("name"))``.

    Called with the values it gives the rows. Values go to the database as they are: texts and numbers, no instants.
    """

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self._rows = rows
        self._made: dict[str, _Made] = {}

    def __call__(self, **given: str | int) -> list[tuple[Any, ...]]:
        """The rows for these values, in one query."""
        made = self._made.get(connection.vendor) or self._make()
        values = [given[each.name] if isinstance(each, Given) else each for each in made.values]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return [_converted(row, made) for row in found] if made.converters else found

    def _make(self) -> _Made:
        compiler = self._rows.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        told = [(place, convert, column) for place, (all, column) in converters.items() for convert in all]
        self._made[connection.vendor] = made = _Made(sql, tuple(values), tuple(told))
        return made


def _converted(row: tuple[Any, ...], made: _Made) -> tuple[Any, ...]:
    cells = list(row)
    for place, convert, column in made.converters:
        cells[place] = convert(cells[place], column, connection)
    return tuple(cells)


ABOUT = {"agency_id": Given("agency"), "kind": Given("kind"), "number": Given("number")}
"""What stands about one thing, in a query that is asked with its ``agency``, ``kind`` and ``number``."""
