"""`python -m tests.simulator`: simulated career sites until standard input closes.

Prints one line of JSON when it is ready: port, gateway, catalogue and the sources' ids.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tests.simulator.plan import Plan, build, write_catalogue
from tests.simulator.server import server
from tests.simulator.world import Unfit


def _range(_: Any, __: Any, value: str | None) -> tuple[int, int] | None:
    """`40` or `12-60`."""
    if value is None:
        return None
    low, _, high = value.partition("-")
    if not (low.isdigit() and (high or low).isdigit() and int(low) <= int(high or low)):
        raise click.BadParameter(f"{value!r} is neither a number nor a range such as 12-60")
    return int(low), int(high or low)


def _sizes(_: Any, __: Any, values: tuple[str, ...]) -> dict[str, int]:
    """`workday=2100`."""
    sizes = {}
    for value in values:
        name, _, size = value.partition("=")
        if not size.isdigit():
            raise click.BadParameter(f"{value!r} is not of the form workday=2100")
        sizes[name] = int(size)
    return sizes


def _names(_: Any, __: Any, value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


@click.command()
@click.option("--seed", default=1, show_default=True, help="The same seed, the same postings.")
@click.option("--platforms", default="", callback=_names, help="Names with commas. [default: all]")
@click.option("--sources", type=click.IntRange(0), help="Sites in all. [default: one a platform]")
@click.option("--postings", type=click.IntRange(0), help="Postings of all sites together.")
@click.option("--postings-per-source", callback=_range, metavar="N|A-B", help="Of each site.")
@click.option(
    "--size", multiple=True, callback=_sizes, metavar="PLATFORM=N", help="Of its first site."
)
@click.option("--demo", is_flag=True, help="Every platform, about 600 postings in all.")
@click.option("--fixtures", is_flag=True, help="Also play fixtures, where there is no protocol.")
@click.option("--no-deadlines", is_flag=True, help="No posting has a closing day.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The first day. [default: today, UTC]"
)
@click.option("--port", default=0, help="Port on 127.0.0.1. [default: any that is free]")
@click.option(
    "--catalogue", type=click.Path(path_type=Path, file_okay=False), help="Write the catalogue here"
    " instead of a temporary folder."
)  # fmt: skip
def main(
    seed: int,
    platforms: tuple[str, ...],
    sources: int | None,
    postings: int | None,
    postings_per_source: tuple[int, int] | None,
    size: dict[str, int],
    demo: bool,
    fixtures: bool,
    no_deadlines: bool,
    today: datetime | None,
    port: int,
    catalogue: Path | None,
) -> None:
    """Serve simulated career sites on 127.0.0.1 until standard input closes."""
    plan = Plan(
        seed=seed,
        platforms=platforms,
        sources=sources,
        postings=postings,
        per_source=postings_per_source,
        sizes=size,
        fixtures=fixtures,
        demo=demo,
        deadlines=not no_deadlines,
    )
    if today:
        plan.today = today.date()
    try:
        world = build(plan)
    except Unfit as error:
        raise click.ClickException(str(error)) from None
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        if catalogue is None:
            catalogue = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rolecall-")))
        write_catalogue(world, catalogue)
        # asyncio sets TCP_NODELAY only where the protocol is said; without it answers take 40 ms.
        tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening = stack.enter_context(tcp)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen(128)  # from here on connections wait until the server takes them
        port = listening.getsockname()[1]
        ready = {
            "port": port,
            "gateway": f"http://127.0.0.1:{port}",
            "catalogue": str(catalogue.resolve()),
            "sources": list(world.members),
        }
        click.echo(json.dumps(ready))
        sys.stdout.flush()
        serving = server(world)

        def stop_with_the_parent() -> None:
            # Raw reads: a thread inside sys.stdin's lock would trouble the interpreter's end.
            while os.read(0, 4096):
                pass
            # Requests that still wait for their answer are cut off; that is no news.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            serving.force_exit = serving.should_exit = True

        threading.Thread(target=stop_with_the_parent, daemon=True).start()
        serving.run(sockets=[listening])


if __name__ == "__main__":
    main()
