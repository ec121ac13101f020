"""Entries for hpc.social's board (hpc-social/jobs, `_data/jobs.yaml`), the oldest first.

Eight keys, all of them in every entry; unique by url and title.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.publish._entry import Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import board_field
from db.publish._words import expiry, mapped, places_text, posted_day
from db.publish.usrse import as_yaml

JOB_TYPES = {"INTERN": "Internship", "CONTRACTOR": "Consulting"}
REMOTE = {"onsite": "Fully onsite", "hybrid": "Hybrid", "remote": "Fully remote"}


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    rows: dict[tuple[object, object], dict[str, object]] = {}
    for entry in entries:
        one = row(entry, edition)
        rows.setdefault((one["url"], one["title"]), one)
    oldest = sorted(rows.values(), key=lambda one: str(one["posted"]))
    return {"jobs.yaml": as_yaml(oldest)}


def row(entry: Entry, edition: Edition) -> dict[str, object]:
    return {
        "employer": board_field(entry.organization),
        "expires": expiry(entry, edition.today),
        "job_type": mapped(entry, JOB_TYPES, "Full-Time"),
        "location": board_field(places_text(entry, home="US")) or "Not stated",
        "posted": posted_day(entry, edition.today),
        "remote": remote(entry),
        "title": board_field(entry.title),
        "url": entry.url,
    }


def remote(entry: Entry) -> str:
    """The board's word; what says nothing of working from home is taken as on site."""
    if entry.workplace in REMOTE:
        return REMOTE[entry.workplace]
    away = [place.remote for place in entry.places]
    if away and all(away):
        return "Fully remote"
    return "Remote friendly" if any(away) else "Fully onsite"


FORMAT = Format("entries for hpc.social's jobs.yaml", write)
