"""`rolecall import` and `rolecall sources`: links become sources and "already listed"."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.catalogue_file import add_entry
from crawler.harvest import Lead
from crawler.loader import platforms
from crawler.placing import UNKNOWN, Placed, Placer, employer_key
from crawler.recognise import Recogniser
from crawler.sources import Source, read_file
from db import listed, store
from tests.fetching import Asked, serving
from tests.test_cli import rolecall

UUID = "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d"
OTHER = "0a1b2c3d-0002-4a5b-8c6d-0e1f2a3b4c5d"
MARL = f"https://jobs.lever.co/marl/{UUID}?lever-source=LinkedIn"
FERN = f"https://jobs.lever.co/fernlabs/{OTHER}"

NEWSLETTER = f"""---
title: "#901 - 7 Feb 2026"
date: 2026-02-07
---
## Jobs

**[Head of Tides]({MARL})** - Marl Laboratory, Oban UK <br/>
**[Engineer]({FERN})** - Fern Labs, Ulm DE <br/>
**[Steward](https://jobs.unheard.example/7?utm_source=x)** - Otter Bay Museum, Otter Bay CA <br/>
**[All](https://jobs.lever.co/marl)** - Marl Laboratory, Oban UK <br/>
**[Bad](javascript:alert)** - Marl Laboratory, Oban UK <br/>
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    fern = {"id": "fern-labs", "employer": "Fern Labs", "url": "https://jobs.lever.co/fernlabs"}
    add_entry(Source.model_validate({"platform": "lever", **fern}), folder)
    return folder


@pytest.fixture
def newsletter(tmp_path: Path) -> Path:
    path = tmp_path / "issue.txt"
    path.write_text(NEWSLETTER, encoding="utf-8")
    return path


def imported(
    tmp_path: Path, *arguments: object, only: str = "sources"
) -> subprocess.CompletedProcess[str]:
    """`rolecall import` with the catalogue and database of this test."""
    options = ("--only-sources", tmp_path / only, "--db", tmp_path / "rolecall.db")
    return rolecall("import", *map(str, (*options, *arguments)))


def query(tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(tmp_path / "rolecall.db")) as connection:
        return connection.execute(sql).fetchall()


# --- placing --------------------------------------------------------------------------------------


def place(url: str | None, *sources: dict[str, Any], organization: str | None = "Marl") -> Placed:
    catalogue = {s["id"]: Source.model_validate({"employer": "Marl", **s}) for s in sources}
    (placed,) = Placer(catalogue).place([Lead(url, "Head", organization)], "posting, 2026")
    return placed


def test_a_lead_is_placed_with_the_source_that_watches_it() -> None:
    entry = {"id": "m", "platform": "lever", "url": "https://jobs.lever.co/marl"}
    placed = place(MARL, entry)
    assert (placed.platform, placed.source_id, placed.watched) == ("lever", "m", True)
    assert placed.match is not None
    assert placed.match.key == ("lever", "marl", UUID)
    assert (placed.reason, placed.proposal) == (None, None)


def test_a_source_that_is_not_crawled_says_why() -> None:
    entry = {
        "id": "m", "platform": "lever", "url": "https://jobs.lever.co/marl", "enabled": False,
        "reason": "moved in 2025", "moved_to": "https://marl.example/jobs",
    }  # fmt: skip
    placed = place(MARL, entry)
    assert (placed.source_id, placed.watched, placed.proposal) == ("m", False, None)
    assert placed.reason == (
        "source m is not crawled: moved in 2025 (now https://marl.example/jobs)"
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (None, "it names no link"),
        ("https://jobs.unheard.example/7", UNKNOWN),
        ("https://jobs.lever.co/marl", "not a posting: a listing of Lever"),
        ("https://old.marl.example/jobs/x", "unknown: the host is source m, whose postings have"),
    ],
)
def test_what_cannot_be_placed_says_why(url: str | None, reason: str) -> None:
    entry = {
        "id": "m", "platform": "lever", "url": "https://jobs.lever.co/marl",
        "hosts": ["old.marl.example"],
    }  # fmt: skip
    assert (place(url, entry).reason or "").startswith(reason)


def test_an_employer_without_a_source_is_proposed_one() -> None:
    placed = place(MARL, organization="The Marl & Søn Laboratory (Recruiter)")
    assert placed.proposal is not None
    assert placed.proposal.text == (
        "[[source]]\n"
        'id = "marl-and-son-laboratory"\n'
        'employer = "The Marl & Søn Laboratory (Recruiter)"\n'
        'url = "https://jobs.lever.co/marl"\n'
        'evidence = "posting, 2026"\n'
    )
    assert placed.proposal.note is None


def test_a_proposal_never_has_the_platforms_name_or_a_taken_one() -> None:
    assert place(MARL, organization="Lever Works").source_id == "works"
    assert place(MARL, organization="Lever").source_id == "employer"
    entry = {"id": "marl", "platform": "workday", "url": "https://marl.example/"}
    placed = place(MARL, entry)
    assert placed.source_id == "marl-2"
    assert placed.proposal is not None
    assert "the same employer is watched on workday as marl" in (placed.proposal.note or "")


def test_one_site_is_proposed_once_whoever_is_named() -> None:
    placer = Placer({})
    leads = [
        Lead(MARL, "a", "Marl Labratory"),
        Lead(MARL.replace(UUID, OTHER), "b", "Marl Laboratory"),
    ]
    placer.place(leads[:1])
    first, second = placer.place([leads[1], leads[0]])
    assert first.proposal is second.proposal is placer.proposals[0]
    assert len(placer.proposals) == 1


def test_another_site_of_a_tenant_is_another_source() -> None:
    """Campuses share an instance: one entry does not watch the others."""
    section = "https://marl.taleo.net/careersection/{}/jobdetail.ftl?job=7"
    entry = {"id": "north", "employer": "Marl North", "platform": "taleo", "url": section.format(1)}
    placed = place(section.format(2), entry, organization="Marl South")
    assert placed.source is None
    assert placed.proposal is not None
    assert placed.proposal.source.url == "https://marl.taleo.net/careersection/2/jobsearch.ftl"
    assert placed.proposal.note == "another site of the tenant that source north watches"
    assert place(section.format(2), entry, organization="Marl North").source_id == "north"


@pytest.mark.parametrize("name", sorted(platforms()))
def test_a_proposal_made_from_any_platforms_example_is_recognised_again(name: str) -> None:
    """The proposed entry leads to the same tenant as the posting's link."""
    for url, yields in platforms()[name].examples.items():
        if "posting_id" not in yields:
            continue
        placer = Placer({})
        (placed,) = placer.place([Lead(url, "Head", "Marl")])
        if placed.proposal is None:
            assert placed.reason, url
            continue
        entry = placed.proposal.source
        (again,) = Placer({entry.id: entry}).place([Lead(url, "Head", "Marl")])
        assert again.source == entry, url
        if "posting" in entry.url:
            assert placed.match is not None
            assert placed.match.posting_id not in entry.url


def test_a_listings_own_address_is_the_entrys() -> None:
    for url in (
        "https://jobs.lever.co/marl",
        "https://marl.taleo.net/careersection/2/jobsearch.ftl",
    ):
        proposal = place(url).proposal
        assert proposal is not None
        assert (proposal.source.url, proposal.source.params) == (url, {})


def test_a_match_from_the_page_behind_a_link_is_placed_like_one_from_a_link() -> None:
    match = Recogniser().recognise("https://jobs.lever.co/marl")
    assert match is not None
    placed = Placer({}).place_match(Lead("https://marl.example/work", "x", "Marl"), match)
    assert placed.proposal is not None
    assert placed.proposal.source.url == "https://jobs.lever.co/marl"
    source = placed.proposal.source
    again = Placer({"marl": source}).place_match(Lead("https://marl.example/work"), match)
    assert (again.source, again.proposal) == (source, None)


def test_employers_are_compared_by_what_is_the_same_in_every_spelling() -> None:
    same = {
        "The Marl & Sons, Inc.",
        "Marl and Sons",
        "MARL AND SONS (Recruiter)",
        "Márl & Sons Ltd",
    }
    assert {employer_key(name) for name in same} == {"marl and sons"}
    assert employer_key("St. Otter's Hospital") == employer_key("St Otters Hospital")
    assert employer_key("Marl University") != employer_key("Marl")
    assert employer_key(None) == ""


# --- the command ----------------------------------------------------------------------------------


def test_import_as_json(tmp_path: Path, catalogue: Path, newsletter: Path) -> None:
    done = imported(tmp_path, "--json", newsletter)
    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert said["postings"] == [
        {
            "url": MARL, "title": "Head of Tides", "organization": "Marl Laboratory",
            "location": "Oban UK", "platform": "lever", "source": "marl-laboratory",
            "reason": None,
        },
        {
            "url": FERN, "title": "Engineer", "organization": "Fern Labs", "location": "Ulm DE",
            "platform": "lever", "source": "fern-labs", "reason": None,
        },
        {
            "url": "https://jobs.unheard.example/7?utm_source=x", "title": "Steward",
            "organization": "Otter Bay Museum", "location": "Otter Bay CA", "platform": None,
            "source": None, "reason": UNKNOWN,
        },
        {
            "url": "https://jobs.lever.co/marl", "title": "All",
            "organization": "Marl Laboratory", "location": "Oban UK", "platform": "lever",
            "source": "marl-laboratory", "reason": "not a posting: a listing of Lever",
        },
    ]  # fmt: skip
    (proposed,) = said["sources"]
    assert proposed.pop("entry") == (
        '[[source]]\nid = "marl-laboratory"\nemployer = "Marl Laboratory"\n'
        'url = "https://jobs.lever.co/marl"\n'
        'evidence = "posting in newsletter issue 901, 2026-02-07"\n'
    )
    assert proposed == {
        "id": "marl-laboratory", "platform": "lever", "employer": "Marl Laboratory",
        "url": "https://jobs.lever.co/marl", "enabled": True, "note": None, "postings": 2,
    }  # fmt: skip
    assert done.stderr == (
        f"{newsletter}: line 11: skipped: javascript: is no web address: javascript:alert\n"
    )


def test_import_for_a_person(tmp_path: Path, catalogue: Path, newsletter: Path) -> None:
    said = imported(tmp_path, newsletter).stdout
    assert f"4 postings in {newsletter}: 3 on known platforms, 1 watched" in said
    assert f"1: {UNKNOWN}\n  Steward, Otter Bay Museum  https://jobs.unheard.example/7" in said
    assert '# lever.toml\n[[source]]\nid = "marl-laboratory"' in said
    assert "rolecall.db: 4 postings remembered as already listed\n" in said


def test_what_is_remembered(tmp_path: Path, catalogue: Path, newsletter: Path) -> None:
    for _ in range(2):
        imported(tmp_path, newsletter)
    rows = query(
        tmp_path,
        "SELECT platform, tenant, key, url, title, issue, listed_on, document FROM listed",
    )
    issue = ("901", "2026-02-07", "newsletter issue 901")
    assert rows == [
        ("lever", "marl", UUID, f"https://jobs.lever.co/marl/{UUID}", "Head of Tides", *issue),
        ("lever", "fernlabs", OTHER, FERN, "Engineer", *issue),
        (None, None, None, "https://jobs.unheard.example/7", "Steward", *issue),
        ("lever", None, None, "https://jobs.lever.co/marl", "All", *issue),
    ]
    again = imported(tmp_path, "--issue", "902", newsletter)
    assert "4 postings remembered" in again.stdout
    assert query(tmp_path, "SELECT DISTINCT issue FROM listed") == [("901",), ("902",)]


def test_no_mark_touches_no_database(tmp_path: Path, catalogue: Path, newsletter: Path) -> None:
    assert imported(tmp_path, "--no-mark", newsletter).returncode == 0
    assert not (tmp_path / "rolecall.db").exists()


def test_add_writes_the_proposals(tmp_path: Path, catalogue: Path, newsletter: Path) -> None:
    done = imported(tmp_path, "--add", newsletter)
    assert f"{catalogue / 'lever.toml'}: added marl-laboratory" in done.stdout
    assert [s.id for s in read_file(catalogue / "lever.toml")] == ["fern-labs", "marl-laboratory"]
    said = json.loads(imported(tmp_path, "--json", "--add", newsletter).stdout)
    assert said["sources"] == []


def test_what_earlier_imports_could_not_place_is_tried_again(
    tmp_path: Path, catalogue: Path, newsletter: Path
) -> None:
    imported(tmp_path, newsletter)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "jsonld.toml").write_text(
        '[[source]]\nid = "otter-bay-museum"\nemployer = "Otter Bay Museum"\n'
        'url = "https://jobs.unheard.example/"\n'
        'params = { listing = "https://jobs.unheard.example/all", posting_pattern = "/\\\\d+$" }\n'
    )
    (tmp_path / "empty.txt").write_text("nothing here")
    done = imported(tmp_path, tmp_path / "empty.txt", only="more")
    assert "; 1 of earlier imports can be placed now" in done.stdout
    assert query(tmp_path, "SELECT platform FROM listed WHERE title = 'Steward'") == [("jsonld",)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.md", None, "none.md: No such file or directory"),
        ("big.txt", b"x" * 20_000_001, "big.txt: larger than 20 MB"),
        ("bomb.yml", b"a: &a [x]\nb: *a\n", "bomb.yml: line 2: a YAML alias of a whole list"),
        ("jobs.json", b'{"jobs": [', "jobs.json: not JSON: "),
        ("advert.pdf", b"%PDF-1.7", "advert.pdf: this is no text"),
    ],
)
def test_an_unreadable_document_is_a_line_and_nothing_is_written(
    tmp_path: Path, catalogue: Path, newsletter: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = imported(tmp_path, "--add", newsletter, tmp_path / name, tmp_path / "sources")
    assert done.returncode == 2
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.startswith("rolecall: ")]
    assert len(lines) == 2
    assert said in lines[0]
    assert lines[1] == f"rolecall: {tmp_path / 'sources'}: Is a directory"
    assert not (tmp_path / "rolecall.db").exists()
    assert len(read_file(catalogue / "lever.toml")) == 1


