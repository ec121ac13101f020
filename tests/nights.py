"""Nights over simulated career sites: the real command, real HTTP, a database to look into."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.simulator.client import CHECKOUT, SimulatorProcess

FIRST = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
ROLECALL = Path(sys.executable).with_name("rolecall")


class Nights:
    """A simulator, a database, and a clock that both share.

    with Nights(tmp_path, "--platforms", "lever") as nights:
        nights.crawl()
        nights.simulator.change("fernwood", remove=1)
        nights.crawl()
    """

    def __init__(self, folder: Path, *arguments: str):
        self.db = folder / "rolecall.db"
        self.now = FIRST
        self.simulator = SimulatorProcess(*arguments, "--today", FIRST.date().isoformat())

    def __enter__(self) -> Nights:
        return self

    def __exit__(self, *_: object) -> None:
        self.simulator.stop()

    @property
    def source(self) -> str:
        return self.simulator.sources[0]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`rolecall ARGUMENTS` with this database, gateway, catalogue and clock."""
        return subprocess.run(
            [sys.executable, "-m", "crawler.cli", *arguments],
            cwd=CHECKOUT,
            env={**self.environment(), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "ROLECALL_DB": str(self.db),
            "ROLECALL_GATEWAY": self.simulator.gateway,
            "ROLECALL_ONLY_SOURCES": str(self.simulator.catalogue),
            "ROLECALL_NOW": self.now.isoformat(),
        }

    def crawl(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """One night; the summary by source. A day passes afterwards."""
        done = self.run("crawl", "--json", *arguments)
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        self.now += timedelta(days=1)
        self.simulator.advance()
        return {source["source"]: source for source in json.loads(done.stdout)["sources"]}

    def night(self, *arguments: str) -> dict[str, Any]:
        """One night of the only source."""
        (ended,) = self.crawl(*arguments).values()
        return ended

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql, values).fetchall()

    def open(self) -> int:
        """How many postings are open."""
        return self.query("SELECT count(*) FROM postings WHERE closed_at IS NULL")[0][0]
