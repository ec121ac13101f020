"""Employers: the names one posting's employer may go by, and whether two are one."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz

from pipelines.dedupe.titles import plain

SLIP = 88  # of 100: one word but for a slip of the pen; Northampton and Southampton have 82
LONGEST = 4  # names of one posting that are looked at

_BRACKET = re.compile(r"\([^()]*\)")
_FORMS = re.compile(
    r"\b(?:the|inc|ltd|limited|llc|llp|plc|gmbh|ag|corp|corporation|company|co|sa|bv|nv)\b"
)
_SAME_WORD = {
    "univ": "university", "lab": "laboratory", "labs": "laboratory", "laboratories": "laboratory",
    "natl": "national", "inst": "institute", "dept": "department", "ctr": "center",
    "centre": "center", "st": "saint",
}  # fmt: skip
_PARTS = re.compile(r"[,;/|–—]| - |:")


@lru_cache(maxsize=65536)
def names_of(organization: str) -> tuple[str, ...]:
    """The whole name first, then its parts ("Department of Physics, University of Oxford").

    In lower case, without legal forms and bracketed remarks; () when there is none.
    """
    text = _BRACKET.sub(" ", plain(organization)).replace("&", " and ")
    whole = _name(text)
    parts = [_name(part) for part in _PARTS.split(text)] if whole else []
    names = [whole, *(part for part in parts if len(part) > 3)]
    return tuple(dict.fromkeys(name for name in names if name))[:LONGEST]


def _name(text: str) -> str:
    words = re.findall(r"[^\W_]+", _FORMS.sub(" ", text))
    return " ".join(_SAME_WORD.get(word, word) for word in words)


def same_employer(a: str, b: str) -> bool:
    """Is one of these the other, or a part of it?

    Two units of one university share a part and are not the same: their roles are siblings.
    """
    ours, theirs = names_of(a), names_of(b)
    if not ours or not theirs:
        return False
    if ours[0] in theirs or theirs[0] in ours:
        return True
    return _misspelled(ours[0].split(), theirs[0].split())


def _misspelled(ours: list[str], theirs: list[str]) -> bool:
    """Does each word that only one of them has resemble one that only the other has?"""
    left = sorted((Counter(ours) - Counter(theirs)).elements())
    right = sorted((Counter(theirs) - Counter(ours)).elements())
    if len(left) != len(right) or len(left) == len(ours):
        return False
    return all(fuzz.ratio(x, y) >= SLIP for x, y in zip(left, right, strict=True))
