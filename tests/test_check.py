"""Is each posting still open? Over simulated sites, with every way in which they can answer."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.nights import Nights

Row = dict[str, Any]


def links(nights: Nights, source: str | None = None) -> list[Row]:
    """The stored postings as the entries of a board."""
    found = nights.query(
        "SELECT url, title, organization FROM postings WHERE ? IN (source, '') ORDER BY id",
        source or "",
    )
    return [{"title": t, "company": o, "url": u} for u, t, o in found]


def board(folder: Path, jobs: Iterable[Row]) -> Path:
    path = folder / "jobs.json"
    listed = list(jobs)
    document = {"generated": "2026-02-09T14:00:00Z", "count": len(listed), "jobs": listed}
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return path


def check(nights: Nights, *arguments: object, status: int | None = None) -> list[Row]:
    done = nights.run("check", "--json", *map(str, arguments))
    assert "Traceback" not in done.stderr, done.stderr
    rows: list[Row] = json.loads(done.stdout)
    assert done.returncode == any(row["state"] == "closed" for row in rows), done.stderr
    return rows


def test_what_the_database_saw_tonight_is_not_asked_again(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "lever,workday", "--postings-per-source", "4",
                "--no-deadlines") as nights:  # fmt: skip
        nights.crawl()
        path = board(tmp_path, links(nights))
        nights.simulator.reset_log()
        rows = check(nights, path)
        assert {row["state"] for row in rows} == {"open"}
        assert {row["evidence"] for row in rows} == {"seen in the listing of 2026-08-20"}
        assert nights.simulator.log() == []
        # Two nights later that is no word of today any more.
        nights.simulator.change(nights.source, remove=1, say_closed=True)
        nights.now = nights.now.replace(day=23)
        assert Counter(row["state"] for row in check(nights, path)) == {"open": 7, "closed": 1}
        assert nights.simulator.log()
        assert nights.open() == 8, "a check stores nothing"


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "403": ({"kind": "status", "status": 403}, "blocked: HTTP 403"),
    "429": ({"kind": "status", "status": 429}, "blocked: "),
    "500": ({"kind": "status", "status": 500}, "unreachable: "),
    "aws": ({"kind": "challenge", "vendor": "aws"}, "challenge page (AWS WAF)"),
    "cloudflare": ({"kind": "challenge", "vendor": "cloudflare"}, "challenge page (Cloudflare)"),
    "drop": ({"kind": "drop"}, "unreachable: "),
    "html": ({"kind": "html"}, ""),
    "robots": ({"robots": True, "kind": "answer", "status": 200, "content_type": "text/plain",
                "text": "User-agent: *\nDisallow: /\n"}, "robots.txt"),
}  # fmt: skip


@pytest.mark.parametrize("platform", ["icims", "jsonld"])
def test_a_site_that_does_not_answer_leaves_its_postings_unknown(
    tmp_path: Path, platform: str
) -> None:
    """By the platform's details, and by plain pages that no platform claims."""
    plan = ["--platforms", platform, "--sources", str(len(FAULTS)), "--postings-per-source", "2"]
    with Nights(tmp_path, *plan, "--no-deadlines") as nights:
        nights.crawl()
        catalogue = nights.simulator.catalogue
        if platform == "jsonld":
            catalogue = tmp_path / "none"
            catalogue.mkdir()
        jobs = {source: links(nights, source) for source in nights.simulator.sources}
        for source, (fault, _) in zip(jobs, FAULTS.values(), strict=True):
            host = jobs[source][0]["url"].split("/")[2]
            nights.simulator.fault(**fault, host=host)
        path = board(tmp_path, [job for ones in jobs.values() for job in ones])
        rows = check(nights, path, "--db", tmp_path / "no.db", "--only-sources", catalogue)
    assert len(rows) == 2 * len(FAULTS)
    for number, (name, (_, evidence)) in enumerate(FAULTS.items()):
        for row in rows[2 * number : 2 * number + 2]:
            assert row["state"] == "unknown", (name, row)
            assert evidence in row["evidence"], (name, row)


@pytest.mark.parametrize(
    ("fault", "evidence"),
    [
        ({"kind": "status", "status": 403}, "blocked: HTTP 403"),
        ({"kind": "truncate"}, "unreachable: "),
        ({"kind": "cut"}, "no JSON"),
        ({"kind": "status", "status": 404}, "not_found: "),
    ],
)
def test_absence_from_a_listing_that_was_not_read_closes_nothing(
    tmp_path: Path, fault: dict[str, Any], evidence: str
) -> None:
    plan = ["--platforms", "lever", "--sources", "1", "--postings-per-source", "3"]
    with Nights(tmp_path, *plan, "--no-deadlines") as nights:
        nights.crawl()
        path = board(tmp_path, links(nights))
        nights.simulator.fault(**fault, source=nights.source)
        rows = check(nights, path, "--db", tmp_path / "no.db")
    assert {row["state"] for row in rows} == {"unknown"}
    assert evidence in rows[0]["evidence"]


@pytest.fixture
def house(tmp_path: Path) -> Iterable[Nights]:
    plan = ["--platforms", "lever,workday,pageup,jsonld", "--postings-per-source", "6"]
    with Nights(tmp_path, *plan, "--no-deadlines") as nights:
        nights.crawl()
        yield nights


