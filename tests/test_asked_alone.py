"""One posting asked alone, by its address: its page must say what the listing says otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.http import HtmlResponse

from crawler.loader import spider_class
from crawler.patterns import Listing
from tests.cases import FIXTURES, case_source

ALONE: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "corehr/normal/detail-114751.html",
        "https://my.corehr.com/pls/fernrecruit/erq_jobspec_version_4.display_form"
        "?p_company=7&p_recruitment_id=114751",
        "Research Software Engineer, Tidal Models",
        {"unit": "Tidal Modelling", "raw_salary": "Grade 7: £38,674 - £46,913 per annum"},
    ),
    (
        "stonefish/normal/detail-3.html",
        "https://jobs.fernwood.ac.uk/vacancy.aspx?ref=PH900",
        "Research Fellow in Lattice Methods",
        {"raw_valid_through": "Monday 12 October 2026"},
    ),
    (
        "varbi/normal/detail-1.html",
        "https://fernwood.varbi.com/en/what:job/jobID:990101/",
        "Research Engineer in Climate Computing",
        {"requisition_id": "FW-2026-118"},
    ),
    (
        "attrax/normal/detail-902.html",
        "https://careers.fernwood.example/job/data-curator-lead-in-boston-jid-902",
        "Data Curator & Lead",
        {"apply_url": "https://careers.fernwood.example/apply/902"},
    ),
    (
        "madgex/normal/900001.html",
        "https://jobs.fernwoodsociety.example/job/900001/research-software-engineer-proteins/",
        "Research Software Engineer, Proteins",
        {"organization": "Lowmoor Institute"},
    ),
    (
        "hipeac/normal/99001.html",
        "https://www.hipeac.net/jobs/99001/research-engineer-compilers/",
        "Research Engineer, Compilers",
        {
            "organization": "Quantenhof Institut",
            "raw_date_posted": "2026-08-03T10:12:00+00:00",
            "description_html": '<div class="marked"><p>The whole text.</p></div>',
        },
    ),
    (
        "euraxess/normal/990001.html",
        "https://euraxess.ec.europa.eu/jobs/990001",
        "Research Software Engineer (m/f/d)",
        {
            "organization": "Quantenhof Institut",
            "raw_valid_through": "17 Sep 2026 - 23:59 (Europe/Berlin)",
        },
    ),
    (
        "academicjobsonline/closed/99003.html",
        "https://academicjobsonline.org/ajo/jobs/99003",
        "Postdoc, Tensor Networks",
        {"organization": "Quantenhof Institut", "unit": "Theory"},
    ),
    (
        "hiretouch/normal/9001.html",
        "https://fernwood.hiretouch.com/fw-jobs/job-details?jobID=9001",
        "HPC Engineer",
        {},
    ),
]


@pytest.mark.parametrize(("file", "url", "title", "said"), ALONE, ids=[a[0] for a in ALONE])
def test_its_page_says_all(file: str, url: str, title: str, said: dict[str, Any]) -> None:
    folder, _, name = file.rpartition("/")
    spider = spider_class(case_source(FIXTURES / folder))()
    assert isinstance(spider, Listing)
    spider.only = spider.match_on_known_host(url, spider.params, "asked alone")
    assert spider.only is not None
    body = (FIXTURES / folder / "tape" / name).read_bytes()
    fields = spider.read_detail(HtmlResponse(url, body=body, encoding="utf-8"))
    assert fields["title"] == title
    assert {field: fields[field] for field in said} == said
    assert fields["description_html"]
