"""The base spider every platform derives from: what a platform declares, and identity.

A platform is the software behind a career site. Its class declares which URLs are its own, what its
parameters are and how a posting is identified; a source (one entry of the catalogue) becomes a
generated subclass with the source's id as the spider's name (crawler/loader.py). How a listing is
walked is in crawler/patterns.py.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from w3lib.url import url_query_cleaner

from crawler.clock import today
from crawler.memory import Memory
from crawler.posting import Key, Posting
from crawler.report import Report
from crawler.sources import Source


class BaseParams(BaseModel):
    """Parameters of a platform: what an entry may say beyond its URL. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HostParams(BaseParams):
    """For platforms whose sites live on hosts of their own: the host is the tenant."""

    host: str

    @field_validator("host")
    @classmethod
    def _in_lower_case(cls, value: str) -> str:
        return value.lower()


class PatternParams(BaseParams):
    """For generic engines: which of a site's links are postings, and what identifies one.

    Both are regular expressions; `id_pattern` has a group `id`.
    """

    posting_pattern: str | None = None
    id_pattern: str | None = None

    @field_validator("posting_pattern", "id_pattern")
    @classmethod
    def _is_a_pattern(cls, value: str | None, info: Any) -> str | None:
        try:
            groups = re.compile(value or "").groupindex
        except re.error as error:
            raise ValueError(f"{value!r} is no regular expression: {error}") from None
        if value and info.field_name == "id_pattern" and "id" not in groups:
            raise ValueError(f"{value!r} has no group `(?P<id>...)`")
        return value


Params = BaseParams  # what platform files derive from, as `platform.Params`


@dataclass(frozen=True)
class PageRule:
    """Evidence in an employer's own page that a platform is behind it.

    `pattern` is searched in the page's HTML; its named groups are parameters, as in a URL rule.
    """

    pattern: re.Pattern[str]
    says: str


@dataclass(frozen=True)
class Match:
    """A URL claimed by a platform: the parameters and the posting id it carries, and why.

    `groups` are all named groups of the rule, also those that are no parameter.
    `posting_id` is None for the URL of a listing.
    """

    platform: type[Platform]
    url: str
    params: Any  # an instance of the platform's Params
    posting_id: str | None
    groups: Mapping[str, str]
    evidence: str

    @cached_property
    def tenant(self) -> str:
        return self.platform.tenant_of(self.params)

    @cached_property
    def key(self) -> Key | None:
        if self.posting_id is None:
            return None
        return Key(self.platform.platform, self.tenant, self.platform.key_from_url(self))

    @cached_property
    def canonical_url(self) -> str:
        return self.platform.canonical_url(self)


