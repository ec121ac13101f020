"""Who may see and do what, how an editor signs in, and what a browser is told to refuse."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import sqlite3
from functools import cache
from importlib.resources import files
from typing import Any

from datasette.utils import actor_matches_allow, resolve_env_secrets

NAME = "rolecall"  # of the plugin, in datasette.yaml
DESK = "rolecall-desk"  # the permission to see the desk
MARK = "rolecall-mark"  # the permission to decide
EDITOR = "editor"  # who signs in when `rolecall serve` is told no other name

# The editor's own, and what only a crawl needs. Everything else is for every reader.
PRIVATE = ("marks", "listed", "visits", "answers", "new_finds")


def config(datasette: Any) -> dict[str, Any]:
    """This plugin's part of the configuration; what is not set is absent.

    Read once and past `datasette.plugin_config`, which asks the hook `get_metadata`, which asks
    here.
    """
    told: dict[str, Any] | None = getattr(datasette, "_rolecall_config", None)
    if told is None:
        given = (datasette._metadata_local.get("plugins") or {}).get(NAME) or {}
        resolved = resolve_env_secrets(given, os.environ)
        told = {key: value for key, value in resolved.items() if value not in (None, "")}
        datasette._rolecall_config = told
    return told


def is_public(datasette: Any) -> bool:
    """Is this the instance for readers, without a desk?"""
    return bool(config(datasette).get("public"))


def editors(datasette: Any) -> dict[str, Any]:
    """The allow block of the desk; nobody on the readers' instance."""
    if is_public(datasette):
        return {}
    told = config(datasette)
    # Datasette's form of an allow block.
    allow: dict[str, Any] = told.get("editors") or {"id": [told.get("editor", EDITOR), "root"]}
    return allow


def is_editor(datasette: Any, actor: dict[str, Any] | None) -> bool:
    """May this actor sit at the desk? An empty allow block lets nobody in."""
    allow = editors(datasette)
    return bool(allow) and bool(actor) and bool(actor_matches_allow(actor, allow))


def table_allows(datasette: Any) -> dict[str, Any]:
    """Allow block by private table or view. `answers` is nobody's: other people's pages."""
    allow = editors(datasette) or False
    return {name: False if name == "answers" else allow for name in PRIVATE}


def guard(connection: sqlite3.Connection) -> None:
    """Let no statement of this connection read the private tables, however it is written.

    On the readers' instance everybody may write SQL, and a permission of a table says nothing
    about a query that names it. Nor do Datasette's own pages learn that private tables refer to a
    posting: they would count the references.
    """

    def authorize(action: int, one: str | None, two: str | None, *_: Any) -> int:
        if action == sqlite3.SQLITE_READ and one in PRIVATE:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and one == "foreign_key_list" and two in PRIVATE:
            return sqlite3.SQLITE_IGNORE
        return sqlite3.SQLITE_OK

    connection.set_authorizer(authorize)


class Tokens:
    """One-time sign-in tokens: those given at the start, each good for one use."""

    def __init__(self, tokens: list[str]) -> None:
        self._unused = set(tokens)

    def use(self, token: str) -> bool:
        """True for a token that nobody used before."""
        found = [one for one in self._unused if hmac.compare_digest(one.encode(), token.encode())]
        self._unused.difference_update(found)
        return bool(found)


# --- what a browser is told -----------------------------------------------------------------------

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def script_hashes() -> str:
    """Hashes of the scripts that stand within Datasette's own templates and never vary."""
    found = []
    for template in files("datasette").joinpath("templates").iterdir():
        if template.name.endswith(".html"):
            for script in _INLINE.findall(template.read_text(encoding="utf-8")):
                varies = re.search(r"{{(?! datasette_allow_facet)|{%", script)
                if not varies:
                    found += [script.replace("{{ datasette_allow_facet }}", v) for v in _FACETS]
    digests = {hashlib.sha256(script.encode()).digest() for script in found}
    return " ".join(sorted(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests))


_FACETS = ("true", "false")


def policy(*, ours: bool) -> str:
    """Content-Security-Policy: scripts are files of this site, on our pages styles are too."""
    scripts = "'self'" if ours else f"'self' {script_hashes()}"
    styles = "'self'" if ours else "'self' 'unsafe-inline'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}
