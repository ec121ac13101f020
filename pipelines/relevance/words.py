"""The words of a posting as features: what a text says, not how its source writes.

Casing, punctuation, digits, length and places never become features, and British and American
spellings are one word, because they tell where a text was found rather than what the job is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

WORD = re.compile(r"c\+\+|c#|[^\W\d_]+(?:['’][a-z]\b)?", re.IGNORECASE)
DESCRIPTION_CHARACTERS = 6000  # what follows is benefits, equal opportunity and how to apply

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
LISTS = {name: frozenset(words.split()) for name, words in _LISTS.items()}
STOP = LISTS["stop"]

# One spelling per word.
_SAME = {
    "programme": "program", "centre": "center", "organisation": "organization",
    "organisational": "organizational", "analyse": "analyze", "modelling": "modeling",
    "modeller": "modeler", "visualisation": "visualization", "optimisation": "optimization",
    "virtualisation": "virtualization", "digitisation": "digitization", "catalogue": "catalog",
    "labour": "labor", "behaviour": "behavior", "behavioural": "behavioral", "sr": "senior",
    "snr": "senior", "jr": "junior", "mgr": "manager", "dir": "director", "assoc": "associate",
    "asst": "assistant", "eng": "engineer", "univ": "university", "lab": "laboratory",
    "labs": "laboratory", "dept": "department", "postdoc": "postdoctoral", "ml": "machine_learning",
    "ai": "artificial_intelligence", "supercomputer": "supercomputing", "vp": "vice_president",
}  # fmt: skip

# Several words that are one: first word -> the rest and the name.
PHRASES = {
    "high": (("performance", "computing"), "hpc"),
    "machine": (("learning",), "machine_learning"),
    "artificial": (("intelligence",), "artificial_intelligence"),
    "vice": (("president",), "vice_president"),
    "post": (("doctoral",), "postdoctoral"),
}
PHRASE_STARTS = frozenset(PHRASES)


def base(word: str) -> str:
    """The word in small letters, singular and in one spelling: Programmes -> program."""
    word = word.lower().split("'")[0].split("’")[0]
    if word in _SAME:
        return _SAME[word]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "suia":
        word = f"{word[:-3]}y" if word.endswith("ies") and len(word) > 5 else word[:-1]
        return _SAME.get(word, word)
    return word


class Bases(dict[str, str]):
    """`base`, remembered: a language has few words."""

    def __missing__(self, word: str) -> str:
        found = base(word)
        if len(self) < 200_000:
            self[word] = found
        return found


BASES = Bases()


def joined(found: list[str]) -> list[str]:
    """The words with those phrases joined that are one word."""
    if PHRASE_STARTS.isdisjoint(found):
        return found
    words: list[str] = []
    skip = 0
    for index, word in enumerate(found):
        if skip:
            skip -= 1
            continue
        if word in PHRASES:
            rest, name = PHRASES[word]
            if tuple(found[index + 1 : index + 1 + len(rest)]) == rest:
                skip, word = len(rest), name
        words.append(word)
    return words


def terms(found: Iterable[str]) -> Iterator[str]:
    """Single words and pairs of neighbours; no pair spans a word that says nothing."""
    before = ""
    for word in found:
        if word in STOP or len(word) < 2:
            before = ""
            continue
        yield word
        if before:
            yield f"{before} {word}"
        before = word


def bare_terms(found: Iterable[str]) -> Iterator[str]:
    """Every word and every pair of neighbours, whatever they say."""
    before = ""
    for word in found:
        yield word
        if before:
            yield f"{before} {word}"
        before = word
