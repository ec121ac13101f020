"""The simulator over HTTP: answers, log, faults, control, and the process around it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.sources import read_catalogue
from tests.simulator.client import CHECKOUT, SimulatorClient, SimulatorProcess
from tests.simulator.server import server
from tests.simulator.world import World
from tests.toy import site_of, url_of, world


@pytest.fixture
def served() -> Iterator[tuple[World, SimulatorClient]]:
    made = world(postings=12)
    listening = socket.create_server(("127.0.0.1", 0))
    serving = server(made)
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]})
    thread.start()
    yield made, SimulatorClient(listening.getsockname()[1])
    serving.force_exit = serving.should_exit = True
    thread.join(10)
    listening.close()


Served = tuple[World, SimulatorClient]


def test_a_site_answers_and_the_log_tells(served: Served) -> None:
    made, client = served
    url = f"{url_of(made)}?page=2"
    before = time.monotonic()
    answer = client.visit(url, **{"User-Agent": "tester/1 (+mailto:a@b.example)"})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert [row["id"] for row in json.loads(answer.body)["jobs"]] == [2, 1]
    client.visit("https://elsewhere.example/")
    one, other = client.log()
    assert before < one.pop("start") < one.pop("end") < time.monotonic()
    assert abs(one.pop("time") - time.time()) < 60
    assert one == {
        "number": 1,
        "method": "GET",
        "url": url,
        "host": urlsplit(url).hostname,
        "user_agent": "tester/1 (+mailto:a@b.example)",
        "status": 200,
        "source": site_of(made).id,
        "fault": None,
        "in_flight": 1,
    }
    assert (other["status"], other["source"]) == (404, None)
    client.reset_log()
    assert client.log() == []


def test_requests_in_flight_at_one_host_are_counted(served: Served) -> None:
    made, client = served
    client.fault(kind="slow", seconds=0.3)
    together = [threading.Thread(target=client.visit, args=[url_of(made)]) for _ in range(3)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    client.visit(url_of(made))
    assert [entry["in_flight"] for entry in client.log()] == [1, 2, 3, 1]
    assert all(entry["end"] - entry["start"] >= 0.3 for entry in client.log())


def test_another_path_than_that_of_the_original_url_is_refused(served: Served) -> None:
    made, client = served
    answer = client._request("GET", "/other", None, {"X-Original-URL": url_of(made)})
    assert answer.status == 400


@pytest.mark.parametrize(
    ("fault", "status", "header", "body"),
    [
        ({"kind": "status", "status": 404}, 404, None, b"Error 404"),
        (
            {"kind": "status", "status": 429, "retry_after": "7"},
            429, ("retry-after", "7"), b"Error 429",
        ),
        ({"kind": "html"}, 200, ("content-type", "text/html; charset=utf-8"), b"improving"),
        ({"kind": "challenge"}, 202, ("x-amzn-waf-action", "challenge"), b"<html>"),
        (
            {"kind": "challenge", "vendor": "cloudflare"},
            403, ("cf-mitigated", "challenge"), b"moment",
        ),
        (
            {"kind": "redirect", "location": "http://127.0.0.1:1/jobs"},
            302, ("location", "http://127.0.0.1:1/jobs"), b"",
        ),
        ({"kind": "answer", "status": 200, "text": "what?"}, 200, None, b"what?"),
    ],
)  # fmt: skip
def test_faults_that_are_answers(
    served: Served, fault: dict[str, Any], status: int, header: Any, body: bytes
) -> None:
    made, client = served
    client.fault(source=site_of(made).id, **fault)
    answer = client.visit(url_of(made))
    assert answer.status == status
    assert body in answer.body
    assert header is None or answer.headers[header[0]] == header[1]
    assert client.visit(url_of(made).replace("/jobs", "/robots.txt")).status == 200
    assert client.log()[0]["fault"] == fault["kind"]
    client.clear_faults()
    assert json.loads(client.visit(url_of(made)).body)["jobs"]


def test_faults_that_break_the_connection(served: Served) -> None:
    made, client = served
    url = url_of(made)
    whole = client.visit(url).body
    client.fault(kind="truncate", url="page=0$")
    client.fault(kind="drop", url="page=1$")
    client.fault(kind="cut", url="page=2$")
    with pytest.raises(IncompleteRead) as broken:
        client.visit(f"{url}?page=0")
    assert broken.value.partial == whole[: len(whole) // 2]
    with pytest.raises((HTTPException, ConnectionError)):
        client.visit(f"{url}?page=1")
    cut = client.visit(f"{url}?page=2")
    assert cut.status == 200
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        json.loads(cut.body)
    assert [entry["status"] for entry in client.log()] == [200, 200, None, 200]


def test_a_timeout_never_answers(served: Served) -> None:
    made, client = served
    client.fault(kind="timeout")
    address = urlsplit(url_of(made))
    with socket.create_connection(("127.0.0.1", client.port)) as connection:
        request = f"GET /jobs HTTP/1.1\r\nHost: x\r\nX-Original-URL: {address.geturl()}\r\n\r\n"
        connection.sendall(request.encode())
        connection.settimeout(0.5)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        (entry,) = client.log()
        assert (entry["status"], entry["end"]) == (None, None)


def test_a_fault_can_be_for_some_requests_only(served: Served) -> None:
    made, client = served
    client.fault(kind="status", status=500, nth=[2, 3])
    assert [client.visit(url_of(made)).status for _ in range(4)] == [200, 500, 500, 200]
    client.clear_faults()
    client.fault(kind="status", status=503, times=1)
    assert [client.visit(url_of(made)).status for _ in range(3)] == [503, 200, 200]
    client.clear_faults()
    client.fault(kind="status", status=500, share=0.3)
    urls = [f"{url_of(made)}?page={page}" for page in range(200)]
    statuses = [client.visit(url).status for url in urls]
    assert 40 < statuses.count(500) < 80
    assert [client.visit(url).status for url in urls[:50]] == statuses[:50]


def test_robots_txt_can_be_anything_and_the_last_word_counts(served: Served) -> None:
    made, client = served
    host = urlsplit(url_of(made)).hostname
    assert host is not None
    client.robots(host, "User-agent: *\nCrawl-delay: 3\n")
    robots = f"https://{host}/robots.txt"
    answer = client.visit(robots)
    assert (answer.status, answer.body) == (200, b"User-agent: *\nCrawl-delay: 3\n")
    client.robots(host, status=500)
    assert client.visit(robots).status == 500
    assert client.visit(url_of(made)).status == 200


def test_a_mistaken_control_request_is_refused_with_the_reason(served: Served) -> None:
    made, client = served
    with pytest.raises(ValueError, match="kindd"):
        client.fault(kindd="status")
    with pytest.raises(ValueError, match="no regular expression"):
        client.fault(kind="html", url="(")
    with pytest.raises(ValueError, match="no source 'nowhere'"):
        client.change("nowhere", empty=True)
    with pytest.raises(ValueError, match="titel"):
        client.change(site_of(made).id, edit={"titel": "x"})


def test_state_and_clock_over_the_wire(served: Served) -> None:
    made, client = served
    source = site_of(made).id
    assert client.advance(2)["today"] == "2026-08-22"
    client.change(source, edit={"title": "Curator of Tapes"})
    state = client.state()
    assert state["today"] == "2026-08-22"
    assert state["sources"][source]["platform"] == "toy"
    assert state["sources"][source]["jobs"] == 12
    assert client.jobs(source)[0]["title"] == "Curator of Tapes"


def gone(pid: int, within: float) -> bool:
    """Has this process ended? A zombie that nobody waits for has."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
        except FileNotFoundError:
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_process_serves_until_its_standard_input_closes() -> None:
    with SimulatorProcess(
        "--platforms", "lever", "--sources", "2", "--postings-per-source", "3"
    ) as simulator:
        catalogue = read_catalogue([simulator.catalogue])
        assert list(catalogue) == sorted(simulator.sources)
        state = simulator.state()["sources"]
        assert [state[source]["listed"] for source in simulator.sources] == [3, 3]
        api = "https://api.lever.co/v0/postings/"
        answer = simulator.visit(f"{api}{simulator.sources[0]}?mode=json")
        assert len(json.loads(answer.body)) == 3
    assert simulator.process.returncode == 0
    assert not simulator.catalogue.exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_a_killed_parent_leaves_no_orphan() -> None:
    parent = subprocess.Popen(
        [
            sys.executable, "-c",
            "import time; from tests.simulator.client import SimulatorProcess\n"
            "s = SimulatorProcess('--platforms', 'lever')\n"
            "print(s.process.pid, flush=True); time.sleep(60)",
        ],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert not gone(pid, within=0.3)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert gone(pid, within=10)


def test_what_cannot_be_served_is_said_in_one_line() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.simulator", "--platforms", "tyo"],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Error: no protocol for tyo; there are ")
    assert ended.stderr.count("\n") == 1
