"""Eightfold against recorded answers; what is expected was written by hand from reading them.

The lists are trimmed by their keepers, and some lost their `count`; a run over them cannot end as
complete, so they go through the parser. The details are those of no listed posting.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.posting import Key
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files, sample_json

PCSX = "microsoft_pcsx_search_2_rows.json"
CONSTRUCTED = "newgrad_microsoft_pcsx_shape_constructed.json"
OLDER = {
    "careerkit_eightfold_v2_list.json",
    "ergon_fcx_v2_list_trimmed.json",
    "netflix_v2_list_1_of_2_rows.json",
}
PAGE = "eightfold_amdocs_job_page.html"
SKIPPED = {
    "eightfold_amdocs_sitemap.xml": "sitemaps are not read: the interfaces say more, and "
    "half of the tenants that have a sitemap lack a true one (ats/eightfold.md section 3)",
    "tenants_research_sector.csv": "a list of boards, not an answer",
}


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert {PCSX, CONSTRUCTED, PAGE, *OLDER, *SKIPPED} == sample_files("eightfold")


def spider(host: str, domain: str | None = None, older: bool = False, **params: str) -> Any:
    said = {"host": host, **params} | ({"domain": domain} if domain else {})
    url = f"https://{host}/careers"
    source = Source(id="recorded", platform="eightfold", employer="X", url=url, params=said)
    one = spider_class(source)()
    one._older = older  # type: ignore[attr-defined]
    return one


def rows(one: Any, said: dict[str, Any]) -> list[Any]:
    page = one.read_listing(response(f"https://{one.params.host}/api", json.dumps(said)))
    return list(page.rows)


def test_microsofts_rows() -> None:
    said = sample_json(f"eightfold/{PCSX}")
    said["data"]["count"] = 2  # the recording lost it
    one = spider("apply.careers.microsoft.com", "microsoft.com")
    intern, sciences = rows(one, said)
    assert intern.native_id == "1970393556867858"
    assert intern.fields == {
        "title": "Research Intern - Self-Improving AI",
        "unit": "Applied Sciences",
        "raw_location": [
            "United States, Massachusetts, Cambridge",
            "United States, New York, New York",
        ],
        "raw_workplace": "onsite",
        "raw_date_posted": "1779139945",
        "url": "https://apply.careers.microsoft.com/careers/job/1970393556867858"
        "?domain=microsoft.com",
        "requisition_id": "200037837",
    }
    assert intern.stamp == "1779139945"
    assert sciences.native_id == "1970393556641091"
    assert sciences.fields["title"] == "Research Sciences INTERN"
    assert sciences.fields["raw_location"] == ["India, Multiple Locations, Multiple Locations"]
    assert sciences.fields["requisition_id"] == "200015233"


def test_albemarle_says_little_of_a_posting() -> None:
    said = {**sample_json("eightfold/careerkit_eightfold_v2_list.json"), "count": 2}
    planner, director = rows(spider("albemarle.eightfold.ai", older=True), said)
    assert planner.native_id == "1099555326551"
    assert planner.fields["title"] == "Supply Planner, Bromine S&OP"
    assert planner.fields["raw_location"] == [
        "Charlotte, North Carolina, United States of America",
        "Magnolia, Arkansas, United States of America",
    ]
    assert planner.fields["raw_date_posted"] == planner.stamp == "1785801600"
    assert planner.fields["requisition_id"] is None
    assert planner.fields["url"] == "https://albemarle.eightfold.ai/careers/job/1099555326551"
    assert director.fields["unit"] == "Policy, Government, and Public Affairs"


def test_freeports_rows_are_known_at_both_of_its_hosts() -> None:
    said = sample_json("eightfold/ergon_fcx_v2_list_trimmed.json")
    first, second, third = rows(spider("fcx.eightfold.ai", "fcx.com", older=True), said)
    assert [row.native_id for row in (first, second, third)] == ["42478672", "42477103", "42475929"]
    assert first.fields["title"] == "Manager Engineering - Electrical"
    assert first.fields["requisition_id"] == "144860"
    assert first.fields["raw_location"] == ["New Orleans, LA USA 70112"]
    assert first.fields["unit"] == "Engineering Services"
    assert (first.fields["raw_date_posted"], first.stamp) == ("1781660892", "1781711697")
    assert first.aliases == (
        Key("eightfold", "fcx.eightfold.ai", "42478672"),
        Key("eightfold", "talent.fmjobs.com", "42478672"),
    )
    assert third.fields["title"] == "CLP Operator Trainee - Hydromet"


def test_netflixs_row() -> None:
    said = sample_json("eightfold/netflix_v2_list_1_of_2_rows.json")
    (row,) = rows(spider("explore.jobs.netflix.net", "netflix.com", older=True), said)
    assert row.native_id == "790315673635"
    assert row.fields["title"].startswith("Video Algorithms Intern, Video Coding (Gaussian")
    assert row.fields["raw_location"] == ["Los Gatos,California,United States of America"]
    assert row.fields["requisition_id"] == "JR40251"
    assert row.fields["raw_workplace"] == "onsite"
    assert row.fields["raw_date_posted"] == "1776988800"


def test_a_job_page_holds_the_domain() -> None:
    one = spider("jobs.amdocs.com")
    page = response("https://jobs.amdocs.com/careers", sample(f"eightfold/{PAGE}"))
    (request,) = one._on_board(page)
    assert request.url == (
        "https://jobs.amdocs.com/api/pcsx/search"
        "?domain=amdocs.com&query=&location=&start=0&sort_by=timestamp"
    )


def test_a_whole_board_in_the_newer_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Constructed by its keeper in the recorded form; it has a detail for its first posting."""
    said = sample_json(f"eightfold/{CONSTRUCTED}")
    api = "GET https://apply.careers.microsoft.com/api/pcsx"
    listing = f"{api}/search?domain=microsoft.com&query=&location=&sort_by=timestamp&start="
    detail = f"{api}/position_details?domain=microsoft.com&hl=en&position_id="
    empty = {"status": 200, "data": {"count": 2, "positions": []}}
    block = {
        "id": "recorded",
        "employer": "Microsoft",
        "url": "https://apply.careers.microsoft.com/careers?domain=microsoft.com",
        "params": {
            "host": "apply.careers.microsoft.com",
            "domain": "microsoft.com",
            "also_at": "https://jobs.careers.microsoft.com/global/en/job/{}",
        },
    }
    exchanges = [
        (f"{listing}0", said["search"]),
        (f"{listing}2", empty),
        (f"{detail}1970393556640555", said["details"]),
        (f"{detail}1970393556640999", {"status": 404, "data": {}}, 404),
    ]
    result = crawl(tmp_path, monkeypatch, "eightfold", block, exchanges)
    assert result.verdict.outcome == "ok"
    engineer, manager = result.postings
    assert engineer.title == "Software Engineer, New Grad (2027)"
    assert engineer.requisition_id == "200014796"
    assert engineer.raw_location == ["United States, Washington, Redmond"]
    assert engineer.raw_employment_type == "Full-Time"
    assert str(engineer.date_posted) == "2026-06-22"
    assert engineer.description_text.startswith("Overview")
    assert Key("microsoft_careers", "jobs.careers.microsoft.com", "200014796") in engineer.keys
    assert manager.closed_reason == "HTTP 404 for the posting"
    assert manager.raw_workplace == "remote"
