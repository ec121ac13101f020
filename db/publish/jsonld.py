"""schema.org JobPosting, as search engines read it (https://schema.org/JobPosting)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from db.publish._entry import Entry, Place
from db.publish._format import Edition, Files, Format
from db.publish._text import one_line, safe_html
from db.publish._words import country_name
from db.publish.board import script_safe

CONTEXT = "https://schema.org"


def write(entries: Sequence[Entry], edition: Edition) -> Files:  # noqa: ARG001
    said = {"@context": CONTEXT, "@graph": [job_posting(entry) for entry in entries]}
    return {"postings.jsonld": script_safe(json.dumps(said, indent=2, ensure_ascii=False)) + "\n"}


def script(entry: Entry) -> str:
    """The content of a page's script element."""
    said = {"@context": CONTEXT, **job_posting(entry)}
    return script_safe(json.dumps(said, ensure_ascii=False))


def job_posting(entry: Entry) -> dict[str, Any]:
    """One posting; what it does not say is absent."""
    description = safe_html(entry.description_html, entry.description_text) or safe_html(
        None, "\n\n".join(entry.excerpt) or entry.title
    )
    said: dict[str, Any] = {
        "@type": "JobPosting",
        "title": entry.title,
        "description": description,
        "identifier": {
            "@type": "PropertyValue",
            "name": entry.organization,
            "value": entry.requisition_id or str(entry.id),
        },
        "datePosted": entry.posted,
        "validThrough": entry.deadline,
        "employmentType": list(entry.employment_type),
        "hiringOrganization": {"@type": "Organization", "name": entry.organization},
        "jobLocation": [_place(place) for place in entry.places if not place.remote],
        "baseSalary": _salary(entry),
        "url": entry.url,
        "directApply": False,
    }
    home = [place for place in entry.places if place.remote]
    if home or entry.workplace == "remote":
        said["jobLocationType"] = "TELECOMMUTE"
        names = dict.fromkeys(country_name(place.country) for place in home if place.country)
        said["applicantLocationRequirements"] = [
            {"@type": "Country", "name": name} for name in names
        ]
    return {key: value for key, value in said.items() if value not in (None, "", [])}


def _place(place: Place) -> dict[str, Any]:
    address = {
        "addressLocality": one_line(place.city),
        "addressRegion": one_line(place.region),
        "addressCountry": one_line(place.country),
    }
    given = {key: value for key, value in address.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **given}}


def _salary(entry: Entry) -> dict[str, Any] | None:
    if entry.salary_min is None and entry.salary_max is None:
        return None
    amount = {
        "minValue": entry.salary_min,
        "maxValue": entry.salary_max,
        "unitText": entry.salary_unit,
    }
    given = {key: value for key, value in amount.items() if value not in (None, "")}
    said = {
        "@type": "MonetaryAmount",
        "currency": entry.salary_currency,
        "value": {"@type": "QuantitativeValue", **given},
    }
    return {key: value for key, value in said.items() if value}


FORMAT = Format("schema.org JobPosting of each posting, as JSON-LD", write)
