"""Labels of tenants' pages: which field a value is for, and which labels name none."""

from __future__ import annotations

from typing import Any

import pytest

from spiders.labels import fields_by_label


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Posting Number:", "requisition_id"),
        ("Requisition Number", "requisition_id"),
        ("Ref #", "requisition_id"),
        ("Job Opening ID", "requisition_id"),
        ("Position Number", None),  # of the budget
        ("Date Posted", "raw_date_posted"),
        ("Open Date:", "raw_date_posted"),
        ("Posting End Date", "raw_valid_through"),
        ("Final date", "raw_valid_through"),
        ("Application Deadline", "raw_valid_through"),
        ("First Review Date", None),  # no deadline
        ("Next review date", None),
        ("Anticipated Start Date", None),
        ("Job Location", "raw_location"),
        ("Location(s)", "raw_location"),
        ("Onsite or Remote", "raw_workplace"),
        ("Modes of Work", "raw_workplace"),
        ("Full Time/Part Time", "raw_employment_type"),
        ("Regular/Temporary", "raw_employment_type"),
        ("Hiring Department", "unit"),
        ("Pay Range", "raw_salary"),
        ("Anticipated Hiring Range", "raw_salary"),
    ],
)
def test_a_label_says_what_its_value_is(label: str, field: str | None) -> None:
    said = fields_by_label([(label, "x")])
    expected: dict[str, Any] = {}
    if field:
        expected = {field: ["x"] if field == "raw_location" else "x"}
    assert said == expected


def test_values_that_belong_together_are_joined_and_essays_left_out() -> None:
    said = fields_by_label(
        [
            ("Minimum Salary", "$70,000"),
            ("Maximum Salary", "$90,000"),
            ("Salary and benefits", "We pay " + "very " * 60 + "well."),
            ("Full/Part Time", "Full-Time"),
            ("Regular/Temporary", "Regular"),
            ("Location", "Ulm"),
            ("Campus", "Port Ellery"),
            ("Close Date", ""),
            ("Posted Date", "08/01/2026"),
            ("Posting Date", "08/09/2026"),
        ]
    )
    assert said == {
        "raw_salary": "$70,000 - $90,000",
        "raw_employment_type": "Full-Time, Regular",
        "raw_location": ["Ulm", "Port Ellery"],
        "raw_date_posted": "08/01/2026",
    }
