"""A sheet of the postings: CSV (RFC 4180) in UTF-8, with a line of column names.

A text that a spreadsheet would run as a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from db.publish._entry import CATEGORY_TYPES, Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import cell

_SAME = (
    "id", "title", "organization", "unit", "location", "workplace", "date_posted", "deadline",
    "salary_min", "salary_max", "salary_currency", "salary_unit", "url", "apply_url",
    "requisition_id", "first_seen", "last_seen", "topic_score", "lead_score",
)  # fmt: skip
COLUMNS = (*_SAME, "employment_type", "countries", *CATEGORY_TYPES, "excerpt")


def write(entries: Sequence[Entry], edition: Edition) -> Files:  # noqa: ARG001
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_cell(value) for value in row(entry)])
    return {"postings.csv": sheet.getvalue()}


def row(entry: Entry) -> list[object]:
    """Values in the order of COLUMNS; several of one kind are joined by a bar."""
    countries = dict.fromkeys(place.country for place in entry.places if place.country)
    return [
        *(getattr(entry, name) for name in _SAME),
        "|".join(entry.employment_type),
        "|".join(countries),
        *("|".join(entry.categories.get(kind, ())) for kind in CATEGORY_TYPES),
        "\n\n".join(entry.excerpt),
    ]


def _cell(value: object) -> object:
    return cell(value) if isinstance(value, str) else value


FORMAT = Format("a sheet (CSV)", write)
