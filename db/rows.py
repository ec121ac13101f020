"""Postings as rows, and what a newly read posting changes in a stored one. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Place = tuple[str | None, str | None, str | None, int, int]

# What a posting says: the columns of `postings` and of `texts` that an update may touch.
SLIM = (
    "requisition_id", "url", "apply_url", "title", "organization", "unit", "recruiter",
    "location", "workplace", "employment_type", "contract", "hours", "date_posted",
    "valid_through", "salary_min", "salary_max", "salary_currency", "salary_unit",
    "salary_source", "content_hash",
)  # fmt: skip
LONG = (
    "description_html", "description_text", "excerpt", "language", "raw_location", "raw_country",
    "raw_workplace", "raw_employment_type", "raw_date_posted", "raw_valid_through", "raw_salary",
    "provenance",
)  # fmt: skip

# No news by themselves: a raw text when its parsed value says it, markup beside its text.
_SAID_BY = {
    "raw_location": "location",
    "raw_country": "location",
    "raw_workplace": "workplace",
    "raw_employment_type": "employment_type",
    "raw_date_posted": "date_posted",
    "raw_valid_through": "valid_through",
    "raw_salary": "salary_min",
}
# ... and what this house reads out of a text.
_SILENT = frozenset(
    {
        "content_hash",
        "description_html",
        "excerpt",
        "language",
        "recruiter",
        "provenance",
        "salary_source",
    }
)

# What a listing may correct in a posting whose detail is stored.
_LISTING_MAY_CORRECT = frozenset({"title", "url"})


def content_of(posting: Mapping[str, Any]) -> Row:
    """The columns SLIM and LONG of a posting (its JSON form); what is empty becomes None."""
    salary = posting.get("salary") or {}
    row = {column: posting.get(column) or None for column in SLIM + LONG}
    row.update({f"salary_{part}": salary.get(part) for part in ("min", "max", "currency", "unit")})
    row["content_hash"] = posting.get("content_hash") or ""
    places = posting.get("raw_location")
    row["raw_location"] = json.dumps(places, ensure_ascii=False) if places else None
    return row


def places_of(posting: Mapping[str, Any]) -> list[Place]:
    """The rows of `places` of a posting, without its id."""
    return [
        (
            place.get("city"),
            place.get("region"),
            place.get("country"),
            int(bool(place.get("remote"))),
            int(bool(place.get("various"))),
        )
        for place in posting.get("places") or ()
    ]


def updates(
    stored: Mapping[str, Any],
    said: Mapping[str, Any],
    *,
    detail: bool,
    detail_stored: bool,
    relative: Collection[str] = (),
) -> Row:
    """What to overwrite in a stored posting: column -> new value, for those that differ.

    Only columns of `stored` are compared. Without a detail (`detail` False) nothing empty replaces
    anything, and where the detail is stored only what a listing knows for certain does. `relative`
    names dates that were told from today ("Posted 3 Days Ago"): they fill a gap but never replace a
    stored date.
    """
    fixed = {f"{prefix}{name}" for name in relative for prefix in ("", "raw_")}
    new = {}
    for column in SLIM + LONG:
        if column not in stored:
            continue
        value, old = said[column], stored[column]
        if value == old or (old is not None and column in fixed):
            continue
        if not detail:
            correctable = old is None or not detail_stored or column in _LISTING_MAY_CORRECT
            if value is None or not correctable:
                continue
        new[column] = value
    return new


def news(
    stored: Mapping[str, Any], new: Mapping[str, Any], relative: Collection[str] = ()
) -> list[tuple[str, Any, Any]]:
    """The (field, old, new) of an update worth a row in `changes`."""
    silent = _SILENT | {f"{prefix}{name}" for name in relative for prefix in ("", "raw_")}
    return [
        (column, stored[column], value)
        for column, value in new.items()
        if column not in silent and _SAID_BY.get(column) not in new
    ]


def preferred(native_ids: Sequence[str], stored: str | None) -> str:
    """Which of several items that are one posting speaks for it: the same one every night."""
    return stored if stored is not None and stored in native_ids else min(native_ids)
