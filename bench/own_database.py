"""A database for a site that is tested or measured: of its own, as its folder is.

It is SQLite in that folder, unless POLYLECT_DATABASE_URL names a database of PostgreSQL: then it is a new one on the
same server, whose user has to be allowed to make databases, and it goes when this process ends.
"""

import atexit
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

POSTGRES = ("postgres", "postgresql")


def own_database(folder: Path) -> str:
    """What POLYLECT_DATABASE_URL is for the site that keeps everything else in this folder."""
    given = os.environ.get("POLYLECT_DATABASE_URL", "")
    if not is_postgres(given):
        return f"sqlite:///{quote(str(folder / 'polylect.sqlite3'))}"
    name = f"polylect_{secrets.token_hex(6)}"
    _tell(given, f"CREATE DATABASE {name}")
    atexit.register(_tell, given, f"DROP DATABASE {name} WITH (FORCE)")
    return urlsplit(given)._replace(path=f"/{name}").geturl()


def is_postgres(address: str) -> bool:
    """Whether it is the address of a database of PostgreSQL."""
    return urlsplit(address).scheme in POSTGRES


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A connection to a site's database, past the site, for looking: `execute` and `fetchall` are the same for both."""
    if is_postgres(address):
        import psycopg

        with psycopg.connect(address) as connection:
            yield connection
    else:
        with closing(sqlite3.connect(unquote(address.removeprefix("sqlite:///")))) as connection:
            yield connection


def _tell(address: str, statement: str) -> None:
    """Has the server do what it does outside of transactions only."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
