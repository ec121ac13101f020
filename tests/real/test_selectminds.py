"""A recorded results fragment of SelectMinds. Every expectation was read from it by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real.conftest import crawl, sample, sample_files

RESULTS = "results_page_sanitised.html"
# Files of samples/selectminds that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}
SITE = "https://jobs.example.test"
BLOCK = {
    "id": "recorded",
    "employer": "Recorded",
    "url": f"{SITE}/",
    "params": {"host": "jobs.example.test"},
}
FRONT = (
    '<html><head><script>TVAPP.property = {site: {short_name: "default657"}};</script></head>'
    '<body><input type="hidden" id="tsstoken" value="t"></body></html>'
)


def test_every_file_is_used_or_named() -> None:
    assert {RESULTS, *SKIPPED} == sample_files("selectminds")


def test_a_page_of_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create = {"Status": "OK", "UserMessage": "", "Result": {"JobSearch.id": 20882388}}
    results = {"Status": "OK", "UserMessage": "", "Result": sample(f"selectminds/{RESULTS}")}
    asked = "JobSearch.id=20882388&site-name=default657&include_site=true&page_index=1"
    exchanges = [
        (f"GET {SITE}/", FRONT),
        (f"POST {SITE}/ajax/jobs/search/create", create, {"body": "keywords="}),
        (f"POST {SITE}/ajax/content/job_results?{asked}", results),
        (f"GET {SITE}/jobs/graduate-engineer-34280", "", 404),
        (f"GET {SITE}/jobs/summer-intern-34279", "", 503),
    ]
    result = crawl(tmp_path, monkeypatch, "selectminds", BLOCK, exchanges)
    assert result.verdict.outcome == "ok"
    assert result.report.declared_total == 2
    first, second = result.postings
    assert (first.native_id, first.title) == ("34280", "Graduate Engineer")
    assert first.url == f"{SITE}/jobs/graduate-engineer-34280"
    assert first.raw_location == ["London, -, United Kingdom"]
    assert first.unit == "Europe Region"
    assert first.closed_reason == "HTTP 404 for the posting"
    assert (second.native_id, second.title) == ("34279", "Summer Intern")
    assert second.url == f"{SITE}/jobs/summer-intern-34279"
    assert second.raw_location == ["New York, -, United States"]
    assert second.unit == "Americas Region"
    assert second.raw_date_posted is None
    assert second.closed_reason is None
