"""Descriptions: how much of one is in another, once what the employer always says is taken out.

Text alone misleads: two openings of one employer share up to nine tenths of their words, and two
copies of one opening may quote different paragraphs. So it only ever supports or doubts what
employer, title and place already say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from pipelines.dedupe.candidate import Decision
from pipelines.dedupe.titles import plain

RECURS = 2  # other postings in which a paragraph makes it boilerplate
SHINGLE = 4  # words that are compared as one
ENOUGH = 40  # shingles a description must have to say anything
FULL = 150  # shingles from which it is the advertisement, and no quotation from it
SUPPORTS = 0.5
DOUBTS = 0.1
LONGEST = 40_000  # characters that are read

_WORD = re.compile(r"[^\W_]+")


def paragraphs(text: str) -> list[list[str]]:
    """The words of each paragraph."""
    found = (_WORD.findall(plain(part)) for part in text[:LONGEST].split("\n"))
    return [words for words in found if words]


def passages(text: str) -> frozenset[int]:
    """The paragraphs of a description, as numbers."""
    return frozenset(_number(words) for words in paragraphs(text))


def boilerplate(others: Iterable[frozenset[int]]) -> frozenset[int]:
    """Paragraphs that recur in these descriptions: other openings of the same employer."""
    seen: Counter[int] = Counter()
    for said in others:
        seen.update(said)
    return frozenset(number for number, count in seen.items() if count >= RECURS)


def shingles(text: str, without: frozenset[int] = frozenset()) -> frozenset[int]:
    """What a description says, in pieces of four words; paragraphs in `without` are left out."""
    found: set[int] = set()
    for words in paragraphs(text):
        if _number(words) not in without:
            found |= {
                hash(tuple(words[start : start + SHINGLE]))
                for start in range(max(1, len(words) - SHINGLE + 1))
            }
    return frozenset(found)


def _number(words: list[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")


def likeness(a: frozenset[int], b: frozenset[int]) -> float | None:
    """The share of the shorter one that is in the other; None when one says too little."""
    shorter = min(len(a), len(b))
    return len(a & b) / shorter if shorter >= ENOUGH else None


def with_descriptions(
    decision: Decision, a: frozenset[int], b: frozenset[int], *, one_language: bool = True
) -> Decision | None:
    """A decision by text in the light of both descriptions.

    Alike: surer. Two full advertisements with next to nothing in common: nothing. Otherwise, or in
    two languages, they say nothing.
    """
    alike = likeness(a, b) if one_language else None
    if alike is None:
        return decision
    if alike >= SUPPORTS:
        return Decision(decision.kind, "text+description", round(0.9 + 0.09 * alike, 2))
    if alike < DOUBTS and min(len(a), len(b)) >= FULL:
        return None
    return decision
