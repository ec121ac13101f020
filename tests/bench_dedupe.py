"""How fast duplicates are found: `python -m tests.bench_dedupe [POSTINGS]`, in a temporary folder.

A database of invented postings: employers of very different size, one of them with 2 % of all
postings (20,000 of a million) of which every sixth has one title; requisitions advertised in
several cities; boards that copy what employers post, half of them with a link to the original;
roles that were posted again later. Everything is compared, then a night without news, then a night
in which every hundredth posting is new.
"""

# ruff: noqa: T201
from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler.night.duplicates import find_duplicates, link_reader
from crawler.recognise import Recogniser
from db import store
from db.sql import marks

RANKS = ["", "", "", "Senior ", "Principal ", "Lead ", "Associate ", "Director of "]
_FIELDS = """Research Software;Scientific Data;Cluster;Bioinformatics;Machine Learning;Storage;
Visualisation;Network;Quantum Computing;Climate Modelling;Genomics;Cloud Platform;Data Governance;
Library Systems;Imaging;Clinical Trials;Spectroscopy;Digital Humanities;Robotics;Security"""
FIELDS = [field.strip() for field in _FIELDS.split(";")]
NOUNS = ["Engineer", "Analyst", "Developer", "Scientist", "Manager", "Administrator", "Architect"]
LEVELS = ["", "", "", " I", " II", " III"]
_TOPICS = "Ocean;Plasma;Neuro;Soil;Energy;Crystal;Vaccine;Policy;Galaxy;Language;Transport;Water"
TOPICS = _TOPICS.split(";")
CITIES = [
    ("Boston", "MA", "US"), ("Toronto", "ON", "CA"), ("London", None, "GB"), ("Leeds", None, "GB"),
    ("Berlin", None, "DE"), ("Chicago", "IL", "US"), ("Sydney", "NSW", "AU"), ("Oslo", None, "NO"),
]  # fmt: skip
WORDS = ["".join(random.Random(n).choices("aeiouslrntdcmp", k=3 + n % 8)) for n in range(4000)]


