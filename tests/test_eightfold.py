"""Eightfold: what its cases do not show. And Microsoft's links of the former site."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from crawler.errors import ConfigError, UnexpectedAnswer
from crawler.loader import spider_class
from crawler.posting import Key
from crawler.sources import Source
from spiders.fronts import keys_behind
from tests.simulator.eightfold import Eightfold as SimulatedEightfold
from tests.simulator.generator import employers, make_site
from tests.walking import Walk

BOARD = "https://fernwood.eightfold.ai/careers"
OLD = "https://jobs.careers.microsoft.com/global/en/job"


def spider(platform: str = "eightfold", url: str = BOARD, **params: str) -> Any:
    source = Source(id="fern", platform=platform, employer="Fernwood", url=url, params=params)
    return spider_class(source)()


def answer(said: Any, url: str = f"{BOARD}/api") -> TextResponse:
    return TextResponse(url, body=json.dumps(said).encode())


def test_the_offset_cap_is_named() -> None:
    one = spider()
    one._received = 2000
    page = one.read_listing(answer({"data": {"positions": [], "count": 2412}}))
    assert (page.rows, page.total) == ([], 2412)
    assert one.report.cut_short == "the cap of 2,000 rows: the board has 2,412"


def test_an_empty_page_before_the_cap_is_left_to_the_total() -> None:
    one = spider()
    one._received = 40
    assert one.read_listing(answer({"data": {"positions": [], "count": 412}})).total == 412
    assert one.report.cut_short is None


@pytest.mark.parametrize("frame", ["pcsx-data", "smartApplyData"])
def test_the_domain_is_read_from_the_boards_page(frame: str) -> None:
    one = spider()
    said = "{&#34;domain&#34;: &#34;fern-wood.example&#34;, &#34;configs&#34;: {}}"
    page = HtmlResponse(BOARD, body=f'<code id="{frame}">{said}</code>'.encode(), encoding="utf-8")
    (request,) = one._on_board(page)
    assert "domain=fern-wood.example&" in request.url
    assert one.params.domain == "fern-wood.example"
    with pytest.raises(UnexpectedAnswer, match="'domain'"):
        list(spider()._on_board(HtmlResponse(BOARD, body=b"<html></html>", encoding="utf-8")))


def test_an_answer_about_another_posting_is_refused() -> None:
    said = {"data": {"id": 1133911000109, "name": "Lead", "jobDescription": "<p>x</p>"}}
    where = "https://fernwood.eightfold.ai/api/pcsx/position_details?position_id=1133911000101"
    with pytest.raises(UnexpectedAnswer, match="about posting 1133911000109"):
        spider().read_detail(answer(said, where))


def test_an_address_of_a_former_site_needs_room_for_the_number() -> None:
    with pytest.raises(ConfigError, match=r"no \{\} for the employer's number"):
        spider(also_at="https://former.fernwood.example/job/1")


def test_keys_behind_a_front_end() -> None:
    board = "https://fernwood.wd5.myworkdayjobs.com/Staff/job/Ulm/Lead"
    fern = ("workday", "fernwood")
    assert keys_behind(f"{board}_R7549-1/apply", "R7549") == [
        Key(*fern, "R7549-1"), Key(*fern, "R7549"),
    ]  # fmt: skip
    assert keys_behind(f"{board}_R7549", "R7549") == [Key(*fern, "R7549")]
    # Another number is not the requisition of that system.
    assert keys_behind(f"{board}_R7549-1", "144860") == [Key(*fern, "R7549-1")]
    assert keys_behind("https://fernwood.wd5.myworkdayjobs.com/Staff", "R7549") == []
    assert keys_behind("https://apply.fernwood.example/R7549", "R7549") == []
    assert keys_behind(None) == keys_behind("") == []


# --- Microsoft: links of the former site ---------------------------------------------------------


def redirected(url: str, to: str, status: int = 200) -> HtmlResponse:
    request = Request(to, meta={"redirect_urls": [url]} if to != url else {})
    return HtmlResponse(to, status=status, body=b"<html></html>", request=request)


def microsoft() -> Any:
    return spider("microsoft_careers", "https://jobs.careers.microsoft.com/global/en/search")


def test_a_number_of_the_former_site_is_closed_where_it_leads_away() -> None:
    one, new = microsoft(), "https://apply.careers.microsoft.com/careers?query=1700001"
    asked = one.detail_request("1700001", f"{OLD}/1700001")
    assert asked.url == f"{OLD}/1700001"
    assert "this number is not known" in one.closed(redirected(f"{OLD}/1700001", new))
    assert one.closed(redirected(f"{OLD}/1700001", f"{OLD}/1700001", 404)) is not None
    assert one.closed(redirected(f"{OLD}/1700001", f"{OLD}/1700001")) is None
    assert one.closed(redirected(f"{OLD}/1700001", f"{OLD}/1700001", 503)) is None


def test_a_number_of_today_in_the_old_form_proves_nothing() -> None:
    one, new = microsoft(), "https://apply.careers.microsoft.com/careers/job/1970393500000101"
    leads_away = redirected(f"{OLD}/200045001", new)
    assert one.closed(leads_away) is None
    with pytest.raises(UnexpectedAnswer, match=r"read at apply\.careers\.microsoft\.com alone"):
        one.read_detail(leads_away)


def test_a_posting_of_today_is_asked_at_the_new_host() -> None:
    one = microsoft()
    url = "https://apply.careers.microsoft.com/careers/job/1970393500000101?domain=microsoft.com"
    asked = one.detail_request("1970393500000101", url).url
    assert asked.startswith("https://apply.careers.microsoft.com/api/pcsx/position_details?")
    match = one.match_on_known_host(url, one.params, "own")
    assert match is not None
    assert match.canonical_url == url


# --- the simulated site --------------------------------------------------------------------------


def site(count: int, **quirks: Any) -> SimulatedEightfold:
    employer = next(employers(1))
    made = make_site(employer, count, seed=1, today=date(2026, 8, 20))
    made.quirks = quirks
    return SimulatedEightfold(made)


@pytest.mark.parametrize("quirks", [{}, {"short": True}, {"older": True, "counts": 4}], ids=str)
def test_a_whole_board_is_walked_ten_rows_at_a_time(quirks: dict[str, Any]) -> None:
    walk = Walk(site(34, **quirks))
    assert walk.report.listed == len(walk.postings) == 34
    assert not walk.report.listing_failures
    assert not walk.report.cut_short
    assert all(posting.description_html for posting in walk.postings)
    assert walk.report.declared_total == (30 if quirks.get("older") else 34)


def test_what_lies_behind_the_cap_is_missed_and_said() -> None:
    walk = Walk(site(34, cap=20))
    assert walk.report.listed == 20
    assert walk.report.declared_total == 34
