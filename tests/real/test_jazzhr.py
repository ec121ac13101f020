"""JazzHR against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files

SKIPPED = {
    "feed_talentwwinc_excerpt.xml": "the feed, which a crawl never asks: it lags and may be empty",
}
LIST = "list_paradromicsinc_apply.html"
DETAIL = "detail_paradromicsinc_ujxQN2lhPz_jsonld.html"
PLAIN = "detail_paradromicsinc_no_jsonld.html"
ITEM = "fragment_imperativecare_list_item.html"
HEADER = "fragment_imperativecare_detail_header.html"
BOARD = "https://paradromicsinc.applytojob.com/apply"
POSTING = f"{BOARD}/ujxQN2lhPz/Field-Clinical-SpecialistEngineer"


def block(url: str) -> dict[str, Any]:
    return {"id": "recorded", "employer": "The Employer", "url": url}


def spider(url: str) -> Any:
    return spider_class(Source.model_validate({"platform": "jazzhr", **block(url)}))()


def test_a_board_and_its_posting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = crawl(
        tmp_path,
        monkeypatch,
        "jazzhr",
        block(BOARD),
        [(f"GET {BOARD}", f"jazzhr/{LIST}"), (f"GET {POSTING}", f"jazzhr/{DETAIL}")],
        now="2026-09-20T03:00:00+00:00",
    )
    assert result.verdict.outcome == "ok"
    (posting,) = result.postings
    assert posting.native_id == "ujxQN2lhPz"
    assert posting.title == "Field Clinical Specialist/Engineer"
    assert posting.url == POSTING
    assert posting.organization == "The Employer"
    assert posting.unit is None
    assert posting.requisition_id is None
    assert posting.raw_location == ["Austin, TX"]
    assert posting.raw_employment_type == "FULL_TIME"
    assert posting.raw_date_posted == "2026-09-08"
    assert posting.raw_valid_through == "2026-12-07"
    assert posting.valid_through is None, "ninety days after the posting: made by the software"
    assert posting.description_text.startswith("Field Clinical Engineer")


def test_a_page_without_json_ld() -> None:
    said = spider(BOARD).read_detail(response(POSTING, sample(f"jazzhr/{PLAIN}")))
    assert "<span>Electrical Engineer (Systems Generalist)</span>" in said["description_html"]
    assert "About Paradromics" in said["description_html"]
    assert "raw_date_posted" not in said


def test_fragment_of_a_list() -> None:
    board = "https://imperativecare.applytojob.com/apply"
    (row,) = spider(board).read_listing(response(board, sample(f"jazzhr/{ITEM}"))).rows
    assert row.native_id == "32CBp7t1Fy"
    assert row.fields == {
        "title": "R&D Engineer, I",
        "url": f"{board}/32CBp7t1Fy/RD-Engineer-I",
        "unit": "R&D Devices",
        "raw_location": ["Campbell, CA"],
    }


def test_fragment_of_a_details_header() -> None:
    """The recorded header has no text below it; an own one is added."""
    page = sample(f"jazzhr/{HEADER}") + '<div id="job-description"><p>Text.</p></div>'
    said = spider(BOARD).read_detail(response(POSTING, page))
    assert said["title"] == "R&D Engineer, I"
    assert said["raw_location"] == ["Campbell, CA"]
    assert said["unit"] == "R&D Devices"
    assert said["raw_employment_type"] == "Full Time"


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert {LIST, DETAIL, PLAIN, ITEM, HEADER, *SKIPPED} == sample_files("jazzhr")
