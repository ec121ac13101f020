"""What the two scores see of a posting: named features, each with the words it was read from.

A feature is a term in a block. The blocks of `topic`:

    t  a word or pair of the title             o  a word or pair of organisation and unit
    d  a word or pair of the description       w  a word of title or description
    k  the kind of employer                    r, i, p  a title's word at an employer of research,
    n  "none": no word of research at all               in industry, in public service

and of `lead`: t and d alone, and only words that say what somebody is to others there (`leading`
and `roles` of words.toml): no subject counts as leadership, nor leadership as a subject.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.relevance.employers import kind_of
from pipelines.relevance.words import (
    BASES,
    DESCRIPTION_CHARACTERS,
    LISTS,
    STOP,
    WORD,
    joined,
    terms,
)

# Features of one block with one value each: how much they count.
Group = tuple[str, list[str], float]

# Employers of research are one class here: a name seldom tells a laboratory from a foundation.
CLASSES = {
    "academia": "research",
    "lab": "research",
    "nonprofit": "research",
    "industry": "industry",
    "public": "public",
}
SHARED, EMPLOYER, TOGETHER = 0.7, 0.9, 0.9  # how much a feature of w; o and k; r, i and p counts
LEAD_TEXT, LEAD_FEW = 6.0, 10
SPEAKING = 2  # different words of research that make a description speak of it
TEXT, FEW = 3.0, 20  # a description counts as 3 title words; of fewer than 20 words, less

LEAD_WORDS = LISTS["leading"] | LISTS["roles"]
RANKS = LISTS["ranks"]  # of people, and of no subject
RESEARCH = LISTS["research"]
COMMON = LISTS["common"]
# Of an employer's name, they say what its kind says.
IN_A_NAME = RESEARCH - {"university", "laboratory", "faculty", "academic", "clinical"}
LEGAL_FORMS = LISTS["legal_forms"]


@dataclass(frozen=True, slots=True)
class Words:
    """What a posting says, as far as it is known. `kind` is the catalogue's, of this employer."""

    title: str
    organization: str | None = None
    unit: str | None = None
    kind: str | None = None
    description: str | None = None

    @property
    def employer_class(self) -> str | None:
        """research, industry or public; None when nothing is known about the employer."""
        return CLASSES.get(self.employer_kind or "")

    @property
    def employer_kind(self) -> str | None:
        """academia, lab, industry, nonprofit or public; a name that tells nothing is a firm's."""
        return (
            self.kind or kind_of(self.organization) or ("industry" if self.organization else None)
        )


@dataclass(slots=True)
class Text:
    """One field: its words as they are written, and each as it counts."""

    text: str
    written: list[str]
    single: list[str]  # one per written word
    words: list[str]  # phrases that are one word joined


@dataclass(slots=True)
class Reading:
    """A posting's words, read once for all scores."""

    title: Text
    organization: Text
    description: Text
    employer_class: str | None
    says_research: bool


def read(words: Words) -> Reading:
    """Split what is there into words."""
    title = _text(words.title)
    employer = _text(f"{words.organization or ''} · {words.unit or ''}")
    text = _text((words.description or "")[:DESCRIPTION_CHARACTERS])
    says = not (RESEARCH.isdisjoint(title.words) and IN_A_NAME.isdisjoint(employer.words))
    says = says or len(RESEARCH.intersection(text.words)) >= SPEAKING
    return Reading(title, employer, text, words.employer_class, says)


def _text(text: str) -> Text:
    written = WORD.findall(text)
    single = [BASES[word] for word in written]
    return Text(text, written, single, joined(single))


def bases(text: str) -> list[str]:
    """The words of a text, in one spelling, phrases that are one word joined."""
    return _text(text).words


def topic_features(reading: Reading) -> list[Group]:
    """The features of the score `topic`."""
    subject = list(dict.fromkeys(terms(_without_ranks(reading.title.words))))
    single = [term for term in subject if " " not in term]
    groups: list[Group] = [("t", subject, 1.0), ("w", single, SHARED)]
    employer = reading.employer_class
    if employer:
        groups += [
            (employer[0], single, TOGETHER),
            ("o", _employer(reading.organization.words), EMPLOYER),
            ("k", [employer], SHARED),
        ]
        if not reading.says_research:
            groups.append(("n", [employer], 1.0))
    if reading.description.words:
        said = list(dict.fromkeys(terms(_without_ranks(reading.description.words))))
        share = TEXT / math.sqrt(max(len(said), FEW))
        known = COMMON.union(single)
        new = [term for term in said if " " not in term and term not in known]
        groups += [("d", said, share), ("w", new, SHARED * share)]
    return groups


def tells_nothing(block: str, term: str) -> bool:
    """Words of a description that any technology firm's holds: they get no weight."""
    return block == "d" and COMMON.issuperset(term.split(" "))


def lead_features(reading: Reading) -> list[Group]:
    """The features of the score `lead`."""
    groups: list[Group] = [("t", list(dict.fromkeys(_leading(reading.title.words))), 1.0)]
    if reading.description.words:
        said = list(dict.fromkeys(_leading(reading.description.words)))
        # Every long advertisement speaks of teams and leadership: it counts on average.
        groups.append(("d", said, LEAD_TEXT / max(len(said), LEAD_FEW)))
    return groups


def _employer(words: list[str]) -> list[str]:
    return list(dict.fromkeys(terms(["" if word in LEGAL_FORMS else word for word in words])))


def _without_ranks(words: list[str]) -> list[str]:
    """No pair spans a rank."""
    return ["" if word in RANKS else word for word in words]


def _leading(found: list[str]) -> Iterator[str]:
    """Words of leading and of roles, and pairs of two of them."""
    before = ""
    for word in found:
        if word in LEAD_WORDS:
            yield word
            if before:
                yield f"{before} {word}"
            before = word
        elif word not in STOP:  # "head of the department" is a pair
            before = ""
