"""Radancy against recorded answers; what is expected was written by hand from reading them.

The lists were asked for six rows a page, of boards of hundreds: they go through the parser.
Boeing's page and the details are trimmed; Barclays' are constructed by their keeper on a
recorded posting.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from crawler.loader import spider_class
from crawler.posting import Key
from crawler.sources import Source
from tests.real.conftest import response, sample, sample_files


class Seen(NamedTuple):
    board: str
    total: int
    rows: int
    id: str
    title: str
    place: list[str]
    url: str


LISTS = {
    "radancy_aldi_results.json": Seen(
        "https://careers.aldi.us/search-jobs", 1213, 6, "98393877456",
        "Full-Time Assistant Store Manager",
        ["8537 Davis Blvd, North Richland Hills, TX, USA, 76182"],
        "https://careers.aldi.us/job/north-richland-hills/full-time-assistant-store-manager/61/98393877456",
    ),
    "radancy_att_results.json": Seen(
        "https://www.att.jobs/search-jobs", 2171, 6, "98395039840", "Retail Sales Consultant",
        ["Chico, California"],
        "https://www.att.jobs/job/chico/retail-sales-consultant/117/98395039840",
    ),
    "radancy_disney_results.json": Seen(
        "https://jobs.disneycareers.com/search-jobs", 800, 6, "96053617056",
        "Sr Executive Assistant (PH)", ["Burbank, California, United States"],
        "https://jobs.disneycareers.com/job/burbank/sr-executive-assistant-ph/391/96053617056",
    ),
    "radancy_tenethealth_results.json": Seen(
        "https://jobs.tenethealth.com/search-jobs", 3359, 6, "98376917440",
        "Certified Surgical tech", ["Town of Framingham, MA"],
        "https://jobs.tenethealth.com/job/town-of-framingham/certified-surgical-tech/1127/98376917440",
    ),
    "radancy_veolia_results.json": Seen(
        "https://jobs.veolia.com/fr/search-jobs", 2962, 6, "19904869696",
        "Electromécanicien F/H", ["Sillery, France"],
        "https://jobs.veolia.com/fr/emploi/sillery/electromecanicien-f-h/3091/19904869696",
    ),
    "radancy_vinci_results.json": Seen(
        "https://jobs.vinci.com/en/search-jobs", 5878, 6, "2266761408",
        "Monteur:in (w/m/d) Elektrotechnik / Automatisierungstechnik / EMSR / MSR / "
        "Industrieanlagen",
        ["Frankfurt am Main, Hessen"],
        "https://jobs.vinci.com/en/job/frankfurt-am-main/monteur-in-w-m-d-elektrotechnik-"
        "automatisierungstechnik-emsr-msr-industrieanlagen/1440/2266761408",
    ),
    "internshipsignal_search_page1_constructed.json": Seen(
        "https://search.jobs.barclays/en/search-jobs", 3, 2, "97463249760",
        "2027 Technology Developer Summer Internship Programme Singapore",
        ["Singapore, Singapore"],
        "https://search.jobs.barclays/en/job/singapore/technology-developer-internship/13015/97463249760",
    ),
}  # fmt: skip
PAGE = "boeing_search_jobs_page_trimmed.html"
BOEING = "boeing_detail_trimmed.html"
BARCLAYS = "internshipsignal_detail_reference_constructed.html"
SKIPPED = {"tenants_research_sector.csv": "a list of boards, not an answer"}


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert {*LISTS, PAGE, BOEING, BARCLAYS, *SKIPPED} == sample_files("radancy")


def spider(board: str) -> Any:
    params = {"host": board.split("/")[2]}
    source = Source(id="recorded", platform="radancy", employer="X", url=board, params=params)
    return spider_class(source)()


@pytest.mark.parametrize("file", LISTS)
def test_a_list(file: str) -> None:
    seen = LISTS[file]
    one = spider(seen.board)
    url = one.page_request(0, None).url
    assert url.startswith(f"{seen.board}/results?CurrentPage=1&RecordsPerPage=1000&SearchResults")
    page = one.read_listing(response(url, sample(f"radancy/{file}")))
    assert (page.total, len(page.rows)) == (seen.total, seen.rows)
    first = page.rows[0]
    assert first.native_id == seen.id
    assert first.fields == {"title": seen.title, "url": seen.url, "raw_location": seen.place}
    assert all(row.fields["title"] and row.fields["raw_location"] for row in page.rows)
    match = one.match_on_known_host(first.fields["url"], one.params, "own")
    assert match is not None
    assert match.posting_id == seen.id


def test_boeings_rows() -> None:
    """A search's page; its rows are those of the answer to a list's request."""
    answer = json.dumps({"results": sample(f"radancy/{PAGE}")})
    url = "https://jobs.boeing.com/search-jobs/results"
    page = spider("https://jobs.boeing.com/search-jobs").read_listing(response(url, answer))
    assert page.total == 14
    designer, developer = page.rows
    assert designer.native_id == "97595724928"
    assert designer.fields["title"] == "Experienced Software Engineer – UI UX Designer"
    assert designer.fields["raw_location"] == ["Bengaluru, India"]
    assert developer.fields["title"] == "Associate AI/ML Engineer – Predictive Maintenance"
    assert developer.fields["url"] == (
        "https://jobs.boeing.com/job/bengaluru/"
        "associate-ai-ml-engineer-predictive-maintenance/185/97556420896"
    )


def test_boeings_detail() -> None:
    url = (
        "https://jobs.boeing.com/job/bengaluru/"
        "experienced-software-engineer-ui-ux-designer/185/97595724928"
    )
    text = sample(f"radancy/{BOEING}")
    said = spider("https://jobs.boeing.com/search-jobs").read_detail(response(url, text))
    assert said["title"] == "Experienced Software Engineer – UI UX Designer"
    assert said["requisition_id"] == "JR2026516414"
    assert said["raw_date_posted"] == "2026-7-10"
    assert said["raw_employment_type"] == "Regular"
    assert said["raw_location"] == ["Bangalore, Karnātaka"]
    assert said["raw_country"] == "India"
    assert said["description_html"].startswith("<p><b>Job Description</b></p><p>At Boeing, we")
    assert said["apply_url"].endswith("_JR2026516414-1/apply")
    assert said["aliases"] == (
        Key("workday", "boeing", "JR2026516414-1"),
        Key("workday", "boeing", "JR2026516414"),
    )
    without = text.replace("application/ld+json", "application/json")
    shown = spider("https://jobs.boeing.com/search-jobs").read_detail(response(url, without))
    assert shown["title"] == said["title"]
    assert shown["requisition_id"] == "JR2026516414"
    assert shown["raw_date_posted"] == "Jul. 10, 2026"
    assert shown["raw_location"] == ["Bengaluru, Karnataka"]


def test_barclays_detail() -> None:
    url = LISTS["internshipsignal_search_page1_constructed.json"].url
    one = spider("https://search.jobs.barclays/en/search-jobs")
    said = one.read_detail(response(url, sample(f"radancy/{BARCLAYS}")))
    assert said["title"] == "2027 Technology Developer Summer Internship Programme Singapore"
    assert said["requisition_id"] == "JR-0000121763"
    assert said["raw_location"] == [
        "Singapore, Central Singapore, Singapore", "Whippany, New Jersey, United States",
    ]  # fmt: skip
    assert said["raw_workplace"] == "HYBRID"
    assert (said["raw_date_posted"], said["raw_valid_through"]) == ("2026-7-7", "2026-10-15")
    assert said["raw_salary"] == "USD 35-45 HOUR"
    assert "organization" not in said
    assert said["aliases"] == ()
