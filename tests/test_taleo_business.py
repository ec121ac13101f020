"""Taleo Business Edition: URL forms, lists bound to a session, both layouts of a detail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

import spiders.taleo_business
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.loader import spider_class
from crawler.memory import Remembered
from crawler.posting import Posting
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.simulator.base import Job, SimRequest, Site
from tests.simulator.taleo_business import TaleoBusiness as SimulatedTaleoBusiness

TODAY = date(2026, 8, 20)
PHF = "https://phf.tbe.taleo.net/phf03/ats/careers"
LIST = f"{PHF}/v2/searchResults?org=FERNWOOD&cws=37"
VIEW = f"{PHF}/v2/viewRequisition?org=FERNWOOD&cws=37&rid="


def spider(url: str = LIST) -> Any:
    source = Source(id="fernwood", platform="taleo_business", employer="Fernwood", url=url)
    return spider_class(source)()


def page(body: str, url: str = LIST) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


# --- recognition ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (f"{VIEW}71", f"{VIEW}71"),
        (f"{PHF}/v2/viewRequisition?rid=71&cws=37&org=fernwood&source=LinkedIn#a", f"{VIEW}71"),
        (f"{PHF}/v2/applyRequisition?org=FERNWOOD&amp;cws=37&amp;rid=71", f"{VIEW}71"),
        (f"{PHF}/requisition.jsp;jsessionid=4F.a?org=FERNWOOD&cws=37&rid=71", f"{VIEW}71"),
        (f"{PHF}/v2/viewRequisition?org=FERNWOOD&rid=71", VIEW.replace("&cws=37", "") + "71"),
    ],
)
def test_forms_of_a_posting_url(url: str, canonical: str) -> None:
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.key == ("taleo_business", "fernwood", "71")
    assert match.canonical_url == canonical


def test_neither_pod_nor_career_site_is_part_of_the_key() -> None:
    old = Recogniser().recognise(f"{VIEW}71")
    new = Recogniser().recognise(
        "https://chm.tbe.taleo.net/chm11/ats/careers/v2/viewRequisition?org=Fernwood&cws=1&rid=71"
    )
    assert old is not None
    assert new is not None
    assert old.key == new.key


@pytest.mark.parametrize(
    "path",
    [
        "v2/searchResults?org=FERNWOOD&cws=37&rowFrom=10",
        "v2/jobSearch?act=redirectCwsV2&cws=37&org=FERNWOOD",
        "jobSearch.jsp?org=FERNWOOD&cws=37",
    ],
)
def test_forms_of_a_list_url(path: str) -> None:
    match = Recogniser().recognise(f"{PHF}/{path}")
    assert match is not None
    assert match.key is None
    assert match.canonical_url == LIST


@pytest.mark.parametrize("joint", ["&", "&amp;", "\\u0026"])
def test_a_link_in_an_employers_page_is_evidence(joint: str) -> None:
    (rule,) = spiders.taleo_business.TaleoBusiness.page_rules
    link = f"{PHF}/v2/jobSearch?act=redirectCwsV2{joint}cws=37{joint}org=FERNWOOD"
    found = rule.pattern.search(f'<script>x = "{link}"; y = "?org=OTHER"</script>')
    assert found is not None
    said = {"pod": "phf", "instance": "phf03", "org": "FERNWOOD", "cws": "37"}
    assert found.groupdict() == said


# --- lists ------------------------------------------------------------------------------------

ROW = (
    '<h4 class="oracletaleocwsv2-head-title"><a class="viewJobLink" href="{href}">{title}</a></h4>'
)


def row(rid: int, title: str, *cells: str) -> str:
    head = ROW.format(href=f"{VIEW}{rid}", title=title)
    return head + "".join(f'<div tabindex="0" >{cell}</div>' for cell in cells)


def sort_by(*names: str) -> str:
    options = (f"<option value='{LIST}&sortColumn={i}'>{n}</option>" for i, n in enumerate(names))
    return f"<select>{''.join(options)}</select>"


def test_columns_are_told_apart_by_the_options_of_sort_by() -> None:
    said = spider().read_listing(
        page(
            sort_by("Title", "Dept/Branch", "Job Location", "Shift", "Posting Date", "Division")
            + row(71, "R&amp;D Lead &#40;HPC&#41;", "IT", "Port Ellery, WA", "Day", "1/2/26", "X")
            + row(72, "Head", "", "Ulm", "", "", "")
        )
    )
    first, second = said.rows
    assert first.native_id == "71"
    assert first.fields == {
        "title": "R&D Lead (HPC)",
        "url": f"{VIEW}71",
        "apply_url": f"{PHF}/v2/applyRequisition?org=FERNWOOD&cws=37&rid=71",
        "unit": "IT",
        "raw_location": ["Port Ellery, WA"],
        "raw_date_posted": "1/2/26",
    }
    assert second.fields["raw_location"] == ["Ulm"]
    assert "unit" not in second.fields


def test_columns_without_names_are_left_to_the_detail() -> None:
    (only,) = spider().read_listing(page(row(71, "Lead", "Accounting", "VA - Reston"))).rows
    assert set(only.fields) == {"title", "url", "apply_url"}


@pytest.mark.parametrize(
    ("spans", "total"), [(["17"], 17), (["1,204"], 1204), ([], None), (["17", "3"], None)]
)
def test_a_total_is_one_number(spans: list[str], total: int | None) -> None:
    numbers = "".join(f"<span class='oracletaleocwsv2-panel-number'>{n}</span>" for n in spans)
    assert spider().read_listing(page(numbers + row(71, "Lead"))).total == total


@pytest.mark.parametrize("body", ["\n", "<h1>Come Back Soon</h1>"])
def test_a_page_without_a_list_is_a_lost_session(body: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=f"{len(body)} bytes and no list"):
        spider().read_listing(page(body))


def test_a_link_without_an_id_is_named() -> None:
    with pytest.raises(UnexpectedAnswer, match="no rid in the link"):
        spider().read_listing(page(ROW.format(href="/viewRequisition?org=X", title="Lead")))


# --- details ----------------------------------------------------------------------------------

WELL = (
    "<div class='well oracletaleocwsv2-job-description'><strong> Data Steward </strong>"
    "<span class='small'> Primary Location: </span> <strong> Port Ellery &#40;WA&#41; </strong>"
    "<span class='small'> Department </span> <strong> Library </strong></div>"
)
CELL = (
    "<div class='cws-V2-reqfieldcell cws-V2-reqfieldcell-right'> {} </div>"
    "<div class='cws-V2-reqfieldcell cws-V2-reqfieldcell-left'><strong>{}</strong></div>"
)
TEXT = "<div name='cwsJobDescription' tabindex='0'><div><p>Keep data.</p></div></div>"


def test_a_detail_without_json_ld() -> None:
    cells = [
        CELL.format("Employment Type: ", "Full time"),
        CELL.format("Workplace Arrangement:", "Hybrid"),
        CELL.format("Targeted Base Salary Low:", "142,000"),
        CELL.format("Targeted Base Salary High:", "197,400"),
        CELL.format("Closing Date", "09/18/2026"),
        CELL.format("Shoe size", "44"),
    ]
    assert spider().read_detail(page(WELL + "".join(cells) + TEXT)) == {
        "title": "Data Steward",
        "raw_location": ["Port Ellery (WA)"],
        "unit": "Library",
        "raw_employment_type": "Full time",
        "raw_workplace": "Hybrid",
        "raw_salary": "142,000 - 197,400",
        "raw_valid_through": "09/18/2026",
        "description_html": "<div><p>Keep data.</p></div>",
    }


def test_json_ld_comes_before_the_page_but_names_no_employer() -> None:
    node = (
        '<script type="application/ld+json">{"@type": "JobPosting", "title": "Data Steward II", '
        '"datePosted": "Thu Jul 02 00:00:00 GMT 2026", "description": "<p>Steward data.</p>", '
        '"hiringOrganization": {"name": "Fernwood IT"}, "jobLocation": {"address": '
        '{"addressLocality": "Ulm", "addressCountry": "DE"}}}</script>'
    )
    said = spider().read_detail(page(WELL + TEXT + node))
    assert said["title"] == "Data Steward II"
    assert said["description_html"] == "<p>Steward data.</p>"
    assert said["raw_date_posted"] == "Thu Jul 02 00:00:00 GMT 2026"
    assert said["raw_location"] != ["Port Ellery (WA)"]
    assert said["unit"] == "Library"
    assert "organization" not in said
    assert "url" not in said


def test_the_second_layout_is_read_without_its_buttons() -> None:
    column = (
        "<div class='col-xs-12 col-sm-12 col-md-8'><style>p {}</style><p>Keep data.</p> Always."
        "<div class='oracletaleocwsv2-button-navigation clearfix'><a>Apply Now</a></div></div>"
    )
    said = spider().read_detail(page(WELL + column))
    assert said["description_html"] == "<p>Keep data.</p> Always."
    with pytest.raises(UnexpectedAnswer, match="neither JSON-LD nor a job description"):
        spider().read_detail(page(column))  # any page of the theme has such a column


@pytest.mark.parametrize(
    ("body", "is_closed"),
    [
        ("<title>Job Not Available</title>", True),
        ("<span class='text-danger'>This job has moved or is no longer available.</span>", True),
        (f"<title>Job Not Available</title>{WELL}{TEXT}", False),
        ("<span class='text-danger'>Sign in first.</span>", False),
        ("<p>Our canteen is no longer available.</p>", False),
        (
            "<title>Job Not Available</title><script type='application/ld+json'>"
            '{"@type": "JobPosting", "title": "Lead"}</script>',
            False,
        ),
        ("\n", False),
    ],
)
def test_only_the_sites_own_word_closes(body: str, is_closed: bool) -> None:
    assert bool(spider().closed(page(body, f"{VIEW}71"))) is is_closed


def test_a_binary_answer_closes_nothing() -> None:
    assert spider().closed(Response(f"{VIEW}71", body=b"\x00Job Not Available")) is None


# --- the walk over simulated sites ------------------------------------------------------------


def job(number: int, **changes: Any) -> Job:
    said: dict[str, Any] = {
        "title": f"Research Engineer {number} (HPC)",
        "unit": "Computing",
        "city": "Port Ellery",
        "region": "WA",
        "country": "US",
        "country_name": "United States of America",
        "employment_type": "FULL_TIME",
        "workplace": "hybrid",
        "description_html": f"<p>Task {number}.</p>",
        "posted_on": TODAY - timedelta(days=number % 40),
    }
    return Job(number=number, **{**said, **changes})


def site(count: int, **quirks: Any) -> Site:
    return Site("fernwood", "Fernwood", [job(n) for n in range(1, count + 1)], TODAY, quirks)


class Crawl:
    """A crawl of a simulated site without network: follows redirects, keeps or loses the cookie."""

    def __init__(self, site: Site, spider: Any = None, keeps_cookies: bool = True):
        self.protocol = SimulatedTaleoBusiness(site)
        entry = self.protocol.entry()
        self.spider = spider or spider_class(Source(platform="taleo_business", **entry))()
        self.keeps_cookies = keeps_cookies
        self.cookie = ""
        self.asked: list[str] = []
        self.postings: list[Posting] = []
        waiting = [self.spider.listing_request(request) for request in self.spider.listing()]
        while waiting:
            for thing in self._answered(waiting.pop(0)):
                if isinstance(thing, Request):
                    waiting.append(thing)
                else:
                    self.postings.append(thing)
        self.report = self.spider.report

    def _answered(self, request: Request) -> Iterator[Posting | Request]:
        assert request.meta["cookiejar"] == self.spider.source.id
        url = request.url
        self.asked.append(url)
        while True:
            said = self.protocol.answer(SimRequest("GET", url, {"cookie": self.cookie}))
            if said is None or said.status != 302:
                break
            url = urljoin(url, said.headers["Location"])
        if said is None:
            failure = Failure(HttpError(TextResponse(url, 404, request=request)))
            failure.request = request  # type: ignore[attr-defined]
            yield from request.errback(failure)
            return
        if self.keeps_cookies and "Set-Cookie" in said.headers:
            self.cookie = said.headers["Set-Cookie"].partition(";")[0]
        assert isinstance(said.body, str)
        response = HtmlResponse(url, body=said.body.encode(), encoding="utf-8", request=request)
        yield from request.callback(response, **request.cb_kwargs)

    @property
    def offsets(self) -> list[str]:
        lists = [url for url in self.asked if "/searchResults?" in url]
        return [url.partition("rowFrom=")[2] for url in lists]


@pytest.mark.parametrize("theme", [1, 2])
@pytest.mark.parametrize(
    ("count", "offsets"),
    [
        (0, [""]),
        (1, [""]),
        (10, [""]),
        (11, ["", "10"]),
        (30, ["", "10", "20"]),
    ],
)
def test_a_list_is_read_to_its_end_and_not_further(
    theme: int, count: int, offsets: list[str]
) -> None:
    crawl = Crawl(site(count, theme=theme))
    assert crawl.offsets == offsets
    assert crawl.report.listed == len(crawl.postings) == count
    assert crawl.report.declared_total == (count if theme == 1 else None)


@pytest.mark.parametrize("theme", [1, 2])
def test_a_lost_session_is_an_error(theme: int) -> None:
    with pytest.raises(UnexpectedAnswer, match="1 bytes and no list; a lost session"):
        Crawl(site(11, theme=theme), keeps_cookies=False)


@pytest.mark.parametrize(
    "quirks", [{}, {"no_jsonld": True}, {"no_jsonld": True, "layout": 2}, {"unsorted": True}]
)
def test_what_a_simulated_posting_says(quirks: dict[str, Any]) -> None:
    (posting,) = Crawl(site(1, columns=["Department", "ID", "Location"], **quirks)).postings
    assert posting.keys == [("taleo_business", "fernwood", "4001")]
    assert posting.url.endswith("/ats/careers/v2/viewRequisition?org=FERNWOOD&cws=37&rid=4001")
    assert posting.apply_url == posting.url.replace("viewRequisition", "applyRequisition")
    assert posting.title == "Research Engineer 1 (HPC)"
    assert (posting.organization, posting.unit) == ("Fernwood", "Computing")
    assert "Port Ellery, WA" in posting.raw_location[0]
    assert posting.raw_employment_type == "Fulltime Regular"
    assert "<p>Task 1.</p>" in (posting.description_html or "")
    assert "Apply Now" not in (posting.description_html or "")
    dated = None if "no_jsonld" in quirks else "Wed Aug 19 00:00:00 GMT 2026"
    assert posting.raw_date_posted == dated


def test_a_tenant_that_moved_is_read_where_it_is_now() -> None:
    crawl = Crawl(site(12, moved_to="phg04"))
    assert len(crawl.postings) == 12
    first, second = (url for url in crawl.asked if "/searchResults?" in url)
    assert first.startswith("https://phf.tbe.taleo.net/phf")
    assert second.startswith("https://phg.tbe.taleo.net/phg04/")
    assert {posting.url.split("/")[2] for posting in crawl.postings} == {"phg.tbe.taleo.net"}
    assert crawl.postings[0].keys == [("taleo_business", "fernwood", "4001")]


def test_an_inactive_tenant_is_not_found() -> None:
    crawl = Crawl(site(3, inactive=True))
    (failure,) = crawl.report.listing_failures
    assert failure.kind == "not_found"
    assert (crawl.report.pages, crawl.postings) == (0, [])


@pytest.mark.parametrize(
    "url",
    [
        "https://phf.tbe.taleo.net/dispatcher/servlet/INACTIVEcareers/v2/searchResults?org=F&cws=1",
        "https://www.fernwood.example/jobs",
    ],
)
def test_a_list_that_leads_elsewhere_is_not_found(url: str) -> None:
    one = spider()
    with pytest.raises(SiteGone, match="inactive or elsewhere"):
        list(one._on_listing(page("<h1>Careers</h1>", url)))


def test_a_known_posting_is_sighted_under_the_same_key_without_a_detail() -> None:
    board = site(4)
    first = Crawl(board)
    again = spider_class(Source(platform="taleo_business", **first.protocol.entry()))()
    for posting in first.postings:
        again.memory.postings[posting.native_id] = Remembered(
            posting.native_id, posting.url, posting.fingerprint, again.memory.today, is_open=True
        )
    second = Crawl(board, again)
    assert len(second.asked) == 1
    assert all(posting.sighting for posting in second.postings)
    assert [p.keys for p in second.postings] == [p.keys for p in first.postings]


@pytest.mark.parametrize("said", [True, False])
def test_a_removed_posting_says_so_or_not(said: bool) -> None:
    board = site(1)
    crawl = Crawl(board)
    board.jobs[0].removed, board.jobs[0].closed_said = True, said
    answer = crawl.protocol.answer(SimRequest("GET", crawl.postings[0].url, {}))
    assert answer is not None
    assert isinstance(answer.body, str)
    assert bool(crawl.spider.closed(page(answer.body))) is said
