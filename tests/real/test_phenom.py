"""Phenom against recorded answers; what is expected was written by hand from reading them.

The recordings hold a part of their rows, so they go through the parser; Chewy's goes through a
whole run as well, which ends as partial because three of twelve postings were kept.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.posting import Key
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files, sample_json

CHEWY = "chewy_refineSearch_3_of_10_rows.json"
CISCO = "cisco_eagerLoadRefineSearch_row_reduced.json"
PHENOM = "careerkit_phenom_search_trimmed.html"
ENBW = "jobwatch_enbw_embedded_reduced.html"
DETAIL = "techjobsnl_ebay_detail_reduced.html"
SKIPPED = {
    "techjobsnl_ebay_list_reduced.html": "its keeper left out jobSeqNo, which every row has",
    "tenants_research_sector.csv": "a list of boards, not an answer",
}


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert {CHEWY, CISCO, PHENOM, ENBW, DETAIL, *SKIPPED} == sample_files("phenom")


def spider(url: str) -> Any:
    host = url.split("/")[2]
    source = Source(id="recorded", platform="phenom", employer="X", url=url, params={"host": host})
    return spider_class(source)()


def page(url: str, text: str) -> Any:
    return spider(url).read_listing(response(url, text))


def test_chewys_rows() -> None:
    said = page("https://careers.chewy.com/us/en/search-results", sample(f"phenom/{CHEWY}"))
    assert said.total == 12
    analyst, technician, veterinarian = said.rows
    assert analyst.native_id == "CHINUSR30674EXTERNALENUS"
    assert {key: analyst.fields[key] for key in ("title", "url", "requisition_id", "unit")} == {
        "title": "Category Analyst",
        "url": "https://careers.chewy.com/us/en/job/CHINUSR30674EXTERNALENUS",
        "requisition_id": "R30674",
        "unit": None,
    }
    assert analyst.fields["raw_location"] == ["Plantation, Florida, United States of America"]
    assert analyst.fields["raw_employment_type"] == "Full time"
    assert analyst.fields["raw_date_posted"] == "2026-08-21T00:00:00.000+0000"
    assert analyst.fields["apply_url"].endswith("/Category-Analyst_R30674/apply")
    assert analyst.aliases == (
        Key("phenom", "careers.chewy.com", "R30674"),
        Key("phenom", "careers.chewy.com", "R30674"),
        Key("workday", "chewy", "R30674"),
    )
    assert technician.fields["title"] == "Pharmacy Technician - Mail Order"
    assert veterinarian.fields["raw_location"] == [
        "McKinney, Texas, United States of America",
        "Fort Worth, TX",
    ]
    # Workday's address has a copy number, its stored key has not.
    assert veterinarian.aliases[2:] == (
        Key("workday", "chewy", "R30122-1"),
        Key("workday", "chewy", "R30122"),
    )


def test_ciscos_row() -> None:
    said = sample(f"phenom/{CISCO}").replace('"jobSeqNo"', '"title": "A title", "jobSeqNo"')
    text = f"<script>phApp.ddo = {said};</script>"  # where this key stands, in the pages
    found = page("https://careers.cisco.com/global/en/search-results", text)
    assert found.total == 195
    (row,) = found.rows
    assert row.native_id == "CISCISGLOBAL2007643EXTERNALENGLOBAL"
    assert row.fields["url"] == f"https://careers.cisco.com/global/en/job/{row.native_id}"
    assert row.fields["raw_workplace"] == "Hybrid"
    assert row.fields["raw_location"] == ["Bangalore, India"]
    assert Key("workday", "cisco", "2007643") in row.aliases


def test_phenoms_own_page() -> None:
    said = page("https://careers.phenom.com/global/en/search-results", sample(f"phenom/{PHENOM}"))
    assert said.total == 52
    manager, developer = said.rows
    assert manager.fields["title"] == "Senior Project Manager(German Speaker)"
    assert manager.native_id == "PHENA0059P104461EXTERNALENGLOBAL"
    assert manager.fields["requisition_id"] == "P-104461"
    assert manager.fields["raw_location"] == ["Rotterdam, South Holland, Netherlands"]
    assert manager.fields["raw_date_posted"] == "2026-04-09T09:54:06.573+0000"
    assert "complex transformation programs" in manager.stamp
    assert developer.fields["title"] == "Revenue Development Representative"
    assert developer.fields["url"].startswith("https://careers.phenom.com/global/en/job/PHENA0059P")


def test_enbws_row_has_its_locale_in_its_id_alone() -> None:
    said = page("https://careers.enbw.example/", sample(f"phenom/{ENBW}"))
    assert said.total == 1
    (row,) = said.rows
    assert row.fields["title"] == "Security Engineer"
    assert row.fields["url"].endswith("/de/de/job/EBQEBQGLOBAL23176EXTERNALDEDE")
    assert row.fields["requisition_id"] == "23176"
    assert row.fields["raw_location"] == ["Karlsruhe, Germany"]
    assert row.fields["raw_date_posted"] is None


def test_ebays_detail() -> None:
    url = "https://jobs.ebayinc.com/us/en/job/R100"
    said = spider("https://jobs.ebayinc.com/us/en/search-results").read_detail(
        response(url, sample(f"phenom/{DETAIL}"))
    )
    assert set(said) == {"description_html"}
    text = " ".join(re.sub(r"<[^>]+>", " ", said["description_html"]).split())
    assert text == "Build reliable marketplace services. Work with product teams."


def test_chewys_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host = "https://careers.chewy.com"
    ids = ("CHINUSR30674", "CHINUSR25875", "CHINUSR30122")
    listing = sample_json(f"phenom/{CHEWY}")
    rest = {"refineSearch": {"status": 200, "totalHits": 12, "data": {"jobs": []}}}
    block = {
        "id": "recorded",
        "employer": "Chewy",
        "url": f"{host}/us/en/search-results",
        "params": {"host": "careers.chewy.com"},
    }
    exchanges = [
        (f"POST {host}/widgets", listing),
        (f"POST {host}/widgets", rest),
        *((f"GET {host}/us/en/job/{each}EXTERNALENUS", f"phenom/{DETAIL}") for each in ids),
    ]
    result = crawl(tmp_path, monkeypatch, "phenom", block, exchanges)
    assert result.verdict.outcome == "partial"
    assert result.verdict.reason == "3 of 12 declared postings were listed"
    assert [str(posting.date_posted) for posting in result.postings] == [
        "2026-08-21", "2026-08-19", "2026-08-05",
    ]  # fmt: skip
    assert result.postings[2].location is not None
