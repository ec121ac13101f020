"""Titles: do two name one role, a sibling of it, or something else?

What tells siblings apart is kept apart from the rest of a title: rank ("senior", "manager") and
level ("II", "3"). What is no part of the role is dropped: mode of work, contract, number of posts,
gender marks, the abbreviation of what was just said, an academic grade in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

Relation = Literal["same", "near", "other"]

SAME = 92  # of 100: the ratio from which titles are one but for a slip of the pen (study, sec. 9)
SLIP = 78  # of 100: two spellings of one word ("Softwaer", "Engineering")

_RANKS = """
    senior junior principal lead leader head chief staff distinguished fellow associate assistant
    deputy vice president executive director manager supervisor coordinator intern internship
    trainee apprentice student undergraduate graduate doctoral postdoc postdoctoral entry early mid
    midcareer experienced expert professor lecturer reader dean acting interim visiting partner
    leitung leiter"""
RANKS = frozenset(_RANKS.split())
# An academic grade is said in brackets behind the role, and left out on other sites.
_GRADE = frozenset(
    {"research", "fellow", "professor", "lecturer", "associate", "assistant", "grade"}
)
_SAME_WORD = {
    "sr": "senior", "snr": "senior", "jr": "junior", "mgr": "manager", "asst": "assistant",
    "assoc": "associate", "vp": "vice president", "hpc": "high performance computing",
    "rse": "research software engineer", "ai": "artificial intelligence", "ml": "machine learning",
    "dept": "department", "univ": "university", "lab": "laboratory", "ops": "operations",
    "dev": "developer", "admin": "administrator", "postdoctorate": "postdoctoral",
    "interns": "internship", "intern": "internship", "sysadmin": "system administrator",
    "postdoc": "postdoctoral", "leader": "lead", "leading": "lead", "technologies": "technology",
}  # fmt: skip
_LEVELS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"}
_LEVELS |= {"one": "1", "two": "2", "three": "3", "four": "4"}
_SMALL_WORDS = """
    a an and as at by de der des die das du et for from fur in la le level of on or the to und
    with within position positions post posts opening openings vacancy job role roles multiple
    several career"""
_SILENT = frozenset(_SMALL_WORDS.split())
_MODE = r"""(?:fully\s+|partly\s+)?(?:hybrid|remote|on-?\s?site|telework|home\s?office|flexible)
    (?:[\s/-]+(?:hybrid|remote|on-?\s?site|work(?:ing)?|only|eligible|possible|first|us|usa|uk))*"""
_CONTRACT = r"""(?:full|part)[\s-]?time|fixed[\s-]?term|permanent|temporary|maternity\s+cover
    |\d+\s*(?:months?|years?|fte|%)|contract|benefits?[\s-]eligible"""
_GENDER = r"[mwfhdxig](?:\s*[/|,*]\s*[mwfhdxig*]){1,3}|all\s+genders?"
# A bracket or trailing part that consists of this says nothing about the role.
_ASIDE = re.compile(
    rf"""(?:{_MODE}|{_CONTRACT}|{_GENDER}|(?:up\s+to\s+)?(?:\w+|\d+)\s+(?:posts|positions|openings)
    |multiple\s+\w+|(?:job|req\w*|vacancy|posting|ref\w*)[\s.:#]*(?:id|no|number)?[\s.:#]*[\w-]*\d[\w-]*
    |[a-z]{{0,4}}[\s-]?\d{{4,}}|german|english|french|deutsch|re-?advertis\w+|internal|external|new)\s*""",
    re.VERBOSE,
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TAIL = re.compile(r"(?:\s+[-–—|/]\s*|\s*[,|]\s+)([^,|()]+)$")
_AT = re.compile(r"\s+(?:at|@)\s+(?:the\s+)?[A-Z].*$")
_GENDERED = re.compile(r"(?<=\w)(?:[*:_]in(?:nen)?|/-?in(?:nen)?|\(in\))\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_MARKS = re.compile("[\u0300-\u036f]")  # what NFKD takes off a letter
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "’": "", "'": ""})


@dataclass(frozen=True)
class Title:
    """A title taken apart. `words` are what it says of the role itself, in order."""

    words: tuple[str, ...]
    ranks: frozenset[str]
    levels: frozenset[str]

    @property
    def substance(self) -> frozenset[str]:
        return frozenset(self.words)

    @property
    def signature(self) -> str:
        """Equal for titles that may be one or siblings: beginnings of words, in any order."""
        return " ".join(sorted({word[:4] for word in self.words} or self.ranks))


def plain(text: str) -> str:
    """Lower case without accents and apostrophes, as far as letters allow."""
    if text.isascii():  # nine of ten titles; a description is long
        return text.lower().replace("'", "")
    said = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", said).translate(_LETTERS)


@lru_cache(maxsize=65536)
def read_title(text: str, names: tuple[str, ...] = ()) -> Title:
    """Take a title apart. `names` are phrases (employer, unit, places) that it may repeat."""
    said = _AT.sub("", _GENDERED.sub("", text)) or text
    said = plain(said).replace("&", " and ")
    said = _BRACKET.sub(_bracket, said)
    while (tail := _TAIL.search(said)) and _ASIDE.fullmatch(tail[1].strip()):
        said = said[: tail.start()]
    for name in names:
        if len(name) > 3 and name in said:
            said = re.sub(
                rf"^{re.escape(name)}\s*[,:|/–—-]\s*|\s*[,:;|/–—-]+\s*{re.escape(name)}(?=\s*(?:[,;:|/–—-]|$))",
                " ",
                said,
            )
    words, ranks, levels = [], set(), set()
    for number, word in enumerate(_words(said)):
        if word in _LEVELS and number:
            levels.add(_LEVELS[word])
        elif word.isdigit():
            if len(word) < 3:
                levels.add(word)
        elif word in RANKS:
            ranks.add(word)
        elif word not in _SILENT:
            words.append(word)
    return Title(tuple(words), frozenset(ranks), frozenset(levels))


def _words(said: str) -> Iterable[str]:
    for word in _WORD.findall(said):
        for one in _SAME_WORD.get(word, word).split():
            yield _singular(one)


def _singular(word: str) -> str:
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-1]
    return word


def _bracket(found: re.Match[str]) -> str:
    """A bracket's own words, unless it is an aside."""
    inside = found[1].strip()
    words = _WORD.findall(inside)
    before = _WORD.findall(found.string[: found.start()])
    initials = "".join(word[0] for word in before)
    if not words or _ASIDE.fullmatch(inside) or set(words) <= _GRADE:
        return " "
    letters = "".join(words)
    if len(words) == 1 and 2 <= len(letters) <= 6 and _is_within(letters, initials):
        return " "
    return f" {inside} "


def _is_within(letters: str, initials: str) -> bool:
    """Are these letters met in this order among the initials?"""
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def compare(a: Title, b: Title) -> Relation:
    """`same` role; `near`: they differ in rank, level or a distinguishing addition; or `other`."""
    if not a.words and not b.words:
        return "same" if a.ranks and (a.ranks, a.levels) == (b.ranks, b.levels) else "other"
    left, right = _leftovers(a, b)
    if left or right:
        if left and right:
            return "other"
        return "near" if a.words and b.words else "other"
    return "same" if a.ranks == b.ranks and a.levels == b.levels else "near"


def _leftovers(a: Title, b: Title) -> tuple[list[str], list[str]]:
    """The words of either title that have no counterpart, spelled alike, in the other."""
    left = list((Counter(a.words) - Counter(b.words)).elements())
    right = list((Counter(b.words) - Counter(a.words)).elements())
    if not left or len(left) != len(right):
        return left, right
    if fuzz.token_sort_ratio(" ".join(a.words), " ".join(b.words)) < SAME:
        return left, right
    for word in sorted(left):
        near = max(sorted(right), key=lambda other: fuzz.ratio(word, other), default=None)
        if near is not None and fuzz.ratio(word, near) >= SLIP:
            left.remove(word)
            right.remove(near)
    return left, right


def contradict(a: Title, b: Title) -> bool:
    """Do two titles under one key name different roles?

    A vacancy may be retitled. Titles that each say something the other does not, and share less
    than half of their words, are two vacancies: a page with several openings, or a link pasted
    wrongly.
    """
    ours, theirs = a.substance, b.substance
    if not ours or not theirs or ours <= theirs or theirs <= ours:
        return False
    return 2 * len(ours & theirs) < len(ours | theirs)
