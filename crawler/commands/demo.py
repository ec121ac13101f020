"""`rolecall demo`: simulated career sites of every platform, crawled over real HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import click

from crawler.commands.serve import serve
from crawler.errors import ConfigError

CHECKOUT = Path(__file__).resolve().parents[2]


@click.command()
@click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("demo.db"),
    show_default=True,
    help="The demo's database; an older one is replaced.",
)
@click.option(
    "--nights",
    type=click.IntRange(1, 30),
    default=1,
    show_default=True,
    help="Crawl so many nights, a simulated day apart.",
)
@click.option("--no-serve", is_flag=True, help="End after the crawl.")
@click.option("--port", default=8001, show_default=True, help="Port of Datasette on 127.0.0.1.")
def command(db: Path, nights: int, no_serve: bool, port: int) -> None:
    """Crawl simulated career sites into a fresh database, then open it in Datasette.

    The sites run on this machine and speak the protocols of the real platforms; the crawl is the
    real one. No other machine is asked for anything.

    \b
    rolecall demo
    rolecall demo --nights 2 --no-serve     the second night asks for next to nothing
    """
    if not (CHECKOUT / "tests" / "simulator").is_dir():
        raise ConfigError("the simulated sites live in the checkout's tests/; run it from there")
    for leftover in (db, Path(f"{db}-wal"), Path(f"{db}-shm")):
        leftover.unlink(missing_ok=True)
    simulator = subprocess.Popen(
        [sys.executable, "-m", "tests.simulator", "--demo", "--fixtures"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert simulator.stdout is not None
        said = simulator.stdout.readline()
        if not said:
            raise ConfigError("the simulated sites did not start; see the lines above")
        sites = json.loads(said)
        click.echo(f"{len(sites['sources'])} simulated career sites on 127.0.0.1:{sites['port']}")
        status = 0
        for night in range(nights):
            if night:
                _a_day_passes(sites["gateway"])
            status = max(status, _crawl(db, sites, night))
    finally:
        # The simulator ends when its standard input closes.
        assert simulator.stdin is not None
        simulator.stdin.close()
        simulator.wait(timeout=10)
    if status:
        raise click.exceptions.Exit(status)
    if no_serve:
        click.echo(f"{db} is ready: rolecall serve --db {db}")
    else:
        serve(db, port)


def _crawl(db: Path, sites: dict[str, Any], night: int) -> int:
    """One night, by the same command that a person or cron would use."""
    now = datetime.now(UTC) + timedelta(days=night)
    return subprocess.run(
        [
            sys.executable, "-m", "crawler.cli", "crawl", "--db", str(db.resolve()),
            "--only-sources", sites["catalogue"], "--gateway", sites["gateway"],
        ],
        cwd=CHECKOUT,
        env={**os.environ, "ROLECALL_NOW": now.isoformat()},
        check=False,
    ).returncode  # fmt: skip


def _a_day_passes(gateway: str) -> None:
    with urlopen(Request(f"{gateway}/_control/advance", data=b'{"days": 1}', method="POST")):
        pass
