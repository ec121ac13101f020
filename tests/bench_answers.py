"""What keeping raw answers costs: `python -m tests.bench_answers [POSTINGS] [FOLDER]`.

Details of HTML are kept and read back, as one source-run: invented pages of 60 kB with the words of
tests.bench_store in the markup of a career site, or the *.html files of a folder in turn.
"""

# ruff: noqa: T201
from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from scrapy import Request
from scrapy.http import HtmlResponse

from db import answers, store
from pipelines.answers import Answers
from tests.bench_store import WEIGHTS, WORDS

SIZE = 60_000  # bytes of an invented page; most of it is the same on every page of a site


def pages(count: int, folder: Path | None) -> list[bytes]:
    """So many pages, made or read."""
    if folder:
        found = [path.read_bytes() for path in sorted(folder.rglob("*.html"))]
        return [found[number % len(found)] for number in range(count)]
    pick = random.Random(7)
    rows = (
        f'<li class="c{n}"><a href="/{"-".join(pick.choices(WORDS, k=3))}">' for n in range(900)
    )
    frame = "\n".join(rows)[: SIZE - 6_000].encode()
    texts = [" ".join(pick.choices(WORDS, WEIGHTS, k=900)).encode() for _ in range(200)]
    return [frame + texts[number % 200] + str(number).encode() for number in range(count)]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    bodies = pages(count, folder)
    responses = []
    for number, body in enumerate(bodies):
        row = SimpleNamespace(native_id=str(number))
        request = Request(f"https://bench.example/{number}", cb_kwargs={"row": row})
        headers = {"Content-Type": "text/html; charset=utf-8"}
        responses.append((HtmlResponse(request.url, body=body, headers=headers), request))
    with tempfile.TemporaryDirectory() as name:
        db = store.open_db(Path(name) / "bench.db")
        store.sync_sources(db, [{"id": "bench", "platform": "x", "employer": "x", "url": "x"}])
        run = store.start_run(db, "2026-08-20T03:00:00+00:00")
        kept, begun = Answers(), time.perf_counter()
        for response, request in responses:
            kept.response_received(response, request)
        compressed = time.perf_counter() - begun
        begun = time.perf_counter()
        with store.writing(db) as conn:
            answers.keep(conn, "bench", run, kept.rows(), complete=True, today="2026-08-20")
        written = time.perf_counter() - begun
        stored = sum(row["bytes"] for row in kept.rows())
        db.close()
    raw = sum(map(len, bodies))
    thousand = 1_000 / count
    print(
        f"{count} answers of {raw / count / 1000:.1f} kB: {stored / count:.0f} bytes kept of each; "
        f"per 1,000 postings {compressed * thousand:.2f} s to compress, "
        f"{written * thousand * 1000:.0f} ms of write lock"
    )


if __name__ == "__main__":
    main()
