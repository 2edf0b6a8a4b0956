"""Places are given out in the order of asking, and none is lost."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from polylect_sandbox.places import Places


def test_there_are_as_many_places_as_were_said() -> None:
    places = Places(2)
    assert places.take(0)
    assert places.take(0)
    assert not places.take(0.01)
    places.give_back()
    assert places.take(0)
    assert not places.take(0)


def test_who_asked_first_is_first() -> None:
    places = Places(1)
    assert places.take(0)
    order: list[int] = []

    def ask(name: int) -> None:
        assert places.take(10)
        order.append(name)
        places.give_back()

    asking = [threading.Thread(target=ask, args=(name,)) for name in range(5)]
    for count, thread in enumerate(asking, start=1):
        thread.start()
        while len(places._waiting) < count:
            time.sleep(0.001)
    places.give_back()
    assert places.take(10)  # behind all of them, though it asks where a place was just given back
    assert order == [0, 1, 2, 3, 4]
    for thread in asking:
        thread.join()


def test_no_place_is_lost_between_waiting_and_giving_up() -> None:
    places = Places(3)
    running = []

    def work(number: int) -> None:
        if places.take(0.001 * (number % 3)):
            running.append(1)
            assert len(running) <= 3
            running.pop()
            places.give_back()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(3000)))
    assert [places.take(0) for _ in range(4)] == [True, True, True, False]
