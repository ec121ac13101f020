"""Posting, Place, Salary: the one thing that flows through the house.

Field names are schema.org JobPosting terms in snake case where schema.org has one
(https://schema.org/JobPosting): title, date_posted, valid_through, employment_type. The table names
`organization`, `unit` and `places` stand for hiringOrganization, its department and jobLocation.

A spider fills the raw fields; the pipelines fill the parsed ones and keep the raw beside them.
URLs are plain `str` and closed vocabularies `Literal`: a pydantic `HttpUrl` or a str-`Enum` breaks
Scrapy's feed export and sqlite-utils.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

Workplace = Literal["onsite", "hybrid", "remote"]
SalaryUnit = Literal["HOUR", "DAY", "WEEK", "MONTH", "YEAR"]
Contract = Literal["permanent", "fixed_term"]


class Key(NamedTuple):
    """An identity of a posting: unique within one tenant of one platform."""

    platform: str
    tenant: str
    key: str


class _Model(BaseModel):
    # validate_assignment: ItemAdapter would otherwise put an int into a str field.
    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Place(_Model):
    """One place of work. `country` is ISO 3166-1 alpha-2; `region` a state, province or nation."""

    city: str | None = None
    region: str | None = None
    country: str | None = None
    remote: bool = False  # from home, in this area
    various: bool = False  # several places in this area, which ones is not said


class Salary(_Model):
    """Pay as the employer states it. `currency` is ISO 4217, `unit` schema.org's unitText."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    unit: SalaryUnit | None = None


class Posting(_Model):
    """One advertised job.

    Mandatory for storing: title, url, organization. They may be empty here, because a posting
    without one is rejected with its reason by the pipelines, not lost by an exception.
    """

    # Whose, and which one.
    source: str
    platform: str
    tenant: str
    native_id: str
    requisition_id: str | None = None
    keys: list[Key] = Field(default_factory=list)  # first the primary one, then aliases

    title: str = ""
    url: str = ""
    apply_url: str | None = None
    organization: str = ""
    unit: str | None = None
    recruiter: bool = False  # the organization is an agency that advertises for others

    description_html: str | None = None
    description_text: str | None = None
    language: str | None = None  # ISO 639-1
    excerpt: str | None = None  # the paragraphs worth quoting

    raw_location: list[str] = Field(default_factory=list)
    raw_country: str | None = None  # when the site states the country apart from the place
    places: list[Place] = Field(default_factory=list)
    location: str | None = None  # in the editor's notation
    raw_workplace: str | None = None
    workplace: Workplace | None = None

    raw_employment_type: str | None = None
    employment_type: str | None = None  # schema.org words, comma-separated
    contract: Contract | None = None
    hours: float | None = None  # a week; 1 or less is the share of a full post

    raw_date_posted: str | None = None
    date_posted: date | None = None
    raw_valid_through: str | None = None
    valid_through: date | None = None

    raw_salary: str | None = None
    salary: Salary | None = None
    # "text": read out of the description, which is less sure than what the site says as pay.
    salary_source: Literal["field", "text"] | None = None

    # What the model makes of it (pipelines/relevance): 0 to 1, why, and the board's taxonomy.
    topic_score: float | None = None
    lead_score: float | None = None
    score_reasons: dict[str, list[dict[str, Any]]] = Field(default_factory=dict)
    score_model: str | None = None
    categories: list[tuple[str, str]] = Field(default_factory=list)  # type, category

    # Where the fields came from: JSON with `at`, `by`, `listing`, `detail`, `of_detail`
    # (crawler/provenance.py).
    provenance: str | None = None

    # Housekeeping of the crawl.
    fingerprint: str = ""  # hash of what the listing said
    content_hash: str = ""  # hash of what the posting says, without any crawl time
    detail_read: bool = True  # False: only the listing was read, the detail is still owed
    sighting: bool = False  # True: known and unchanged; nothing but "still there" is reported
    closed_reason: str | None = None  # the site's own word that this posting is closed
