"""Pay that only the description states. Pure.

A description names many sums: budgets, bonuses, what the company raised, what others earn. A
sentence counts only when it says "salary", "pay range" or the like of this job, its figure is a
range or has its period, and no other such sentence of the description says something else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.posting import Salary
from pipelines.normalise.pay import parse_pay

LONGEST_SENTENCE = 400  # characters
# A description of two megabytes has its pay where the others have it: near an end.
_ENDS = 60_000  # characters

_MONEY = re.compile(
    r"(?:[£€₹$]|\b(?:USD|CAD|AUD|NZD|GBP|EUR|CHF|SEK|NOK|DKK|SGD|INR)\b)\s?\d|"
    r"\d\s?(?:€|k€|(?:USD|CAD|AUD|NZD|GBP|EUR|CHF|SEK|NOK|DKK|SGD|INR)\b)"
)
_KEY = re.compile(
    r"\b(?:salar(?:y|ies)|pay (?:range|rate|scale|band|grade)|(?:base|hourly|starting|annual) "
    r"(?:pay|wage|rate)|rate of pay|(?:hiring|compensation|cash|base|wage|stipend) (?:range|rate)|"
    r"compensation for this|remuneration|"
    r"(?:jahres|monats|brutto|grund)?gehalt|vergütung|salaire|rémunération|salaris|"
    r"månadslön|lønn|stipendio|retribuzione|salario)\b|\bcompensation:",
    re.IGNORECASE,
)
# Before the figure: it is something else, or somebody else's.
_ANOTHER = re.compile(
    r"\b(?:bonus(?:es)?|allowance|reimburs\w+|raised|revenue|funding|funded|budget|grants?|"
    r"endowment|prize|awards?|insurance|tuition|relocation|referral|stipend (?:of|for)|increase|"
    r"top of the|average|median|minimum salary|threshold|visa|sponsor\w*|subsid\w+|donat\w+|loan|"
    r"savings?|valued|worth|customers?|students?|contribut\w+|match\w*|per diem|fees?|cost|"
    r"equivalent|equity|stock|supplement|progression|up to an additional|previous|current salary|"
    r"your salary|sacrifice)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\s*(?:(?:USD|CAD|GBP|EUR|net)\s*)?(?:(?:/|per|a|an)\s*\w+\s*)?(?:in |of )?"
    r"(?:sign|bonus|allowance|stipend|relocation|budget|grant|million|billion|[mb]n?\b|towards?\b|"
    r"reimburse|off\b|scholarship)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\n+|(?<=[.!?;])\s+(?=[A-Z•*(])")
_LABEL = re.compile(
    r"\s*(?:salar(?:y|ies)|remuneration|compensation|gehalt|salaire)[^:\n]{0,30}:", re.I
)


class Stated(NamedTuple):
    """The pay, and the sentence of the description that states it."""

    sentence: str
    salary: Salary


def pay_in_text(text: str | None, country: str | None = None) -> Stated | None:
    """The sentence that states the pay of the job described, and the pay; None when in doubt.

    `country` (ISO 3166-1 alpha-2) tells whose dollars they are.
    """
    if not text:
        return None
    if len(text) > 2 * _ENDS:
        text = f"{text[:_ENDS]}\n{text[-_ENDS:]}"
    if not _MONEY.search(text):
        return None
    stated: dict[tuple[object, ...], Stated] = {}
    before = ""
    for sentence in filter(None, (part.strip() for part in _BREAK.split(text))):
        # A heading "Salary range" over the line with the figures belongs to it.
        headed = f"{before}: {sentence}" if len(before) < 60 and _KEY.search(before) else sentence
        before = sentence
        salary = _unmistakable(headed, country)
        if salary is not None:
            key = (salary.min, salary.max, salary.currency, salary.unit)
            stated.setdefault(key, Stated(sentence, salary))
    return next(iter(stated.values())) if len(stated) == 1 else None


def _unmistakable(sentence: str, country: str | None) -> Salary | None:
    if len(sentence) > LONGEST_SENTENCE:
        return None
    money, key = _MONEY.search(sentence), _KEY.search(sentence)
    if money is None or key is None:
        return None
    said_after = key.start() > money.start()
    if said_after and key.start() - money.end() > 60:
        return None
    if _ANOTHER.search(sentence, 0, money.start()):
        return None
    figures_end = re.match(r"[\d.,'’ \u00a0\u202fkK]*", sentence[money.end() :])
    end = money.end() + (figures_end.end() if figures_end else 0)
    if _AFTERWARDS.match(sentence, end):
        return None
    # From the key word on, or from the figure when it comes first.
    salary = parse_pay(sentence[min(key.start(), money.start()) :], country)
    if salary is None or salary.unit is None or salary.currency is None:
        return None
    is_range = salary.min is not None and salary.max is not None and salary.min < salary.max
    return salary if is_range or _LABEL.match(sentence) or _says_period(sentence, end) else None


def _says_period(sentence: str, end: int) -> bool:
    """Does a period stand right after the figure?"""
    return bool(
        re.match(
            r"[^.\d]{0,25}\b(?:per|an?|each|p\.?a\.?|annually|yearly|hourly|monthly|pro|par|annum)\b"
            r"|\s*/\s*\w",
            sentence[end:],
            re.IGNORECASE,
        )
    )
