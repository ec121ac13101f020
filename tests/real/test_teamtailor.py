"""Teamtailor against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import crawl, sample_files

SKIPPED: dict[str, str] = {}
CHALHOUB = "chalhoubgroup.teamtailor.com"


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.title,
        posting.raw_location,
        posting.raw_country,
        posting.raw_date_posted,
        posting.raw_valid_through,
        posting.raw_salary,
        (posting.description_text or "")[:20],
    )


# The files of each board, and what `facts` says of its postings.
# fmt: off
BOARDS: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {
    CHALHOUB: (
        ("teamtailor_chalhoubgroup_jobs_page1.json", "teamtailor_chalhoubgroup_jobs_page2.json"),
        [
            ("8126512", "Finance Manager", ["Dubai, United Arab Emirates"], "AE",
             "2026-07-25T11:33:29+04:00", None, None, "[trimmed]"),
            ("7953366", "Senior Manager - Administration (Cairo)", ["Nasr City, Egypt"], "EG",
             "2026-06-23T08:46:53+04:00", None, None, "[trimmed]"),
        ],
    ),
    "leaseweb.teamtailor.com": (("teamtailor_leaseweb_jobs.json",), [
        ("7323464", "Sales Account Manager (m/w/d) – Cloud & Hosting Solutions",
         ["Frankfurt am Main, Germany"], "DE", "2026-03-03T14:43:09+01:00", None,
         "EUR 61220-90000 YEAR", "Trimmed for the fixt"),
        ("7801321", "Business Development Manager", ["Ontario, Canada"], "CA",
         "2026-05-26T00:00:00+02:00", "2026-08-28T23:59:59+02:00", "CAD 84000 YEAR",
         "Trimmed for the fixt"),
        ("8085519", "Inside Sales Representative", ["Singapore, APAC"], "SG",
         "2026-07-17T11:30:22+02:00", None, None, "Trimmed for the fixt"),
    ]),
    "tibber.teamtailor.com": (("teamtailor_tibber_jobs.json",), [
        ("7964779", "CRM Specialist", ["Stockholm, Stockholm"], "SE", "2026-07-20T00:00:00+02:00",
         None, None, "[trimmed]"),
        ("7775504", "Senior Data Scientist", ["Stockholm, Stockholm"], "SE",
         "2026-07-13T00:00:00+02:00", "2026-08-04T23:59:59+02:00", None, "[trimmed]"),
    ]),
    # The keeper of this one cut the texts and the employer.
    "career.teamtailor.com": (("careerkit_teamtailor_jobs.json",), [
        ("7167985", "Account Executive - Italy (Madrid based)", ["Madrid, Europe"], "ES",
         "2026-02-04T09:26:20+01:00", None, None, ""),
        ("7069633", "Mid-Market Account Executive - Copenhagen",
         ["Stockholm, Sweden, SE", "København, Europe, DK"], None, "2026-01-18T19:35:57+01:00",
         None, None, ""),
    ]),
    "1komma5.teamtailor.com": (("ergon_teamtailor_jobs.json",), [
        ("7793185", "Utesäljare energilösningar till 1KOMMA5° i Stockholm",
         ["Stockholm, Mälardalen"], "SE", "2026-05-26T08:33:05+02:00", None, None,
         "Vi driver visionen o"),
        ("7675543", "Innesäljare till marknadsledande 1KOMMA5° - Mållön 80–100k 🚀",
         ["Stockholm, Mälardalen"], "SE", "2026-05-04T14:38:52+02:00", None, None,
         "Vi driver visionen o"),
    ]),
}
# fmt: on


@pytest.mark.parametrize("host", BOARDS)
def test_a_whole_board(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, rows = BOARDS[host]
    asked = [f"https://{host}/jobs.json", f"https://{host}/jobs.json?page=2&per_page=100"]
    exchanges = [
        (f"GET {url}", f"teamtailor/{file}") for url, file in zip(asked, files, strict=False)
    ]
    source = {"id": "recorded", "employer": "The Employer", "url": f"https://{host}/jobs"}
    result = crawl(tmp_path, monkeypatch, "teamtailor", source, exchanges)
    assert result.verdict.outcome == "ok"
    assert [facts(posting) for posting in result.postings] == rows
    for posting in result.postings:
        assert posting.url.startswith(f"https://{host}/jobs/{posting.native_id}-")
        assert posting.keys == [("teamtailor", host, posting.native_id)]
        assert posting.requisition_id is None
        assert posting.organization == "The Employer"


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    used = {file for files, _ in BOARDS.values() for file in files}
    assert used.isdisjoint(SKIPPED)
    assert {*used, *SKIPPED} == sample_files("teamtailor")
