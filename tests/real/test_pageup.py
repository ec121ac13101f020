"""PageUp's recorded fragments, and published links. Every expectation was read by a person."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.loader import platforms, spider_class
from crawler.recognise import Recogniser, tidy
from crawler.sources import Source
from tests.real.conftest import SHARED, response, sample, sample_files, sample_json

# Files of samples/pageup that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}
MIRROR = "fctg_889_mirror_excerpt.json"
ROWS = {"monash_ajax_results_rows.html", "melbourne_water_ajax_results_list.html"}


def test_every_file_is_read_or_skipped_with_a_reason() -> None:
    assert sample_files("pageup") == {MIRROR} | ROWS | SKIPPED.keys()


def rows(instance: str, file: str, **params: Any) -> Any:
    url = f"https://careers.pageuppeople.com/{instance}/cw/en/listing/"
    source = Source(id="recorded", platform="pageup", employer="R", url=url, params=params)
    fragment = response(url, sample(f"pageup/{file}"))
    return spider_class(source)().read_listing(fragment).rows


@pytest.mark.parametrize(
    ("zone", "closes"), [("Australia/Melbourne", "2026-08-02T23:55:00+10:00"), (None, "2 Aug 2026")]
)
def test_rows_of_a_table(zone: str | None, closes: str) -> None:
    (row,) = rows("513", "monash_ajax_results_rows.html", time_zone=zone)
    assert row.native_id == "694504"
    assert row.fields["title"] == "Senior Audiovisual Design Engineer"
    assert row.fields["url"] == "https://careers.pageuppeople.com/513/cw/en/job/694504"
    assert row.fields["raw_location"] == ["Clayton campus"]
    assert row.fields["raw_employment_type"] is None
    assert row.fields["raw_valid_through"] == closes


def test_rows_of_a_list() -> None:
    (row,) = rows("391", "melbourne_water_ajax_results_list.html")
    assert row.native_id == "980277"
    assert row.fields["title"] == "Education and Events Lead"
    assert row.fields["raw_location"] == ["Melbourne - Docklands"]
    assert row.fields["raw_employment_type"] == "Permanent Part Time"
    assert row.fields["raw_workplace"] is None
    assert not row.fields["raw_valid_through"]


# id -> what its work type says of the place of work
MIRRORED = {
    "531742": "Hybrid",
    "531616": "Hybrid",
    "529916": None,
    "531657": None,
    "531804": "Remote",
    "531904": "Hybrid",
    "531635": "Remote",
    "531320": "Remote",
}


def test_links_and_work_types_of_a_mirror() -> None:
    # A mirror's own keys, not an answer of PageUp: its links and work types are the site's words.
    source = Source(
        id="recorded",
        platform="pageup",
        employer="R",
        url="https://careers.pageuppeople.com/889/cw/en/listing/",
        hosts=("careers.fctgcareers.com",),
    )
    one = spider_class(source)()
    found = {}
    for item in sample_json(f"pageup/{MIRROR}"):
        unknown, known = (Recogniser(entries).recognise(item["ju"]) for entries in ([], [source]))
        assert unknown is not None
        assert known is not None
        assert unknown.key == ("pageup", "careers.fctgcareers.com", item["ji"])
        assert known.key == ("pageup", "889", item["ji"])
        assert known.canonical_url == item["ju"]
        fed = {"Id": int(item["ji"]), "Title": item["t"], "WorkType": item["wt"]}
        row = one._feed_row(fed, "mirror")
        stored = one.posting(row.native_id, aliases=row.aliases, **row.fields)
        assert {unknown.key, known.key} <= set(stored.keys)
        found[row.native_id] = row.fields["raw_workplace"]
    assert found == MIRRORED


# Employers' hosts that a person knows to be PageUp's, of all links in the shared texts.
OWN_HOSTS = {
    "careers.fctgcareers.com",
    "careers.msu.edu",
    "careers.mtsu.edu",
    "careers.rpi.edu",
    "careers.sdsu.edu",
    "careers.udel.edu",
    "careers.uoregon.edu",
    "explore.jobs.ufl.edu",
    "explore.msujobs.msstate.edu",
    "external-careers.jobs.unsw.edu.au",
    "external.jobs.uwa.edu.au",
    "jobs.boisestate.edu",
    "jobs.hr.wisc.edu",
    "jobs.ucf.edu",
    "opportunities.columbia.edu",
    "staffjobs.ua.edu",
}


def links() -> set[str]:
    """Every http(s) address in the samples, the seeds and the lists of published postings."""
    found: set[str] = set()
    for folder in ("samples", "seeds", "data"):
        for path in (SHARED / folder).rglob("*"):
            if path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                found |= set(re.findall(r"https?://[^\s)\"'<>,|\\{}]+", text))
    return found


def test_the_form_of_a_url_alone_is_enough_on_no_other_host() -> None:
    every = links()
    assert len(every) > 3000, "the shared texts are not read as they were"
    claimed = {
        host
        for url in every
        if platforms()["pageup"].match(tidy(url)) and (host := urlsplit(tidy(url)).hostname)
        if not host.endswith(".pageuppeople.com")
    }
    assert claimed == OWN_HOSTS
