"""How fast the pages are: `python -m tests.bench_site [POSTINGS] [OPEN]`, in a temporary folder.

A synthetic database of plain rows (a fifth of the postings open, unless told otherwise; scores,
places, categories, marks, sixty nights over 500 sources), then every page of ours and the stock
table pages through Datasette's own client: milliseconds, the first time and the median of five.
"""

# ruff: noqa: T201
from __future__ import annotations

import asyncio
import gc
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils import parse_metadata

from crawler.commands.serve import SETTINGS, SITE
from db import store
from db.site.access import DESK

SOURCES, NIGHTS = 500, 60
WORDS = [
    "".join(random.Random(seed).choices("aeiouslrntdcmp", k=3 + seed % 8)) for seed in range(6000)
]
TITLES = ("Research Software Engineer", "Director of Research Computing", "Data Steward",
          "HPC Systems Administrator", "Lecturer in Economics", "Catering Assistant",
          "Head of Bioinformatics", "Administrative Officer")  # fmt: skip
COUNTRIES = ("US", "US", "US", "GB", "CA", "DE", "AU", "FR", "NL", "IE", "CH", "SE", None)
CATEGORIES = (
    ("sector", ("Academia", "Industry", "Public sector", "Nonprofit", "Finance")),
    ("role", ("Software Development", "IC Leadership", "Ops/Automation", "Consulting")),
    ("technical", ("HPC", "Cloud", "Data Science/ML/AI", "Quantum Computing", "Storage")),
    ("domain", ("Biomedical", "Core Facility", "Weather/Climate")),
)

PAGES = (
    "/", "/desk", "/desk?topic=0&lead=0", "/desk?order=newest", "/desk?order=deadline",
    "/desk?country=IE", "/desk?sector=Finance&category=HPC", "/desk?q=director+computing",
    "/desk?source=s7", "/desk?page=5", "/desk/posting/{open}", "/desk/issue", "/desk/log",
    "/desk/sample", "/desk/add",
    "/board", "/board?page=20", "/board?country=US", "/board?country=IE&sector=Finance",
    "/board?remote=remote", "/board?posted=7", "/board?q=software+engineer",
    "/board?q=catering+{word}",
    "/board/{open}", "/board.atom", "/board.rss?country=DE", "/board.json?technical=HPC",
    "/sources", "/trends", "/trends?all=1",
)  # fmt: skip
STOCK = (
    "/bench", "/bench/postings", "/bench/board", "/bench/new_finds",
    "/bench/postings?_search=software",
    "/bench/source_runs", "/bench/source_health", "/bench/places", "/bench/categories",
    "/bench/postings/{open}", "/bench/changes", "/bench/field_counts",
)  # fmt: skip


