"""`rolecall add`, `detect --fetch` and `crawl --sample`, over simulated career sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.sources import read_file
from tests.nights import Nights

OWN_PAGE = "https://www.fernwood.example/careers"


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    with Nights(
        tmp_path, "--platforms", "lever,workday", "--postings-per-source", "25", "--sources", "2"
    ) as running:
        yield running


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


def url_of(nights: Nights, platform: str) -> str:
    sites = nights.simulator.state()["sources"].values()
    return next(site["url"] for site in sites if site["platform"] == platform)


def a_page_that_embeds(nights: Nights, text: str) -> None:
    """From now on the employer's own page says this; its host answers nothing else."""
    nights.simulator.fault(
        kind="answer", host="www.fernwood.example", status=200, text=text, content_type="text/html"
    )


def test_a_link_becomes_an_entry_after_a_look(nights: Nights, mine: Path) -> None:
    url = url_of(nights, "workday")
    said = nights.run(
        "add", url, "--employer", "Fernwood University", "--country", "US", "--kind", "academia",
        "--yes", "--only-sources", str(mine),
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "Fernwood University: 25 postings" in said.stdout
    titles = {
        job["title"] for site in nights.simulator.sources for job in nights.simulator.jobs(site)
    }
    shown = [line.strip() for line in said.stdout.splitlines() if line.startswith("  ")]
    assert len(shown) == 3
    assert set(shown) <= titles
    (entry,) = read_file(mine / "workday.toml")
    assert (entry.id, entry.url, entry.enabled) == ("fernwood-university", url, True)
    assert entry.evidence == "25 postings on 2026-08-20"
    again = nights.run("add", url, "--yes", "--only-sources", str(mine))
    assert "is the source fernwood-university already (watched)" in again.stdout


def test_nothing_is_written_without_a_yes_or_without_a_listing(nights: Nights, mine: Path) -> None:
    url = url_of(nights, "lever")
    asked = nights.run("add", url, "--only-sources", str(mine))
    assert asked.returncode != 0
    assert "Write this entry?" in asked.stdout
    nights.simulator.fault(kind="status", status=404)
    gone = nights.run("add", url, "--yes", "--only-sources", str(mine))
    assert gone.returncode == 2
    assert "not_found" in gone.stderr
    assert list(mine.iterdir()) == []


def test_the_page_behind_a_link_names_the_platform(nights: Nights, mine: Path) -> None:
    board = url_of(nights, "workday")
    a_page_that_embeds(nights, f'<p>See <a href="{board}">our openings</a></p>')
    found = nights.run("detect", "--json", "--fetch", OWN_PAGE, "--only-sources", str(mine))
    (answer,) = json.loads(found.stdout)
    assert (found.returncode, answer["platform"]) == (0, "workday")
    assert answer["evidence"].startswith("the page: ")
    without = nights.run("detect", "--json", OWN_PAGE, "--only-sources", str(mine))
    assert (without.returncode, json.loads(without.stdout)[0]["reason"]) == (1, "unknown")
    added = nights.run(
        "add", OWN_PAGE, "--employer", "Fernwood", "--yes", "--only-sources", str(mine)
    )
    assert added.returncode == 0, added.stderr
    (entry,) = read_file(mine / "workday.toml")
    assert entry.employer == "Fernwood"


def test_a_page_with_marks_of_two_platforms_is_not_guessed(nights: Nights, mine: Path) -> None:
    a_page_that_embeds(
        nights,
        f'<a href="{url_of(nights, "workday")}">staff</a>'
        '<script src="https://boards.greenhouse.io/embed/job_board/js?for=fernwood"></script>',
    )
    found = nights.run("detect", "--json", "--fetch", OWN_PAGE, "--only-sources", str(mine))
    (answer,) = json.loads(found.stdout)
    assert (found.returncode, answer["platform"]) == (1, None)
    assert "marks of several platforms" in answer["reason"]


def test_a_page_that_cannot_be_read_says_why(nights: Nights, mine: Path) -> None:
    nights.simulator.fault(kind="status", status=403, host="www.fernwood.example")
    found = nights.run("detect", "--json", "--fetch", OWN_PAGE, "--only-sources", str(mine))
    assert json.loads(found.stdout)[0]["reason"] == "unknown, and its page: blocked: HTTP 403"


def test_a_sample_reads_a_page_and_a_few_details_and_closes_nothing(nights: Nights) -> None:
    ended = nights.crawl("--sample", "2", "workday")
    (run,) = ended.values()
    assert (run["outcome"], run["reason"]) == ("partial", "only a sample was asked for")
    assert (run["listed"], run["requests"]) == (20, 4)  # robots.txt, a page, two details


LISTING = """<html><body><main><h1>Careers</h1>
<a href="/careers/tide-engineer">Tide Engineer</a></main></body></html>"""


def test_a_page_of_links_is_proposed_as_what_it_is(nights: Nights, mine: Path) -> None:
    a_page_that_embeds(nights, LISTING)
    args = (OWN_PAGE, "--only-sources", str(mine))
    without = nights.run("detect", "--json", "--fetch", *args)
    assert json.loads(without.stdout)[0]["reason"] == "unknown"  # it may be any page of links
    added = nights.run("add", *args, "--employer", "Fernwood", "--yes")
    assert added.returncode == 0, added.stderr
    assert "Fernwood: 1 postings" in added.stdout
    assert "  Tide Engineer\n" in added.stdout
    (entry,) = read_file(mine / "html_list.toml")
    assert (entry.id, entry.url, entry.params) == ("fernwood", OWN_PAGE, {"listing": OWN_PAGE})
    again = nights.run("add", f"{OWN_PAGE}/tide-engineer", "--yes", "--only-sources", str(mine))
    assert "is the source fernwood already (watched)" in again.stdout


def test_a_feed_is_proposed_as_what_it_is(nights: Nights, mine: Path) -> None:
    a_page_that_embeds(
        nights,
        '<rss version="2.0"><channel><title>Jobs</title><item><title>Tide Engineer</title>'
        f"<link>{OWN_PAGE}/tide-engineer</link></item></channel></rss>",
    )
    added = nights.run(
        "add", OWN_PAGE, "--employer", "Fernwood", "--yes", "--only-sources", str(mine)
    )
    assert added.returncode == 0, added.stderr
    (entry,) = read_file(mine / "feed.toml")
    assert entry.params == {"listing": [OWN_PAGE], "posting_pattern": "^/careers/[^/?]+"}


def test_a_page_without_links_to_postings_is_not_proposed(nights: Nights, mine: Path) -> None:
    a_page_that_embeds(nights, "<html><body><a href='/about'>About</a></body></html>")
    refused = nights.run("add", OWN_PAGE, "--yes", "--only-sources", str(mine))
    assert refused.returncode == 2
    assert refused.stderr.endswith("/careers: unknown\n")
    assert list(mine.iterdir()) == []
