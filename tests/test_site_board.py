"""The public pages: board, a posting's own page, feeds, sources, trends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest
from parsel import Selector

from tests.site_house import House, day


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def facets(house: House, query: str = "") -> dict[str, dict[str, str]]:
    """Facet -> value -> count, as a reader sees them."""
    page = Selector(house.get(f"/board{query}", anonymous=True).text)
    found: dict[str, dict[str, str]] = {}
    for section in page.css(".facets section"):
        name = section.css("h2::text").get("")
        found[name] = {
            row.css("a::text").get(""): row.css(".n::text").get("") for row in section.css("li")
        }
    return found


def test_facets_count_what_is_open_and_lead_to_it(house: House) -> None:
    house.add("A", country="DE", workplace="remote", categories=(("sector", "Academia"),))
    b = house.add("B", country="DE", categories=(("sector", "Industry"), ("technical", "HPC")))
    house.add("C", country="IE", categories=(("sector", "Academia"),), first_seen=day(20))
    house.add("Closed", country="DE", closed_at=day(1), categories=(("sector", "Academia"),))
    house.add("Too late", country="DE", valid_through=day(1))
    assert facets(house)["Country"] == {"Germany": "2", "Ireland": "1"}
    assert facets(house)["Sector"] == {"Academia": "2", "Industry": "1"}
    assert facets(house)["Workplace"] == {"Remote": "1"}
    assert facets(house)["First seen"] == {"today": "2", "last 7 days": "2", "last 30 days": "3"}
    assert facets(house, "?country=DE")["Sector"] == {"Academia": "1", "Industry": "1"}
    assert house.board("?country=DE&technical=HPC") == [b]
    assert house.board("?posted=7&country=IE") == []
    assert house.board("?country=nowhere") == []


def test_search_finds_titles_employers_and_descriptions(house: House) -> None:
    a = house.add("Director", text="You will run the supercomputers of the north.")
    b = house.add("Steward", organization="Institut für Gezeiten")
    assert house.board("?q=supercomputer") == [a], "another form of the word"
    assert house.board("?q=gezeiten fur") == [b], "without the umlaut"
    assert house.board("?q=direc") == [a], "the beginning of a word"
    assert house.board("?q=nothing of the kind") == []


def test_pages_of_the_board_hold_everything_once(house: House) -> None:
    numbers = [house.add(f"Posting {n}", first_seen=day(n % 3)) for n in range(95)]
    pages = [house.board(f"?page={n}") for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [40, 40, 15]
    assert sorted(n for page in pages for n in page) == numbers
    assert house.board("?page=4") == []
    assert len(house.board("?page=-1")) == 40


def test_a_permalink_outlives_the_posting(house: House) -> None:
    number = house.add("Director", location="Boston MA USA")
    copy = house.add("Director", duplicate_of=number)
    page = house.get(f"/board/{number}", anonymous=True)
    assert "See and apply" in page.text
    moved = house.get(f"/board/{copy}", anonymous=True)
    assert (moved.status_code, moved.headers["location"]) == (301, f"/board/{number}")
    house.write("UPDATE postings SET closed_at = ? WHERE id = ?", day(0), number)
    page = house.get(f"/board/{number}", anonymous=True).text
    assert f"Closed {day(0)}" in page
    assert 'content="noindex"' in page
    assert "application/ld+json" not in page, "a closed one is offered to no search engine"
    assert house.get("/board/999", anonymous=True).status_code == 404


def test_a_posting_says_itself_in_json_ld(house: House) -> None:
    number = house.add(
        "Director </script>", html="<p>Lead.</p>", employment_type="FULL_TIME", salary_min=90000.0,
        salary_currency="USD", salary_unit="YEAR", valid_through=day(-30), date_posted=day(3),
    )  # fmt: skip
    page = Selector(house.get(f"/board/{number}", anonymous=True).text)
    (said,) = map(json.loads, page.css('script[type="application/ld+json"]::text').getall())
    assert said["@type"] == "JobPosting"
    assert said["title"] == "Director </script>"
    assert said["hiringOrganization"]["name"] == "Fernwood University"
    assert said["validThrough"] == day(-30)
    assert said["baseSalary"]["value"]["minValue"] == 90000
    assert said["jobLocation"][0]["address"]["addressCountry"] == "US"


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feeds_of_a_filter(house: House, kind: str) -> None:
    house.add("In & <out>", country="DE", categories=(("technical", "HPC"),))
    house.add("Elsewhere", country="IE")
    house.add("Control \x0b character", country="DE", first_seen=day(1))
    answer = house.get(f"/board.{kind}?country=DE", anonymous=True)
    assert answer.headers["content-type"].startswith(f"application/{kind}+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    assert [entry.title for entry in read.entries] == [
        "In & <out> - Fernwood University", "Control   character - Fernwood University",
    ]  # fmt: skip
    assert read.entries[0].link == "http://localhost/board/1"
    assert read.entries[0].tags[0].term == "HPC"
    assert "Germany" in read.feed.title


def test_the_json_feed_names_page_and_employer(house: House) -> None:
    house.add("Director")
    said = house.get("/board.json", anonymous=True).json()
    assert said["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = said["items"]
    assert item["url"] == "http://localhost/board/1"
    assert item["external_url"] == "https://jobs.lever.co/fernwood/1"


def test_addresses_follow_where_the_site_is(tmp_path: Path) -> None:
    house = House(tmp_path, url="https://jobs.example.org/rc/")
    house.add("Director")
    said = house.get("/board.json", anonymous=True).json()
    assert said["items"][0]["url"] == "https://jobs.example.org/rc/board/1"
    page = house.get("/board/1", anonymous=True).text
    assert 'rel="canonical" href="https://jobs.example.org/rc/board/1"' in page
    house.close()


# --- sources and trends ---------------------------------------------------------------------------


def visit(house: House, source: str, nights: list[tuple[str, int]]) -> None:
    for night, (outcome, listed) in enumerate(nights):
        house.write(
            "INSERT INTO source_runs (run, source, outcome, listed, started) "
            "VALUES (1, ?, ?, ?, ?)",
            source, outcome, listed, f"{day(len(nights) - night)}T02:00:00+00:00",
        )  # fmt: skip


def verdicts(house: House) -> list[tuple[str, str]]:
    page = Selector(house.get("/sources", anonymous=True).text)
    return [
        (row.css("td .dim::text").get("").split(",")[0], row.css(".dot").attrib["title"])
        for row in page.css("tbody tr")
    ]


def test_the_unwell_sources_come_first(house: House) -> None:
    for name in ("a-fine", "b-broken", "c-drop", "d-tired"):
        house.write(
            "INSERT INTO sources (id, platform, employer, url) VALUES (?, 'lever', ?, 'https://x')",
            name, name,
        )  # fmt: skip
    visit(house, "a-fine", [("ok", 10)] * 4)
    visit(house, "b-broken", [("ok", 10), ("parse_error", 0)])
    visit(house, "c-drop", [("ok", 10), ("suspect_drop", 3)])
    visit(house, "d-tired", [("ok", 10), *[("unreachable", 0)] * 3])
    assert verdicts(house) == [
        ("b-broken", "broken"), ("d-tired", "broken"), ("c-drop", "look"), ("a-fine", "fine"),
    ]  # fmt: skip
    page = Selector(house.get("/sources", anonymous=True).text)
    bars = page.css("tbody tr")[1].css("svg.strip rect::attr(class)").getall()
    assert bars == ["o-ok", "o-unreachable", "o-unreachable", "o-unreachable"]


def test_a_field_that_is_gone_is_seen_the_next_morning(house: House) -> None:
    visit(house, "fernwood", [("ok", 10)] * 3)
    for run, present in ((1, 10), (2, 9), (3, 0)):
        house.write("INSERT OR IGNORE INTO runs (id, started) VALUES (?, 'x')", run)
        house.write(
            "INSERT INTO field_counts (run, source, field, present, parsed, postings, characters) "
            "VALUES (?, 'fernwood', 'places', ?, ?, 10, 50)",
            run, present, present,
        )  # fmt: skip
    assert verdicts(house) == [("fernwood", "look")]
    page = house.get("/sources", anonymous=True).text
    assert "places: given by 0 of 10" in page
    assert "usually 95 %" in page


def figures(house: House, query: str = "") -> dict[str, Any]:
    import sqlite3
    from contextlib import closing
    from datetime import date

    from db.site.trends import trends

    with closing(sqlite3.connect(house.db)) as conn:
        return trends(conn, date.fromisoformat(day(0)), relevant=not query)


def test_trends_count_weeks_countries_and_days_open(house: House) -> None:
    for back in (0, 0, 14):
        house.add("A", first_seen=day(back), categories=(("technical", "HPC"),))
    house.add("B", country="IE", organization="Other", categories=(("role", "Consulting"),))
    house.add("Off topic", topic_score=0.1, country="FR", categories=(("technical", "Cloud"),))
    for days in (3, 5, 40):
        house.add("Gone", first_seen=day(days + 1), closed_at=day(1), country="NL")
    told = figures(house)
    names, series = told["weeks"]
    assert sum(series["HPC"]) == 3
    assert series["HPC"][-1] == 2
    assert "Cloud" not in series
    assert len(names) == len(series["HPC"])
    assert told["countries"] == [("USA", 3), ("Ireland", 1)]
    assert told["employers"] == [("Fernwood University", 3), ("Other", 1)]
    assert told["days_open"]["median"] == 5
    assert told["days_open"]["spans"][:4] == [
        ("up to 7 days", 2), ("up to 14 days", 0), ("up to 30 days", 0), ("up to 60 days", 1),
    ]  # fmt: skip
    assert ("France", 1) in figures(house, "all")["countries"]
    page = house.get("/trends", anonymous=True).text
    assert re.search(r"<title>HPC, week W\d\d: 2</title>", page)
