"""Feeds, JSON-LD and sheets read back as what was written."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import datetime

import feedparser

from crawler.harvest import harvest
from crawler.structured_data import job_postings
from db.publish import Entry, formats
from tests.publish_house import EDITION, EXCERPT, entry

ATOM = "{http://www.w3.org/2005/Atom}"


def file_of(name: str, *entries: Entry) -> str:
    (said,) = formats()[name].write(entries, EDITION).values()
    return said


def test_the_atom_feed_has_what_rfc_4287_asks_for() -> None:
    older = entry(id=3, first_seen="2026-01-01", updated="2026-02-03T03:00:00+00:00")
    feed = ET.fromstring(file_of("atom", older, entry()))
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        moment = element.findtext(f"{ATOM}updated")
        assert datetime.fromisoformat(moment or "").tzinfo
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://jobs.example.org/board/atom.xml",
        "alternate": "https://jobs.example.org/board/",
    }
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        "https://jobs.example.org/board/postings/7.html",
        "https://jobs.example.org/board/postings/3.html",
    ]
    assert entries[1].findtext(f"{ATOM}updated") == "2026-02-03T03:00:00+00:00"
    for one in entries:
        assert one.findtext(f"{ATOM}author/{ATOM}name") == "Fernwood University"
        assert len(one.findall(f"{ATOM}content")) == 1


def test_the_atom_feed_through_a_reader() -> None:
    feed = feedparser.parse(file_of("atom", entry()))
    assert not feed.bozo
    (item,) = feed.entries
    assert item.title == "Manager, Research Computing - Fernwood University"
    assert item.link == "https://jobs.fernwood.example.edu/7"
    assert item.published == "2026-02-21T00:00:00+00:00"
    assert item.summary == f"Boston MA USA - {EXCERPT}"
    assert [(tag.term, tag.scheme.rpartition("#")[2]) for tag in item.tags] == [
        ("HPC", "technical"), ("Academia", "sector"), ("Ops/Automation", "role"),
    ]  # fmt: skip
    (lead,) = harvest(file_of("atom", entry())).leads
    assert (lead.url, lead.posted) == ("https://jobs.fernwood.example.edu/7", "2026-02-21")


def test_json_ld_is_read_as_a_job_posting() -> None:
    away = {"country": "GB", "remote": 1}
    made = entry(places=[{"city": "Boston", "region": "MA", "country": "US"}, away])
    (said,) = json.loads(file_of("jsonld", made))["@graph"]
    assert said["datePosted"] == "2026-02-20"
    assert said["validThrough"] == "2026-04-30"
    assert said["employmentType"] == ["FULL_TIME"]
    assert said["identifier"]["value"] == "R-7"
    assert said["jobLocation"] == [
        {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Boston",
                                       "addressRegion": "MA", "addressCountry": "US"}}
    ]  # fmt: skip
    assert said["jobLocationType"] == "TELECOMMUTE"
    assert said["applicantLocationRequirements"] == [{"@type": "Country", "name": "UK"}]
    assert said["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {"@type": "QuantitativeValue", "minValue": 110000.0, "maxValue": 130000.0,
                  "unitText": "YEAR"},
    }  # fmt: skip


def test_a_static_pages_json_ld_is_what_our_own_crawler_reads() -> None:
    page = formats()["static"].write([entry()], EDITION)["postings/7.html"]
    (found,) = job_postings(page, "https://jobs.example.org/board/postings/7.html")
    assert found["title"] == "Manager, Research Computing"


def test_a_csv_file_reads_back() -> None:
    risky = entry(title="=1+1", organization='A, "B"\nC', mark={"excerpt": "One.\n\nTwo."})
    said = file_of("csv", entry(), risky)
    first, second = csv.DictReader(io.StringIO(said, newline=""))
    assert (first["id"], first["title"]) == ("7", "Manager, Research Computing")
    assert (first["salary_min"], first["technical"], first["countries"]) == (
        "110000.0",
        "HPC",
        "US",
    )
    assert (second["title"], second["organization"]) == ("'=1+1", 'A, "B" C')
    assert second["excerpt"] == "One.\n\nTwo."
    leads = harvest(said).leads
    assert [lead.url for lead in leads] == [entry().url, entry().url]
    assert next(csv.reader(io.StringIO(file_of("csv"))))[:2] == ["id", "title"]
