"""Excerpts: of whole descriptions in the recorded answers, how many give one that can be quoted.

The check is independent of the rules that choose (pipelines/excerpt_words.txt): a list of what must
not stand in an excerpt, written for this measure, and no list of qualifications, which is two lines
or more of bullets of which one speaks of experience, a degree or a skill.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

from pipelines.clean import plain_text, sanitise
from pipelines.excerpt import Recurring, excerpt
from tests.measure._recorded import descriptions

SHORTEST, LONGEST = 24, 161  # words, as in the editor's own lists

BOILERPLATE = {
    "equal opportunity": r"equal[ -](employment )?opportunit|affirmative action|sexual orientation|"
    r"gender identity|veteran status|regard to (race|age|sex)|reasonable accommodation|"
    r"schwerbehind|chancengleich",
    "pay and benefits": r"\b(dental|401\s?\(?k|paid time off|parental leave|health insurance)\b|"
    r"\bsalary (range|of|is)\b|[$£€]\s?\d{2,3}[,.]?\d{3}\b"
    r"|\bpension (plan|scheme)|\bstock options\b",
    "how to apply": r"\b(apply (now|online|by|via|at|here)|cover letter|closing date|"
    r"click (here|on)|send (us )?your (cv|resume)|application (form|deadline)|e-?mail .{0,30}@)"
    r"|bewerbungsunterlagen",
    "about the employer": r"\b(headquartered in|founded in (18|19|20)\d\d|fortune (100|500)|nasdaq|"
    r"nyse|listed on the .{0,20}exchange|offices in \d+|[\d,]{4,} employees|raised \$)",
    "legal": r"\b(background check|e-verify|drug[- ]free|unsolicited r[eé]sum|"
    r"privacy (notice|policy)|at[- ]will employ|security clearance)\b",
    "qualifications": r"\b\d+\+? years('|’)? (of )?.{0,30}experience|"
    r"\b(bachelor|master)('|’)?s? degree|\bdegree in\b|\bis (required|preferred)\b",
}  # fmt: skip
_LISTED = re.compile(
    r"^\W+.*\b(experience (?:with|in|of|as)|degree|knowledge of|proficien|skills|ability to"
    r"|familiarity)\b",
    re.I | re.M,
)


def measure(data: Path) -> dict[str, Any] | None:
    """The share within the word range and free of boilerplate, among whole descriptions."""
    samples = data.parent / "samples"
    if not samples.is_dir():
        return None
    texts = [
        (one, plain_text(sanitise(one.description) or "") or "") for one in descriptions(samples)
    ]
    recurring: dict[str, Recurring] = defaultdict(Recurring)
    for one, text in texts:
        recurring[one.source].add(one.title, text)
    found = [
        (one.title, excerpt(text, one.title, recurring[one.source]) or "") for one, text in texts
    ]
    faults = [(title, fault) for title, quoted in found if (fault := _fault(quoted))]
    alone = [excerpt(text, one.title) or "" for one, text in texts]
    words = [len(quoted.split()) for _, quoted in found if quoted]
    return {
        "descriptions": len(found),
        "good": round(1 - len(faults) / max(1, len(found)), 4),
        # As on the first night of a source with one posting.
        "good_by_rules_alone": round(sum(not _fault(q) for q in alone) / max(1, len(alone)), 4),
        "none": sum(not quoted for _, quoted in found),
        "lists_of_duties": sum(quoted.startswith("•") for _, quoted in found),
        "median_words": statistics.median(words) if words else None,
        "least_words": min(words, default=None),
        "most_words": max(words, default=None),
        "faults": [{"title": title, "fault": fault} for title, fault in faults],
    }


def _fault(quoted: str) -> str | None:
    if not quoted:
        return "none"
    if not SHORTEST <= len(quoted.split()) <= LONGEST:
        return "length"
    if quoted.count("\n") > 1 and _LISTED.search(quoted):
        return "list of qualifications"
    return next(
        (name for name, pattern in BOILERPLATE.items() if re.search(pattern, quoted, re.I)), None
    )
