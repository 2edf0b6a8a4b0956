"""Makes what a measurement needs: learners who can sign in, and a course that can be answered without end.

    POLYLECT_DATA=var .venv/bin/python bench/make_learners.py

It may run while the site does, and again: what is there stays. The learners are learner0 to learner63, all with the
password "learnerpass"; the course is the one in bench/course. Do not run it on a site that others can reach.
"""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polylect_web.settings")
django.setup(set_prefix=False)

from django.contrib.auth.hashers import make_password  # noqa: E402  Django has to be set up first

from polylect_web import importing  # noqa: E402
from polylect_web.accounts.models import Person  # noqa: E402
from polylect_web.courses.models import Run  # noqa: E402
from polylect_web.foundation.database import write  # noqa: E402

LEARNERS = 64
PASSWORD = "learnerpass"
COURSE = Path(__file__).parent / "course"
RUN = "Polylect+MEASURE+1"


def main() -> None:
    """Makes what is not there yet."""
    password = make_password(PASSWORD)  # one for all: to hash 64 of them would take two seconds
    people = [Person(username=f"learner{number}", password=password) for number in range(LEARNERS)]
    with write():
        Person.objects.bulk_create(people, ignore_conflicts=True)
    if not Run.objects.filter(key=RUN).exists():
        importing.import_course(COURSE)
    print(f"learner0 to learner{LEARNERS - 1} can sign in with “{PASSWORD}”, and there is the course {RUN}.")


if __name__ == "__main__":
    main()
