"""The whole fetch layer over HTTP: a crawl of invented sites through a gateway on this machine.

One crawl, in a process of its own with Twisted's reactor as at night; the tests read what came of
it and what the gateway saw.
"""

from __future__ import annotations

import gzip
import json
import re
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.fetching import Answer, Asked, Server, run_apart, serving

DELAY = 0.1  # seconds
CHALLENGE = gzip.compress(b"<title>Just a moment...</title><script>_cf_chl_opt={}</script>")
HOPS = "https://hops.fernwood.example/robots.txt"


class Sites:
    """The invented sites. Each host shows one behaviour."""

    def __init__(self) -> None:
        self.asked: dict[str, int] = {}
        self.lock = threading.Lock()

    def __call__(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked[asked.url] = number = self.asked.get(asked.url, 0) + 1
        parts = urlsplit(asked.url)
        if parts.path == "/robots.txt":
            return self.robots(asked.host, number)
        behaviour = getattr(self, asked.host.partition(".")[0])
        return behaviour(asked, parts.path, number)

    def robots(self, host: str, number: int) -> Answer:
        match host.partition(".")[0]:
            case "target":
                return 200, {}, b"User-agent: *\nDisallow: /private\n"
            case "hops":  # for ever to itself
                return 302, {"Location": HOPS + f"?{number}"}, b""
            case "closed":
                return 403, {}, b""
            case "flaky":
                return (503 if number == 1 else 404), {}, b""
        return 404, {}, b""

    def jobs(self, asked: Asked, path: str, number: int) -> Answer:
        time.sleep(0.02)
        said = {"method": asked.method, "body": asked.body.decode()}
        return 200, {"Content-Type": "application/json"}, json.dumps(said).encode()

    def leads(self, asked: Asked, path: str, number: int) -> Answer:
        goals = {
            "/home": "http://127.0.0.1:9/",
            "/metadata": "http://169.254.169.254/latest/",
            "/linkedin": "https://www.linkedin.com/jobs/view/1",
            "/private": "https://target.fernwood.example/private/1",
            "/open": "https://target.fernwood.example/open",
            "/file": "file:///etc/passwd",
        }
        return 302, {"Location": goals[path]}, b""

    def target(self, asked: Asked, path: str, number: int) -> Answer:
        return 200, {}, b"arrived"

    def slow(self, asked: Asked, path: str, number: int) -> Answer:
        time.sleep(0.25)
        return 200, {}, b"done"

    def big(self, asked: Asked, path: str, number: int) -> Answer:
        if path == "/zipped":
            return 200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 3_000_000)
        return 200, {}, b" " * 1_100_000

    def zipped(self, asked: Asked, path: str, number: int) -> Answer:
        headers = {"Content-Encoding": "gzip", "Content-Type": "text/plain"}
        return 200, headers, gzip.compress(b"Quantenhof")

    def guarded(self, asked: Asked, path: str, number: int) -> Answer:
        return 503, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, CHALLENGE

    def busy(self, asked: Asked, path: str, number: int) -> Answer:
        return (429 if number == 1 else 200), {"Retry-After": "0"}, b"done"

    def tired(self, asked: Asked, path: str, number: int) -> Answer:
        return 429, {"Retry-After": "0"}, b""

    def away(self, asked: Asked, path: str, number: int) -> Answer:
        return 503, {"Retry-After": "0"}, b""

    def broken(self, asked: Asked, path: str, number: int) -> Answer:
        return 500, {}, b""

    def hops(self, asked: Asked, path: str, number: int) -> Answer:
        return 200, {}, b""

    flaky = closed = target


def site(name: str, *paths: str) -> list[str]:
    return [f"https://{name}.fernwood.example/{path}" for path in paths]


