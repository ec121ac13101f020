"""The desk: what is offered and in which order, and what becomes of a decision."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.site_house import House, day


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


# --- what is offered ------------------------------------------------------------------------------


def test_only_what_is_new_open_relevant_and_alone_best_first(house: House) -> None:
    good = house.add("Lead", topic_score=0.7, lead_score=0.7)
    best = house.add("Head of HPC", topic_score=0.95, lead_score=0.9)
    unscored = house.add("Not scored yet", topic_score=None, lead_score=None)
    house.add("Off topic", topic_score=0.1)
    house.add("Leads nobody", lead_score=0.1)
    house.add("Closed", closed_at=day(1))
    house.add("Too late", valid_through=day(1))
    house.add("A copy", duplicate_of=best)
    assert house.finds() == [best, good, unscored]


def test_filters_narrow_and_combine(house: House) -> None:
    a = house.add(
        "HPC lead", country="DE", categories=(("sector", "Academia"), ("technical", "HPC"))
    )
    b = house.add(
        "Cloud lead", country="IE", categories=(("sector", "Industry"), ("technical", "HPC"))
    )
    c = house.add("Quiet one", topic_score=0.3, country=None)
    assert house.finds("?country=IE") == [b]
    assert set(house.finds("?category=HPC")) == {a, b}
    assert house.finds("?category=HPC&sector=Academia") == [a]
    assert house.finds("?q=cloud") == [b]
    assert house.finds("?topic=0&q=quiet") == [c]
    assert house.finds("?source=elsewhere") == []
    assert house.finds("?topic=high&page=x&order=sideways") == house.finds()


@pytest.mark.parametrize(
    "words", ['"', "AND OR NOT", "title:", "a* NEAR(b)", "(((", "-", "*", "\0"]
)
def test_no_search_is_an_error(house: House, words: str) -> None:
    house.add("HPC lead")
    assert house.get("/desk", params={"q": words}).status_code == 200
    assert house.get("/board", params={"q": words}).status_code == 200


def test_since_the_last_visit_and_since_the_last_issue(house: House) -> None:
    old = house.add("Old", first_seen=day(3))
    new = house.add("New", first_seen=day(1))
    assert "Since my last visit" not in house.get("/desk").text, "the first visit has none before"
    house.write("DELETE FROM visits")
    house.write(
        "INSERT INTO visits (editor, began, seen) VALUES ('editor', ?, ?)",
        f"{day(2)}T09:00:00+00:00", f"{day(2)}T10:00:00+00:00",
    )  # fmt: skip
    assert house.finds("?since=visit") == [new]
    assert set(house.finds()) == {old, new}
    sent = house.add("Sent", first_seen=day(5))
    house.write(
        "INSERT INTO marks (posting, decision, issue, position, at) "
        "VALUES (?, 'listed', '190', 1, ?)",
        sent, f"{day(2)}T12:00:00+00:00",
    )  # fmt: skip
    assert house.finds("?since=issue") == [new]


def test_a_page_of_finds_costs_the_same_statements_whatever_its_length(house: House) -> None:
    import contextlib

    from db.site import finds

    def statements() -> int:
        with contextlib.closing(sqlite3.connect(house.db)) as conn:
            told: list[str] = []
            conn.set_trace_callback(told.append)
            finds.find(conn, finds.Filters())
            return len(told)

    house.add("One")
    few = statements()
    for number in range(30):
        house.add(f"More {number}")
    assert statements() == few


# --- what is known about each ---------------------------------------------------------------------


def test_hints_name_reposts_and_what_was_listed(house: House) -> None:
    before = house.add("Director, Research Computing", closed_at=day(90))
    house.mark(before, "listed", issue="180")
    again = house.add("Director, Research Computing")
    house.write("INSERT INTO duplicates VALUES (?, ?, 'repost', 'text', 0.9)", before, again)
    house.write(
        "INSERT INTO listed (url, title, organization, issue, at) VALUES "
        "('https://x.example/1', 'DIRECTOR, RESEARCH COMPUTING', 'Fernwood University', '171', 'x')"
    )
    page = house.get("/desk").text
    assert "A repost of “Director, Research Computing”" in page
    assert "listed in issue 180" in page
    assert "was listed in issue 171" in page


def test_what_was_listed_under_a_key_is_never_offered(house: House) -> None:
    number = house.add("Known")
    house.write("INSERT INTO keys VALUES (?, 'lever', 'fernwood', 'k1')", number)
    assert house.finds() == [number]
    house.write(
        "INSERT INTO listed (platform, tenant, key, url, at) "
        "VALUES ('lever', 'fernwood', 'k1', 'https://jobs.lever.co/fernwood/k1', 'x')"
    )
    assert house.finds() == []


def test_what_was_decided_about_a_copy_holds_for_the_employers_own(house: House) -> None:
    own = house.add("Lead, as the employer says it")
    for decision in ("listed", "keep", "reject"):
        copy = house.add("Lead, on a board", duplicate_of=own)
        house.mark(copy, decision)
        assert house.finds() == []
        house.mark(own, "undo")
        assert house.finds() == [own], "a decision about itself goes before"
        house.write("DELETE FROM marks")
    house.write("INSERT INTO keys VALUES (?, 'lever', 'fernwood', 'k1')", copy)
    assert house.finds() == [own]
    house.write(
        "INSERT INTO listed (platform, tenant, key, url, at) "
        "VALUES ('lever', 'fernwood', 'k1', 'https://x', 'x')"
    )
    assert house.finds() == [], "also when the copy was listed in a document"


def test_the_link_is_the_employers_not_an_aggregators(house: House) -> None:
    house.add(
        "Lead", url="https://www.linkedin.com/jobs/view/1",
        apply_url="https://careers.fernwood.example/jobs/1",
    )  # fmt: skip
    page = house.get("/desk/posting/1").text
    assert 'href="https://careers.fernwood.example/jobs/1"' in page
    assert 'href="https://www.linkedin.com' not in page


def test_reasons_are_shown_with_their_words(house: House) -> None:
    house.add(
        "Lead", reasons={"topic": [{"field": "title", "words": "supercomputing", "weight": 1.5}]}
    )
    assert "supercomputing" in house.get("/desk").text
    house.write("UPDATE texts SET score_reasons = '[1, 2'")
    assert house.get("/desk").status_code == 200


# --- deciding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["keep", "reject", "snooze", "listed"])
def test_a_decision_takes_a_posting_off_the_list_and_undo_brings_it_back(
    house: House, decision: str
) -> None:
    number = house.add("Lead")
    answer = house.mark(number, decision)
    assert answer.json() == {"ok": True, "posting": number, "decision": decision}
    assert house.finds() == []
    house.mark(number, "undo")
    assert house.finds() == [number]
    assert [mark[1] for mark in house.marks()] == [decision, "undo"], "nothing is erased"


def test_a_snooze_ends_by_itself(house: House) -> None:
    number = house.add("Lead")
    house.mark(number, "snooze", until=day(-3))
    assert house.finds() == []
    house.mark(number, "snooze", until=day(0))
    assert house.finds() == [number]


def test_taking_back_that_two_are_different_leaves_the_decision(house: House) -> None:
    one, other = house.add("Lead"), house.add("Lead too")
    house.mark(one, "keep")
    house.mark(one, "not_duplicate", other=other)
    house.mark(one, "undo", other=other)
    assert house.finds() == [other]


def test_the_excerpt_is_what_was_typed_or_else_the_ticked_paragraphs(house: House) -> None:
    number = house.add("Lead", text="First.\n\nSecond.\n\nThird.")
    house.mark(number, "keep", excerpt="  My own words.\r\n\r\nTwo.  ")
    house.mark(number, "keep", paragraph=["2", "0"], excerpt="")
    house.mark(number, "keep", paragraph=["7", "x"], excerpt="")
    assert [mark[3] for mark in house.marks()] == [
        "My own words.\n\nTwo.", "First.\n\nThird.", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        {"posting": "1", "decision": "dance"},
        {"posting": "", "decision": "keep"},
        {"posting": "99", "decision": "keep"},
        {"posting": "1", "decision": "snooze", "until": "soon"},
        {"posting": "1", "decision": "not_duplicate"},
    ],
)
def test_nonsense_is_refused_with_a_reason_and_writes_nothing(
    house: House, form: dict[str, str]
) -> None:
    house.add("Lead")
    answer = house.post("/desk/mark", **form)
    assert answer.status_code == 400
    assert answer.json()["reason"]
    assert house.marks() == []


def test_a_mark_made_while_a_crawl_commits_succeeds(house: House) -> None:
    number = house.add("Lead")
    crawl = sqlite3.connect(house.db, isolation_level=None, check_same_thread=False)
    crawl.execute("BEGIN IMMEDIATE")
    crawl.execute("UPDATE postings SET last_seen = last_seen")
    waited: list[float] = []

    def finish() -> None:
        time.sleep(6)  # longer than sqlite3's usual five seconds
        waited.append(time.monotonic())
        crawl.execute("COMMIT")

    ending = threading.Thread(target=finish)
    ending.start()
    answer = house.mark(number, "keep")
    answered = time.monotonic()
    ending.join()
    crawl.close()
    assert answer.status_code == 200, answer.text
    assert waited
    assert answered >= waited[0]
    assert [mark[:2] for mark in house.marks()] == [(number, "keep")]


def test_without_script_a_decision_leads_back_to_the_list_and_nowhere_else(house: House) -> None:
    import asyncio

    number = house.add("Lead")

    async def send(back: str) -> str:
        page = await house.site.client.get("/desk/add", cookies=house.editor)
        token = page.cookies["ds_csrftoken"]
        answer = await house.site.client.post(
            "/desk/mark",
            data={"csrftoken": token, "posting": number, "decision": "keep", "back": back},
            cookies={**house.editor, "ds_csrftoken": token},
        )
        assert answer.status_code == 302
        return str(answer.headers["location"])

    assert asyncio.run(send("/desk?country=IE")) == "/desk?country=IE"
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", ""):
        assert asyncio.run(send(elsewhere)) == "/desk"


def test_the_log_has_every_decision_with_its_note(house: House) -> None:
    number = house.add("Lead of tides")
    house.mark(number, "reject", note="too far from research")
    page = house.get("/desk/log").text
    assert "Lead of tides" in page
    assert "too far from research" in page


# --- the issue ------------------------------------------------------------------------------------


def section(house: House) -> str:
    from parsel import Selector

    return Selector(house.get("/desk/issue").text).css("#section::text").get("")


def test_the_section_follows_the_order_that_the_editor_gives(house: House) -> None:
    first, second, third = (house.add(name) for name in ("Alpha", "Beta", "Gamma"))
    for number in (first, second, third):
        house.mark(number, "keep", excerpt=f"About {number}.")
    house.post("/desk/issue/order", order=f"{third},{first},{second}")
    lines = [line[3 : line.index("]")] for line in section(house).splitlines() if line[:3] == "**["]
    assert lines == ["Gamma", "Alpha", "Beta"]
    assert f"About {third}." in section(house), "an excerpt outlives a new order"
    moved = house.post("/desk/issue/order", move=str(second), by="-1").json()["markdown"]
    assert moved.index("Gamma") < moved.index("Beta") < moved.index("Alpha")


def test_a_kept_posting_that_closed_is_left_out_and_named(house: House) -> None:
    number = house.add("Gone meanwhile")
    house.mark(number, "keep")
    house.write("UPDATE postings SET closed_at = ?", day(0))
    assert "Gone meanwhile" not in section(house)
    assert "closed since you kept them: Gone meanwhile" in house.get("/desk/issue").text


def test_an_issue_that_is_out_is_listed_and_never_offered_again(house: House) -> None:
    numbers = [house.add("Alpha"), house.add("Beta")]
    for number in numbers:
        house.mark(number, "keep", excerpt="Words.")
    assert house.post("/desk/issue/send", issue="191").status_code == 302
    assert "Nothing kept yet" in house.get("/desk/issue").text
    assert house.finds() == []
    assert [mark[1:] for mark in house.marks()[-2:]] == [
        ("listed", None, "Words.", "191", 1), ("listed", None, "Words.", "191", 2),
    ]  # fmt: skip
    assert house.post("/desk/issue/send", issue=" ").status_code == 400


def test_the_check_of_the_links_says_each_state(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.add("Alpha")
    house.mark(number, "keep")
    house.write(
        "UPDATE postings SET last_seen = ?, url = 'https://www.linkedin.com/jobs/view/1'", day(0)
    )
    # The real command: LinkedIn is never asked, and so the answer needs no network.
    said = house.post("/desk/issue/check").json()
    assert said["ok"], said
    assert [one["state"] for one in said["checked"]] == ["unknown"]


def test_what_was_seen_last_night_is_not_asked_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")  # nobody can be asked
    house.mark(house.add("Seen", last_seen=day(1)), "keep")
    house.write(
        "INSERT INTO source_runs (run, source, outcome, started) VALUES (1, 'fernwood', 'ok', ?)",
        f"{day(1)}T02:00:00+00:00",
    )
    said = house.post("/desk/issue/check").json()
    assert [one["evidence"] for one in said["checked"]] == [f"seen in the listing of {day(1)}"]
    house.mark(house.add("Not seen since", last_seen=day(2)), "keep")
    assert not house.post("/desk/issue/check").json()["ok"]
    house.write("UPDATE postings SET last_seen = ?", day(3))
    house.write("UPDATE source_runs SET started = ?", f"{day(3)}T02:00:00+00:00")
    assert not house.post("/desk/issue/check").json()["ok"], "too long ago"


def test_a_check_that_does_not_run_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.mark(house.add("Alpha"), "keep")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    said = house.post("/desk/issue/check").json()
    assert not said["ok"]
    assert "did not start" in said["reason"]


def test_adding_by_hand_says_why_an_address_cannot_be_read(house: House) -> None:
    answer = house.post("/desk/add", url="https://www.linkedin.com/jobs/view/1")
    assert answer.status_code == 200
    assert "rolecall try page.html --keep" in answer.text
    assert "Stored" not in answer.text
    answer = house.post("/desk/add", url="--db=/etc/passwd")
    assert "An address begins with https://" in answer.text


# --- the sample -----------------------------------------------------------------------------------


def test_the_sample_is_drawn_from_what_the_scores_hide_and_stays_the_same(house: House) -> None:
    from db.site import sample

    week = sample.last_week(date.fromisoformat(day(0)))
    first, _ = sample.days_of(week)
    hidden = {house.add(f"Hidden {n}", topic_score=0.2, first_seen=first) for n in range(60)}
    house.add("Shown", first_seen=first)
    house.add("Another week", topic_score=0.2, first_seen=day(40))
    with sqlite3.connect(house.db) as conn:
        drawn = [row["id"] for row in sample.draw(conn, week).rows]
        again = [row["id"] for row in sample.draw(conn, week).rows]
    conn.close()
    assert len(drawn) == sample.SIZE
    assert set(drawn) <= hidden
    assert drawn == again
    assert drawn != sorted(drawn)[: len(drawn)]
    for number, decision in zip(drawn, ["keep", "reject", "reject", "reject"], strict=False):
        house.mark(number, decision, week=week)
    assert house.read("SELECT hidden, size, judged, relevant FROM samples") == [(60, 20, 4, 1)]
    readers = house.get("/trends", anonymous=True).text
    assert "15 (" in readers, "a quarter of sixty"


@pytest.mark.parametrize(
    ("hidden", "judged", "relevant", "expected"),
    # Wilson 1927, by hand: 0 of 20 is at most 16.1 %, 5 of 20 between 11.2 % and 46.9 %.
    [(1000, 20, 0, (0, 0, 161)), (1000, 20, 5, (250, 112, 469)), (10, 10, 3, (3, 3, 3))],
)
def test_the_estimate_carries_its_uncertainty(
    hidden: int, judged: int, relevant: int, expected: tuple[int, int, int]
) -> None:
    from db.site.sample import estimate

    assert estimate(hidden, judged, relevant) == expected
