"""The editor's own listings: from their facts his lines are written to the letter.

The facts are read off his lines by the grammar of the notation alone, go through a database and the
command, and must come back as he wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.harvest import harvest
from db.publish.newsletter import line
from tests.real.conftest import SHARED
from tests.store_house import House, posting
from tests.test_cli import rolecall

GRAMMAR = re.compile(r"\*\*\[(.+?)\]\((\S+)\)\*\* - (.+), ([^,]+) <br/>")
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason=f"{SHARED / 'seeds'} is absent")


def sections() -> Iterator[tuple[Path, list[str]]]:
    """The jobs sections of the issues, line by line."""
    for path in SEEDS:
        lines = path.read_text(encoding="utf-8").splitlines()
        if any(GRAMMAR.fullmatch(one) for one in lines):
            yield path, lines


def listings() -> list[tuple[str, str, str]]:
    """The line, and the paragraph below it, with its document."""
    return [
        (path.name, one, lines[at + 1])
        for path, lines in sections()
        for at, one in enumerate(lines)
        if GRAMMAR.fullmatch(one)
    ]


def facts(text: str) -> tuple[str, str, str, str]:
    found = GRAMMAR.fullmatch(text)
    assert found
    title, url, organization, location = found.groups()
    return title, url, organization, location


def test_all_83_lines_to_the_letter() -> None:
    said = [text for _, text, _ in listings()]
    assert len(said) == 83
    assert [line(*facts(text)) for text in said] == said


@pytest.mark.parametrize("issue", [path.name for path, _ in sections()])
def test_an_issue_through_database_and_command(issue: str, tmp_path: Path) -> None:
    said = [(text, below) for name, text, below in listings() if name == issue]
    house = House(tmp_path / "rolecall.db")
    house.next_day()
    rows = []
    for at, (text, _) in enumerate(said):
        title, url, organization, location = facts(text)
        rows.append(
            posting(f"n{at:02}", title=title, url=url, organization=organization, location=location)
        )
    house.visit(*rows)
    for at, (_, below) in enumerate(said):
        house.db["marks"].insert(
            {"posting": at + 1, "decision": "keep", "position": at, "excerpt": below, "issue": "1",
             "at": "2026-03-01T10:00:00+00:00"}
        )  # fmt: skip
    house.close()
    done = rolecall("export", "newsletter", "--issue", "1", "--db", str(tmp_path / "rolecall.db"))
    assert done.returncode == 0, done.stderr
    written = done.stdout.splitlines()
    assert [one for one in written if one.endswith("<br/>")] == [text for text, _ in said]
    original = next(lines for path, lines in sections() if path.name == issue)
    heading = next(one for one in original if re.match(r"#+ Jobs\b", one))
    assert heading in written
    intro = original[original.index(heading) + 2]
    number = re.compile(r"\d+ jobs")
    assert number.sub("N", written[2]) == number.sub("N", intro)
    quoted = {one.strip() for one in written}
    changed = [below for _, below in said if below.strip() not in quoted]
    assert changed == []
    again = harvest(done.stdout).leads
    assert [(lead.title, lead.url) for lead in again] == [facts(text)[:2] for text, _ in said]
