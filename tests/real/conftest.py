"""Real recorded answers as test input, read from `../shared/samples` beside the checkout.

The recordings belong to others and stay outside the project; where the folder is absent every
module of tests/real is skipped, unimported, with that reason. A module writes

    from tests.real.conftest import sample, sample_json, sample_files, response, crawl

    sample("lever/list_x.json")          the text of a recording (sample_bytes: as it is)
    sample_json("lever/list_x.json")     the same, parsed
    sample_files("lever")                all its files but SOURCES.md, as "name.json" or "sub/name"
    response(url, text)                  for a pure parser: TextResponse, HtmlResponse, XmlResponse
    crawl(tmp_path, monkeypatch, platform, block, exchanges)
                                         a whole run of one source over recorded answers

An exchange is (request, answer) or (request, answer, options): the request as on a tape, the answer
a sample's path ("lever/list_x.json", its bytes are replayed) or a text, bytes, dict or list; the
options are those of a tape (status, body, headers), or the status alone:

    result = crawl(tmp_path, monkeypatch, "lever",
                   {"id": "x", "employer": "X", "url": "https://jobs.lever.co/x"},
                   [("GET https://api.lever.co/v0/postings/x?mode=json", "lever/list_x.json")])
    assert result.verdict.outcome == "ok"
    assert [posting.title for posting in result.postings] == [...]
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

SHARED = (Path(__file__).resolve().parents[2] / ".." / "shared").resolve()
SAMPLES = SHARED / "samples"
ABSENT = f"no recorded samples: {SAMPLES} is absent (they are not part of the project)"
# The moment of a replay unless the test names another (ISO 8601 with offset).
NOW = "2026-08-20T03:00:00+00:00"


class _SkippedModule(pytest.Module):
    """Stands for a test module that cannot run without the samples; it is not imported."""

    def collect(self) -> Iterable[Any]:
        pytest.skip(ABSENT)


def pytest_pycollect_makemodule(module_path: Path, parent: Any) -> pytest.Module | None:
    if SAMPLES.is_dir():
        return None
    return _SkippedModule.from_parent(parent, path=module_path)


def sample(path: str) -> str:
    """The text of a recording, by its path below the samples."""
    return (SAMPLES / path).read_text(encoding="utf-8")


def sample_bytes(path: str) -> bytes:
    return (SAMPLES / path).read_bytes()


def sample_json(path: str) -> Any:
    return json.loads(sample_bytes(path))


def sample_files(folder: str) -> set[str]:
    """The files of a platform's folder, relative to it, without SOURCES.md (it describes them)."""
    root = SAMPLES / folder
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    return files - {"SOURCES.md"}


def response(url: str, text: str | bytes, status: int = 200, **kw: Any) -> TextResponse:
    """An answer for a pure parser, of the class that its first character suggests."""
    body = text if isinstance(text, bytes) else text.encode()
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = TextResponse
    if start.startswith(b"<"):
        kind = XmlResponse if start.startswith((b"<?xml", b"<rss", b"<feed")) else HtmlResponse
    return kind(url, status=status, body=body, encoding="utf-8", **kw)


def crawl(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    block: dict[str, Any],
    exchanges: Iterable[tuple[Any, ...]],
    now: str = NOW,
) -> Any:
    """One source-run over recorded answers, as a tests.cases.Result.

    `block` is the source's entry. The replay is strict, as for the fixtures: an exchange nobody
    asks for is an error here, so `result.unused` need not be checked.
    """
    from crawler.loader import spider_class
    from crawler.sources import Source
    from tests.cases import replay

    monkeypatch.setenv("ROLECALL_NOW", now)
    tape = write_tape(tmp_path / "tape", exchanges)
    result = replay(spider_class(Source.model_validate({"platform": platform, **block})), tape)
    assert not result.unused, f"never asked for: {result.unused}"
    return result


def write_tape(folder: Path, exchanges: Iterable[tuple[Any, ...]]) -> Path:
    """A tape of recorded answers (see the module's docstring). Returns its folder."""
    folder.mkdir(parents=True)
    lines: list[str] = []
    for number, (request, answer, *rest) in enumerate(exchanges, start=1):
        name, body = _body(answer)
        file = f"{number:02}-{name}"
        (folder / file).write_bytes(body)
        options = rest[0] if rest else {}
        options = options if isinstance(options, dict) else {"status": options}
        headers = options.get("headers", {})
        lines += ["[[exchange]]", f"request = {json.dumps(request)}", f"file = {json.dumps(file)}"]
        lines += [
            f"{key} = {json.dumps(options[key])}" for key in ("status", "body") if key in options
        ]
        pairs = ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in headers.items())
        lines += [f"headers = {{ {pairs} }}"] if pairs else []
    (folder / "tape.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _body(answer: Any) -> tuple[str, bytes]:
    """A file name (its ending decides the content type) and the bytes of an answer."""
    if isinstance(answer, (dict, list)):
        return "answer.json", json.dumps(answer).encode()
    if isinstance(answer, str) and re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+", answer):
        return Path(answer).name, sample_bytes(answer)
    return "answer.html", answer if isinstance(answer, bytes) else answer.encode()
