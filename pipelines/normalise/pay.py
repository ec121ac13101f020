"""Text and figures -> pay. Pure; what is nonsense says nothing, and the raw text is kept.

The rules:
- A range is two figures with "to", a dash or the like between them, the smaller one first whatever
  the order. Several ranges ("Grade 6 ..., Grade 7 ...") span from the least to the most. One figure
  is both ends, unless the text says "up to" or "from".
- What comes on top is no pay: "plus £2,323 London allowance", "progression to £50,200".
- 0, 1 and a row of nines are placeholders. A maximum over ten times the minimum is a slip of the
  pen: in a text none of it is believed.
- A yearly figure is one from 8,000 dollars' worth when no period is named; a smaller one is left
  without a period. A figure that nobody earns in the named period (100,000 an hour) loses the
  period, and becomes yearly again when it is large enough; a year's pay below 1,000 is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, get_args

from crawler.posting import Salary, SalaryUnit
from pipelines.normalise.currency import SHARED_SIGNS, SIGNS, currency_of, is_code, scale
from pipelines.normalise.pay_period import plausible, stated_periods

LONGEST = 500  # characters
MOST_APART = 10  # times
YEARLY = 8_000  # dollars' worth

_SIGN = (
    r"\$(?:US|CA)\b|(?:US|CA|AU|NZ|HK|NT|MX|[CASR])?\$|[£€₹₩₪¥₱₺₴]|\b(?:Rs|kr|SFr|Fr)\b\.?|\bRM\b"
)
_FIGURE = re.compile(
    rf"(?:(?<![\w.,'’])|(?<=\bc)(?=[£€$]))(?P<code>[A-Z]{{3}}(?=[\s:]?\s?[\d$£€]))?[\s:]?\s?(?P<sign>{_SIGN})?\s?"
    r"(?P<number>"
    r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # ₹12,00,000
    r"|\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    r"|\d+(?:[.,]\d{1,2})?(?!\d)"
    r")(?:[.,][-–—]+)?"
    r"\s?(?P<times>[kK]\b|lakhs?\b|LPA\b)?(?P<percent>\s?%)?"
    r"\s?(?:(?P<after>[A-Z]{3}\b|[€£$¥]|zł|Kč|kr\b|[Ee]uros?\b)(?!\s?\d))?"
)
_TIMES = {"k": 1_000, "l": 100_000}
_PERIOD_BETWEEN = r"(?:(?:/|per|an?)\s*[a-z.]{1,8})?"
_TO = re.compile(
    rf"[\s(]*{_PERIOD_BETWEEN}\s*(?:\(?min(?:imum)?\)?)?[\s,;:]*"
    r"(?:-|–|—|−|~|/|\b(?:up to|rising to|to|bis|à|a|tot|till|til|and|und|et|y|og|och|ja|"
    r"max(?:imum)?)\b)"
    r"(?:\s*\b(?:up|rising|max(?:imum)?|to|salary|of)\b:?)*\s*",
    re.IGNORECASE,
)
# From here on it is about what comes on top, or what may come later.
_ON_TOP = re.compile(
    r"(?:\bplus\b|\+|\band an?\b)(?=[^£$€\d]{0,30}(?:[£$€]|[A-Z]{3})?\s?\d)"
    r"|\b(?:incremental|further|potential|possible|opportunit\w+|with)?\s*progress(?:ion|ing)?\b"
    r"|\bpro[\s-]?rata(?=:?\s?[£$€])|\b(?:discretionary|bonus|supplement|equity|relocation)\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(r"\b(?:up to|maximum|max|bis zu|jusqu|tot maximaal|hasta|fino a)\b", re.I)
_AT_LEAST = re.compile(
    r"\b(?:from|starting|starts|start|minimum|min|at least|ab|dès|à partir|vanaf|från|fra|desde)\b",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    r"\s*(?:(?:\+|plus)(?=\s*(?:$|[.,;)]|per\b|p\.?a\b))|or more|and (?:up|above|over)|minimum)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\b[A-Z]{3}\b")


class _Money(NamedTuple):
    """A figure of the text: where it stands, its amount, and its currency sign if it has one."""

    start: int
    end: int
    amount: float
    marked: bool
    currency: str | None


def parse_pay(text: str | None, country: str | None = None) -> Salary | None:
    """The pay a text states, or None. `country` (ISO 3166-1 alpha-2) tells whose dollars."""
    if not text or len(text) > LONGEST:
        return None
    figures = _figures(text, country)
    currencies = {figure.currency for figure in figures if figure.currency}
    all_money = False
    if not any(figure.marked for figure in figures):
        # "77,000 - 93,000 US Dollar (USD) Yearly": named once, apart from the figures.
        currencies |= set(filter(is_code, _WORD.findall(text)))
        all_money = bool(currencies)
    if len(currencies) > 1:
        return None
    currency = next(iter(currencies), None)
    first = next((f for f in figures if f.marked or all_money), None)
    if first is None:
        return None
    on_top = _ON_TOP.search(text, first.end)
    if on_top:
        figures = [figure for figure in figures if figure.start < on_top.start()]
    ranges = _ranges(text, figures, all_money)
    low: float | None
    high: float | None
    if ranges:
        low, high = _span(ranges)
        if _given(low) and high > MOST_APART * low:
            return None
        end = ranges[0][1].end
        found = Salary(min=low, max=high, currency=currency)
    else:
        end = first.end
        low, high = _bounds(text, first)
        found = Salary(min=low, max=high, currency=currency)
    return _in_period(found, stated_periods(text, first.start, end))


def sound(salary: Salary) -> Salary | None:
    """A structured pay made consistent: the smaller figure first, known words only, or None."""
    low, high = (_given(value) for value in (salary.min, salary.max))
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    currency = (salary.currency or "").strip().upper()
    found = Salary(min=low, max=high, currency=currency if is_code(currency) else None)
    if salary.unit not in get_args(SalaryUnit):
        return found  # the site knows the figure, so it is kept without a period
    return _in_period(found, [salary.unit])


def _given(amount: float | None) -> float | None:
    """The amount, unless it is a placeholder: nothing, 1, or a row of nines."""
    if amount is None or amount <= 1 or re.fullmatch(r"9{6,}(?:\.0|\.99)?", str(amount)):
        return None
    return amount


def _in_period(salary: Salary, periods: Sequence[SalaryUnit | None]) -> Salary | None:
    """The pay with the first of these periods in which somebody earns it, by the rules above."""
    low, high = _given(salary.min), _given(salary.max)
    amounts = [amount for amount in (low, high) if amount is not None]
    if not amounts:
        return None
    worth = [amount / scale(salary.currency) for amount in amounts]
    said = [period for period in periods if period]
    unit = next((period for period in said if all(plausible(w, period) for w in worth)), None)
    if unit is None and max(worth) >= YEARLY and None not in periods:
        unit = "YEAR"
    if unit == "YEAR" and not all(plausible(w, "YEAR") for w in worth):
        return None
    if unit is None and (said == ["YEAR"] or not plausible(max(worth), None)):
        return None
    return Salary(min=low, max=high, currency=salary.currency, unit=unit)


def _figures(text: str, country: str | None) -> list[_Money]:
    """The figures of a text that are no percentages."""
    matches = [found for found in _FIGURE.finditer(text) if not found["percent"]]
    times = next((found["times"] for found in matches if found["times"]), None)
    figures = []
    for found in matches:
        amount = _number(found["number"])
        if found["times"]:
            amount *= _TIMES[found["times"][0].lower()]
        elif times and amount < 1000:
            amount *= _TIMES[times[0].lower()]  # "$95-125k"
        signs = [found[name] for name in ("code", "after", "sign")]
        currency = next(filter(None, (currency_of(sign, country) for sign in signs)), None)
        marked = any(_is_sign(sign) for sign in signs)
        start = found.start("number")
        figures.append(_Money(start, found.end(), amount, marked, currency))
    return figures


def _is_sign(text: str | None) -> bool:
    if not text:
        return False
    sign = text.lower().rstrip(".")
    return is_code(text) or sign in SIGNS or sign in SHARED_SIGNS


def _ranges(text: str, figures: list[_Money], all_money: bool) -> list[tuple[_Money, _Money]]:
    """Neighbouring figures with "to" between them, of which at least one is money."""
    ranges: list[tuple[_Money, _Money]] = []
    for one, other in pairwise(figures):
        if ranges and ranges[-1][1] is one:
            continue
        # The sign of the second figure belongs to it, not to what stands between.
        between = re.sub(rf"(?:[A-Z]{{3}}|{_SIGN}|[\s:])+$", "", text[one.end : other.start])
        is_money = one.marked or other.marked or all_money
        if is_money and _TO.fullmatch(between + " "):
            ranges.append((one, other))
    return ranges


def _span(ranges: list[tuple[_Money, _Money]]) -> tuple[float, float]:
    """From the least to the most; a range of another size ("$95,000 a year") repeats the first."""
    low, high = sorted((ranges[0][0].amount, ranges[0][1].amount))
    for one, other in ranges[1:]:
        least, most = sorted((one.amount, other.amount))
        if low / 3 <= least and most <= high * 3:
            low, high = min(low, least), max(high, most)
    return low, high


def _bounds(text: str, figure: _Money) -> tuple[float | None, float | None]:
    """One figure alone is both bounds, unless the text says that it is only one of them."""
    before, after = text[: figure.start], text[figure.end :]
    if _AT_MOST.search(before):
        return None, figure.amount
    if _AT_LEAST.search(before) or _AND_MORE.match(after):
        return figure.amount, None
    return figure.amount, figure.amount


def _number(text: str) -> float:
    """A figure with whatever separates its thousands and decimals."""
    if decimals := re.search(r"[.,](\d{1,2})$", text):
        whole = re.sub(r"\D", "", text[: decimals.start()])
        return float(f"{whole}.{decimals[1]}")
    return float(re.sub(r"\D", "", text))
