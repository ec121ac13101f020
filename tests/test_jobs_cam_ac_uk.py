"""jobs.cam.ac.uk: converted XML in its odd forms, and what the simulated site answers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy.http import TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.sources import Source
from tests.simulator.base import Job, SimRequest, Site
from tests.simulator.jobs_cam_ac_uk import JobsCamAcUk as SimulatedBoard

BOARD = "https://www.jobs.cam.ac.uk/job/"


def spider() -> Any:
    source = Source(
        id="the-university",
        platform="jobs_cam_ac_uk",
        employer="University of Fernbridge",
        url=BOARD,
    )
    return spider_class(source)()


def rows(answer: Any) -> list[Row]:
    url = f"{BOARD}?format=json"
    body = json.dumps(answer).encode()
    return spider().read_listing(TextResponse(url, body=body, encoding="utf-8")).rows


def fields(**said: Any) -> dict[str, Any]:
    (row,) = rows({"list": {"jobs": {"job": {"id": "7", "title": "Data Steward", **said}}}})
    return row.fields


@pytest.mark.parametrize("jobs", ["", [], {}, None, {"job": []}, {"job": ""}, {"job": {}}])
def test_no_posting_in_every_form_of_an_empty_element(jobs: Any) -> None:
    assert rows({"list": {"jobs": jobs}}) == []


@pytest.mark.parametrize(
    "jobs", [{"job": {"id": 7, "title": "x"}}, {"job": [{"id": "7"}]}, [{"id": "7"}]]
)
def test_one_posting_as_object_or_in_a_list(jobs: Any) -> None:
    assert [row.native_id for row in rows({"list": {"jobs": jobs}})] == ["7"]


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ({"jobs": {"job": []}}, "'list' is missing"),
        ({"list": []}, "'list' is a list"),
        ({"list": {"job": []}}, "'jobs' is missing"),
        ({"list": {"jobs": {"vacancy": []}}}, "'job' is missing"),
        ({"list": {"jobs": "none"}}, "'job' holds something else"),
        ({"list": {"jobs": {"job": ["7"]}}}, "'job' holds something else"),
        ({"list": {"jobs": {"job": {"title": "x"}}}}, "'id' is missing"),
        ({"list": {"jobs": {"job": {"id": "7", "dates": "soon"}}}}, "posting 7: the key 'dates'"),
        ({"list": {"jobs": {"job": {"id": "7", "unit": {"name": "x"}}}}}, "'unit' is no text"),
    ],
)
def test_an_unknown_form_is_named(answer: Any, complaint: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=complaint):
        rows(answer)


def test_html_is_preferred_and_text_stands_in() -> None:
    both = fields(advert={"html": "<p>Look after the data.</p>", "text": "Look after the data."})
    assert both["description_html"] == "<p>Look after the data.</p>"
    assert both["description_text"] is None
    plain = fields(advert={"html": "", "text": "Look after the data."})
    assert plain["description_html"] is None
    assert plain["description_text"] == "Look after the data."


@pytest.mark.parametrize(
    ("country", "places"), [("United Kingdom", ["Cambridge"]), (None, ["Cambridge"]), ("Kenya", [])]
)
def test_the_town_is_known_at_home_only(country: str | None, places: list[str]) -> None:
    assert fields(country=country)["raw_location"] == places


@pytest.mark.parametrize("open_jobs", [0, 1, 3])
@pytest.mark.parametrize("bare", [False, True])
def test_simulated_site_speaks_to_the_spider(open_jobs: int, bare: bool) -> None:
    jobs = [
        Job(
            number=number,
            title=f"Research Software Engineer {number}",
            unit="Institute of Tidal Computing",
            city="Cambridge",
            region=None,
            country="GB",
            country_name="United Kingdom",
            employment_type="FULL_TIME",
            workplace="onsite",
            description_html="<p>Build the tide models.</p>",
            posted_on=date(2026, 8, 3),
            closes_on=date(2026, 9, 1),
            removed=number >= open_jobs,
        )
        for number in range(4)
    ]
    site = SimulatedBoard(
        Site("the-university", "Fernbridge", jobs, date(2026, 8, 20), {"bare_jobs": bare})
    )
    (request,) = spider().listing()
    answer = site.answer(SimRequest("GET", request.url, {}))
    assert answer is not None
    found = rows(answer.body)
    assert [row.fields["title"] for row in found] == [job.title for job in site.site.listed]
    assert {row.fields["raw_valid_through"] for row in found} <= {"1 September 2026"}