PAGES = [f"page-{n}?lang=en#top" for n in range(4)]
POST = {
    "url": "https://jobs.fernwood.example/search?x=1&y=%20",
    "method": "POST",
    "body": '{"limit": 20}',
    "headers": {"Content-Type": "application/json", "Accept": "application/json"},
    "meta": {"proxy": "http://127.0.0.1:9"},
}
IMPATIENT = {"DOWNLOAD_TIMEOUT": 0.8, "RETRY_TIMES": 0}
PLANS: list[dict[str, Any]] = [
    {"name": "one", "requests": [*site("jobs", *PAGES), POST]},
    {"name": "two", "requests": site("jobs", *PAGES)},
    {
        "name": "redirects",
        "requests": site("leads", "home", "metadata", "linkedin", "private", "open", "file"),
    },
    {
        "name": "refused",
        "requests": [
            "http://127.0.0.1/",
            "https://www.linkedin.com/jobs/view/1",
            "file:///etc/passwd",
            *site("closed", "1"),
            *site("hops", "1"),
        ],
    },
    *[
        {"name": f"slow {n}", "requests": site("slow", str(n)), "settings": IMPATIENT}
        for n in (1, 2, 3, 4)
    ],
    {"name": "big", "requests": site("big", "plain", "zipped") + site("zipped", "1")},
    {"name": "guarded", "requests": site("guarded", "1", "2", "3")},
    {"name": "guarded too", "requests": site("guarded", "4", "5")},
    {"name": "busy", "requests": site("busy", "1") + site("tired", "1", "2") + site("away", "1")},
    {"name": "broken", "requests": site("broken", "1") + site("flaky", "1")},
]


class Night:
    """What the crawl brought, and what the gateway saw."""

    def __init__(self, came: list[dict[str, Any]], server: Server):
        self.came = came
        self.server = server

    def of(self, url: str, crawl: str | None = None) -> dict[str, Any]:
        (one,) = [c for c in self.came if c["asked"] == url and crawl in (None, c["crawl"])]
        return one


@pytest.fixture(scope="module")
def night() -> Iterator[Night]:
    with serving(Sites()) as server:
        came = run_apart(
            PLANS,
            ROLECALL_GATEWAY=f"http://127.0.0.1:{server.port}/through",
            ROLECALL_DELAY=DELAY,
            DOWNLOAD_MAXSIZE=1_000_000,
        )
        yield Night(came, server)


# --- what the gateway sees --------------------------------------------------------------------


def test_every_request_came_to_something(night: Night) -> None:
    assert len(night.came) == sum(len(plan["requests"]) for plan in PLANS)


def test_method_path_query_headers_and_body_arrive(night: Night) -> None:
    (post,) = [asked for asked in night.server.asked("jobs.fernwood.example") if asked.body]
    assert (post.method, post.url) == ("POST", POST["url"])
    assert post.path == "/through/search?x=1&y=%20"
    assert post.body == b'{"limit": 20}'
    assert post.headers["content-type"] == "application/json"


def test_the_original_url_has_no_fragment(night: Night) -> None:
    urls = {asked.url for asked in night.server.asked("jobs.fernwood.example")}
    assert "https://jobs.fernwood.example/page-0?lang=en" in urls
    assert not [url for url in urls if "#" in url]


def test_the_response_counts_as_the_original_site_s(night: Night) -> None:
    came = night.of(POST["url"])
    assert came["url"] == POST["url"]
    assert json.loads(came["body"]) == {"method": "POST", "body": '{"limit": 20}'}


def test_everybody_is_told_who_we_are(night: Night) -> None:
    agents = {asked.headers.get("user-agent", "") for asked in night.server.log}
    assert len(agents) == 1
    assert re.fullmatch(r"rolecall/[\d.]+ \(\+\S+\)", agents.pop())


def test_a_compressed_answer_is_read(night: Night) -> None:
    assert night.of(*site("zipped", "1"))["body"] == "Quantenhof"


# --- politeness -------------------------------------------------------------------------------


def test_robots_txt_is_asked_once_and_first(night: Night) -> None:
    hosts = {asked.host for asked in night.server.log} - {"hops.fernwood.example"}
    assert len(hosts) > 10
    for host in hosts:
        first = next(asked for asked in night.server.log if asked.host == host)
        assert urlsplit(first.url).path == "/robots.txt", host
        if host != "flaky.fernwood.example":
            assert len(night.server.robots(host)) == 1, host


def test_one_request_at_a_time_per_host_across_spiders(night: Night) -> None:
    seen = [asked for asked in night.server.log if asked.host == "jobs.fernwood.example"]
    assert len(seen) == 1 + len(PAGES) * 2 + 1
    for before, after in pairwise(seen):
        assert after.start - before.end >= DELAY


