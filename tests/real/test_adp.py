"""ADP Workforce Now's recorded answers. Every expectation was read from the files by a person."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from crawler.posting import Salary
from crawler.recognise import Recogniser
from spiders.adp import ADP, API, PAGE
from tests.real.conftest import crawl, sample, sample_files, sample_json

LIST, DETAIL = "secondharvest_list_1_row.json", "secondharvest_detail_shape.json"
TENANTS = "tenants_research_sector.csv"
# Files of samples/adp that no test here reads, with the reason.
SKIPPED = {"goodwill_output_row_reduced.json": "another program's output: its keys are not ADP's"}
CID = "11111111-2222-4333-8444-555555555555"
BLOCK = {"id": "recorded", "employer": "The Employer", "url": f"{PAGE}?cid={CID}&lang=en_US"}
QUERY = f"cid={CID}&ccId=19000101_000001&lang=en_US&locale=en_US"


def exchanges(detail: Any, status: int = 200) -> list[tuple[Any, ...]]:
    return [
        (f"GET {API}?{QUERY}&$top=20&$skip=1", f"adp/{LIST}"),
        (f"GET {API}/9202933508020_1?{QUERY}", detail, status),
    ]


def test_every_sample_is_used() -> None:
    assert {LIST, DETAIL, TENANTS, *SKIPPED} == sample_files("adp")


def test_a_board_and_its_posting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = crawl(tmp_path, monkeypatch, "adp", BLOCK, exchanges(f"adp/{DETAIL}"))
    assert result.verdict.outcome == "ok"
    assert (result.report.listed, result.report.declared_total) == (1, 1)
    (posting,) = result.postings
    assert posting.title == "Safety Manager (part-time)"
    assert (posting.native_id, posting.requisition_id) == ("9202933508020_1", "1751")
    assert {key.key for key in posting.keys} == {"9202933508020_1", "596289"}
    assert posting.url == f"{PAGE}?cid={CID}&ccId=19000101_000001&jobId=596289"
    assert posting.unit == "Operations"
    assert posting.raw_location == ["Brooklyn Park, Brooklyn Park, MN, US"]
    assert posting.location == "Brooklyn Park MN USA"
    assert posting.raw_employment_type == "Part-Time"
    assert posting.raw_date_posted == "2026-07-24T15:38:00.000-04:00"
    assert str(posting.date_posted) == "2026-07-24"
    assert posting.raw_salary == "40 To 45 (USD) Hourly"
    assert posting.salary == Salary(min=40, max=45, currency="USD", unit="HOUR")
    assert posting.description_text == "Support families.\n\nApply now."


@pytest.mark.parametrize("native_id", ["596289", "9202933508020_1"])
def test_both_numbers_of_a_link_lead_to_it(native_id: str) -> None:
    match = ADP.match(f"{PAGE}?cid={CID.upper()}&ccId=19000101_000001&jobId={native_id}")
    assert match is not None
    assert match.key == ("adp", CID, native_id)


def test_a_skeleton_is_a_closed_posting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recorded detail with the values taken out of it (ats/adp.md section 6)."""
    skeleton = dict.fromkeys(sample_json(f"adp/{DETAIL}"))
    result = crawl(tmp_path, monkeypatch, "adp", BLOCK, exchanges(skeleton))
    assert [posting.closed_reason for posting in result.postings] == ["HTTP 200 without an itemID"]


def test_boards_of_the_research_sector() -> None:
    found = list(csv.DictReader(io.StringIO(sample(f"adp/{TENANTS}"))))
    assert len(found) == 21
    for board in found:
        match = Recogniser().recognise(board["board_url"])
        assert match is not None, board
        assert (match.platform.name, match.posting_id) == ("adp", None), board
        assert match.params.cid, board
