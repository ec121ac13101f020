"""The command line: shapes that scripts read, errors for people, exit statuses."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.documents import pdf_of
from tests.nights import CHECKOUT, Nights

UUID = "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d"


def rolecall(*arguments: str, cwd: Path = CHECKOUT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crawler.cli", *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def detect(*urls: str) -> tuple[int, list[dict[str, Any]]]:
    done = rolecall("detect", "--json", *urls)
    return done.returncode, json.loads(done.stdout)


def test_detect_as_json() -> None:
    url = f"https://jobs.eu.lever.co/Quantenhof/{UUID.upper()}/apply?lever-source=LinkedIn"
    status, (found,) = detect(url)
    assert status == 0
    assert found.pop("evidence")
    assert found == {
        "url": url,
        "platform": "lever",
        "tenant": "quantenhof",
        "params": {"site": "Quantenhof", "region": "eu"},
        "posting_id": UUID.upper(),
        "key": UUID,
        "canonical_url": f"https://jobs.eu.lever.co/Quantenhof/{UUID}",
    }


def test_detect_says_what_it_does_not_know_and_keeps_the_order() -> None:
    status, found = detect("https://example.org/about", f"https://jobs.lever.co/fern/{UUID}")
    assert status == 1
    assert [answer["platform"] for answer in found] == [None, "lever"]
    assert (found[0]["reason"], found[0]["url"]) == ("unknown", "https://example.org/about")


def test_detect_tells_a_listing_from_a_posting() -> None:
    status, (found,) = detect("https://jobs.lever.co/fern")
    assert (status, found["platform"], found["posting_id"]) == (0, "lever", None)
    assert found["reason"] == "not a posting"


def test_detect_for_a_person() -> None:
    done = rolecall("detect", "https://jobs.lever.co/fern", "gopher://x")
    assert done.returncode == 1
    assert "platform   lever  (site=fern region=us)" in done.stdout
    assert "gopher://x\n  unknown: no platform or source claims this URL" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("crawl", "levr"), "'levr' is no source and no platform of the catalogue; did you mean"),
        (("crawl", "--gateway", "nonsense"), "--gateway nonsense: expected an address"),
        (("report", "--db", "none.db"), "none.db: no such database; `rolecall crawl` makes it"),
        (("serve", "--db", "none.db"), "none.db: no such database; `rolecall crawl` makes it"),
        (("confirm", "x", "--db", "none.db"), "none.db: no such database"),
        (("try", "https://example.org/x"), "https://example.org/x: no platform or source claims"),
        (("try", "https://jobs.lever.co/fern"), "this is a listing of Lever, not a posting"),
        (("try", "no-such-file"), "no-such-file: neither a file nor an http(s) URL"),
        (("record", "lever", "x"), "'lever' is a platform; name one of its sources"),
    ],
)
def test_errors_are_one_line_and_status_2(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crawler.cli", *arguments],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        env={"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("rolecall: ")
    assert said in line
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_bad_catalogue_is_one_line_that_names_file_and_entry(tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(
        '[[source]]\nid = "fern"\nemployer = "Fern"\nurl = "https://jobs.lever.co/fern"\nsize = 3\n'
    )
    done = rolecall("crawl", "--only-sources", str(tmp_path), "--db", str(tmp_path / "x.db"))
    assert done.returncode == 2
    assert done.stderr == "rolecall: lever.toml: source 'fern': unknown key 'size'\n"
    assert not (tmp_path / "x.db").exists()


def test_an_entry_that_does_not_fit_its_platform_ends_as_config_error(tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(
        '[[source]]\nid = "fern"\nemployer = "Fern"\nurl = "https://careers.fern.example/"\n'
    )
    done = rolecall(
        "crawl", "--only-sources", str(tmp_path), "--db", str(tmp_path / "x.db"), "--json"
    )
    assert done.returncode == 1
    (ended,) = json.loads(done.stdout)["sources"]
    assert ended["outcome"] == "config_error"
    assert "lever.toml: source 'fern': the key 'site' is missing" in ended["reason"]


def test_every_command_explains_itself_with_an_example() -> None:
    listed = rolecall("--help").stdout.partition("Commands:")[2].split("\n")
    names = [line.split()[0] for line in listed if line.strip() and line.startswith("  ")]
    assert {"crawl", "detect", "try", "serve", "report", "record", "demo", "confirm"} <= set(names)
    for name in names:
        done = rolecall(name, "--help")
        assert done.returncode == 0
        assert f"rolecall {name}" in done.stdout.partition("Options:")[0], name


def test_report_names_what_needs_a_person(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "lever,workday", "--postings-per-source", "2") as nights:
        nights.crawl()
        well = nights.run("report")
        nights.simulator.fault(kind="html", source=nights.source)
        nights.crawl()
        unwell = nights.run("report", "--json")
    assert (well.returncode, well.stdout) == (0, "2 sources visited, 2 well, 0 to look at\n")
    assert unwell.returncode == 1
    (row,) = json.loads(unwell.stdout)
    assert (row["source"], row["outcome"], row["open_postings"]) == (
        nights.source, "parse_error", 2,
    )  # fmt: skip


@pytest.mark.parametrize("platform", ["lever", "workday", "brassring", "taleo", "jobs_cam_ac_uk"])
def test_try_reads_one_posting_and_stores_nothing(tmp_path: Path, platform: str) -> None:
    with Nights(tmp_path, "--platforms", platform, "--postings-per-source", "3") as nights:
        nights.crawl()
        url, title, text = nights.query(
            "SELECT url, title, description_text FROM postings JOIN texts ON posting = id "
            "ORDER BY id DESC LIMIT 1"
        )[0]
        before = nights.query("SELECT count(*) FROM source_runs")
        done = nights.run("try", url, "--json")
        assert nights.query("SELECT count(*) FROM source_runs") == before
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    assert (found["title"], found["description_text"]) == (title, text)


def test_try_reads_a_saved_page_without_a_request(tmp_path: Path) -> None:
    posting = {
        "@context": "https://schema.org", "@type": "JobPosting", "title": "Head of Tides",
        "hiringOrganization": {"name": "Fernwood University"}, "datePosted": "2026-08-01",
        "jobLocation": {"address": {"addressLocality": "Boston", "addressRegion": "MA",
                                    "addressCountry": "US"}},
        "description": "<p>Lead the team.</p>",
    }  # fmt: skip
    page = tmp_path / "saved.html"
    page.write_text(
        '<link rel="canonical" href="https://www.linkedin.com/jobs/view/1">'
        f'<script type="application/ld+json">{json.dumps(posting)}</script>'
    )
    done = rolecall("try", str(page))
    assert done.returncode == 0, done.stderr
    for line in ("title         Head of Tides", "location      Boston MA USA", "Lead the team."):
        assert line in done.stdout
    page.write_text("<p>Nothing</p>")
    nothing = rolecall("try", str(page))
    assert nothing.returncode == 1
    assert nothing.stderr.endswith("the page states no schema.org JobPosting\n")


def test_try_reads_a_saved_page_without_structured_data(tmp_path: Path) -> None:
    page, db = tmp_path / "saved.html", tmp_path / "x.db"
    page.write_text(
        "<html><head><title>Tide Engineer | Fernwood</title>"
        '<meta property="og:site_name" content="Fernwood"></head><body><nav>Menu of the site</nav>'
        "<main><h1>Tide Engineer</h1><p>Location: Boston, MA, USA</p><p>Keep the models.</p></main>"
        "</body></html>"
    )
    done = rolecall("try", str(page))
    assert done.returncode == 0, done.stderr
    for line in ("title         Tide Engineer", "organization  Fernwood", "Keep the models.",
                 "location      Boston MA USA"):  # fmt: skip
        assert line in done.stdout
    assert "Menu" not in done.stdout
    unsaid = rolecall("try", "--keep", "--db", str(db), str(page))
    assert unsaid.returncode == 1
    assert unsaid.stderr.endswith("Tide Engineer: without url; say its address with --url\n")
    assert not db.exists()
    url = "https://www.fernwood.example/jobs/tide"
    kept = rolecall("try", "--keep", "--db", str(db), "--url", url, str(page))
    assert kept.returncode == 0, kept.stderr
    with sqlite3.connect(db) as connection:
        stored = connection.execute("SELECT title, url, organization FROM postings").fetchall()
    connection.close()
    assert stored == [("Tide Engineer", url, "Fernwood")]


def test_try_reads_a_saved_document(tmp_path: Path) -> None:
    advert = tmp_path / "advert.pdf"
    advert.write_bytes(pdf_of((20, "Tide Engineer"), (10, "Closing date: 4 September 2026")))
    done = rolecall("try", str(advert), "--employer", "Fernwood")
    assert done.returncode == 0, done.stderr
    for line in ("title         Tide Engineer", "organization  Fernwood",
                 "closes        2026-09-04", "Closing date: 4 September 2026"):  # fmt: skip
        assert line in done.stdout
    advert.write_bytes(pdf_of())
    assert "title         advert" in rolecall("try", str(advert)).stdout
    advert.write_bytes(b"%PDF-1.7\nnothing else")
    broken = rolecall("try", str(advert))
    assert broken.returncode == 1
    assert f"{advert}: this PDF document cannot be read" in broken.stderr


def test_record_makes_a_case_that_fails_until_it_is_read(tmp_path: Path) -> None:
    from crawler.loader import spider_class
    from tests.cases import case_source, replay

    fixtures = tmp_path / "fixtures"
    with Nights(tmp_path, "--platforms", "workday", "--postings-per-source", "3") as nights:
        done = nights.run("record", nights.source, "as_seen", "--into", str(fixtures))
    assert done.returncode == 0, done.stderr
    case = fixtures / "workday" / "as_seen"
    expected = json.loads((case / "expected.json").read_text())
    assert (expected["reviewed"], expected["outcome"], expected["listed"]) == (False, "ok", 3)
    result = replay(spider_class(case_source(case)), case / "tape")
    assert (result.verdict.outcome, result.unused, len(result.postings)) == ("ok", [], 3)


def test_the_demo(tmp_path: Path) -> None:
    db = tmp_path / "demo.db"
    done = rolecall("demo", "--no-serve", "--db", str(db), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "simulated career sites on 127.0.0.1" in done.stdout
    assert done.stdout.endswith(f"{db} is ready: rolecall serve --db {db}\n")
    with sqlite3.connect(db) as connection:
        outcomes = connection.execute("SELECT DISTINCT outcome FROM source_runs").fetchall()
    connection.close()
    assert outcomes == [("ok",)]


def test_try_keeps_a_posting_that_the_nights_then_look_after(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "workday", "--postings-per-source", "3") as nights:
        nights.crawl()
        url, title = nights.query("SELECT url, title FROM postings ORDER BY id DESC LIMIT 1")[0]
        nights.db.unlink()
        kept = nights.run("try", "--keep", url)
        assert kept.returncode == 0, kept.stderr
        assert kept.stderr == f"{nights.db}: 1 stored\n"
        assert nights.query("SELECT source, title, closed_at FROM postings") == [
            (nights.source, title, None)
        ]
        assert nights.run("try", "--keep", url).stderr.endswith(
            "known already, brought up to date\n"
        )
        night = nights.night()
    assert (night["outcome"], night["new"], nights.open()) == ("ok", 2, 3)


def test_try_keeps_a_posting_of_a_site_that_no_entry_watches(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with Nights(tmp_path, "--platforms", "workday", "--postings-per-source", "2") as nights:
        nights.crawl()
        ((url,),) = nights.query("SELECT url FROM postings LIMIT 1")
        nights.db.unlink()
        kept = nights.run("try", "--keep", "--only-sources", str(tmp_path / "none"), url)
        assert kept.returncode == 0, kept.stderr
        stored = nights.query("SELECT source, platform, url, closed_at FROM postings")
        assert stored == [("by-hand", "workday", url, None)]
        night = nights.night()
    assert (night["outcome"], nights.open()) == ("ok", 2)


def test_try_keeps_a_saved_page_of_a_site_that_is_not_crawled(tmp_path: Path) -> None:
    page, db = tmp_path / "saved.html", tmp_path / "x.db"
    node = {"@type": "JobPosting", "title": "Head of Tides", "hiringOrganization": "Fernwood"}
    page.write_text(f'<script type="application/ld+json">{json.dumps(node)}</script>')
    unsaid = rolecall("try", "--keep", "--db", str(db), str(page))
    assert unsaid.returncode == 1
    assert unsaid.stderr == f"rolecall: {page}: without url; say its address with --url\n"
    assert not db.exists()
    address = "https://www.linkedin.com/jobs/view/head-of-tides-4099000001"
    kept = rolecall("try", "--keep", "--db", str(db), "--url", address, str(page))
    assert kept.returncode == 0, kept.stderr
    with sqlite3.connect(db) as connection:
        stored = connection.execute("SELECT source, platform, url FROM postings").fetchall()
        keys = connection.execute("SELECT platform, key FROM keys").fetchall()
    connection.close()
    assert stored == [("by-hand", "linkedin", address)]
    assert keys == [("linkedin", "4099000001")]
