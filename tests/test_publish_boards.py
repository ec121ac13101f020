"""Files for the community's boards pass those boards' own rules.

The rules are those that the boards' tests, scripts and templates state; each is written down here
once, from the board's repository.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import feedparser
import pytest
import yaml

from crawler.harvest import harvest
from db.publish import Entry, formats
from db.publish.board import job
from tests.publish_house import EDITION, EXCERPT, HOSTILE, entry, hostile


def file_of(name: str, *entries: Entry) -> str:
    (said,) = formats()[name].write(entries, EDITION).values()
    return said


def is_url(value: object) -> bool:
    return isinstance(value, str) and re.match(r"https?://[^\s]+$", value) is not None


# --- the rules ------------------------------------------------------------------------------------


def usrse_rules(text: str) -> list[Any]:
    """USRSE/usrse.github.io, tests/test_jobs.py, and the keys of its newer entries."""
    jobs = yaml.safe_load(text)
    for one in jobs:
        assert set(one) == {"expires", "location", "name", "posted", "url"}
        assert one["location"]
        assert one["name"]
        assert type(one["expires"]) is date
        assert type(one["posted"]) is date
        assert is_url(one["url"])
    assert [one["posted"] for one in jobs] == sorted((j["posted"] for j in jobs), reverse=True)
    return list(jobs)


def hpc_social_rules(text: str) -> list[Any]:
    """hpc-social/jobs: eight keys in all its entries, the form's choices, unique url and title."""
    jobs = yaml.safe_load(text)
    for one in jobs:
        assert list(one) == [
            "employer", "expires", "job_type", "location", "posted", "remote", "title", "url"
        ]  # fmt: skip
        assert one["job_type"] in ("Full-Time", "Internship", "Consulting")
        assert one["remote"] in ("Hybrid", "Fully onsite", "Remote friendly", "Fully remote")
        assert type(one["expires"]) is date
        assert type(one["posted"]) is date
        assert is_url(one["url"])
        assert all(isinstance(one[key], str) for key in ("employer", "location", "title"))
        assert one["location"]
    assert len({(one["url"], one["title"]) for one in jobs}) == len(jobs)
    return list(jobs)


def workflows_rules(text: str) -> tuple[dict[str, Any], str]:
    """workflowscommunity.github.io: the eight keys of all its posts; a deadline it sorts by."""
    start, matter, body = text.split("---\n", 2)
    said = yaml.safe_load(matter)
    assert start == ""
    assert list(said) == [
        "layout", "title", "organization", "organization_logo", "location",
        "application_deadline", "apply_link", "employment_type",
    ]  # fmt: skip
    assert said["layout"] == "jobs"
    assert type(said["application_deadline"]) is date
    assert is_url(said["organization_logo"])
    assert is_url(said["apply_link"])
    texts = ("title", "organization", "location", "employment_type")
    assert all(isinstance(said[key], str) for key in texts)
    assert said["location"]
    return said, body


def two_i2c_rules(text: str) -> tuple[dict[str, Any], str]:
    """2i2c-org.github.io: TOML between +++; open a boolean, or its template takes it for closed."""
    start, matter, body = text.split("+++\n", 2)
    said = tomllib.loads(matter)
    assert start == ""
    assert said["open"] is True
    assert isinstance(said["show_date"], bool)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", said["date"])
    assert isinstance(said["work_description"], list)
    assert all(isinstance(one, str) for one in said["work_description"])
    amount = r"(?:[$€£]|[A-Z]{3} )?[\d,.]+"
    pay = rf"{amount}(?: - {amount})?(?: per \w+)?|(?:from|up to) {amount}(?: per \w+)?|Not stated"
    assert re.fullmatch(pay, said["salary_range"])
    assert is_url(said["url_apply"])
    assert all(isinstance(said[key], str) for key in ("title", "location", "deadline"))
    assert body.count("{{% job_details %}}") == 1
    return said, body


JOB = {
    "id": int, "title": str, "company": str, "location": str, "city": str, "state": str,
    "country": str, "description": str, "url": str, "posted": str, "categories": list,
    "categoryTypes": dict,
}  # fmt: skip


def board_rules(text: str) -> dict[str, Any]:
    """The board's jobs.json: every key of every job, in the order and of the types it has."""
    said: dict[str, Any] = json.loads(text)
    assert list(said) == ["generated", "count", "jobs"]
    datetime.fromisoformat(said["generated"])
    assert said["count"] == len(said["jobs"])
    for one in said["jobs"]:
        assert {key: type(value) for key, value in one.items()} == JOB
        assert list(one) == list(JOB)
        date.fromisoformat(one["posted"])
        assert set(one["categoryTypes"]) <= {"technical", "sector", "role", "domain"}
        typed = [word for words in one["categoryTypes"].values() for word in words]
        assert typed == one["categories"]
        assert "\n" not in one["description"].replace("\r\n", "")
        assert is_url(one["url"])
    days = [one["posted"] for one in said["jobs"]]
    assert days == sorted(days, reverse=True)
    return said


