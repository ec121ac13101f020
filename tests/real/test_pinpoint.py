"""Pinpoint against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import crawl, sample_files

SKIPPED = {
    "careerkit_pinpoint_postings.json": "made up by its keeper: ids and addresses that no posting "
    "has (post-001)",
}


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.requisition_id,
        posting.title,
        posting.unit,
        posting.raw_location,
        posting.workplace,
        posting.raw_employment_type,
        posting.raw_valid_through,
        posting.raw_salary,
        (posting.description_text or "")[:24],
    )


Full = "Permanent - Full Time"
KNA, NYC = "KNA-Research & Evaluation", ["Remote, New York City, New York"]
# fmt: off
BOARDS: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    # The texts were cut by its keeper, their headings were not.
    "pinpoint_jed_postings.json": ("jed", [
        ("fceb8b47-bed5-45bd-b7f4-9161fbe78428", "JED-0297", "Senior Data Management Specialist",
         KNA, NYC, "remote", Full, "2026-08-14T23:59:59-04:00", "$105,000 - $135,000 / year", ""),
        ("ea9af00d-a6c9-4b4e-87a3-062cc098616d", "JED-0296",
         "Senior Director, Implementation Science", KNA, NYC, "remote", Full,
         "2026-08-14T23:59:59-04:00", "$135,000 - $190,000 / year", ""),
        ("0504f7b7-ea60-4693-b919-8c116188d681", "JED-0300",
         "Texas Mental Health Youth Advocacy Coalition Fellowship (Fall 2026)",
         "PAG-Policy, Advocacy & Government Relations", ["Texas"], "hybrid", "Programme",
         "2026-08-12T23:59:59-04:00", "$31.25 / hour", ""),
        ("b4c942ba-b264-41a8-866c-73f50b36cec7", "JED-0301",
         "Consultant, Mental Health & Suicide Prevention, District Programs",
         "SPC-School Programs & Consulting", NYC, "remote", Full, "2026-08-21T23:59:59-04:00",
         "$80,000 - $115,000 / year", ""),
    ]),
    "ergon_pinpoint_postings.json": ("aawdc", [
        ("fca592d6-2561-4b2a-88b0-15d2b375971a", "PIN-0679", "Warehouse/Fleet Manager",
         "Transportation", ["North County"], "onsite", "Full Time", "2026-06-26T23:59:59-04:00",
         "$80,000 - $100,000 / year", "The Warehouse/Fleet Mana"),
        ("17ea4175-6e7f-4f5d-8eac-0b092226f254", "PIN-0673",
         "Reach truck crown and Walkie Rider EPJ Operators in Jessup, MD",
         "Construction and Skilled Trades", ["North County"], "onsite", "Contract to hire",
         "2026-06-19T23:59:59-04:00", "$17.00 - $18.00 / hour", "Reach truck crown and Wa"),
        ("92841fbb-1c42-4adc-b98d-2c0e75802880", "PIN-0166",
         "Pipeline for Future IT Federal/Government Positions", "Other",
         ["Partner Employment Opportunity, Varies by Listing, Maryland"], "onsite", "Contract",
         "2027-01-01T23:59:59-05:00", None, "AAWDC work with business"),
    ]),
}
PAY = {
    "JED-0297": (105_000, 135_000, "YEAR"), "JED-0296": (135_000, 190_000, "YEAR"),
    "JED-0300": (31.25, 31.25, "HOUR"), "JED-0301": (80_000, 115_000, "YEAR"),
    "PIN-0679": (80_000, 100_000, "YEAR"), "PIN-0673": (17, 18, "HOUR"),
}
# fmt: on


@pytest.mark.parametrize("file", BOARDS)
def test_a_whole_board(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant, rows = BOARDS[file]
    host = f"{tenant}.pinpointhq.com"
    source = {"id": "recorded", "employer": "The Employer", "url": f"https://{host}/"}
    exchanges = [(f"GET https://{host}/postings.json", f"pinpoint/{file}")]
    result = crawl(tmp_path, monkeypatch, "pinpoint", source, exchanges)
    assert result.verdict.outcome == "ok"
    assert [facts(posting) for posting in result.postings] == rows
    for posting in result.postings:
        assert posting.url == f"https://{host}/en/postings/{posting.native_id}"
        assert posting.keys == [("pinpoint", host, posting.native_id)]
        pay = posting.salary
        assert (pay and (pay.min, pay.max, pay.unit)) == PAY.get(posting.requisition_id)
        assert pay is None or pay.currency == "USD"


def test_the_parts_of_a_text_stand_under_their_headings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = "aawdc.pinpointhq.com"
    source = {"id": "recorded", "employer": "The Employer", "url": f"https://{host}/"}
    exchanges = [(f"GET https://{host}/postings.json", "pinpoint/ergon_pinpoint_postings.json")]
    result = crawl(tmp_path, monkeypatch, "pinpoint", source, exchanges)
    last = result.postings[-1].description_text or ""
    found = [
        last.index(words)
        for words in (
            "AAWDC work with businesses",
            "Key Responsibilities",
            "While the exact duties",
            "Qualifications:",
            "Active Security Clearance",
            "Why Join Our Talent Pipeline? / How to apply",
            "By applying with AAWDC",
        )
    ]
    assert found == sorted(found)


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert set(BOARDS).isdisjoint(SKIPPED)
    assert {*BOARDS, *SKIPPED} == sample_files("pinpoint")
