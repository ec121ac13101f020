"""Lever: URL forms, rows in odd shapes, the full text, pay; and what the simulated site answers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy.http import TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.simulator.base import Job, SimRequest, Site
from tests.simulator.lever import Lever as SimulatedLever

ID = "5e6f7a8b-1c2d-4e3f-9a0b-1c2d3e4f5a6b"


def spider(url: str = "https://jobs.lever.co/fernlabs") -> Any:
    source = Source(id="fern-labs", platform="lever", employer="Fern Labs", url=url)
    return spider_class(source)()


def rows(answer: Any) -> list[Row]:
    url = "https://api.lever.co/v0/postings/fernlabs?mode=json"
    body = json.dumps(answer).encode()
    return spider().read_listing(TextResponse(url, body=body, encoding="utf-8")).rows


def fields(**said: Any) -> dict[str, Any]:
    (row,) = rows([{"id": ID, "text": "HPC Engineer", **said}])
    return row.fields


@pytest.mark.parametrize(
    ("url", "site", "region", "canonical"),
    [
        (
            f"https://jobs.lever.co/Fern.Labs/{ID}?lever-via=x&lever-origin=applied&lever-source%5B%5D=y",
            "Fern.Labs",
            "us",
            f"https://jobs.lever.co/Fern.Labs/{ID}",
        ),
        (
            f"http://jobs.eu.lever.co/quantenhof/{ID.upper()}/apply/?utm_source=board#form",
            "quantenhof",
            "eu",
            f"https://jobs.eu.lever.co/quantenhof/{ID}",
        ),
        (
            f"https://api.eu.lever.co/v0/postings/quantenhof/{ID}",
            "quantenhof",
            "eu",
            f"https://jobs.eu.lever.co/quantenhof/{ID}",
        ),
    ],
)
def test_one_posting_has_one_key_and_one_url(
    url: str, site: str, region: str, canonical: str
) -> None:
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.params.model_dump() == {"site": site, "region": region}
    assert match.key == ("lever", site.lower(), ID)
    assert match.canonical_url == canonical


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("HPC Engineer", "a posting is a str"),
        ({"text": "HPC Engineer"}, "'id' is missing"),
        ({"id": ID}, f"posting {ID}: the key 'text' is missing"),
        ({"id": ID, "text": None}, "'text' is a NoneType"),
        ({"id": ID, "text": "x", "categories": "Computing"}, "'categories' is a str"),
        ({"id": ID, "text": "x", "createdAt": {"ms": 1}}, "'createdAt' is a dict"),
        ({"id": ID, "text": "x", "lists": "<li>Slurm</li>"}, "'lists' is a str"),
        ({"id": ID, "text": "x", "lists": ["<li>Slurm</li>"]}, "'lists' is a str"),
        ({"id": ID, "text": "x", "salaryRange": [1, 2]}, "'salaryRange' is a list"),
    ],
)
def test_a_row_of_unknown_form_is_named(row: Any, complaint: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=complaint):
        rows([row])


def test_a_row_with_the_mandatory_keys_alone_is_a_posting() -> None:
    said = fields()
    assert said["title"] == "HPC Engineer"
    assert said["url"] == f"https://jobs.lever.co/fernlabs/{ID}"
    assert said["raw_location"] == []
    assert said["raw_date_posted"] is None
    assert said["salary"] is None


def test_full_text_is_description_lists_additional_and_pay() -> None:
    said = fields(
        description="<p>Run the cluster.</p>",
        lists=[
            {"text": "Skills & tools", "content": "\n<li>Slurm</li>\n<li>Go</li>"},
            {"text": "", "content": "<div><h4>Nice</h4><li>Lustre</li></div>"},
        ],
        additional="<p>No agencies.</p>",
        salaryDescription="<p>Grade 7.</p>",
    )
    assert said["description_html"].replace("\n", "") == (
        "<p>Run the cluster.</p>"
        "<h3>Skills &amp; tools</h3><ul><li>Slurm</li><li>Go</li></ul>"
        "<div><h4>Nice</h4><li>Lustre</li></div>"
        "<p>No agencies.</p><p>Grade 7.</p>"
    )


def test_plain_text_stands_in_for_missing_markup() -> None:
    said = fields(
        description="",
        descriptionPlain="Nodes < 10 & growing.\nApply soon.",
        additional="<p>No agencies.</p>",
        additionalPlain="No agencies.",
    )
    assert said["description_html"] == (
        "<p>Nodes &lt; 10 &amp; growing.<br>Apply soon.</p>\n<p>No agencies.</p>"
    )


def test_every_place_once_the_main_one_first() -> None:
    categories = {"location": "Remote", "allLocations": ["Lisbon", "Remote", "Porto"]}
    assert fields(categories=categories)["raw_location"] == ["Remote", "Lisbon", "Porto"]


@pytest.mark.parametrize(
    ("interval", "unit"),
    [
        ("per-year-salary", "YEAR"),
        ("per-hour-wage", "HOUR"),
        ("per-month-salary", "MONTH"),
        ("one-time", None),
        (None, None),
    ],
)
def test_pay_interval(interval: str | None, unit: str | None) -> None:
    pay = {"currency": "USD", "max": 140000, "min": 100000, "interval": interval}
    salary = fields(salaryRange=pay)["salary"]
    assert (salary.min, salary.max, salary.currency, salary.unit) == (1e5, 1.4e5, "USD", unit)


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ('<a href="https://jobs.lever.co/fernlabs?x=1">Jobs</a>', {"site": "fernlabs"}),
        (
            "fetch('https://api.eu.lever.co/v0/postings/quantenhof?mode=json')",
            {"region": "eu", "site": "quantenhof"},
        ),
    ],
)
def test_an_employers_page_gives_its_board_away(page: str, params: dict[str, str]) -> None:
    (rule,) = type(spider()).page_rules
    found = rule.pattern.search(page)
    assert found is not None
    assert {key: value for key, value in found.groupdict().items() if value} == params


def job(number: int, **said: Any) -> Job:
    given = {
        "title": "Research Data Engineer",
        "unit": "Computing",
        "city": "Ghent",
        "region": None,
        "country": "BE",
        "country_name": "Belgium",
        "employment_type": "FULL_TIME",
        "workplace": "hybrid",
        "description_html": "<p>Move the data.</p>",
        "posted_on": date(2026, 8, 1),
    }
    return Job(number=number, **{**given, **said})


def test_simulated_site_speaks_to_the_spider() -> None:
    jobs = [job(1), job(2, removed=True), job(3, salary=(50_000, 60_000, "EUR"))]
    site = SimulatedLever(
        Site(
            "fernlabs", "Fern Labs", jobs, date(2026, 8, 20), {"region": "eu", "confidential": [1]}
        )
    )
    board = spider(site.entry()["url"])
    (request,) = board.listing()
    assert request.url.startswith("https://api.eu.lever.co/")
    sent = SimRequest("GET", request.url, {"accept": "application/json"})
    assert site.answers_for(sent.parts)
    answer = site.answer(sent)
    assert answer is not None
    body = json.dumps(answer.body).encode()
    (row,) = board.read_listing(TextResponse(request.url, body=body, encoding="utf-8")).rows
    assert row.fields["raw_location"] == ["Ghent"]
    assert row.fields["salary"].max == 60_000
    assert row.fields["url"] == f"https://jobs.eu.lever.co/fernlabs/{row.native_id}"
    browser = site.answer(SimRequest("GET", request.url.partition("?")[0], {"accept": "text/html"}))
    assert browser is not None
    assert str(browser.body).startswith("<div")


def test_simulated_site_hides_a_confidential_posting_but_not_its_page() -> None:
    site = SimulatedLever(
        Site("fernlabs", "Fern Labs", [job(1)], date(2026, 8, 20), {"confidential": [1]})
    )
    native_id = site._id(site.site.jobs[0])
    api = site.answer(
        SimRequest("GET", f"https://api.lever.co/v0/postings/fernlabs/{native_id}", {})
    )
    page = site.answer(SimRequest("GET", f"https://jobs.lever.co/fernlabs/{native_id}", {}))
    assert api is not None
    assert (api.status, api.body) == (404, {"ok": False, "error": "Document not found"})
    assert page is not None
    assert page.status == 200
