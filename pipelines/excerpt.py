"""Excerpt: the one or two paragraphs of an advertisement that an editor would quote.

They are about the role and the team, in whole sentences as the advertisement has them: 24 to 161
words in the editor's own lists, about 90 in the middle of them. What nobody quotes is left out by
the heading it stands under and by its own words (pipelines/excerpt_words.txt): who may apply and
how, pay and benefits, lists of qualifications, what an employer says of itself everywhere.

What recurs in advertisements of other titles at the same source is such a standing text whatever
its words; `Recurring` knows it from the texts of a source that are stored and those just read. A
posting that is the first of its source is judged by its words alone.

An advertisement without a paragraph of prose gives the first of its duties, as the lines of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.excerpt_words import COMPANY, HEADINGS, ROLE, STANDING, TEAM

SHORTEST, LONGEST, USUAL = 24, 161, 90  # words
LIMIT = 40_000  # characters that are read: no advertisement is longer
ENOUGH = 0.6  # score of a paragraph that may be quoted
GOOD = 0.9  # of one that is added to a short one
TITLES = 2  # so many other titles with a paragraph make it a standing text

_BULLET = re.compile(
    r"^(?:[•●○◦▪■□‣⁃∙·*►▶→✓✔➢❖–—-]|o(?= [A-Z])|\(?\d{1,2}[.)]|\(?[a-z]\))\s*(?=\S)"
)
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
# A full stop ends a sentence before a capital, a digit or a quotation mark.
_STOP = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_])")
_NO_STOP = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|dr|prof|mr|mrs|ms|st|sr|jr|no|inc|ltd|co|corp|dept|univ|"
    r"fig|incl|resp|max|min|ca|bzw|z\.b|d\.h|u\.a|inkl|nr|ph\.d|m\.sc|b\.sc|u\.s|u\.k|a\.m|p\.m)"
    r"|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"^[^\s:][^:.!?]{0,38}:\s")

# What a heading says of the paragraphs below it.
_SECTIONS = {"role": 2.0, "team": 2.0, "": 0.0, "company": -3.0}
_NEVER = ("qualifications", "terms", "closing")


@dataclass(frozen=True)
class Candidate:
    """A paragraph with what speaks for quoting it; `position` counts the text's paragraphs."""

    text: str
    score: float
    words: int
    position: int
    section: str = ""


@dataclass
class Recurring:
    """Which paragraphs stand in the advertisements of several titles of one source.

    Bounded: of a large board the first advertisements tell what stands in all of them, and a
    paragraph keeps no more titles than it takes to decide.
    """

    most: int = 300  # advertisements
    _titles: dict[int, set[str]] = field(default_factory=dict)
    _added: int = 0

    def add(self, title: str, text: str | None) -> None:
        """Note the paragraphs of an advertisement."""
        self._added += bool(text)
        if self._added > self.most:
            return
        title = title.casefold()
        for fingerprint in {_fingerprint(line) for line in (text or "")[:LIMIT].splitlines()}:
            titles = self._titles.setdefault(fingerprint, set())
            if len(titles) <= TITLES:
                titles.add(title)

    def has(self, title: str, text: str | None) -> bool:
        """Does any paragraph of this advertisement stand in another one?"""
        return any(self.others(title, line) for line in (text or "")[:LIMIT].splitlines() if line)

    def others(self, title: str, paragraph: str) -> int:
        """How many other titles have this paragraph, as far as it matters."""
        if not self._titles:
            return 0
        return len(self._titles.get(_fingerprint(paragraph), set()) - {title.casefold()})


def excerpt(text: str | None, title: str = "", recurring: Recurring | None = None) -> str | None:
    """The paragraphs to quote, parted by an empty line, or None when none is worth it."""
    found = candidates(text, title, recurring)
    best = [one for one in found if one.score >= ENOUGH and one.words >= SHORTEST]
    if not best:
        return _of_short_ones(found) or _of_duties((text or "")[:LIMIT])
    first = best[0]
    if first.words < USUAL - 5:
        second = _second(first, found)
        if second:
            return "\n\n".join(one.text for one in sorted((first, second), key=_position))
    return first.text


def candidates(
    text: str | None, title: str = "", recurring: Recurring | None = None
) -> list[Candidate]:
    """The paragraphs that may be quoted, the best first; each of at most 161 words.

    `text` is a posting's plain text with an empty line between paragraphs. A paragraph is given
    without those of its sentences that nobody quotes.
    """
    names = {word for word in _WORD.findall(title.lower()) if len(word) > 3}
    found = []
    for position, (section, paragraph) in enumerate(_paragraphs((text or "")[:LIMIT])):
        if section in _NEVER:
            continue
        others = recurring.others(title, paragraph) if recurring else 0
        if others >= TITLES:
            continue
        one = _judged(paragraph, section, position, names)
        if one is not None:
            found.append(one if not others else _less(one, 1.0))
    return sorted(found, key=lambda one: (-one.score, one.position))


