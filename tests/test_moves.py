"""A source that goes dark while its employer is seen on another platform."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crawler.moves import moves
from tests.nights import Nights

DARK = [{"source": "fernwood", "employer": "Fernwood University", "platform": "taleo"}]
WORKDAY = "https://fernwood.wd5.myworkdayjobs.com/Careers"


def other(**changes: Any) -> dict[str, Any]:
    return {
        "source": "fernwood-new", "employer": "The Fernwood University", "platform": "workday",
        "url": WORKDAY, "open_postings": 12, **changes,
    }  # fmt: skip


def test_another_source_of_the_employer_that_lists_postings() -> None:
    move = moves(DARK, [other()], [])["fernwood"]
    assert (move.platform, move.url) == ("workday", WORKDAY)
    assert move.edit.splitlines() == [
        "enabled = false",
        'reason = "the employer\'s postings are on workday now"',
        f'moved_to = "{WORKDAY}"',
    ]


def test_what_tells_of_no_move() -> None:
    for row in (
        other(open_postings=0),
        other(platform="taleo"),
        other(employer="Fernwood College"),
    ):
        assert moves(DARK, [row], []) == {}


def test_an_imported_link_tells_too_and_the_latest_counts() -> None:
    listed = [
        {"organization": "Fernwood University", "platform": "workday", "url": url, "listed_on": on}
        for url, on in (
            ("https://old.example/1", "2024-01-01"),
            ("https://new.example/2", "2026-03-01"),
        )
    ]  # fmt: skip
    assert moves(DARK, [], listed)["fernwood"].url == "https://new.example/2"


def test_report_proposes_the_edit(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "lever,workday", "--postings-per-source", "2") as nights:
        lever, workday = nights.simulator.sources
        entry = nights.simulator.catalogue / "workday.toml"
        name = json.loads(f'"{nights.simulator.state()["sources"][lever]["employer"]}"')
        lines = entry.read_text(encoding="utf-8").splitlines()
        said = [f'employer = "{name}"' if line.startswith("employer") else line for line in lines]
        entry.write_text("\n".join(said), encoding="utf-8")
        nights.simulator.fault(kind="status", status=404, source=lever)
        nights.crawl()
        report = nights.run("report")
        as_json = nights.run("report", "--json")
    assert f"{lever} may have moved to workday: source {workday} lists 2 postings" in report.stdout
    assert "    moved_to = " in report.stdout
    (row,) = json.loads(as_json.stdout)
    assert row["moved_to"].startswith("https://")
