"""What needs network or pipelines runs as a child process: `rolecall ... --json`."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

CHECK_SECONDS = 300
TRY_SECONDS = 120


class Failed(Exception):
    """The child process brought no answer; the message is for the editor."""


async def check(database: str, urls: list[str]) -> list[dict[str, Any]]:
    """The state of each address, as `rolecall check --json` prints it. Raises Failed."""
    with tempfile.TemporaryDirectory() as folder:
        # As a document: an address that ends like one would be read as one.
        listed = Path(folder) / "issue.txt"
        listed.write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        said = await _run(
            ["check", "--json", "--kind", "text", "--db", database, str(listed)], CHECK_SECONDS
        )
    return [row for row in said if isinstance(row, dict)]


async def read_and_keep(database: str, url: str) -> dict[str, Any]:
    """Read the posting behind an address and store it. Raises Failed."""
    if not url.startswith(("http://", "https://")):
        raise Failed("An address begins with https://")
    said = await _run(["try", "--json", "--keep", "--db", database, "--", url], TRY_SECONDS)
    if not said or not isinstance(said[0], dict):
        raise Failed("Nothing was found there.")
    return said[0]


async def _run(arguments: list[str], seconds: int) -> list[Any]:
    try:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "crawler.cli", *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[2],
        )  # fmt: skip
    except OSError as error:
        raise Failed(f"`rolecall {arguments[0]}` did not start: {error.strerror}") from None
    try:
        out, err = await asyncio.wait_for(child.communicate(), seconds)
    except TimeoutError:
        child.kill()
        await child.wait()
        raise Failed(f"`rolecall {arguments[0]}` took longer than {seconds} s") from None
    try:
        said = json.loads(out)
    except ValueError:
        raise Failed(_last_line(err) or f"`rolecall {arguments[0]}` said nothing") from None
    if child.returncode not in (0, 1):
        raise Failed(_last_line(err))
    return said if isinstance(said, list) else [said]


def _last_line(err: bytes) -> str:
    lines = err.decode("utf-8", errors="replace").strip().splitlines()
    return lines[-1].removeprefix("rolecall: ")[:300] if lines else ""
