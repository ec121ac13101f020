"""Personio against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import crawl, sample_files

SKIPPED: dict[str, str] = {}


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.title,
        posting.unit,
        posting.raw_location,
        posting.raw_employment_type,
        posting.raw_date_posted,
        posting.raw_salary,
    )


STAFF = ("1834171", "Staff Software Engineer, Data Platform", "Product and Tech",
         ["Munich", "Berlin"], "permanent, full-time", "2024-11-13T14:10:41+00:00",
         None)  # fmt: skip
# The tenant, rows that come twice; then what `facts` says of each posting. The texts were cut.
# fmt: off
BOARDS: dict[str, tuple[str, int, list[tuple[Any, ...]]]] = {
    "personio_rtc_rath_positions.xml": ("rtc-rath", 0, [
        ("2483204", "(Senior) Projektsteuerer Bahnbau (m/w/d)", "Project Engineering", ["Remote"],
         "permanent, full-time", "2026-01-11T20:04:28+00:00", None),
        ("1830648", "Aushilfskraft für Bestandsaufnahmen im Bahnbau (m/w/d)",
         "Project Engineering", ["Koblenz", "Frankfurt am Main", "Bonn"], "temporary, part-time",
         "2024-11-11T17:42:56+00:00", "EUR 18.50 hourly"),
        ("2422433", "Teamleiter:in Projektsteuerung Bahnbau (m/w/d)", "Project Engineering",
         ["Remote"], "permanent, full-time", "2025-11-10T21:54:31+00:00", None),
        ("1830130", "Werkstudent:in Bahnbau (m/w/d)", "Project Engineering",
         ["Frankfurt am Main", "Koblenz", "Bonn", "Wiesbaden"], "intern, part-time",
         "2024-11-11T14:10:19+00:00", "EUR 18.50 hourly"),
    ]),
    "careerkit_personio.xml": ("acme", 1, [STAFF]),
    "ergon_personio_live.xml": ("personio", 0, [STAFF]),
}
# fmt: on


@pytest.mark.parametrize("file", BOARDS)
def test_a_whole_board(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant, repeated, rows = BOARDS[file]
    board = f"https://{tenant}.jobs.personio.de/"
    source = {"id": "recorded", "employer": "The Employer", "url": board}
    exchanges = [(f"GET {board}xml", f"personio/{file}")]
    result = crawl(tmp_path, monkeypatch, "personio", source, exchanges)
    assert result.verdict.outcome == "ok"
    assert result.report.repeated_rows == repeated
    assert [facts(posting) for posting in result.postings] == rows
    for posting in result.postings:
        assert posting.url == f"{board}job/{posting.native_id}"
        assert posting.keys == [("personio", tenant, posting.native_id)]
        pay = posting.salary and (posting.salary.min, posting.salary.currency, posting.salary.unit)
        assert pay == ((18.5, "EUR", "HOUR") if posting.raw_salary else None)


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert set(BOARDS).isdisjoint(SKIPPED)
    assert {*BOARDS, *SKIPPED} == sample_files("personio")