RULES: dict[str, Callable[[str], Any]] = {
    "usrse": usrse_rules,
    "hpc-social": hpc_social_rules,
    "workflows": workflows_rules,
    "2i2c": two_i2c_rules,
    "board": board_rules,
}


@pytest.mark.parametrize("text", ["Research Engineer", *HOSTILE], ids=ascii)
@pytest.mark.parametrize("name", RULES)
def test_what_is_written_passes_the_boards_rules(name: str, text: str) -> None:
    files = formats()[name].write([hostile(text)], EDITION)
    RULES[name](next(iter(files.values())))


@pytest.mark.parametrize("name", RULES)
def test_a_posting_that_says_next_to_nothing_passes_them_too(name: str) -> None:
    bare = entry(
        unit=None, location=None, workplace=None, employment_type=None, date_posted=None,
        valid_through=None, salary_min=None, salary_max=None, salary_currency=None,
        salary_unit=None, description_text=None, description_html=None, places=[], categories=[],
        apply_url=None, requisition_id=None,
    )  # fmt: skip
    RULES[name](next(iter(formats()[name].write([bare], EDITION).values())))


@pytest.mark.parametrize("name", ["usrse", "hpc-social"])
def test_a_list_without_entries_is_an_empty_list(name: str) -> None:
    assert yaml.safe_load(file_of(name)) == []


# --- what they say --------------------------------------------------------------------------------


def test_usrse() -> None:
    older = entry(
        id=8, title="Software Engineer: HPC", date_posted="2026-01-05", valid_through=None
    )
    assert file_of("usrse", older, entry()) == (
        "- expires: 2026-04-30\n"
        "  location: Fernwood University, Boston, MA (hybrid)\n"
        "  name: Manager, Research Computing\n"
        "  posted: 2026-02-20\n"
        "  url: https://jobs.fernwood.example.edu/7\n"
        "- expires: 2026-04-15\n"
        "  location: Fernwood University, Boston, MA (hybrid)\n"
        "  name: 'Software Engineer: HPC'\n"
        "  posted: 2026-01-05\n"
        "  url: https://jobs.fernwood.example.edu/7\n"
    )


def test_hpc_social() -> None:
    assert file_of("hpc-social", entry(), entry()) == (
        "- employer: Fernwood University\n"
        "  expires: 2026-04-30\n"
        "  job_type: Full-Time\n"
        "  location: Boston, MA\n"
        "  posted: 2026-02-20\n"
        "  remote: Hybrid\n"
        "  title: Manager, Research Computing\n"
        "  url: https://jobs.fernwood.example.edu/7\n"
    )


HOME = {"country": "US", "remote": 1}
TORONTO = {"city": "Toronto", "region": "ON", "country": "CA"}
LONDON = {"city": "London", "region": "England", "country": "GB"}


@pytest.mark.parametrize(
    ("said", "remote", "kind", "place"),
    [
        ({"workplace": "onsite"}, "Fully onsite", "Full-Time", "Boston, MA"),
        ({"workplace": "remote", "places": [HOME]}, "Fully remote", "Full-Time", "Remote"),
        ({"workplace": None, "places": [HOME]}, "Fully remote", "Full-Time", "Remote"),
        ({"workplace": None, "places": [LONDON, HOME]}, "Remote friendly", "Full-Time",
         "London, UK or Remote"),
        ({"workplace": None}, "Fully onsite", "Full-Time", "Boston, MA"),
        ({"employment_type": "INTERN"}, "Hybrid", "Internship", "Boston, MA"),
        ({"employment_type": "TEMPORARY,CONTRACTOR"}, "Hybrid", "Consulting", "Boston, MA"),
        ({"places": [TORONTO]}, "Hybrid", "Full-Time",
         "Toronto, ON, Canada"),
        ({"places": [{"region": "NJ", "country": "US", "various": 1}]}, "Hybrid", "Full-Time",
         "Various, NJ"),
        ({"places": []}, "Hybrid", "Full-Time", "Boston MA USA"),
    ],
)  # fmt: skip
def test_hpc_socials_words(said: dict[str, Any], remote: str, kind: str, place: str) -> None:
    (one,) = hpc_social_rules(file_of("hpc-social", entry(**said)))
    assert (one["remote"], one["job_type"], one["location"]) == (remote, kind, place)


