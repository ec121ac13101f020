"""Pay as employers write it."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.posting import Salary
from pipelines.normalise.pay import parse_pay, sound
from tests.measure.pay import TRUTH


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
        ("$45.50/hr", "US", pay(45.5, 45.5, "USD", "HOUR")),
        ("AUD 98,765 + 17% super", None, pay(98765, 98765, "AUD", "YEAR")),
        ("€3.800 bis €4.500 brutto/Monat", "DE", pay(3800, 4500, "EUR", "MONTH")),
        ("120k-150k USD", None, pay(120000, 150000, "USD", "YEAR")),
        ("£60-65k", None, pay(60000, 65000, "GBP", "YEAR")),
        ("SEK 45 000 per month", None, pay(45000, 45000, "SEK", "MONTH")),
        ("45 000 kr/mån", "SE", pay(45000, 45000, "SEK", "MONTH")),
        ("45 000 SEK", None, pay(45000, 45000, "SEK", None)),
        ("DKK 45.000 pr. måned", None, pay(45000, 45000, "DKK", "MONTH")),
        ("kr 620 000 - 720 000 per år", "NO", pay(620000, 720000, "NOK", "YEAR")),
        ("₹12,00,000", None, pay(1200000, 1200000, "INR", "YEAR")),
        ("INR 12-15 LPA", None, pay(1200000, 1500000, "INR", "YEAR")),
        ("¥450,000 per month", "JP", pay(450000, 450000, "JPY", "MONTH")),
        ("USD 52.88 Hourly", None, pay(52.88, 52.88, "USD", "HOUR")),
        ("38k€ - 45k€ brut/an", None, pay(38000, 45000, "EUR", "YEAR")),
        ("€ 4.640 - € 6.433 bruto per maand (schaal 11)", None, pay(4640, 6433, "EUR", "MONTH")),
        ("zwischen 50.000 € und 60.000 € im Jahr", None, pay(50000, 60000, "EUR", "YEAR")),
        ("CHF 6'500.– / Monat", None, pay(6500, 6500, "CHF", "MONTH")),
        ("$85,234 CDN", None, pay(85234, 85234, "CAD", "YEAR")),
        ("Salary: £40,000 pro rata (0.6 FTE)", None, pay(40000, 40000, "GBP", "YEAR")),
        ("£28,000 for 40 hours/week", None, pay(28000, 28000, "GBP", "YEAR")),
        ("c£65,000", None, pay(65000, 65000, "GBP", "YEAR")),
        ("£65k+", None, pay(65000, None, "GBP", "YEAR")),
        ("Min $80,000.00 - Max $120,000.00", "US", pay(80000, 120000, "USD", "YEAR")),
        # Of several ranges, from the least to the most; another period repeats the first.
        (
            "Grade 6 £28,000-£31,000, Grade 7 £32,000-£40,000",
            None,
            pay(28000, 40000, "GBP", "YEAR"),
        ),
        ("$45 - $50 per hour ($94,640 - $104,000 annually)", "US", pay(45, 50, "USD", "HOUR")),
        # What comes on top is no pay.
        ("£25,513 plus £3,437 London weighting, pro rata", None, pay(25513, 25513, "GBP", "YEAR")),
        ("$105,000 - $115,000 + $5,000 bonus", "US", pay(105000, 115000, "USD", "YEAR")),
        ("£38,511, with progression to £50,200", None, pay(38511, 38511, "GBP", "YEAR")),
        ("£35,000, starting 2026", None, pay(35000, 35000, "GBP", "YEAR")),
        # Periods: right after the figures, believable, and with a word of their own.
        ("Annual salary $95,000. Paid monthly.", "US", pay(95000, 95000, "USD", "YEAR")),
        ("$3,500 per fortnight", "AU", pay(3500, 3500, "AUD", None)),
        ("$20 - $22 per hour paid bi-weekly", "US", pay(20, 22, "USD", "HOUR")),
        ("$100,000 per hour", "US", pay(100000, 100000, "USD", "YEAR")),
        ("$3,000 per hour", "US", pay(3000, 3000, "USD", None)),
        # Nonsense.
        ("£1 - £50,000", None, pay(None, 50000, "GBP", "YEAR")),
        ("£32,277 to £373,994 per annum", None, None),
        ("$1", "US", None),
        ("999999999 USD", None, None),
        ("$9,999,999.00", "US", None),
        ("USD 0 - 999999", None, None),
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
        (pay(11, 12, "usd", "HOUR"), pay(11, 12, "USD", "HOUR")),
        (pay(9, 5, "EUR", None), pay(5, 9, "EUR", None)),
        (pay(0, 50000, "GBP", "YEAR"), pay(None, 50000, "GBP", "YEAR")),
        (pay(50000, None, "???", "YEAR"), pay(50000, None, None, "YEAR")),
        (pay(0, 0, "USD", "YEAR"), None),
        (pay(None, None, "USD", "YEAR"), None),
        (pay(-5, None, "USD", None), None),
        (pay(1, 1, "USD", "YEAR"), None),
        (pay(1, 90000, "USD", "YEAR"), pay(None, 90000, "USD", "YEAR")),
        (pay(60000, 999999999, "USD", "YEAR"), pay(60000, None, "USD", "YEAR")),
        (pay(100000, 120000, "USD", "HOUR"), pay(100000, 120000, "USD", "YEAR")),
        (pay(5000, 6000, "USD", "HOUR"), pay(5000, 6000, "USD", None)),
        (pay(25, 30, "USD", "YEAR"), None),
        (pay(9000000, 9000000, "KRW", "MONTH"), pay(9000000, 9000000, "KRW", "MONTH")),
    ],
)
def test_structured_pay(given_: Salary, expected: Salary | None) -> None:
    assert sound(given_) == expected


def rows() -> list[dict[str, str]]:
    with TRUTH.open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["sample"] == "tuned"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:60])
def test_real_strings(row: dict[str, str]) -> None:
    low, high = (float(row[name]) if row[name] else None for name in ("min", "max"))
    said = low is not None or high is not None
    expected = pay(low, high, row["currency"] or None, row["unit"] or None) if said else None
    assert parse_pay(row["text"], row["country"] or None) == expected
