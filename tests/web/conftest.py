"""What every test of the site begins with: a folder of its own for files, and caches that know nothing."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from polylect_web.courses import queries as courses
from polylect_web.foundation import catalogues
from polylect_web.glossary import queries as glossary
from polylect_web.grading import preparing
from polylect_web.texts import crediting, learning, reviewing, working
from polylect_web.texts import queries as texts


@pytest.fixture(autouse=True, scope="session")
def _present_catalogues() -> None:
    """The interface speaks its languages as they are in the sources now."""
    catalogues.compile_changed()


@pytest.fixture(autouse=True)
def _fresh_site(settings: Settings, tmp_path: Path) -> None:
    """Databases of tests give the same numbers out again, which the site never does."""
    settings.DATA = tmp_path
    courses.forget()
    texts.forget()
    glossary.forget()
    working.forget()
    reviewing.forget()
    crediting.forget()
    learning.forget()
    preparing.forget()
