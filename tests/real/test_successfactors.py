"""Recorded answers of SuccessFactors. Every expectation was read from them by a person.

The classic lists are whole (their texts were cut by their keeper) and go through the spider; the
pages of career sites are pieces and go through the pure parser.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files

COLGATE = "successfactors_colgate_jobs.xml"
ZURICH = "successfactors_zurich_jobs.xml"
GRAINGER = "jobhq_grainger_search_rows_trimmed.html"
ROWS = "vesska_data_rows_constructed.html"
TILES = "vesska_tiles_trimmed.html"
TILE = "techjobsnl_degiro_list_reduced.html"
DETAIL = "techjobsnl_degiro_detail_reduced.html"
USED = {COLGATE, ZURICH, GRAINGER, ROWS, TILES, TILE, DETAIL}
# Files of samples/successfactors that no test here reads, with the reason.
SKIPPED = {"tenants_research_sector.csv": "a list of addresses; the catalogue holds them"}
HOST = "https://jobs.real.example"


def spider() -> Any:
    params = {"host": "jobs.real.example"}
    source = Source(id="real", platform="successfactors", employer="R", url=HOST, params=params)
    return spider_class(source)()


def classic(file: str, company: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    portal = f"https://career5.successfactors.eu/career?company={company}"
    request = f"GET {portal}&career_ns=job_listing_summary&resultType=XML"
    block = {"id": "real", "employer": "Real", "url": portal}
    exchanges = [(request, f"successfactors/{file}")]
    result = crawl(tmp_path, monkeypatch, "successfactors", block, exchanges)
    assert (result.verdict.outcome, result.verdict.reason) == ("ok", "")
    return list(result.postings)


def test_a_classic_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = classic(COLGATE, "colgate", tmp_path, monkeypatch)
    assert first.title == "Advanced Analytics - Retail"
    assert first.native_id == first.requisition_id == "173126"
    assert first.url == (
        "https://career5.successfactors.eu/sfcareer/jobreqcareer?jobId=173126&company=colgate"
    )
    assert first.keys == [("successfactors", "colgate", "173126")]
    assert first.raw_location == ["Overland Park, Kansas"]
    assert first.raw_country == "United States"
    assert (first.raw_workplace, first.workplace) == ("Hybrid", "hybrid")
    assert first.raw_date_posted is None
    assert "Trimmed for the fixture" in first.description_html
    assert second.title == "(Manufacturing) Operations Assistant"
    assert second.requisition_id == "164817"
    assert second.raw_location == ["Emporia, Kansas"]
    assert second.raw_workplace is None  # its label is there, without a value


def test_a_classic_list_with_other_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = classic(ZURICH, "zurich", tmp_path, monkeypatch)
    assert first.title == "(Senior) Manager, Distribution Governance (Life Insurance)"
    assert first.requisition_id == "135038"
    assert (first.raw_location, first.raw_country) == (["Hong Kong"], "Hong Kong")
    assert second.title == "Accident & Health Underwriter - Zurich Asuransi Indonesia"
    assert second.requisition_id == "134794"
    assert second.raw_country == "Indonesia"
    assert second.raw_employment_type is None  # "Job Type" is "Experienced" here


@pytest.mark.parametrize(
    ("file", "total", "seen"),
    [
        (
            GRAINGER,
            None,
            [
                ("1344992400", "Sr Product Manager", "CHICAGO, IL, US, 60654-4203",
                 "/job/CHICAGO-Sr-Product-Manager-IL-60654-4203/1344992400/"),
                ("1372668800", "Lead UX Designer", "LAKE FOREST, IL, US, 60045-5202",
                 "/job/LAKE-FOREST-Lead-UX-Designer-IL-60045-5202/1372668800/"),
                ("1404125600", "Warehouse Associate (Days)", "BORDENTOWN, NJ, US, 08505-4750",
                 "/job/BORDENTOWN-Warehouse-Associate-%28Days%29-NJ-08505-4750/1404125600/"),
            ],
        ),
        (
            ROWS,
            None,
            [
                ("1234567890", "Bereichsleiter Finanzen (m/w/d)", "Frankfurt am Main, DE",
                 "/job/Frankfurt-Bereichsleiter-Finanzen/1234567890/"),
                ("1234567891", "Sachbearbeiter Meldewesen", "Berlin, DE",
                 "/job/Berlin-Sachbearbeiter/1234567891/"),
            ],
        ),
        (
            TILES,
            None,
            [
                ("1162119801", "IT-Projektmanager Risikosysteme (w/m/d)", "Düsseldorf, DE",
                 "/job/D%C3%BCsseldorf-IT-Projektmanager-Risikosysteme-%28wmd%29/1162119801/"),
                ("1383622233", "Spezialist IAM (w/m/d)", "Münster, DE",
                 "/job/M%C3%BCnster-Spezialist-IAM-%28wmd%29/1383622233/"),
            ],
        ),
        (
            TILE,
            2,
            [("1001", "Platform Engineer", "", "/job/Amsterdam-Platform-Engineer-1096-HA/1001/")],
        ),
    ],
)  # fmt: skip
def test_a_search(file: str, total: int | None, seen: list[tuple[str, str, str, str]]) -> None:
    page = spider().read_listing(response(f"{HOST}/search/", sample(f"successfactors/{file}")))
    assert page.total == total
    rows = page.rows
    assert [(row.native_id, row.fields["title"]) for row in rows] == [one[:2] for one in seen]
    assert [row.fields["raw_location"] for row in rows] == [
        [one[2]] if one[2] else [] for one in seen
    ]
    assert [row.fields["url"] for row in rows] == [HOST + one[3] for one in seen]


def test_a_posting() -> None:
    url = f"{HOST}/job/Amsterdam-Platform-Engineer-1096-HA/1001/"
    said = spider().read_detail(response(url, sample(f"successfactors/{DETAIL}")))
    assert said["title"] == "Platform Engineer"
    assert said["raw_location"] == ["Amsterdam, NL, 1096 HA"]
    assert said["raw_country"] == "NL"
    assert said["raw_date_posted"] == "Tue Aug 11 00:00:00 UTC 2026"
    assert said["description_html"] == "<p>Build the trading platform.</p>"
    assert said["apply_url"] == f"{HOST}/talentcommunity/apply/1001/?locale=en_US"


def test_every_file_is_read_or_named() -> None:
    assert {*USED, *SKIPPED} == sample_files("successfactors")
