"""Pay as employers write it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.posting import Salary
from pipelines.normalise.pay import parse_pay, sound


def pay(low: float | None, high: float | None, currency: str | None, unit: Any) -> Salary:
    return Salary(min=low, max=high, currency=currency, unit=unit)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("$110,000 - $130,000", "US", pay(110000, 130000, "USD", "YEAR")),
        ("$110,000 - $130,000", "CA", pay(110000, 130000, "CAD", "YEAR")),
        ("$110,000 - $130,000", None, pay(110000, 130000, None, "YEAR")),
        ("$95,000-125,000", "US", pay(95000, 125000, "USD", "YEAR")),
        ("US$95,000", "CA", pay(95000, 95000, "USD", "YEAR")),
        ("£35,608-£46,049 pro rata", None, pay(35608, 46049, "GBP", "YEAR")),
        ("£41,377.94 to £55,990.51", None, pay(41377.94, 55990.51, "GBP", "YEAR")),
        ("£34,304 to £42,149 per annum, Grade 7", None, pay(34304, 42149, "GBP", "YEAR")),
        ("Grade 7: £38,205 - £44,263 p.a.", None, pay(38205, 44263, "GBP", "YEAR")),
        ("£34,304 to £42,149 (up to £48,000)", None, pay(34304, 42149, "GBP", "YEAR")),
        ("£27,000 (35 hours per week)", None, pay(27000, 27000, "GBP", "YEAR")),
        ("£13.65/hour - £14.03/hour (CRB18)", None, pay(13.65, 14.03, "GBP", "HOUR")),
        ("$25.00 - $32.50 Hourly", "US", pay(25, 32.5, "USD", "HOUR")),
        ("AUD 100,000 - 120,000 per year", None, pay(100000, 120000, "AUD", "YEAR")),
        ("100,000 - 120,000 AUD + super", None, pay(100000, 120000, "AUD", "YEAR")),
        ("HEW 8 $105,000 - $115,000 pa + 17% super", "AU", pay(105000, 115000, "AUD", "YEAR")),
        ("77,000.00 - 93,000.00 US Dollar (USD) Yearly", None, pay(77000, 93000, "USD", "YEAR")),
        ("$120K-$150K", "CA", pay(120000, 150000, "CAD", "YEAR")),
        ("$85k", "US", pay(85000, 85000, "USD", "YEAR")),
        ("From $60,000", "US", pay(60000, None, "USD", "YEAR")),
        ("Up to £50,000", None, pay(None, 50000, "GBP", "YEAR")),
        ("CHF 90'000 - 110'000", None, pay(90000, 110000, "CHF", "YEAR")),
        ("4.500,00 € pro Monat", None, pay(4500, 4500, "EUR", "MONTH")),
        ("60 000 € par an", None, pay(60000, 60000, "EUR", "YEAR")),
        ("$4,000 stipend", "US", pay(4000, 4000, "USD", None)),
        ("HEW 8", "AU", None),
        ("Academic Level B", None, None),
        ("Competitive", None, None),
        ("Not Specified", None, None),
        ("100000", "US", None),
        ("17% super", "AU", None),
        ("$0 - $0", "US", None),
        ("$45 per year", "US", None),
        ("$1,000,000,000,000", "US", None),
        ("£32,000 or €40,000", None, None),
        ("7 triệu", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_pay(text: str | None, country: str | None, expected: Salary | None) -> None:
    assert parse_pay(text, country) == expected


@given(st.integers(10_000, 400_000), st.integers(0, 50_000), st.sampled_from([",", "", " ", "'"]))
def test_a_range_comes_back(low: int, more: int, mark: str) -> None:
    text = f"EUR {low:,} - {low + more:,}".replace(",", mark)
    assert parse_pay(text) == pay(low, low + more, "EUR", "YEAR")


@given(st.text("0123456789$£€,. -kUSD/hour", max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    found = parse_pay(text, "US")
    if found and found.min is not None and found.max is not None:
        assert 0 < found.min <= found.max


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (pay(1, 2, "usd", "HOUR"), pay(1, 2, "USD", "HOUR")),
        (pay(9, 5, "EUR", None), pay(5, 9, "EUR", None)),
        (pay(0, 50000, "GBP", "YEAR"), pay(None, 50000, "GBP", "YEAR")),
        (pay(50000, None, "???", "YEAR"), pay(50000, None, None, "YEAR")),
        (pay(0, 0, "USD", "YEAR"), None),
        (pay(None, None, "USD", "YEAR"), None),
        (pay(-5, None, "USD", None), None),
    ],
)
def test_structured_pay(given_: Salary, expected: Salary | None) -> None:
    assert sound(given_) == expected
