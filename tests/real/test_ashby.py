"""Ashby against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import crawl, sample_files

SKIPPED = {
    "detail_docker.json": "JSON-LD of a posting's public page, which a crawl never asks",
    "jsonld_confluent.json": "the same",
}
Remote, Hybrid = "Remote", "Hybrid"


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.title,
        posting.unit,
        posting.raw_location,
        posting.raw_country,
        posting.raw_workplace,
        posting.raw_date_posted,
        posting.raw_salary,
    )


# The org, rows that are not listed; then what `facts` says of each posting, all FullTime.
# fmt: off
BOARDS: dict[str, tuple[str, int, list[tuple[Any, ...]]]] = {
    "list_ashby_board.json": ("ramp", 0, [
        ("34413f8d-26bf-4bbc-8ade-eb309a0e2245", "Security Engineer, Cloud", "Engineering",
         ["New York, NY (HQ)", "Remote (Canada)", "Remote (US)", "Miami, FL"], None, Hybrid,
         "2026-04-07T17:12:35.753+00:00", None),
        ("f564dcf9-9390-4a3f-896f-8047a5086040", "Mobile Engineer, Android", "Engineering",
         ["New York, NY (HQ)", "Remote (Canada)", "San Francisco, CA", "Remote (US)"], None,
         Hybrid, "2025-07-31T21:58:34.674+00:00", None),
        ("4e64ab86-4e30-403b-b1b9-41dc052570ce", "Software Engineer, Frontend", "Engineering",
         ["New York, NY (HQ)", "Remote (Canada)", "San Francisco, CA", "Remote (US)",
          "Miami, FL"], None, Hybrid, "2023-03-09T17:44:00.817+00:00", None),
        ("1db75064-e38c-4b21-8310-21471943d0be", "Technical Program Manager", "Engineering",
         ["New York, NY (HQ)"], "USA", Hybrid, "2026-05-22T16:15:13.252+00:00", None),
        ("4859cd5e-f2a9-44d7-81f7-8bfc0e62369f", "Mobile Engineer, iOS", "Engineering",
         ["New York, NY (HQ)", "Remote (Canada)", "San Francisco, CA", "Remote (US)"], None,
         Hybrid, "2025-07-31T21:50:51.242+00:00", None),
        ("ffc09fc0-7785-48db-a203-a148f62534be", "GTM Systems Engineer, Salesforce",
         "Engineering", ["New York, NY (HQ)", "San Francisco, CA"], "USA", Hybrid,
         "2026-07-11T20:22:52.649+00:00", None),
    ]),
    # The recording project added rows of its own to this one and to the last.
    "list_candidatezero.json": ("wealth-com", 1, [
        ("c46c1464-d1e3-4fb7-9ace-7f1b9b65774c", "GTM Engineer", "Growth", ["Phoenix, AZ"],
         "United States", Remote, "2026-06-16T12:54:20.624+00:00",
         "$130K - $180K • Offers Equity"),
        ("fcd184e8-d7c9-4c58-b5f5-56b7ee5c80ac", "Technical Support Associate", "Product",
         ["Remote, United States"], "United States", Remote, "2025-10-02T21:20:20.200+00:00",
         "$30 - $38 per hour • Offers Equity"),
        ("2cba0d45-7a4f-4f38-ac73-3f8633bf0349", "Software Engineer, Developer Productivity",
         "Applied AI", ["San Francisco", "New York City", "Seattle"], "United States", None,
         "2025-03-27T16:44:10.676+00:00", "$210K - $490K • Offers Equity"),
        ("nocomp-0002", "Revenue Systems Engineer", "Growth", ["New York City"], "United States",
         Remote, "2026-06-16T12:54:20.624+00:00", None),
    ]),
    "list_careerkit.json": ("HighlightTA", 0, [
        ("90fb3621-899e-4b59-925d-25080ec91e18", "Senior Technical Recruiter", "HighlightTA",
         ["Canada"], "Canada", Remote, "2026-04-20T22:43:56.531+00:00", None),
        ("fc2f1f85-46a0-4a31-b165-683e39c07c04", "Senior Site Reliability Engineer",
         "HighlightTA Confidential", ["Toronto, Ontario"], "Canada", Hybrid,
         "2026-07-08T19:48:19.767+00:00", "CA$102.8K – CA$137K"),
    ]),
    "list_wealthsimple.json": ("wealthsimple", 1, [
        ("09bd3d7e-a411-45f2-b47b-bd6daae7fa27",
         "Senior Manager, Capital & Liquidity Management", "Finance", ["Remote (Canada)"],
         "Canada", Remote, "2026-06-17T20:31:02.329+00:00",
         "CA$152K – CA$190K • Offers Equity"),
        ("0ace2957-7f92-4df0-9e3c-b95d960c3721",
         "Staff Product Designer (Multiple Roles, Multiple Teams)", "Product",
         ["Remote (Canada)", "Remote (US)"], None, Remote, "2026-01-09T19:09:03.492+00:00", None),
    ]),
}
PAY = {
    "c46c1464-d1e3-4fb7-9ace-7f1b9b65774c": (130_000, 180_000, "USD", "YEAR"),
    "fcd184e8-d7c9-4c58-b5f5-56b7ee5c80ac": (30, 38, "USD", "HOUR"),
    "2cba0d45-7a4f-4f38-ac73-3f8633bf0349": (210_000, 490_000, "USD", "YEAR"),
    "fc2f1f85-46a0-4a31-b165-683e39c07c04": (102_800, 137_000, "CAD", "YEAR"),
    "09bd3d7e-a411-45f2-b47b-bd6daae7fa27": (152_000, 190_000, "CAD", "YEAR"),
}
TEXTS = {
    "34413f8d-26bf-4bbc-8ade-eb309a0e2245": "About Ramp",
    "90fb3621-899e-4b59-925d-25080ec91e18": "About HighlightTA",
    "fc2f1f85-46a0-4a31-b165-683e39c07c04": "Company Overview",
    "09bd3d7e-a411-45f2-b47b-bd6daae7fa27": "Build something people love",
}
# fmt: on


@pytest.mark.parametrize("file", BOARDS)
def test_a_whole_board(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    org, hidden, rows = BOARDS[file]
    api = f"https://api.ashbyhq.com/posting-api/job-board/{org}?includeCompensation=true"
    source = {
        "id": "recorded",
        "employer": "The Employer",
        "url": f"https://jobs.ashbyhq.com/{org}",
    }
    result = crawl(tmp_path, monkeypatch, "ashby", source, [(f"GET {api}", f"ashby/{file}")])
    assert result.verdict.outcome == "ok"
    assert sum(result.report.skipped_rows.values()) == hidden
    assert [facts(posting) for posting in result.postings] == rows
    for posting in result.postings:
        assert posting.employment_type == "FULL_TIME"
        assert ("ashby", "", posting.native_id) in posting.keys
        pay = posting.salary
        if posting.native_id in PAY:
            assert (pay.min, pay.max, pay.currency, pay.unit) == PAY[posting.native_id]
        else:
            assert pay is None
        assert posting.description_text.startswith(TEXTS.get(posting.native_id, ""))


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert set(BOARDS).isdisjoint(SKIPPED)
    assert {*BOARDS, *SKIPPED} == sample_files("ashby")
