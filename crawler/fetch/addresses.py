"""Where requests never go: addresses that are not public, and sites that forbid every crawler.

A URL can come from a page somebody else wrote, so it is judged before anything is sent. Private and
loopback addresses are refused so that no page can make this crawler talk to its own network.
LinkedIn, Indeed and Glassdoor forbid automated visits in robots.txt and terms (ats/linkedin.md);
their URLs are recognised and never requested.
"""

from __future__ import annotations

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError

from crawler.errors import Refused

LOOKUP_SECONDS = 30  # a name that takes longer to resolve counts as unresolvable

# All subdomains and country domains: uk.indeed.com, glassdoor.co.in, linkedin.cn.
FORBIDDEN_SITES = re.compile(
    r"(?:^|\.)(?:(?:linkedin|indeed|glassdoor)\.(?:(?:com?|org|net)\.)?[a-z]{2,}|lnkd\.in)$"
)
# Names that lead nowhere public: RFC 6761, RFC 6762, and .internal as reserved by ICANN in 2024.
PRIVATE_NAMES = re.compile(r"(?:^|\.)(?:localhost|local|internal)$")
HOST_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address

Address = IPv4Address | IPv6Address


def host_of(url: str) -> str:
    """The host name of a URL in lower case, without a trailing dot; empty when there is none."""
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def refuse(url: str) -> None:
    """Raise Refused for a URL that must not be requested, as far as the URL itself says so."""
    try:
        parts = urlsplit(url)
        host, _ = host_of(url), parts.port
    except ValueError as error:
        raise Refused("blocked", f"not a URL ({error})") from None
    if parts.scheme not in ("http", "https"):
        raise Refused("blocked", f"only http and https are requested, not {parts.scheme}:")
    if "@" in parts.netloc:
        raise Refused("blocked", f"a URL with credentials is not requested ({host})")
    literal = literal_address(host)
    if literal is not None:
        if not is_public(literal):
            raise Refused("blocked", f"{host} is not a public address")
    elif PRIVATE_NAMES.search(host) or not HOST_NAME.fullmatch(host):
        raise Refused("blocked", f"{host!r} is not a public host name")
    elif FORBIDDEN_SITES.search(host):
        raise Refused("blocked", f"{host} forbids crawlers and is never requested")


async def refuse_private_name(host: str) -> None:
    """Look a host name up and raise Refused when any of its addresses is not public.

    Raises CannotResolveHostError when the name has no address.
    """
    loop = asyncio.get_running_loop()
    lookup = loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.wait_for(lookup, LOOKUP_SECONDS)
    except (OSError, UnicodeError) as error:
        raise CannotResolveHostError(f"{host} cannot be resolved: {error}") from error
    for *_, address in found:
        if not is_public(ip_address(address[0])):
            raise Refused("blocked", f"{host} leads to {address[0]}, not a public address")


def literal_address(host: str) -> Address | None:
    """The address when a host is written as one, in any form that a resolver understands."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))  # 127.1, 0x7f000001, 2130706433
    except (OSError, UnicodeError):
        return None


def is_public(address: Address) -> bool:
    """False for private, loopback, link-local, reserved, unspecified and multicast addresses."""
    if isinstance(address, IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            embedded = IPv4Address(int(address) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(embedded)
    return address.is_global and not address.is_multicast
