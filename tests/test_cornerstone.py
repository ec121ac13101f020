"""Cornerstone: the handshake, and whom its token is shown to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scrapy.http import HtmlResponse

from crawler.errors import UnexpectedAnswer
from spiders.cornerstone import _whole_text, read_context
from tests.nights import Nights

HOME = "https://fernwood.csod.com/ux/ats/careersite/4/home?c=fernwood"


def page(script: str, url: str = HOME) -> HtmlResponse:
    html = f"<html><body><script>{script}</script></body></html>"
    return HtmlResponse(url, body=html.encode(), encoding="utf-8")


def context(cloud: str) -> str:
    return (
        'if(!csod.context || !csod.context.token) csod.context={"corp":"fernwood","cultureID":1,'
        f'"cultureName":"en-US","endpoints":{{"cloud":"{cloud}"}},"token":"t}};"}};'
    )


def test_the_context_of_a_page() -> None:
    found = read_context(page(context("https://eu-fra.api.csod.com/")))
    assert found["token"] == "t};"  # the end of the script is not looked for, but decoded
    assert found["endpoints"]["cloud"] == "https://eu-fra.api.csod.com/"


@pytest.mark.parametrize(
    ("script", "named"),
    [
        ("var login = {};", "no csod.context"),
        ('csod.context={"corp":"fernwood", token};', "no JSON"),
        ('csod.context={"corp":"fernwood","cultureID":1};', "'token' is missing"),
        (context("https://csod.com.example.org/"), "no host of csod.com"),
        (context("http://us.api.csod.com/"), "no host of csod.com"),
        (context("https://elsewhere.example/api.csod.com/"), "no host of csod.com"),
    ],
)
def test_a_page_without_a_usable_context(script: str, named: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=named):
        read_context(page(script))


@pytest.mark.parametrize(
    ("description", "job_ad", "whole"),
    [
        ("<p>Keeps disks.</p>", "<h1>Ad</h1><p>Keeps <b>disks.</b></p>", "second"),
        ("<p>Keeps disks and tapes.</p>", "<p>Keeps disks</p>", "first"),
        ("<p>Keeps disks.</p>", "<p>In a team of five.</p>", "both"),
        ("", "<p>Keeps disks.</p>", "second"),
        ("<p>Keeps disks.</p>", None, "first"),
    ],
)
def test_two_texts_of_a_detail(description: str, job_ad: Any, whole: str) -> None:
    expected = {"first": description, "second": job_ad, "both": f"{description}\n{job_ad}"}
    assert _whole_text(description, job_ad) == expected[whole]


def test_token_and_session_open_a_board_night_after_night(tmp_path: Path) -> None:
    """The simulated site refuses details without the session cookie, the list without the token;
    both change with the day. It serves 25 rows where 100 are asked for."""
    plan = ("--platforms", "cornerstone", "--postings-per-source", "60", "--no-deadlines")
    with Nights(tmp_path, *plan) as nights:
        first = nights.night()
        assert (first["outcome"], first["listed"], first["new"]) == ("ok", 60, 60)
        assert nights.query("SELECT count(*) FROM postings WHERE requisition_id LIKE 'req2%'") == [
            (60,)
        ]
        second = nights.night()
        assert (second["outcome"], second["new"], second["changed"]) == ("ok", 0, 0)
        assert first["requests"] >= 5 * second["requests"]
        # A detail that is not found closes nothing: absence does, on the third night.
        nights.simulator.change(nights.source, remove=2, say_closed=True)
        assert [nights.night()["closed"] for _ in range(3)] == [0, 0, 2]
