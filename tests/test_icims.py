"""iCIMS: what its cases do not show."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.http import HtmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.fetch.tape import read_tape
from crawler.loader import spider_class
from crawler.sources import Source
from tests.cases import FIXTURES, case_source
from tests.quick import run

HOST = "https://careers-fernwood.icims.com"
LINK = f'<a class="iCIMS_Anchor" href="{HOST}/jobs/9/x/job?in_iframe=1"><h3>Data Steward</h3></a>'


def spider() -> Any:
    url = f"{HOST}/jobs/search"
    return spider_class(Source(id="fern", platform="icims", employer="Fernwood", url=url))()


def page(body: str, path: str = "/jobs/search?ss=1&pr=0&in_iframe=1") -> HtmlResponse:
    text = f"<html><body>{body}</body></html>"
    return HtmlResponse(HOST + path, body=text.encode(), encoding="utf-8")


def test_the_table_layout() -> None:
    table = (
        '<table class="iCIMS_JobsTable"><tr><th>Title</th><th>Location</th></tr>'
        f'<tr><td>{LINK}</td><td><span class="field-label">Job Locations</span>'
        "<span>US-OR-Port Ellery | US-OR-Ulm</span></td></tr></table>"
    )
    (row,) = spider().read_listing(page(table)).rows
    assert row.native_id == "9"
    assert row.fields["title"] == "Data Steward"
    assert row.fields["raw_location"] == ["US-OR-Port Ellery", "US-OR-Ulm"]


@pytest.mark.parametrize(
    ("label", "value", "field", "said"),
    [
        ("Campus Location", "Ulm", "raw_location", ["Ulm"]),
        ("Location : Location", "Ulm", "raw_location", ["Ulm"]),
        ("Location : Address", "1 Pier Road", "raw_location", []),
        ("ID", "2026-9", "requisition_id", "2026-9"),
        ("Job Number", "9", "requisition_id", "9"),
        ("Type", "Fixed term", "raw_employment_type", "Fixed term"),
        ("Division", "Library", "unit", "Library"),
    ],
)
def test_labels_are_the_customers(label: str, value: str, field: str, said: Any) -> None:
    pair = f"<dt>{label}</dt><dd><span>\n{value}</span></dd>"
    card = f'<ul><li class="iCIMS_JobCardItem">{LINK}<dl>{pair}</dl></li></ul>'
    (row,) = spider().read_listing(page(card)).rows
    assert row.fields[field] == said


def test_a_card_without_a_link_is_refused() -> None:
    card = f'<li class="iCIMS_JobCardItem">{LINK}</li><li class="iCIMS_JobCardItem">Lead</li>'
    with pytest.raises(UnexpectedAnswer, match="without a link"):
        spider().read_listing(page(f"<ul>{card}</ul>"))


@pytest.mark.parametrize(
    ("heading", "link", "goes_on"),
    [
        ("Search Results Page 1 of 29", "", True),
        ("Suchergebnisse Seite 2 von 2", "", False),
        ("", '<link rel="next" href="/jobs/search?pr=1">', True),
        ("Search Results (3)", "", False),
        ("", "", False),
    ],
)
def test_a_list_says_whether_it_goes_on(heading: str, link: str, goes_on: bool) -> None:
    title = f'<h2 class="iCIMS_SubHeader iCIMS_SubHeader_Jobs">{heading}</h2>'
    card = f'<ul><li class="iCIMS_JobCardItem">{LINK}</li></ul>'
    assert spider().read_listing(page(link + title + card)).goes_on is goes_on


def test_the_second_night_asks_the_list_alone() -> None:
    folder = FIXTURES / "icims" / "normal"
    platform, exchanges = spider_class(case_source(folder)), read_tape(folder / "tape")
    first = run(platform, exchanges)
    second = run(platform, exchanges, first.memory())
    assert [posting.sighting for posting in second.postings] == [True] * 3
    assert second.asked == first.asked[:2]
