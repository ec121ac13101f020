"""Which postings are published, and what the editor's marks change in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.publish import Choice, Chosen, Entry, board_total, chosen, entries_of
from tests.store_house import House, posting

TODAY = "2026-03-02"


class Desk(House):
    """A database with postings a, b, c ... and an editor."""

    def shows(self, *names: str, **said: Any) -> None:
        self.next_day()
        self.visit(*[posting(name, title=f"Title {name}", **said) for name in names])

    def id(self, name: str) -> int:
        sql = "SELECT id FROM postings WHERE native_id = ?"
        return int(self.db.conn.execute(sql, (name,)).fetchone()[0])

    def mark(self, name: str, decision: str, **said: Any) -> None:
        row = {"posting": self.id(name), "decision": decision, "at": f"{TODAY}T10:00:00+00:00"}
        self.db["marks"].insert(row | said)

    def set(self, name: str, **said: Any) -> None:
        self.db["postings"].update(self.id(name), said)

    def choose(self, which: Any = "kept", **said: Any) -> Chosen:
        return chosen(self.db, Choice(which, today=TODAY, **said))

    def entries(self, which: Any = "kept", **said: Any) -> list[Entry]:
        return entries_of(self.choose(which, **said).rows)[0]

    def titles(self, which: Any = "kept", **said: Any) -> str:
        """The names of the chosen postings, in their order."""
        return "".join(e.title.removeprefix("Title ") for e in self.entries(which, **said))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    house = Desk(tmp_path / "rolecall.db")
    yield house
    house.close()


def test_the_newsletter_takes_what_was_kept_last_by_position_then_title(desk: Desk) -> None:
    desk.shows(*"abcdefgh")
    desk.mark("a", "keep", position=3)
    desk.mark("b", "keep")
    desk.mark("c", "keep", position=1)
    desk.mark("d", "reject")
    desk.mark("e", "keep")
    desk.mark("e", "reject")
    desk.mark("f", "reject")
    desk.mark("f", "keep", position=1)
    desk.mark("g", "keep")
    desk.mark("g", "undo")
    desk.mark("b", "not_duplicate", other=desk.id("c"))  # says nothing of wanting it
    assert desk.titles() == "cfab"
    assert desk.titles(limit=2) == "cf"


def test_an_issue_is_what_was_kept_for_it_or_listed_in_it(desk: Desk) -> None:
    desk.shows(*"abcd")
    desk.mark("a", "keep", issue="189")
    desk.mark("b", "keep", issue="190")
    desk.mark("c", "keep", issue="189")
    desk.mark("c", "listed", issue="189")
    desk.mark("d", "keep")
    assert desk.titles(issue="189") == "ac"
    assert desk.titles() == "abd"
    assert desk.titles(issue="7") == ""


def test_a_mark_says_more_than_the_posting(desk: Desk) -> None:
    desk.db.conn.execute("ALTER TABLE marks ADD COLUMN title TEXT")
    desk.shows("a", "b", description_text="Short.")
    for name in "ab":
        desk.db["texts"].update(desk.id(name), {"excerpt": "Proposed.\n\nBoth."})
    desk.mark("a", "keep", excerpt="Chosen one.\r\n\r\nChosen  two.", title="Lead, HPC", position=2)
    desk.mark("b", "keep", position=1)
    desk.mark("a", "keep", position=0)  # moved: the excerpt and the title stay
    first, second = desk.entries()
    assert (first.title, first.excerpt) == ("Lead, HPC", ("Chosen one.", "Chosen  two."))
    assert (second.title, second.excerpt) == ("Title b", ("Proposed.", "Both."))
    desk.mark("a", "undo")
    desk.mark("a", "keep")
    assert next(e for e in desk.entries() if e.id == first.id).excerpt == ("Proposed.", "Both.")


def test_without_a_proposal_the_first_long_paragraph_is_quoted(desk: Desk) -> None:
    long = "word " * 23 + "end."
    desk.shows("a", description_text=f"About us.\n\n{long}\n\nMore {long}")
    desk.mark("a", "keep")
    assert desk.entries()[0].excerpt == (long,)
    desk.mark("a", "keep", excerpt="")
    assert desk.entries()[0].excerpt == ()


def test_what_is_closed_is_left_out_and_said(desk: Desk) -> None:
    desk.shows(*"abc")
    for name in "abc":
        desk.mark(name, "keep")
    desk.set("a", closed_at="2026-03-01", closed_reason="gone")
    desk.set("b", valid_through="2026-03-01")
    desk.set("c", valid_through=TODAY)
    found = desk.choose()
    assert [row["title"] for row in found.rows] == ["Title c"]
    assert found.closed == ["Title a", "Title b"]


def test_two_kept_postings_of_one_vacancy_are_one_entry(desk: Desk) -> None:
    desk.shows(*"abc")
    desk.set("b", duplicate_of=desk.id("a"))
    desk.set("c", duplicate_of=desk.id("a"))
    desk.mark("b", "keep", position=1)
    desk.mark("c", "keep", position=2)
    entries, left_out = entries_of(desk.choose().rows)
    assert [entry.title for entry in entries] == ["Title b"]
    assert [(one.title, one.reason) for one in left_out] == [("Title c", "the same as 'Title b'")]


def test_what_cannot_be_shown_is_left_out_and_said(desk: Desk) -> None:
    desk.shows("a", "b", "c")
    desk.set("a", url="javascript:alert(1)")
    desk.set("b", title="\u200b")
    entries, left_out = entries_of(desk.choose("board").rows)
    assert [entry.title for entry in entries] == ["Title c"]
    reason = "it has no web address, title or employer that can be shown"
    assert [one.reason for one in left_out] == [reason, reason]


def test_the_board_is_the_view_of_that_name(desk: Desk) -> None:
    desk.shows("a")
    desk.shows("b", "c", "d", "e", "f")
    desk.mark("b", "reject")
    desk.set("c", closed_at="2026-03-01")
    desk.set("d", duplicate_of=desk.id("e"))
    desk.mark("e", "keep")
    desk.mark("a", "listed")
    assert desk.titles("board") == "fea"
    assert desk.titles("board", decided=True) == "ea"
    assert desk.titles("board", since="2026-03-02") == "fe"
    assert desk.titles("board", limit=1) == "f"
    assert board_total(desk.db) == 3


def test_all_is_every_open_posting_above_a_score_best_first(desk: Desk) -> None:
    desk.shows(*"abcdef")
    for name, score in zip("abcdef", (0.5, 0.9, 0.49, None, 0.7, 0.99), strict=True):
        desk.set(name, topic_score=score)
    desk.set("f", duplicate_of=desk.id("b"))
    desk.mark("e", "reject")
    assert desk.titles("all") == "ba"
    assert desk.titles("all", min_score=0.0) == "bacd"
    assert desk.titles("all", min_score=0.6) == "b"
    desk.set("b", valid_through="2026-03-01")
    assert desk.titles("all") == "a"


def test_the_employers_page_is_found_among_the_postings_that_are_one(desk: Desk) -> None:
    desk.shows("a", url="https://www.linkedin.com/jobs/view/1")
    desk.shows("b", url="https://jobs.fernwood.example.edu/1")
    desk.shows("c", url="https://gone.fernwood.example.edu/1")
    desk.set("c", closed_at="2026-03-01")
    for name in "bc":
        desk.set(name, duplicate_of=desk.id("a"))
    assert [e.url for e in desk.entries("board")] == ["https://jobs.fernwood.example.edu/1"]
    desk.set("a", duplicate_of=desk.id("b"))
    desk.set("b", duplicate_of=None)
    desk.mark("a", "keep")
    assert [e.url for e in desk.entries()] == ["https://jobs.fernwood.example.edu/1"]


@pytest.mark.parametrize(
    ("note", "name", "expected"),
    [
        ("a recruiter: the employer is its client", "Talent House", "Talent House (Recruiter)"),
        ("a recruiter", "Talent House (Recruiter)", "Talent House (Recruiter)"),
        (None, "Talent House (Recruiter)", "Talent House (Recruiter)"),
        ("uses a recruiter's site", "Vega Recruitment Lab", "Vega Recruitment Lab"),
        (None, "Fernwood University", "Fernwood University"),
    ],
)  # fmt: skip
def test_recruiters_are_marked(desk: Desk, note: str | None, name: str, expected: str) -> None:
    desk.db["sources"].update("fernwood", {"note": note})
    desk.shows("a", organization=name)
    assert [entry.organization for entry in desk.entries("board")] == [expected]


def test_recruiters_the_pipelines_found_are_marked_too(desk: Desk) -> None:
    desk.shows("a", "b")
    desk.set("a", recruiter=1)
    names = {e.title: e.organization for e in desk.entries("board")}
    assert names == {"Title a": "Fernwood University (Recruiter)", "Title b": "Fernwood University"}


def test_places_categories_and_the_last_change_come_along(desk: Desk) -> None:
    places = [
        {"city": "London", "region": "England", "country": "GB", "remote": False},
        {"city": None, "region": None, "country": "US", "remote": True},
    ]
    desk.shows("a", places=places)
    desk.db["categories"].insert_all(
        {"posting": desk.id("a"), "type": kind, "category": word}
        for kind, word in [("sector", "Academia"), ("technical", "HPC"), ("technical", "Cloud")]
    )
    (entry,) = desk.entries("board")
    assert [(p.city, p.country, p.remote) for p in entry.places] == [
        ("London", "GB", False),
        (None, "US", True),
    ]
    assert entry.categories == {"technical": ("Cloud", "HPC"), "sector": ("Academia",)}
    assert (entry.added, entry.updated) == ("2026-03-01", "2026-03-01")
    desk.next_day()
    desk.visit(posting("a", title="Another", content_hash="other"))
    assert desk.entries("board")[0].updated == "2026-03-02T03:00:00+00:00"


def test_statements_do_not_grow_with_the_postings(desk: Desk) -> None:
    def statements() -> int:
        seen: list[str] = []
        desk.db.conn.set_trace_callback(seen.append)
        desk.choose("board")
        desk.db.conn.set_trace_callback(None)
        return len(seen)

    desk.shows("a")
    one = statements()
    desk.shows(*"bcdefghij")
    assert statements() == one