class Platform(scrapy.Spider):
    """Base of all platforms.

    A platform declares the class attributes below, in a module whose docstring says what the
    software is, its public endpoints and its traps, with the source of each fact.
    """

    # The software's name as people write it.
    label: ClassVar[str]
    # What an entry of the catalogue may set. Most parameters come from the URL.
    Params: ClassVar[type[BaseParams]] = BaseParams
    # Regular expressions (verbose, case-insensitive, matched from the start of the URL). Named
    # groups are parameters, `posting_id`, or raw material for `canonical_url` and `key_from_url`.
    url_rules: ClassVar[tuple[str, ...]] = ()
    # The same for hosts of the employer's own, tried only where the catalogue says that the host
    # runs this platform (or where page evidence does).
    vanity_rules: ClassVar[tuple[str, ...]] = ()
    page_rules: ClassVar[tuple[PageRule, ...]] = ()
    # URL -> what it yields: parameters that are set, and `posting_id` where there is one.
    examples: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    not_examples: ClassVar[tuple[str, ...]] = ()
    # The parameters that name the tenant; none: all of them. A platform that is one site has the
    # name of that.
    tenant_params: ClassVar[tuple[str, ...]] = ()
    single_site: ClassVar[str] = ""
    # What an entry must say, though a link may leave it open.
    needed: ClassVar[tuple[str, ...]] = ()
    # Why its postings are not read, for a platform that is only recognised (its URLs are claimed,
    # its sources stay disabled). None: they are read.
    unread: ClassVar[str | None] = None
    # Its pages link to another platform behind it; the front end is what an employer's page shows.
    front_end: ClassVar[bool] = False
    # A generic engine has no URL rules and is chosen by an entry.
    generic: ClassVar[bool] = False
    # A board: its postings are of many employers, and a new site of it is not proposed from a link.
    many_employers: ClassVar[bool] = False
    # May absence from a complete listing close a posting?
    listing_is_authoritative: ClassVar[bool] = True
    # Share of the declared total that may stay unseen in a complete listing.
    total_slack: ClassVar[float] = 0.0
    # Hosts whose API the vendor documents for public use, with the link that says so: the only
    # exception to robots.txt (and none with --strict-robots).
    public_api: ClassVar[Mapping[str, str]] = {}
    # Domains whose hosts all lead to one back end: together they get one request at a time.
    shared_back_ends: ClassVar[tuple[str, ...]] = ()
    # Raised by hand when extraction changes what it yields, so that known postings are read again.
    version: ClassVar[int] = 1
    # How the normalisers should read this platform's dates; a source may say otherwise.
    day_first: ClassVar[bool | None] = None
    time_zone: ClassVar[str | None] = None
    languages: ClassVar[tuple[str, ...]] = ("en",)
    # Days that the software adds to the posting date by itself to have an end date: no deadline.
    default_validity: ClassVar[tuple[int, ...]] = ()

    # Set by the class machinery and the loader.
    platform: ClassVar[str]
    source: ClassVar[Source]

    _url_patterns: ClassVar[tuple[re.Pattern[str], ...]] = ()
    _vanity_patterns: ClassVar[tuple[re.Pattern[str], ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__ and "source" not in cls.__dict__:
            _check_declaration(cls)
            cls.platform = cls.__dict__["name"]
            cls._url_patterns = tuple(_compile(cls, rule) for rule in cls.url_rules)
            cls._vanity_patterns = tuple(_compile(cls, rule) for rule in cls.vanity_rules)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params: Any = read_params(type(self), self.source)
        self.memory = Memory(today=today())
        self.report = Report()

    # --- recognition --------------------------------------------------------------------------

    @classmethod
    def match(cls, url: str) -> Match | None:
        """The URL's parameters and posting id when this platform claims it, by its URL rules."""
        return cls._first_match(url, cls._url_patterns, f"URL rule of {cls.label}", {})

    @classmethod
    def match_on_known_host(cls, url: str, params: BaseParams, evidence: str) -> Match | None:
        """Like `match` on a host that is known to run this platform with these parameters."""
        known = params.model_dump(exclude_none=True)
        return cls._first_match(url, cls._url_patterns + cls._vanity_patterns, evidence, known)

    @classmethod
    def _first_match(
        cls,
        url: str,
        patterns: Iterable[re.Pattern[str]],
        evidence: str,
        known: Mapping[str, Any],
    ) -> Match | None:
        for pattern in patterns:
            found = pattern.match(url)
            if found is None:
                continue
            groups = {name: value for name, value in found.groupdict().items() if value}
            said = {name: groups[name] for name in groups if name in cls.Params.model_fields}
            try:
                params = cls.Params.model_validate({**said, **known})
            except ValidationError:
                continue
            return Match(cls, url, params, groups.get("posting_id"), groups, evidence)
        return None

    @classmethod
    def params_for(cls, url: str, page: str) -> dict[str, Any] | None:
        """Of a generic engine: parameters with which it could read this page as a listing."""
        return None

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        """The scope in which this platform's keys are unique, in lower case.

        Default: `single_site`, else the `tenant_params`. "" for a link that does not say it.
        """
        if cls.single_site:
            return cls.single_site
        values = params.model_dump(exclude_none=True)
        said = [str(values[name]) for name in cls.tenant_params or values if name in values]
        return "/".join(said).lower()

    @classmethod
    def key_of(cls, native_id: str, requisition_id: str | None) -> str:
        """The key a crawl stores a posting under, within its tenant."""
        return native_id

    @classmethod
    def key_from_url(cls, match: Match) -> str:
        """The key read from a posting's URL; a crawl stores it too, as an alias if it differs."""
        assert match.posting_id is not None
        return match.posting_id

    @classmethod
    def canonical_url(cls, match: Match) -> str:
        """The URL without what does not identify the posting. Default: no query, no fragment."""
        return str(url_query_cleaner(match.url, [])).rstrip("/")

    # --- what a spider yields -----------------------------------------------------------------

    def posting(self, native_id: str, *, aliases: Iterable[Key] = (), **fields: Any) -> Posting:
        """A posting of this source, with its keys.

        `fields` are those of `Posting`; the employer is the catalogue's unless the site names one:
        on a board the catalogue's name is the board's, and no employer.
        Raises pydantic.ValidationError when a field has a type its form never had (parse_error).
        """
        unnamed = "" if self.many_employers else self.source.employer
        fields["organization"] = fields.get("organization") or unnamed
        tenant = self.tenant_of(self.params)
        keys = [Key(self.platform, tenant, self.key_of(native_id, fields.get("requisition_id")))]
        by_url = self.match_on_known_host(fields.get("url") or "", self.params, "own posting")
        if by_url and by_url.key:
            keys.append(by_url.key)
        return Posting(
            source=self.source.id,
            platform=self.platform,
            tenant=tenant,
            native_id=native_id,
            keys=list(dict.fromkeys([*keys, *aliases])),
            **fields,
        )


def read_params(platform: type[Platform], source: Source) -> BaseParams:
    """The source's parameters: those its URL yields, then those its entry states.

    Raises ValueError (pydantic's ValidationError is one) when they are incomplete or unknown.
    """
    stated = dict(source.params)
    match = platform.match(source.url)
    said = match.params.model_dump(exclude_unset=True) if match else {}
    return platform.Params.model_validate({**said, **stated})


def hosts_of(source: Source) -> set[str]:
    """The host names an entry speaks for."""
    return {host for host in [urlsplit(source.url).hostname, *source.hosts] if host}


def _compile(cls: type[Platform], rule: str) -> re.Pattern[str]:
    try:
        return re.compile(rule, re.VERBOSE | re.IGNORECASE)
    except re.error as error:
        raise TypeError(
            f"{cls.__module__}.{cls.__name__}: bad URL rule ({error}): {rule}"
        ) from None


def _check_declaration(cls: type[Platform]) -> None:
    """An incomplete platform is an import error that names the class and what it lacks."""

    def demand(holds: bool, what: str) -> None:
        if not holds:
            raise TypeError(f"{cls.__module__}.{cls.__name__}: {what}")

    name = cls.__dict__["name"]
    module = sys.modules.get(cls.__module__)
    demand(isinstance(name, str) and name.isidentifier(), "`name` must be an identifier")
    demand(
        cls.__module__.rpartition(".")[2] == name, f"`name` must be the file's name, not {name!r}"
    )
    demand(bool(module and module.__doc__), "the module needs a docstring: endpoints and traps")
    demand(bool(getattr(cls, "label", "")), "`label` is missing (the software's name)")
    demand(issubclass(cls.Params, BaseParams), "`Params` must derive from crawler.platform.Params")
    demand(cls.Params.model_config.get("extra") == "forbid", "`Params` must forbid unknown keys")
    if not cls.generic:
        demand(bool(cls.url_rules), "`url_rules` is empty")
        demand(bool(cls.examples), "`examples` is empty")
