"""Tapes: recorded exchanges as plain files that a reviewer can read, and their strict replay.

A tape is a folder with `tape.toml` and the bodies beside it:

    [[exchange]]
    request = "POST https://host/path?query"
    body = '{"limit": 20}'                        # optional: the request's body must equal it
    status = 200                                  # the default
    headers = { Content-Type = "application/json" }   # default: by the file's ending
    file = "list-1.json"                          # or text = "..."

Strict: a request that is not on the tape is an error, and so is an exchange that nobody asked for
(it catches "only the first page"). Only robots.txt needs no exchange; it is then absent (404).
"""

from __future__ import annotations

import json
import mimetypes
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import canonicalize_url

from crawler.errors import TapeError

# Never written to a tape: they identify a session, or describe a transfer that is over.
UNRECORDED = {"set-cookie", "content-encoding", "content-length", "transfer-encoding", "connection"}
ENDINGS = {"application/json": ".json", "text/html": ".html", "text/xml": ".xml"}
TYPES = {".json": "application/json", ".html": "text/html; charset=utf-8", ".xml": "text/xml"}


@dataclass
class Exchange:
    """One request and its answer."""

    method: str
    url: str
    body: str | None = None  # None: any body matches
    status: int = 200
    headers: Mapping[str, str | list[str]] = field(default_factory=dict)
    answer: bytes = b""
    used: bool = False

    def matches(self, request: Request) -> bool:
        return (
            request.method == self.method
            and canonicalize_url(request.url, keep_fragments=False)
            == canonicalize_url(self.url, keep_fragments=False)
            and (self.body is None or _same_body(self.body, request.body.decode()))
        )

    def response(self, request: Request) -> Response:
        headers = Headers(dict(self.headers))
        kind = responsetypes.from_args(headers=headers, url=request.url, body=self.answer)
        return kind(
            url=request.url, status=self.status, headers=headers, body=self.answer, request=request
        )


def read_tape(folder: Path) -> list[Exchange]:
    """The exchanges of a tape in order. Raises TapeError."""
    try:
        document = tomllib.loads((folder / "tape.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise TapeError(f"{folder / 'tape.toml'}: cannot be read: {error}") from None
    return [_read_exchange(folder, block) for block in document.get("exchange", [])]


def _read_exchange(folder: Path, block: dict) -> Exchange:
    method, _, url = block["request"].partition(" ")
    file, text = block.get("file"), block.get("text", "")
    ending = Path(file).suffix if file else ".html"
    headers = {"Content-Type": TYPES.get(ending, "application/octet-stream")}
    return Exchange(
        method=method,
        url=url,
        body=block.get("body"),
        status=block.get("status", 200),
        headers={**headers, **block.get("headers", {})},
        answer=(folder / file).read_bytes() if file else text.encode(),
    )


def _same_body(wanted: str, sent: str) -> bool:
    try:
        return bool(json.loads(wanted) == json.loads(sent))
    except ValueError:
        return wanted == sent


class Player:
    """Answers requests from a tape, each exchange once, in the order of the tape."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.exchanges = read_tape(folder)

    def answer(self, request: Request) -> Response:
        """The recorded answer. Raises TapeError for a request that is not (or no longer) there."""
        for exchange in self.exchanges:
            if not exchange.used and exchange.matches(request):
                exchange.used = True
                return exchange.response(request)
        if urlsplit(request.url).path == "/robots.txt":
            return Response(request.url, status=404, request=request)
        body = f" with body {request.body.decode()[:200]}" if request.body else ""
        raise TapeError(
            f"{self.folder.name}: not on the tape: {request.method} {request.url}{body}"
        )

    def unused(self) -> list[str]:
        """The exchanges that nobody asked for."""
        return [f"{e.method} {e.url}" for e in self.exchanges if not e.used]


class Recorder:
    """Writes exchanges to a tape as they happen."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tape.toml").write_text("", encoding="utf-8")

    def record(self, request: Request, response: Response) -> None:
        """Append one exchange; robots.txt stays off the tape."""
        if urlsplit(request.url).path == "/robots.txt":
            return
        self.count += 1
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1").partition(";")[0]
        ending = ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ".bin"
        file = f"{self.count:02}{ending}"
        (self.folder / file).write_bytes(response.body)
        lines = ["[[exchange]]", f"request = {_toml(f'{request.method} {request.url}')}"]
        if request.body:
            lines.append(f"body = {_toml(request.body.decode())}")
        if response.status != 200:
            lines.append(f"status = {response.status}")
        headers = {
            name.decode("latin-1"): [value.decode("latin-1") for value in values]
            for name, values in response.headers.items()
            if name.decode("latin-1").lower() not in UNRECORDED
        }
        kept = ", ".join(f"{_toml(name)} = {_toml(values[0])}" for name, values in headers.items())
        lines += [f"headers = {{ {kept} }}", f"file = {_toml(file)}", "", ""]
        with (self.folder / "tape.toml").open("a", encoding="utf-8") as tape:
            tape.write("\n".join(lines))


def _toml(text: str) -> str:
    """A TOML basic string: JSON's escapes are a subset of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
