"""The download handler by itself: one per crawler, its delay, its own refusals, certificates."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.errors import Refused
from crawler.fetch.handler import PoliteHandler
from crawler.fetch.robots import ROBOTS
from crawler.fetch.tape import Player
from tests.fetching import Answer, Asked, run_apart, serving


def handler(**settings: Any) -> PoliteHandler:
    signals = SimpleNamespace(connect=lambda *_, **__: None)
    crawler = SimpleNamespace(
        settings=Settings(settings), signals=signals, stats=None, spidercls=None
    )
    return PoliteHandler.from_crawler(crawler)  # type: ignore[arg-type]


def test_both_schemes_share_one_handler() -> None:
    made = handler()
    assert PoliteHandler.from_crawler(made.crawler) is made


@pytest.mark.parametrize(
    ("settings", "delay"),
    [
        ({}, 1.0),
        ({"ROLECALL_DELAY": 2.5}, 2.5),
        ({"ROLECALL_GATEWAY": "http://127.0.0.1:1"}, 0.0),
        ({"ROLECALL_GATEWAY": "http://127.0.0.1:1", "ROLECALL_DELAY": 0.5}, 0.5),
        ({"ROLECALL_GATEWAY": "https://proxy.example"}, 1.0),
    ],
)
def test_the_delay(settings: dict[str, Any], delay: float) -> None:
    assert handler(**settings).delay == delay


class Transport:
    """Notes what would be sent; answers from `address`."""

    def __init__(self, address: str):
        self.address = ip_address(address)
        self.sent: list[str] = []

    async def download_request(self, request: Request) -> Response:
        self.sent.append(request.url)
        return Response(request.url, ip_address=self.address)


def directly(
    monkeypatch: pytest.MonkeyPatch, resolves_to: str, answers_from: str, **meta: Any
) -> Transport:
    transport = Transport(answers_from)

    def getaddrinfo(*args: Any, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (resolves_to, 0))]

    made = handler()
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(made, "_transport", lambda: transport)
    try:
        asyncio.run(made.download_request(Request("https://jobs.fernwood.example/", meta=meta)))
    except Refused as refused:
        transport.sent.append(f"refused: {refused.reason}")
    return transport


def test_the_handler_itself_refuses_whoever_asks(tmp_path: Path) -> None:
    # Not every request passes the middlewares' check first; a tape or a gateway changes nothing.
    (tmp_path / "tape.toml").write_text(
        '[[exchange]]\nrequest = "GET https://www.linkedin.com/"\n', encoding="utf-8"
    )
    with_tape = handler(ROLECALL_TAPE=str(tmp_path))
    for made in (with_tape, handler(ROLECALL_GATEWAY="http://127.0.0.1:9"), handler()):
        for url in ("https://www.linkedin.com/", "http://127.0.0.1/", "file:///etc/passwd"):
            with pytest.raises(Refused):
                asyncio.run(made.download_request(Request(url)))
    assert with_tape.player is not None
    assert len(with_tape.player.unused()) == 1


def test_a_public_name_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = directly(monkeypatch, "93.184.216.34", "93.184.216.34")
    assert transport.sent == ["https://jobs.fernwood.example/"]


def test_a_name_of_the_inside_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    (said,) = directly(monkeypatch, "192.168.0.7", "192.168.0.7").sent
    assert said == "refused: jobs.fernwood.example leads to 192.168.0.7, not a public address"


def test_an_answer_from_the_inside_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = directly(monkeypatch, "93.184.216.34", "127.0.0.1").sent
    assert sent[1] == "refused: jobs.fernwood.example answered from 127.0.0.1"


def test_behind_a_proxy_the_proxy_resolves_names(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = directly(monkeypatch, "10.0.0.1", "10.0.0.1", proxy="http://10.0.0.1:3128").sent
    assert sent == ["https://jobs.fernwood.example/"]


def test_a_recording_holds_readable_answers_and_what_was_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Zipped:
        async def download_request(self, request: Request) -> Response:
            headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
            return Response(request.url, headers=headers, body=gzip.compress(b"Quantenhof"))

    made = handler(ROLECALL_RECORD=str(tmp_path), ROLECALL_GATEWAY="http://127.0.0.1:9")
    monkeypatch.setattr(made, "_transport", Zipped)
    request = Request("https://jobs.fernwood.example/search", method="POST", body=b"page=2")
    assert asyncio.run(made.download_request(request)).body == b"Quantenhof"
    replayed = Player(tmp_path).answer(request)
    assert (replayed.url, replayed.body) == (request.url, b"Quantenhof")


# --- certificates -----------------------------------------------------------------------------


def certificate(folder: Path, name: str, issuer: Any = None) -> tuple[Any, ssl.SSLContext, Path]:
    """A certificate for `localhost`, signed by `issuer` (name, key) or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_name, issuer_key = issuer or (subject, key)
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
    public = folder / f"{name}.pem"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private = folder / f"{name}.key"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return (subject, key), context, public


def test_certificates_and_host_names_are_verified(tmp_path: Path) -> None:
    authority, _, trusted = certificate(tmp_path, "authority")
    _, good, _ = certificate(tmp_path, "good", authority)
    _, self_signed, _ = certificate(tmp_path, "self-signed")

    def answer(asked: Asked) -> Answer:
        return 404, {}, b""

    def plan(name: str, gateway: str) -> dict[str, Any]:
        # The request for robots.txt itself: nothing is to be asked before it.
        asked = {"url": f"https://{name}.example/x", "meta": {ROBOTS: True, "dont_retry": True}}
        return {"name": name, "requests": [asked], "settings": {"ROLECALL_GATEWAY": gateway}}

    with serving(answer, good) as one, serving(answer, self_signed) as other:
        came = run_apart(
            [
                plan("good", f"https://localhost:{one.port}"),
                plan("wrong-host", f"https://127.0.0.1:{one.port}"),
                plan("self-signed", f"https://localhost:{other.port}"),
            ],
            env={"SSL_CERT_FILE": str(trusted)},
        )
        said = {one["crawl"]: one for one in came}
        assert said["good"]["status"] == 404
        assert said["wrong-host"]["error"] == said["self-signed"]["error"] == "DownloadFailedError"
        assert "certificate verify failed" in said["self-signed"]["reason"]
        assert [asked.host for asked in one.log + other.log] == ["good.example"]