def test_workflows() -> None:
    files = formats()["workflows"].write([entry(), entry(id=8)], EDITION)
    first, second = "fernwood_university_manager_research_computing", "_8"
    assert list(files) == [f"{first}.md", f"{first}{second}.md"]
    said, body = workflows_rules(files[f"{first}.md"])
    assert said["location"] == "Boston, MA, USA"
    assert said["employment_type"] == "Full-time"
    assert said["application_deadline"] == date(2026, 4, 30)
    assert body == (
        f"\nThe observatory is growing.\n\n{EXCERPT}\n\n- plans\n- mentors\n\n"
        "Apply at [Fernwood University](https://jobs.fernwood.example.edu/7).\n"
    )
    away = entry(workplace="remote", places=[HOME])
    assert workflows_rules(file_of("workflows", away))[0]["location"] == "Full Remote"


def test_2i2c() -> None:
    files = formats()["2i2c"].write([entry()], EDITION)
    assert list(files) == ["2026/manager-research-computing.md"]
    said, _ = two_i2c_rules(files["2026/manager-research-computing.md"])
    assert said == {
        "title": "Manager, Research Computing",
        "date": "2026-02-20",
        "work_description": ["Ops/Automation", "HPC"],
        "salary_range": "$110,000 - $130,000",
        "location": "Boston, MA, USA",
        "url_apply": "https://jobs.fernwood.example.edu/7",
        "deadline": "Applications close on **April 30, 2026**.",
        "open": True,
        "show_date": True,
    }


@pytest.mark.parametrize(
    ("low", "high", "currency", "unit", "expected"),
    [
        (35000.0, 42000.5, "GBP", "YEAR", "£35,000 - £42,000.50"),
        (25.0, None, "USD", "HOUR", "from $25 per hour"),
        (None, 90000.0, "CAD", "YEAR", "up to CAD 90,000"),
        (90000.0, 90000.0, "EUR", "YEAR", "€90,000"),
        (1000.0, 2000.0, None, None, "1,000 - 2,000"),
        (None, None, "USD", "YEAR", "Not stated"),
    ],
)
def test_pay(
    low: float | None, high: float | None, currency: str, unit: str, expected: str
) -> None:
    made = entry(salary_min=low, salary_max=high, salary_currency=currency, salary_unit=unit)
    said, _ = two_i2c_rules(file_of("2i2c", made))
    assert said["salary_range"] == expected


def test_the_boards_data_file() -> None:
    kept = entry(mark={"at": "2026-03-01T22:00:00+00:00", "excerpt": "One.\n\nTwo & <three>."})
    assert job(kept) == {
        "id": 7,
        "title": "Manager, Research Computing",
        "company": "Fernwood University",
        "location": "Boston MA USA",
        "city": "Boston",
        "state": "MA",
        "country": "USA",
        "description": "One.\r\n\r\nTwo & ‹three›.",
        "url": "https://jobs.fernwood.example.edu/7",
        "posted": "2026-03-01",
        "categories": ["HPC", "Academia", "Ops/Automation"],
        "categoryTypes": {"technical": ["HPC"], "sector": ["Academia"], "role": ["Ops/Automation"]},
    }


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([HOME], ("", "", "USA")),
        ([HOME, LONDON], ("London", "England", "UK")),
        ([TORONTO, LONDON], ("Toronto", "ON", "Canada")),
        ([{"city": "Zurich", "country": "CH"}], ("Zurich", "", "Switzerland")),
        ([{"city": "X", "country": "ZZ"}], ("X", "", "ZZ")),
        ([], ("", "", "")),
    ],
)  # fmt: skip
def test_the_first_place_of_work_is_the_boards(
    places: list[Any], expected: tuple[str, ...]
) -> None:
    one = job(entry(places=places))
    assert (one["city"], one["state"], one["country"]) == expected


def test_the_boards_files_agree_and_import_reads_both() -> None:
    older = entry(id=3, title="A - B", url="https://x.example/3", first_seen="2026-01-01")
    files = formats()["board"].write([older, entry()], EDITION)
    assert list(files) == ["jobs.json", "jobs.rss"]
    board_rules(files["jobs.json"])
    feed = feedparser.parse(files["jobs.rss"])
    assert not feed.bozo
    assert feed.feed.link == "https://jobs.example.org/board"
    assert feed.feed.links[-1].href == "https://jobs.example.org/jobs.rss"
    assert [(item.title, item.id, item.published) for item in feed.entries] == [
        ("Manager, Research Computing - Fernwood University", "job-7",
         "Sat, 21 Feb 2026 05:00:00 +0000"),
        ("A - B - Fernwood University", "job-3", "Thu, 01 Jan 2026 05:00:00 +0000"),
    ]  # fmt: skip
    assert "<strong>Location:</strong> Boston MA USA" in feed.entries[0].description
    expected = [
        ("https://jobs.fernwood.example.edu/7", "Manager, Research Computing"),
        ("https://x.example/3", "A - B"),
    ]
    for text in files.values():
        leads = harvest(text).leads
        assert [(lead.url, lead.title) for lead in leads] == expected
        assert {(one.organization, one.location) for one in leads} == {
            ("Fernwood University", "Boston MA USA")
        }
