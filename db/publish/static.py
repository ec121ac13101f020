"""The board as plain files that any web host can serve.

Lists of postings, a page for each with its JSON-LD, feeds, sitemap and robots.txt. Nothing is
loaded from elsewhere, and all of it reads without JavaScript; with it, the list can be filtered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from db.publish import atom, board, jsonld
from db.publish._entry import Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import safe_html
from db.publish._words import country_name, pay_text, places_text

TEMPLATES = Path(__file__).parent / "templates"
PER_PAGE = 500  # postings in a list; the filter reads the other lists when it is first used
PER_SITEMAP = 50_000  # addresses: the protocol's own limit
LANGUAGE = "en"  # of the pages themselves
WORKPLACES = {"onsite": "On site", "hybrid": "Hybrid", "remote": "Remote"}
EMPLOYMENT = {
    "FULL_TIME": "Full time",
    "PART_TIME": "Part time",
    "CONTRACTOR": "Contract",
    "TEMPORARY": "Temporary",
    "INTERN": "Internship",
    "VOLUNTEER": "Volunteer",
    "PER_DIEM": "Per diem",
}


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    newest = sorted(entries, key=lambda entry: (entry.added, entry.id), reverse=True)
    # In this order a visitor meets no link to a page that is not written yet.
    return {
        "board.css": (TEMPLATES / "board.css").read_text(encoding="utf-8"),
        "filter.js": (TEMPLATES / "filter.js").read_text(encoding="utf-8"),
        **{f"postings/{entry.id}.html": page(entry, edition) for entry in newest},
        "jobs.json": board.data_file(newest, edition),
        "jobs.rss": board.feed(newest, edition, f"{edition.site}jobs.rss"),
        **atom.write(newest, edition),
        **sitemaps(newest, edition),
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {edition.site}sitemap.xml\n",
        **_lists(newest, edition),
    }


def page(entry: Entry, edition: Edition) -> str:
    """A posting's page."""
    return _render(
        "posting.html",
        edition,
        root="../",
        posting=_shown(entry),
        json_ld=Markup(jsonld.script(entry)),
        description=Markup(safe_html(entry.description_html, entry.description_text)),
        permalink=atom.permalink(entry, edition),
    )


def _lists(entries: Sequence[Entry], edition: Edition) -> Files:
    """The pages of the list; the first is index.html."""
    parts = [entries[at : at + PER_PAGE] for at in range(0, len(entries), PER_PAGE)] or [()]
    names = ["index.html", *(f"page-{number}.html" for number in range(2, len(parts) + 1))]
    countries = sorted({name for entry in entries for name in _countries(entry)})
    categories = sorted({name for entry in entries for name in _categories(entry)})
    return {
        name: _render(
            "index.html",
            edition,
            root="",
            postings=[_shown(entry) for entry in part],
            total=len(entries),
            names=names,
            number=names.index(name),
            countries=countries,
            categories=categories,
            workplaces=WORKPLACES,
        )
        for name, part in zip(names, parts, strict=True)
    }


def _shown(entry: Entry) -> dict[str, Any]:
    """What the pages say of a posting."""
    return {
        "id": entry.id,
        "title": entry.title,
        "organization": entry.organization,
        "unit": entry.unit,
        "url": entry.url,
        "place": places_text(entry),
        "workplace": WORKPLACES.get(entry.workplace, ""),
        "workplace_code": entry.workplace,
        "employment": [EMPLOYMENT[one] for one in entry.employment_type if one in EMPLOYMENT],
        "pay": pay_text(entry),
        "added": _day(entry.added),
        "added_iso": entry.added,
        "deadline": _day(entry.deadline),
        "deadline_iso": entry.deadline,
        "excerpt": entry.excerpt,
        "countries": _countries(entry),
        "categories": _categories(entry),
        "language": entry.language,
    }


def _countries(entry: Entry) -> list[str]:
    return list(dict.fromkeys(country_name(p.country) for p in entry.places if p.country))


def _categories(entry: Entry) -> list[str]:
    return list(dict.fromkeys(one for found in entry.categories.values() for one in found))


def _day(text: str | None) -> str:
    """A day as people write it: 3 March 2026."""
    if not text:
        return ""
    day = date.fromisoformat(text[:10])
    return f"{day.day} {day:%B %Y}"


def sitemaps(entries: Sequence[Entry], edition: Edition) -> Files:
    """https://www.sitemaps.org/protocol.html; an index of several where one would be too large."""
    pages = [(edition.site, edition.today.isoformat())]
    for entry in entries:
        pages.append((atom.permalink(entry, edition), (entry.updated or entry.added)[:10]))
    parts = [pages[at : at + PER_SITEMAP] for at in range(0, len(pages), PER_SITEMAP)]
    if len(parts) == 1:
        return {"sitemap.xml": _sitemap("urlset", "url", pages)}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    today = edition.today.isoformat()
    index = [(f"{edition.site}{name}", today) for name in names]
    files = {n: _sitemap("urlset", "url", part) for n, part in zip(names, parts, strict=True)}
    return {**files, "sitemap.xml": _sitemap("sitemapindex", "sitemap", index)}


def _sitemap(root: str, item: str, pages: Sequence[tuple[str, str]]) -> str:
    lines = "\n".join(
        f"  <{item}><loc>{escape(address)}</loc><lastmod>{escape(day)}</lastmod></{item}>"
        for address, day in pages
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}\n</{root}>\n'
    )


def _render(template: str, edition: Edition, **values: Any) -> str:
    text = (
        _environment()
        .get_template(template)
        .render(edition=edition, language=LANGUAGE, today=_day(edition.today.isoformat()), **values)
    )
    return f"{text}\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


FORMAT = Format("the board as plain files for a web host", write, folder=True, swept=True)
