"""A posting as it is published: the rows of the database, chosen among and made harmless. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from db.publish._links import employers_url, web_address
from db.publish._text import one_line, paragraphs

RECRUITER = "(Recruiter)"
SHORTEST_EXCERPT = 24  # words: the shortest paragraph that the editor ever quoted
NOTHING_TO_SHOW = "it has no web address, title or employer that can be shown"
# The order of the editor's data file.
CATEGORY_TYPES = ("technical", "sector", "role", "domain")


@dataclass(frozen=True)
class Place:
    """A place of work; `country` is ISO 3166-1 alpha-2."""

    city: str | None = None
    region: str | None = None
    country: str | None = None
    remote: bool = False  # from home in this area
    various: bool = False  # several places in this area


@dataclass(frozen=True)
class Entry:
    """A posting to publish. Texts are on one line and hold nothing invisible, but are no markup of
    any kind yet; days are ISO 8601."""

    id: int
    title: str
    organization: str
    url: str  # http(s), the employer's where it is known
    location: str = ""  # the editor's notation: no comma in it
    apply_url: str | None = None
    unit: str = ""
    requisition_id: str = ""
    workplace: str = ""  # onsite, hybrid, remote
    employment_type: tuple[str, ...] = ()  # schema.org words
    date_posted: str | None = None
    first_seen: str = ""
    last_seen: str = ""
    added: str = ""  # the day the editor kept it, else the day it was first seen
    updated: str = ""  # moment or day of the last change of what it says
    deadline: str | None = None
    salary_min: float | None = None
    salary_max: float | None = None
    salary_currency: str = ""
    salary_unit: str = ""
    topic_score: float | None = None
    lead_score: float | None = None
    excerpt: tuple[str, ...] = ()  # paragraphs
    description_html: str = ""  # sanitised when it was stored
    description_text: str = ""
    language: str = ""
    places: tuple[Place, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by type
    issue: str = ""
    position: int | None = None

    @property
    def posted(self) -> str:
        """The day it was advertised, as far as that is known."""
        return self.date_posted or self.first_seen


@dataclass(frozen=True)
class LeftOut:
    """A posting that is not published, and why."""

    title: str
    reason: str


def entries_of(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Entry], list[LeftOut]]:
    """Rows of `chosen` as entries, each posting once; what has no web address is left out."""
    entries: dict[int, Entry] = {}
    left_out = []
    for row in rows:
        vacancy = row.get("duplicate_of") or row["id"]
        if vacancy in entries:
            left_out.append(
                LeftOut(one_line(row["title"]), f"the same as {entries[vacancy].title!r}")
            )
            continue
        entry = entry_of(row)
        if entry is None:
            left_out.append(LeftOut(one_line(row["title"]), NOTHING_TO_SHOW))
        else:
            entries[vacancy] = entry
    return list(entries.values()), left_out


def entry_of(row: Mapping[str, Any]) -> Entry | None:
    """One row as an entry; None when it has no title or employer, or no web
    address leads to it.

    A row has the columns of `postings` and `texts`, all but `id`, `title`, `organization` and `url`
    optional, and `mark` (a mapping: what the editor changed), `source_note`, `other_urls`,
    `updated`, `places` (mappings) and `categories` (pairs of type and category).
    """
    mark = row.get("mark") or {}
    url = employers_url(row["url"], row.get("apply_url"), row.get("other_urls") or ())
    title = one_line(mark.get("title")) or one_line(row["title"])
    organization = _organization(row)
    if url is None or not title or not organization:
        return None
    said: dict[str, Any] = {name: one_line(row.get(name)) for name in _TEXTS}
    said |= {name: row.get(name) for name in _NUMBERS}
    added = (mark.get("at") or row.get("first_seen") or "")[:10]
    return Entry(
        id=row["id"],
        title=title,
        organization=organization,
        url=url,
        location=_location(mark.get("location") or row.get("location")),
        apply_url=web_address(row.get("apply_url")),
        employment_type=tuple(re.findall(r"\w+", row.get("employment_type") or "")),
        added=added,
        updated=row.get("updated") or added,
        excerpt=_excerpt(mark.get("excerpt"), row.get("excerpt"), row.get("description_text")),
        description_html=row.get("description_html") or "",
        description_text=row.get("description_text") or "",
        places=tuple(map(_place, row.get("places") or ())),
        categories=_categories(row.get("categories") or ()),
        issue=one_line(mark.get("issue")),
        position=mark.get("position"),
        date_posted=row.get("date_posted") or None,
        deadline=row.get("valid_through") or None,
        **said,
    )


_NUMBERS = ("salary_min", "salary_max", "topic_score", "lead_score")
_TEXTS = (
    "unit", "requisition_id", "workplace", "first_seen", "last_seen", "salary_currency",
    "salary_unit", "language",
)  # fmt: skip


def _organization(row: Mapping[str, Any]) -> str:
    """The employer; recruiters are marked as the editor marks them."""
    name = one_line(row["organization"])
    # The catalogue notes it of a whole source.
    noted = re.match(r"an? recruiter\b", row.get("source_note") or "", re.IGNORECASE)
    recruiter = bool(row.get("recruiter") or noted)
    return f"{name} {RECRUITER}" if recruiter and not name.endswith(RECRUITER) else name


def _place(said: Mapping[str, Any]) -> Place:
    city, region, country = (one_line(said.get(name)) for name in ("city", "region", "country"))
    remote, various = bool(said.get("remote")), bool(said.get("various"))
    return Place(city or None, region or None, country or None, remote, various)


def _location(text: str | None) -> str:
    return re.sub(r"\s*,\s*", " ", one_line(text)).strip()


def _excerpt(chosen: str | None, proposed: str | None, description: str | None) -> tuple[str, ...]:
    """What the editor chose, else what was proposed, else the first paragraph of some length."""
    if chosen is not None:
        return tuple(paragraphs(chosen))
    if proposed and (found := paragraphs(proposed)):
        return tuple(found)
    long = (one for one in paragraphs(description) if len(one.split()) >= SHORTEST_EXCERPT)
    return tuple(islice(long, 1))


def _categories(pairs: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    by_type: dict[str, list[str]] = {name: [] for name in CATEGORY_TYPES}
    for kind, category in pairs:
        by_type.setdefault(kind, []).append(one_line(category))
    return {kind: tuple(found) for kind, found in by_type.items() if found}
