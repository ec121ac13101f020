"""What a simulated career site is made of: jobs, a site, and the protocol a platform speaks."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from urllib.parse import SplitResult, parse_qsl, urlsplit


@dataclass
class Job:
    """One simulated job, in no platform's form. `number` is unique within its site."""

    number: int
    title: str
    unit: str
    city: str
    region: str | None
    country: str  # ISO 3166-1 alpha-2
    country_name: str
    employment_type: str  # FULL_TIME, PART_TIME or TEMPORARY
    workplace: str  # onsite, hybrid or remote
    description_html: str
    posted_on: date
    closes_on: date | None = None
    salary: tuple[int, int, str] | None = None  # yearly minimum, maximum, currency
    removed: bool = False  # no longer listed
    closed_said: bool = False  # removed, and its detail page says closed
    employer: str = ""  # the site's employer; on a board of many employers, this job's own


@dataclass
class Site:
    """One simulated career site. `today` is the simulator's day; it moves between crawls."""

    id: str
    employer: str
    jobs: list[Job]
    today: date
    quirks: dict[str, Any] = field(default_factory=dict)
    _by_number: dict[int, Job] = field(default_factory=dict, repr=False, compare=False)

    @property
    def listed(self) -> list[Job]:
        return [job for job in self.jobs if not job.removed]

    def job(self, number: int) -> Job | None:
        if len(self._by_number) != len(self.jobs):  # jobs are added, never taken out
            self._by_number = {job.number: job for job in self.jobs}
        return self._by_number.get(number)


@dataclass(frozen=True)
class SimRequest:
    """A request as the original site would see it."""

    method: str
    url: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes = b""

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.parts.query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def json(self) -> Any:
        return json.loads(self.body or b"null")


@dataclass(frozen=True)
class SimResponse:
    """An answer. `body` may be text, bytes, or anything JSON can hold (dict or list)."""

    body: str | bytes | dict[str, Any] | list[Any] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Protocol(ABC):
    """How one platform's sites answer, with its paging caps and quirks."""

    platform: ClassVar[str]
    # One site is all there is of this platform (jobs.ac.uk), however many sources are asked for.
    single: ClassVar[bool] = False
    # The site lists jobs of many employers (`Job.employer`).
    many_employers: ClassVar[bool] = False
    # Where its sites are, as ISO 3166-1 alpha-2; None for anywhere.
    country: ClassVar[str | None] = None
    # Postings of a generated site, at least and at most, where the platform's limits ask for it.
    usual_size: ClassVar[tuple[int, int] | None] = None
    # Quirks that the generated sites of this platform have in turn: {} for the first, ...
    variants: ClassVar[Sequence[Mapping[str, Any]]] = ({},)

    def __init__(self, site: Site):
        self.site = site

    @abstractmethod
    def entry(self) -> dict[str, Any]:
        """The catalogue entry of this site: id, employer, url, and params where needed."""

    @abstractmethod
    def answers_for(self, url: SplitResult) -> bool:
        """Is this URL one of this site's? Several sites may share a host."""

    @abstractmethod
    def answer(self, request: SimRequest) -> SimResponse | None:
        """The answer, or None for a path the site does not have (404)."""
