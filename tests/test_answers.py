"""Answers read with care: what has no known form is refused, with what it lacks."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, Response, TextResponse

from crawler.answers import object_if_any, text_of
from crawler.errors import UnexpectedAnswer

URL = "https://jobs.fernwood.example/"


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>x</body></HTML>\n",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><body></body></html><!-- 3 ms -->",
        b"<div>a part of a page has no end</div>",
        b"<urlset></urlset>",
        b"",
    ],
)
def test_a_whole_answer_is_taken(body: bytes) -> None:
    response = HtmlResponse(URL, body=body, encoding="utf-8")
    assert text_of(response) is response


@pytest.mark.parametrize("start", [b"<html>", b"<!doctype html>\n<html>", b"\n <HTML lang=en>"])
def test_half_a_page_is_refused(start: bytes) -> None:
    response = HtmlResponse(URL, body=start + b"<body><ul><li>x", encoding="utf-8")
    with pytest.raises(UnexpectedAnswer, match="ends in the middle"):
        text_of(response)


def test_a_binary_answer_is_refused() -> None:
    response = Response(URL, body=b"\x89PNG", headers={"Content-Type": "image/png"})
    with pytest.raises(UnexpectedAnswer, match="image/png"):
        text_of(response)


@pytest.mark.parametrize(
    ("body", "found"), [(b'{"a": 1}', {"a": 1}), (b"[1]", {}), (b"<html>", {}), (b"", {})]
)
def test_an_object_or_nothing(body: bytes, found: dict[str, int]) -> None:
    assert object_if_any(TextResponse(URL, body=body, encoding="utf-8")) == found
    assert object_if_any(Response(URL, body=body)) == {}
