"""Why a score is what it is: the posting's own words, with their weights."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from typing import TypedDict

from pipelines.relevance.features import Reading, Text
from pipelines.relevance.words import PHRASES, STOP

SHOWN = 6
GAP = 4  # characters between two words of a pair
TOO_LITTLE = 0.05

# block of a feature -> the field its words stand in
_FIELDS = {
    "t": "title", "r": "title", "i": "title", "p": "title", "o": "organization",
    "d": "description", "k": "kind", "n": "kind",
}  # fmt: skip
_NAMES = {name: (first, *rest) for first, (rest, name) in PHRASES.items()}


class Reason(TypedDict):
    """Words as they stand in a field; `weight` is what they add to the score's log-odds.

    In the field `kind` the words are the kind of employer, with "no word of research" where the
    whole posting holds none.
    """

    field: str
    words: str
    weight: float


def reasons(reading: Reading, contributions: Iterable[tuple[str, str, float]]) -> list[Reason]:
    """The weightiest, for or against, most important first."""
    total: dict[tuple[str, str], float] = {}
    in_title = frozenset(reading.title.words)
    for block, term, amount in contributions:
        if block == "w":
            key = "title" if term in in_title else "description", term
        else:
            key = _FIELDS[block], term if block != "n" else f"{term}: no word of research"
        total[key] = total.get(key, 0.0) + amount
    ranked = nsmallest(SHOWN, total.items(), key=lambda item: (-abs(item[1]), item[0]))
    found: list[Reason] = []
    for (field, term), amount in ranked:
        if abs(amount) < TOO_LITTLE:
            break
        text = term if field == "kind" else _quoted(reading, field, term)
        if text:
            found.append({"field": field, "words": text, "weight": round(amount, 2)})
    return found


def _quoted(reading: Reading, field: str, term: str) -> str | None:
    """The term as the posting writes it."""
    wanted = term.split(" ")
    spelled = [part for word in wanted for part in _NAMES.get(word, (word,))]
    for text in _texts(reading, field):
        for sought in (spelled, wanted):
            found = _found(text, sought)
            if found:
                return found
    return None


def _texts(reading: Reading, field: str) -> tuple[Text, ...]:
    if field == "title":
        return (reading.title,)
    return (reading.organization,) if field == "organization" else (reading.description,)


def _found(text: Text, sought: list[str]) -> str | None:
    """The first place where these words follow each other, with whatever stands between them."""
    names, start = text.single, 0
    try:
        while True:
            place = names.index(sought[0], start)
            end = place + 1
            for word in sought[1:]:
                while end < len(names) and names[end] != word and names[end] in STOP:
                    end += 1  # "head of the department" is a pair of the score `lead`
                if end >= len(names) or names[end] != word:
                    break
                end += 1
            else:
                return _span(text.text, text.written[place:end])
            start = place + 1
    except ValueError:
        return None


def _span(text: str, written: list[str]) -> str:
    """These words as they stand in the text, which may have hyphens or commas between them."""
    start = text.find(written[0])
    while start >= 0:
        end = start + len(written[0])
        for word in written[1:]:
            next_one = text.find(word, end)
            if next_one < 0 or next_one - end > GAP:
                break
            end = next_one + len(word)
        else:
            return text[start:end]
        start = text.find(written[0], start + 1)
    return " ".join(written)
