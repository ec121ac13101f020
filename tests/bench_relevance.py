"""How fast relevance is: `python -m tests.bench_relevance [POSTINGS]`, on one core.

Invented postings with descriptions of 3,000 characters, half of words the model knows, which recur
as in any language; and how long the model takes to load. The time is that of the processor.
"""

# ruff: noqa: T201
from __future__ import annotations

import random
import sys
import time

from pipelines.relevance.features import Words
from pipelines.relevance.model import SHIPPED, from_bytes

CHARACTERS = 3000


def postings(count: int, known: list[str]) -> list[Words]:
    """Texts in which every second word is one of the model's."""
    pick = random.Random(5)
    pick.shuffle(known)
    other = ["".join(pick.choices("aeioulnrstdcm", k=3 + n % 8)) for n in range(len(known))]
    rank = [1 / (n + 1) for n in range(len(known))]
    made = []
    for number in range(count):
        half = CHARACTERS // 12
        words = [*pick.choices(known, rank, k=half), *pick.choices(other, rank, k=half)]
        pick.shuffle(words)
        made.append(
            Words(
                " ".join(pick.choices(known, k=5)), f"University {number}", "Research Computing",
                "academia", " ".join(words).ljust(CHARACTERS, "x")[:CHARACTERS],
            )
        )  # fmt: skip
    return made


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    started = time.perf_counter()
    model = from_bytes(SHIPPED.read_bytes())
    loading = time.perf_counter() - started
    terms = sorted({t for block in model.axes["topic"].weights.values() for t in block})
    made = postings(count, [term for term in terms if " " not in term and "_" not in term])
    started = time.process_time()
    for words in made:
        model.score(words)
    seconds = time.process_time() - started
    print(f"model {model.name}: {SHIPPED.stat().st_size / 1e6:.2f} MB, loaded in {loading:.3f} s")
    print(f"{count} postings of {CHARACTERS} characters: {count / seconds:.0f} a second")


if __name__ == "__main__":
    main()
