"""Duplicates in a database: night after night, with marks, closings and second thoughts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from crawler.cli import cli
from crawler.errors import ConfigError
from crawler.night import duplicates
from crawler.night.duplicates import find_duplicates
from crawler.posting import Key
from db import duplicates as table
from pipelines import dedupe
from tests.nights import Nights
from tests.store_house import House, posting

BOARD = "quantenhof"  # the second source of the house
WORK = " ".join(f"duty{n}" for n in range(200))
OTHER = " ".join(f"task{n}" for n in range(200))


@pytest.fixture
def house() -> Iterator[House]:
    made = House(":memory:")
    made.next_day()
    yield made
    made.close()


def ours(native_id: str, **said: Any) -> dict[str, Any]:
    """A posting of the employer's own site."""
    return posting(native_id, **{"title": "Cluster Manager", **said})


def copy(native_id: str, **said: Any) -> dict[str, Any]:
    """The same on a board of many employers."""
    basis = {
        "platform": "jobs_ac_uk", "tenant": "jobs.ac.uk", "title": "Cluster Manager",
        "keys": [["jobs_ac_uk", "jobs.ac.uk", native_id]],
        "url": f"https://jobs.ac.uk.example/job/{native_id}/x",
    }  # fmt: skip
    return posting(native_id, BOARD, **{**basis, **said})


def points(house: House) -> dict[str, str]:
    """Who repeats whom, by native ids."""
    found = house.rows(
        "SELECT a.native_id AS copy, b.native_id AS original "
        "FROM postings AS a JOIN postings AS b ON b.id = a.duplicate_of"
    )
    return {row["copy"]: row["original"] for row in found}


def kinds(house: House) -> set[tuple[str, str]]:
    return {(row["kind"], row["how"]) for row in house.rows("SELECT kind, how FROM duplicates")}


def mark(house: House, decision: str, native_id: str, other: str | None) -> None:
    row = {
        "posting": house.one(native_id)["id"], "decision": decision, "at": house.today,
        "other": house.one(other)["id"] if other else None,
    }  # fmt: skip
    with house.db.atomic():
        house.db["marks"].insert(row)


def test_a_board_points_to_the_employer_who_came_later(house: House) -> None:
    house.visit(copy("B1"), source=BOARD)
    assert find_duplicates(house.db).pointed == 0
    house.night(ours("1"))
    found = find_duplicates(house.db)
    assert points(house) == {"B1": "1"}
    assert (found.compared, found.comparisons, found.kinds) == (1, 1, {"duplicate": 1})
    (row,) = house.rows("SELECT * FROM duplicates")
    assert row == {"a": 1, "b": 2, "kind": "duplicate", "how": "text", "score": row["score"]}
    assert find_duplicates(house.db).compared == 0


def test_a_link_to_apply_says_more_than_a_title(house: House) -> None:
    house.visit(ours("1", organization="FU"), ours("2"))
    house.visit(copy("B1", apply_url="https://apply.example/1"), source=BOARD)
    links = {"https://apply.example/1": Key("lever", "fernwood", "1")}
    find_duplicates(house.db, links.get)
    assert points(house) == {"B1": "1"}
    assert ("duplicate", "link") in kinds(house)


def test_what_a_person_took_apart_stays_apart(house: House) -> None:
    house.visit(ours("1"))
    house.visit(copy("B1"), source=BOARD)
    find_duplicates(house.db)
    mark(house, "not_duplicate", "B1", "1")
    find_duplicates(house.db)
    assert points(house) == {}
    house.night(ours("1", unit="Computing", content_hash="changed"))
    find_duplicates(house.db)
    assert points(house) == {}
    find_duplicates(house.db, everything=True)
    assert points(house) == {}
    mark(house, "undo", "1", "B1")
    find_duplicates(house.db)
    assert points(house) == {"B1": "1"}


def test_a_posting_of_which_a_person_says_that_it_repeats_none(house: House) -> None:
    house.visit(ours("1"))
    house.visit(copy("B1"), source=BOARD)
    mark(house, "not_duplicate", "B1", None)
    find_duplicates(house.db)
    assert points(house) == {}
    mark(house, "undo", "B1", None)
    find_duplicates(house.db)
    assert points(house) == {"B1": "1"}


