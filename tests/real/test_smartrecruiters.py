"""SmartRecruiters against recorded answers; what is expected was written by hand from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files, sample_json

SKIPPED = {
    "mixed_boschgroup_list_and_details.json": (
        "several answers in one file, partly invented by the recording project"
    ),
}
API = "https://api.smartrecruiters.com/v1/companies/{}/postings"


def block(company: str) -> dict[str, Any]:
    url = f"https://jobs.smartrecruiters.com/{company}"
    return {"id": "recorded", "employer": "The Employer", "url": url}


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.requisition_id,
        posting.title,
        posting.raw_location,
        posting.raw_country,
        posting.raw_workplace,
        posting.unit,
        posting.raw_employment_type,
        posting.raw_date_posted,
        posting.language,
    )


# Company as the link spells it and as the answer does, total; then what `facts` says of each row.
# fmt: off
LISTINGS: dict[str, tuple[str, str, int, list[tuple[Any, ...]]]] = {
    "list_boschgroup.json": ("BoschGroup", "BoschGroup", 4661, [
        ("744000134596109", "REF284598Y", "ADAS车载通讯专家_XC", ["Suzhou, Jiangsu, China"], "cn",
         None, None, "Full-time", "2026-06-27T03:50:53.298Z", "en"),
        ("744000134557559", "REF287454J", "HR Specialist- Personnel Administration",
         ["Santa Ana Tlapaltitlán, Méx., Mexico"], "mx", None, None, "Full-time",
         "2026-06-26T22:03:48.933Z", "en"),
        ("744000134556558", "REF290050P", "CNC Machinist", ["Lincolnshire, IL, United States"],
         "us", None, None, "Full-time", "2026-06-26T21:51:05.921Z", "en"),
        ("744000134550709", "REF289801H", "Coordinador/a de Mantenimiento de Maquinados",
         ["Parque Industrial del Valle de Aguascalientes, Ags., Mexico"], "mx", None, None,
         "Full-time", "2026-06-26T20:52:06.098Z", "es-MX"),
        ("744000134544960", "REF289788A",
         "Warehouse Specialist (Heavy Equipment / Large Forklift / Physical Logistics)",
         ["Grove City, OH, United States"], "us", None, None, "Full-time",
         "2026-06-26T20:05:17.954Z", "en"),
    ]),
    "list_guidehealth.json": ("guidehealth", "Guidehealth", 3, [
        ("3743990015568355", "REF292X", "Patient Engagement Specialist - Remote",
         ["Dallas, TX, United States"], "us", "remote", None, "Full-time",
         "2026-09-22T16:21:42.578Z", "en"),
        ("3743990015329216", "REF308X", "Remote Clinical Pharmacist – HEDIS Medication Adherence",
         ["Houston, TX, United States"], "us", "remote", None, "Full-time",
         "2026-09-17T01:42:07.930Z", "en"),
        ("3743990015329017", "REF308X", "Remote Clinical Pharmacist – HEDIS Medication Adherence",
         ["Atlanta, GA, United States"], "us", "remote", None, "Full-time",
         "2026-09-17T01:41:41.674Z", "en"),
    ]),
    "list_hirevue.json": ("hirevue", "HireVue", 5, [
        ("744000138728139", "REF307T", "Data Science Intern | Fully Remote US",
         ["Sandy, UT, United States"], "us", "remote", "Data Science", "Part-time",
         "2026-07-20T20:54:18.136Z", "en"),
        ("744000136509359", "REF298F", "Deal Desk Analyst | Fully Remote Poland and UK",
         ["Warsaw, , Poland"], "pl", "remote", "Sales", "Full-time",
         "2026-07-08T15:38:38.357Z", "en"),
        ("744000133640099", "REF301E", "Implementation Manager | Fully Remote Poland",
         ["Warsaw, Masovian Voivodeship, Poland"], "pl", "remote", "Professional Services",
         "Full-time", "2026-06-23T15:31:20.992Z", "en"),
    ]),
    "list_knight.json": ("knight", "Knight", 1, [
        ("743999671674844", "REF30D", "CNA / LPN - Consistent Hours. Start Next Week.",
         ["St. Louis, MO, United States"], "us", None, None, "Part-time",
         "2018-06-08T02:11:28.000Z", "en"),
    ]),
    "list_visa.json": ("visa", "Visa", 10, [
        ("744000129971988", "REF97388Z", "Director", ["Bengaluru, KA, India"], "in", None,
         "Cyber Security", "Full-time", "2026-06-03T11:08:12.368Z", "en"),
        ("744000122509268", "REF97308A", "Sr. SW Engineer", ["Austin, TX, United States"], "us",
         "hybrid", "Technology and Operations", "Full-time", "2026-04-23T16:54:54.835Z", "en"),
    ]),
}
# fmt: on
# The detail of a listed posting; the others' details are not recorded.
DETAILS = {
    "list_guidehealth.json": {
        "3743990015568355": "detail_guidehealth_3743990015568355.json",
    },
    "list_hirevue.json": {"744000138728139": "detail_hirevue_744000138728139.json"},
}


@pytest.mark.parametrize("file", LISTINGS)
def test_a_listing(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link, company, total, rows = LISTINGS[file]
    api, details = API.format(link), DETAILS.get(file, {})
    first = (f"GET {api}?limit=100&offset=0", f"smartrecruiters/{file}")
    rest = {"offset": len(rows), "limit": 100, "totalFound": total, "content": []}
    following = [(f"GET {api}?limit=100&offset={len(rows)}", json.dumps(rest))]
    answers: list[tuple[Any, ...]] = [
        (f"GET {api}/{row[0]}", f"smartrecruiters/{details[row[0]]}")
        if row[0] in details
        else (f"GET {api}/{row[0]}", "{}", 404)
        for row in rows
    ]
    complete = len(rows) == total
    result = crawl(
        tmp_path,
        monkeypatch,
        "smartrecruiters",
        block(link),
        [first, *([] if complete else following), *answers],
    )
    assert result.verdict.outcome == ("ok" if complete else "partial")
    assert result.report.declared_total == total
    # What was closed is as the listing gave it, two blanks in a title and all.
    assert [facts(posting)[:2] for posting in result.postings] == [row[:2] for row in rows]
    for posting, row in zip(result.postings, rows, strict=True):
        assert " ".join(posting.title.split()) == row[2]
        assert facts(posting)[3:] == row[3:]
        assert posting.url == f"https://jobs.smartrecruiters.com/{company}/{row[0]}"
        assert bool(posting.closed_reason) == (row[0] not in details)
        uuids = [item["uuid"] for item in sample_json(f"smartrecruiters/{file}")["content"]]
        assert posting.keys[-1].key in uuids


def test_all_sections_of_a_detail() -> None:
    spider: Any = spider_class(
        Source.model_validate({"platform": "smartrecruiters", **block("hirevue")})
    )()
    file = "smartrecruiters/detail_hirevue_744000138728139.json"
    said = spider.read_detail(response(API.format("hirevue"), sample(file)))
    assert said["apply_url"] == (
        "https://jobs.smartrecruiters.com/HireVue/"
        "744000138728139-data-science-intern-fully-remote-us?oga=true"
    )
    text = said["description_html"]
    starts = [
        text.index("<h3>Company Description</h3>\n<p>Hirevue is where hiring happens"),
        text.index("<h3>Job Description</h3>\n<p>As a <strong>Data Science Intern</strong>"),
        text.index("<h3>Qualifications</h3>\n<p><strong>Required</strong></p>"),
        text.index("<h3>Additional Information</h3>\n<p>All team members at Hirevue"),
    ]
    assert starts == sorted(starts)


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    used = {*LISTINGS, *(file for files in DETAILS.values() for file in files.values())}
    assert used.isdisjoint(SKIPPED)
    assert used | set(SKIPPED) == sample_files("smartrecruiters")
