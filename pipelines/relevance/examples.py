"""Labelled postings for training and measuring, from files of the maintainers' data.

`listings.csv` holds what community boards listed, `negatives.csv` what was advertised elsewhere,
`duplicate_pairs.csv` which listings are one posting, `background.toml` beside this file invented
titles. How rows are labelled is said in docs/model-card.md.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pycountry

from pipelines.relevance.features import Words, bases
from pipelines.relevance.words import base

BACKGROUND = Path(__file__).parent / "background.toml"
FILES = ("listings.csv", "negatives.csv", "duplicate_pairs.csv")
PICKS = ("newsletter", "rct-board")  # the editor's own
LEFT_OUT = ("2i2c",)  # one employer's own page, no choice of a community
HARD = "industry data/ML/analytics (hard near miss)"
CITIES = ("berlin", "belgrade", "munich", "dublin", "warwick", "dartmouth")  # in many titles
BACKGROUND_WEIGHT = 1.0
# Names that hold nothing but the word of their kind.
INVENTED = {
    "academia": "University", "lab": "National Laboratory", "nonprofit": "Hospital",
    "public": "Department", "industry": None,
}  # fmt: skip

_NO_DESCRIPTION = re.compile(r"(?:Internal|External) posting\.")
_LEADS = re.compile(
    r"\b(?:director|head of|head,|(?:team|group|tech|technical|programme|program|project|section)"
    r" lead(?:er)?|lead\b(?! generation)|leader|manager|mgr|supervisor|chief|vice president|vp"
    r"|provost|dean|president)\b",
    re.IGNORECASE,
)
_MANAGES_NO_ONE = re.compile(
    r"\b(?:account|success|relationship|case|territory|community|social media|content"
    r"|executive assistant|assistant to|leadership)\b",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"\b(?:senior|sr|principal|architect|coordinator|executive|chair|professor|staff|management"
    r"|owner|mentor|president|partner|leading|lead|leadership|officer)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled posting. A label of None is not known and not trained on."""

    words: Words
    topic: bool | None
    lead: bool | None
    source: str  # the file's own word for where it comes from
    kind: str  # of a negative: what sort it is; otherwise ""
    employer: str  # one name per employer, for splitting and counting
    group: str  # examples of one employer, and copies of one posting, are never split
    weight: float = 1.0

    @property
    def key(self) -> str:
        """Eight hexadecimal digits of title and employer: was this example trained on?"""
        said = f"{plain(self.words.title)}|{plain(self.words.organization or '')}"
        return hashlib.blake2b(said.encode(), digest_size=4).hexdigest()


def plain(text: str) -> str:
    """The words of a text in small letters, without punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))


def employer_name(organization: str) -> str:
    """The employer without unit and place: "University of X - School of Y" is "university of x"."""
    return plain(re.split(r" - |, | \(", organization)[0])


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file; none when it is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labelled(data: Path, kinds: Mapping[str, str]) -> list[Example]:
    """Positive and negative examples of a folder. `kinds`: plain employer name -> its kind.

    Whatever is part of the independent test (labelled_uk_academic_jobs.csv) is left out.
    """
    test = {row["job_id"] for row in read_rows(data / "labelled_uk_academic_jobs.csv")}
    rows = [
        (row, True, row["source"])
        for row in read_rows(data / "listings.csv")
        if row["source"] not in LEFT_OUT
    ]
    rows += [
        (row, False, row["kind"])
        for row in read_rows(data / "negatives.csv")
        if row["url"].rsplit("/", 1)[-1] not in test
    ]
    groups = _groups([row for row, _, _ in rows], read_rows(data / "duplicate_pairs.csv"))
    examples = []
    for (row, topic, source), group in zip(rows, groups, strict=True):
        name = row["organization"]
        summary = "" if _NO_DESCRIPTION.match(row["summary"]) else row["summary"]
        kind = kinds.get(plain(name)) or kinds.get(employer_name(name))
        examples.append(
            Example(
                words=Words(row["title"], name or None, None, kind, summary or None),
                topic=topic,
                lead=True if source in PICKS else leads(row["title"], topic),
                source=source if topic else "negatives",
                kind="" if topic else source,
                employer=employer_name(name) or plain(row["title"]),
                group=group,
            )
        )
    return examples


def place_words(data: Path) -> frozenset[str]:
    """Words of the places in the files: they tell where a list comes from, so no model has them."""
    places: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    for name in FILES[:2]:
        for row in read_rows(data / name):
            places.update(set(bases(row["location"])))
            titles.update(set(bases(row["title"])))
    told = {word for word, n in places.items() if n >= 3 and n > titles[word]}
    named = [country.name for country in pycountry.countries]
    named += [
        region.name
        for country in ("US", "CA", "AU", "GB")
        for region in pycountry.subdivisions.get(country_code=country)
    ]
    return frozenset({*told, *CITIES, *(base(name) for name in named if " " not in name)})


def leads(title: str, community: bool) -> bool | None:
    """Does a title say that somebody leads? None where it does not settle the question."""
    if _MANAGES_NO_ONE.search(title):
        return False
    if _LEADS.search(title):
        return True
    if _PERHAPS.search(title):
        # Seniority outside the field is not leading; within it, editors disagree.
        is_rank = re.search(r"\b(?:senior|sr)\b", title, re.IGNORECASE)
        return False if is_rank and not community else None
    return False


def background() -> list[Example]:
    """Invented postings: what employers advertise that no data file shows."""
    examples = []
    for label, kinds in tomllib.loads(BACKGROUND.read_text(encoding="utf-8")).items():
        for kind, titles in kinds.items():
            for number, entry in enumerate(titles):
                title, _, about = entry.partition(" | ")
                name = f"invented {label} {kind} {number}"
                examples.append(
                    Example(
                        words=Words(title, INVENTED[kind], None, kind, about or None),
                        topic=label == "research_computing",
                        lead=None,
                        source="background", kind=kind, employer=name, group=name,
                        weight=BACKGROUND_WEIGHT,
                    )
                )  # fmt: skip
    return examples


def _groups(rows: list[dict[str, str]], pairs: list[dict[str, str]]) -> list[str]:
    """One name per set of rows that share an employer, an address, or are known duplicates."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    def join(a: str, b: str) -> None:
        first, second = sorted((root(a), root(b)))
        parents[second] = first

    def names(row: dict[str, str]) -> list[str]:
        employer, url = employer_name(row["organization"]), row["url"]
        own = f"employer {employer}" if employer else f"title {plain(row['title'])}"
        return [own, f"url {url}"] if url else [own]

    for row in rows:
        first, *others = names(row)
        for other in others:
            join(first, other)
    for pair in pairs:
        if pair["label"] in ("DUP", "REPOST"):
            join(f"url {pair['url_a']}", f"url {pair['url_b']}")
    return [root(names(row)[0]) for row in rows]