def rows(count: int, still_open: int, today: datetime) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Posting and text of each number."""
    pick = random.Random(11)
    texts = [
        "\n\n".join(" ".join(pick.choices(WORDS, k=45)) for _ in range(7)) for _ in range(1000)
    ]
    for number in range(1, count + 1):
        is_open = number > count - still_open
        age = pick.randrange(0, 90) if is_open else pick.randrange(30, 900)
        first = (today - timedelta(days=age)).date()
        closed = None if is_open else (first + timedelta(days=pick.randrange(5, 30))).isoformat()
        title = f"{TITLES[number % len(TITLES)]}, {pick.choice(WORDS)} {pick.choice(WORDS)}"
        source = f"s{number % SOURCES}"
        url = f"https://{source}.example.org/job/{number}"
        deadline = (today + timedelta(days=pick.randrange(0, 60))).date().isoformat()
        yield (
            (
                number, source, "bench", source, f"R{number}", f"R{number}", url, title,
                f"Employer {number % 3000}", "Boston MA USA",
                pick.choice(("remote", "hybrid", None)),
                deadline if number % 3 == 0 else None, f"h{number}", first.isoformat(),
                today.date().isoformat(), closed, closed and "absent", round(pick.random() ** 2, 3),
                round(pick.random(), 3),
            ),
            (number, texts[number % 1000], f"<p>{texts[number % 1000]}</p>"),
        )  # fmt: skip


def fill(path: Path, count: int, still_open: int) -> None:
    """The database."""
    today = datetime.now(UTC)
    store.open_db(path).close()
    conn = sqlite3.connect(path)
    pick = random.Random(5)
    conn.executemany(
        "INSERT INTO sources (id, platform, employer, url) VALUES (?, 'bench', ?, ?)",
        ((f"s{n}", f"Employer {n}", f"https://s{n}.example.org/") for n in range(SOURCES)),
    )
    for night in range(NIGHTS):
        started = (today - timedelta(days=NIGHTS - night)).isoformat(timespec="seconds")
        conn.execute(
            "INSERT INTO runs (id, started, finished) VALUES (?, ?, ?)",
            (night + 1, started, started),
        )
        conn.executemany(
            "INSERT INTO source_runs (run, source, outcome, started, listed, requests, seconds) "
            "VALUES (?, ?, ?, ?, 40, 4, 2.0)",
            (
                (night + 1, f"s{n}", "blocked" if (n + night) % 40 == 0 else "ok", started)
                for n in range(SOURCES)
            ),
        )
        conn.executemany(
            "INSERT INTO field_counts VALUES (?, ?, ?, 4, 4, 5, 200)",
            (
                (night + 1, f"s{n}", field)
                for n in range(SOURCES)
                for field in ("places", "salary", "description_text")
            ),
        )
    made = rows(count, still_open, today)
    while batch := [row for _, row in zip(range(20_000), made, strict=False)]:
        conn.executemany(
            "INSERT INTO postings (id, source, platform, tenant, native_id, requisition_id, url, "
            "title, organization, location, workplace, valid_through, content_hash, first_seen, "
            "last_seen, closed_at, closed_reason, topic_score, lead_score) "
            f"VALUES ({', '.join('?' * 19)})",
            (row[0] for row in batch),
        )
        conn.executemany(
            "INSERT INTO texts (posting, description_text, description_html) VALUES (?, ?, ?)",
            (row[1] for row in batch),
        )
        numbers = [row[0][0] for row in batch]
        conn.executemany(
            "INSERT INTO keys VALUES (?, 'bench', ?, ?)",
            ((n, f"s{n % SOURCES}", f"R{n}") for n in numbers),
        )
        conn.executemany(
            "INSERT INTO places (posting, city, region, country, remote) "
            "VALUES (?, 'Boston', 'MA', ?, ?)",
            (
                (n, pick.choice(COUNTRIES), int(pick.random() < 0.1))
                for n in numbers
                for _ in range(1 + (n % 5 == 0))
            ),
        )
        conn.executemany(
            "INSERT INTO categories VALUES (?, ?, ?)",
            (
                (n, kind, pick.choice(words))
                for n in numbers
                for kind, words in CATEGORIES
                if pick.random() < 0.8
            ),
        )
    conn.execute("INSERT INTO postings_fts(postings_fts) VALUES ('rebuild')")
    at = today.isoformat(timespec="seconds")
    conn.executemany(
        "INSERT INTO marks (posting, decision, editor, at) VALUES (?, ?, 'editor', ?)",
        (
            (count - n * 3, "keep" if n % 100 == 0 else "reject", at)
            for n in range(min(2000, count // 4))
        ),
    )
    conn.executemany(
        "INSERT INTO listed (url, title, organization, at) VALUES (?, ?, 'Employer', ?)",
        ((f"https://old.example.org/{n}", f"{TITLES[n % 8]}, old {n}", at) for n in range(3000)),
    )
    conn.execute("ANALYZE") if "--analyze" in sys.argv else None
    conn.commit()
    conn.close()


async def measure(path: Path, count: int) -> None:
    """Print milliseconds of every page."""
    metadata = parse_metadata((SITE / "datasette.yaml").read_text(encoding="utf-8"))
    typed = {
        k: {"on": True, "off": False}.get(v, int(v) if v.isdigit() else v)
        for k, v in SETTINGS.items()
    }
    site = Datasette(
        [str(path)], metadata=metadata, settings=typed, plugins_dir=str(SITE / "plugins"),
        template_dir=str(SITE / "templates"), static_mounts=[("assets", str(SITE / "static"))],
    )  # fmt: skip
    await site.invoke_startup()
    assert await site.permission_allowed({"id": "editor"}, DESK)
    cookies = {"ds_actor": site.sign({"a": {"id": "editor"}}, "actor")}
    slowest: dict[str, float] = {}
    for kind, pages in (("ours", PAGES), ("stock", STOCK)):
        print(f"{'first':>9} {'median':>9}  {kind}")
        for page in pages:
            address = page.format(open=count - 5, word=WORDS[3])
            took = []
            for _ in range(6):
                begun = time.perf_counter()
                answer = await site.client.get(address, cookies=cookies)
                took.append((time.perf_counter() - begun) * 1000)
                assert answer.status_code == 200, (address, answer.status_code, answer.text[:500])
            median = statistics.median(took[1:])
            slowest[kind] = max(slowest.get(kind, 0), median)
            print(f"{took[0]:7.0f}ms {median:7.0f}ms  {address}", flush=True)
    print("slowest median: " + ", ".join(f"{kind} {ms:.0f} ms" for kind, ms in slowest.items()))
    for database in site.databases.values():
        database.close()


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count = numbers[0] if numbers else 100_000
    still_open = numbers[1] if len(numbers) > 1 else count // 5
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        begun = time.perf_counter()
        fill(path, count, still_open)
        print(
            f"{count} postings, {still_open} open, {path.stat().st_size / 1e6:.0f} MB, "
            f"made in {time.perf_counter() - begun:.0f} s"
        )
        gc.collect()
        asyncio.run(measure(path, count))


if __name__ == "__main__":
    main()
