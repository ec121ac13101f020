"""How fast the store is: `python -m tests.bench_store [POSTINGS] [SOURCES]`, in a temporary folder.

Fresh postings with 5 kB of text (HTML and plain), then a night without news, a night that re-reads
everything unchanged, and a night in which every tenth posting says something else.
"""

# ruff: noqa: T201
from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from db import store

WORDS = [
    "".join(random.Random(seed).choices("aeiouslrntdcmp", k=3 + seed % 8)) for seed in range(8000)
]
WEIGHTS = [1 / (rank + 1) for rank in range(len(WORDS))]  # words recur as in any language


def postings(count: int, sources: int) -> dict[str, list[dict[str, Any]]]:
    """Invented postings by source."""
    pick = random.Random(7)
    texts = [" ".join(pick.choices(WORDS, WEIGHTS, k=355)) for _ in range(2000)]
    made: dict[str, list[dict[str, Any]]] = {f"source-{n}": [] for n in range(sources)}
    for number in range(count):
        source, text = f"source-{number % sources}", f"{texts[number % 2000]} {number}"
        made[source].append(
            {
                "source": source, "platform": "bench", "tenant": source,
                "native_id": f"R{number}", "requisition_id": f"R{number}",
                "keys": [["bench", source, f"R{number}"], ["bench", source, f"_R{number}-1"]],
                "title": " ".join(pick.choices(WORDS, k=5)), "organization": f"Employer {source}",
                "url": f"https://{source}.example.org/job/research-engineer_R{number}",
                "description_html": f"<p>{text}</p>", "description_text": text,
                "raw_location": ["Cambridge, MA"], "location": "Cambridge MA USA",
                "places": [{"city": "Cambridge", "region": "MA", "country": "US", "remote": False}],
                "raw_employment_type": "Full time", "employment_type": "FULL_TIME",
                "raw_date_posted": "2026-08-01", "date_posted": "2026-08-01",
                "fingerprint": f"f{number}", "content_hash": f"h{number}",
            }
        )  # fmt: skip
    return made


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sources = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    made = postings(count, sources)
    text = sum(len(p["description_text"]) * 2 for board in made.values() for p in board) / count
    print(f"{count} postings of {sources} sources, {text:.0f} bytes of text each")
    gc.freeze()  # a crawl holds one source's postings at a time, not all of them
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        db = store.open_db(path)
        rows = [
            {"id": name, "platform": "bench", "employer": name, "url": name, "enabled": 1}
            for name in made
        ]
        store.sync_sources(db, rows)

        def night(day: int, name: str, brought: Callable[[list[Any]], dict[str, Any]]) -> None:
            started = f"2026-08-{day:02}T01:00:00+00:00"
            run, slowest, begun = store.start_run(db, started), 0.0, time.perf_counter()
            for source, board in made.items():
                row = {
                    "run": run, "source": source, "outcome": "ok", "listed": len(board),
                    "started": started,
                }  # fmt: skip
                one = time.perf_counter()
                store.commit_source_run(db, row, **brought(board), counts_absences=True)
                slowest = max(slowest, time.perf_counter() - one)
            took = time.perf_counter() - begun
            store.finish_run(db, run, started)
            print(
                f"{name:28} {took:7.2f} s  {count / took:9.0f}/s  slowest commit {slowest:.3f} s"
                f"  {path.stat().st_size / 1e6:.0f} MB"
            )

        night(1, "fresh", lambda board: {"postings": board})
        night(2, "nothing new", lambda board: {"sightings": [p["native_id"] for p in board]})
        night(3, "all read again, unchanged", lambda board: {"postings": board})
        for board in made.values():
            for posting in board[::10]:
                posting["title"] += " (m/f/d)"
                posting["content_hash"] += "x"
        night(
            4, "every tenth changed",
            lambda board: {
                "postings": board[::10], "sightings": [p["native_id"] for p in board],
            },
        )  # fmt: skip
        begun = time.perf_counter()
        remembered = sum(len(store.memory_rows(db, source)) for source in made)
        print(f"memory of {remembered} postings    {time.perf_counter() - begun:7.2f} s")
        for sql in (
            "SELECT * FROM new_finds LIMIT 100",
            "SELECT count(*) FROM new_finds",
            "SELECT count(*) FROM board",
            "SELECT * FROM source_health",
            "SELECT organization, count(*) FROM postings GROUP BY 1 ORDER BY 2 DESC LIMIT 30",
            "SELECT count(*) FROM postings_fts WHERE postings_fts MATCH 'aaeiou* OR s*'",
        ):
            begun = time.perf_counter()
            db.conn.execute(sql).fetchall()
            print(f"{(time.perf_counter() - begun) * 1000:7.1f} ms  {sql}")
        db.close()


if __name__ == "__main__":
    main()
