"""jobs.ac.uk: dates without a year, adverts with and without JSON-LD, and the capped search."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from scrapy.http import HtmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.platform import Match
from crawler.posting import Salary
from crawler.sources import Source
from crawler.yearless import first_from, latest_until
from spiders.jobs_ac_uk import JobsAcUk, Params
from tests.simulator.base import Job, Site
from tests.simulator.jobs_ac_uk import JobsAcUk as SimulatedBoard
from tests.walking import Walk

TODAY = date(2026, 8, 20)
ADVERT = "https://www.jobs.ac.uk/job/ZZQ101/research-software-engineer"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_NOW", "2026-08-20T03:00:00+00:00")


def spider(**params: Any) -> Any:
    url = "https://www.jobs.ac.uk/search/"
    source = Source(id="adverts", platform="jobs_ac_uk", employer="board", url=url, params=params)
    return spider_class(source)()


def page(body: str, url: str = ADVERT, head: str = "") -> HtmlResponse:
    text = f"<html><head>{head}</head><body>{body}</body></html>"
    return HtmlResponse(url, body=text.encode(), encoding="utf-8")


def posting_of(url: str) -> Match:
    match = JobsAcUk.match(url)
    assert match is not None
    return match


# --- dates without a year ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "latest", "first"),
    [
        ("09 Jun", date(2026, 8, 20), date(2026, 6, 9), date(2027, 6, 9)),
        ("20 Aug", date(2026, 8, 20), date(2026, 8, 20), date(2026, 8, 20)),
        ("21 Aug", date(2026, 8, 20), date(2025, 8, 21), date(2026, 8, 21)),
        ("18 Dec", date(2026, 1, 5), date(2025, 12, 18), date(2026, 12, 18)),
        ("3rd September", date(2026, 8, 20), date(2025, 9, 3), date(2026, 9, 3)),
        ("Sept. 1st", date(2026, 8, 20), date(2025, 9, 1), date(2026, 9, 1)),
        (" 29 Feb ", date(2026, 8, 20), date(2024, 2, 29), date(2028, 2, 29)),
        ("29 Feb", date(2097, 1, 1), date(2096, 2, 29), date(2104, 2, 29)),
        ("31 Jun", date(2026, 8, 20), None, None),
        ("9 Jux", date(2026, 8, 20), None, None),
        ("09 Jun 2026", date(2026, 8, 20), None, None),
        ("Today", date(2026, 8, 20), None, None),
        ("", date(2026, 8, 20), None, None),
    ],
)
def test_the_year_of_a_date_without_one(
    text: str, day: date, latest: date | None, first: date | None
) -> None:
    assert latest_until(text, day) == latest
    assert first_from(text, day) == first


# --- recognition ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (f"{ADVERT}?source=letter#apply", ADVERT),
        ("http://jobs.ac.uk/job/zzq101/", "https://www.jobs.ac.uk/job/ZZQ101"),
        ("https://www.jobs.ac.uk/enhanced/fp/ZZQ101/research-software-engineer/", ADVERT),
    ],
)
def test_one_key_whatever_the_form_of_the_url(url: str, canonical: str) -> None:
    match = posting_of(url)
    assert match.key == ("jobs_ac_uk", "jobs.ac.uk", "ZZQ101")
    assert match.canonical_url == canonical


def test_a_search_without_phrases_or_pages_is_refused() -> None:
    for params in ({"keywords": []}, {"max_pages": 0}, {"keyword": "x"}):
        with pytest.raises(ValidationError):
            Params.model_validate(params)


# --- the detail ----------------------------------------------------------------------------------

LABELS = {"Location": "Fernwood", "Hours": "Full Time", "Contract Type": "Permanent"}


@pytest.mark.parametrize(
    "row",
    [
        "<table><tr><td class='x detail-heading'>{}:</td><td>{}</td></tr></table>",
        "<table><tr><th class='j-advert-details__table-header'> {}: </th><td>{}</td></tr></table>",
        "<dl><dt>{}</dt><dd><p>{}</p></dd></dl>",
        "<p><strong>{}:</strong>{}</p>",
        "<p><strong>{}: </strong> <span>{}</span> <em>more</em></p>",
    ],
)
@pytest.mark.parametrize("closing", ["Closes", "Closing date", "Closes on", "Expires"])
def test_the_layouts_of_an_enhanced_advert(row: str, closing: str) -> None:
    labels = {**LABELS, closing: "21st August 2026", "Reference": "QH-7", "Salary": "Competitive"}
    facts = "".join(row.format(label, value) for label, value in labels.items())
    body = (
        "<div class='section'><p>Short</p></div><div class='section'><p>The longer text</p></div>"
    )
    said = spider().read_detail(page(f"<h1>Join us</h1>{facts}{body}"))
    assert said == {
        "description_html": '<div class="section"><p>The longer text</p></div>',
        "raw_location": ["Fernwood"],
        "raw_salary": "Competitive",
        "raw_employment_type": "Full Time, Permanent",
        "raw_date_posted": None,
        "raw_valid_through": "21st August 2026",
        "requisition_id": "QH-7",
    }


def test_headings_of_the_text_are_no_labels() -> None:
    body = "<p><strong>The role:</strong> lead us</p><dl><dt>Closes</dt><dd>1st May 2027</dd></dl>"
    said = spider().read_detail(page(f"<div id='enhanced-content'>{body}</div>"))
    assert said["raw_valid_through"] == "1st May 2027"
    assert said["raw_location"] == []


def test_the_title_of_an_enhanced_advert_is_its_cards_unless_there_is_none() -> None:
    advert = page("<h1>Join us</h1><dl><dt>Hours</dt><dd>Full Time</dd></dl>")
    crawl = spider()
    assert "title" not in crawl.read_detail(advert)
    crawl.only = posting_of(ADVERT)
    assert crawl.read_detail(advert)["title"] == "Join us"


def test_a_page_that_is_neither_is_reported() -> None:
    with pytest.raises(UnexpectedAnswer, match="neither a JobPosting nor labelled facts"):
        spider().read_detail(page("<h1>Something else</h1><p><strong>Note:</strong> moved</p>"))


@pytest.mark.parametrize(
    ("value", "salary"),
    [
        ('{"minValue": 41000, "maxValue": 46500, "unitText": "YEAR"}',
         Salary(min=41000, max=46500, currency="GBP", unit="YEAR")),
        ('{"minValue": 1200, "maxValue": 7999, "unitText": "YEAR"}', None),
        ('{"value": 14.2}', None),
        ('{"value": 14.2, "unitText": "HOUR"}',
         Salary(min=14.2, max=14.2, currency="GBP", unit="HOUR")),
        ('"£41,000 to £46,500"', None),
    ],
)  # fmt: skip
def test_small_amounts_are_no_annual_pay(value: str, salary: Salary | None) -> None:
    node = f'{{"@type":"JobPosting","title":"A","baseSalary":{{"currency":"GBP","value":{value}}}}}'
    said = spider().read_detail(
        page("", head=f'<script type="application/ld+json">{node}</script>')
    )
    assert said.get("salary") == salary
    assert said["raw_salary"]


def test_the_boards_own_identifier_is_not_the_employers_number() -> None:
    node = '{"@type": "JobPosting", "title": "A", "identifier": {"value": "ZZQ101"}}'
    head = f'<script type="application/ld+json">{node}</script>'
    assert spider().read_detail(page("", head=head))["requisition_id"] is None
    job_ref = "<dl><dt>Job Ref</dt><dd>OCE/26</dd></dl>"
    assert spider().read_detail(page(job_ref, head=head))["requisition_id"] == "OCE/26"


def test_closed_means_gone_or_sent_elsewhere() -> None:
    crawl = spider()
    assert crawl.closed(page("").replace(status=404)) == "HTTP 404"
    assert crawl.closed(page("").replace(status=410)) == "HTTP 410"
    assert crawl.closed(page("", "https://www.jobs.ac.uk/search/")) is not None
    assert crawl.closed(page("")) is crawl.closed(page("").replace(status=403)) is None
    assert crawl.closed(page("").replace(status=429)) is None
    assert crawl.closed(page("", "https://www.jobs.ac.uk/search/").replace(status=503)) is None
    assert crawl.closed(page("", "https://queue.example/wait")) is None


def test_the_board_is_never_the_employer() -> None:
    assert spider().posting("ZZQ101", title="A", url=ADVERT).organization == ""
    assert spider().posting("ZZQ101", url=ADVERT, organization="Atoll").organization == "Atoll"


# --- over the simulated board --------------------------------------------------------------------


def job(number: int, **changes: Any) -> Job:
    said: dict[str, Any] = {
        "title": f"Research Engineer & Steward {number}",
        "unit": "Computing",
        "city": "Fernwood",
        "region": None,
        "country": "GB",
        "country_name": "United Kingdom",
        "employment_type": ("FULL_TIME", "PART_TIME", "TEMPORARY")[number % 3],
        "workplace": "onsite",
        "description_html": f"<p>Task {number}.</p>",
        "posted_on": TODAY - timedelta(days=number % 40),
        "closes_on": TODAY + timedelta(days=30 + number % 9),
        "salary": (41000, 46500, "GBP"),
        "employer": f"University {number % 4}",
    }
    return Job(number=number, **{**said, **changes})


def board(count: int) -> SimulatedBoard:
    jobs = [job(number) for number in range(1, count + 1)]
    return SimulatedBoard(Site("adverts", "jobs.ac.uk", jobs, TODAY))


@pytest.mark.parametrize(
    ("count", "max_pages", "pages", "listed"),
    [(0, 4, 1, 0), (1, 4, 1, 1), (24, 4, 1, 24), (25, 4, 2, 25), (51, 4, 3, 51), (60, 2, 2, 50)],
)
def test_pages_are_asked_to_the_end_or_to_the_cap(
    count: int, max_pages: int, pages: int, listed: int
) -> None:
    walk = Walk(board(count), keywords=["research"], max_pages=max_pages)
    starts = [f"startIndex={1 + 25 * number}&" for number in range(pages)]
    searches = [url for url in walk.asked if "/search/" in url]
    assert len(searches) == len(starts)
    assert all(start in url for start, url in zip(starts, searches, strict=True))
    assert walk.report.listed == len(walk.postings) == listed
    assert walk.report.cut_short is None


def test_a_second_phrase_is_read_to_its_own_end() -> None:
    walk = Walk(board(30), keywords=["research software", "R&D"], max_pages=2)
    assert [url for url in walk.asked if "/search/" in url] == [
        f"https://www.jobs.ac.uk/search/?keywords={phrase}&startIndex={start}&pageSize=25&sortOrder=1"
        for start in (1, 26)
        for phrase in ("research+software", "R%26D")
    ]
    assert walk.report.listed == 30
    assert walk.report.repeated_rows == 30


def test_normal_and_enhanced_adverts_say_the_same() -> None:
    walk = Walk(board(12))
    for posting in walk.postings:
        number = int(posting.native_id[3:])
        assert posting.native_id == f"SAA{number:03}"
        assert posting.title == f"Research Engineer & Steward {number}"
        assert posting.organization == f"University {number % 4}"
        assert posting.unit == "Computing"
        assert posting.requisition_id == f"RC{number:05}"
        assert posting.raw_location == ["Fernwood"]
        assert posting.raw_salary == "£41,000 to £46,500"
        hours = ("Full Time, Permanent", "Part Time, Permanent", "Full Time, Fixed-Term/Contract")
        assert posting.raw_employment_type == hours[number % 3]
        assert f"Task {number}." in (posting.description_html or "")
        placed = TODAY - timedelta(days=number)
        in_words = f"{placed.day}(st|nd|rd|th) {placed:%B %Y}"
        assert posting.raw_date_posted is not None
        if number % 3:
            assert posting.raw_date_posted == placed.isoformat()
        else:
            assert re.fullmatch(in_words, posting.raw_date_posted)
    assert len(walk.postings) == 12


def test_absence_from_a_search_proves_nothing() -> None:
    assert spider().listing_is_authoritative is False
