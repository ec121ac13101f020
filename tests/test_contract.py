"""What every platform promises, whatever its site answers: situations made from its own cases.

The cases `normal`, `empty`, `gone`, `broken` and `closed` are written by hand, in the folder of a
platform (tests/test_cases.py); the situations here follow from them, so that a new platform is held
to all of them without a line of its own. tests/test_mutants.py goes on where these end.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.fetch.tape import Exchange, read_tape
from crawler.loader import platforms, spider_class
from crawler.night.outcome import COMPLETE
from crawler.patterns import Listing, Page, PagedListing
from crawler.platform import Platform
from tests.cases import FIXTURES, NOW, case_source, cases, expectation
from tests.mutants import CHALLENGE, HTML, LOGIN, read_platforms
from tests.quick import Run, run

# What a title may hold: markup, quotes, another script, an emoji, a zero-width joiner, a backslash.
ODD = 'R&D <b>"Lead"</b> – Ανάλυση 数据 🔬 \\ 100 %'

every_platform = pytest.mark.parametrize("name", read_platforms())


@pytest.fixture(autouse=True)
def _at_the_cases_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_NOW", NOW.isoformat())


Played = tuple[type[Platform], list[Exchange], Run]


def normal(name: str) -> Played:
    """A platform's spider, its tape, and the run of the tape as it is."""
    played = play(FIXTURES / name / "normal")
    assert played[2].verdict.outcome == "ok", played[2].verdict
    return played


def play(folder: Path) -> Played:
    """The same of any case."""
    said = expectation(folder)
    if said.get("now"):
        pytest.MonkeyPatch().setenv("ROLECALL_NOW", said["now"])
    spider, exchanges = spider_class(case_source(folder)), read_tape(folder / "tape")
    return spider, exchanges, run(spider, exchanges)


def paged(name: str) -> Played:
    """A case that ends well and has a page boundary."""
    if not issubclass(platforms()[name], PagedListing):
        pytest.skip("its listing has no pages")
    good = [folder for folder in cases(name) if expectation(folder)["outcome"] == "ok"]
    found = [played for folder in good if (played := play(folder))[2].report.pages >= 2]
    assert found, f"add a page boundary to {FIXTURES / name / 'normal'}"
    return found[0]


def answered(exchanges: Sequence[Exchange], **said: Any) -> list[Exchange]:
    """The tape with the same answer everywhere."""
    return [replace(exchange, **{"headers": HTML, **said}) for exchange in exchanges]


def details(exchanges: Sequence[Exchange], whole: Run) -> list[int]:
    """Which exchanges are details: those the spider asks only for what it does not know."""
    listing = run(whole.spider, exchanges, whole.memory(all_open=True)).asked
    return [i for i, e in enumerate(exchanges) if f"{e.method} {e.url}" not in listing]


def whole_again(exchanges: Sequence[Exchange], whole: Run) -> Run:
    """The next night: nothing has changed."""
    return run(whole.spider, exchanges, whole.memory())


# --- how many postings, and which ----------------------------------------------------------------


@every_platform
def test_a_second_night_reads_the_listing_alone(name: str) -> None:
    _, exchanges, whole = normal(name)
    again = whole_again(exchanges, whole)
    assert again.verdict == whole.verdict
    assert again.by_id.keys() == whole.by_id.keys()
    read = {
        i for i, posting in whole.by_id.items() if posting.detail_read and not posting.closed_reason
    }
    assert {i for i, posting in again.by_id.items() if posting.sighting} >= read
    assert again.report.details_asked == len(whole.by_id) - len(read)


@every_platform
def test_rows_that_come_twice_are_one_posting(name: str) -> None:
    spider, exchanges, whole = normal(name)

    def doubled(one: Any) -> None:
        read = one.read_listing

        def twice(response: Any) -> Page:
            page: Page = read(response)
            return replace(page, rows=[row for row in page.rows for _ in range(2)])

        one.read_listing = twice

    found = run(spider, exchanges, change=doubled)
    assert [p.native_id for p in found.postings] == [p.native_id for p in whole.postings]
    assert found.report.listed == whole.report.listed
    assert found.report.repeated_rows >= whole.report.listed


