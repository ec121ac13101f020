"""The download handler: the one place where requests leave the house.

What must hold for every request, whoever made it and whatever it was redirected from, is here and
not in a middleware: refused addresses, turns and pauses per host, the way out (tape, gateway or
directly), recording, and challenge pages. A redirect comes back as a new request and passes all of
it again, robots.txt included.

Settings: ROLECALL_TAPE, ROLECALL_RECORD (folders), ROLECALL_GATEWAY (a URL), ROLECALL_DELAY
(seconds), RETRY_TIMES.
"""

from __future__ import annotations

from pathlib import Path

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from crawler.errors import Refused
from crawler.fetch.addresses import host_of, is_public, refuse, refuse_private_name
from crawler.fetch.challenge import challenge_of
from crawler.fetch.gateway import Gateway
from crawler.fetch.politeness import DEFAULT_DELAY, Limiter
from crawler.fetch.shared import shared
from crawler.fetch.tape import Player, Recorder


class PoliteHandler(BaseDownloadHandler):
    """Sends the requests of one crawler, http and https alike."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        settings = crawler.settings
        tape, record = settings.get("ROLECALL_TAPE"), settings.get("ROLECALL_RECORD")
        gateway = settings.get("ROLECALL_GATEWAY")
        # Whatever has `answer(request)`: a tape, or the answers that a spider brings with it.
        self.player = getattr(crawler.spidercls, "answers_from", None)
        if tape:
            self.player = Player(Path(tape))
        self.recorder = Recorder(Path(record)) if record else None
        self.gateway = Gateway(gateway) if gateway else None
        self.retries = settings.getint("RETRY_TIMES")
        self.delay = settings.getfloat("ROLECALL_DELAY", DEFAULT_DELAY)
        stays_here = self.player or (self.gateway and self.gateway.is_loopback)
        if stays_here and settings.get("ROLECALL_DELAY") is None:
            self.delay = 0.0
        self._decompress = HttpCompressionMiddleware.from_crawler(crawler)
        self._http: HTTP11DownloadHandler | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PoliteHandler:
        """The crawler's handler: both schemes share one, and with it one tape."""
        made = vars(crawler)
        if "_polite_handler" not in made:
            made["_polite_handler"] = cls(crawler)
        return made["_polite_handler"]

    async def download_request(self, request: Request) -> Response:
        """The response, decompressed. Raises Refused for what this house does not send.

        Scrapy's download time-out starts in the transport: waiting for a turn does not count.
        """
        refuse(request.url)
        limiter = shared(Limiter)
        return await limiter.fetch(request, self._exchange, delay=self.delay, retries=self.retries)

    async def close(self) -> None:
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    async def _exchange(self, request: Request) -> Response:
        response = self._decompressed(request, await self._send(request))
        if self.recorder:
            self.recorder.record(request, response)
        vendor = challenge_of(response)
        if vendor:
            # Recognised before the next request gets its turn: none must follow.
            reason = f"challenge page ({vendor})"
            raise shared(Limiter).leave_alone(host_of(request.url), "blocked", reason)
        return response

    async def _send(self, request: Request) -> Response:
        if self.player:
            return self.player.answer(request)
        if self.gateway:
            response = await self._transport().download_request(self.gateway.outgoing(request))
            return self.gateway.incoming(response, request)
        if request.meta.get("proxy"):
            return await self._transport().download_request(request)  # the proxy resolves names
        await refuse_private_name(host_of(request.url))
        response = await self._transport().download_request(request)
        if response.ip_address and not is_public(response.ip_address):
            # The name was resolved again for the connection, and this time to somewhere else.
            raise Refused("blocked", f"{host_of(request.url)} answered from {response.ip_address}")
        return response

    def _transport(self) -> HTTP11DownloadHandler:
        # Built when first needed: a replay runs without the reactor that it asks for.
        if self._http is None:
            self._http = HTTP11DownloadHandler.from_crawler(self.crawler)
        return self._http

    def _decompressed(self, request: Request, response: Response) -> Response:
        # Scrapy does this in a middleware, where a challenge would be read one request too late.
        try:
            done = self._decompress.process_response(request, response)
        except IgnoreRequest as error:  # larger than DOWNLOAD_MAXSIZE
            raise DownloadCancelledError(str(error)) from error
        assert isinstance(done, Response)
        return done
