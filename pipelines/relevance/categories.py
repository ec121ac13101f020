"""Categories of the board's own taxonomy (sector, role, technical, domain), by readable rules.

The lists are in categories.toml; the sector follows from the employer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipelines.relevance.features import Reading, Words
from pipelines.relevance.words import bare_terms

RULES = Path(__file__).parent / "categories.toml"
TYPES = ("sector", "role", "technical", "domain")
ENOUGH, NEVER = 2, 1000

_SECTORS = {
    "academia": "Academia",
    "lab": "Public sector",
    "industry": "Industry",
    "nonprofit": "Nonprofit",
    "public": "Public sector",
}
_FINANCE = re.compile(
    r"\b(?:bank|capital|chase|morgan|financial|investments?|trading|asset management|securities"
    r"|fund|insurance|credit)\b",
    re.IGNORECASE,
)


class Category(NamedTuple):
    """A word of the board's taxonomy; `type` is sector, role, technical or domain."""

    type: str
    category: str


class _Rule(NamedTuple):
    category: Category
    enough: int
    unless: frozenset[str]


def categories_of(words: Words, reading: Reading) -> list[Category]:
    """The categories proposed for a posting, in the taxonomy's order."""
    rules, of_employers = _rules()
    title = set(bare_terms(reading.title.words))
    proposed = {
        rule.category for term in title for rule in rules.get(term, ()) if not rule.unless & title
    }
    for term in of_employers.keys() & set(bare_terms(reading.organization.words)):
        proposed.update(rule.category for rule in of_employers[term])
    found: dict[_Rule, int] = {}
    for term in rules.keys() & set(bare_terms(reading.description.words)):
        for rule in rules[term]:
            found[rule] = found.get(rule, 0) + 1
    proposed.update(rule.category for rule, count in found.items() if count >= rule.enough)
    proposed.update(_sectors(words))
    return sorted(proposed, key=lambda c: (TYPES.index(c.type), c.category))


def _sectors(words: Words) -> Iterator[Category]:
    name = words.organization
    kind = words.employer_kind
    if kind:
        yield Category("sector", _SECTORS[kind])
    if kind == "industry" and name and _FINANCE.search(name):
        yield Category("sector", "Finance")


_ByTerm = dict[str, tuple[_Rule, ...]]


@cache
def _rules() -> tuple[_ByTerm, _ByTerm]:
    """term -> the rules it speaks for: in title and description, and in an employer's name."""
    said: _ByTerm = {}
    named: _ByTerm = {}
    for kind, categories in tomllib.loads(RULES.read_text(encoding="utf-8")).items():
        for name, told in categories.items():
            enough = told.get("enough", ENOUGH)
            rule = _Rule(Category(kind, name), enough, frozenset(told.get("unless", ())))
            of_titles, of_employers = told.get("title", []), told.get("employers", [])
            if told.get("organization"):
                of_employers = [*of_employers, *of_titles, *told["words"]]
            for by_term, words, its in (
                (said, told["words"], rule),
                (said, of_titles, rule._replace(enough=NEVER)),
                (named, of_employers, rule),
            ):
                for term in dict.fromkeys(words):
                    by_term[term] = (*by_term.get(term, ()), its)
    return said, named
