"""The board as plain files."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import lxml.html
import pytest

from db.publish import formats, static
from tests.publish_house import EDITION, entry

WRITE = formats()["static"].write
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_every_posting_is_listed_and_has_a_page() -> None:
    files = WRITE([entry(id=n) for n in (1, 2, 3)], EDITION)
    assert set(files) == {
        "index.html", "atom.xml", "jobs.json", "jobs.rss", "sitemap.xml", "robots.txt", "board.css",
        "filter.js", "postings/1.html", "postings/2.html", "postings/3.html",
    }  # fmt: skip
    index = lxml.html.fromstring(files["index.html"])
    assert index.xpath("//ol/li//h2/a/@href") == [f"postings/{n}.html" for n in (3, 2, 1)]
    assert index.xpath("string(//h1)") == "3 open postings"
    assert sorted(one["id"] for one in json.loads(files["jobs.json"])["jobs"]) == [1, 2, 3]


def test_every_link_within_the_site_leads_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static, "PER_PAGE", 2)
    files = WRITE([entry(id=n) for n in range(1, 6)], EDITION)
    assert {"page-2.html", "page-3.html"} <= set(files)
    for name in files:
        if not name.endswith(".html"):
            continue
        page = lxml.html.fromstring(files[name])
        for address in page.xpath("//@href|//@src"):
            if "://" not in address and not address.startswith("#"):
                folder = name.rpartition("/")[0]
                target = address.removeprefix("../") if folder else address
                assert address.startswith("../") == bool(folder)
                assert target in files, address
    assert "5 of" not in files["index.html"]
    listed = [
        link
        for name in ("index.html", "page-2.html", "page-3.html")
        for link in lxml.html.fromstring(files[name]).xpath("//ol/li//h2/a/@href")
    ]
    assert listed == [f"postings/{n}.html" for n in (5, 4, 3, 2, 1)]


def test_the_list_reads_without_javascript_and_the_filter_needs_it() -> None:
    index = lxml.html.fromstring(WRITE([entry()], EDITION)["index.html"])
    (form,) = index.xpath("//form")
    assert "hidden" in form.attrib
    said = " ".join(index.xpath("string(//ol/li)").split())
    assert said == (
        "Manager, Research Computing Fernwood UniversityBoston, MA, USAHybrid "
        "Added 21 February 2026; closes 30 April 2026"
    )


def test_pages_are_built_for_everybody() -> None:
    files = WRITE([entry(language="de")], EDITION)
    for name in ("index.html", "postings/7.html"):
        page = lxml.html.fromstring(files[name])
        assert page.xpath("/html/@lang") == ["en"]
        assert page.xpath("//meta[@name='viewport']")
        assert page.xpath("string(//title)")
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
        assert page.xpath("//a[@class='skip']/@href") == ["#main"]
        labelled = page.xpath("//label/@for")
        assert labelled == page.xpath("//input/@id|//select/@id")
        levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.xpath("//div[@class='description']/@lang") == ["de"]


def test_nothing_is_loaded_from_elsewhere() -> None:
    files = WRITE([entry()], EDITION)
    for name in ("index.html", "postings/7.html"):
        page = lxml.html.fromstring(files[name])
        loaded = page.xpath(
            "//script/@src|//link[@rel='stylesheet']/@href|//img/@src|//iframe/@src"
        )
        assert not [address for address in loaded if "://" in address or address.startswith("//")]
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")
    assert not re.search(r"url\(|@import|https?:", files["board.css"])


def test_sitemap_and_robots() -> None:
    files = WRITE([entry()], EDITION)
    found = [
        (url.findtext(f"{SITEMAP}loc"), url.findtext(f"{SITEMAP}lastmod"))
        for url in ET.fromstring(files["sitemap.xml"])
    ]
    assert found == [
        ("https://jobs.example.org/board/", "2026-03-02"),
        ("https://jobs.example.org/board/postings/7.html", "2026-02-21"),
    ]
    assert "Sitemap: https://jobs.example.org/board/sitemap.xml" in files["robots.txt"]
    page = lxml.html.fromstring(files["postings/7.html"])
    assert page.xpath("//link[@rel='canonical']/@href") == [found[1][0]]


def test_a_sitemap_too_large_becomes_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static, "PER_SITEMAP", 2)
    files = WRITE([entry(id=n) for n in (1, 2, 3, 4)], EDITION)
    parts = [url.findtext(f"{SITEMAP}loc") for url in ET.fromstring(files["sitemap.xml"])]
    assert parts == [f"https://jobs.example.org/board/sitemap-{n}.xml" for n in (1, 2, 3)]
    found = [len(ET.fromstring(files[f"sitemap-{n}.xml"])) for n in (1, 2, 3)]
    assert found == [2, 2, 1]


def test_the_feeds_name_their_own_addresses() -> None:
    files = WRITE([entry()], EDITION)
    for name in ("jobs.rss", "atom.xml"):
        assert f'href="https://jobs.example.org/board/{name}"' in files[name]


def test_a_board_without_postings_says_so() -> None:
    files = WRITE([], EDITION)
    assert "Nothing is open at the moment." in files["index.html"]
    assert "0 open postings" in files["index.html"]
