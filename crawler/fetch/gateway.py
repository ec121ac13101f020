"""The gateway: every request goes to one address instead, with the original URL in a header.

It serves tests, the demo and egress proxies. Method, path, query, headers and body stay the same;
the response is treated as coming from the original URL, so nothing else in the house knows of it.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import Response
from w3lib.url import safe_url_string

from crawler.errors import ConfigError
from crawler.fetch.addresses import host_of, literal_address

ORIGINAL_URL = "X-Original-URL"


class Gateway:
    """Sends requests to `base` (an http or https URL, with or without a path).

    Raises ConfigError when `base` is no such URL.
    """

    def __init__(self, base: str):
        parts = urlsplit(safe_url_string(base))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(f"gateway {base}: expected an address such as http://127.0.0.1:8080")
        self.base = parts

    @property
    def is_loopback(self) -> bool:
        """True when the gateway is on this machine."""
        host = host_of(self.base.geturl())
        address = literal_address(host)
        return host == "localhost" or (address is not None and address.is_loopback)

    def outgoing(self, request: Request) -> Request:
        """The request as it is sent to the gateway."""
        original = urlsplit(request.url)._replace(fragment="")
        path = self.base.path.rstrip("/") + (original.path or "/")
        sent = request.replace(url=urlunsplit(self.base._replace(path=path, query=original.query)))
        sent.headers[ORIGINAL_URL] = original.geturl()
        sent.meta.pop("proxy", None)
        return sent

    def incoming(self, response: Response, request: Request) -> Response:
        """The gateway's answer as the answer of the original URL."""
        return response.replace(url=request.url)