def test_when_the_original_closes_its_copy_is_shown_until_it_reopens(house: House) -> None:
    house.visit(ours("1"))
    house.visit(copy("B1"), source=BOARD)
    find_duplicates(house.db)
    house.night(closed={"1": "This position is filled"})
    find_duplicates(house.db)
    assert points(house) == {"1": "B1"}
    house.night(ours("1", content_hash="back"))
    find_duplicates(house.db)
    assert points(house) == {"B1": "1"}


def test_a_posting_that_became_another_job_is_released(house: House) -> None:
    house.visit(ours("1"))
    house.visit(copy("B1"), source=BOARD)
    find_duplicates(house.db)
    house.night(ours("1", title="Finance Officer", content_hash="other"))
    find_duplicates(house.db)
    assert points(house) == {}
    assert kinds(house) == set()


def test_a_role_opened_again_is_shown_as_such_and_not_hidden(house: House) -> None:
    house.visit(ours("1"), closed={})
    house.night(closed={"1": "filled"})
    house.next_day(60)
    house.visit(ours("2"))
    find_duplicates(house.db)
    assert kinds(house) == {("repost", "text")}
    assert points(house) == {}


def test_two_postings_that_claimed_one_key_are_one_also_when_all_is_compared(house: House) -> None:
    house.visit(ours("1", title="A"), ours("2", title="B"))
    find_duplicates(house.db)
    keys = [["lever", "fernwood", "1"], ["lever", "fernwood", "2"]]
    house.night(ours("1", title="A", keys=keys))
    find_duplicates(house.db)
    assert points(house) == {"2": "1"}
    find_duplicates(house.db, everything=True)
    assert points(house) == {"2": "1"}
    assert kinds(house) == {("duplicate", "keys")}


def test_two_languages_of_one_requisition(house: House) -> None:
    said = {"requisition_id": "2026-0417"}
    house.visit(
        ours("1", title="Leitung Rechenzentrum", language="de", **said),
        ours("2", title="Head of Computing Centre", language="en", **said),
        ours("3", title="Finance Officer", language="en", **said),
    )
    find_duplicates(house.db)
    assert ("2", "1") in points(house).items()
    assert not {("3", "2"), ("2", "3")} & points(house).items()


@pytest.mark.parametrize(
    ("theirs", "how"), [(WORK, "text+description"), (OTHER, None), ("Apply now.", "text")]
)
def test_descriptions_are_read_where_text_decides(
    house: House, theirs: str, how: str | None
) -> None:
    house.visit(ours("1", description_text=WORK))
    house.visit(copy("B1", description_text=theirs), source=BOARD)
    find_duplicates(house.db)
    assert kinds(house) == ({("duplicate", how)} if how else set())


def test_what_an_employer_says_in_every_posting_is_no_likeness(house: House) -> None:
    about = " ".join(f"about{n}" for n in range(300))
    house.visit(
        ours("1", description_text=f"{about}\n{WORK}"),
        ours("2", title="Finance Officer", description_text=f"{about}\nCounts."),
        ours("3", title="Gardener", description_text=f"{about}\nMows."),
    )
    house.visit(copy("B1", description_text=f"{about}\n{OTHER}"), source=BOARD)
    find_duplicates(house.db)
    assert kinds(house) == set()


def test_what_was_cut_off_is_done_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.visit(ours("1"))
    house.visit(copy("B1"), source=BOARD)

    def killed(*said: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(duplicates, "_compare", killed)
        with pytest.raises(KeyboardInterrupt):
            find_duplicates(house.db)
    assert find_duplicates(house.db).compared == 2
    assert points(house) == {"B1": "1"}


def test_new_rules_compare_everything_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.visit(ours("1"))
    find_duplicates(house.db)
    monkeypatch.setattr(duplicates, "RULES", dedupe.RULES + 1)
    assert find_duplicates(house.db).compared == 1


def test_no_posting_points_to_one_that_points(house: House) -> None:
    house.visit(ours("1"), ours("2"), ours("3"))
    with pytest.raises(ValueError, match="both a copy and an original"):
        table.point(house.db, {1: 2, 2: 3, 3: None})


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "rolecall.db"
    house = House(path)
    house.night(ours("1"))
    house.visit(copy("B1"), source=BOARD)
    house.close()
    run = CliRunner().invoke(cli, ["dedupe", "--db", str(path), "--json"])
    assert run.exit_code == 0, run.output
    said = json.loads(run.output)
    assert (said["compared"], said["kinds"], said["pointed"]) == (2, {"duplicate": 1}, 1)
    again = CliRunner().invoke(cli, ["dedupe", "--db", str(path)])
    assert again.output.startswith("0 postings compared")
    missing = CliRunner().invoke(cli, ["dedupe", "--db", str(tmp_path / "none.db")])
    assert isinstance(missing.exception, ConfigError)


def test_a_night_compares_what_it_brought(tmp_path: Path) -> None:
    arguments = ("--platforms", "lever", "--sources", "1", "--postings-per-source", "4")
    with Nights(tmp_path, *arguments) as nights:
        nights.crawl()
        with closing(sqlite3.connect(nights.db)) as db:
            stored, compared = (
                db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in ("postings", "compared WHERE rules > 0")
            )
    assert (stored, compared) == (4, 4)


# Descriptions stay as short as they are: what they decide also depends on the employer's others.
_SAID = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Cluster Manager", "Senior Cluster Manager", "Data Steward"]),
        "organization": st.sampled_from(["Fernwood University", "Lab, Fernwood University"]),
        "requisition_id": st.sampled_from([None, "REQ-20417", "REQ-99999"]),
    }
)
_IDS = st.sampled_from(["1", "2", "3", "4"])