def postings(count: int, pick: random.Random, start: int = 1) -> Iterator[dict[str, Any]]:
    """Rows of postings with their key, place and description; every copy after its original."""
    employers = max(20, count // 500)
    number = start
    while number < start + count:
        large = pick.random() < 0.02
        employer = 0 if large else 1 + int(employers * pick.random() ** 3)
        topic = f", {pick.choice(TOPICS)} {pick.choice(FIELDS)}"
        title = f"{pick.choice(RANKS)}{pick.choice(FIELDS)} {pick.choice(NOUNS)}"
        title += pick.choice(LEVELS) + (topic if pick.random() < 0.7 else "")
        if large and pick.random() < 1 / 6:
            title = "Registered Nurse"
        city = CITIES[employer % len(CITIES)] if pick.random() < 0.7 else pick.choice(CITIES)
        month = pick.randrange(1, 13)
        closed = pick.random() < 0.4
        row = {
            "number": number, "platform": "workday", "tenant": f"employer{employer}",
            "native_id": f"R{number}", "requisition_id": f"REQ-{100000 + number}",
            "title": title, "organization": f"Fernwood {WORDS[employer % 4000].title()} {employer}",
            "url": f"https://e{employer}.wd1.myworkdayjobs.com/Careers/job/x/x_R{number}",
            "apply_url": None, "city": city, "first_seen": f"2025-{month:02}-01",
            "closed_at": f"2025-{month:02}-20" if closed else None, "truth": number,
            "text": " ".join(pick.choices(WORDS, k=60)),
        }  # fmt: skip
        yield row
        number += 1
        kind = pick.random()
        for _ in range(pick.randrange(2, 6) if kind < 0.01 else 0):  # many cities
            yield {
                **row, "number": number, "native_id": f"R{number}", "city": pick.choice(CITIES),
                "url": f"https://e{employer}.wd1.myworkdayjobs.com/Careers/job/y/y_R{number}",
            }  # fmt: skip
            number += 1
        if 0.01 < kind < 0.12:  # on a board
            linked = kind < 0.06
            yield {
                **row, "number": number, "platform": "jobs_ac_uk", "tenant": "jobs.ac.uk",
                "native_id": f"B{number}", "requisition_id": None,
                "url": f"https://www.jobs.ac.uk/job/B{number}/x",
                "apply_url": row["url"] if linked else None,
            }  # fmt: skip
            number += 1
        if kind > 0.95 and closed and month < 10:  # again, later
            yield {
                **row, "number": number, "native_id": f"R{number}", "closed_at": None,
                "requisition_id": f"REQ-{100000 + number}", "first_seen": f"2025-{month + 2:02}-01",
                "url": f"https://e{employer}.wd1.myworkdayjobs.com/Careers/job/x/x_R{number}",
                "truth": number,
            }  # fmt: skip
            number += 1


def fill(db: Database, rows: Iterator[dict[str, Any]], truth: dict[int, int]) -> int:
    """Write the rows straight into the tables; returns how many."""
    count = 0
    with db.atomic():
        for row in rows:
            number = row["number"]
            count += 1
            truth[number] = row["truth"]
            slim = (
                number, "bench", row["platform"], row["tenant"], row["native_id"],
                row["requisition_id"], row["url"], row["apply_url"], row["title"],
                row["organization"], row["city"][0], f"h{number}", row["first_seen"],
                row["first_seen"], row["closed_at"],
            )  # fmt: skip
            db.conn.execute(
                "INSERT INTO postings (id, source, platform, tenant, native_id, requisition_id, "
                "url, apply_url, title, organization, location, content_hash, first_seen, "
                f"last_seen, closed_at) VALUES ({marks(slim)})",
                slim,
            )
            db.conn.execute(
                "INSERT INTO texts (posting, description_text) VALUES (?, ?)", (number, row["text"])
            )
            key = (number, row["platform"], row["tenant"], row["native_id"])
            db.conn.execute(
                "INSERT INTO keys (posting, platform, tenant, key) VALUES (?, ?, ?, ?)", key
            )
            db.conn.execute(
                "INSERT INTO places (posting, city, region, country, remote) "
                "VALUES (?, ?, ?, ?, 0)",
                (number, *row["city"]),
            )
    return count


def report(db: Database, truth: dict[int, int]) -> None:
    """How the groups compare with what was made: pairs of a copy and what it points to."""
    points = db.conn.execute(
        "SELECT id, duplicate_of FROM postings WHERE duplicate_of IS NOT NULL"
    ).fetchall()
    right = sum(truth[a] == truth[b] for a, b in points)
    copies = len(truth) - len(set(truth.values()))
    print(
        f"  {len(points)} of {copies} copies point to an original, {len(points) - right} wrongly; "
        f"kinds {dict(db.conn.execute('SELECT kind, count(*) FROM duplicates GROUP BY 1'))}"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    pick = random.Random(7)
    links = link_reader(Recogniser())
    with tempfile.TemporaryDirectory() as folder:
        db = store.open_db(Path(folder) / "bench.db")
        store.sync_sources(
            db, [{"id": "bench", "platform": "workday", "employer": "Bench", "url": "x"}]
        )
        truth: dict[int, int] = {}
        begun = time.perf_counter()
        made = fill(db, postings(count, pick), truth)
        print(f"{made} postings made in {time.perf_counter() - begun:.0f} s")

        def step(name: str, **how: bool) -> None:
            begun, busy = time.perf_counter(), time.process_time()
            found = find_duplicates(db, links, **how)
            seconds, busy = time.perf_counter() - begun, time.process_time() - busy
            each = found.comparisons / max(1, found.compared)
            print(
                f"{name}: {seconds:.1f} s ({busy:.1f} s of one core), {found.compared} postings, "
                f"{found.comparisons} comparisons ({each:.2f} each), "
                f"{found.pointed} pointed"
            )
            report(db, truth)

        step("everything", everything=True)
        step("no news")
        fill(db, postings(made // 100, pick, start=made + 10), truth)
        step("one in a hundred new")
        blocks, widest = db.conn.execute(
            "SELECT sum(n), max(n) FROM (SELECT count(*) AS n FROM blocks GROUP BY block)"
        ).fetchone()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = (Path(folder) / "bench.db").stat().st_size / 2**20
        print(f"{blocks} block entries, the largest block has {widest} postings")
        print(f"peak memory {memory:.0f} MiB, database {size:.0f} MiB")
        db.close()


if __name__ == "__main__":
    main()
