"""A crowd of learners at a running site: each reads, answers, and remembers what was acknowledged."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count

from running_site import RunningSite
from visitor import Unexpected, Visitor

PASSWORD = "learnerpass"
RIGHT = 12
LESSON = "/en/courses/Polylect+PARTNERS+2026/four-conditions/"
ANSWERS = "/en/courses/Polylect+MEASURE+1/answers/"


@dataclass
class Learner:
    """Somebody who opens a lesson, answers with the next number, looks at the page again, and so on.

    `acknowledged` are the numbers whose answer came back as graded; `trouble` is whatever else came back.
    """

    name: str
    visitor: Visitor
    acknowledged: list[int] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    views: int = 0

    def study(self, is_over: Callable[[], bool]) -> None:
        """Until it is over, or something went wrong."""
        numbers = count(1)
        self.visitor.sign_in(self.name, PASSWORD)
        while not is_over():
            try:
                self.visitor.get(LESSON)
                self._answer(next(numbers))
                self.visitor.get(ANSWERS)
            except (OSError, HTTPException, Unexpected) as error:
                self.trouble.append(repr(error))
                return
            self.views += 2

    def _answer(self, number: int) -> None:
        page = self.visitor.post(
            f"{ANSWERS}answer/count/", {"act": "answer", "hints": "0", "q1": str(number)}, X_Fragment="exercise"
        )
        expected = "result-right" if number == RIGHT else "result-not-yet"
        if f'value="{number}"' in page.text and expected in page.text:
            self.acknowledged.append(number)
        else:
            self.trouble.append(f"{number} was answered with {page.text[:300]}")


def crowd(site: RunningSite, size: int, *, first: int = 0) -> list[Learner]:
    """So many learners of those that bench/make_learners.py makes, from the first of these on."""
    return [Learner(f"learner{number}", site.visitor()) for number in range(first, first + size)]


def studying(learners: Iterable[Learner], is_over: Callable[[], bool]) -> list[threading.Thread]:
    """All of them at once, each in a thread that has been started."""
    threads = [threading.Thread(target=learner.study, args=[is_over]) for learner in learners]
    for thread in threads:
        thread.start()
    return threads


def after(seconds: float) -> Callable[[], bool]:
    """Over when so many seconds have passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
