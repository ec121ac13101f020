"""EURAXESS's recorded slice of a listing. Expectations were read from the file by a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsel import Selector

from tests.real.conftest import crawl, sample_files

SLICE = "euraxess_search_slice.html"
# Files of samples/euraxess that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}
BOARD = "https://euraxess.ec.europa.eu/jobs"


def block() -> dict[str, object]:
    return {
        "id": "recorded",
        "employer": "Recorded",
        "url": f"{BOARD}/search",
        "params": {"max_pages": 1},
    }


def test_the_slice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = [
        (f"GET {BOARD}/search?page=0", f"euraxess/{SLICE}"),
        # The offers' own pages were not recorded; what is asserted is the listing's.
        (f"GET {BOARD}/464056", "<h1>Internal Server Error</h1>", 500),
        (f"GET {BOARD}/464029", "<h1>Internal Server Error</h1>", 500),
    ]
    result = crawl(tmp_path, monkeypatch, "euraxess", block(), tape)
    assert result.verdict.outcome == "ok"
    assert result.report.listed == 2
    graz, geneva = result.postings
    assert graz.native_id == "464056"
    assert graz.url == f"{BOARD}/464056"
    assert graz.title == "Project Assistant without doctorate (m/f/d)"
    assert graz.organization == "University of Graz"
    assert graz.unit == "Centre of European Private Law"
    assert graz.raw_location == [
        "Austria, Centre of European Private Law, Graz, 8010, Halbärthgasse 8"
    ]
    assert graz.raw_country == "Austria"
    assert graz.raw_date_posted == "7 September 2026"
    assert graz.raw_valid_through == "2026-09-17T23:00:00+00:00"
    text = Selector(text=graz.description_html).xpath("string()").get("")
    assert text.startswith("Your ResponsibilitiesCooperation in the institute’s third-party")
    assert geneva.native_id == "464029"
    assert geneva.title == (
        'Professeur-e associé-e à temps plein en "Études de l\'enfance (Childhood Studies)"'
    )
    assert geneva.organization == "myScience"
    assert geneva.unit is None
    assert geneva.raw_location == ["Switzerland, Université de Genève, Genève"]
    assert geneva.raw_country == "Switzerland"
    assert geneva.raw_date_posted == "6 September 2026"
    assert geneva.raw_valid_through == "2026-10-14T23:49:00+00:00"
    assert not graz.detail_read
    assert not geneva.detail_read


def test_every_file_is_used_or_named() -> None:
    used = {SLICE}
    assert used.isdisjoint(SKIPPED)
    assert used | set(SKIPPED) == sample_files("euraxess")
