"""A recorded piece of a PeopleAdmin search page. Expectations were read from it by a person."""

from __future__ import annotations

from typing import Any

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import response, sample, sample_files

SEARCH = "https://jobs.uri.edu/postings/search"
PAGE = "peopleadmin/uri_search_page1_slice.html"
# Files of samples/peopleadmin that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}


def spider() -> Any:
    params = {"host": "jobs.uri.edu"}
    source = Source(id="real", platform="peopleadmin", employer="URI", url=SEARCH, params=params)
    return spider_class(source)()


def test_every_file_is_read_or_named() -> None:
    assert {f"peopleadmin/{name}" for name in sample_files("peopleadmin")} == {PAGE, *SKIPPED}


def test_a_search_page() -> None:
    one, answer = spider(), response(SEARCH, sample(PAGE))
    page = one.read_listing(answer)
    assert page.total is None  # its heading is not in the recorded piece
    assert [(row.native_id, row.fields["title"]) for row in page.rows] == [
        ("16908", "Technician, Academic Testing Center"),
        ("16901", "Coordinator, Honors Program"),
        ("16895", "Assistant Clinical Professor of Pharmacy Practice"),
        ("16891", "Specialist I, Instructional Design - (3- Positions)"),
        ("16889", "Assistant Clinical Professor, Nursing"),
        ("16888", "Clinical Assistant Professor, Nursing"),
        ("16887", "Assistant Professor, Nursing (Palliative Care)"),
    ]
    assert page.rows[0].fields["url"] == "https://jobs.uri.edu/postings/16908"
    # Number, unit, kind and opening day have no labels: they are only watched.
    assert page.rows[0].stamp == "SF02189 | Provost Initiatives | Professional Staff | 08/05/2026"
    following = one.page_request(1, answer)
    assert following is not None
    assert following.url == f"{SEARCH}?page=2"