@every_platform
def test_a_listing_longer_than_its_cap_is_partial(name: str) -> None:
    spider, exchanges, whole = paged(name)

    def capped(one: Any) -> None:
        one.max_pages = 1

    found = run(spider, exchanges, change=capped)
    assert found.verdict.outcome == "partial"
    assert "the limit" in found.verdict.reason
    assert 0 < found.report.listed < whole.report.listed


@every_platform
def test_the_keys_are_those_of_the_url(name: str) -> None:
    """Else "already listed" never matches (DESIGN section 3)."""
    spider, _, whole = normal(name)
    for posting in whole.postings:
        match = spider.match_on_known_host(posting.url, spider().params, "test")
        assert match is not None, f"{posting.url} is no URL of {name}"
        assert match.key in posting.keys, posting.url


# --- answers that are none -----------------------------------------------------------------------

NO_ANSWERS: dict[str, dict[str, Any]] = {
    "login": {"answer": LOGIN},
    "nothing": {"answer": b""},
    "no-json": {"answer": b"{}", "headers": {"Content-Type": "application/json"}},
    "a-list": {"answer": b'["x"]', "headers": {"Content-Type": "application/json"}},
    "error-json": {
        "answer": b'{"error": "temporarily unavailable"}',
        "headers": {"Content-Type": "application/json"},
    },
    "frame": {"answer": b"<!doctype html><html><body><h1>Careers</h1><main></main></body></html>"},
    "picture": {"answer": b"\x89PNG\r\n\x1a\n\x00\x00", "headers": {"Content-Type": "image/png"}},
}


@every_platform
@pytest.mark.parametrize("what", NO_ANSWERS)
def test_another_answer_is_no_board(name: str, what: str) -> None:
    spider, exchanges, whole = normal(name)
    found = run(spider, answered(exchanges, status=200, **NO_ANSWERS[what]), whole.memory())
    assert found.verdict.outcome not in COMPLETE, found.verdict
    assert found.verdict.reason
    assert not any(posting.closed_reason for posting in found.postings)


@every_platform
@pytest.mark.parametrize(
    ("status", "outcome"), [(403, "blocked"), (429, "blocked"), (500, "unreachable")]
)
def test_a_refusal_is_named_and_closes_nothing(name: str, status: int, outcome: str) -> None:
    spider, exchanges, whole = normal(name)
    found = run(spider, answered(exchanges, status=status, answer=b"no"), whole.memory())
    assert found.verdict.outcome == outcome, found.verdict
    assert str(status) in found.verdict.reason
    assert not found.postings


@every_platform
def test_a_challenge_page_ends_the_run(name: str) -> None:
    spider, exchanges, _ = normal(name)
    headers = {**HTML, "cf-mitigated": "challenge"}
    found = run(spider, answered(exchanges, status=403, answer=CHALLENGE, headers=headers))
    assert found.verdict.outcome == "blocked"
    assert "challenge page (Cloudflare)" in found.verdict.reason
    assert len(found.asked) == 1


@every_platform
def test_an_answer_cut_short_is_no_shorter_board(name: str) -> None:
    spider, exchanges, whole = normal(name)
    for number, exchange in enumerate(exchanges):
        if number in details(exchanges, whole) or len(exchange.answer) < 200:
            continue
        for share in (0.3, 0.6, 0.9):
            cut = exchange.answer[: int(len(exchange.answer) * share)]
            made = [*exchanges[:number], replace(exchange, answer=cut), *exchanges[number + 1 :]]
            found = run(spider, made)
            same = found.by_id.keys() == whole.by_id.keys()
            assert same or found.verdict.outcome not in COMPLETE, (number, share, found.verdict)


# --- details -------------------------------------------------------------------------------------


