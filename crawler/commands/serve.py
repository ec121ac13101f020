"""`rolecall serve`: the live database in Datasette, as the editor's desk or for readers."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click

from crawler.commands import options
from crawler.errors import ConfigError
from db import store

SITE = Path(__file__).resolve().parents[2] / "db" / "site"


@click.command()
@options.database
@click.option("--port", default=8001, show_default=True, help="Port on 127.0.0.1; 0 picks one.")
@click.option(
    "--public",
    is_flag=True,
    help="For readers: board, feeds and SQL; no desk, and nothing can be written.",
)
@click.option(
    "--url",
    metavar="URL",
    envvar="ROLECALL_URL",
    show_envvar=True,
    help="Where a web server in front of it puts it, for links in feeds and for signing in.",
)
@click.option(
    "--editor", default="editor", show_default=True, help="The name that decisions are signed with."
)
def command(db: Path, port: int, public: bool, url: str | None, editor: str) -> None:
    """Open the database in Datasette on this machine, until interrupted.

    Prints a link that signs the editor in, once; the browser stays signed in for a year, also when
    this is started again. Whoever has not signed in sees the board, the sources and the trends. The
    file is opened as it is: a crawl may be writing to it meanwhile.

    \b
    rolecall serve
    rolecall serve --db demo.db --port 8002
    rolecall serve --public --url https://jobs.example.org
    """
    serve(db, port, public=public, url=url, editor=editor)


def serve(
    db: Path, port: int, *, public: bool = False, url: str | None = None, editor: str = "editor"
) -> None:
    """Replace this process by Datasette. Raises ConfigError when database or port will not do."""
    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise ConfigError(f"--url {url}: expected an address like https://jobs.example.org")
    store.open_db(db).close()  # brings an older file up to date before anybody reads it
    port = _free_port(port)
    here = (url or f"http://127.0.0.1:{port}").rstrip("/")
    said = {"ROLECALL_PUBLIC": "1" if public else "", "ROLECALL_SITE_URL": url or ""}
    if public:
        click.echo(f"Rolecall serves {db} to readers at {here}/ (Ctrl-C ends it)")
    else:
        token = secrets.token_urlsafe(32)
        said |= {"ROLECALL_SIGN_IN": token, "ROLECALL_EDITOR": editor}
        said["DATASETTE_SECRET"] = secret_of(db)
        click.echo(f"Rolecall serves {db} at {here}/ (Ctrl-C ends it)")
        click.echo(f"Sign in, once: {here}/desk/sign-in?{urlencode({'token': token})}")
    sys.stdout.flush()
    command_line = [sys.executable, "-m", "datasette", "serve", *arguments(db, port, url)]
    os.execve(sys.executable, command_line, environment(said))


def environment(said: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with what the site's configuration reads from it.

    What a child process of the desk needs (a gateway, a catalogue) passes through.
    """
    ours = {"PYTHONPATH": os.pathsep.join(filter(None, (str(SITE.parents[1]), _path())))}
    return {**os.environ, **ours, **said}


def _path() -> str:
    return os.environ.get("PYTHONPATH", "")


def secret_of(db: Path) -> str:
    """What cookies are signed with: a file beside the database that only its owner may read.

    Raises ConfigError when it cannot be made or others may read it.
    """
    path = Path(f"{db}.secret")
    try:
        try:
            # Made with its final mode: there is no moment at which others could read it.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if path.stat().st_mode & 0o077:
                raise ConfigError(f"{path}: others may read it; chmod 600 {path}") from None
        else:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
        said = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if len(said) < 32:
        raise ConfigError(f"{path}: too short to be a secret; delete it and start again")
    return said


def arguments(db: Path, port: int, url: str | None = None) -> list[str]:
    """Datasette's command line for this site."""
    settings = dict(SETTINGS)
    if url:
        parts = urlsplit(url)
        settings["base_url"] = f"{parts.path.rstrip('/')}/"
        settings["force_https_urls"] = "on" if parts.scheme == "https" else "off"
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
        *(word for pair in settings.items() for word in ("--setting", *pair)),
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
