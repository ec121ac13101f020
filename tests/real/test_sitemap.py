"""A recorded sitemap of seven postings. Every expectation was read from the file by a person.

It is an Eightfold site's (samples/eightfold, whose other files that platform's test reads); its
entries have a query, and the key that Eightfold's own addresses have.
"""

from __future__ import annotations

from typing import Any

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import response, sample

SITE = "https://jobs.amdocs.com"
JOB = f"{SITE}/careers/job/"
QUERY = "?domain=amdocs.com"


def test_the_postings_of_a_sitemap() -> None:
    spider: Any = spider_class(
        Source(
            id="x",
            platform="sitemap",
            employer="Amdocs",
            url=f"{SITE}/careers",
            params={
                "listing": f"{SITE}/careers/sitemap.xml",
                "posting_pattern": "^/careers/job/",
                "id_pattern": r"^/careers/job/(?P<id>\d+)",
            },
        )
    )()
    page = spider.read_listing(
        response(f"{SITE}/careers/sitemap.xml", sample("eightfold/eightfold_amdocs_sitemap.xml"))
    )
    assert [(row.native_id, row.stamp) for row in page.rows] == [
        ("563431013427445", "2026-04-27T09:33:47Z"),
        ("563431014102528", "2026-06-13T19:07:39Z"),
        ("563431014034937", "2026-06-08T17:28:55Z"),
        ("563431014035019", "2026-06-08T17:55:06Z"),
        ("563431014048298", "2026-06-09T21:36:21Z"),
        ("563431014473239", "2026-07-13T06:53:04Z"),
        ("563431013427292", "2026-04-27T09:09:00Z"),
    ]
    first, *_, last = (row.fields["url"] for row in page.rows)
    slug = "software-support-specialist-finland-helsinki-amdocs-site-"
    assert first == f"{JOB}563431013427445-{slug}{QUERY}"
    assert last.startswith(f"{JOB}563431013427292-software-support-engineer-finland-helsinki")
    assert not page.more
