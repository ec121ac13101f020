"""Taleo Enterprise's recorded pieces. Every expectation was read from the files by a person.

No untouched recording of a live section is public: the pieces are rows, arrays in their real order,
closed pages and the requests that eight sections were asked with.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders import taleo_ftl as ftl
from tests.real.conftest import crawl, response, sample, sample_files, sample_json

LIST = "taleo/openroles_small_synthetic.json"
ROWS = "taleo/rest_rows_live_examples.json"
REQUESTS = "taleo/jobseek_searchjobs_requests.json"
CLASSIC_ROW = "taleo/classic_list_row_federal_reserve_board.txt"
CLASSIC_TOKENS = "taleo/classic_list_tokens_dubaicareers.json"
DETAILS = {name: f"taleo/detail_{name}_reduced.html" for name in ("fao", "adb", "mercedes")}
CLOSED = ["taleo/detail_unavailable_fao_reduced.html", "taleo/detail_unavailable_who_reduced.html"]
USED = [LIST, ROWS, REQUESTS, CLASSIC_ROW, CLASSIC_TOKENS, *DETAILS.values(), *CLOSED]
# Files of samples/taleo that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}

SECTIONS = [
    "easyjet-taleo",
    "mercedes-benz-careers-taleo",
    "wipo-fellowships",
    "wipo-internships",
    "wipo-staff",
    "wipo-young-experts",
    "world-health-organization-careers",
    "world-health-organization-intern",
]


def spider(url: str, **params: Any) -> Any:
    source = Source(id="real", platform="taleo", employer="Real", url=url, params=params)
    return spider_class(source)()


def test_every_file_is_read_or_named() -> None:
    assert {f"taleo/{name}" for name in sample_files("taleo")} == {*USED, *SKIPPED}


# --- faceted lists ----------------------------------------------------------------------------


def test_a_whole_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = "https://quantenhof.taleo.net/careersection"
    details = [
        (f"GET {base}/1/jobdetail.ftl?job=REQ-100{n}&lang=en", "gone for tonight", 500)
        for n in (1, 2, 3)
    ]
    result = crawl(
        tmp_path,
        monkeypatch,
        "taleo",
        {"id": "quantenhof", "employer": "Quantenhof", "url": f"{base}/1/jobsearch.ftl"},
        [
            (f"GET {base}/1/jobsearch.ftl?lang=en", "<script>x = {portalNo: '77'}</script>"),
            (f"POST {base}/rest/jobboard/searchjobs?lang=en&portal=77", LIST),
            *details,
        ],
    )
    assert (result.verdict.outcome, result.report.listed) == ("ok", 3)
    assert result.report.declared_total == 3
    said = [
        (p.native_id, p.title, p.raw_location, p.raw_date_posted, p.keys[-1].key)
        for p in result.postings
    ]
    assert said == [
        (
            "REQ-1001",
            "Senior Software Engineer",
            ["London", "Remote - UK"],
            "Apr 30, 2026",
            "100001",
        ),
        (
            "REQ-1002",
            "Recruiter, Talent Acquisition",
            ["Toronto, Ontario, Canada"],
            "Apr 28, 2026",
            "100002",
        ),
        ("REQ-1003", "Truck Driver III", [], "May 1, 2026", "100003"),
    ]


def test_rows_of_live_sections() -> None:
    given = sample_json(ROWS)
    texan = given["drhorton.taleo.net section 2 portal 101430233"]
    roman = given["jobs.fao.org section fao_external"]
    answer = {"requisitionList": [texan, roman], "pagingData": given["drhorton pagingData"]}
    url = "https://drhorton.taleo.net/careersection/rest/jobboard/searchjobs"
    one = spider("https://drhorton.taleo.net/careersection/2/jobsearch.ftl")
    page = one.read_listing(response(url, json.dumps(answer)))
    assert page.total == 621
    sales, specialist = page.rows
    assert sales.native_id == "2602892"
    assert sales.fields == {
        "title": "Junior Sales Rep",
        "raw_location": ["TX-Richmond"],
        "raw_date_posted": "Jun 17, 2026",
        "url": "https://drhorton.taleo.net/careersection/2/jobdetail.ftl?job=2602892",
        "requisition_id": "2602892",
    }
    assert specialist.native_id == "2600823"
    assert specialist.fields["title"] == "National Field Specialist"
    assert specialist.fields["raw_location"] == ["Various Locations"]
    assert specialist.fields["raw_date_posted"] == "14/May/2026"
    assert specialist.fields["raw_valid_through"] == "29/May/2026, 12:59:00 AM"


def test_a_location_of_mercedes() -> None:
    tail = sample_json(ROWS)["daimler.taleo.net section ex portal 101430233 (row tail)"]
    place, day = tail["column_tail"]
    assert ftl.cell_places(place) == ["Malaysia-Selangor Darul Ehsan-Puchong"]
    assert ftl.dates([("", day)]) == {"raw_date_posted": "Jul 17, 2026"}
    stated = spider("https://daimler.taleo.net/careersection/ex/jobsearch.ftl")
    page = f"<script>x = {{queryString: '{tail['queryString']}'}}</script>"
    (request,) = stated._on_section(
        response("https://daimler.taleo.net/careersection/ex/jobsearch.ftl?lang=en", page)
    )
    assert request.url.endswith("/searchjobs?lang=en&portal=101430233")


def test_the_recorded_requests_are_all_looked_at() -> None:
    assert sorted(sample_json(REQUESTS)) == SECTIONS


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_is_asked_as_others_asked_it(name: str) -> None:
    given = sample_json(REQUESTS)[name]
    address, _, query = given["api_url"].partition("?")
    asked = given["params"] or dict(pair.split("=") for pair in query.split("&"))
    one = spider(given["board_url"], portal=asked["portal"])
    (first,) = one.listing()
    assert first.url.partition("?")[0] == given["board_url"].partition("?")[0]
    (request,) = one._on_section(response(first.url, "<title>Job Search</title>"))
    assert request.url == f"{address}?lang={asked['lang']}&portal={asked['portal']}"
    assert request.method == "POST"
    assert json.loads(request.body).items() >= {"pageNo": 1}.items()
    # What else a browser sends narrows or sorts the list; the rest must be known to the site.
    assert json.loads(request.body).keys() <= given["body"].keys()
    for header in given["request_headers"] or {}:
        assert request.headers.get(header), header
    posting = given["url_template"].replace("{contestNo}", "2600823")
    match = Recogniser().recognise(posting)
    assert match is not None
    assert match.key == ("taleo", address.split("/")[2], "2600823")
    assert match.params.section == given["board_url"].split("/")[4]  # type: ignore[attr-defined]


# --- classic lists: fragments, without the names of their slots; these names are ours ----------


def test_a_classic_row_of_the_federal_reserve_board() -> None:
    names = ["no", "title", "no", "title", "no", "contestnumber", "basiclocations", "draft"]
    names += ["a", "b", "c", "d", "postingdate", "applylabel"]
    (record,) = ftl.rows(sample(CLASSIC_ROW).strip().split("!|!"), names)
    one = spider("https://frbog.taleo.net/careersection/1/jobsearch.ftl")
    row = one._record_row(record)
    assert (row.native_id, row.fields["title"]) == ("R025807", "Auditor (OIG)")
    assert row.fields["raw_location"] == ["DC-Washington"]
    assert row.fields["raw_date_posted"] == "Aug 28, 2026"
    assert [key.key for key in row.aliases] == ["30720"]


def test_a_classic_row_of_dubai_careers() -> None:
    names = ["no", "title", "no", "title", "no", "no", "no", "contestnumber", "organization"]
    names += ["jobfield", "unpostingdate", "applylabel", "applytitle", "no", "draft"]
    given = sample_json(CLASSIC_TOKENS)
    (record,) = ftl.rows(given["second_job"], names)
    one = spider("https://jobs.dubaicareers.ae/careersection/dubaicareers/jobsearch.ftl")
    row = one._record_row(record)
    assert (row.native_id, row.fields["title"]) == ("26002999", "Information Security Specialist")
    assert row.fields["unit"] == "Dubai Electricity and Water Authority"
    assert row.fields["raw_valid_through"] == "11/09/2026"
    assert [key.key for key in row.aliases] == ["165637"]
    header = "!|!".join(given["header_tokens"])
    stream = (
        f"{header}!%24!x!%24!{'!|!'.join(given['second_job'])}!%24!listRequisition.nbElements!|!2"
    )
    assert ftl.pager_answer(stream, "") == (given["second_job"], 2)


# --- details: arrays in the tenants' own order, without names ----------------------------------


@pytest.mark.parametrize(
    ("name", "said", "start"),
    [
        (
            "fao",
            {
                "title": "Food Standards Officer",
                "requisition_id": "2600978",
                "raw_date_posted": "30/Apr/2026",
                "raw_valid_through": "22/May/2026, 11:59:00 PM",
            },
            "<p>Full FAO role description.</p>",
        ),
        (
            "adb",
            {
                "title": "Senior Social Protection Specialist",
                "requisition_id": "260497",
                "raw_date_posted": "06-May-2026, 7:56:15 AM",
                "raw_valid_through": "03-Jun-2026, 11:59:00 PM",
            },
            "<p>Full ADB role description for social protection.</p><p>You will:</p><ul>",
        ),
        (
            "mercedes",
            {
                "title": "Senior Program Manager - Data, Business Analytics, and AI",
                "requisition_id": "MER00043GZ",
            },
            '<p style="line-height:120%;">About MBRDI</p><p>Build connected vehicle platforms.',
        ),
    ],
)
def test_a_detail(name: str, said: dict[str, str], start: str) -> None:
    url = "https://jobs.example.org/careersection/ex/jobdetail.ftl?job=1&lang=en"
    page = response(url, sample(DETAILS[name]))
    one = spider("https://jobs.example.org/careersection/ex/jobsearch.ftl")
    assert one.closed(page) is None
    found = one.read_detail(page)
    text = found.pop("description_html")
    assert found == said
    assert text.startswith(start)


@pytest.mark.parametrize("file", CLOSED)
def test_a_closed_posting(file: str) -> None:
    url = "https://jobs.example.org/careersection/ex/jobdetail.ftl?job=1&lang=en"
    one = spider("https://jobs.example.org/careersection/ex/jobsearch.ftl")
    assert "unavaibleRequisitionPage" in (one.closed(response(url, sample(file))) or "")
