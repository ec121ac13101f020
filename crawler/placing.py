"""Where a lead belongs: its platform, its posting, the source of the catalogue that watches it.

For what no source watches yet an entry is proposed. Nothing is asked of any site: a proposal says
what the links say, and is worth a trial visit before it is trusted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from crawler.catalogue_file import entry_text
from crawler.employers import employer_key, plain_name
from crawler.entry_address import agree, entry_address
from crawler.errors import ConfigError
from crawler.harvest.lead import Lead
from crawler.loader import platforms, spider_class
from crawler.platform import Match, Platform, hosts_of, read_params
from crawler.recognise import Recogniser, host_of
from crawler.sources import Source

UNKNOWN = "unknown: no platform and no source claims this URL"

# Parameters that say how a site is shown, not whose it is.
SHOWN_AS = frozenset({"language", "locale", "lang"})


@dataclass
class Placed:
    """A lead, and what is known of its link."""

    lead: Lead
    match: Match | None = None
    source: Source | None = None  # the entry that watches it, which may not be enabled
    reason: str | None = None  # why it is not placed, or placed and not crawled
    proposal: Proposal | None = None

    @property
    def platform(self) -> str | None:
        return self.match.platform.platform if self.match else None

    @property
    def watched(self) -> bool:
        return self.source is not None and self.source.enabled

    @property
    def source_id(self) -> str | None:
        """Of the entry that watches it, or would."""
        source = self.source or (self.proposal.source if self.proposal else None)
        return source.id if source else None


@dataclass
class Proposal:
    """An entry that the catalogue lacks."""

    source: Source
    leads: list[Lead] = field(default_factory=list)
    note: str | None = None  # what a person should look at before adding it

    @property
    def text(self) -> str:
        return entry_text(self.source)


class Placer:
    """Places leads with the platforms' rules and a catalogue, and collects what it lacks."""

    def __init__(self, catalogue: Mapping[str, Source]):
        self.catalogue = catalogue
        self.recogniser = Recogniser(catalogue.values())
        self.proposals: list[Proposal] = []

    def place(self, leads: Iterable[Lead], evidence: str = "") -> list[Placed]:
        """One Placed for each lead. New proposals are appended to `proposals`.

        `evidence` says where and when the leads were found; it is written into the entries.
        """
        placed = [self._place(lead) for lead in leads]
        self._propose([p for p in placed if p.match and not p.source], evidence)
        return placed

    def place_match(self, lead: Lead, match: Match, evidence: str = "") -> Placed:
        """Like `place` for one lead whose platform is known, from the page behind its link."""
        placed = self._placed(lead, match)
        if not placed.source:
            self._propose([placed], evidence)
        return placed

    # --- platform and source ------------------------------------------------------------------

    def _place(self, lead: Lead) -> Placed:
        if lead.tidied is None:
            return Placed(lead, reason="it names no link")
        try:
            match = self.recogniser.recognise(lead.tidied)
        except ConfigError as error:
            return Placed(lead, reason=str(error))
        if match is None:
            return Placed(lead, reason=self._unknown(lead.tidied))
        return self._placed(lead, match)

    def _placed(self, lead: Lead, match: Match) -> Placed:
        platform, source = match.platform, self._source_of(match, lead)
        reason = None
        if match.posting_id is None:
            reason = f"not a posting: a listing of {platform.label}"
        elif platform.unread:
            reason = f"{platform.label}: {platform.unread}"
        elif source and not source.enabled:
            moved = f" (now {source.moved_to})" if source.moved_to else ""
            reason = f"source {source.id} is not crawled: {source.reason}{moved}"
        return Placed(lead, match, source, reason)

    def _unknown(self, url: str) -> str:
        known = self._by_host.get(host_of(url))
        if known is None:
            return UNKNOWN
        return f"unknown: the host is source {known.id}, whose postings have other addresses"

    def _source_of(self, match: Match, lead: Lead) -> Source | None:
        """The entry of the same tenant that agrees with what the link says.

        One tenant may hold several sites of several employers (career sections, campuses); an entry
        of another one counts when it is the only one and names the same employer.
        """
        tenants = self._by_tenant.get((match.platform.platform, match.tenant.casefold()), [])
        said = match.params.model_dump(exclude_none=True, exclude=SHOWN_AS, mode="json")
        agreeing = [source for source, params in tenants if agree(said, params)]
        if not agreeing and len(tenants) == 1:
            same = employer_key(tenants[0][0].employer) == employer_key(lead.organization)
            agreeing = [tenants[0][0]] if same else []
        return min(agreeing, key=lambda source: not source.enabled, default=None)

    @cached_property
    def _by_tenant(self) -> Mapping[tuple[str, str], list[tuple[Source, dict[str, Any]]]]:
        tenants: dict[tuple[str, str], list[tuple[Source, dict[str, Any]]]] = {}
        for source in self.catalogue.values():
            platform = platforms().get(source.platform)
            if platform is None:
                continue
            try:
                params = read_params(platform, source)
            except ValueError:
                continue  # `rolecall sources` names such entries
            key = (source.platform, platform.tenant_of(params).casefold())
            stated = params.model_dump(exclude_none=True, mode="json")
            tenants.setdefault(key, []).append((source, stated))
        return tenants

    @cached_property
    def _by_host(self) -> Mapping[str, Source]:
        return {host.lower(): s for s in self.catalogue.values() for host in hosts_of(s)}

    # --- proposals ----------------------------------------------------------------------------

    def _propose(self, placed: list[Placed], evidence: str) -> None:
        """One proposal for the leads that are of one site; a reason for those that allow none."""
        sites: dict[tuple[str, str], list[Placed]] = {}
        for one in placed:
            assert one.match is not None
            said = one.match.params.model_dump(exclude_none=True, exclude=SHOWN_AS, mode="json")
            key = one.match.platform.platform, repr(sorted(said.items())).casefold()
            sites.setdefault(key, []).append(one)
        for key, ones in sites.items():
            proposal = self._proposed.get(key)
            if proposal is None:
                try:
                    proposal = self._proposed[key] = self._proposal(ones, evidence)
                except ConfigError as error:
                    for one in ones:
                        one.reason = one.reason or str(error)
                    continue
                self.proposals.append(proposal)
            for one in ones:
                one.proposal = proposal
                proposal.leads.append(one.lead)

    @cached_property
    def _proposed(self) -> dict[tuple[str, str], Proposal]:
        return {}

    def _proposal(self, ones: list[Placed], evidence: str) -> Proposal:
        """Raises ConfigError when the links do not say enough for an entry."""
        match = ones[0].match
        assert match is not None
        platform = match.platform
        if platform.many_employers or not platform.Params.model_fields:
            # A board, or the one site of its kind: what a posting says of its employer is no name.
            raise ConfigError(f"the catalogue has no source for {urlsplit(match.url).hostname}")
        url, params = entry_address(match)
        names = Counter(one.lead.organization for one in ones if one.lead.organization)
        employer = names.most_common(1)[0][0] if names else match.tenant
        source = Source(
            id=self._free_id(employer, platform),
            platform=platform.platform,
            employer=employer,
            url=url,
            params=params,
            evidence=evidence or None,
            enabled=platform.unread is None,
            reason=platform.unread,
        )
        if platform.unread is None:
            spider_class(source)
        if any(known.url == url for known in self._entries()):
            raise ConfigError(f"the entry of {employer} needs an address of its own, not {url}")
        return Proposal(source, note=self._note(source, match, bool(names)))

    def _entries(self) -> Iterable[Source]:
        yield from self.catalogue.values()
        yield from (proposal.source for proposal in self.proposals)

    def _free_id(self, employer: str, platform: type[Platform]) -> str:
        """The employer's name as an id nobody has; never with the platform's name in it."""
        words = " ".join(re.findall(r"[a-z0-9]+", plain_name(employer).removeprefix("the ")))
        words = words.replace(platform.platform.replace("_", " "), " ")
        name = "-".join(words.split())[:60].strip("-") or "employer"
        taken = {source.id for source in self._entries()}
        numbers = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
        return next(free for free in numbers if free not in taken)

    def _note(self, source: Source, match: Match, named: bool) -> str | None:
        if not named:
            return "the employer's name is that of the site's address"
        sites = self._by_tenant.get((source.platform, match.tenant.casefold()))
        if sites:
            return f"another site of the tenant that source {sites[0][0].id} watches"
        key = employer_key(source.employer)
        for known in self.catalogue.values():
            if employer_key(known.employer) == key:
                how = "is watched" if known.enabled else "was entered"
                return (
                    f"the same employer {how} on {known.platform} as {known.id}: a second site, or "
                    f'it moved (then give that entry moved_to = "{source.url}")'
                )
        return None
