"""jobs.ac.uk's recorded cards, and its URLs in lists of published adverts. Read by a person."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest

from crawler.recognise import Recogniser
from crawler.sources import read_catalogue
from tests.real.conftest import SHARED, crawl, response, sample, sample_files
from tests.test_jobs_ac_uk import spider

# Files of samples/jobs_ac_uk that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}

SEARCH = (
    "https://www.jobs.ac.uk/search/?keywords=research+software&startIndex=1&pageSize=25&sortOrder=1"
)
# The day of the recording is not known; its cards were placed on 9 June and close in June.
NOW = "2026-06-12T03:00:00+00:00"


def test_recorded_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_NOW", NOW)
    crawl = spider()
    page = crawl.read_listing(response(SEARCH, sample("jobs_ac_uk/search_cards.html")))
    assert page.more == []
    assert [(row.native_id, row.fields) for row in page.rows] == [
        (
            "DRV582",
            {
                "title": "Full Professor in Law",
                "url": "https://www.jobs.ac.uk/job/DRV582/full-professor-in-law",
                "organization": "National University of Singapore",
                "unit": "Faculty of Law",
                "raw_location": ["Singapore"],
                "raw_salary": "Not Specified",
                "raw_date_posted": "09 Jun 2026",
                "raw_valid_through": "30 Jun 2026",
            },
        ),
        (
            "DRV584",
            {
                "title": "Assistant Lecturer in Food Chemistry",
                "url": "https://www.jobs.ac.uk/job/DRV584/lecturer-in-food-chemistry",
                "organization": "Atlantic Technological University",
                "unit": "Faculty of Science",
                "raw_location": ["Sligo"],
                "raw_salary": "£41,377.94 to £55,990.51",
                "raw_date_posted": "09 Jun 2026",
                "raw_valid_through": "25 Jun 2026",
            },
        ),
    ]


def test_recorded_cards_go_through_a_whole_run(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No advert page was recorded; one is gone and one does not answer."""
    result = crawl(
        tmp_path,
        monkeypatch,
        "jobs_ac_uk",
        {
            "id": "adverts",
            "employer": "jobs.ac.uk",
            "url": "https://www.jobs.ac.uk/search/",
            "params": {"keywords": ["research software"]},
        },
        [
            (f"GET {SEARCH}", "jobs_ac_uk/search_cards.html"),
            ("GET https://www.jobs.ac.uk/job/DRV582/full-professor-in-law", "<h1>Gone</h1>", 404),
            (
                "GET https://www.jobs.ac.uk/job/DRV584/lecturer-in-food-chemistry",
                "<h1>Busy</h1>",
                503,
            ),
        ],
        now=NOW,
    )
    assert (result.verdict.outcome, result.report.listed) == ("ok", 2)
    law, food = result.postings
    assert law.closed_reason == "HTTP 404"
    assert (food.title, food.organization) == (
        "Assistant Lecturer in Food Chemistry",
        "Atlantic Technological University",
    )
    assert food.detail_read is False


# Every jobs.ac.uk advert that the listings and seed documents name.
PUBLISHED = {
    "CVC573", "CVB420", "DHL968", "DMQ037", "DPW509", "CZT680", "DIJ244", "AKG487", "AKT229",
    "ALS882", "AMS437", "AUD286", "ANN074", "ANT812", "AUP545",
}  # fmt: skip


def test_every_published_advert_is_recognised() -> None:
    recogniser = Recogniser(read_catalogue().values())
    with (SHARED / "data" / "listings.csv").open(encoding="utf-8", newline="") as file:
        urls = {row["url"] for row in csv.DictReader(file) if "jobs.ac.uk/" in row["url"]}
    adverts = {}
    for url in urls:
        match = recogniser.recognise(url)
        assert match is not None, url
        assert match.platform.platform == "jobs_ac_uk"
        if match.key is None:
            assert "/employer/" in url
            continue
        assert match.tenant == "jobs.ac.uk"
        adverts[match.key.key] = match.canonical_url
    assert set(adverts) == PUBLISHED
    assert adverts["AKG487"] == (
        "https://www.jobs.ac.uk/job/AKG487/"
        "research-associate-senior-software-developer-in-biomedical-informatics"
    )


@pytest.mark.parametrize(
    ("table", "least"), [("negatives.csv", 100), ("rct_board.csv", 1), ("duplicate_pairs.csv", 1)]
)
def test_every_advert_in_other_tables_is_recognised(table: str, least: int) -> None:
    recogniser = Recogniser()
    with (SHARED / "data" / table).open(encoding="utf-8", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    urls = {cell for cell in cells if re.match(r"https?://(www\.)?jobs\.ac\.uk/job/", cell)}
    assert len(urls) >= least
    for url in urls:
        match = recogniser.recognise(url)
        assert match is not None, url
        assert match.key == ("jobs_ac_uk", "jobs.ac.uk", url.split("/")[4])


def test_every_recorded_file_is_read_or_skipped_with_a_reason() -> None:
    assert {"search_cards.html"} | set(SKIPPED) == sample_files("jobs_ac_uk")
