"""The Datasette site over a crawled database: every page opens, search works, nobody writes."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.cli import cli as datasette_cli
from parsel import Selector

from crawler.commands.serve import arguments
from tests.nights import Nights
from tests.site_house import site_of

PAGES = 250  # of the site, at most; facets and sort orders multiply them


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nights over a site of each platform, with a change, a closing and a failure."""
    with Nights(tmp_path_factory.mktemp("site"), "--postings-per-source", "6") as nights:
        nights.crawl()
        first, second, third = nights.simulator.sources[:3]
        nights.simulator.change(first, edit={"title": "Head of <b>Tides</b> & Currents"})
        nights.simulator.change(second, remove=1, say_closed=True)
        nights.simulator.fault(kind="html", source=third)
        nights.crawl()
        return nights.db


@pytest.fixture
def site(db: Path) -> Iterator[Datasette]:
    datasette = site_of(db)
    yield datasette
    for database in datasette.databases.values():
        database.close()


def get(site: Datasette, path: str) -> Any:
    return asyncio.run(site.client.get(path))


def test_not_a_single_page_is_broken(site: Datasette) -> None:
    async def walk() -> dict[str, int]:
        seen: dict[str, int] = {}
        waiting = ["/"]
        while waiting and len(seen) < PAGES:
            path = waiting.pop(0)
            answer = await site.client.get(path)
            seen[path] = answer.status_code
            if "text/html" not in answer.headers["content-type"]:
                continue
            for link in Selector(answer.text).css("a::attr(href)").getall():
                inside = link.startswith("/") and not link.startswith("//")
                plain = "_facet" not in link and "_sort" not in link and "?sql=" not in link
                if inside and plain and link not in seen and link not in waiting:
                    waiting.append(link)
        return seen

    seen = asyncio.run(walk())
    assert len(seen) > 100
    assert {path: status for path, status in seen.items() if status >= 400} == {}


def test_the_front_page_leads_to_what_is_worth_opening(site: Datasette) -> None:
    page = Selector(get(site, "/").text)
    doors = page.css(".doors a::attr(href)").getall()
    assert doors == ["/board", "/sources", "/trends", "/rolecall"]
    assert page.css(".figures strong::text").get() not in (None, "0")


@pytest.mark.parametrize("view", ["board", "postings"])
def test_full_text_search(site: Datasette, view: str) -> None:
    rows = get(site, f"/rolecall/{view}.json?_search=tides&_shape=array").json()
    assert [row["title"] for row in rows] == ["Head of <b>Tides</b> & Currents"]


def test_what_sites_say_is_text_not_markup(site: Datasette) -> None:
    page = get(site, "/rolecall/board?_search=tides").text
    assert "Head of &lt;b&gt;Tides&lt;/b&gt; &amp; Currents" in page


@pytest.mark.parametrize("query", ["new_this_week", "closing_soon", "recent_changes"])
def test_canned_queries_answer_with_their_explanation(site: Datasette, query: str) -> None:
    answer = get(site, f"/rolecall/{query}")
    assert answer.status_code == 200
    assert not re.search(r"sql-error|message-error", answer.text)


def test_the_health_page_names_what_went_wrong(site: Datasette) -> None:
    rows = get(site, "/rolecall/source_health.json?_shape=array&outcome=parse_error").json()
    assert len(rows) == 1
    assert rows[0]["open_postings"] > 0, "a failed night closes nothing"


def test_nobody_who_is_not_signed_in_can_write(site: Datasette, db: Path) -> None:
    async def attempts() -> list[int]:
        sql = "delete from postings"
        return [
            (await site.client.get("/rolecall.json", params={"sql": sql})).status_code,
            (await site.client.post("/rolecall", data={"sql": sql})).status_code,
            (await site.client.post("/rolecall/postings", data={"id": 1})).status_code,
            (await site.client.post("/rolecall/new_this_week", data={})).status_code,
        ]

    statuses = asyncio.run(attempts())
    assert all(status >= 400 for status in statuses), statuses
    with sqlite3.connect(db) as connection:
        assert connection.execute("SELECT count(*) FROM postings").fetchone()[0] > 0
    connection.close()


def test_pages_open_while_a_crawl_is_writing(site: Datasette, db: Path) -> None:
    crawl = sqlite3.connect(db, isolation_level=None)
    crawl.execute("BEGIN IMMEDIATE")
    crawl.execute("UPDATE postings SET last_seen = '2030-01-01'")
    try:
        answer = get(site, "/rolecall/postings.json?_shape=array&_size=1")
        assert answer.status_code == 200
        assert answer.json()[0]["last_seen"] != "2030-01-01"
    finally:
        crawl.execute("ROLLBACK")
        crawl.close()


def test_serve_hands_datasette_a_command_line_it_understands(db: Path) -> None:
    said = [*arguments(db, 0), "--get", "/-/settings.json"]
    from click.testing import CliRunner

    result = CliRunner().invoke(datasette_cli, ["serve", *said])
    assert result.exit_code == 0, result.output
    assert '"suggest_facets": false' in result.output
    assert "immutable" not in " ".join(said)
