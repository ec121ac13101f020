"""Whole nights over simulated career sites: what is asked, stored, closed, and kept open."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.loader import platforms
from crawler.patterns import Listing, WholeBoard
from tests.nights import Nights
from tests.simulator.client import CHECKOUT


def board(tmp_path: Path, platform: str, size: int) -> Nights:
    """One site that lists so many postings, none with a deadline."""
    return Nights(
        tmp_path, "--platforms", platform, "--sources", "1", "--postings-per-source", str(size),
        "--no-deadlines",
    )  # fmt: skip


def test_every_simulated_source_ends_ok_and_a_second_night_asks_for_little(tmp_path: Path) -> None:
    with Nights(tmp_path, "--demo", "--fixtures", "--no-deadlines") as nights:
        first = nights.crawl()
        second = nights.crawl()
        state = nights.simulator.state()["sources"]
    assert {source: ended["outcome"] for source, ended in first.items()} == dict.fromkeys(
        nights.simulator.sources, "ok"
    )
    read = {name for name, platform in platforms().items() if not platform.unread}
    assert {ended["platform"] for ended in state.values()} == read
    # Of the boards of three postings, played from fixtures, most of a night is the listing.
    usual = [source for source, ended in first.items() if ended["listed"] >= 10]
    asked = [sum(night[source]["requests"] for source in usual) for night in (first, second)]
    assert len(usual) >= 20
    assert asked[0] >= 5 * asked[1], asked
    for source, ended in second.items():
        assert (ended["outcome"], ended["new"], ended["changed"]) == ("ok", 0, 0), source
        if issubclass(platforms()[state[source]["platform"]], WholeBoard):
            assert ended["requests"] <= first[source]["requests"]
    assert nights.open() == sum(ended["listed"] for ended in first.values())


def test_what_is_stored_is_what_the_sites_said(tmp_path: Path) -> None:
    with Nights(tmp_path, "--demo", "--no-deadlines") as nights:
        nights.crawl()
        said = {
            (source, job["title"])
            for source in nights.simulator.sources
            for job in nights.simulator.jobs(source)
        }
    stored = set(nights.query("SELECT source, title FROM postings"))
    assert stored == said
    without_text = nights.query(
        "SELECT source, count(*) FROM postings LEFT JOIN texts ON posting = id "
        "WHERE description_text IS NULL AND platform <> 'clinch' GROUP BY source"
    )
    assert without_text == []


@pytest.mark.parametrize("platform", ["lever", "workday"])
def test_absence_closes_after_three_complete_runs(tmp_path: Path, platform: str) -> None:
    with board(tmp_path, platform, 20) as nights:
        nights.crawl()
        nights.simulator.change(nights.source, remove=1)
        assert [nights.night()["closed"] for _ in range(3)] == [0, 0, 1]
        assert nights.query("SELECT closed_reason FROM postings WHERE closed_at IS NOT NULL") == [
            ("absent",)
        ]
        nights.simulator.change(nights.source, restore=True)
        assert nights.night()["reopened"] == 1
        assert nights.open() == 20


def test_the_detail_pages_own_word_closes_at_once(tmp_path: Path) -> None:
    with board(tmp_path, "workday", 20) as nights:
        nights.crawl()
        nights.simulator.change(nights.source, remove=2, say_closed=True)
        assert nights.night()["closed"] == 2
        reasons = nights.query("SELECT DISTINCT closed_reason FROM postings WHERE closed_at > ''")
    assert len(reasons) == 1
    assert "S22" in reasons[0][0]


def test_a_failed_listing_page_closes_nothing_and_counts_nothing(tmp_path: Path) -> None:
    with board(tmp_path, "workday", 45) as nights:
        nights.crawl()
        nights.simulator.change(nights.source, remove=1)
        for _ in range(4):
            nights.simulator.clear_faults()
            nights.simulator.fault(kind="status", status=404, url=r"/jobs$", nth=[2])
            assert nights.night()["outcome"] == "partial"
        assert nights.open() == 45
        nights.simulator.clear_faults()
        assert [nights.night()["closed"] for _ in range(3)] == [0, 0, 1]


@pytest.mark.parametrize("size", [1, 3])
def test_a_small_board_that_empties_closes_after_three_and_recovers(
    tmp_path: Path, size: int
) -> None:
    with board(tmp_path, "lever", size) as nights:
        nights.crawl()
        nights.simulator.change(nights.source, empty=True)
        ended = [nights.night() for _ in range(3)]
        assert [night["outcome"] for night in ended] == ["empty"] * 3
        assert [night["closed"] for night in ended] == [0, 0, size]
        nights.simulator.change(nights.source, restore=True)
        back = nights.night()
        assert (back["outcome"], back["reopened"], back["new"]) == ("ok", size, 0)


def test_a_large_board_that_empties_is_held_for_twelve_runs(tmp_path: Path) -> None:
    with board(tmp_path, "lever", 40) as nights:
        nights.crawl()
        nights.simulator.change(nights.source, empty=True)
        ended = [nights.night() for _ in range(12)]
        assert ended[0]["outcome"] == "suspect_drop"
        assert [night["closed"] for night in ended] == [0] * 11 + [40]
        assert ended[5]["held"] == 40


def test_a_large_board_that_shrinks_is_held_until_a_person_says_so(tmp_path: Path) -> None:
    with board(tmp_path, "lever", 40) as nights:
        nights.crawl()
        nights.simulator.change(nights.source, remove=30)
        assert [nights.night()["closed"] for _ in range(4)] == [0] * 4
        assert nights.open() == 40
        said = nights.run("confirm", nights.source)
        assert said.stdout == f"{nights.source}: 30 postings closed\n"
        assert nights.open() == 10


def test_a_large_board_that_recovers_has_lost_nothing(tmp_path: Path) -> None:
    with board(tmp_path, "lever", 40) as nights:
        nights.crawl()
        nights.simulator.change(nights.source, empty=True)
        for _ in range(5):
            nights.crawl()
        nights.simulator.change(nights.source, restore=True)
        back = nights.night()
    assert (back["outcome"], back["new"], back["reopened"], nights.open()) == ("ok", 0, 0, 40)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "html"}, "parse_error"),
        ({"kind": "cut"}, "parse_error"),
        ({"kind": "status", "status": 404}, "not_found"),
        ({"kind": "status", "status": 403}, "blocked"),
        ({"kind": "challenge", "vendor": "aws"}, "blocked"),
        ({"kind": "challenge", "vendor": "cloudflare"}, "blocked"),
        ({"kind": "status", "status": 500}, "unreachable"),
        ({"kind": "drop"}, "unreachable"),
    ],
)
def test_a_bad_night_has_a_name_and_loses_nothing(
    tmp_path: Path, fault: dict[str, object], outcome: str
) -> None:
    with board(tmp_path, "lever", 6) as nights:
        nights.crawl()
        nights.simulator.fault(source=nights.source, **fault)
        ended = nights.night()
        assert (ended["outcome"], ended["closed"]) == (outcome, 0), ended["reason"]
        assert ended["reason"]
        assert nights.open() == 6
        nights.simulator.clear_faults()
        assert nights.night()["outcome"] == "ok"


def test_a_posting_without_a_title_is_kept_apart_with_its_reason(tmp_path: Path) -> None:
    with board(tmp_path, "lever", 4) as nights:
        nights.simulator.change(nights.source, edit={"title": ""})
        ended = nights.night()
    assert (ended["outcome"], ended["new"]) == ("ok", 3)
    assert nights.query("SELECT source, reason FROM rejects") == [(nights.source, "without title")]


def test_a_changed_posting_is_noticed_and_its_past_is_kept(tmp_path: Path) -> None:
    with board(tmp_path, "workday", 6) as nights:
        nights.crawl()
        number = nights.simulator.jobs(nights.source)[0]["number"]
        old = nights.simulator.jobs(nights.source)[0]["title"]
        nights.simulator.change(nights.source, edit={"number": number, "title": "Head of Tides"})
        assert nights.night()["changed"] == 1
    assert nights.query("SELECT field, old, new FROM changes") == [("title", old, "Head of Tides")]
    found = nights.query("SELECT rowid FROM postings_fts WHERE postings_fts MATCH 'tides'")
    assert len(found) == 1


def test_two_crawls_never_overlap(tmp_path: Path) -> None:
    with board(tmp_path, "lever", 3) as nights:
        nights.simulator.fault(kind="slow", seconds=3, source=nights.source)
        first = subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", "crawl", "--quiet"],
            cwd=CHECKOUT, env=nights.environment(),
        )  # fmt: skip
        for _ in range(100):
            if Path(f"{nights.db}.lock").exists() and nights.simulator.log():
                break
            time.sleep(0.1)
        second = nights.run("crawl")
        assert first.wait(timeout=60) == 0
    assert second.returncode == 3
    assert second.stderr.startswith("rolecall: another crawl is writing to")
    assert len(nights.query("SELECT id FROM runs")) == 1


def test_a_crawl_that_is_stopped_stores_what_it_has_and_closes_nothing(tmp_path: Path) -> None:
    with board(tmp_path, "workday", 30) as nights:
        nights.simulator.fault(kind="slow", seconds=0.3, source=nights.source)
        crawl = subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", "crawl", "--quiet"],
            cwd=CHECKOUT, env=nights.environment(), stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        for _ in range(100):
            if len(nights.simulator.log()) > 6:
                break
            time.sleep(0.1)
        crawl.terminate()
        said = crawl.communicate(timeout=60)[1]
    assert said == f"look at {nights.source}: partial: stopped early: shutdown\n"
    ((outcome, new, closed),) = nights.query("SELECT outcome, new, closed FROM source_runs")
    assert (outcome, closed) == ("partial", 0)
    assert new == nights.open() > 0


def test_scrapys_own_command_ends_a_source_run_the_same_way(tmp_path: Path) -> None:
    with board(tmp_path, "lever", 3) as nights:
        environment = nights.environment()
        settings = ["-s", f"ROLECALL_SOURCES={nights.simulator.catalogue}"]
        scrapy = [sys.executable, "-m", "scrapy"]
        listed = subprocess.run(
            [*scrapy, "list", *settings], cwd=CHECKOUT, env=environment,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert listed.stdout.split() == [nights.source]
        nights.simulator.fault(kind="html", source=nights.source)
        subprocess.run([*scrapy, "crawl", nights.source, *settings], cwd=CHECKOUT, env=environment)
    (row,) = nights.query("SELECT source, outcome, listed FROM source_runs")
    assert row == (nights.source, "parse_error", 0)


def test_every_platform_is_walked_by_a_pattern() -> None:
    read = [platform for platform in platforms().values() if not platform.unread]
    assert all(issubclass(platform, Listing) for platform in read)
