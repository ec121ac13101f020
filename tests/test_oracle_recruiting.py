"""Oracle Recruiting: what closes a posting that went missing, and the window of 10,000 rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import spiders.oracle_recruiting
from crawler.errors import ConfigError
from crawler.loader import spider_class
from crawler.memory import Memory, Remembered
from crawler.sources import Source
from tests.cases import Result, replay
from tests.nights import Nights
from tests.real.conftest import write_tape

HOST = "https://fern.fa.us2.oraclecloud.com"
BOARD = f"{HOST}/hcmUI/CandidateExperience/en/sites/CX"
API = f"{HOST}/hcmRestApi/resources/latest/recruitingCEJobRequisition"
SPIDER = spider_class(
    Source(platform="oracle_recruiting", id="fernwood", employer="Fernwood", url=BOARD)
)
DETAIL = f'{API}Details?onlyData=true&expand=all&finder=ById;Id="{{}}",siteNumber=CX'
NONE = {"items": [], "count": 0, "hasMore": False}


def page(offset: int, ids: list[str], total: int, limit: int = 200) -> tuple[Any, ...]:
    rows = [{"Id": i, "Title": f"Role {i}", "PrimaryLocation": "Port Ellery"} for i in ids]
    request = (
        f"GET {API}s?onlyData=true&expand=requisitionList.workLocation,"
        "requisitionList.secondaryLocations&finder=findReqs;siteNumber=CX,"
        f"limit={limit},offset={offset},sortBy=POSTING_DATES_DESC"
    )
    return request, {"items": [{"TotalJobsCount": total, "requisitionList": rows}]}


def detail(native_id: str, *, known: bool = True) -> tuple[Any, ...]:
    said = {"Id": native_id, "Title": f"Role {native_id}", "ExternalDescriptionStr": "<p>Text.</p>"}
    return f"GET {DETAIL.format(native_id)}", {"items": [said]} if known else NONE


def memory_of(*ids: str) -> Memory:
    known = [Remembered(i, f"{BOARD}/job/{i}", "f", date(2026, 8, 19), True) for i in ids]
    return Memory(date(2026, 8, 20), {one.native_id: one for one in known})


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def run_of(exchanges: list[tuple[Any, ...]], memory: Memory | None = None) -> Result:
        monkeypatch.setenv("ROLECALL_NOW", "2026-08-20T03:00:00+00:00")
        result = replay(SPIDER, write_tape(tmp_path / "tape", exchanges), memory)
        assert not result.unused
        return result

    return run_of


def test_an_unknown_detail_closes_what_the_complete_list_lacks_too(run: Any) -> None:
    exchanges = [page(0, ["1"], 1), detail("1"), detail("2", known=False)]
    result = run(exchanges, memory_of("2"))
    (closed,) = [posting for posting in result.postings if posting.closed_reason]
    assert closed.native_id == "2"
    assert closed.closed_reason == "neither the complete list nor the detail has the posting"
    assert result.verdict.outcome == "ok"


def test_nothing_missing_is_asked_for_when_the_list_was_cut(run: Any) -> None:
    second: tuple[Any, ...] = (page(1, [], 3)[0], {}, 404)
    result = run([page(0, ["1"], 3), second, detail("1")], memory_of("2"))
    assert result.verdict.outcome == "partial"
    assert [posting.native_id for posting in result.postings] == ["1"]


def test_a_living_detail_of_a_missing_posting_closes_nothing(run: Any) -> None:
    result = run([page(0, ["1"], 1), detail("1"), detail("2")], memory_of("2"))
    assert [posting.native_id for posting in result.postings] == ["1"]
    assert result.verdict.outcome == "ok"


def test_the_window_is_a_named_cap(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last request asks for no more than fits; behind it the total would be 0."""
    monkeypatch.setattr(spiders.oracle_recruiting, "WINDOW", 5)
    monkeypatch.setattr(spiders.oracle_recruiting, "LIMIT", 3)
    monkeypatch.setattr(SPIDER, "max_details", 0)
    result = run([page(0, ["1", "2", "3"], 8, limit=3), page(3, ["4", "5"], 8, limit=2)])
    assert result.verdict.outcome == "partial"
    assert "the 5 cap" in result.verdict.reason
    assert (result.report.listed, result.report.declared_total) == (5, 8)


def test_a_board_without_a_site_is_an_error_of_its_entry() -> None:
    url = f"{HOST}/hcmUI/CandidateExperience/en"
    source = Source(platform="oracle_recruiting", id="fernwood", employer="Fernwood", url=url)
    with pytest.raises(ConfigError, match="`site`"):
        spider_class(source)()


def test_night_after_night(tmp_path: Path) -> None:
    """The simulated site serves 25 rows where 200 are asked for, and its middle pages lack one."""
    plan = ("--platforms", "oracle_recruiting", "--postings-per-source", "60", "--no-deadlines")
    with Nights(tmp_path, *plan) as nights:
        first = nights.night()
        assert (first["outcome"], first["listed"], first["new"]) == ("ok", 60, 60)
        second = nights.night()
        assert (second["outcome"], second["new"], second["changed"]) == ("ok", 0, 0)
        assert first["requests"] >= 5 * second["requests"]
        nights.simulator.change(nights.source, remove=2, say_closed=True)
        nights.simulator.change(nights.source, remove=1)
        third = nights.night()
        assert (third["outcome"], third["listed"], third["closed"]) == ("ok", 57, 2)
