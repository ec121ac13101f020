"""Crawls of plain URLs through the house's fetch layer, for its tests.

A Twisted reactor runs once per process and forbids reactorless crawls beside it, so crawls over a
network run in a process of their own: `python -m tests.fetching` reads a plan and prints what came.
Replays from a tape run in this process, without a reactor.
"""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings as house

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    """One request as the server saw it; `url` is the original one."""

    method: str
    url: str
    path: str
    headers: dict[str, str]
    body: bytes
    start: float = 0.0
    end: float = 0.0

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@dataclass
class Server:
    """A gateway on 127.0.0.1 that answers for every site; `answer` says what."""

    answer: Callable[[Asked], Answer]
    log: list[Asked] = field(default_factory=list)
    port: int = 0

    def asked(self, host: str) -> list[Asked]:
        """The requests for a host in order, robots.txt left out."""
        return [a for a in self.log if a.host == host and urlsplit(a.url).path != "/robots.txt"]

    def robots(self, host: str) -> list[Asked]:
        return [a for a in self.log if a.host == host and urlsplit(a.url).path == "/robots.txt"]


@contextmanager
def serving(
    answer: Callable[[Asked], Answer], tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """A server for `answer`, until the block ends."""
    server = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            asked = Asked(
                self.command,
                self.headers.get("X-Original-URL", ""),
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers.get("Content-Length", 0))),
                start=time.monotonic(),
            )
            server.log.append(asked)
            status, headers, body = server.answer(asked)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            asked.end = time.monotonic()
            self.wfile.write(body)

        do_GET = do_POST = handle_any

        def log_message(self, *args: Any) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):  # a client that went away, or one that did not trust us
                super().handle()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        if tls:
            http.socket = tls.wrap_socket(
                http.socket, server_side=True, do_handshake_on_connect=False
            )
        server.port = http.server_address[1]
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


class Visitor(scrapy.Spider):
    """Requests a plan's URLs and notes what became of each."""

    name = "visitor"
    plan: dict[str, Any] = {}
    came: list[dict[str, Any]] = []

    async def start(self) -> AsyncIterator[Request]:
        for wanted in self.plan["requests"]:
            wanted = {"url": wanted} if isinstance(wanted, str) else dict(wanted)
            yield Request(
                callback=self.parse,
                errback=self.failed,
                dont_filter=True,
                cb_kwargs={"asked": wanted["url"]},
                meta={"handle_httpstatus_all": False, **wanted.pop("meta", {})},
                **wanted,
            )

    def parse(self, response: Any, asked: str) -> None:
        self.note(asked, url=response.url, status=response.status, body=response.body.decode())

    def failed(self, failure: Any) -> None:
        error = failure.value
        response = getattr(error, "response", None)
        self.note(
            failure.request.cb_kwargs["asked"],
            error=type(error).__name__,
            kind=getattr(error, "kind", None),
            reason=str(error),
            status=response.status if response is not None else None,
        )

    def note(self, asked: str, **what: Any) -> None:
        self.came.append({"crawl": self.plan["name"], "asked": asked, **what})


def run(plans: list[dict[str, Any]], **settings: Any) -> list[dict[str, Any]]:
    """Crawl these plans side by side in this process, with the house's settings and these."""
    came: list[dict[str, Any]] = []
    base = Settings()
    base.setmodule(house)
    alone = {
        "SPIDER_LOADER_CLASS": "scrapy.spiderloader.SpiderLoader",
        "SPIDER_MODULES": [],
        "EXTENSIONS": {},
        "ITEM_PIPELINES": {},
        "LOG_ENABLED": False,
    }
    base.setdict({**alone, **settings}, priority="cmdline")
    process = AsyncCrawlerProcess(base)
    for plan in plans:
        visitor = type(
            "Visitor",
            (Visitor,),
            {
                "plan": plan,
                "came": came,
                "custom_settings": plan.get("settings", {}),
                "public_api": plan.get("public_api", {}),
            },
        )
        process.crawl(visitor)
    process.start()
    return came


def run_apart(
    plans: list[dict[str, Any]], env: dict[str, str] | None = None, **settings: Any
) -> list[dict[str, Any]]:
    """The same over a network, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fetching"],
        input=json.dumps({"plans": plans, "settings": settings}),
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, **(env or {})},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


if __name__ == "__main__":
    told = json.load(sys.stdin)
    print(json.dumps(run(told["plans"], **told["settings"])))  # noqa: T201
