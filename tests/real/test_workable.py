"""Workable against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import crawl, sample_files

SKIPPED = {
    "detail_v1_gable_6EF9ADEAB7.json": "one posting, which a crawl never asks: limits are hard",
    "list_v3_huggingface.json": "the paged list, which a crawl never asks: the widget says more",
    "list_v3_iceye_empty.json": "the same",
}


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.title,
        posting.unit,
        posting.raw_location,
        posting.raw_country,
        posting.workplace,
        posting.raw_employment_type,
        posting.raw_date_posted,
        (posting.description_text or "")[:14],
    )


US, UK = "United States", "United Kingdom"
# fmt: off
BOARDS: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "widget_crewai.json": ("crewai", [
        ("3862836931", "Customer Success Manager, LATAM", "Support",
         ["São Paulo, State of São Paulo"], "Brazil", "remote", "Full-time", "2026-06-30",
         "About the Role"),
        ("96051E9EDE", "Forward Deployed Engineer - (East coast based)", "Support", [US], US,
         "remote", "Full-time", "2026-04-09", "Overview\n\nThe "),
        ("0AB5665160", "Full-Stack Engineer, Agent Management Platform", "Engineering",
         ["San Francisco, California"], US, None, "Full-time", "2026-06-26", "About CrewAI\n\n"),
        ("B778F12851", "Senior Support Engineer", "Support", [US], US, "remote", "Full-time",
         "2026-06-26", "About CrewAI\n\n"),
    ]),
    "widget_huggingface.json": ("huggingface", [
        ("F4C096B22E", "Low-level Senior Software Engineer, Xet Storage - EMEA Remote", "Product",
         ["Paris, Île-de-France"], "France", "remote", "Full-time", "2026-07-30", ""),
        ("19A136F8E2", "Open-Source Machine Learning Engineer - US Remote", "Open Source",
         ["New York, New York"], US, "remote", "Full-time", "2026-05-29", ""),
        ("0BD8C06DB3", "Wild Card", "Wild Card", [US], US, "remote", "Full-time", "2024-10-17",
         ""),
    ]),
    # Two rows of one posting.
    "widget_zaelab.json": ("zaelab", [
        ("DD136DD7E7", "Business Analyst - Spanish Speaking", "Business Consulting",
         ["Spain", "Portugal"], None, "remote", None, "2026-08-05", ""),
    ]),
    "widget_zego.json": ("zego", [
        ("0897A038EC", "Claims Fraud Triage Handler", "Claims and Fraud", ["Halifax, England"],
         UK, None, None, "2026-06-02", ""),
        ("450EC5C378", "Claims Handler - Third Party", "Claims and Fraud", ["Halifax, England"],
         UK, None, "Full-time", "2025-09-04", ""),
        ("655F2A00AE", "Customer Claims Fraud Handler", "Claims and Fraud", ["Halifax, England"],
         UK, None, None, "2026-06-02", ""),
    ]),
}
# fmt: on


@pytest.mark.parametrize("file", BOARDS)
def test_a_whole_board(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account, rows = BOARDS[file]
    api = f"https://apply.workable.com/api/v1/widget/accounts/{account}?details=true"
    source = {
        "id": "recorded",
        "employer": "The Employer",
        "url": f"https://apply.workable.com/{account}/",
    }
    result = crawl(tmp_path, monkeypatch, "workable", source, [(f"GET {api}", f"workable/{file}")])
    assert result.verdict.outcome == "ok"
    assert [facts(posting) for posting in result.postings] == rows
    for posting in result.postings:
        assert posting.url == f"https://apply.workable.com/{account}/j/{posting.native_id}/"
        assert posting.requisition_id is None
        assert posting.keys == [
            ("workable", account, posting.native_id),
            ("workable", "", posting.native_id),
        ]


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert set(BOARDS).isdisjoint(SKIPPED)
    assert {*BOARDS, *SKIPPED} == sample_files("workable")
