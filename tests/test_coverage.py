"""`rolecall coverage`: who is not watched, by how often they appear."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.commands.coverage import unwatched
from crawler.harvest import Lead
from crawler.loader import platforms
from crawler.placing import Placer, employer_key
from crawler.sources import Source
from tests.test_cli import rolecall

ID = "0a1b2c3d-{:04}-4a5b-8c6d-0e1f2a3b4c5d"


def lever(tenant: str, number: int = 1) -> str:
    return f"https://jobs.lever.co/{tenant}/{ID.format(number)}"


FERN = Source(
    id="fern", platform="lever", employer="Fernwood University", url="https://jobs.lever.co/fern"
)


def rows(*leads: tuple[str | None, str | None], watched: tuple[Source, ...] = (FERN,)) -> Any:
    placer = Placer({source.id: source for source in watched})
    placed = placer.place([Lead(url, "t", organization) for url, organization in leads])
    keys = [employer_key(source.employer) for source in watched if source.enabled]
    return [employer.as_row() for employer in unwatched(placed, keys)]


def test_employers_come_by_how_often_they_appear() -> None:
    found = rows(
        ("https://a.example/1", "Otter Museum"),
        (lever("marl", 1), "Marl Laboratory"),
        (lever("marl", 2), "The Marl Laboratory"),
        ("https://b.example/2", "Alder Institute"),
        (lever("fern"), "Fernwood University"),
    )
    assert [(row["postings"], row["employer"]) for row in found] == [
        (2, "Marl Laboratory"),
        (1, "Alder Institute"),
        (1, "Otter Museum"),
    ]
    assert found[0]["platforms"] == ["lever"]
    assert found[0]["source"] == "marl-laboratory"
    assert 'url = "https://jobs.lever.co/marl"' in found[0]["entry"]
    assert (found[1]["platforms"], found[1]["hosts"]) == ([], ["b.example"])
    assert (found[1]["entry"], found[1]["source"]) == (None, None)


def test_an_employer_is_watched_wherever_its_postings_are_linked() -> None:
    assert rows(("https://aggregator.example/7", "Fernwood University")) == []
    # A list calls it FU; one of its links says who that is.
    assert rows((lever("fern"), "FU"), ("https://aggregator.example/7", "FU")) == []


def test_a_source_that_is_not_crawled_watches_nobody_and_says_why() -> None:
    off = FERN.model_copy(update={"enabled": False, "reason": "moved"})
    (row,) = rows((lever("fern"), "Fernwood University"), watched=(off,))
    assert row["source"] == "fern"
    assert row["reason"] == "source fern is not crawled: moved"
    assert row["entry"] is None


def test_a_watched_board_does_not_watch_its_employers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms()["lever"], "many_employers", True)
    found = rows((lever("fern"), "Marl"), ("https://marl.example/7", "Marl"))
    assert [(row["postings"], row["hosts"]) for row in found] == [(1, ["marl.example"])]


def test_without_a_name_the_site_stands_for_the_employer() -> None:
    found = rows((lever("marl", 1), None), (lever("marl", 2), None), (None, None))
    assert [(row["postings"], row["employer"]) for row in found] == [
        (2, "jobs.lever.co"),
        (1, "(no link)"),
    ]


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    board = tmp_path / "jobs.yml"
    board.write_text(
        f"- name: a\n  url: {lever('marl')}\n  location: Marl Laboratory, Leeds, UK\n"
        "- name: b\n  url: https://otter.example/1\n  employer: Otter Museum\n  location: Oban UK\n"
        "- name: c\n  url: https://otter.example/2\n  employer: Otter Museum\n  location: Oban UK\n"
    )
    options = ("--only-sources", str(tmp_path / "sources"))
    done = rolecall("coverage", *options, str(board))
    assert done.returncode == 0
    assert done.stdout == (
        "   2  Otter Museum  (otter.example)\n"
        "   1  Marl Laboratory  (lever)\n"
        "      [[source]]\n"
        '      id = "marl-laboratory"\n'
        '      employer = "Marl Laboratory"\n'
        '      url = "https://jobs.lever.co/marl"\n'
        '      evidence = "posting in jobs.yml"\n'
        "2 employers are not watched; 3 of 3 postings are theirs\n"
    )
    said = json.loads(rolecall("coverage", "--json", *options, str(board)).stdout)
    assert [row["employer"] for row in said] == ["Otter Museum", "Marl Laboratory"]
