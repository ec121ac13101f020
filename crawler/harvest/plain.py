"""Plain text: every address in it."""

from __future__ import annotations

import re

from crawler.harvest.lead import Harvest

LINK = re.compile(r"\b(?:https?://|(?:javascript|mailto|file|data):)[^\s<>\"]+", re.IGNORECASE)
AFTER = ".,;:!?'*_|"  # what a sentence puts behind a link
PAIRS = {")": "(", "]": "[", "}": "{"}


def read_text(text: str, base_url: str | None = None) -> Harvest:
    """The links of a text, each with its line; titles and employers are not guessed."""
    found = Harvest("text")
    for number, line in enumerate(text.splitlines(), start=1):
        for link in LINK.finditer(line):
            url = _without_punctuation(link[0])
            around = line[max(0, link.start() - 120) : link.end() + 80]
            found.add(url, base_url, f"line {number}", around)
    return found


def _without_punctuation(url: str) -> str:
    """A link without what belongs to the sentence around it; brackets that are paired stay."""
    while url:
        last = url[-1]
        unpaired = last in PAIRS and url.count(last) > url.count(PAIRS[last])
        if last not in AFTER and not unpaired:
            break
        url = url[:-1]
    return url
