"""Jobvite against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files

SKIPPED = {
    "feed_tylertech_xml_excerpt.xml": "the feed, which a crawl never asks: it answers 429",
}
LISTS = {
    "list_neogenomics.html": (
        "neogenomics",
        [
            (
                "oiiRyfwJ",
                "Accessioning Technician I (Temp), Evenings",
                ["Ft Myers, Florida"],
            ),
            (
                "oaIyAfwK",
                "Accessioning Technician I (Temp), Overnights",
                ["Aliso Viejo, California"],
            ),
            (
                "oWcLAfwd",
                "Accessioning Technician I (Temp), Part-time Mornings",
                ["Aliso Viejo, California"],
            ),
        ],
    ),
    "list_feedingamerica_trimmed.html": (
        "feedingamerica",
        [
            ("octxAfww", "Manager, Development (Chicago/Hybrid)", ["Chicago, Illinois"]),
            (
                "ohAzAfwK",
                "Manager, Technology Vendor Management (Chicago/Hybrid)",
                ["Chicago, Illinois"],
            ),
        ],
    ),
}
DETAIL = "detail_neogenomics_oiiRyfwJ_jsonld.html"
# A real template whose employer and jobs the recording project renamed.
FIRST, PAST_THE_END = "search_p0_template_anonymised.html", "search_empty_template_anonymised.html"
TEMPLATE = "detail_template_anonymised.html"
HOST = "https://jobs.jobvite.com"


def block(company: str) -> dict[str, Any]:
    return {"id": "recorded", "employer": "The Employer", "url": f"{HOST}/{company}"}


def search(company: str, page: int) -> str:
    return f"GET {HOST}/{company}/search/?p={page}&nl=1&fr=true"


def closed(company: str, job: str) -> list[tuple[Any, ...]]:
    """What a closed posting's page answers."""
    board = f"{HOST}/{company}/jobs?error=404"
    asked = f"GET {HOST}/{company}/job/{job}?nl=1&fr=true"
    return [
        (asked, "", {"status": 303, "headers": {"Location": board}}),
        (f"GET {board}", "<html><body>Jobs</body></html>"),
    ]


@pytest.mark.parametrize("file", LISTS)
def test_a_list(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    company, rows = LISTS[file]
    details: list[tuple[Any, ...]] = []
    for job, *_ in rows:
        if job in DETAIL:
            page = f"GET {HOST}/{company}/job/{job}?nl=1&fr=true"
            details.append((page, f"jobvite/{DETAIL}"))
        else:
            details += closed(company, job)
    result = crawl(
        tmp_path,
        monkeypatch,
        "jobvite",
        block(company),
        [(search(company, 0), f"jobvite/{file}"), *details],
    )
    assert result.verdict.outcome == "ok"
    assert [(p.native_id, p.title, p.raw_location) for p in result.postings] == rows
    assert [bool(p.closed_reason) for p in result.postings] == [
        posting.native_id not in DETAIL for posting in result.postings
    ]


def test_json_ld_of_a_posting() -> None:
    spider: Any = spider_class(
        Source.model_validate({"platform": "jobvite", **block("neogenomics")})
    )()
    page = response(f"{HOST}/neogenomics/job/oiiRyfwJ", sample(f"jobvite/{DETAIL}"))
    said = spider.read_detail(page)
    assert said["title"] == "Accessioning Technician I (Temp), Evenings"
    assert said["unit"] == "Accessioning"
    assert said["raw_location"] == ["Ft Myers, Florida"]
    assert said["raw_country"] == "United States"
    assert said["raw_date_posted"] == "2025-11-06"
    assert "Are you motivated to participate in a dynamic" in said["description_html"]
    assert "salary" not in said, "empty texts are no pay"
    assert "requisition_id" not in said, "the identifier is the posting's own"


def test_a_page_of_a_list_its_end_and_a_posting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The template declares four jobs and shows three; the page after it is empty."""
    detail = f"GET {HOST}/acme/job/oAaa1fwA?nl=1&fr=true"
    result = crawl(
        tmp_path,
        monkeypatch,
        "jobvite",
        block("acme"),
        [
            (search("acme", 0), f"jobvite/{FIRST}"),
            (search("acme", 1), f"jobvite/{PAST_THE_END}"),
            (detail, f"jobvite/{TEMPLATE}"),
            *closed("acme", "oBbb2fwB"),
            *closed("acme", "oCcc3fwC"),
        ],
    )
    assert result.verdict.outcome == "partial"
    assert "3 of 4 declared" in result.verdict.reason
    first, *rest = result.postings
    assert [(p.native_id, p.title, p.raw_location) for p in rest] == [
        ("oBbb2fwB", "Histology Technician, Nights", ["Aliso Viejo, California"]),
        ("oCcc3fwC", "Lab Assistant (Temp)", ["Fort Myers, Florida"]),
    ]
    assert first.native_id == "oAaa1fwA"
    assert first.title == "Data Engineer II"
    assert first.unit == "Clinical Labs"
    assert first.organization == "The Employer"
    assert first.raw_location == ["Durham, North Carolina"]
    assert first.raw_country == "United States"
    assert first.raw_date_posted == "2026-04-27"
    assert first.description_text.startswith("Acme Labs is looking for someone")


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    used = {*LISTS, DETAIL, FIRST, PAST_THE_END, TEMPLATE}
    assert used | set(SKIPPED) == sample_files("jobvite")
