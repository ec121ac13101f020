"""Cornerstone's recorded answers. Every expectation was read from the files by a person."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files, sample_json

HOME, SEARCH, DETAIL, ROW, US_ROWS, TENANTS = (
    "apollotyres_home_context.html",
    "apollotyres_search_shape.json",
    "apollotyres_jobdetails_shape.json",
    "nintendoeurope_search_shape.json",
    "rows_us_date_culture_reduced.json",
    "tenants_research_sector.csv",
)
# Files of samples/cornerstone that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}
JOBS = "https://uk.api.csod.com/rec-job-search/external/jobs"
APOLLO = "https://apollotyres.csod.com"
DETAILS = APOLLO + "/services/x/job-requisition/v2/requisitions/{}/jobDetails?cultureId=1"


def block(tenant: str, site: str = "1") -> dict[str, Any]:
    url = f"https://{tenant}.csod.com/ux/ats/careersite/{site}/home?c={tenant}"
    return {"id": "recorded", "employer": "The Employer", "url": url}


def test_every_sample_is_used() -> None:
    assert {HOME, SEARCH, DETAIL, ROW, US_ROWS, TENANTS, *SKIPPED} == sample_files("cornerstone")


def test_a_board_with_its_handshake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = crawl(
        tmp_path,
        monkeypatch,
        "cornerstone",
        block("apollotyres"),
        [
            (f"GET {APOLLO}/ux/ats/careersite/1/home?c=apollotyres", f"cornerstone/{HOME}"),
            (f"POST {JOBS}", f"cornerstone/{SEARCH}"),
            (f"GET {DETAILS.format(1744)}", f"cornerstone/{DETAIL}"),
            (f"GET {DETAILS.format(1752)}", {}, 404),
        ],
    )
    assert result.verdict.outcome == "ok"
    assert "1 details failed" in result.verdict.reason
    assert (result.report.listed, result.report.declared_total) == (2, 2)
    first, second = result.postings
    assert first.title == "Senior Engineer - Plant Automation"
    assert (first.native_id, first.requisition_id) == ("1744", "REQ-1744")
    assert first.url == f"{APOLLO}/ux/ats/careersite/1/home/requisition/1744?c=apollotyres"
    assert (first.raw_location, first.raw_country) == (["Chennai, Tamil Nadu"], "India")
    assert first.raw_date_posted == "2026-06-10T00:00:00Z"
    assert str(first.date_posted) == "2026-06-10"
    assert str(first.valid_through) == "2026-07-31"
    assert first.description_text is not None
    assert first.description_text.startswith("Own PLC and SCADA delivery for tyre")
    assert "Automation engineering with Siemens PLC." in first.description_text
    # A detail that is missing is no evidence that a listed posting is closed.
    assert second.title == "SAP Analyst"
    assert second.raw_location == ["Gurugram, Haryana", "Chennai, Tamil Nadu"]
    assert (second.closed_reason, second.detail_read) == (None, False)


def as_text(answer: Any) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer)


def rows(answer: Any) -> list[dict[str, Any]]:
    spider: Any = spider_class(
        Source.model_validate({"platform": "cornerstone", **block("x")}),
    )()
    return [
        {"native_id": row.native_id, **row.fields}
        for row in spider.read_listing(response(JOBS, as_text(answer))).rows
    ]


def test_a_row_of_the_cloud_answer() -> None:
    (row,) = rows(sample(f"cornerstone/{ROW}"))
    assert row["native_id"] == "494"
    assert row["title"] == "European Operations Administrator"
    assert (row["raw_location"], row["raw_country"]) == (["Frankfurt am Main"], "DE")
    assert row["raw_date_posted"] == "6/15/2026"
    assert row["raw_valid_through"] is None
    assert row["description_html"].startswith("<p>Coordinate shipments.</p>")


def test_rows_of_us_boards() -> None:
    """Single values of rows: the second has neither id nor title, which no board may leave out."""
    whole, cut, abroad = sample_json(f"cornerstone/{US_ROWS}")
    first, third = rows(in_envelope(whole)), rows(in_envelope(abroad))
    assert first[0]["title"] == "Project Coordinator - Patient Experience"
    assert (first[0]["raw_location"], first[0]["raw_country"]) == (["Fort Worth, TX"], "US")
    assert first[0]["raw_date_posted"] == "8/21/2026"
    assert third[0]["raw_location"] == ["Tres Cantos, Madrid"]
    with pytest.raises(UnexpectedAnswer, match="requisitionId"):
        rows(in_envelope(cut))
    named = {**cut, "requisitionId": 1, "displayJobTitle": "A title"}
    assert rows(in_envelope(named))[0]["raw_valid_through"] is None  # "-"


def in_envelope(row: dict[str, Any]) -> dict[str, Any]:
    return {"status": "Success", "data": {"totalCount": 1, "requisitions": [row]}}


def test_boards_of_the_research_sector() -> None:
    found = list(csv.DictReader(io.StringIO(sample(f"cornerstone/{TENANTS}"))))
    assert len(found) == 66
    for board in found:
        match = Recogniser().recognise(board["board_url"])
        assert match is not None, board
        assert (match.platform.name, match.posting_id) == ("cornerstone", None), board
        assert match.params.site, board