@every_platform
@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_detail_that_fails_closes_nothing_and_loses_no_posting(name: str, status: int) -> None:
    spider, exchanges, whole = normal(name)
    of_details = details(exchanges, whole)
    if not of_details:
        pytest.skip("its listing says all")
    made = [
        replace(e, status=status, answer=b"no", headers=HTML) if i in of_details else e
        for i, e in enumerate(exchanges)
    ]
    found = run(spider, made, tidy=False)
    assert found.by_id.keys() == whole.by_id.keys()
    assert not any(posting.closed_reason for posting in found.postings)
    assert not all(posting.detail_read for posting in found.postings)
    assert found.report.detail_failures


@every_platform
def test_its_own_word_that_a_posting_is_closed_is_shown(name: str) -> None:
    cls = platforms()[name]
    own = cls.closed is not Listing.closed  # type: ignore[attr-defined]
    if not (own or cls.closed_statuses or cls.closed_words):  # type: ignore[attr-defined]
        pytest.skip("it has none: absence closes")
    shown = [
        posting
        for folder in cases(name)
        for posting in expectation(folder).get("postings", [])
        if posting.get("closed_reason")
    ]
    assert shown, f"add a case to {FIXTURES / name} in which a detail says that it is closed"


# --- what a posting says -------------------------------------------------------------------------


@every_platform
def test_odd_characters_in_a_title_survive(name: str) -> None:
    spider, exchanges, whole = normal(name)
    title = max((posting.title for posting in whole.postings), key=len)
    found = run(spider, [replace(e, answer=_retitled(e.answer, title)) for e in exchanges])
    assert found.verdict.outcome == "ok", found.verdict
    (native_id,) = [p.native_id for p in whole.postings if p.title == title]
    assert found.by_id[native_id].title == ODD


def _retitled(body: bytes, title: str) -> bytes:
    """The body with another title, written as its form writes it."""
    text = body.decode("utf-8")
    try:
        value = json.loads(text)
    except ValueError:
        pass
    else:
        return json.dumps(_replaced(value, title), ensure_ascii=False).encode()
    scripts = re.compile(r"(<script\b[^>]*>)((?s:.*?))(</script>)", re.IGNORECASE)

    def in_json(script: re.Match[str]) -> str:
        for said, odd in ((title, ODD), (html.escape(title), html.escape(ODD))):
            for form in (json.dumps(said)[1:-1], json.dumps(said, ensure_ascii=False)[1:-1]):
                if form in script[2]:
                    written = json.dumps(odd)[1:-1].replace("<", "\\u003c")
                    return script[1] + script[2].replace(form, written) + script[3]
        return script[0]

    text = scripts.sub(in_json, text)
    for form in (html.escape(title), html.escape(title, quote=False), title):
        if form in text:
            return text.replace(form, html.escape(ODD)).encode()
    return text.encode()


def _replaced(value: Any, title: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(inner, title) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, title) for inner in value]
    if not isinstance(value, str):
        return value
    if html.unescape(value) == title != value:  # markup inside JSON
        return html.escape(ODD)
    return value.replace(title, ODD)


OPTIONAL = (
    "raw_workplace", "raw_employment_type", "raw_date_posted", "raw_valid_through", "raw_salary",
    "unit", "requisition_id",
)  # fmt: skip


@every_platform
@pytest.mark.parametrize("field", OPTIONAL)
def test_a_posting_may_lack_what_is_optional(name: str, field: str) -> None:
    """JSON only: the value is null wherever it stood, and the posting is there all the same."""
    spider, exchanges, whole = normal(name)
    values = {getattr(p, field) for p in whole.postings if getattr(p, field)}
    ids = {posting.native_id for posting in whole.postings}
    made = [replace(e, answer=_without(e.answer, values - ids)) for e in exchanges]
    if made == list(exchanges):
        pytest.skip("the tape has no such value of its own")
    found = run(spider, made)
    assert found.verdict.outcome == "ok", found.verdict
    assert len(found.postings) == len(whole.postings)


def _without(body: bytes, values: set[str]) -> bytes:
    try:
        value = json.loads(body)
    except ValueError:
        return body
    changed = _nulled(value, values)
    return body if changed == value else json.dumps(changed).encode()


def _nulled(value: Any, values: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: _nulled(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [_nulled(inner, values) for inner in value if str(inner) not in values]
    return None if str(value) in values else value
