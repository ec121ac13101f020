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
from crawler.platform import Match, hosts_of, read_params
from crawler.sources import Source


class Recogniser:
    """Recognises URLs with the platforms' rules and a catalogue of sources."""

    def __init__(self, sources: Iterable[Source] = ()):
        self._sources = list(sources)

    @cached_property
    def _by_host(self) -> Mapping[str, list[Source]]:
        hosts: dict[str, list[Source]] = {}
        for source in self._sources:
            for host in hosts_of(source):
                hosts.setdefault(host.lower(), []).append(source)
        return hosts

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
        host = _host(url)
        best = claim
        for source in self._by_host.get(host, ()):
            platform = platforms().get(source.platform)
            if platform is None or (claim and claim.platform is not platform):
                continue
            try:
                params = read_params(platform, source)
            except ValueError:
                continue
            evidence = f"host {host} is {source.platform} in the catalogue (source {source.id})"
            match = platform.match_on_known_host(url, params, evidence)
            if match and claim and not _agrees(claim, match):
                continue  # another tenant on the same host
            if match and (best is claim or (match.posting_id and not best.posting_id)):  # type: ignore[union-attr]
                best = match
        return best


def _agrees(claim: Match, match: Match) -> bool:
    """Does what the URL itself says hold in the catalogue's reading of it?"""
    said = claim.params.model_dump(exclude_unset=True)
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


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
