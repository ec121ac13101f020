"""Recognition: pasted URLs made tidy, and what the catalogue knows of a host."""

from __future__ import annotations

import time
from typing import Any, ClassVar

import pytest

from crawler import platform, recognise
from crawler.errors import ConfigError
from crawler.loader import platforms
from crawler.recognise import Recogniser, tidy
from crawler.sources import Source

ID = "5e6f7a8b-1c2d-4e3f-9a0b-1c2d3e4f5a6b"
LEVER = f"https://jobs.lever.co/fernlabs/{ID}"


class Toy(platform.Platform):
    """Claims every job page of example.org hosts, and on known hosts every page."""

    name = "test_recognise"
    label = "Toy"
    url_rules = (r"https?://(?:\w+\.)?example\.org/job/(?P<posting_id>\d+)$",)
    vanity_rules = (r"https?://[^/]+/vacancies/(?P<posting_id>\d+)$",)
    examples: ClassVar = {"https://example.org/job/1": {"posting_id": "1"}}

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "toy"


class Rival(platform.Platform):
    """A second platform whose rule overlaps the first's."""

    label = "Rival"
    url_rules = (r"https?://rival\.example\.org/job/(?P<posting_id>\d+)$",)


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> dict[str, type[platform.Platform]]:
    registry: dict[str, type[platform.Platform]] = {"lever": platforms()["lever"], "toy": Toy}
    monkeypatch.setattr(recognise, "platforms", lambda: registry)
    return registry


def source(id: str, platform: str, url: str, **more: Any) -> Source:
    return Source(id=id, platform=platform, employer="Fernwood University", url=url, **more)


@pytest.mark.parametrize(
    ("pasted", "tidied"),
    [
        ("  https://a.example.org/x\n", "https://a.example.org/x"),
        ("<https://a.example.org/x>", "https://a.example.org/x"),
        ('"https://a.example.org/x"', "https://a.example.org/x"),
        ("a.example.org/x", "https://a.example.org/x"),
        ("//a.example.org/x", "https://a.example.org/x"),
        ("HTTPS://A.Example.ORG/Path?Q=A", "https://a.example.org/Path?Q=A"),
        ("https://a.example.org/x?a=1&amp;b=2", "https://a.example.org/x?a=1&b=2"),
        ("https://a.example.org/x?a=1&#38;b=2", "https://a.example.org/x?a=1&b=2"),
        # Without the semicolon these are parameters, not the entities &reg, &copy and &sect.
        (
            "https://a.example.org/x?a=1&region=eu&copy=2&section=3",
            "https://a.example.org/x?a=1&region=eu&copy=2&section=3",
        ),
        (
            "https://a.example.org/a b?q=data steward",
            "https://a.example.org/a%20b?q=data%20steward",
        ),
        ("https://a.example.org/x#jobDetails=7_8", "https://a.example.org/x#jobDetails=7_8"),
        ("mailto:jobs@lever.co", "mailto:jobs@lever.co"),
    ],
)
def test_tidy(pasted: str, tidied: str) -> None:
    assert tidy(pasted) == tidied


@pytest.mark.parametrize(
    "pasted",
    [
        f" {LEVER} ",
        LEVER.removeprefix("https://"),
        LEVER.replace("https://jobs.lever.co", "HTTPS://Jobs.Lever.CO"),
        LEVER + "?lever-origin=applied&amp;lever-source=a b",
        f"<{LEVER}>",
    ],
)
def test_a_pasted_url_is_recognised_as_if_it_were_tidy(pasted: str) -> None:
    match = Recogniser().recognise(pasted)
    assert match is not None
    assert match.key == ("lever", "fernlabs", ID)
    assert match.canonical_url == LEVER


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        " ",
        "#",
        "https://",
        "https:///jobs.lever.co/fernlabs",
        f"javascript:location='{LEVER}'",
        "mailto:jobs@jobs.lever.co",
        "data:text/html,https://jobs.lever.co/fernlabs",
        f"ftp://jobs.lever.co/fernlabs/{ID}",
        "https://[::1",
        f"https://[jobs.lever.co/fernlabs/{ID}",
        "https://[::1]/fernlabs",
        f"https://example.org/?next={LEVER}",
        f"https://jobs.lever.co.example.org/fernlabs/{ID}",
        f"https://jobs.lever.co@example.org/fernlabs/{ID}",
        "not a link at all",
        "https://jobs.lever.co:port/fernlabs\x00",
    ],
)
def test_what_is_no_link_to_a_platform_is_unknown_and_no_crash(pasted: str) -> None:
    catalogue = [source("fern-labs", "lever", "https://jobs.lever.co/fernlabs")]
    assert Recogniser(catalogue).recognise(pasted) is None


