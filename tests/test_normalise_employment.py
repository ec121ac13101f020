"""Contract words -> schema.org's employment types."""

from __future__ import annotations

import pytest

from db.rows import content_of
from pipelines.normalise.employment import parse_contract, parse_employment, parse_hours


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


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Vollzeit, unbefristet", "FULL_TIME"),
        ("Befristet, Teilzeit", "PART_TIME, TEMPORARY"),
        ("CDD, temps partiel", "PART_TIME, TEMPORARY"),
        ("Heltid, Tillsvidareanställning", "FULL_TIME"),
        ("Visstidsanställning", "TEMPORARY"),
        ("Voltijds, bepaalde tijd", "FULL_TIME, TEMPORARY"),
        ("Tempo pieno, indeterminato", "FULL_TIME"),
        ("Jornada completa, indefinido", "FULL_TIME"),
        ("Deltid, midlertidig", "PART_TIME, TEMPORARY"),
        ("Fuldtid", "FULL_TIME"),
        ("Määräaikainen, kokoaikainen", "FULL_TIME, TEMPORARY"),
        ("Tempo integral", "FULL_TIME"),
        ("Stage", "INTERN"),
        ("Early Stage Researcher", None),
        ("12 month contract", "TEMPORARY"),
        ("Open-ended contract", None),
        ("Term", "TEMPORARY"),
        ("Long-term", None),
    ],
)
def test_types_in_other_languages_and_contracts(text: str, types: str | None) -> None:
    assert parse_employment(text) == types


@pytest.mark.parametrize(
    ("text", "contract"),
    [
        ("Full Time, Permanent", "permanent"),
        ("Fulltime Regular", "permanent"),
        ("Full time, tenured", "permanent"),
        ("Continuing", "permanent"),
        ("permanent_full_time", "permanent"),
        ("Open-ended contract", "permanent"),
        ("Vollzeit, unbefristet", "permanent"),
        ("CDI, temps plein", "permanent"),
        ("Tillsvidareanställning", "permanent"),
        ("Fast stilling", "permanent"),
        ("onbepaalde tijd", "permanent"),
        ("Fixed-Term/Contract", "fixed_term"),
        ("Fixed Term Contract, Full time, Hybrid", "fixed_term"),
        ("Temporary", "fixed_term"),
        ("12 month contract", "fixed_term"),
        ("Limited Term (Fixed Term)", "fixed_term"),
        ("befristet auf 2 Jahre", "fixed_term"),
        ("CDD", "fixed_term"),
        ("bepaalde tijd", "fixed_term"),
        ("Permanent or Fixed-term", None),
        ("Temporary to permanent", None),
        ("contract_to_hire", None),
        ("Full time", None),
        ("Contract", None),
        ("Tenure-track", None),
        ("Casual", None),
        ("Term Time", None),
        ("Regular working hours", None),
        ("Fast-paced", None),
        ("", None),
        (None, None),
    ],
)
def test_contract(text: str | None, contract: str | None) -> None:
    assert parse_contract(text) == contract


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Full-time, 37.5 hours per week", 37.5),
        ("36.5 hpw", 36.5),
        ("21 hours weekly", 21),
        ("20 hours/week", 20),
        ("Vollzeit mit 39,83 Stunden/Woche", 39.83),
        ("Hours per week: 38", 38),
        ("Full Time (37 hours)", 37),
        ("Part time (0.6 FTE)", 0.6),
        ("0.5fte", 0.5),
        ("FTE: 0.8", 0.8),
        ("1.0 FTE", 1),
        ("Teilzeit 65 %", 0.65),
        ("100%", 1),
        ("80-100%", None),
        ("80 bis 100 %", None),
        ("20 - 37 hours per week", None),
        ("Full time", None),
        ("12 months", None),
        ("24 hours a day", None),
        ("0.0 FTE", None),
        ("300 hours per week", None),
        ("", None),
        (None, None),
    ],
)
def test_hours_a_week_or_the_share_of_a_post(text: str | None, hours: float | None) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("£20,198 to £24,057 per annum, pro rata 0.4fte", 0.4),
        ("£38,511 to £45,954 per annum, pro rata (0.5FTE)", 0.5),
        ("£27,057 to £30,434 per annum, pro rated to 21 hours per week", 21),
        ("£31,342 per annum", None),
        ("AUD 98,765 + 17% super", None),
        ("$45 for 8 hours", None),
    ],
)
def test_hours_beside_the_pay(text: str, hours: float | None) -> None:
    assert parse_hours(text, about_hours=False) == hours


def test_what_is_read_is_stored() -> None:
    row = content_of({"title": "Data Steward", "contract": "fixed_term", "hours": 0.4})
    assert (row["contract"], row["hours"]) == ("fixed_term", 0.4)
