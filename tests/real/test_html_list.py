"""Recorded pages of postings behind lists of links (no list page of such a site was recorded).

The pages are those of samples/jsonld; which of that folder are read by no test and why is in
test_structured_data.py. Expectations were read from the files by a person.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.page_text import read_html
from tests.real.conftest import crawl, sample

LIST = """<html><body><main><a href="/jobs/albacete">Vendedor de agua</a>
<a href="/jobs/technician">Production Technician</a> <a href="/jobs/boards">Boards</a></main>
</body></html>"""
JOBS = "https://www.heather.example/jobs"


def test_pages_with_and_without_a_jobposting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = crawl(
        tmp_path,
        monkeypatch,
        "html_list",
        {"id": "heather", "employer": "Heather", "url": JOBS, "params": {"listing": JOBS}},
        [
            (f"GET {JOBS}", LIST),
            (f"GET {JOBS}/albacete", "jsonld/pages/talentclue_decathlon_empty_jsonld.html"),
            (f"GET {JOBS}/technician", "jsonld/pages/paylocity_sendcutsend.html"),
            (f"GET {JOBS}/boards", "jsonld/pages/workatastartup_diode_staff.html"),
        ],
    )
    assert result.verdict.outcome == "ok"
    shop, technician, boards = result.postings
    # an empty JSON-LD element: the page's own words
    assert shop.title == "VENDEDOR/A DEPORTES DE AGUA Decathlon Albacete"
    assert shop.organization == "Heather"
    text = shop.description_text or ""
    assert "apasionados de los deportes de agua" in text
    assert "universitarios o ciclo formativo superior (valorable)." in text
    assert (shop.raw_location, shop.raw_date_posted) == ([], None)  # its labels are Spanish
    assert technician.title == "Production Technician - Swing Shift"
    assert technician.organization == "SendCutSend Inc"
    assert technician.raw_location == ["Paris, KY"]
    assert technician.raw_date_posted == "2026-06-22T17:56:03-05:00"
    assert boards.title == "Staff Electrical Engineer"
    assert boards.url == f"{JOBS}/boards"


@pytest.mark.parametrize(
    ("name", "title", "begins", "ends"),
    [
        ("paylocity_sendcutsend", "SendCutSend Inc [175255] - Production Technician - Swing Shift",
         "As a Post Production Technician, you are responsible", "$22.00 - $40.00/hour"),
        ("weworkremotely_invalid", "Solidity Engineer",
         "looking for candidates in any timezone", ""),
        ("abn_amro_two_blocks", "", "", ""),  # its body is built by script
    ],
)  # fmt: skip
def test_the_own_words_of_pages_that_have_structured_data_too(
    name: str, title: str, begins: str, ends: str
) -> None:
    said = read_html(sample(f"jsonld/pages/{name}.html"))
    assert said.title == title
    assert begins in said.html
    assert ends in said.html
    assert bool(said.html) is bool(title)
