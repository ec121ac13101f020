"""The gateway by itself: what goes out, what comes back."""

from __future__ import annotations

import pytest
from scrapy import FormRequest, Request
from scrapy.http import HtmlResponse, JsonRequest

from crawler.errors import ConfigError
from crawler.fetch.gateway import Gateway


@pytest.mark.parametrize(
    ("base", "original", "sent"),
    [
        ("http://127.0.0.1:8080", "https://a.example", "http://127.0.0.1:8080/"),
        ("http://127.0.0.1:8080/", "https://a.example/x/?q=1#f", "http://127.0.0.1:8080/x/?q=1"),
        ("https://proxy.example/to/", "http://a.example/x//y?q", "https://proxy.example/to/x//y?q"),
        ("http://[::1]:80", "https://a.example/%20?a=b&c=%26", "http://[::1]:80/%20?a=b&c=%26"),
    ],
)
def test_outgoing(base: str, original: str, sent: str) -> None:
    request = Request(original, headers={"Accept": "text/html"}, meta={"proxy": "http://p"})
    going = Gateway(base).outgoing(request)
    assert going.url == sent
    assert going.headers["X-Original-URL"] == original.partition("#")[0].encode()
    assert "proxy" not in going.meta
    # The original request is untouched: middlewares and spiders go on with it.
    assert (request.url, request.meta) == (original, {"proxy": "http://p"})
    assert "X-Original-URL" not in request.headers


@pytest.mark.parametrize(
    "request_",
    [
        JsonRequest("https://a.example/jobs", data={"limit": 20}),
        FormRequest("https://a.example/jobs", formdata={"page": "2"}),
        Request("https://a.example/jobs", method="PUT", body=b"\x00\xff"),
    ],
    ids=lambda request: type(request).__name__,
)
def test_any_kind_of_request_keeps_its_method_headers_and_body(request_: Request) -> None:
    going = Gateway("http://127.0.0.1:1").outgoing(request_)
    assert (going.method, going.body) == (request_.method, request_.body)
    del going.headers["X-Original-URL"]
    assert going.headers == request_.headers


def test_incoming_keeps_all_but_the_url() -> None:
    request = Request("https://a.example/x")
    answer = HtmlResponse(
        "http://127.0.0.1:1/x", 404, {"X": "1"}, "grün".encode(), encoding="utf-8"
    )
    response = Gateway("http://127.0.0.1:1").incoming(answer, request)
    assert (response.url, response.status, response.headers["X"]) == (request.url, 404, b"1")
    assert isinstance(response, HtmlResponse)
    assert response.text == "grün"


@pytest.mark.parametrize(
    ("base", "loopback"),
    [
        ("http://127.0.0.1:1", True),
        ("http://localhost:1", True),
        ("http://[::1]:1/x", True),
        ("http://10.0.0.1:1", False),
        ("https://proxy.example", False),
    ],
)
def test_is_loopback(base: str, loopback: bool) -> None:
    assert Gateway(base).is_loopback is loopback


@pytest.mark.parametrize("base", ["127.0.0.1:8080", "ftp://127.0.0.1", "http://"])
def test_a_gateway_that_is_no_address_is_a_configuration_error(base: str) -> None:
    with pytest.raises(ConfigError, match="expected an address"):
        Gateway(base)
