"""Recorded pieces of Taleo Business Edition. Every expectation was read from them by a person."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import response, sample, sample_files

LDE = "https://lde.tbe.taleo.net/lde02/ats/careers/v2"
ROW_ARNOTTS = "taleo-tbe/row_arnotts.html"
ROW_COSTCO = "taleo-tbe/row_costco.html"
ORDERS = "taleo-tbe/rows_div_orders.html"
PAGING = "taleo-tbe/paging_shapes.html"
DETAIL = "taleo-tbe/detail_arnotts_reduced.html"
JSON_LD = "taleo-tbe/detail_jsonld_costco_shape.json"
GONE = "taleo-tbe/detail_gone_arnotts.html"
USED = [ROW_ARNOTTS, ROW_COSTCO, ORDERS, PAGING, DETAIL, JSON_LD, GONE]
# Files of samples/taleo-tbe that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}


def spider(org: str = "ARNOTTS", cws: int = 79) -> Any:
    url = f"{LDE}/searchResults?org={org}&cws={cws}"
    return spider_class(Source(id="real", platform="taleo_business", employer="Real", url=url))()


def test_every_file_is_read_or_named() -> None:
    assert {f"taleo-tbe/{name}" for name in sample_files("taleo-tbe")} == {*USED, *SKIPPED}


@pytest.mark.parametrize(
    ("file", "rid", "title", "url"),
    [
        (
            ROW_ARNOTTS,
            "7770",
            "2026 Christmas Team",
            f"{LDE}/viewRequisition?org=ARNOTTS&cws=79&rid=7770",
        ),
        (
            ROW_COSTCO,
            "1",
            "Title",
            "https://phf.tbe.taleo.net/phf02/ats/careers/v2/viewRequisition?org=COSTCO&cws=41&rid=1",
        ),
    ],
)
def test_a_row(file: str, rid: str, title: str, url: str) -> None:
    (row,) = spider().read_listing(response(f"{LDE}/searchResults", sample(file))).rows
    assert row.native_id == rid
    assert (row.fields["title"], row.fields["url"]) == (title, url)


def test_the_order_of_columns_is_the_tenants() -> None:
    given = sample(ORDERS)
    rows = spider().read_listing(response(f"{LDE}/searchResults", given)).rows
    assert [(row.native_id, row.fields["title"]) for row in rows] == [
        ("37001", "Administrative Assistant"),
        ("52001", "Staff Accountant"),
        ("38001", "Associate"),
    ]
    # The pieces are without "Sort by"; with Caltech's names for its columns:
    names = ("Title", "Location", "Employment Type", "Department")
    options = [f"<option value='?sortColumn={n}'>{name}</option>" for n, name in enumerate(names)]
    caltech = "".join(options) + given
    first = spider().read_listing(response(f"{LDE}/searchResults", caltech)).rows[0].fields
    assert first["raw_location"] == ["Pasadena, CA"]
    assert first["raw_employment_type"] == "Fulltime Regular"
    assert first["unit"] == "Office of the General Counsel"


def test_parentheses_of_costco() -> None:
    options = "<option value='?sortColumn=1'>Department</option>"
    options += "<option value='?sortColumn=2'>Location</option>"
    page = response(f"{LDE}/searchResults", options + sample(ROW_COSTCO))
    (row,) = spider().read_listing(page).rows
    assert row.fields["raw_location"] == ["Issaquah (Seattle), WA"]
    assert row.fields["unit"] == "627 - IT"


def test_both_themes_say_what_follows() -> None:
    one = spider()
    first, second = sample(PAGING).split("<!-- theme 2")
    page = one.read_listing(response(f"{LDE}/searchResults", first))
    assert (page.total, page.goes_on) == (17, None)
    page = one.read_listing(response(f"{LDE}/searchResults", second + "oracletaleocwsv2"))
    assert (page.total, page.goes_on) == (None, True)


def test_a_detail_of_arnotts() -> None:
    page = response(f"{LDE}/viewRequisition?org=ARNOTTS&cws=79&rid=7770", sample(DETAIL))
    one = spider()
    assert one.closed(page) is None
    said = one.read_detail(page)
    text = said.pop("description_html")
    assert said == {"title": "2026 Christmas Team", "raw_location": ["Brown Thomas, Dublin"]}
    assert "<strong>Unwrap a Magical Opportunity this Christmas</strong>" in text
    assert text.rstrip().endswith("<li><p>A passion for customer service</p></li></ul>\n</div>")
    assert "Apply Now" not in text


def test_the_json_ld_of_costco() -> None:
    script = f'<script type="application/ld+json">{sample(JSON_LD)}</script>'
    said = spider().read_detail(response(f"{LDE}/viewRequisition?rid=1", script))
    assert said["title"] == "Title"
    assert said["description_html"] == "<p>Keep Costco Travel running.</p>"
    assert said["raw_date_posted"] == "Thu Jul 02 00:00:00 GMT 2026"
    (place,) = said["raw_location"]
    assert place.startswith("Issaquah, WA")


def test_a_posting_that_is_gone() -> None:
    page = response(f"{LDE}/viewRequisition?org=ARNOTTS&cws=79&rid=7755", sample(GONE))
    assert "no longer available" in (spider().closed(page) or "")
