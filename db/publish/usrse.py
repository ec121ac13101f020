"""Entries for the job lists of US-RSE (USRSE/usrse.github.io, `_data/jobs.yml`), new ones first.

Its tests ask for name, location, url, expires and posted, the dates as dates; the location is the
institution and the place.
"""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from db.publish._entry import Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import board_field
from db.publish._words import expiry, places_text, posted_day


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    rows = [row(entry, edition) for entry in entries]
    rows.sort(key=lambda one: str(one["posted"]), reverse=True)
    return {"jobs.yml": as_yaml(rows)}


def row(entry: Entry, edition: Edition) -> dict[str, object]:
    place = places_text(entry, home="US")
    note = f" ({entry.workplace})" if place and entry.workplace == "hybrid" else ""
    said = ", ".join(filter(None, (entry.organization, f"{place}{note}")))
    return {
        "expires": expiry(entry, edition.today),
        "location": board_field(said),
        "name": board_field(entry.title),
        "posted": posted_day(entry, edition.today),
        "url": entry.url,
    }


def as_yaml(rows: Sequence[dict[str, object]]) -> str:
    """A list of mappings, keys in their order, a text never broken over lines."""
    if not rows:
        return "[]\n"
    return str(yaml.safe_dump(list(rows), sort_keys=False, allow_unicode=True, width=100_000))


FORMAT = Format("entries for US-RSE's jobs.yml", write)
