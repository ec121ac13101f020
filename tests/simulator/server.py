"""The HTTP side: an ASGI app that answers as all simulated sites, logs, and can be steered.

A request with the header X-Original-URL is one to the site of that URL. All others are control:

    GET  /_control/log          every request so far: number, method, url, host, user_agent, status,
                                source, fault, start and end (time.monotonic() of this machine),
                                time (of day), in_flight (at its host, itself included)
    POST /_control/reset-log
    POST /_control/advance      {"days": 1}: the simulated day moves; what has expired is taken down
    POST /_control/faults       {"faults": [...]} are on from now, besides "clear": true (faults.py)
    POST /_control/change       one site's jobs or quirks (world.py, Change)
    GET  /_control/state        the day, the faults, the sources; ?source=ID: its jobs
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.simulator.base import SimRequest, SimResponse
from tests.simulator.faults import HTML, Fault
from tests.simulator.world import Answer, Change, Unfit, World

ORIGINAL_URL = b"x-original-url"
FOREVER = 3600.0  # seconds; no client waits so long


class Wire(H11Protocol):
    """Uvicorn's HTTP/1.1 that shows the app its connection, so that a fault can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class Simulator:
    """The ASGI app."""

    def __init__(self, world: World):
        self.world = world
        self.log: list[dict[str, Any]] = []
        self.in_flight: Counter[str] = Counter()
        self.control = control_app(self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        if scope["type"] == "http" and ORIGINAL_URL in headers:
            await self._visit(scope, headers[ORIGINAL_URL].decode(), receive, send)
        else:
            await self.control(scope, receive, send)

    async def _visit(self, scope: Scope, url: str, receive: Receive, send: Send) -> None:
        """Answer as the site of this URL, and log it however it ends."""
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        host = urlsplit(url).hostname or ""
        self.in_flight[host] += 1
        entry: dict[str, Any] = {
            "number": len(self.log) + 1,
            "method": scope["method"],
            "url": url,
            "host": host,
            "user_agent": headers.get("user-agent"),
            "status": None,
            "source": None,
            "fault": None,
            "time": time.time(),
            "start": time.monotonic(),
            "end": None,
            "in_flight": self.in_flight[host],
        }
        self.log.append(entry)
        try:
            with suppress(ClientDisconnect):
                body = await Request(scope, receive).body()
                answer = self._answer(scope, SimRequest(scope["method"], url, headers, body))
                entry["source"] = answer.source
                entry["fault"] = answer.fault and answer.fault.kind
                if entry["fault"] not in ("drop", "timeout"):
                    entry["status"] = answer.response.status
                await _deliver(answer, scope, receive, send)
        finally:
            self.in_flight[host] -= 1
            entry["end"] = time.monotonic()

    def _answer(self, scope: Scope, request: SimRequest) -> Answer:
        asked = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
        parts = urlsplit(request.url)
        if asked != (parts.path or "/", parts.query):
            # A gateway must send the same path and query; a wrong one should not go unnoticed.
            said = f"asked for {asked}, but X-Original-URL is {request.url}"
            return Answer(SimResponse(said, 400), None)
        return self.world.answer(request)


async def _deliver(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    kind = answer.fault.kind if answer.fault else None
    headers, body = _as_bytes(answer.response)
    if kind == "slow":
        assert answer.fault is not None
        await asyncio.sleep(answer.fault.seconds)
    elif kind == "timeout":
        with suppress(TimeoutError):
            await asyncio.wait_for(_disconnected(receive), FOREVER)
        return
    elif kind == "drop":
        scope["state"]["transport"].abort()
        await _disconnected(receive)
        return
    elif kind == "cut":
        body = body[: len(body) // 2]
    headers["content-length"] = str(len(body))
    start: Message = {
        "type": "http.response.start",
        "status": answer.response.status,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
    }
    await send(start)
    if kind == "truncate":
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        scope["state"]["transport"].close()
        await _disconnected(receive)
        return
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _as_bytes(response: SimResponse) -> tuple[dict[str, str], bytes]:
    """Headers, names in lower case, and body. The content type is guessed where none is given."""
    body = response.body
    if isinstance(body, (dict, list)):
        kind, body = "application/json", json.dumps(body).encode()
    else:
        body = body.encode() if isinstance(body, str) else body
        kind = HTML if body.lstrip().startswith(b"<") else "text/plain; charset=utf-8"
    given = {name.lower(): value for name, value in response.headers.items()}
    return {"content-type": kind, **given}, body


# --- control ---------------------------------------------------------------------------------


class Days(BaseModel):
    model_config = ConfigDict(extra="forbid")
    days: int = Field(1, ge=0)


class Faults(BaseModel):
    model_config = ConfigDict(extra="forbid")
    clear: bool = False
    faults: list[Fault] = []


def control_app(simulator: Simulator) -> Starlette:
    """The control requests. What cannot be followed is answered with 400 and the reason."""
    world = simulator.world

    async def log(request: Request) -> JSONResponse:
        return JSONResponse({"requests": simulator.log})

    async def reset_log(request: Request) -> JSONResponse:
        simulator.log.clear()
        return JSONResponse({})

    async def state(request: Request) -> JSONResponse:
        source = request.query_params.get("source")
        return JSONResponse({"jobs": world.jobs(source)} if source else world.state())

    def advance(wanted: Days) -> dict[str, Any]:
        expired = world.advance(wanted.days)
        return {"today": world.today.isoformat(), "expired": expired}

    def faults(wanted: Faults) -> dict[str, Any]:
        kept = [] if wanted.clear else world.faults
        world.faults = [*kept, *wanted.faults]
        return {"faults": len(world.faults)}

    def posted(model: type[BaseModel], act: Callable[[Any], dict[str, Any]]) -> Callable[..., Any]:
        async def endpoint(request: Request) -> JSONResponse:
            return JSONResponse(act(model.model_validate_json(await request.body() or b"{}")))

        return endpoint

    async def unfit(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": str(error)}, status_code=400)

    return Starlette(
        routes=[
            Route("/_control/log", log),
            Route("/_control/reset-log", reset_log, methods=["POST"]),
            Route("/_control/state", state),
            Route("/_control/advance", posted(Days, advance), methods=["POST"]),
            Route("/_control/faults", posted(Faults, faults), methods=["POST"]),
            Route("/_control/change", posted(Change, world.change), methods=["POST"]),
        ],
        exception_handlers={ValidationError: unfit, Unfit: unfit},
    )


def server(world: World) -> Server:
    """An HTTP server of these sites, to be given a listening socket."""
    config = Config(
        cast(Any, Simulator(world)),
        http=Wire,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_level="error",  # a protocol's own exception: a fault of the simulator, with traceback
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=60,
    )
    return Server(config)
