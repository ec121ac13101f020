"""Taleo's FTL text format: pure functions, tested by tables."""

from __future__ import annotations

import pytest

from crawler.errors import UnexpectedAnswer
from spiders import taleo_ftl as ftl


@pytest.mark.parametrize(
    ("encoded", "meant"),
    [
        ("Time %26 Attendance", "Time & Attendance"),
        ("Chef%u2019s %u201Cbench%u201D", "Chef’s “bench”"),
        ("%uD83D%uDE80 pilot", "🚀 pilot"),
        ("Universit%E9 de Qu%E9bec", "Université de Québec"),  # escape()
        ("Universit%C3%A9", "Université"),  # encodeURIComponent()
        ("Lead\\: data", "Lead: data"),
        ("Lead%5C: data", "Lead: data"),
        ("!*!%3Cp%3EText%3C/p%3E", "<p>Text</p>"),
        ("!*!!*!!*!%3Cp%3EText", "<p>Text"),
        ("100% remote, 50%off", "100% remote, 50%off"),
        ("not !*! at the start", "not !*! at the start"),
    ],
)
def test_values_are_decoded(encoded: str, meant: str) -> None:
    assert ftl.decode(encoded) == meant


def test_strings_of_a_script_are_unescaped() -> None:
    script = (
        r"""x.fill('a', [ 'it\'s', "b\u00e9\x21", 'C\\:D', '', 'two\nlines', '\ud83d\ude80' ]);"""
    )
    assert ftl.js_array(script, r"fill\('a',") == [
        "it's", "bé!", "C\\:D", "", "two\nlines", "🚀",
    ]  # fmt: skip
    assert ftl.js_array(script, r"fill\('b',") is None


def test_slots_are_those_of_the_list_asked_for() -> None:
    script = (
        "a:{other:{_hlid:['x.one']},listRequisition:{_size:25,_hles:['q'],"
        "_hlid:['reqlistitem.no','reqlistitem.title']},more:{_hlid:['x.two']}}"
    )
    assert ftl.slots(script, "listRequisition") == ["no", "title"]
    assert ftl.slots(script, "descRequisition") == []


def test_rows_take_the_first_value_of_a_repeated_slot() -> None:
    names = ["no", "title", "title", "no"]
    assert ftl.rows(["7", "", "Lead", "7", "8", "Head", "", ""], names) == [
        {"no": "7", "title": "Lead"},
        {"no": "8", "title": "Head"},
    ]
    assert ftl.rows([""], names) == []  # the section of an empty list
    with pytest.raises(UnexpectedAnswer, match="5 values are no rows of 4"):
        ftl.rows(["7", "Lead", "", "7", "8"], names)


@pytest.mark.parametrize(
    ("stream", "fault"),
    [
        ("ftlx1!$!head!$!values", "3 sections"),
        ("<html>An error</html>", "1 sections"),
        ("a!$!b!$!c!$!listRequisition.size!|!100", "nbElements"),
        ("a!$!b!$!c!$!listRequisition.nbElements!|!many", "'many'"),
    ],
)
def test_an_answer_that_is_no_pagers_is_named(stream: str, fault: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=fault):
        ftl.pager_answer(stream, "https://x.example/jobsearch.ajax")


@pytest.mark.parametrize("divider", ["!$!", "!%24!"])
def test_a_pagers_answer(divider: str) -> None:
    parts = ["ftlx1", "list!|!rlPager", "7!|!Lead", "a!|!b!|!listRequisition.nbElements!|!41"]
    assert ftl.pager_answer(divider.join(parts), "") == (["7", "Lead"], 41)


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ('["US-TX-Dallas"]', ["US-TX-Dallas"]),
        ('["London", "Remote - UK"]', ["London", "Remote - UK"]),
        ('["Qu\\u00e9bec", "R&amp;D Park"]', ["Québec", "R&D Park"]),
        ("Toronto, Ontario", ["Toronto, Ontario"]),
        ("100%25 campus", ["100%25 campus"]),  # the REST answer is not in escape()'s encoding
        ("[]", []),
        ("", []),
    ],
)
def test_a_location_cell(cell: str, places: list[str]) -> None:
    assert ftl.cell_places(cell) == places


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("", "Jun 17, 2026")], {"raw_date_posted": "Jun 17, 2026"}),
        (
            [("", "2600823"), ("", "14/May/2026"), ("", "Staff"), ("", "29/May/2026, 12:59:00 AM")],
            {"raw_date_posted": "14/May/2026", "raw_valid_through": "29/May/2026, 12:59:00 AM"},
        ),
        (
            [("Closing Date", "2026-09-18"), ("Posting Date", "2026-08-18")],
            {"raw_date_posted": "2026-08-18", "raw_valid_through": "2026-09-18"},
        ),
        ([("Application deadline", "15/09/2026")], {"raw_valid_through": "15/09/2026"}),
        ([("Posted", "09/18/26")], {"raw_date_posted": "09/18/26"}),
        (
            [("Unposting", "09/18/26"), ("Start date", "01/10/26")],
            {"raw_valid_through": "09/18/26"},
        ),
        ([("", "Ongoing"), ("", "Band 12 2026 plan"), ("", "P-4"), ("", "1I02b")], {}),
    ],
)
def test_dates_by_label_then_by_content(cells: list[tuple[str, str]], said: dict[str, str]) -> None:
    assert ftl.dates(cells) == said


def test_fields_by_name() -> None:
    record = {
        "title": "Head of Data%3B Stewardship",
        "contestnumber": "26000A1F",
        "organization": "Library %26 Archives",
        "primarylocation": "CA-ON-Port Ellery",
        "otherlocations": "CA-ON-Hillcrest, CA-QC-Mont-Clair",
        "basiclocations": "CA-ON",
        "jobschedule": "Full-time",
        "jobtype": "Full-time",
        "employeestatus": "Fixed-term\\: two years",
        "postingdate": "06-May-2026, 7:56:15 AM",
        "unpostingdate": "Ongoing",
        "payvalue": "81,000.00",
        "maximumsalary": "99,000.00",
        "currency": "US Dollar (USD)",
        "payfrequencybasis": "Yearly",
    }
    assert ftl.fields(record) == {
        "title": "Head of Data; Stewardship",
        "requisition_id": "26000A1F",
        "unit": "Library & Archives",
        "raw_location": ["CA-ON-Port Ellery", "CA-ON-Hillcrest", "CA-QC-Mont-Clair"],
        "raw_employment_type": "Full-time, Fixed-term: two years",
        "raw_date_posted": "06-May-2026, 7:56:15 AM",
        "raw_valid_through": "Ongoing",
        "raw_salary": "81,000.00 - 99,000.00 US Dollar (USD) Yearly",
    }


def test_a_place_with_a_comma_is_one_place() -> None:
    assert ftl.fields({"basiclocations": "Port Ellery, WA"})["raw_location"] == ["Port Ellery, WA"]
