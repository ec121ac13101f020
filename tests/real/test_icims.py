"""Recorded lists of iCIMS portals. Every expectation was read from them by a person.

They are first pages alone, so they go through the pure parser; no detail page was recorded.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from crawler.loader import spider_class
from crawler.patterns import Page
from crawler.sources import Source
from tests.real.conftest import response, sample, sample_files

# Files of samples/icims that no test here reads, with the reason.
SKIPPED = {"tenants_research_sector.csv": "a list of addresses; the catalogue holds them"}


class Seen(NamedTuple):
    """A posting as its list shows it; `path` is the URL's after the host."""

    at: int  # its place in the list
    path: str
    title: str
    places: list[str]
    requisition: str | None = None
    more: dict[str, str] = {}


# File -> host, number of cards, does it link a next page, and some of its postings.
LISTS: dict[str, tuple[str, int, bool, list[Seen]]] = {
    "icims_emory_search_page1.html": (
        "clinical-emory.icims.com", 20, True,
        [
            Seen(0, "/jobs/170893/medical-assistant/job", "Medical Assistant",
                 ["Johns Creek, GA, 30097"], "170893",
                 {"unit": "Emory Univ Hosp-Midtown", "raw_employment_type": "Regular Full-Time"}),
            Seen(1, "/jobs/170830/acute-care-asap-nurse---internal-travel-team/job",
                 "Acute Care ASAP Nurse / Internal Travel Team", ["Atlanta, GA, 30345"], "170830",
                 {"unit": "Emory Healthcare Inc."}),
            Seen(2, "/jobs/170809/emergency-room-emt---float-tech---internal-travel-team/job",
                 "Emergency Room EMT / Float Tech / Internal Travel Team", ["Atlanta, GA, 30345"],
                 "170809", {"raw_employment_type": "PRN / Registry"}),
        ],
    ),
    "icims_gdms_search_page1.html": (
        "careers-gdms.icims.com", 20, True,
        [
            Seen(0, "/jobs/73835/skillbridge---embedded-software-engineer/job",
                 "Skillbridge - Embedded Software Engineer", ["US-VA-Fairfax Station"],
                 "2026-73835",
                 {"raw_date_posted": "7/28/2026 2:40 PM",
                  "raw_salary": "USD $100,000.00 - USD $165,000.00 /Yr."}),
        ],
    ),
    "icims_matchretail_search_page1.html": (
        "careers-wow.icims.com", 19, False,
        [
            Seen(0, "/jobs/10493/sales-associate-part-time---centerpoint-mall/job",
                 "Sales Associate Part Time - Centerpoint Mall", ["CA-ON-Toronto"], "2026-10493"),
            Seen(2, "/jobs/10485/sales-associate-part-time---place-d%27orleans/job",
                 "Sales Associate Part Time - Place d'Orleans", ["CA-ON-Orleane"], "2026-10485"),
            Seen(18, "/jobs/10039/sales-associate-full-time---central-city-shopping-centre/job",
                 "Sales Associate Full Time - Central City Shopping Centre", ["CA-BC-Surrey"],
                 "2026-10039"),
        ],
    ),
    "icims_petsuppliesplus_search_page1.html": (
        "careers-petsuppliesplus.icims.com", 20, True,
        [
            # "Location : Address" below it is a street, and no place
            Seen(0, "/jobs/18075/groomer/job", "Groomer", ["US-TX-Seguin"]),
            Seen(1, "/jobs/18074/groom-student---groom-tech-%28bather%29/job",
                 "Groom Student / Groom Tech (Bather)", ["US-TX-Seguin"]),
        ],
    ),
    "icims_tfghospitality_search_page1.html": (
        "careers-tfghospitality.icims.com", 20, True,
        [
            Seen(0, "/jobs/8149/commis-ii/job", "Commis II", ["Silver Sands Beach"], "2026-8149",
                 {"raw_date_posted": "23/07/2026 08:17"}),
            Seen(2, "/jobs/8131/front-office-associate---chinese-speaker/job",
                 "Front Office Associate - Chinese speaker", ["TFG Hospitality"], "2026-8131",
                 {"raw_date_posted": "09/07/2026 12:18"}),
        ],
    ),
    "careerkit_icims_wipfli_search_trimmed.html": (
        "careers-wipfli.icims.com", 2, False,
        [
            Seen(0, "/jobs/8214/payroll-tax-specialist/job", "Payroll Tax Specialist", ["US"],
                 "2026-8214"),
            Seen(1, "/jobs/8212/payroll-support-specialist/job", "Payroll Support Specialist",
                 ["US"], "2026-8212"),
        ],
    ),
    "kimley_horn_search_trimmed.html": (
        "careers-kimley-horn.icims.com", 2, False,
        [
            Seen(0, "/jobs/18290/experienced-civil-eit---land-development/job",
                 "Experienced Civil EIT - Land Development", ["US-NV-Las Vegas"]),
            Seen(1, "/jobs/23448/senior-civil-designer-tech/job", "Senior Civil Designer Tech",
                 ["US-NV-Las Vegas"]),
        ],
    ),
}  # fmt: skip


def read(file: str, host: str) -> Page:
    url = f"https://{host}/jobs/search"
    source = Source(id="real", platform="icims", employer="Real", url=url)
    spider: Any = spider_class(source)()
    return spider.read_listing(response(f"{url}?ss=1&pr=0&in_iframe=1", sample(f"icims/{file}")))


@pytest.mark.parametrize("file", LISTS)
def test_list(file: str) -> None:
    host, cards, goes_on, seen = LISTS[file]
    page = read(file, host)
    assert len({row.native_id for row in page.rows}) == cards
    assert (page.total, page.goes_on) == (None, goes_on)
    for expected in seen:
        row = page.rows[expected.at]
        assert row.native_id == expected.path.split("/")[2]
        assert row.fields["url"] == f"https://{host}{expected.path}"
        assert row.fields["title"] == expected.title
        assert row.fields["raw_location"] == expected.places
        assert row.fields.get("requisition_id") == expected.requisition
        assert {name: row.fields.get(name) for name in expected.more} == expected.more


def test_every_file_is_read_or_named() -> None:
    assert {*LISTS, *SKIPPED} == sample_files("icims")
