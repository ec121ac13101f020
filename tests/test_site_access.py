"""Who sees what: readers, the editor, the readers' own instance; and what a browser may run."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from parsel import Selector

from crawler.cli import cli
from crawler.commands import serve
from crawler.errors import ConfigError
from tests.site_house import House

DESK = ("/desk", "/desk/issue", "/desk/log", "/desk/sample", "/desk/add", "/desk/posting/1")
EVERYBODY = (
    "/",
    "/board",
    "/board/1",
    "/board.atom",
    "/board.rss",
    "/board.json",
    "/sources",
    "/trends",
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.add("Lead")
    yield made
    made.close()


@pytest.fixture
def public(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, public="1")
    made.add("Lead")
    made.write("INSERT INTO marks (posting, decision, note, at) VALUES (1, 'keep', 'secret', 'x')")
    made.write("INSERT INTO listed (url, document, at) VALUES ('https://x', 'secret', 'x')")
    yield made
    made.close()


# --- the editor's instance ------------------------------------------------------------------------


def test_readers_see_the_board_and_neither_desk_nor_marks(house: House) -> None:
    for path in EVERYBODY:
        assert house.get(path, anonymous=True).status_code == 200, path
    for path in (*DESK, "/house/marks", "/house/new_finds", "/house/listed", "/house/visits"):
        assert house.get(path, anonymous=True).status_code == 403, path
        assert house.get(path).status_code == 200, path
    assert 'href="/desk' not in house.get("/", anonymous=True).text
    assert "/house/marks" not in house.get("/house", anonymous=True).text


def test_readers_cannot_ask_for_marks_in_sql_where_they_are(house: House) -> None:
    asked = "/house.json?sql=select+*+from+marks"
    assert house.get(asked, anonymous=True).status_code == 403
    assert house.get(asked).status_code == 200
    assert house.get("/house/answers").status_code == 403, "other people's pages are nobody's"


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/desk/mark", {"posting": 1, "decision": "keep"}),
        ("/desk/issue/order", {"order": "1"}),
        ("/desk/issue/send", {"issue": "1"}),
        ("/desk/issue/check", {}),
        ("/desk/add", {"url": "https://jobs.lever.co/x/y"}),
    ],
)
def test_nobody_but_the_editor_can_change_anything(
    house: House, path: str, form: dict[str, Any]
) -> None:
    assert house.post(path, anonymous=True, **form).status_code == 403
    forged = house.post(path, csrf=False, **form)
    assert forged.status_code == 403, "a form of another site carries no token"
    assert house.marks() == []
    stranger = {"ds_actor": house.site.sign({"a": {"id": "somebody"}}, "actor")}
    answer = asyncio.run(house.site.client.get("/desk", cookies=stranger))
    assert answer.status_code == 403


def test_addresses_that_change_something_take_no_link(house: House) -> None:
    assert house.get("/desk/mark?posting=1&decision=keep").status_code == 404
    assert house.get("/desk/issue/send?issue=1").status_code == 404
    assert house.marks() == []


def test_a_sign_in_link_works_once(tmp_path: Path) -> None:
    house = House(tmp_path, sign_in="the-token", editor="jo")
    get = house.site.client.get

    async def both() -> tuple[Any, Any, Any, Any]:
        wrong = await get("/desk/sign-in?token=other")
        first = await get("/desk/sign-in?token=the-token")
        cookies = {"ds_actor": first.cookies["ds_actor"]}
        return (
            wrong,
            first,
            await get("/desk/sign-in?token=the-token"),
            await get("/desk", cookies=cookies),
        )

    wrong, first, again, desk = asyncio.run(both())
    assert (wrong.status_code, first.status_code, again.status_code) == (403, 302, 403)
    assert desk.status_code == 200
    assert ">jo<" in desk.text, "the name that decisions are signed with"
    assert "httponly" in first.headers["set-cookie"].lower()
    house.close()


def test_without_a_token_no_link_signs_in(house: House) -> None:
    for token in ("", "None", "editor"):
        assert house.get(f"/desk/sign-in?token={token}", anonymous=True).status_code == 403


# --- the readers' instance ------------------------------------------------------------------------


def test_the_readers_instance_has_no_desk_for_anybody(public: House) -> None:
    for path in EVERYBODY:
        assert public.get(path, anonymous=True).status_code == 200, path
    for path in DESK:
        assert public.get(path).status_code in (403, 404), path
    assert public.get("/desk/sign-in?token=").status_code == 403


@pytest.mark.parametrize(
    "sql",
    [
        "select * from marks",
        "select note from main.marks",
        "select * from (select * from marks)",
        "with board as (select * from marks) select * from board",
        "with recursive new_finds(x) as (select note from marks) select * from new_finds",
        "select (select group_concat(note) from marks)",
        "select count(*) from marks",
        "select * from new_finds",
        "select * from listed",
        "select document from listed as board",
        "select * from visits",
        "select * from answers",
    ],
)
def test_no_query_of_a_reader_reaches_the_marks(public: House, sql: str) -> None:
    answer = asyncio.run(public.site.client.get("/house.json", params={"sql": sql}))
    assert answer.status_code == 400, answer.text
    assert "secret" not in answer.text
    assert "prohibited" in answer.text or "not authorized" in answer.text


def test_readers_may_ask_everything_else(public: House) -> None:
    for sql in (
        "select title from board",
        "select count(*) from postings join places on posting = postings.id",
        "select rowid from postings_fts where postings_fts match 'lead'",
    ):
        answer = asyncio.run(public.site.client.get("/house.json", params={"sql": sql}))
        assert answer.status_code == 200, answer.text
    assert public.get("/house/postings", anonymous=True).status_code == 200
    assert public.get("/house/postings/1", anonymous=True).status_code == 200


def test_what_is_rejected_leaves_the_board_and_comes_back(house: House) -> None:
    assert house.board() == [1]
    house.mark(1, "reject")
    assert house.board() == []
    assert house.get("/house/board.json?_shape=array", anonymous=True).json() == []
    house.mark(1, "snooze")
    assert house.board() == [1]
    house.mark(1, "reject")
    house.mark(1, "undo")
    assert house.board() == [1]


# --- what others wrote is text --------------------------------------------------------------------

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>']]>&amp;"


@pytest.fixture
def hostile(house: House) -> House:
    number = house.add(
        f"Lead {EVIL}", organization=EVIL, unit=EVIL, location=EVIL, url="javascript:alert(1)",
        apply_url=" JaVaScRiPt:alert(2)", requisition_id=EVIL, employment_type=EVIL,
        workplace=EVIL, salary_min=1.0, salary_currency=EVIL, salary_unit=EVIL,
        text=f"{EVIL}\n\n{'huge ' * 400_000}",
        html=f"<p onclick='x()'>{EVIL}</p><script>alert(3)</script><iframe src=//evil></iframe>"
        "<a href='javascript:alert(4)'>x</a><style>*{display:none}</style>",
        categories=(("technical", EVIL),),
        reasons={"topic": [{"field": EVIL, "words": EVIL, "weight": EVIL}], "lead": "none"},
    )  # fmt: skip
    other = house.add(f"Other {EVIL}", html=f"<p>{EVIL}</p>", duplicate_of=number)
    house.write("INSERT INTO duplicates VALUES (?, 1, 'repost', ?, 1)", number, EVIL)
    house.write("UPDATE sources SET employer = ?, url = 'javascript:alert(5)'", EVIL)
    house.write(
        "INSERT INTO source_runs (run, source, outcome, reason, started) "
        "VALUES (1, 'fernwood', 'blocked', ?, '2026-01-01T00:00:00+00:00')",
        EVIL,
    )
    house.write(
        "INSERT INTO changes (posting, field, old, new) VALUES (?, 'title', ?, ?)",
        number,
        EVIL,
        EVIL,
    )
    house.mark(1, "keep", note=EVIL, excerpt=EVIL)
    house.mark(1, "listed", issue=EVIL)
    house.mark(number, "keep", note=EVIL, excerpt=EVIL)
    assert other
    return house


@pytest.mark.parametrize(
    "path",
    [
        "/", "/board", "/board/2", "/sources", "/trends?all=1", "/desk/issue", "/desk/log",
        "/desk/posting/2", "/desk/posting/2?fragment=1", "/desk/sample", "/desk?topic=0&lead=0",
        "/board?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/board?technical=%3Cscript%3E",
        "/desk?q=%22%3E%3Cscript%3E&country=%3Cscript%3E&since=%3Cscript%3E&source=%22%3E%3Cb%3E",
        "/desk/posting/2?back=javascript:alert(1)", "/sources?show=%3Cscript%3E",
    ],
)  # fmt: skip
def test_hostile_content_is_inert(hostile: House, path: str) -> None:
    hostile.mark(2, "undo") if path.startswith("/desk?") else None
    answer = hostile.get(path)
    assert answer.status_code == 200, answer.text[:800]
    page = answer.text
    scripts = re.findall(r"<script\b[^>]*>", page)
    own = re.compile(r'<script (src="/assets/\w+\.js" type="module"|type="application/ld\+json")>')
    assert all(own.fullmatch(script) for script in scripts), scripts
    parsed = Selector(page)
    assert not parsed.css("img, iframe, style, object, embed, base")
    assert not parsed.xpath("//@*[starts-with(name(), 'on')]")
    links = parsed.xpath("//@href | //@src | //@action | //@formaction").getall()
    assert links
    assert not [link for link in links if re.match(r"\s*(?:javascript|data|vbscript):", link, re.I)]
    assert len(page) < 400_000, "a huge text does not make a huge page"
    for script in re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
    ):
        import json

        json.loads(script)


@pytest.mark.parametrize(
    "path", ["/", "/board", "/board/1", "/desk", "/desk/issue", "/trends", "/sources"]
)
def test_our_pages_run_nothing_but_our_files(house: House, path: str) -> None:
    answer = house.get(path)
    policy = answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "'unsafe-eval'" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"\sstyle=", answer.text), "it would be ignored"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_stock_pages_run_only_the_scripts_of_their_own_templates(house: House) -> None:
    from base64 import b64encode
    from hashlib import sha256

    answer = house.get("/house/postings")
    allowed = answer.headers["content-security-policy"].split("script-src")[1].split(";")[0]
    assert "'unsafe-inline'" not in allowed
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert inline
    for script in inline:
        assert b64encode(sha256(script.encode()).digest()).decode() in allowed, script


def test_pages_of_the_editor_are_kept_by_no_cache(house: House) -> None:
    assert "no-store" in house.get("/desk").headers["cache-control"]
    assert "no-store" in house.get("/board").headers["cache-control"]
    assert "max-age" in house.get("/board", anonymous=True).headers["cache-control"]


# --- rolecall serve -------------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    monkeypatch.setattr(os, "execve", lambda *call: calls.append(call))
    return calls


def test_serve_prints_a_link_and_keeps_its_secret(house: House, started: list[Any]) -> None:
    said = [CliRunner().invoke(cli, ["serve", "--db", str(house.db), "--port", "0"]) for _ in "ab"]
    assert [one.exit_code for one in said] == [0, 0], said[0].output
    links = [re.search(r"/desk/sign-in\?token=(\S{40,})", one.output) for one in said]
    assert links[0]
    assert links[1]
    assert links[0][1] != links[1][1], "a link works once, so each start has its own"
    first, second = (call[2] for call in started)
    assert first["ROLECALL_SIGN_IN"] == links[0][1]
    assert first["DATASETTE_SECRET"] == second["DATASETTE_SECRET"]
    assert len(first["DATASETTE_SECRET"]) >= 32
    secret = Path(f"{house.db}.secret")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert first["DATASETTE_SECRET"] not in said[0].output


def test_serve_refuses_a_secret_that_others_may_read(house: House) -> None:
    secret = Path(f"{house.db}.secret")
    serve.secret_of(house.db)
    secret.chmod(0o644)
    with pytest.raises(ConfigError, match="others may read it"):
        serve.secret_of(house.db)
    secret.chmod(0o600)
    secret.write_text("short")
    with pytest.raises(ConfigError, match="too short"):
        serve.secret_of(house.db)


def test_serve_public_has_no_link_and_no_secret(house: House, started: list[Any]) -> None:
    told = CliRunner().invoke(
        cli,
        [
            "serve",
            "--db",
            str(house.db),
            "--port",
            "0",
            "--public",
            "--url",
            "https://x.example/jobs",
        ],
    )
    assert told.exit_code == 0, told.output
    assert "sign-in" not in told.output
    ((_, command, environment),) = started
    assert environment["ROLECALL_PUBLIC"] == "1"
    assert not environment.get("ROLECALL_SIGN_IN")
    assert command[command.index("base_url") + 1] == "/jobs/"
    assert command[command.index("force_https_urls") + 1] == "on"


def test_a_write_connection_waits_for_a_crawl(house: House) -> None:
    waits: list[int] = []

    async def ask() -> None:
        database = house.site.get_database("house")
        await house.site.invoke_startup()

        def read(conn: sqlite3.Connection) -> None:
            waits.append(conn.execute("PRAGMA busy_timeout").fetchone()[0])

        await database.execute_write_fn(read)

    asyncio.run(ask())
    assert waits == [30_000]