def _judged(paragraph: str, section: str, position: int, names: set[str]) -> Candidate | None:
    kept = [sentence for sentence in sentences(paragraph) if not is_standing(sentence)]
    if not kept or not _ENDS.search(kept[-1]):
        return None
    kept = _within(kept)
    quoted = " ".join(kept)
    words, low = len(quoted.split()), quoted.lower()
    if words < 8:
        return None
    score = _SECTIONS.get(section, 0.0)
    score += min(3, len(set(ROLE.findall(low)))) * 0.9
    score += 0.6 * bool(TEAM.search(low))
    score += 0.3 * min(3, len(names & set(_WORD.findall(low))))
    score -= 1.1 * min(4, len(COMPANY.findall(low)))
    score += 0.8 * min(words, USUAL) / USUAL
    score -= 0.04 * min(position, 12)
    return Candidate(quoted, round(score, 2), words, position, section)


def _within(kept: list[str]) -> list[str]:
    """The first sentences that fit."""
    total, fitting = 0, []
    for sentence in kept:
        total += len(sentence.split())
        if total > LONGEST:
            break
        fitting.append(sentence)
    return fitting


def _less(one: Candidate, by: float) -> Candidate:
    return Candidate(one.text, round(one.score - by, 2), one.words, one.position, one.section)


def _second(first: Candidate, found: list[Candidate]) -> Candidate | None:
    """A further paragraph that makes a short one whole: the better the closer it stands."""
    fitting = [
        one
        for one in found
        if one is not first
        and one.score >= GOOD
        and one.text != first.text
        and first.words + one.words <= LONGEST - 20
    ]
    return max(
        fitting,
        key=lambda one: one.score - 0.4 * min(5, abs(one.position - first.position)),
        default=None,
    )


def _of_short_ones(found: list[Candidate]) -> str | None:
    """Advertisements in short paragraphs: the best of them, in their order, until it is enough."""
    kept: list[Candidate] = []
    for one in (one for one in found if one.score >= ENOUGH):
        if sum(k.words for k in kept) + one.words <= LONGEST:
            kept.append(one)
        if sum(k.words for k in kept) >= USUAL // 2:
            break
    if sum(one.words for one in kept) < SHORTEST:
        return None
    return "\n\n".join(one.text for one in sorted(kept, key=_position))


def _of_duties(text: str) -> str | None:
    """The first items under a heading about the role, or of what comes before all demands."""
    kept: list[str] = []
    told: tuple[str, ...] = ("role", "team", "")
    for section, line in _paragraphs(text, items=True):
        if section in _NEVER:
            told = ("role",)
        if section not in told or is_standing(_BULLET.sub("", line)):
            continue
        if len(f"{' '.join(kept)} {line}".split()) <= USUAL:
            kept.append(line)
    listed = "\n".join(kept)
    return listed if len(listed.split()) - len(kept) >= SHORTEST else None


def _position(one: Candidate) -> int:
    return one.position


@lru_cache(maxsize=4096)
def is_standing(sentence: str) -> bool:
    """Does this sentence say who may apply, how, for what pay, or with which qualifications?"""
    low = sentence.lower()
    return any(pattern.search(low) for pattern in STANDING)


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, as they stand."""
    found, start = [], 0
    for stop in _STOP.finditer(paragraph):
        piece = paragraph[start : stop.end()].strip()
        if _NO_STOP.search(piece) or paragraph[stop.end() : stop.end() + 1].islower():
            continue
        found.append(piece)
        start = stop.end()
    rest = paragraph[start:].strip()
    return [*found, rest] if rest else found


# --- headings, lists and paragraphs ---------------------------------------------------------------


def _paragraphs(text: str, items: bool = False) -> Iterator[tuple[str, str]]:
    """Each paragraph of prose (or each item of a list) with the kind of section it stands in."""
    section = ""
    for line, alone in _lines(text):
        kind = _heading(line, alone)
        if kind is not None:
            section = kind
        elif line.endswith(":"):
            continue  # it leads to a list
        elif _BULLET.match(line):
            prose = _BULLET.sub("", line)
            if items:
                yield section, line
            elif len(prose.split()) >= 40 and len(sentences(prose)) > 1:
                yield section, prose  # a whole text set as one item
        elif not items and not _LABEL.match(line):
            yield section, line


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, wrapped ones joined, and whether a paragraph ends before it."""
    for block in re.split(r"\n\s*\n", text):
        joined: list[str] = []
        for line in block.splitlines():
            line = line.strip()
            if not line:
                continue
            if joined and _goes_on(joined[-1], line):
                joined[-1] += " " + line
            else:
                joined.append(line)
        yield from ((line, index == 0) for index, line in enumerate(joined))


def _goes_on(before: str, line: str) -> bool:
    """Was this line broken off the one before by its length alone?"""
    if _ENDS.search(before) or before.endswith(":") or _BULLET.match(line):
        return False
    if line[0].islower():
        return len(before) > 45
    # One that begins with a capital is a heading or another item, unless it is long itself.
    return len(before) > 60 and len(line.split()) > 6 and not _BULLET.match(before)


def _heading(line: str, alone: bool) -> str | None:
    """The kind of section that this line begins, or None when it is no heading."""
    words = line.split()
    if len(words) > 12 or _BULLET.match(line):
        return None
    if _ENDS.search(line) and not line.endswith(("?", "!", "…")) and not line.isupper():
        return None
    low = line.lower().replace("’", "'")
    unknown = "" if alone and not line.endswith(":") else None
    return next((kind for kind, pattern in HEADINGS if pattern.search(low)), unknown)


def _fingerprint(paragraph: str) -> int:
    return hash(" ".join(_WORD.findall(paragraph.casefold())))