def test_a_file_that_is_no_database_is_a_line(
    tmp_path: Path, catalogue: Path, newsletter: Path
) -> None:
    (tmp_path / "rolecall.db").write_text("not a database, but as long as one would have to be")
    done = imported(tmp_path, newsletter)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].endswith(
        "rolecall.db: cannot be opened: file is not a database"
    )


def test_a_document_on_the_web_comes_through_the_houses_doors(
    tmp_path: Path, catalogue: Path
) -> None:
    board = "- name: Head\n  location: Marl, Leeds, UK\n  posted: 2026-02-01\n  url: /jobs/7\n"

    def answer(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        if asked.path == "/robots.txt":
            return 200, {}, b"User-agent: *\nDisallow: /private\n"
        if asked.path == "/gone.yml":
            return 404, {}, b""
        return 200, {"Content-Type": "text/plain; charset=utf-8"}, board.encode()

    url = "https://board.example.org/_data/jobs.yml"
    with serving(answer) as server:
        gateway = ("--gateway", f"http://127.0.0.1:{server.port}")
        good = imported(tmp_path, "--json", *gateway, url)
        bad = imported(
            tmp_path, *gateway, url, "https://board.example.org/private.yml",
            "https://board.example.org/gone.yml", "http://127.0.0.1/x",
        )  # fmt: skip
    (posting,) = json.loads(good.stdout)["postings"]
    assert posting["url"] == "https://board.example.org/jobs/7"
    assert (posting["organization"], posting["location"]) == ("Marl", "Leeds, UK")
    assert [asked.path for asked in server.log[:2]] == ["/robots.txt", "/_data/jobs.yml"]
    assert bad.returncode == 2
    assert bad.stderr.splitlines() == [
        "rolecall: https://board.example.org/private.yml: blocked: robots.txt of "
        "board.example.org forbids /private.yml",
        "rolecall: https://board.example.org/gone.yml: not_found: HTTP 404",
        "rolecall: http://127.0.0.1/x: blocked: 127.0.0.1 is not a public address",
    ]


# --- what the desk sees ---------------------------------------------------------------------------


def stored(path: Path, *keys: str) -> Any:
    """A database with an open posting of tenant `marl` for each key."""
    database = store.open_db(path)
    with store.writing(database) as conn:
        conn.execute(
            "INSERT INTO sources (id, platform, employer, url) VALUES ('m', 'lever', 'M', 'u')"
        )
        for number, key in enumerate(keys, start=1):
            conn.execute(
                "INSERT INTO postings (id, source, platform, tenant, native_id, url, title,"
                " organization, content_hash, first_seen, last_seen)"
                " VALUES (?, 'm', 'lever', 'marl', ?, ?, 't', 'o', '', '2026-02-01', '2026-02-01')",
                (number, key, f"https://x.example/{key}"),
            )
            conn.execute("INSERT INTO keys VALUES (?, 'lever', 'marl', ?)", (number, key))
    return database


def new_finds(database: Any) -> list[int]:
    return sorted(row["id"] for row in database.query("SELECT id FROM new_finds"))


def mark(database: Any, posting: int, decision: str) -> None:
    database["marks"].insert({"posting": posting, "decision": decision, "at": "2026-02-02"})


def row(key: str | None, **more: Any) -> dict[str, Any]:
    known = {"platform": "lever", "tenant": "marl", "key": key} if key else {}
    return {"url": f"https://x.example/{key}", **known, **more}


AT = "2026-02-03T05:00:00+00:00"


def test_a_stored_posting_is_marked_once_and_not_offered(tmp_path: Path) -> None:
    database = stored(tmp_path / "r.db", "a", "b")
    mark(database, 1, "keep")
    counts = listed.mark_listed(database, [row("a", issue="9", document="d")], AT, "import")
    assert (counts.new, counts.known, counts.marked) == (1, 0, 1)
    decisions = database.query("SELECT posting, decision, issue, note, editor, at FROM marks")
    assert list(decisions)[1:] == [
        {
            "posting": 1, "decision": "listed", "issue": "9", "note": "d", "editor": "import",
            "at": AT,
        }
    ]  # fmt: skip
    assert new_finds(database) == [2]
    counts = listed.mark_listed(database, [row("a", issue="9"), row("a", issue="10")], AT)
    assert (counts.new, counts.known, counts.marked) == (1, 1, 0), "it is decided already"


def test_a_posting_that_is_crawled_later_is_not_offered_either(tmp_path: Path) -> None:
    database = store.open_db(tmp_path / "r.db")
    rows = [row("a"), row(None, url="https://x.example/b"), row(None, url="https://x.example/x")]
    counts = listed.mark_listed(database, rows, AT)
    assert (counts.new, counts.marked) == (3, 0)
    database.close()
    database = stored(tmp_path / "r.db", "a", "b", "c")
    assert new_finds(database) == [3]


def test_a_decision_about_the_posting_goes_before(tmp_path: Path) -> None:
    database = stored(tmp_path / "r.db", "a", "b")
    listed.mark_listed(database, [row("a"), row("b")], AT)
    assert new_finds(database) == []
    mark(database, 1, "undo")
    assert new_finds(database) == [1]
    listed.mark_listed(database, [row("a")], AT)
    assert new_finds(database) == [1], "what was taken back stays taken back"


def test_a_listings_address_hides_no_posting(tmp_path: Path) -> None:
    """A link of a known platform that names no posting, such as a search, is nobody's address."""
    database = stored(tmp_path / "r.db", "a")
    listed.mark_listed(database, [{"url": "https://x.example/a", "platform": "lever"}], AT)
    assert new_finds(database) == [1]


def test_a_database_of_the_first_schema_learns_it(tmp_path: Path) -> None:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    from db.migrations import m0001_initial, migrations

    old = Database(tmp_path / "old.db")
    first = Migrations("rolecall")
    first(name="0001_initial")(m0001_initial.apply)
    first.apply(old)
    before = old["new_finds"].schema
    old.close()
    learned, fresh = stored(tmp_path / "old.db", "a"), stored(tmp_path / "fresh.db", "a")
    assert migrations.pending(learned) == []
    assert learned["new_finds"].schema == fresh["new_finds"].schema != before
    assert new_finds(learned) == [1]
    listed.mark_listed(learned, [row("a")], AT)
    assert new_finds(learned) == []
