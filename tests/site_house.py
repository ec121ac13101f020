"""A site over a small database of plain rows, and visitors to it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils import parse_metadata

from crawler.commands.serve import SETTINGS, SITE
from db import store

TODAY = datetime.now(UTC).date()


def day(back: int) -> str:
    """The day so many days ago, ISO 8601."""
    return (TODAY - timedelta(days=back)).isoformat()


def site_of(db: Path, **config: Any) -> Datasette:
    """Datasette as `rolecall serve` sets it up; `config` is the plugin's."""
    metadata = parse_metadata((SITE / "datasette.yaml").read_text(encoding="utf-8"))
    metadata["plugins"] = {"rolecall": config}
    return Datasette(
        [str(db)],
        metadata=metadata,
        settings={
            name: {"on": True, "off": False}.get(value, int(value) if value.isdigit() else value)
            for name, value in SETTINGS.items()
        },
        plugins_dir=str(SITE / "plugins"),
        template_dir=str(SITE / "templates"),
        static_mounts=[("assets", str(SITE / "static"))],
    )


class House:
    """A database with one source, and a site over it."""

    def __init__(self, folder: Path, **config: Any) -> None:
        self.db = folder / "house.db"
        store.open_db(self.db).close()
        self.write(
            "INSERT INTO sources (id, platform, employer, url) "
            "VALUES ('fernwood', 'lever', 'Fernwood University', 'https://jobs.lever.co/fernwood')"
        )
        self.write(f"INSERT INTO runs (id, started) VALUES (1, '{day(1)}T02:00:00+00:00')")
        self.site = site_of(self.db, **config)
        self._made = 0

    def close(self) -> None:
        """Close every connection of the site."""
        for database in self.site.databases.values():
            database.close()

    # --- the database -----------------------------------------------------------------------------

    def write(self, sql: str, *values: Any) -> int:
        """One statement; the number of the row it inserted."""
        with closing(sqlite3.connect(self.db, timeout=30)) as conn, conn:
            return conn.execute(sql, values).lastrowid or 0

    def read(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with closing(sqlite3.connect(self.db)) as conn:
            return conn.execute(sql, values).fetchall()

    def add(
        self,
        title: str,
        *,
        text: str = "Lead a team.\n\nShape the service.",
        html: str | None = None,
        country: str | None = "US",
        categories: tuple[tuple[str, str], ...] = (),
        reasons: Any = None,
        **columns: Any,
    ) -> int:
        """A posting; returns its number."""
        self._made += 1
        row = {
            "source": "fernwood", "platform": "lever", "tenant": "fernwood",
            "native_id": f"n{self._made}", "url": f"https://jobs.lever.co/fernwood/{self._made}",
            "title": title, "organization": "Fernwood University", "content_hash": "h",
            "first_seen": day(0), "last_seen": day(0), "location": "Boston MA USA",
            "topic_score": 0.9, "lead_score": 0.9, **columns,
        }  # fmt: skip
        number = self.write(
            f"INSERT INTO postings ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            *row.values(),
        )
        self.write(
            "INSERT INTO texts (posting, description_text, description_html, score_reasons) "
            "VALUES (?, ?, ?, ?)",
            number, text, html, json.dumps(reasons) if reasons else None,
        )  # fmt: skip
        self.write(
            "INSERT INTO postings_fts (rowid, title, organization, description) "
            "VALUES (?, ?, ?, ?)",
            number, title, row["organization"], text,
        )  # fmt: skip
        if country:
            self.write("INSERT INTO places (posting, country) VALUES (?, ?)", number, country)
        for kind, category in categories:
            self.write("INSERT INTO categories VALUES (?, ?, ?)", number, kind, category)
        return number

    # --- visitors ---------------------------------------------------------------------------------

    @property
    def editor(self) -> dict[str, str]:
        """The cookie of the editor."""
        return {"ds_actor": self.site.sign({"a": {"id": "editor"}}, "actor")}

    def get(self, path: str, *, anonymous: bool = False, **more: Any) -> Any:
        """The answer to the editor, or to somebody who is not signed in."""
        cookies = {} if anonymous else self.editor
        return asyncio.run(self.site.client.get(path, cookies=cookies, **more))

    def post(self, path: str, *, anonymous: bool = False, csrf: bool = True, **form: Any) -> Any:
        """The answer to a form that the page's script sends, with the token of a page before."""

        async def send() -> Any:
            cookies = {} if anonymous else dict(self.editor)
            said = dict(form)
            if csrf:
                page = await self.site.client.get("/desk/add", cookies=cookies)
                token = page.cookies.get("ds_csrftoken")
                if token:
                    cookies["ds_csrftoken"] = said["csrftoken"] = token
            else:
                cookies.setdefault("other", "1")
            headers = {"accept": "application/json"}
            return await self.site.client.post(path, data=said, cookies=cookies, headers=headers)

        return asyncio.run(send())

    def mark(self, posting: int, decision: str, **more: Any) -> Any:
        """The editor decides."""
        return self.post("/desk/mark", posting=posting, decision=decision, **more)

    def marks(self) -> list[tuple[Any, ...]]:
        """Posting, decision, until, excerpt, issue, position of every mark."""
        return self.read(
            "SELECT posting, decision, until, excerpt, issue, position FROM marks ORDER BY id"
        )

    def finds(self, query: str = "") -> list[int]:
        """The postings that the desk offers, in its order."""
        import re

        page = self.get(f"/desk{query}")
        assert page.status_code == 200, page.text[:500]
        return [int(n) for n in re.findall(r'<li class="find" data-id="(\d+)"', page.text)]

    def board(self, query: str = "") -> list[int]:
        """The postings that the board shows to everybody."""
        import re

        page = self.get(f"/board{query}", anonymous=True)
        assert page.status_code == 200, page.text[:500]
        return [int(n) for n in re.findall(r'<h2><a href="/board/(\d+)"', page.text)]
