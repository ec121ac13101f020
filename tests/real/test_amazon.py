"""amazon.jobs against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.real.conftest import crawl, sample_files, sample_json

SLICE, FACETS = "amazon_search_compensation_slice.json", "amazon_search_facets.json"
BLOCK = {"id": "recorded", "employer": "Amazon", "url": "https://www.amazon.jobs/en/search"}


def search(**chosen: str) -> str:
    query = [("offset", "0"), ("result_limit", "100"), ("sort", "recent")]
    query += [(f"{facet}[]", value) for facet, value in chosen.items()]
    query += [("facets[]", "business_category"), ("facets[]", "normalized_country_code")]
    return f"GET https://www.amazon.jobs/en/search.json?{urlencode(query)}"


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.title,
        posting.url,
        posting.raw_location,
        posting.raw_country,
        posting.raw_workplace,
        posting.raw_employment_type,
        posting.raw_date_posted,
        posting.date_posted.isoformat(),
    )


def test_a_whole_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = crawl(tmp_path, monkeypatch, "amazon", BLOCK, [(search(), f"amazon/{SLICE}")])
    assert result.verdict.outcome == "ok"
    assert result.report.declared_total == 2
    assert [facts(posting) for posting in result.postings] == [
        (
            "10464593",
            "Senior Compensation Consultant, APAC/MEATR Operations/Customer Service",
            "https://www.amazon.jobs/en/jobs/10464593/"
            "senior-compensation-consultant-apac-meatr-operations-customer-service",
            ["Bengaluru, Karnataka, IND"],
            "IN",
            "ONSITE",
            "full-time",
            "July  2, 2026",
            "2026-07-02",
        ),
        (
            "10423247",
            "Sr. Admin, Comp Bonus Delivery",
            "https://www.amazon.jobs/en/jobs/10423247/sr-admin-comp-bonus-delivery",
            ["Hyderabad, Telangana, IND"],
            "IN",
            "ONSITE",
            "full-time",
            "May 19, 2026",
            "2026-05-19",
        ),
    ]
    first = result.postings[0]
    assert first.unit == "compensation"
    assert first.organization == "Amazon"
    assert first.requisition_id is None
    assert first.description_text.startswith(
        "At Amazon, we strive to be Earth's most customer-centric"
    )
    assert "Basic qualifications\n\n- Experience with the principles" in first.description_text
    assert "Preferred qualifications" in first.description_text


def test_the_clamp_is_split_by_every_business_category(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recorded answer declares 10,000 and names 60 categories; each is asked for by itself."""
    (facet,) = [
        values
        for name, values in sample_json(f"amazon/{FACETS}")["facets"].items()
        if name.startswith("business")
    ]
    categories = [category for value in facet for category in value]
    assert (len(categories), categories[0]) == (60, "aws")
    nothing = {"error": None, "hits": 0, "facets": {}, "content": {}, "jobs": []}
    result = crawl(
        tmp_path,
        monkeypatch,
        "amazon",
        BLOCK,
        [
            (search(), f"amazon/{FACETS}"),
            *((search(business_category=category), nothing) for category in categories),
        ],
    )
    assert result.verdict.outcome == "ok"
    (posting,) = result.postings
    assert posting.title == "Operations Manager"
    assert posting.raw_location == ["Durham, North Carolina, USA"]
    assert posting.raw_date_posted == "July 28, 2026"


def test_every_recording_is_used() -> None:
    assert {SLICE, FACETS} == sample_files("amazon")
