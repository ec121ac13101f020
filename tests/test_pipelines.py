"""Validate, clean, identify, store: pure functions, and two nights through Scrapy itself."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from itemadapter import ItemAdapter
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings as house
from crawler.loader import spider_class
from crawler.night.source_run import SourceRun
from crawler.posting import Place, Posting, Salary
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.sources import Source
from db import store
from pipelines import process
from pipelines.clean import plain_text, sanitise, tidy, without_tracking
from pipelines.identify import content_hash
from pipelines.normalise import FieldCount, Reading, count_fields
from pipelines.normalise.deadline import is_made_up
from pipelines.validate import Reject, Validate

READING = Reading(today=date(2026, 8, 20), day_first=True)


def posting(**said: Any) -> Posting:
    fields: dict[str, Any] = {
        "source": "fernwood",
        "platform": "lever",
        "tenant": "fernwood",
        "native_id": "1",
        "title": "Research Engineer",
        "url": "https://jobs.fernwood.example/1",
        "organization": "Fernwood University",
        **said,
    }
    return Posting(**fields)


# --- validate ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"title": ""}, "without title"),
        ({"title": " \u200b\u00a0"}, "without title"),
        ({"organization": "", "url": ""}, "without url and organization"),
        ({"title": "x" * 501}, "title of 501 characters"),
        ({"url": "/job/1"}, "url '/job/1' is no http address"),
        ({"url": "javascript:alert(1)"}, "url 'javascript:alert(1)' is no http address"),
        ({"url": "http://[oops/1"}, "url 'http://[oops/1' cannot be read"),
    ],
)
def test_what_is_no_posting_is_rejected_with_its_reason(said: dict[str, str], reason: str) -> None:
    with pytest.raises(Reject) as caught:
        Validate().process_item(posting(**said))
    assert caught.value.reason == reason
    with pytest.raises(Reject):
        process(posting(**said), READING)


@pytest.mark.parametrize("said", [{"sighting": True}, {"closed_reason": "HTTP 410"}])
def test_a_report_about_a_known_posting_passes_untouched(said: dict[str, Any]) -> None:
    item = posting(title="", url="", raw_date_posted="2026-08-01", **said)
    before = item.model_dump()
    assert Validate().process_item(item).model_dump() == before


# --- clean ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  Research\u00a0Engineer \n (HPC)\t", "Research Engineer (HPC)"),
        ("R&amp;D Lead", "R&D Lead"),
        ("R&amp;amp;D Lead", "R&D Lead"),
        ("Mind &lt;the&gt; gap", "Mind <the> gap"),
        ("AT&T &copy 2026 R&Dept", "AT&T &copy 2026 R&Dept"),
        ("Le\u200bad\u00ad \ufeffEngi\u0007neer", "Lead Engi neer"),
        ("Ingénieur·e d’études", "Ingénieur·e d’études"),
        ("\ud83d broken half", "broken half"),
    ],
)
def test_a_line_is_tidied_not_rewritten(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@given(st.text(max_size=60))
@example("\xa0Â\x80")  # a blank before letters that were decoded twice
def test_a_tidied_line_is_one_line_and_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert not {"\n", "\u200b"} & set(once)
    assert once == once.strip()
    if "&" not in once:
        assert tidy(once) == once


@pytest.mark.parametrize(
    ("markup", "clean", "text"),
    [
        ("<p>Hi<script>x()</script><style>p{}</style></p>", "<p>Hi</p>", "Hi"),
        ("<p onclick='x()'>Hi <b>you</b></p>", "<p>Hi <b>you</b></p>", "Hi you"),
        ("<p>a<img src='https://spy.example/1.gif'>b</p>", "<p>ab</p>", "ab"),
        ("<iframe src='https://x.example'></iframe><p>a</p>", "<p>a</p>", "a"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "<p>One</p><p>Two</p>", "One\n\nTwo"),
        (
            "One\nline\n\nTwo & <3",
            "<p>One<br>line</p><p>Two &amp; &lt;3</p>",
            "One\nline\n\nTwo & <3",
        ),
        ("<h3>Duties</h3><ul><li>a</li><li>b</li></ul>", None, "Duties\n\n• a\n• b"),
        ("<p> \u200b </p>", None, None),
        ("<script>x()</script>", None, None),
    ],
)
def test_descriptions(markup: str, clean: str | None, text: str | None) -> None:
    safe = sanitise(markup)
    assert clean is None or safe == clean
    assert plain_text(safe or "") == text


@given(st.text("<>/ abpscrit=\"'onclkjav:&;#x1", max_size=80))
def test_nothing_active_survives(soup: str) -> None:
    wrapped = f"<p>{soup}<a href='javascript:x()' onclick='y()'>z</a><script>{soup}</script></p>"
    safe = (sanitise(wrapped) or "").lower()
    assert "<script" not in safe
    assert 'href="javascript' not in safe
    assert not re.search(r"<[^>]*\sonclick", safe)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://x.example/j?utm_source=a&utm_medium=b", "https://x.example/j"),
        ("https://x.example/j?id=3&gclid=9#apply", "https://x.example/j?id=3#apply"),
        (
            "https://x.example/v.aspx?ref=AB12&source=7",
            "https://x.example/v.aspx?ref=AB12&source=7",
        ),
        ("https://x.example/?jobid=1#jobDetails=1_2", "https://x.example/?jobid=1#jobDetails=1_2"),
        ("https://x.example/a%20b?q=%C3%A9&lever-source=L", "https://x.example/a%20b?q=%C3%A9"),
    ],
)
def test_only_tracking_leaves_a_url(url: str, kept: str) -> None:
    assert without_tracking(url) == kept


# --- normalise and identify ----------------------------------------------------------------------


def test_a_posting_through_all_pipelines() -> None:
    done = process(
        posting(
            title="Research&nbsp;Engineer",
            unit="",
            description_html="<p>Runs the <b>cluster</b>.</p>",
            raw_location=["Leeds, UK", "Remote, UK"],
            raw_workplace="Hybrid working",
            raw_employment_type="Full Time, Permanent",
            raw_date_posted="05/08/2026",
            raw_valid_through="14 September 2026",
            raw_salary="£38,205 - £44,263 per annum",
        ),
        READING,
    )
    said = done.model_dump(mode="json")
    expected = {
        "title": "Research Engineer",
        "unit": None,
        "description_text": "Runs the cluster.",
        "location": "Leeds or Remote UK",
        "workplace": "hybrid",
        "employment_type": "FULL_TIME",
        "date_posted": "2026-08-05",
        "valid_through": "2026-09-14",
        "salary": {"min": 38205.0, "max": 44263.0, "currency": "GBP", "unit": "YEAR"},
        "raw_date_posted": "05/08/2026",
    }
    assert {name: said[name] for name in expected} == expected
    assert len(done.content_hash) == 20


def test_remote_is_a_place_only_where_no_city_is_named() -> None:
    far = process(posting(raw_location=["United States"], raw_workplace="REMOTE"), READING)
    assert (far.location, far.workplace) == ("Remote USA", "remote")
    near = process(posting(raw_location=["Boston, MA"], raw_workplace="TELECOMMUTE"), READING)
    assert (near.location, near.workplace) == ("Boston MA USA", "remote")
    told = process(posting(raw_location=["Remote - Canada"]), READING)
    assert (told.location, told.workplace) == ("Remote CA", "remote")


@pytest.mark.parametrize("days", [29, 30, 31, 60, 90, 180, 365, 366])
def test_a_default_validity_is_no_deadline(days: int) -> None:
    posted = date(2026, 1, 10)
    through = date.fromordinal(posted.toordinal() + days)
    given = {"raw_date_posted": posted.isoformat(), "raw_valid_through": through.isoformat()}
    done = process(posting(**given), replace(READING, default_validity=DEFAULT_VALIDITY))
    assert done.valid_through is None
    assert done.raw_valid_through == through.isoformat()
    # ... only where the software is known for it: elsewhere thirty days are a usual deadline.
    assert process(posting(**given), READING).valid_through == through


@pytest.mark.parametrize("days", [14, 28, 32, 45, 120, 363])
def test_other_deadlines_are_believed(days: int) -> None:
    posted = date(2026, 1, 10)
    through = date.fromordinal(posted.toordinal() + days)
    assert not is_made_up(posted, through, DEFAULT_VALIDITY)


def test_structured_pay_is_made_consistent() -> None:
    done = process(posting(salary=Salary(min=9, max=5, currency="usd", unit="HOUR")), READING)
    assert done.salary == Salary(min=5, max=9, currency="USD", unit="HOUR")
    nothing = process(posting(salary=Salary(min=0, max=0, currency="USD")), READING)
    assert nothing.salary is None


def hashed(**said: Any) -> str:
    return process(posting(**said), READING).content_hash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"raw_date_posted": "Posted Today"}, {"raw_date_posted": "Posted 3 Days Ago"}),
        ({"raw_location": ["Leeds", "York"]}, {"raw_location": ["York", "Leeds"]}),
        ({"fingerprint": "a"}, {"fingerprint": "b"}),
        ({"description_html": "<p>a b</p>"}, {"description_html": "<div>a  b</div>"}),
        ({"url": "https://x.example/1?utm_source=a"}, {"url": "https://x.example/1"}),
        ({"unit": ""}, {"unit": None}),
    ],
)
def test_what_is_no_news_leaves_the_hash_alone(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert hashed(**one) == hashed(**other)


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Lead Research Engineer"},
        {"raw_date_posted": "2026-08-01"},
        {"raw_valid_through": "Ongoing"},
        {"raw_location": ["York"]},
        {"description_html": "<p>New</p>"},
        {"raw_salary": "Grade 8"},
        {"salary": Salary(min=2, currency="EUR")},
        {"requisition_id": "R1"},
    ],
)
def test_news_changes_the_hash(said: dict[str, Any]) -> None:
    assert hashed(**said) != hashed()


def test_the_hash_is_of_what_the_site_said_not_of_what_we_read() -> None:
    item = process(posting(raw_location=["Leeds"]), READING)
    before = content_hash(ItemAdapter(item))
    item.places, item.location = [Place(city="Leeds", country="GB")], "Leeds UK"
    assert content_hash(ItemAdapter(item)) == before


def test_fields_are_counted_as_given_and_understood() -> None:
    counts: dict[str, FieldCount] = {}
    for said in (
        {"raw_date_posted": "soon"}, {"raw_date_posted": "2026-08-01", "unit": "Lab"}, {}
    ):  # fmt: skip
        count_fields(ItemAdapter(process(posting(**said), READING)), counts)
    assert counts["date_posted"] == FieldCount(present=2, parsed=1, postings=3, characters=24)
    assert counts["unit"] == FieldCount(present=1, parsed=1, postings=3, characters=3)
    assert counts["places"] == FieldCount(postings=3)


# --- the store, behind Scrapy --------------------------------------------------------------------

SOURCE = Source(
    id="fern-labs", platform="lever", employer="Fern Labs", url="https://jobs.lever.co/fernlabs"
)
JOB = "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5"


def job(number: int, **said: Any) -> dict[str, Any]:
    return {
        "id": f"{JOB}{number}",
        "text": f"Research Engineer {number}",
        "hostedUrl": f"https://jobs.lever.co/fernlabs/{JOB}{number}",
        "description": "<p>Runs the cluster.</p>",
        "categories": {"location": "Leeds, UK"},
        **said,
    }


def night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: int, jobs: list[dict[str, Any]],
    status: int = 200, **settings: Any,
) -> SourceRun:  # fmt: skip
    """One crawl of SOURCE on this day of August 2026, into tmp_path/rolecall.db."""
    tape = tmp_path / f"tape-{day}"
    tape.mkdir()
    (tape / "tape.toml").write_text(
        '[[exchange]]\nrequest = "GET https://api.lever.co/v0/postings/fernlabs?mode=json"\n'
        f'status = {status}\nfile = "list.json"\n',
        encoding="utf-8",
    )
    (tape / "list.json").write_text(json.dumps(jobs), encoding="utf-8")
    monkeypatch.setenv("ROLECALL_NOW", f"2026-08-{day:02}T03:00:00+00:00")
    made = Settings()
    made.setmodule(house)
    made.setdict(
        {
            "TWISTED_REACTOR_ENABLED": False, "ROLECALL_DB": str(tmp_path / "rolecall.db"),
            "ROLECALL_TAPE": str(tape), "ROLECALL_DELAY": 0, "RETRY_TIMES": 0,
            "LOG_ENABLED": False, **settings,
        },
        priority="cmdline",
    )  # fmt: skip
    scrapy_process = AsyncCrawlerProcess(made)
    crawler = scrapy_process.create_crawler(spider_class(SOURCE))
    scrapy_process.crawl(crawler)
    scrapy_process.start()
    run = crawler.get_extension(SourceRun)
    assert run is not None
    return run


def test_nights_into_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(
        day: int, jobs: list[dict[str, Any]], status: int = 200
    ) -> tuple[str, dict[str, int]]:
        run = night(tmp_path, monkeypatch, day, jobs, status).ended
        assert run is not None
        return run.verdict.outcome, {name: n for name, n in run.counts.items() if n}

    board = [job(1), job(2), job(3, text="\ud83d Half a character", country="GB")]
    assert ended(1, board) == ("ok", {"new": 3})
    assert ended(2, board) == ("ok", {})
    board[0] = job(1, text="Lead Research Engineer")
    assert ended(3, board) == ("ok", {"changed": 1})
    assert ended(4, board[:2]) == ("ok", {})
    assert ended(5, [], status=503) == ("unreachable", {})
    assert ended(6, [*board[:2], job(4, text=" ")]) == ("ok", {})
    assert ended(7, board[:2]) == ("ok", {"closed": 1})
    assert ended(8, board) == ("ok", {"reopened": 1})

    with closing(store.open_db(tmp_path / "rolecall.db")) as db:
        runs = list(db.query("SELECT id, started, finished FROM runs"))
        assert [run["id"] for run in runs] == list(range(1, 9))
        assert runs[0]["started"] == "2026-08-01T03:00:00+00:00"
        assert runs[0]["finished"]
        rows = list(db.query("SELECT title, location, first_seen, last_seen FROM postings"))
        assert rows[0] == {
            "title": "Lead Research Engineer", "location": "Leeds UK",
            "first_seen": "2026-08-01", "last_seen": "2026-08-08",
        }  # fmt: skip
        assert rows[2]["title"] == "Half a character"
        (reject,) = db.query("SELECT run, source, reason, raw FROM rejects")
        assert (reject["run"], reject["source"], reject["reason"]) == (
            6,
            "fern-labs",
            "without title",
        )
        assert json.loads(reject["raw"])["native_id"] == f"{JOB}4"
        fields = {
            row["field"]: (row["present"], row["parsed"])
            for row in db.query("SELECT * FROM field_counts WHERE run = 1")
        }
        assert fields["places"] == (3, 3)
        assert fields["salary"] == (0, 0)
        (health,) = store.source_health(db)
        assert (health["outcome"], health["median_listed"], health["open_postings"]) == ("ok", 3, 3)


def test_a_night_is_named_by_its_runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(store.open_db(tmp_path / "rolecall.db")) as db:
        run = store.start_run(db, "2026-08-01T03:00:00+00:00")
        night(tmp_path, monkeypatch, 1, [job(1)], ROLECALL_RUN=run)
        assert [row["run"] for row in db.query("SELECT run FROM source_runs")] == [run]
        assert db["runs"].count == 1


def test_without_a_database_nothing_is_remembered_or_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = night(tmp_path, monkeypatch, 1, [job(1)], ROLECALL_DB=None)
    assert run.ended is not None
    assert (run.ended.verdict.outcome, run.ended.counts) == ("ok", {})
    assert not (tmp_path / "rolecall.db").exists()


def test_what_a_source_says_everywhere_is_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = (
        "You will be working with colleagues across our projects, and this role gives you the "
        "opportunity to lead and to learn in a team that is responsible for what it builds."
    )
    own = (
        "You will lead work package {} of the observatory, mentor its two trainees, and develop "
        "the programs that its researchers run on the cluster of the laboratory every night."
    )

    def described(number: int) -> dict[str, Any]:
        text = f"<p>{everywhere}</p><p>{own.format(number)}</p>"
        return job(number, description=text)

    def excerpts() -> list[str]:
        with closing(store.open_db(tmp_path / "rolecall.db")) as db:
            rows = db.query("SELECT excerpt, language, provenance FROM texts ORDER BY posting")
            found = list(rows)
        assert {row["language"] for row in found} == {"en"}
        assert all(json.loads(row["provenance"])["by"] == "lever 1" for row in found)
        return [row["excerpt"] for row in found]

    board = [described(1)]
    night(tmp_path, monkeypatch, 1, board)
    assert everywhere in excerpts()[0], "by its words alone it might be quoted"
    board += [described(2), described(3)]
    night(tmp_path, monkeypatch, 2, board)
    board.append(described(4))
    night(tmp_path, monkeypatch, 3, board)
    assert excerpts()[1:] == [own.format(number) for number in (2, 3, 4)]
