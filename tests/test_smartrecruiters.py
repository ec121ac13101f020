"""SmartRecruiters: what a total of 0 may and may not close, and links whose id the API lacks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.memory import Memory, Remembered
from crawler.sources import Source
from tests.cases import replay
from tests.simulator.base import Job, Site
from tests.simulator.smartrecruiters import SmartRecruiters as Simulated
from tests.walking import Walk

API = "https://api.smartrecruiters.com/v1/companies/OstwindLabs/postings"
JSON = 'headers = { Content-Type = "application/json" }'
ALIVE = '{"name": "Data Steward", "active": true, "jobAd": {"sections": {}}}'
SOURCE = Source(
    id="ostwind-labs",
    platform="smartrecruiters",
    employer="Ostwind Labs",
    url="https://jobs.smartrecruiters.com/OstwindLabs",
)


def exchange(path: str, text: str, status: int = 200) -> str:
    return (
        f"[[exchange]]\nrequest = 'GET {API}{path}'\nstatus = {status}\ntext = '{text}'\n{JSON}\n"
    )


def test_a_board_that_falls_to_zero_closes_what_its_details_say_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A company that is not there answers the same (ats/smartrecruiters.md section 4)."""
    monkeypatch.setenv("ROLECALL_NOW", "2026-08-20T03:00:00+00:00")
    (tmp_path / "tape.toml").write_text(
        exchange("?limit=100&offset=0", '{"offset":0,"limit":100,"totalFound":0,"content":[]}')
        + exchange("/744000090000001", '{"message":"Posting not found"}', 404)
        + exchange("/744000090000002", ALIVE),
        encoding="utf-8",
    )
    known = {
        native_id: Remembered(
            native_id,
            f"https://jobs.smartrecruiters.com/OstwindLabs/{native_id}",
            "as before",
            date(2026, 8, 19),
            is_open=True,
        )
        for native_id in ("744000090000001", "744000090000002")
    }
    cls = spider_class(SOURCE)
    counted: list[bool] = []

    def close(spider: Any, reason: str) -> None:
        counted.append(spider.listing_is_authoritative)

    monkeypatch.setattr(cls, "close", staticmethod(close))
    result = replay(cls, tmp_path, Memory(date(2026, 8, 20), known))
    assert result.verdict.outcome == "empty"
    assert {posting.native_id: posting.closed_reason for posting in result.postings} == {
        "744000090000001": "HTTP 404 for the posting",
        "744000090000002": None,
    }
    assert [p.sighting for p in result.postings if p.closed_reason is None] == [True]
    assert counted == [False], "the absences of such a run must not count"


@pytest.mark.parametrize(
    ("native_id", "asked"),
    [
        ("744000090000001", True),
        ("3743990000911246", True),
        ("83412345", True),
        ("0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d", False),  # a oneclick link's
        ("1234567890", False),  # an older oneclick link's
    ],
)
def test_only_an_id_of_the_api_is_asked_for(native_id: str, asked: bool) -> None:
    """A 404 for the id of another kind of link would close an open posting."""
    spider: Any = spider_class(SOURCE)()
    request = spider.detail_request(native_id, "https://jobs.smartrecruiters.com/x")
    assert (request is not None) == asked
    if request is not None:
        assert request.url == f"{API}/{native_id}"


def company(count: int, **quirks: Any) -> Walk:
    jobs = [
        Job(
            number=n,
            title=f"Research Engineer {n}",
            unit="Computing" if n % 2 else "",
            city="Kiel",
            region=None,
            country="DE",
            country_name="Germany",
            employment_type="FULL_TIME",
            workplace="hybrid",
            description_html=f"<p>Task {n}.</p>",
            posted_on=date(2026, 8, 1),
        )
        for n in range(1, count + 1)
    ]
    return Walk(Simulated(Site("ostwind", "Ostwind Labs", jobs, date(2026, 8, 20), quirks)))


def test_every_page_of_a_large_board_is_read() -> None:
    found = company(233)
    assert found.report.declared_total == found.report.listed == 233
    assert [url.partition("?")[2] for url in found.asked if "?" in url] == [
        "limit=100&offset=0",
        "limit=100&offset=100",
        "limit=100&offset=200",
    ]
    assert len(found.asked) == 3 + 233
    texts = {posting.native_id: posting.description_html or "" for posting in found.postings}
    # Whichever section the text stands in.
    assert all(f"<p>Task {int(n) - 744000090000000}.</p>" in texts[n] for n in texts)


def test_what_its_detail_calls_inactive_is_closed() -> None:
    found = company(3, inactive=[2])
    assert [p.native_id for p in found.postings if p.closed_reason] == ["744000090000002"]


def test_an_unknown_company_is_no_reason_to_close_anything() -> None:
    found = company(3, unknown=True)
    assert found.report.declared_total == found.report.listed == 0
    assert found.spider.listing_is_authoritative is False
    assert company(3).spider.listing_is_authoritative is True
