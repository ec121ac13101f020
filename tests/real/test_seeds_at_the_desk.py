"""What the newsletters listed is not offered again, whichever way a crawl finds it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.recognise import Recogniser
from crawler.sources import read_catalogue
from db import store
from tests.real.conftest import SHARED
from tests.test_cli import rolecall

SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
DAY = "2026-08-20"


def crawled(database: Any, listings: list[dict[str, Any]], *, canonical: bool) -> int:
    """Store every listing as a crawl would have: by its keys and an address. Returns how many."""
    recogniser = Recogniser(read_catalogue().values())
    with store.writing(database) as conn:
        conn.execute(
            "INSERT INTO sources (id, platform, employer, url) VALUES ('all', 'lever', 'E', 'u')"
        )
        number = 0
        for listing in listings:
            match = recogniser.recognise(listing["url"])
            key = match.key if match else None
            url = match.canonical_url if match and canonical else listing["url"]
            if match is not None and key is None:
                continue  # a link to a listing names no posting
            number += 1
            conn.execute(
                "INSERT INTO postings (id, source, platform, tenant, native_id, url, title,"
                " organization, content_hash, first_seen, last_seen)"
                " VALUES (?, 'all', 'lever', 't', ?, ?, ?, ?, '', ?, ?)",
                (number, str(number), url, listing["title"], listing["organization"], DAY, DAY),
            )
            if key:
                conn.execute(
                    "INSERT OR IGNORE INTO keys (posting, platform, tenant, key)"
                    " VALUES (?, ?, ?, ?)",
                    (number, *key),
                )
    return number


@pytest.mark.skipif(not SEEDS, reason="the maintainers' seeds are not there")
@pytest.mark.parametrize("canonical", [False, True])
def test_nothing_of_the_seeds_is_offered_again(tmp_path: Path, canonical: bool) -> None:
    path = tmp_path / "desk.db"
    done = rolecall("import", *map(str, SEEDS), "--db", str(path), "--json")
    assert done.returncode == 0, done.stderr
    listings = [posting for posting in json.loads(done.stdout)["postings"] if posting["url"]]
    with closing(store.open_db(path)) as database:
        stored = crawled(database, listings, canonical=canonical)
        assert stored >= 80
        offered = list(database.query("SELECT title, url FROM new_finds"))
        assert offered == []
        database.execute("DELETE FROM listed")
        assert database.execute("SELECT count(*) FROM new_finds").fetchone()[0] == stored
