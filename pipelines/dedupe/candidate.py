"""What identity needs to know of a posting, and what is decided about two of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from pipelines.dedupe.addresses import Address, read_address
from pipelines.dedupe.employers import names_of
from pipelines.dedupe.titles import Title, plain, read_title

Kind = Literal["duplicate", "repost", "sibling"]
How = Literal["keys", "requisition", "link", "url", "number", "text", "text+description"]
Key = tuple[str, str, str]  # platform, tenant, key


class Spot(NamedTuple):
    """A place of work, as far as it is known: codes as in `crawler.posting.Place`."""

    city: str | None
    region: str | None
    country: str | None
    remote: bool


@dataclass(frozen=True)
class Candidate:
    """One posting, as the rules see it. What is not known is empty or None."""

    id: int
    platform: str = ""  # "" when its link is of no known platform
    tenant: str = ""
    native_id: str | None = None  # None: its link does not say which posting it is
    requisition_id: str | None = None
    keys: frozenset[Key] = frozenset()  # its own identities
    links: frozenset[Key] = frozenset()  # identities that its links (to apply) lead to
    url: str = ""
    apply_url: str = ""
    title: str = ""
    organization: str = ""
    unit: str = ""
    location: str = ""  # as written; equal texts agree whatever they mean
    places: tuple[Spot, ...] = ()
    language: str = ""
    first: date | None = None  # day it was first seen or posted
    last: date | None = None  # day it closed; `date.max` while open; None: unknown
    board: bool = False  # shown by a board of many employers
    generic: bool = False  # read by a generic engine: its key is an address

    @cached_property
    def site(self) -> tuple[str, str]:
        """Within it two numbers are two vacancies: platform and tenant, else the host."""
        if self.platform and not self.generic:
            return self.platform, self.tenant
        return "", self.address.host

    @cached_property
    def own_id(self) -> str | None:
        """What names this posting on its site, or None."""
        if self.native_id is not None or (self.platform and not self.generic):
            return self.native_id
        page, fragment = self.address.page, self.address.fragment
        if fragment:
            return f"{page}#{fragment}"
        return page if self.address.names_one else None

    def speaking(self, language: str) -> Candidate:
        """The same in this language (ISO 639-1)."""
        return replace(self, language=language)

    @cached_property
    def address(self) -> Address:
        return read_address(self.url)

    @cached_property
    def employers(self) -> tuple[str, ...]:
        return names_of(self.organization)

    @cached_property
    def heading(self) -> Title:
        names = [*self.employers, *names_of(self.unit)]
        names += [plain(spot.city) for spot in self.places if spot.city]
        return read_title(self.title, tuple(names))


class Decision(NamedTuple):
    """What two postings are to each other: kind, the rule that says so, and how sure (0 to 1)."""

    kind: Kind
    how: How
    score: float
