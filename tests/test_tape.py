"""Tapes: strict replay, and a recording that replays."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, JsonRequest, TextResponse

from crawler.errors import TapeError
from crawler.fetch.tape import Player, Recorder

URL = "https://jobs.example.org/list?b=2&a=1"


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    (tmp_path / "tape.toml").write_text(
        f"""
        [[exchange]]
        request = "POST {URL}"
        body = '{{"page": 1, "size": 20}}'
        file = "one.json"

        [[exchange]]
        request = "GET {URL}"
        status = 404
        text = "gone"
        """,
        encoding="utf-8",
    )
    (tmp_path / "one.json").write_text('{"jobs": []}', encoding="utf-8")
    return tmp_path


def test_bodies_are_compared_as_json(tape: Path) -> None:
    answer = Player(tape).answer(JsonRequest(URL, data={"size": 20, "page": 1}))
    assert isinstance(answer, TextResponse)
    assert answer.json() == {"jobs": []}


def test_another_body_is_another_request(tape: Path) -> None:
    with pytest.raises(TapeError, match="not on the tape"):
        Player(tape).answer(JsonRequest(URL, data={"size": 20, "page": 2}))


def test_an_exchange_answers_once_and_the_unused_are_named(tape: Path) -> None:
    player = Player(tape)
    assert player.answer(Request(URL)).status == 404
    assert player.unused() == [f"POST {URL}"]
    with pytest.raises(TapeError, match="not on the tape"):
        player.answer(Request(URL))


def test_robots_txt_needs_no_exchange(tape: Path) -> None:
    assert Player(tape).answer(Request("https://jobs.example.org/robots.txt")).status == 404


def test_a_recording_replays(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "tape")
    request = Request(URL, method="POST", body='{"q": "a \\"quoted\\" wörd"}')
    page = HtmlResponse(
        URL, body="<p>Grüße</p>", encoding="utf-8", status=202, headers={"X-Mark": "yes"}
    )
    recorder.record(request, page)
    recorder.record(Request("https://jobs.example.org/robots.txt"), page)
    player = Player(tmp_path / "tape")
    assert len(player.exchanges) == 1
    again = player.answer(request)
    assert (again.status, again.body, again.headers["X-Mark"]) == (202, page.body, b"yes")