def test_hosts_are_asked_side_by_side(night: Night) -> None:
    seen = night.server.log
    assert [a for a in seen for b in seen if a.host != b.host and a.start < b.start < a.end]


def test_waiting_for_a_turn_is_no_time_out(night: Night) -> None:
    # Four spiders, 0.25 s an answer, one after another: the last waits longer than its time-out.
    for url in site("slow", "1", "2", "3", "4"):
        assert night.of(url)["body"] == "done"


def test_retry_after_is_kept_by_us_and_not_multiplied_by_scrapy(night: Night) -> None:
    assert night.of(*site("busy", "1"))["status"] == 200
    assert len(night.server.asked("busy.fernwood.example")) == 2
    assert night.of(*site("away", "1"))["status"] == 503
    assert len(night.server.asked("away.fernwood.example")) == 3


def test_a_host_that_goes_on_with_429_is_left_alone(night: Night) -> None:
    first, second = (night.of(url) for url in site("tired", "1", "2"))
    assert (first["error"], first["status"]) == ("HttpError", 429)
    assert (second["error"], second["kind"]) == ("Refused", "blocked")
    assert len(night.server.asked("tired.fernwood.example")) == 3


def test_a_server_error_is_tried_three_times_in_all(night: Night) -> None:
    assert night.of(*site("broken", "1"))["status"] == 500
    assert len(night.server.asked("broken.fernwood.example")) == 3


def test_nothing_follows_a_challenge(night: Night) -> None:
    said = [night.of(url) for url in site("guarded", "1", "2", "3", "4", "5")]
    assert {(one["error"], one["kind"]) for one in said} == {("Refused", "blocked")}
    assert all("challenge page (Cloudflare)" in one["reason"] for one in said)
    assert len(night.server.asked("guarded.fernwood.example")) == 1


# --- robots.txt -------------------------------------------------------------------------------


def test_a_closed_robots_txt_closes_the_site(night: Night) -> None:
    assert night.of(*site("closed", "1"))["kind"] == "blocked"
    assert night.server.asked("closed.fernwood.example") == []


def test_robots_txt_that_redirects_for_ever_is_no_permission(night: Night) -> None:
    assert night.of(*site("hops", "1"))["kind"] == "unreachable"
    assert len(night.server.log) > 0
    assert len(night.server.robots("hops.fernwood.example")) == 1 + 5
    assert night.server.asked("hops.fernwood.example") == []


def test_a_robots_txt_that_stumbles_once_is_tried_again(night: Night) -> None:
    assert night.of(*site("flaky", "1"))["status"] == 200
    assert len(night.server.robots("flaky.fernwood.example")) == 2


# --- refused ----------------------------------------------------------------------------------


def test_refused_addresses_are_refused_through_a_gateway_too(night: Night) -> None:
    for url in ("http://127.0.0.1/", "https://www.linkedin.com/jobs/view/1", "file:///etc/passwd"):
        assert (night.of(url)["error"], night.of(url)["kind"]) == ("Refused", "blocked")
    hosts = {asked.host for asked in night.server.log}
    assert not [host for host in hosts if not host.endswith(".fernwood.example")]


@pytest.mark.parametrize("path", ["home", "metadata", "linkedin"])
def test_a_redirect_to_a_refused_address_is_refused(night: Night, path: str) -> None:
    came = night.of(*site("leads", path))
    assert (came["error"], came["kind"]) == ("Refused", "blocked")


def test_a_redirect_to_a_file_is_not_followed(night: Night) -> None:
    assert night.of(*site("leads", "file"))["status"] == 302


def test_a_redirect_obeys_the_robots_txt_of_its_target(night: Night) -> None:
    assert "forbids /private/1" in night.of(*site("leads", "private"))["reason"]
    opened = night.of(*site("leads", "open"))
    assert (opened["url"], opened["body"]) == ("https://target.fernwood.example/open", "arrived")
    assert [asked.url for asked in night.server.asked("target.fernwood.example")] == [opened["url"]]


def test_an_answer_larger_than_the_cap_is_cut_off(night: Night) -> None:
    for url in site("big", "plain", "zipped"):
        assert night.of(url)["error"] == "DownloadCancelledError"
