"""Versions of a posting's text, their difference, and what was open on a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import store
from db.versions import difference, recent_descriptions, versions
from tests.store_house import FIRST, House, posting

FIRST_TEXT = "You lead the team.\n\nYou run the cluster."
SECOND_TEXT = "You lead the team.\n\nYou run two clusters."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with closing(House(tmp_path / "rolecall.db")) as house:
        yield house


def night(house: House, text: str, **said: Any) -> None:
    house.night(posting("1", description_text=text, content_hash=text, **said))


def test_every_version_is_kept_with_its_day(house: House) -> None:
    night(house, FIRST_TEXT)
    night(house, FIRST_TEXT)
    night(house, SECOND_TEXT)
    night(house, "It is filled.", title="Research Engineer (filled)")
    number = house.one("1")["id"]
    told = versions(house.db, number)
    days = [(FIRST + timedelta(days=n)).isoformat() for n in (0, 2, 3)]
    assert [(one.number, one.since, one.run, one.text) for one in told] == [
        (1, days[0], None, FIRST_TEXT), (2, days[1], 3, SECOND_TEXT),
        (3, days[2], 4, "It is filled."),
    ]  # fmt: skip
    shown = store.query(house.db, "versions", posting=number)
    assert [(row["version"], row["since"], row["until"], row["description"]) for row in shown] == [
        (3, days[2], None, "It is filled."), (2, days[1], days[2], SECOND_TEXT),
        (1, days[0], days[1], FIRST_TEXT),
    ]  # fmt: skip
    assert [one.text for one in versions(house.db, number, "title")] == [
        "Research Engineer 1", "Research Engineer (filled)",
    ]  # fmt: skip


def test_the_difference_of_two_versions(house: House) -> None:
    night(house, FIRST_TEXT)
    night(house, SECOND_TEXT)
    night(house, "It is filled.")
    number = house.one("1")["id"]
    assert difference(house.db, number, 1, 2).splitlines() == [
        f"--- version 1\t{FIRST.isoformat()}",
        f"+++ version 2\t{(FIRST + timedelta(days=1)).isoformat()}",
        "@@ -1,3 +1,3 @@",
        " You lead the team.",
        " ",
        "-You run the cluster.",
        "+You run two clusters.",
    ]
    assert "+It is filled." in difference(house.db, number)
    assert difference(house.db, number, 2, 2) == ""
    for wrong in (0, 4, -4):
        with pytest.raises(LookupError):
            difference(house.db, number, wrong, 1)
    with pytest.raises(LookupError):
        versions(house.db, 99)
    with pytest.raises(ValueError, match="raw_salary"):
        versions(house.db, number, "raw_salary")


def open_on(house: House, day: date) -> set[str]:
    rows = store.query(house.db, "open_on_day", day=day.isoformat())
    return {row["title"].rpartition(" ")[2] for row in rows}


def test_what_was_open_on_each_day_of_a_long_history(house: House) -> None:
    """Each day's answer, asked that day and asked at the end, is the same."""
    plan = [
        ["1", "2"], ["1", "2"], ["1"], ["1"], ["1"], ["1", "2"], ["1"], ["1"], ["1"], ["1"],
        ["1", "2", "3"], ["3"], ["3"], ["3"], ["3", "1"],
    ]  # fmt: skip
    then = []
    for shown in plan:
        house.night(*(posting(one) for one in shown))
        then.append((house.day, house.open_ids()))
    assert {"1"} in [ids for _, ids in then], "2 closed in between"
    assert {"3"} in [ids for _, ids in then], "1 and 2 closed in between"
    for day, was_open in then:
        assert open_on(house, day) == was_open, day
    assert open_on(house, FIRST - timedelta(days=1)) == set()


def test_recent_descriptions_are_the_newest_of_one_source(house: House) -> None:
    house.next_day()
    house.visit(*(posting(str(n), description_text=f"Text {n}.") for n in range(5)))
    house.visit(posting("x", "quantenhof", description_text="Other."), source="quantenhof")
    assert [text for _, text in recent_descriptions(house.db, "fernwood", 2)] == [
        "Text 4.", "Text 3.",
    ]  # fmt: skip
