"""A simulator as a process of its own, for tests: start it, steer it, read its log, end it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[2]


class Visited(NamedTuple):
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


class SimulatorClient:
    """Steers a simulator at this port of 127.0.0.1, and reads its log."""

    def __init__(self, port: int):
        self.port = port
        self.gateway = f"http://127.0.0.1:{port}"

    def log(self) -> list[dict[str, Any]]:
        """Every request since the start or the last reset (fields: server.py)."""
        return self._control("log")["requests"]

    def reset_log(self) -> None:
        self._control("reset-log", {})

    def state(self) -> dict[str, Any]:
        return self._control("state")

    def jobs(self, source: str) -> list[dict[str, Any]]:
        return self._control(f"state?source={source}")["jobs"]

    def advance(self, days: int = 1) -> dict[str, Any]:
        """Let days pass. The crawl's clock (ROLECALL_NOW) must move with it."""
        return self._control("advance", {"days": days})

    def fault(self, **fault: Any) -> None:
        """Switch a fault on (faults.py), besides those that are on already."""
        self._control("faults", {"faults": [fault]})

    def robots(self, host: str, text: str = "", **fault: Any) -> None:
        """What robots.txt of a host is from now on: a text, or another status or kind."""
        answer = {"kind": "answer", "status": 200, "text": text, "content_type": "text/plain"}
        self.fault(**{**answer, **fault, "host": host, "robots": True})

    def clear_faults(self) -> None:
        self._control("faults", {"clear": True})

    def change(self, source: str, **change: Any) -> dict[str, Any]:
        """Change a site's jobs or quirks (world.py, Change)."""
        return self._control("change", {"source": source, **change})

    def visit(
        self, url: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> Visited:
        """What a site answers for this URL, as a crawl through the gateway gets it.

        Raises http.client.HTTPException or OSError when the connection breaks.
        """
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return self._request(method, path, body, {"X-Original-URL": url, **headers})

    def _control(self, path: str, said: dict[str, Any] | None = None) -> Any:
        method, body = ("GET", None) if said is None else ("POST", json.dumps(said))
        answer = self._request(method, f"/_control/{path}", body, {})
        if answer.status != 200:
            raise ValueError(f"{path}: {answer.body.decode()}")
        return json.loads(answer.body)

    def _request(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> Visited:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Visited(answer.status, dict(answer.headers), answer.read())


class SimulatorProcess(SimulatorClient):
    """A running simulator; a context manager.

    with SimulatorProcess("--platforms", "lever", "--postings-per-source", "3") as simulator:
        crawl(simulator.gateway, simulator.catalogue)
        simulator.fault(kind="status", status=503, source=simulator.sources[0])
    """

    def __init__(self, *arguments: str):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.simulator", *arguments],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said:
            self.stop()
            raise RuntimeError(f"the simulator did not start: {' '.join(arguments)}")
        ready = json.loads(said)
        super().__init__(ready["port"])
        self.catalogue = Path(ready["catalogue"])
        self.sources: list[str] = ready["sources"]

    def __enter__(self) -> SimulatorProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it as its parent's death would: by closing its standard input."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()
