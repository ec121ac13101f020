"""PeopleSoft: lists bound to a session, what is shown instead of a dead posting, odd pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from scrapy.http import HtmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.memory import Memory, Remembered
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders import peoplesoft_pages as pages
from tests.simulator.base import Job, Site
from tests.simulator.peoplesoft import FEW_COLUMNS, opening
from tests.simulator.peoplesoft import PeopleSoft as SimulatedPeopleSoft
from tests.walking import Walk

TODAY = date(2026, 8, 20)
BASE = "https://hr.fernwood.example/psc/hrprd/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL"
SEARCH = f"{BASE}?Page=HRS_APP_SCHJOB_FL&Action=U&FOCUS=Applicant&SiteId=1"
POSTING = (
    f"{BASE}?Page=HRS_APP_JBPST_FL&Action=U&FOCUS=Applicant&SiteId=1"
    "&JobOpeningId={}&PostingSeq={}"
)


def job(number: int, **fields: Any) -> Job:
    usual: dict[str, Any] = {
        "title": f"Research Engineer {number}",
        "unit": "Computing",
        "city": "Port Ellery",
        "region": "WA",
        "country": "US",
        "country_name": "United States",
        "employment_type": "FULL_TIME",
        "workplace": "onsite",
        "description_html": f"<p>Work {number}.</p>",
        "posted_on": date(2026, 8, 1),
    }
    return Job(number=number, **{**usual, **fields})


def board(count: int = 120, **quirks: Any) -> SimulatedPeopleSoft:
    site = Site("fernwood", "Fernwood University", [job(n) for n in range(1, count + 1)], TODAY)
    site.quirks = {"no_cookies": True, **quirks}
    return SimulatedPeopleSoft(site)


def spider() -> Any:
    entry = Source(id="fernwood", platform="peoplesoft", employer="Fernwood", url=SEARCH)
    return spider_class(entry)()


def page(body: str, url: str = SEARCH) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


# --- listing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("quirks", [{}, {"splash": True}, {"xml": True}, {"columns": FEW_COLUMNS}])
def test_every_posting_is_listed_and_read(quirks: dict[str, Any]) -> None:
    walk = Walk(board(**quirks))
    assert len(walk.postings) == walk.report.listed == walk.report.declared_total == 120
    assert len({posting.native_id for posting in walk.postings}) == 120
    assert {posting.raw_date_posted for posting in walk.postings} == {"08/01/2026"}
    assert all("<p>Work" in (posting.description_html or "") for posting in walk.postings)
    posts = [url for url in walk.asked if url == walk.protocol.base]  # type: ignore[attr-defined]
    assert len(posts) == 2 + ("splash" in quirks)


def test_a_lost_session_is_begun_again_once() -> None:
    walk = Walk(board(loses=True))
    assert walk.report.listed == 120
    assert walk.report.cut_short is None
    searches = [url for url in walk.asked if url.endswith("SiteId=1")]
    assert len(searches) == 2


def test_what_a_visitor_is_not_shown_makes_the_run_partial() -> None:
    walk = Walk(board(shown=60))
    assert (walk.report.listed, walk.report.declared_total) == (60, 120)
    assert walk.report.cut_short == "the site shows the first 60 postings, of 120"


def test_exactly_a_hundred_postings_are_taken_for_a_cap() -> None:
    assert "the first 100" in str(Walk(board(100)).report.cut_short)
    assert Walk(board(101)).report.cut_short is None


def test_two_postings_of_one_opening_are_one_and_not_missed() -> None:
    made = board(2)
    made.site.jobs.append(job(2, title="Research Engineer 2 (internal)"))
    walk = Walk(made)
    assert (walk.report.listed, walk.report.declared_total) == (2, 3)
    assert walk.report.skipped_rows == {"another posting of a job opening": 1}


def test_words_of_the_page_frame_say_nothing_of_the_list() -> None:
    hidden = "<div class='psc_hidden'>No results to display</div>"
    with pytest.raises(UnexpectedAnswer, match="SCH_JOB_TITLE"):
        spider().read_listing(page(f"<form name='win0'>{hidden}</form>"))
    nothing = page("<form name='win0'>There are no job openings available.</form>")
    assert spider().read_listing(nothing).rows == []


@pytest.mark.parametrize(
    ("cells", "lost"),
    [
        ("<span id='SCH_JOB_TITLE$0'>Engineer</span>", "HRS_JOB_OPENING_ID"),
        ("<span id='HRS_JOB_OPENING_ID$0'>71</span>", "SCH_JOB_TITLE"),
        (
            "<span id='SCH_JOB_TITLE$0'> &nbsp;</span><span id='HRS_JOB_OPENING_ID$0'>71</span>",
            "SCH_JOB_TITLE",
        ),
    ],
)
def test_a_row_without_title_or_id_is_unexpected(cells: str, lost: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=lost):
        spider().read_listing(page(f"<form name='win0'>{cells}</form>"))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("<b>1,918</b> jobs found. Only the first <b>500</b> jobs can be displayed.", (1918, 500)),
        ("<b>12</b> jobs found.", (12, None)),
        ("<b>0</b> jobs found.", (0, None)),
        ("", (None, None)),
    ],
)
def test_counts_of_a_banner(said: str, found: tuple[int | None, int | None]) -> None:
    banner = f"<div id='win0divHRS_SCH_WRK_FLU_HRS_SES_CNTS_MSG$70$'>{said}</div>"
    assert pages.counts(page(banner).selector) == found


@pytest.mark.parametrize("said", ["3 rows", "1-2 of 3", "1-3 von 3"])
def test_counts_of_a_grid(said: str) -> None:
    counter = f"<span id='win0divHRS_AGNT_RSLT_Irowcnt$0'><span>{said}</span></span>"
    assert pages.counts(page(counter).selector) == (3, None)


# --- detail -----------------------------------------------------------------------------------


def test_a_dead_link_closes_where_links_have_led_somewhere() -> None:
    made = board(3)
    gone = made.site.jobs[1]
    gone.removed = gone.closed_said = True
    known = Remembered(opening(gone), POSTING.format(opening(gone), 1), "x", TODAY, True)
    walk = Walk(made, Memory(TODAY, {known.native_id: known}))
    request = walk.spider.detail_request(known.native_id, known.url)
    first = request.replace(callback=walk.spider._on_recheck, cb_kwargs={"known": known})
    (second,) = walk.answered(first)
    assert second.url.endswith(f"JobOpeningId={opening(gone)}&PostingSeq=2")
    (closed,) = walk.answered(second)
    assert closed.native_id == opening(gone)
    assert closed.closed_reason == f"the page shows the search, not job {opening(gone)}"


def test_a_site_that_ignores_links_closes_nothing() -> None:
    made = board(2, no_links=True)
    walk = Walk(made)
    assert [posting.closed_reason for posting in walk.postings] == [None, None]
    assert [posting.detail_read for posting in walk.postings] == [False, False]
    known = Remembered("300009", POSTING.format("300009", 1), "x", None, True)
    request = walk.spider.detail_request(known.native_id, known.url)
    first = request.replace(callback=walk.spider._on_recheck, cb_kwargs={"known": known})
    (second,) = walk.answered(first)
    assert list(walk.answered(second)) == []


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        ("<span id='HRS_SCH_WRK2_HRS_JOB_OPENING_ID'>71</span>", None),
        ("<span id='HRS_SCH_WRK2_HRS_JOB_OPENING_ID'>72</span>", "job 72"),
        ("<span id='HRS_SCH_WRK2_HRS_JOB_OPENING_ID'>&nbsp;</span>", "an empty posting"),
        ("<input id='HRS_SCH_WRK_HRS_SCH_TEXT100'>", "the search"),
        ("<h1>Something new</h1>", None),
    ],
)
def test_what_a_page_is_instead_of_a_posting(body: str, evidence: str | None) -> None:
    within = page(f"<form name='win0'>{body}</form>").selector
    assert pages.shown_instead_of("71", within) == evidence
    # Without the form it is a login, maintenance or a firewall: nothing is closed by those.
    assert pages.shown_instead_of("71", page(f"<div>{body}</div>").selector) is None


def test_names_of_fields_inside_a_text_are_no_fields() -> None:
    """Texts pasted from an older site bring its ids along."""
    said = pages.detail(
        page(
            "<span id='HRS_SCH_WRK2_HRS_JOB_OPENING_ID'>71</span>"
            "<div id=HRS_SCH_PSTDSC_DESCRLONG$0 ><b id='HRS_JO_WRK_POSTING_TITLE$0'>About</b></div>"
            "<span id='HRS_SCH_WRK2_POSTING_TITLE'>Data Steward</span>"
        ).selector,
        SEARCH,
    )
    assert said["title"] == "Data Steward"
    assert said["description_html"] == '<b id="HRS_JO_WRK_POSTING_TITLE$0">About</b>'


def test_a_classic_detail() -> None:
    said = pages.detail(
        page(
            "<span id='HRS_JO_WRK_POSTING_TITLE$0'>Cluster Engineer</span>"
            "<span id='HRS_JO_WRK_HRS_JOB_OPENING_ID$0'>53625</span>"
            "<span id='HRS_CE_WRK2_HRS_CE_JO_LCTNS$0'>Halden, NJ; Remote</span>"
            "<span id='HRS_CE_WRK2_HRS_REG_TEMP$0'>Regular</span>"
            "<span id='HRS_JO_PDSC_VW_DESCR$0'>Duties</span>"
            "<div id='HRS_JO_PDSC_VW_DESCRLONG$0'><p>Run it.</p></div>"
        ).selector,
        SEARCH,
    )
    assert said["title"] == "Cluster Engineer"
    assert said["requisition_id"] == "53625"
    assert said["raw_location"] == ["Halden, NJ", "Remote"]
    assert said["raw_employment_type"] == "Regular"
    assert said["description_html"] == "<h3>Duties</h3>\n<p>Run it.</p>"


# --- identity ---------------------------------------------------------------------------------


def test_a_posting_of_another_institution_on_the_same_board_keeps_its_site() -> None:
    url = POSTING.format("71", 1).replace("SiteId=1", "SiteId=03000")
    assert spider().detail_request("71", url).url == url


def test_the_front_of_an_employer_leads_to_its_posting() -> None:
    front = "https://hr.fernwood.example/jobs/ext/71"
    assert spider().detail_request("71", front).url == POSTING.format("71", 1)


def test_a_psp_link_and_its_psc_form_are_one_posting() -> None:
    told = POSTING.format("71", 1)
    for url in (told, told.replace("/psc/", "/psp/"), told.replace(".GBL", "")):
        match = Recogniser().recognise(url)
        assert match is not None
        assert match.key == ("peoplesoft", "hr.fernwood.example/hrprd", "71")
        assert match.canonical_url == told


def test_the_order_of_day_and_month_is_the_entrys() -> None:
    entry = Source(
        id="fernwood",
        platform="peoplesoft",
        employer="Fernwood",
        url=SEARCH,
        params={"day_first": True},
    )
    assert spider_class(entry)().day_first is True
    assert spider().day_first is False
