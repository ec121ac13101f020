"""Recruitee against a recorded answer; what is expected was written by hand from reading it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import crawl, sample_files

FILE = "recruitee_germanzeroev_offers.json"  # without the offers' texts
HOST = "germanzeroev.recruitee.com"
SKIPPED: dict[str, str] = {}
BERLIN = ["Berlin, Berlin, Deutschland"]


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.title,
        posting.unit,
        posting.raw_location,
        posting.raw_workplace,
        posting.raw_employment_type,
        posting.raw_date_posted,
        posting.raw_salary,
    )


# fmt: off
ROWS = [
    ("2691426", "Team-Assistenz/Projektkoordinator:in für unser Projekt #Platzmachen "
     "(30 bis 35h/Wo)", None, BERLIN, "hybrid", "parttime_fixed_term", "2026-07-27 15:33:54 UTC",
     "EUR 3500 - 3800 month"),
    ("2657778", "Leitung IT & CRM (36 bis 40 Std./Woche)", None, BERLIN, "hybrid",
     "fulltime_fixed_term", "2026-07-06 15:45:30 UTC", "EUR 5000 month"),
    ("2122612", "Praktikum im Bereich Kommunikation", "GermanZero", ["Homeoffice"], "remote",
     "internship", "2025-04-30 12:04:29 UTC", None),
    ("2122600", "Praktikum Fundraising und Campaigning", "Fundraising", BERLIN, "hybrid",
     "internship", "2026-01-13 08:29:26 UTC", None),
    ("2122589", "3 Stellen im Freiwilligen Ökologischen Jahr (FÖJ)", "GermanZero", BERLIN,
     "hybrid, on_site", "volunteer", "2026-02-12 11:51:51 UTC", None),
]
SLUGS = [
    "team-assistenzprojektkoordinatorin-fur-unser-projekt-platzmachen-30-bis-35hwo",
    "leitung-it-crm-36-bis-40-stdwoche",
    "praktikum-im-bereich-kommunikation",
    "praktikum-fundraising-und-campaigning",
    "3-stellen-im-freiwilligen-okologischen-jahr-foj",
]
# fmt: on


def test_a_whole_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = {"id": "recorded", "employer": "The Employer", "url": f"https://{HOST}/"}
    exchanges = [(f"GET https://{HOST}/api/offers/", f"recruitee/{FILE}")]
    result = crawl(tmp_path, monkeypatch, "recruitee", source, exchanges)
    assert result.verdict.outcome == "ok"
    assert [facts(posting) for posting in result.postings] == ROWS
    for posting, slug in zip(result.postings, SLUGS, strict=True):
        assert posting.url == f"https://{HOST}/o/{slug}"
        assert posting.apply_url == f"https://{HOST}/o/{slug}/c/new"
        assert posting.keys == [
            ("recruitee", HOST, posting.native_id),
            ("recruitee", HOST, slug),
        ]
        assert posting.raw_country == "DE"
    pay = [posting.salary for posting in result.postings]
    assert [(p.min, p.max, p.currency, p.unit) for p in pay if p] == [
        (3500, 3800, "EUR", "MONTH"),
        (None, 5000, "EUR", "MONTH"),
    ]


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert {FILE, *SKIPPED} == sample_files("recruitee")
