"""Contract words -> schema.org's employment types."""

from __future__ import annotations

import pytest

from pipelines.normalise.employment import parse_employment


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("FULL_TIME", "FULL_TIME"),
        ("Full time", "FULL_TIME"),
        ("Full-Time", "FULL_TIME"),
        ("Fulltime Regular", "FULL_TIME"),
        ("Regular Full Time (Salary)", "FULL_TIME"),
        ("Permanent Part Time", "PART_TIME"),
        ("Part-time / full-time", "FULL_TIME, PART_TIME"),
        ("Full Time, Part Time, Permanent", "FULL_TIME, PART_TIME"),
        ("Fixed Term Contract, Full time, Hybrid", "FULL_TIME, TEMPORARY"),
        ("Fixed-Term/Contract", "TEMPORARY"),
        ("Fixed-term (12 months)", "TEMPORARY"),
        ("Temporary", "TEMPORARY"),
        ("Contract", "CONTRACTOR"),
        ("Contractual", "CONTRACTOR"),
        ("CONTRACTOR, REMOTE_WORKING, VOLUNTEER, FULL_TIME", "FULL_TIME, CONTRACTOR, VOLUNTEER"),
        ("Intern | Summer", "INTERN"),
        ("Internship", "INTERN"),
        ("PER_DIEM", "PER_DIEM"),
        ("OTHER", "OTHER"),
        ("Vollzeit, befristet", "FULL_TIME, TEMPORARY"),
        ("Permanent", None),
        ("Permanent contract", None),
        ("Casual", None),
        ("Term Time", None),
        ("Internal candidates", None),
        ("International", None),
        ("Other academic staff", None),
        ("", None),
        (None, None),
    ],
)
def test_employment(text: str | None, types: str | None) -> None:
    assert parse_employment(text) == types