class RandomNights(RuleBasedStateMachine):
    """Random nights, and after each what must hold: whatever happened, in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.house = House(":memory:")
        self.house.next_day()
        self.apart: set[frozenset[str]] = set()
        self.turn = 0

    @rule(said=_SAID, native_id=_IDS, days=st.sampled_from([1, 1, 30]))
    def employer(self, said: dict[str, Any], native_id: str, days: int) -> None:
        self._visit(ours(native_id, **said), days)

    @rule(said=_SAID, native_id=_IDS, days=st.sampled_from([1, 1, 30]))
    def board(self, said: dict[str, Any], native_id: str, days: int) -> None:
        self._visit(copy(f"B{native_id}", **{**said, "requisition_id": None}), days, source=BOARD)

    def _visit(self, item: dict[str, Any], days: int, **how: Any) -> None:
        self.turn += 1
        self.house.next_day(days)
        item["content_hash"] = json.dumps([item["title"], item["organization"], self.turn])
        self.house.visit(item, authoritative=False, **how)

    @rule(native_id=_IDS)
    def close(self, native_id: str) -> None:
        self.house.night(closed={native_id: "filled"}, authoritative=False)

    @rule(one=_IDS, other=_IDS)
    def take_apart(self, one: str, other: str) -> None:
        stored = {row["native_id"] for row in self.house.rows("SELECT native_id FROM postings")}
        if {one, f"B{other}"} <= stored:
            mark(self.house, "not_duplicate", one, f"B{other}")
            self.apart.add(frozenset({one, f"B{other}"}))

    @invariant()
    def holds(self) -> None:
        find_duplicates(self.house.db)
        found = points(self.house)
        assert not found.keys() & set(found.values()), "a chain"
        home = {name: found.get(name, name) for name in [*found, *found.values()]}
        for one, other in map(sorted, self.apart):
            assert home.get(one) is None or home.get(one) != home.get(other), "put together again"
        for name, original in found.items():
            is_open = [self.house.one(n)["closed_at"] is None for n in (name, original)]
            assert is_open != [True, False], "an open posting repeats a closed one"

    def _decided(self) -> list[dict[str, Any]]:
        return self.house.rows("SELECT * FROM duplicates ORDER BY a, b")

    def teardown(self) -> None:
        decided, found = self._decided(), points(self.house)
        find_duplicates(self.house.db, everything=True)
        assert (self._decided(), points(self.house)) == (decided, found), "order matters"
        self.house.close()


TestRandomNights = RandomNights.TestCase
TestRandomNights.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)


@given(st.lists(st.tuples(_IDS, _SAID), min_size=1, max_size=8, unique_by=lambda one: one[0]))
@settings(max_examples=30, deadline=None)
def test_the_order_of_postings_decides_nothing(found: list[tuple[str, dict[str, Any]]]) -> None:
    def grouped(*items: tuple[str, dict[str, Any]]) -> set[frozenset[str]]:
        house = House(":memory:")
        house.next_day()
        for native_id, said in items:
            house.visit(ours(native_id, **said))
            house.visit(copy(f"B{native_id}", **said), source=BOARD)
            find_duplicates(house.db)
        together: dict[str, set[str]] = {}
        for name, original in points(house).items():
            together.setdefault(original, {original}).add(name)
        house.close()
        return {frozenset(names) for names in together.values()}

    assert grouped(*found) == grouped(*reversed(found))
