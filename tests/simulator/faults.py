"""Faults that a test may switch on: what else than the right answer a site can send.

A fault meets the requests that fit all of `source`, `host` and `url` that are given (none: all).
robots.txt is left alone, unless `robots` is set; then nothing but robots.txt is met.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal
from urllib.parse import urlsplit
from zlib import crc32

from pydantic import BaseModel, ConfigDict, PrivateAttr, field_validator

from tests.simulator.base import SimResponse

HTML = "text/html; charset=utf-8"
PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


class Fault(BaseModel):
    """One fault.

    kind
        status      `status` with a small page, and Retry-After if `retry_after` is given
        answer      `text` as `content_type` with `status`, whatever it is
        html        a page where data were expected
        challenge   a bot wall: `vendor` aws (202 with its header) or cloudflare (403 with its)
        redirect    to `location`
        cut         the body ends in the middle, the transfer is complete
        truncate    the connection is closed in the middle of the body
        drop        the connection is closed without an answer
        slow        the right answer after `seconds`
        timeout     no answer, ever
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal[
        "status", "answer", "html", "challenge", "redirect",
        "cut", "truncate", "drop", "slow", "timeout",
    ]  # fmt: skip
    source: str | None = None  # a source's id
    host: str | None = None
    url: str | None = None  # a regular expression, searched in the URL
    robots: bool = False
    nth: list[int] = []  # only these of the requests that fit, counted from 1
    times: int | None = None  # only the first so many of them
    share: float = 1.0  # only this share of the URLs, always the same ones
    status: int = 503
    retry_after: str | None = None  # seconds or an HTTP date
    vendor: Literal["aws", "cloudflare"] = "aws"
    location: str = ""
    text: str = ""
    content_type: str = HTML
    seconds: float = 1.0

    _met: int = PrivateAttr(0)

    @field_validator("url")
    @classmethod
    def _url_is_a_pattern(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from None
        return value

    def meets(self, url: str, source: str | None) -> bool:
        """Does this request get the fault? Counts the requests that fit."""
        parts = urlsplit(url)
        fits = (
            self.robots == (parts.path == "/robots.txt")
            and self.source in (None, source)
            and self.host in (None, parts.hostname)
            and (self.url is None or re.search(self.url, url) is not None)
        )
        if not fits or crc32(url.encode()) / 2**32 >= self.share:
            return False
        self._met += 1
        if self.times is not None and self._met > self.times:
            return False
        return not self.nth or self._met in self.nth

    def spoil(self, response: SimResponse) -> SimResponse:
        """What is sent instead of `response`, as far as an HTTP answer can tell."""
        match self.kind:
            case "status":
                said = SimResponse(PAGE.format(f"Error {self.status}"), self.status)
            case "answer":
                headers = {"Content-Type": self.content_type}
                said = SimResponse(self.text, self.status, headers)
            case "html":
                said = SimResponse(PAGE.format("We are improving our site"))
            case "challenge" if self.vendor == "aws":
                said = SimResponse("<html></html>", 202, {"x-amzn-waf-action": "challenge"})
            case "challenge":
                said = SimResponse(PAGE.format("One moment"), 403, {"cf-mitigated": "challenge"})
            case "redirect":
                said = SimResponse("", 302, {"Location": self.location})
            case _:
                return response  # cut and worse happens to the bytes (server.py)
        if self.retry_after is not None:
            said = replace(said, headers={**said.headers, "Retry-After": self.retry_after})
        return said
