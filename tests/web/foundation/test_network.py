"""Asking another server: what it may answer, and what it may not do to us."""

import socket

import pytest

from polylect_web.foundation import network
from polylect_web.foundation.network import Answer, NoAnswer, ask
from polylect_web.foundation.network import Trouble as NoAnswerBecause
from web.machine.services import Trouble, libretranslate


def test_json_goes_out_and_comes_back() -> None:
    with libretranslate() as service:
        assert ask(f"{service.address}/languages").status == 200
        said = {"q": ["casa"], "source": "es", "target": "en", "format": "html"}
        assert ask(f"{service.address}/translate", said=said) == Answer(200, {"translatedText": ["asac"]})
        assert service.asked == [("/languages", None), ("/translate", said)]


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        (Trouble.SLOW, NoAnswerBecause.SLOW),
        (Trouble.DRIP, NoAnswerBecause.SLOW),
        (Trouble.CUT_OFF, NoAnswerBecause.UNREACHABLE),
        (Trouble.HUGE, NoAnswerBecause.UNREADABLE),
        (Trouble.NO_JSON, NoAnswerBecause.UNREADABLE),
        (Trouble.DEEP, NoAnswerBecause.UNREADABLE),
        (Trouble.COMPRESSED, NoAnswerBecause.UNREADABLE),
    ],
)
def test_what_is_no_answer_is_told_apart(trouble: Trouble, why: NoAnswerBecause) -> None:
    with libretranslate(trouble=trouble) as service, pytest.raises(NoAnswer) as refusal:
        ask(service.address, seconds=0.4 if why is NoAnswerBecause.SLOW else 8)
    assert refusal.value.trouble is why
    assert str(refusal.value)


def test_an_error_may_come_without_json() -> None:
    with libretranslate(trouble=Trouble.BROKEN_PAGE) as service:
        assert ask(service.address) == Answer(502, None)


def test_nobody_is_led_elsewhere() -> None:
    with libretranslate(trouble=Trouble.ELSEWHERE) as service:
        with pytest.raises(NoAnswer):
            ask(service.address)
        assert len(service.asked) == 1


def test_nobody_there_is_no_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer) as refusal:
            ask(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert refusal.value.trouble is NoAnswerBecause.UNREACHABLE


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://", "/etc/passwd", "http://[", ""]
)
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(NoAnswer):
        ask(address)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with libretranslate() as service:
        assert ask(f"{service.address}/languages").status == 200


def test_an_answer_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MOST_BYTES", 10)
    with libretranslate() as service, pytest.raises(NoAnswer):
        ask(f"{service.address}/languages")