def test_the_sites_own_word_and_absence_close(house: Nights, tmp_path: Path) -> None:
    jobs = links(house)
    for source in house.simulator.sources:
        house.simulator.change(source, remove=2, say_closed=True)
    gone = {
        (job["title"], source)
        for source in house.simulator.sources
        for job in house.simulator.jobs(source)
        if job["removed"]
    }
    path = board(tmp_path, jobs)
    house.simulator.reset_log()
    rows = check(house, path, "--db", tmp_path / "no.db", "--report", tmp_path / "report.md",
                 "--prune", tmp_path / "pruned.json")  # fmt: skip
    assert Counter(row["state"] for row in rows) == {"open": 16, "closed": 8}
    assert {row["title"] for row in rows if row["state"] == "closed"} == {t for t, _ in gone}
    by_platform = {row["platform"]: row["evidence"] for row in rows if row["state"] == "closed"}
    assert "S22" in by_platform["workday"]
    assert by_platform["lever"] == "not in the complete listing of 4"
    asked = [line["url"] for line in house.simulator.log() if "lever" in line["url"]]
    assert len([url for url in asked if "robots" not in url]) == 1, "one listing for six links"
    kept = json.loads((tmp_path / "pruned.json").read_text())
    assert kept["count"] == 16
    assert kept["jobs"] == [j for j, row in zip(jobs, rows, strict=True) if row["state"] == "open"]
    assert len(json.loads(path.read_text())["jobs"]) == 24, "the document is not touched"
    report = (tmp_path / "report.md").read_text()
    assert "## Closed: take them off (8)" in report
    assert all(job["url"] in report for job in jobs)


def test_an_empty_board_is_no_word_about_its_postings(house: Nights, tmp_path: Path) -> None:
    (lever,) = [s for s in house.simulator.sources if "lever" in links(house, s)[0]["url"]]
    path = board(tmp_path, links(house, lever))
    house.simulator.change(lever, empty=True)
    rows = check(house, path, "--db", tmp_path / "no.db")
    assert {row["state"] for row in rows} == {"unknown"}
    assert "empty" in rows[0]["evidence"]


def test_pages_that_no_platform_claims(house: Nights, tmp_path: Path) -> None:
    (site,) = [s for s in house.simulator.sources if ".example/" in links(house, s)[0]["url"]]
    others = tmp_path / "others"
    shutil.copytree(house.simulator.catalogue, others)
    (others / "jsonld.toml").unlink()
    jobs = links(house, site)
    house.simulator.change(site, remove=1, say_closed=True)
    arguments = ["--db", tmp_path / "no.db", "--only-sources", others]
    rows = check(house, board(tmp_path, jobs), *arguments)
    assert Counter(row["state"] for row in rows) == {"open": 5, "closed": 1}
    assert {row["platform"] for row in rows} == {None}
    assert [row["evidence"] for row in rows if row["state"] == "closed"] == [
        "HTTP 404 for the page"
    ]
    front = f"https://{jobs[0]['url'].split('/')[2]}/"
    house.simulator.fault(kind="redirect", location=front, url="/vacancies/")
    rows = check(house, board(tmp_path, jobs[:1]), *arguments)
    assert rows[0]["evidence"] == f"redirected to {front}"


def test_a_link_that_is_never_asked_may_have_moved(house: Nights, tmp_path: Path) -> None:
    (job, *_) = links(house)
    linkedin = {**job, "url": "https://www.linkedin.com/jobs/view/4000000001"}
    other = {**linkedin, "title": "Head of Nothing", "url": "https://uk.indeed.com/viewjob?jk=1"}
    house.simulator.reset_log()
    rows = check(house, board(tmp_path, [linkedin, other]))
    assert [row["state"] for row in rows] == ["moved", "unknown"]
    assert rows[0]["moved_to"] == job["url"]
    assert "never asked" in rows[1]["evidence"]
    assert house.simulator.log() == []


def test_a_closed_link_whose_posting_is_elsewhere_has_moved(house: Nights, tmp_path: Path) -> None:
    (job, *_) = links(house)
    (lever,) = [s for s in house.simulator.sources if "lever" in links(house, s)[0]["url"]]
    site = links(house, lever)[0]["url"].rsplit("/", 1)[0]
    old = {**job, "url": f"{site}/00000000-0000-4000-8000-000000000000"}
    rows = check(house, board(tmp_path, [old]))
    assert (rows[0]["state"], rows[0]["moved_to"]) == ("moved", job["url"])
    assert "not in the complete listing" in rows[0]["evidence"]


def test_links_on_the_command_line_and_plain_lines(house: Nights, tmp_path: Path) -> None:
    jobs = links(house)
    urls = [job["url"] for job in jobs[:2]]
    done = house.run("check", *urls)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "2 postings: 2 open, 0 closed, 0 moved, 0 unknown"
    refused = house.run("check", *urls, "--prune", str(tmp_path / "x"))
    assert (refused.returncode, "exactly one document" in refused.stderr) == (2, True)
    path = board(tmp_path, jobs[:1])
    itself = house.run("check", str(path), "--prune", str(path))
    assert (itself.returncode, "the document itself" in itself.stderr) == (2, True)
