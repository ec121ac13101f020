"""How fast links are recognised: `python -m tests.bench_recognise [N]`. A figure, no test."""

from __future__ import annotations

import sys
import time
from itertools import cycle, islice

from crawler.loader import platforms
from crawler.recognise import Recogniser
from crawler.sources import read_catalogue


def main() -> None:
    """N links (10,000): the platforms' examples and counter-examples, and the catalogue's own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    started = time.perf_counter()
    sources = read_catalogue().values()
    recogniser = Recogniser(sources)
    links = [url for p in platforms().values() for url in (*p.examples, *p.not_examples)]
    links += [source.url for source in sources]
    ready = time.perf_counter()
    known = sum(recogniser.recognise(url) is not None for url in islice(cycle(links), count))
    done = time.perf_counter()
    sys.stdout.write(
        f"{len(platforms())} platforms, {len(sources)} sources read in {ready - started:.2f} s; "
        f"{count} links, {known} of them known, in {done - ready:.2f} s\n"
    )


if __name__ == "__main__":
    main()
