"""How a whole crawl behaves towards its hosts, read from the simulated sites' own log."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.fetch.politeness import politeness_host
from crawler.settings import USER_AGENT
from tests.nights import Nights

Log = list[dict[str, Any]]


def by_host(log: Log) -> dict[str, Log]:
    hosts: dict[str, Log] = defaultdict(list)
    for entry in log:
        hosts[politeness_host(entry["url"])].append(entry)
    return hosts


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """One night over two sources of every platform, a twentieth of a second apart per host."""
    arguments = ("--sources", "20", "--postings-per-source", "4")
    with Nights(tmp_path_factory.mktemp("guest"), *arguments) as nights:
        nights.crawl("--delay", "0.05")
        return nights.simulator.log()


def test_robots_txt_is_the_first_thing_asked_of_every_host_and_once(log: Log) -> None:
    hosts: dict[str, list[str]] = defaultdict(list)
    for entry in log:
        hosts[entry["host"]].append(entry["url"])
    for host, urls in hosts.items():
        assert urls[0] == f"https://{host}/robots.txt"
        assert urls.count(urls[0]) == 1


def test_one_request_at_a_time_and_a_pause_per_back_end_across_its_sources(log: Log) -> None:
    hosts = by_host(log)
    shared = [host for host, entries in hosts.items() if len({e["source"] for e in entries}) > 2]
    assert shared, "no back end with several sources: this proves nothing"
    for entries in hosts.values():
        entries.sort(key=lambda entry: entry["start"])
        for before, after in pairwise(entries):
            # The log sees a request later than it was sent and its end earlier than it was read.
            assert after["start"] - before["end"] > 0.045


def test_different_hosts_are_crawled_side_by_side(log: Log) -> None:
    spans = [
        (min(e["start"] for e in es), max(e["end"] for e in es)) for es in by_host(log).values()
    ]
    alone = sum(end - start for start, end in spans)
    assert max(end for _, end in spans) - min(start for start, _ in spans) < alone / 2


def test_every_request_says_who_we_are(log: Log) -> None:
    assert {entry["user_agent"] for entry in log} == {USER_AGENT}
    assert USER_AGENT.startswith("rolecall/")
    assert "+http" in USER_AGENT


def test_what_robots_txt_forbids_is_not_asked(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "workday", "--sources", "1") as nights:
        (host,) = {source["url"].split("/")[2] for source in _sources(nights)}
        nights.simulator.robots(host, "User-agent: *\nDisallow: /")
        ended = nights.night()
        asked = [entry["url"] for entry in nights.simulator.log()]
    assert (ended["outcome"], asked) == ("blocked", [f"https://{host}/robots.txt"])
    assert "robots.txt" in ended["reason"]


def test_a_robots_txt_that_fails_is_no_permission(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "pageup", "--sources", "1") as nights:
        nights.simulator.fault(kind="status", status=500, robots=True)
        ended = nights.night()
        asked = {entry["url"].rpartition("/")[2] for entry in nights.simulator.log()}
    assert (ended["outcome"], asked) == ("unreachable", {"robots.txt"})


def test_retry_after_is_kept(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "lever", "--sources", "1") as nights:
        nights.simulator.fault(kind="status", status=429, retry_after="1", times=1)
        ended = nights.night()
        first, second = [e for e in nights.simulator.log() if "robots.txt" not in e["url"]]
    assert ended["outcome"] == "ok"
    assert second["start"] - first["end"] >= 0.95


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "lever", "--sources", "1") as nights:
        nights.simulator.robots("api.lever.co", "User-agent: *\nCrawl-delay: 1")
        nights.simulator.robots("api.eu.lever.co", "User-agent: *\nCrawl-delay: 1")
        nights.crawl()
        robots, listing = nights.simulator.log()
    assert listing["start"] - robots["end"] >= 0.95


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/company/fernwood/jobs",
        "https://de.indeed.com/cmp/fernwood/jobs",
        "https://www.glassdoor.co.uk/Jobs/fernwood",
        "http://169.254.169.254/jobs",
        "http://192.168.1.1/jobs",
        "http://localhost:8080/jobs",
    ],
)
def test_where_requests_never_go(tmp_path: Path, url: str) -> None:
    (tmp_path / "jsonld.toml").write_text(
        f'[[source]]\nid = "nowhere"\nemployer = "Nowhere"\nurl = "{url}"\n'
        f'params = {{ listing = "{url}", posting_pattern = "/job/" }}\n',
        encoding="utf-8",
    )
    with Nights(tmp_path, "--platforms", "lever", "--sources", "1") as nights:
        done = nights.run("crawl", "--only-sources", str(tmp_path))
        assert nights.simulator.log() == []
    assert done.returncode == 1
    assert "nowhere: blocked" in done.stdout


def _sources(nights: Nights) -> list[dict[str, Any]]:
    return list(nights.simulator.state()["sources"].values())
