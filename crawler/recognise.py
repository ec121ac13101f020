"""URL -> platform, parameters, posting id, canonical URL, with evidence.

The platforms' own rules decide; a host that the catalogue names decides where a platform's URLs
look like anybody's. Exactly one platform may claim a URL: two claims are a fault of their rules and
are reported as such, not settled by order.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from urllib.parse import urlsplit, urlunsplit

from crawler.errors import ConfigError
from crawler.loader import platforms
from crawler.platform import BaseParams, Match, Platform, hosts_of, read_params
from crawler.sources import Source


class Recogniser:
    """Recognises URLs with the platforms' rules and a catalogue of sources."""

    def __init__(self, sources: Iterable[Source] = ()):
        self._sources = list(sources)
        self._read: dict[str, BaseParams | None] = {}

    @cached_property
    def _by_host(self) -> Mapping[str, list[Source]]:
        hosts: dict[str, list[Source]] = {}
        for source in self._sources:
            for host in hosts_of(source):
                hosts.setdefault(_bare(host), []).append(source)
        return hosts

    def _params(self, platform: type[Platform], source: Source) -> BaseParams | None:
        """The source's parameters, read once; None when its entry does not fit."""
        if source.id not in self._read:
            try:
                self._read[source.id] = read_params(platform, source)
            except ValueError:
                self._read[source.id] = None
        return self._read[source.id]

    def recognise(self, url: str) -> Match | None:
        """The one platform that claims this URL, or None.

        Raises ConfigError when two platforms claim it.
        """
        url = tidy(url)
        claims = [match for p in platforms().values() if (match := p.match(url))]
        if len(claims) > 1:
            names = ", ".join(match.platform.platform for match in claims)
            raise ConfigError(f"{url} is claimed by {names}: their URL rules overlap")
        return self._by_catalogue(url, claims[0] if claims else None)

    def _by_catalogue(self, url: str, claim: Match | None) -> Match | None:
        """What the catalogue knows of the host; it decides, or completes what the URL says."""
        host = host_of(url)
        best = claim
        for source in sorted(self._by_host.get(_bare(host), ()), key=lambda s: _nearness(s, url)):
            platform = platforms().get(source.platform)
            if platform is None or (claim and claim.platform is not platform):
                continue
            params = self._params(platform, source)
            if params is None:
                continue
            evidence = f"host {host} is {source.platform} in the catalogue (source {source.id})"
            match = platform.match_on_known_host(url, params, evidence)
            if match and claim and not _agrees(claim, match):
                continue  # another tenant on the same host
            if match and (best is claim or (match.posting_id and not best.posting_id)):  # type: ignore[union-attr]
                best = match
        return best

    def recognise_page(self, url: str, page: str) -> Match | None:
        """The platform behind an employer's own page, by its page rules, or None.

        Front ends come before the back ends that they link to. Raises ConfigError when markers of
        several platforms remain: a person must decide, nothing is guessed.
        """
        found = [match for p in platforms().values() if (match := _by_page(p, tidy(url), page))]
        fronts = [match for match in found if match.platform.front_end]
        best = fronts or found
        if len(best) > 1:
            said = ", ".join(f"{m.platform.platform} ({m.evidence})" for m in best)
            raise ConfigError(f"{url} shows marks of several platforms: {said}")
        return best[0] if best else None

    def recognise_listing(self, url: str, page: str) -> Match | None:
        """The generic engine that could read this page as a listing of postings, or None.

        Each engine knows the pages it can read, and no two the same; what came of it is worth a
        look before it is trusted.
        """
        for platform in platforms().values():
            said = platform.params_for(tidy(url), page) if platform.generic else None
            if said:
                params = platform.Params.model_validate(said)
                return Match(platform, tidy(url), params, None, {}, f"the page is {platform.label}")
        return None


def _by_page(platform: type[Platform], url: str, page: str) -> Match | None:
    """What a page says of one platform. Parameters that it does not show are not guessed."""
    for rule in platform.page_rules:
        found = rule.pattern.search(page)
        if found is None:
            continue
        shown = {name: value for name, value in found.groupdict().items() if value}
        said = {name: shown[name] for name in shown if name in platform.Params.model_fields}
        if "host" in platform.Params.model_fields:
            said.setdefault("host", urlsplit(url).hostname or "")
        try:
            params = platform.Params.model_validate(said)
        except ValueError:
            continue
        evidence = f"the page: {rule.says}"
        own = platform.match_on_known_host(url, params, evidence)
        return own or Match(platform, url, params, None, shown, evidence)
    return None


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _nearness(source: Source, url: str) -> tuple[bool, int]:
    """Of two entries on one host a platform decides before a generic engine, then the one whose
    address covers more of the URL."""
    platform = platforms().get(source.platform)
    start = source.url.split("://", 1)[-1].split("?")[0].rstrip("/").lower()
    covers = url.split("://", 1)[-1].lower().startswith(start)
    return bool(platform and platform.generic), -len(start) if covers else 0


def _agrees(claim: Match, match: Match) -> bool:
    """Does what the URL itself says hold in the catalogue's reading of it?

    The host is not asked: the entry names it, maybe beside the one its parameters have.
    """
    said = claim.params.model_dump(exclude_unset=True, exclude={"host"})
    known = match.params.model_dump()
    return all(str(known[name]).lower() == str(value).lower() for name, value in said.items())


# Only with its semicolon: `&copy=2&region=eu` are parameters, though HTML knows &copy and &reg.
ENTITY = re.compile(r"&(?:\w+|#\d+|#x[0-9a-f]+);", re.IGNORECASE)


def tidy(url: str) -> str:
    """A pasted URL as rules expect it: unescaped, with scheme, the host in lower case."""
    url = ENTITY.sub(lambda found: html.unescape(found[0]), url.strip().strip("<>\"'"))
    url = url.replace(" ", "%20")
    if not re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
        url = f"https://{url.removeprefix('//')}"
    try:
        parts = urlsplit(url)
    except ValueError:  # "Invalid IPv6 URL": nothing claims it
        return url
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()))


def host_of(url: str) -> str:
    """The host name of a pasted URL in lower case; "" when there is none."""
    try:
        return (urlsplit(tidy(url)).hostname or "").lower()
    except ValueError:
        return ""
