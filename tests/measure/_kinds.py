"""What the catalogue knows of employers, by name."""

from __future__ import annotations

from crawler.sources import read_catalogue
from pipelines.relevance.examples import plain


def kinds() -> dict[str, str]:
    """Plain name of an employer -> academia, lab, industry, nonprofit or public."""
    return {plain(s.employer): s.kind for s in read_catalogue().values() if s.kind}
