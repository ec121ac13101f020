"""Jobvite: the walk over simulated boards with the quirks of real ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from scrapy.http import HtmlResponse

from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.loader import spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.simulator.base import Job, Site
from tests.simulator.jobvite import Jobvite
from tests.walking import Walk

TODAY = date(2026, 8, 20)


def job(number: int, **changes: Any) -> Job:
    said: dict[str, Any] = {
        "title": f"Research Engineer {number}",
        "unit": "Computing",
        "city": "Halifax",
        "region": "Nova Scotia",
        "country": "CA",
        "country_name": "Canada",
        "employment_type": "FULL_TIME",
        "workplace": "onsite",
        "description_html": f"<p>Task {number}.</p>",
        "posted_on": TODAY - timedelta(days=number % 40),
    }
    return Job(number=number, **{**said, **changes})


def walk(count: int, **quirks: Any) -> Walk:
    jobs = [job(n) for n in range(1, count + 1)]
    return Walk(Jobvite(Site("heronsgate", "Heronsgate", jobs, TODAY, quirks)))


@pytest.mark.parametrize("quirks", [{}, {"table": True}, {"no_jsonld": True}, {"branded": True}])
def test_every_posting_of_every_page_is_read(quirks: dict[str, Any]) -> None:
    found = walk(120, **quirks)
    assert found.report.declared_total == found.report.listed == 120
    assert found.report.pages == 3
    assert found.report.cut_short is None
    first = found.postings[0]
    assert {posting.native_id for posting in found.postings} == {
        f"oSim{n:04d}" for n in range(1, 121)
    }
    assert first.unit == "Computing"
    assert first.raw_location == ["Halifax, Nova Scotia"]
    assert "Task" in (first.description_html or "")
    assert bool(first.raw_date_posted) == ("no_jsonld" not in quirks)


def test_a_board_of_one_page_states_no_total() -> None:
    found = walk(50)
    assert (found.report.declared_total, found.report.listed, found.report.pages) == (None, 50, 1)


def test_an_empty_board_says_so() -> None:
    found = walk(0)
    assert (found.report.listed, found.report.pages) == (0, 1)


def test_an_unknown_company_is_gone() -> None:
    with pytest.raises(SiteGone, match="knows no company 'heronsgate'"):
        walk(3, unknown=True)


def test_a_board_on_the_employers_own_domain_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.jobvite.FRAME", "nl=0")
    with pytest.raises(UnexpectedAnswer, match=r"heronsgate\.example"):
        walk(3, branded=True)


def test_the_older_form_has_an_alias_as_its_key() -> None:
    """Where the entry, or the board's page, knows the company's other id."""
    said = {"company": "heronsgate", "company_id": "q7XaHfwI"}
    url = "https://jobs.jobvite.com/heronsgate"
    source = Source(id="h", platform="jobvite", employer="H", url=url, params=said)
    spider: Any = spider_class(source)()
    page = '<html><ul><li><a href="/heronsgate/job/oAaa1hgA">Lead</a></li></ul></html>'
    answer = HtmlResponse(f"{url}/search/?p=0&nl=1&fr=true", body=page.encode(), encoding="utf-8")
    (row,) = spider.read_listing(answer).rows
    page = "http://app.jobvite.com/CompanyJobs/Job.aspx?c=q7XaHfwI&j=oAaa1hgA"
    older = Recogniser().recognise(page)
    assert older is not None
    assert older.key in spider.posting(row.native_id, aliases=row.aliases, **row.fields).keys