@pytest.mark.parametrize(
    "filler", ["a", "/", "-", "%20", "&a=b", "?", "#", "/en-US", "_R-1", "&amp;"]
)
def test_a_url_of_ten_kilobytes_costs_no_time(filler: str) -> None:
    long = filler * (10_000 // len(filler))
    hosts = {url.split("/")[2] for p in platforms().values() for url in p.examples}
    began = time.perf_counter()
    for host in sorted(hosts):
        for path in ("/", "/job/", "/en/job/1?"):
            Recogniser().recognise(f"https://{host}{path}{long}")
    assert (time.perf_counter() - began) / len(hosts) < 0.3


def test_the_catalogue_decides_for_a_vanity_host(toys: dict[str, Any]) -> None:
    url = "https://jobs.fernwood.example/vacancies/7"
    assert Recogniser().recognise(url) is None
    known = source("fernwood", "toy", "https://example.org/job/1", hosts=["Jobs.Fernwood.example"])
    match = Recogniser([known]).recognise(url)
    assert match is not None
    assert (match.platform, match.posting_id) == (Toy, "7")
    assert "source fernwood" in match.evidence
    assert "jobs.fernwood.example" in match.evidence


def test_a_disabled_entry_still_tells_what_a_host_was(toys: dict[str, Any]) -> None:
    known = source(
        "fernwood", "toy", "https://jobs.fernwood.example/", enabled=False, reason="moved"
    )
    assert Recogniser([known]).recognise("https://jobs.fernwood.example/vacancies/7") is not None


def test_an_entry_of_an_unknown_platform_is_passed_over(toys: dict[str, Any]) -> None:
    known = source("fernwood", "nosuch", "https://jobs.fernwood.example/")
    assert Recogniser([known]).recognise("https://jobs.fernwood.example/vacancies/7") is None


def test_two_entries_on_one_host_keep_to_their_own() -> None:
    catalogue = [
        source("fern-labs", "lever", "https://jobs.lever.co/fernlabs"),
        source("moss-institute", "lever", "https://jobs.lever.co/moss"),
    ]
    recogniser = Recogniser(catalogue)
    for site, owner in (("fernlabs", "fern-labs"), ("Moss", "moss-institute")):
        match = recogniser.recognise(f"https://jobs.lever.co/{site}/{ID}")
        assert match is not None
        assert (match.tenant, match.posting_id) == (site.lower(), ID)
        assert f"source {owner}" in match.evidence
    stranger = recogniser.recognise(f"https://jobs.lever.co/lichen/{ID}")
    assert stranger is not None
    assert stranger.tenant == "lichen"
    assert "source" not in stranger.evidence


def test_an_entry_of_another_platform_on_the_host_does_not_take_a_claimed_url(
    toys: dict[str, Any],
) -> None:
    known = source("fernwood", "toy", "https://jobs.lever.co/vacancies/")
    match = Recogniser([known]).recognise(LEVER)
    assert match is not None
    assert match.platform.platform == "lever"


def test_overlapping_rules_are_a_fault_and_named(toys: dict[str, Any]) -> None:
    Rival.platform = "rival"
    Rival._url_patterns = tuple(platform._compile(Rival, rule) for rule in Rival.url_rules)
    toys["rival"] = Rival
    with pytest.raises(ConfigError, match="is claimed by test_recognise, rival"):
        Recogniser().recognise("https://rival.example.org/job/1")
