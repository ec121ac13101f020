"""Pay in a description: only a sentence that unmistakably states the pay of this job."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crawler.posting import Posting, Salary
from pipelines import process
from pipelines.normalise import Reading
from pipelines.normalise.pay_text import pay_in_text

REQUIRED: dict[str, Any] = {
    "source": "s", "platform": "p", "tenant": "t", "native_id": "1", "title": "Data Steward",
    "url": "https://jobs.example.edu/1", "organization": "Example",
}  # fmt: skip
READING = Reading(date(2026, 8, 20), country="US")
BEFORE = "You keep our cluster running.\n\nOur group was founded in 1998 with $2 million.\n\n"
AFTER = "\n\nWe offer a relocation allowance of $5,000 and 30 days of leave."


def pay(low: float | None, high: float | None, currency: str | None, unit: Any) -> Salary:
    return Salary(min=low, max=high, currency=currency, unit=unit)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "We expect the salary range to be $150,000 to $190,000 annually.",
            pay(150000, 190000, "USD", "YEAR"),
        ),
        ("Salary: £40,227 - £45,413 per annum", pay(40227, 45413, "GBP", "YEAR")),
        ("Base pay range, here: $137,000 USD - $243,000 USD", pay(137000, 243000, "USD", "YEAR")),
        ("Compensation: $70k - 120k | Shares", pay(70000, 120000, "USD", "YEAR")),
        ("The hourly rate is $38.50 per hour.", pay(38.5, 38.5, "USD", "HOUR")),
        ("Das Jahresgehalt beträgt 60.000 € bis 70.000 €.", pay(60000, 70000, "EUR", "YEAR")),
        ("Salary range\n$98,000 - $120,000", pay(98000, 120000, "USD", "YEAR")),
        (
            "The base salary is $120,000 - $140,000 plus bonus, equity and benefits.",
            pay(120000, 140000, "USD", "YEAR"),
        ),
    ],
)
def test_the_pay_of_this_job(sentence: str, expected: Salary) -> None:
    found = pay_in_text(f"{BEFORE}{sentence}{AFTER}", "US")
    assert found is not None
    assert found.salary == expected
    assert found.sentence in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "We raised $40 million from two funds.",
        "You manage an annual budget of $250,000.",
        "A home office stipend of $80 USD a month",
        "$1,200 sign-on bonus for whoever starts before May!",
        "Dental care (up to $8,000 per year)",
        "Salary increases and a bonus of $5,000 - $10,000 per year are possible.",
        "Later you may increase your salary up to $390,000 per year.",
        "The salary threshold for a visa is £38,700 per year.",
        "The average salary in our field is $120,000 - $140,000 per year.",
        "A competitive salary and a grant of $20,000.",
        "Our customers pay $20 - $30 per month.",
        "Salary sacrifice of £2,000 - £3,000 per year is possible.",
        "A competitive salary.",
    ],
)
def test_other_sums_are_no_pay(sentence: str) -> None:
    assert pay_in_text(f"{BEFORE}{sentence}{AFTER}", "US") is None


def test_two_places_with_two_ranges_are_no_one_pay() -> None:
    text = (
        "For Chicago the salary range is $100,000 to $120,000 per year.\n"
        "For Seattle the salary range is $110,000 to $130,000 per year."
    )
    assert pay_in_text(text, "US") is None
    assert pay_in_text(text.splitlines()[0] + "\n" + text.splitlines()[0], "US") is not None


@pytest.mark.parametrize("text", [None, "", "No pay.", "x" * 2_000_000, "$1 " * 600_000])
def test_nothing_to_find_is_found_in_no_time(text: str | None) -> None:
    assert pay_in_text(text) is None


@pytest.mark.parametrize(
    ("given", "raw", "expected"),
    [
        (pay(25, 30, "USD", None), "USD 25-30 per hour", pay(25, 30, "USD", "HOUR")),
        (pay(90000, 95000, "USD", None), "USD 90000-95000", pay(90000, 95000, "USD", "YEAR")),
        (pay(25, 30, "USD", None), "USD 25-30", pay(25, 30, "USD", None)),
        (pay(25, 30, "USD", "DAY"), "USD 25-30 per hour", pay(25, 30, "USD", "DAY")),
        (pay(25, 30, "USD", None), "USD 40 per hour", pay(25, 30, "USD", None)),
        (pay(0, 0, "USD", "YEAR"), "USD 40 per hour", pay(40, 40, "USD", "HOUR")),
    ],
)
def test_the_text_completes_the_figures(given: Salary, raw: str, expected: Salary) -> None:
    posting = Posting(**REQUIRED, salary=given, raw_salary=raw)
    assert process(posting, READING).salary == expected


def test_the_field_goes_before_the_text_and_the_posting_says_which() -> None:
    text = "The salary range is $150,000 to $190,000 annually."
    given, reading = REQUIRED, READING
    read = process(Posting(**given, description_text=text), reading)
    assert (read.salary, read.salary_source) == (pay(150000, 190000, "USD", "YEAR"), "text")
    assert read.raw_salary is None
    stated = process(Posting(**given, description_text=text, raw_salary="$90,000"), reading)
    assert (stated.salary, stated.salary_source) == (pay(90000, 90000, "USD", "YEAR"), "field")
    neither = process(Posting(**given, description_text="A competitive salary."), reading)
    assert (neither.salary, neither.salary_source) == (None, None)
    # A better reading of the same text is no change of the posting.
    silent = process(Posting(**given, description_text=text), Reading(date(2026, 8, 20)))
    assert silent.content_hash == read.content_hash
