"""No request leaves for a private address, LinkedIn, Indeed or Glassdoor."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
from scrapy.exceptions import CannotResolveHostError

from crawler.errors import Refused
from crawler.fetch.addresses import refuse, refuse_private_name

REFUSED = {
    "loopback": ["http://127.0.0.1/", "http://127.8.9.1:8080/x", "http://[::1]/"],
    "loopback in other forms": [
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
    ],
    "private": [
        "http://10.0.0.5/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://[fd00::1]/",
    ],
    "link-local (cloud metadata)": ["http://169.254.169.254/latest/", "http://[fe80::1]/"],
    "reserved": ["http://0.0.0.0/", "http://100.64.0.1/", "http://224.0.0.1/", "http://240.0.0.1/"],
    "names of the inside": [
        "http://localhost/",
        "https://LOCALHOST./",
        "http://jobs.localhost/",
        "http://printer.local/",
        "https://metadata.google.internal/",
        "http://intranet/jobs",
    ],
    "credentials": [
        "https://user:secret@jobs.fernwood.example/",
        "https://me@jobs.fernwood.example/",
    ],
    "schemes": ["file:///etc/passwd", "ftp://jobs.fernwood.example/", "data:text/plain,x"],
    "malformed": [
        "http:///jobs",
        "http://jobs.fernwood.example:99999/",
        "http://[::1",
        "http://a\\b.c/",
    ],
    "sites that forbid crawlers": [
        "https://www.linkedin.com/jobs/view/1",
        "https://linkedin.cn/",
        "https://de.linkedin.com./",
        "https://lnkd.in/abc",
        "https://uk.indeed.com/viewjob?jk=1",
        "https://indeed.co.uk/",
        "https://www.Glassdoor.co.in/",
        "https://glassdoor.de/",
    ],
}
ALLOWED = [
    "https://jobs.fernwood.example/1",
    "http://93.184.216.34/",
    "https://[2606:4700::1111]/",
    "https://localhostel.example/",
    "https://jobs.local.fernwood.example/",
    "https://notlinkedin.com/",
    "https://indeed.fernwood.example/",
    "https://linkedin.com.fernwood.example/",
    "https://fernwood.wd5.myworkdayjobs.com:443/en-US/Careers",
]


@pytest.mark.parametrize(
    "url", [url for urls in REFUSED.values() for url in urls], ids=lambda url: url
)
def test_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse(url)
    assert refused.value.kind == "blocked"


@pytest.mark.parametrize("url", ALLOWED)
def test_allowed(url: str) -> None:
    refuse(url)


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def getaddrinfo(host: str, port: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if not addresses:
            raise socket.gaierror("no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 0)) for a in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_is_refused_when_any_of_its_addresses_is_private(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve_to(monkeypatch, "93.184.216.34", "10.1.2.3")
    with pytest.raises(Refused, match=r"jobs\.fernwood\.example leads to 10\.1\.2\.3"):
        asyncio.run(refuse_private_name("jobs.fernwood.example"))


def test_a_name_with_public_addresses_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "93.184.216.34", "2606:4700::1111")
    asyncio.run(refuse_private_name("jobs.fernwood.example"))


def test_a_name_without_an_address_is_an_unreachable_host(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch)
    with pytest.raises(CannotResolveHostError):  # Scrapy tries it again, as any failed connection
        asyncio.run(refuse_private_name("jobs.fernwood.example"))
