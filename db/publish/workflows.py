"""One Markdown file per posting for the Workflows Community Initiative (`_jobs/`), with its eight
keys in the front matter and the advertisement below."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from db.publish import _posts
from db.publish._entry import Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import board_field, slug
from db.publish._words import expiry, mapped, places_text

EMPLOYMENT = {
    "FULL_TIME": "Full-time",
    "PART_TIME": "Part-time",
    "INTERN": "Internship",
    "CONTRACTOR": "Contract",
    "TEMPORARY": "Temporary",
}
# The employer's logo is not in the database; the initiative's own stands there until somebody
# who opens the pull request puts another.
LOGO = "https://workflows.community/images/workflows-community-logo-horizontal.png"


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    files = _posts.named(entries, _stem)
    return {f"{stem}.md": post(entry, edition) for stem, entry in files.items()}


def _stem(entry: Entry) -> str:
    return "_".join(filter(None, (slug(entry.organization, longest=40), slug(entry.title))))


def post(entry: Entry, edition: Edition) -> str:
    """One file."""
    away = entry.workplace == "remote" and not any(place.city for place in entry.places)
    place = "Full Remote" if away else board_field(places_text(entry))
    matter = {
        "layout": "jobs",
        "title": board_field(entry.title),
        "organization": board_field(entry.organization),
        "organization_logo": LOGO,
        "location": place or "Not stated",
        "application_deadline": expiry(entry, edition.today),
        "apply_link": entry.url,
        "employment_type": mapped(entry, EMPLOYMENT, "Full-time"),
    }
    head = yaml.safe_dump(matter, sort_keys=False, allow_unicode=True, width=100_000)
    text = "\n\n".join(filter(None, (_posts.body(entry), _posts.apply_line(entry))))
    return f"---\n{head}---\n\n{text}\n"


FORMAT = Format(
    "a Markdown file per posting for workflows.community", write, folder=True, swept=True
)
