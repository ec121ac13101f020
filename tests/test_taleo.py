"""Taleo Enterprise: URL forms and identity, the requests, rows, details, closing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
from scrapy.http import HtmlResponse, Response, TextResponse

import spiders.taleo
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.recognise import Recogniser
from crawler.sources import Source

TODAY = date(2026, 8, 20)
FERN = "https://fernwood.taleo.net/careersection"


def spider(url: str = f"{FERN}/ex/jobsearch.ftl", **params: Any) -> Any:
    source = Source(id="fernwood", platform="taleo", employer="Fernwood", url=url, params=params)
    return spider_class(source)()


# --- recognition ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "section", "key", "canonical"),
    [
        (f"{FERN}/2/jobdetail.ftl?job=97813&lang=en#.Yrm.linkedin", "2", "97813", "2/{}97813"),
        (f"{FERN}/ex/jobdetail.ftl?lang=en&amp;job=26A1F&amp;tz=GMT", "ex", "26A1F", "ex/{}26A1F"),
        (f"{FERN}/ex/jobapply.ftl?job=26255-FT_ROS", "ex", "26255-FT_ROS", "ex/{}26255-FT_ROS"),
        (f"{FERN}/fw_post+docs/jobdetail.ftl?job=71", "fw_post+docs", "71", "fw_post+docs/{}71"),
        (f"{FERN}/ex/jobdetail.ftl?job=R%2F7", "ex", "R/7", "ex/{}R%2F7"),
        (f"{FERN}/jobdetail.ftl?job=71&lang=en", None, "71", "{}71"),
        ("HTTP://FernWood.Taleo.net/careersection/Ex/JobDetail.ftl?job=71", "Ex", "71", "Ex/{}71"),
    ],
)  # fmt: skip
def test_forms_of_a_posting_url(url: str, section: str | None, key: str, canonical: str) -> None:
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.params.section == section  # type: ignore[attr-defined]
    assert match.key == ("taleo", "fernwood.taleo.net", key)
    assert match.canonical_url == f"{FERN}/" + canonical.format("jobdetail.ftl?job=")


@pytest.mark.parametrize("page", ["jobsearch", "joblist", "moresearch", "mysubmissions"])
def test_forms_of_a_section_url(page: str) -> None:
    match = Recogniser().recognise(
        f"https://careers.fernwood.example/careersection/2/{page}.ftl?lang=en"
    )
    assert match is not None
    assert (match.tenant, match.key) == ("careers.fernwood.example", None)


def test_sections_of_a_host_share_their_keys() -> None:
    staff, faculty = (
        Recogniser().recognise(f"{FERN}/{section}/jobdetail.ftl?job=26000A1F")
        for section in ("staff", "faculty")
    )
    assert staff is not None
    assert faculty is not None
    assert staff.key == faculty.key
    assert staff.canonical_url != faculty.canonical_url


def test_a_link_in_an_employers_page_is_evidence() -> None:
    (rule,) = spiders.taleo.Taleo.page_rules
    found = rule.pattern.search(f'<a href="{FERN}/fw_ext/moresearch.ftl?lang=en">Vacancies</a>')
    assert found is not None
    assert found.groupdict() == {"host": "fernwood.taleo.net", "section": "fw_ext"}


# --- requests ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "first"),
    [
        (f"{FERN}/ex/jobsearch.ftl?lang=fr&portal=5", f"{FERN}/ex/jobsearch.ftl?lang=en"),
        (f"{FERN}/ex/joblist.ftl", f"{FERN}/ex/joblist.ftl?lang=en"),
        (f"{FERN}/ex/jobdetail.ftl?job=1", f"{FERN}/ex/jobsearch.ftl?lang=en"),
    ],
)
def test_the_section_page_comes_first(url: str, first: str) -> None:
    (request,) = spider(url).listing()
    assert (request.method, request.url) == ("GET", first)


FACETED = "<script>require={config:{'fs/FacetedSearchSettings':{%s}}}</script>"
CLASSIC = (
    "<form id='ftlform'><input name='ftlpageid' value='reqListBasicPage'>"
    "<input name='ftlhistory' value='1|a b'></form>"
    "<script>x={listRequisition:{_hlid:['reqlistitem.no','reqlistitem.title']}}</script>"
)


def section(body: str, url: str = f"{FERN}/ex/jobsearch.ftl?lang=en", **params: Any) -> Any:
    """The spider, and what it asks after this section page."""
    one = spider(**params)
    said = one._on_section(HtmlResponse(url, body=body.encode(), encoding="utf-8"))
    return one, list(said)


@pytest.mark.parametrize(
    "stated", ["portalNo: '4711'", 'portalNo:"4711"', "queryString: 'lang=en&portal=4711'"]
)
def test_the_portal_number_comes_from_the_page(stated: str) -> None:
    one, (request,) = section(FACETED % stated)
    assert request.url == f"{FERN}/rest/jobboard/searchjobs?lang=en&portal=4711"
    assert json.loads(request.body) == {"multilineEnabled": True, "pageNo": 1}
    sent = request.headers
    assert sent["Content-Type"] == b"application/json"
    assert (sent["tz"], sent["tzname"]) == (b"GMT+00:00", b"UTC")
    assert sent["Referer"] == f"{FERN}/ex/jobsearch.ftl".encode()
    assert request.meta["cookiejar"] == one.source.id


def test_a_stated_portal_and_language_win() -> None:
    _, (request,) = section(FACETED % "portalNo: '4711'", portal="12", lang="fr")
    assert request.url.endswith("?lang=fr&portal=12")


def test_the_pager_is_asked_as_the_page_asks_it() -> None:
    # The site may answer the search with another page of the same section.
    _, (request,) = section(CLASSIC, f"{FERN}/ex/moresearch.ftl?lang=en")
    assert (request.method, request.url) == ("POST", f"{FERN}/ex/moresearch.ajax")
    assert b"+" not in request.body
    assert b"ftlhistory=1%7Ca%20b" in request.body
    form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
    assert form["ftlpageid"] == "reqListBasicPage"
    assert form["rlPager.currentPage"] == "1"
    assert form["listRequisition.size"] == form["dropListSize"] == "100"
    assert request.headers["Content-Type"] == b"application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("url", "body", "reason"),
    [
        (f"{FERN}/ex/mysubmissions.ftl", CLASSIC, "redirects to another page"),
        ("https://www.fernwood.example/careers", "<h1>Careers</h1>", "redirects to another page"),
        (
            f"{FERN}/ex/jobsearch.ftl",
            "<title> Career Section Unavailable </title>",
            "Career Section Unavailable",
        ),
        (f"{FERN}/ex/jobsearch.ftl", "<p>This site is no longer active.</p>", "no longer active"),
    ],
)
def test_a_section_that_is_gone_is_not_found(url: str, body: str, reason: str) -> None:
    with pytest.raises(SiteGone, match=reason):
        section(body, url)


def test_a_page_of_neither_generation_is_an_error() -> None:
    with pytest.raises(UnexpectedAnswer, match="neither `portalNo` nor a list"):
        section("<title>Job Search</title>")


# --- rows -------------------------------------------------------------------------------------


def faceted(*items: dict[str, Any], **envelope: Any) -> list[Row]:
    answer = {
        "requisitionList": list(items),
        "pagingData": {"currentPageNo": 1, "pageSize": 25, "totalCount": len(items)},
        "careerSectionUnAvailable": False,
        **envelope,
    }
    body = json.dumps(answer).encode()
    url = f"{FERN}/rest/jobboard/searchjobs?lang=en&portal=4711"
    return spider().read_listing(TextResponse(url, body=body, encoding="utf-8")).rows


def item(**changes: Any) -> dict[str, Any]:
    return {
        "jobId": "264858",
        "contestNo": "26000A1F",
        "column": ["Data &amp; Research Lead", '["US-TX-Port Ellery"]', "Jun 17, 2026"],
        "linkedColumn": 0,
        "locationsColumns": [1],
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"column": None}, "'column'"),
        ({"linkedColumn": 3}, "no columns 3"),
        ({"locationsColumns": [7]}, r"\[7\] among 3"),
        ({"jobId": None, "contestNo": ""}, "neither contest number nor jobId"),
    ],
)
def test_a_row_of_another_form_is_named(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=fault):
        faceted(item(**changes))


@pytest.mark.parametrize(
    ("envelope", "fault"),
    [
        ({"pagingData": None}, "'pagingData'"),
        ({"requisitionList": None}, "'requisitionList'"),
        ({"careerSectionUnAvailable": True}, "careerSectionUnAvailable"),
    ],
)
def test_an_answer_of_another_form_is_named(envelope: dict[str, Any], fault: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=fault):
        faceted(item(), **envelope)


@pytest.mark.parametrize(
    ("job_id", "contest", "aliases"),
    [
        ("264858", "26000A1F", ["264858"]),
        ("264858", "26-7", ["264858"]),
        ("264858", "26005919", ["264858"]),
        # Both count up: 97813 may be the jobId of one posting and the contest number of another.
        ("97813", "18711", []),
        ("3490611", "2600823", []),
        ("264858", "", ["264858"]),
    ],
)
def test_a_job_id_is_an_alias_where_it_is_no_contest_number(
    job_id: str, contest: str, aliases: list[str]
) -> None:
    (row,) = faceted(item(jobId=job_id, contestNo=contest))
    assert row.native_id == (contest or job_id)
    assert [key.key for key in row.aliases] == aliases
    assert row.fields["url"] == f"{FERN}/ex/jobdetail.ftl?job={contest or job_id}"


# --- details ----------------------------------------------------------------------------------


def detail(values: list[str], names: list[str] | None = None, history: str = "") -> dict[str, Any]:
    listed = ",".join(f"'{value}'" for value in values)
    slots = ",".join(f"'reqlistitem.{name}'" for name in names or [])
    body = (
        f"<input name='initialHistory' value='{history}'>"
        f"<script>x={{descRequisition:{{_size:1,_hlid:[{slots}]}}}};"
        f"api.fillList('requisitionDescriptionInterface', 'descRequisition', [{listed}]);</script>"
    )
    url = f"{FERN}/ex/jobdetail.ftl?job=26000A1F&lang=en"
    return spider().read_detail(HtmlResponse(url, body=body.encode(), encoding="utf-8"))


def test_a_detail_is_read_by_the_names_of_its_slots_in_any_order() -> None:
    names = ["qualification", "no", "title", "description", "description", "title", "G7001"]
    text, more = "!*!%3Cp%3EText%3C/p%3E", "!*!%3Cb%3EExtra%3C/b%3E"
    values = ["PhD <or> equal", "7", "Lead%3A HPC", text, text, "Lead%3A HPC", more]
    said = detail(values, names)
    assert said["title"] == "Lead: HPC"
    assert said["description_html"] == "PhD &lt;or&gt; equal\n<p>Text</p>\n<b>Extra</b>"


def test_a_detail_without_names_is_read_by_content() -> None:
    submission = "Submission for the position: Lead: HPC - (Job Number: 26000A1F)"
    days = ["30/Apr/2026", "30/Apr/2026", "Ongoing", "22/May/2026, 11:59:00 PM"]
    texts = ["!*!%3Cp%3EText%3C/p%3E", "!*!%3Cp%3EText%3C/p%3E", "!*!%3Cp%3EAsk%3C/p%3E"]
    values = ["7", "true", submission, "Lead", *days, "P-4", *texts]
    assert detail(values, ["no", "title"]) == {
        "title": "Lead: HPC",
        "requisition_id": "26000A1F",
        "description_html": "<p>Text</p>\n<p>Ask</p>",
        "raw_date_posted": "30/Apr/2026",
        "raw_valid_through": "22/May/2026, 11:59:00 PM",
    }


def test_a_detail_may_be_filled_from_its_history_alone() -> None:
    history = "ftlx0!%24!descRequisition!%24!7!|!Lead!|!!*!%3Cp%3EText!%24!a!|!b"
    said = detail([], ["no", "title", "description"], history)
    assert (said["title"], said["description_html"]) == ("Lead", "<p>Text")


@pytest.mark.parametrize("history", ["", "ftlx0!%24!descRequisition!%24!!%24!a"])
def test_an_empty_detail_is_an_error_and_no_closing(history: str) -> None:
    with pytest.raises(UnexpectedAnswer, match="`descRequisition` has no values"):
        detail([], ["no"], history)


# --- closing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "is_closed"),
    [
        ("<form id=ftlform action=unavailablerequisition.ftl></form>", True),
        ("<form id=ftlform action=/careersection/ex/unavailablerequisition.ftl?x=1></form>", True),
        ("<form id=ftlform><input name=ftlpageid value=unavaibleRequisitionPage></form>", True),
        (
            "<form id=ftlform action=jobdetail.ftl><input name=ftlpageid "
            "value=requisitionDescriptionPage></form><script>_acts:[['unavaibleRequisitionPage',"
            "'unavailablerequisition']]; 'is no longer available'</script>",
            False,
        ),
        ("<form id=other><input name=ftlpageid value=unavaibleRequisitionPage></form>", False),
        ("<title>Career Section Unavailable</title>", False),
        ("<h1>404</h1>", False),
        ("", False),
    ],
)
def test_only_the_form_says_closed(body: str, is_closed: bool) -> None:
    response = HtmlResponse(f"{FERN}/ex/jobdetail.ftl?job=1", body=body.encode(), encoding="utf-8")
    assert bool(spider().closed(response)) is is_closed


def test_a_binary_answer_closes_nothing() -> None:
    assert spider().closed(Response(f"{FERN}/x", body=b"\x00unavaibleRequisitionPage")) is None


def test_a_section_may_say_how_it_writes_dates() -> None:
    assert spider().day_first is None
    assert spider(day_first=True).day_first is True
