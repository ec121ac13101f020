"""YAML and JSON: lists of jobs as boards keep them, whatever their keys are called.

The editor's `jobs.json`, US-RSE's `_data/jobs.yml` (whose `location` is institution and place in
one) and hpc.social's `_data/jobs.yaml` are such lists; so is a JSON feed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from crawler.harvest.employer import free_form
from crawler.harvest.lead import Harvest, HarvestError, iso_day

TITLES = ("title", "name", "position", "job_title")
LINKS = ("url", "apply_link", "apply_url", "url_apply", "link", "href", "external_url")
EMPLOYERS = ("employer", "company", "organization", "organisation", "institution")
POSTED = ("posted", "date_posted", "date", "date_published", "published")
CLOSES = ("expires", "closes", "deadline", "application_deadline", "valid_through")

DEEPEST = 6  # how far down a list of jobs may be
NESTING = 50  # of a YAML document
ENTRY_START = re.compile(r"^(?:[\w-]+:\s*\n)?\s*-\s+[\w-]+:(?:\s|$)", re.M)
URL_KEY = re.compile(r"^\s*(?:-\s+)?['\"]?(?:url|link|apply_link|href)['\"]?\s*:", re.M)

# All scalars are texts: no dates that a calendar does not have, no objects, no merging of mappings.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_json(text: str, base_url: str | None = None) -> Harvest:
    """The leads of a JSON document. Raises HarvestError."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise HarvestError(f"not JSON: {error}") from None
    return _read(data, "json", base_url)


def read_yaml(text: str, base_url: str | None = None) -> Harvest:
    """The leads of a YAML document. Raises HarvestError, also for bombs."""
    try:
        _refuse_bombs(text)
        data = yaml.load(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        raise HarvestError(f"not YAML: {line}{' '.join(str(said).split())}") from None
    return _read(data, "yaml", base_url)


def _refuse_bombs(text: str) -> None:
    """A few lines of YAML can stand for billions: through aliases of aliases, or by nesting.

    The events are looked at before anything is built. An alias of a single value is harmless.
    """
    depth, collections = 0, set()
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > NESTING:
                raise HarvestError(f"this YAML is nested more than {NESTING} deep")
            if event.anchor:
                collections.add(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent) and event.anchor in collections:
            line = event.start_mark.line + 1
            raise HarvestError(
                f"line {line}: a YAML alias of a whole list or mapping is not expanded"
            )


def is_json(text: str) -> bool:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start not in ("{", "["):
        return False
    try:
        json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError):
        # Of what only begins like it, a truncated file is more likely than a link in Markdown.
        return bool(re.match(r"\s*[{\[]\s*[{\"]", text.lstrip("\ufeff")))
    return True


def looks_like_yaml(text: str) -> bool:
    """A list of mappings with links among them."""
    return bool(ENTRY_START.search(text[:20_000]) and URL_KEY.search(text))


def _read(data: Any, kind: str, base_url: str | None) -> Harvest:
    found = Harvest(kind)
    if isinstance(data, dict):
        found.date = iso_day(first_text(data, ("generated", "updated", "date")))
    for number, entry in enumerate(_entries(data), start=1):
        organization, location = (
            first_text(entry, EMPLOYERS),
            first_text(entry, ("location", "place")),
        )
        if organization is None and location:
            organization, location = free_form(location)
        title = first_text(entry, TITLES)
        found.add(
            first_text(entry, LINKS) or "",
            base_url,
            f"entry {number}",
            title or "",
            title=title,
            organization=organization,
            location=location,
            posted=iso_day(first_text(entry, POSTED)),
            closes=iso_day(first_text(entry, CLOSES)),
        )
    return found


def _entries(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The mappings that have a title and a link, or a title in a list of such."""
    if depth > DEEPEST:
        return
    if isinstance(data, dict):
        if first_text(data, TITLES) and first_text(data, LINKS) and not _lists(data):
            yield data
            return
        for value in data.values():
            if isinstance(value, dict | list):
                yield from _entries(value, depth + 1)
    elif isinstance(data, list):
        rows = [row for row in data if isinstance(row, dict)]
        jobs = any(first_text(row, TITLES) and first_text(row, LINKS) for row in rows)
        for row in data:
            if (
                jobs
                and isinstance(row, dict)
                and first_text(row, TITLES)
                and not first_text(row, LINKS)
            ):
                yield row  # to be told: an entry without a link
            elif isinstance(row, dict | list):
                yield from _entries(row, depth + 1)


def _lists(data: dict[str, Any]) -> bool:
    """Does it hold a list of mappings? Then it is a document about jobs, not a job."""
    values = (value for value in data.values() if isinstance(value, list))
    return any(
        row for value in values for row in value if isinstance(row, dict) and first_text(row, LINKS)
    )


def first_text(entry: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these keys that holds a text."""
    lowered = {str(key).lower(): value for key, value in entry.items()}
    values = (lowered.get(name) for name in names)
    return next(
        (value.strip() for value in values if isinstance(value, str) and value.strip()), None
    )
