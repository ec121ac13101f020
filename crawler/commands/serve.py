"""`rolecall serve`: the live database in Datasette."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click

from crawler.commands import options
from crawler.errors import ConfigError
from db import store

SITE = Path(__file__).resolve().parents[2] / "db" / "site"


@click.command()
@options.database
@click.option("--port", default=8001, show_default=True, help="Port on 127.0.0.1; 0 picks one.")
def command(db: Path, port: int) -> None:
    """Open the database in Datasette on this machine, until interrupted.

    The file is opened as it is, not as immutable: a crawl may be writing to it meanwhile. Nobody
    who is not signed in can write.

    \b
    rolecall serve
    rolecall serve --db demo.db --port 8002
    """
    serve(db, port)


def serve(db: Path, port: int) -> None:
    """Replace this process by Datasette. Raises ConfigError when database or port will not do."""
    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    store.open_db(db).close()  # brings an older file up to date before anybody reads it
    port = _free_port(port)
    click.echo(f"Rolecall serves {db} at http://127.0.0.1:{port}/ (Ctrl-C ends it)")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "datasette", "serve", *arguments(db, port)])


def arguments(db: Path, port: int) -> list[str]:
    """Datasette's command line for this site."""
    # A relative name would depend on where Datasette was started; the database's name in URLs is
    # the file's stem.
    return [
        str(db.resolve()),
        "--host", "127.0.0.1",
        "--port", str(port),
        "--metadata", str(SITE / "datasette.yaml"),
        "--plugins-dir", str(SITE / "plugins"),
        "--template-dir", str(SITE / "templates"),
        "--static", f"assets:{SITE / 'static'}",
        *(word for pair in SETTINGS.items() for word in ("--setting", *pair)),
    ]  # fmt: skip


# Facet suggestions cost a query per column on every page.
SETTINGS = {
    "suggest_facets": "off",
    "default_page_size": "50",
    "sql_time_limit_ms": "3000",
    "facet_time_limit_ms": "1000",
    "allow_download": "off",
    "truncate_cells_html": "300",
    "default_cache_ttl": "0",
}


def _free_port(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ConfigError(f"port {port} is taken; choose another with --port") from None
        return int(probe.getsockname()[1])
