"""Recognising a challenge or block page, so that its site is left alone instead of misread.

A challenge is never solved or evaded. Only strong marks count: vendors' sensors, cookies and
captcha widgets also sit in ordinary pages, and a posting may speak of captchas. Hence each mark is
a header that vendors set for this purpose, or a text of their block pages together with a status or
a page too small to hold anything else.

Sources: docs.aws.amazon.com/waf (captcha and challenge actions), developers.cloudflare.com
(cf-mitigated), the block pages as quoted in public issues (OpenTermsArchive/engine 319,
microlinkhq/is-antibot 60, psf/requests 5331, 0xjas0/Chegg-Answer-Bot 34), wafw00f's plugins,
ats/njoyn.md (Radware), ats/pageup.md (AWS).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapy.http import Response

READ = 20_000  # bytes of a page that are searched: marks stand at its start
SMALL = 4_000  # bytes; a page of markup and one script, without content

BLOCKING = frozenset({401, 403, 405, 406, 429, 503})


@dataclass(frozen=True)
class Mark:
    """All conditions that are given must hold. `body` is a pattern searched in the page's start."""

    vendor: str
    body: str = ""
    header: tuple[str, str] | None = None  # name, pattern of its value
    statuses: frozenset[int] = frozenset()  # empty: any
    at_most: int = 100_000  # size of the page, in bytes; no challenge page is larger

    def is_in(self, response: Response) -> bool:
        if self.statuses and response.status not in self.statuses:
            return False
        if self.header:
            name, pattern = self.header
            value = (response.headers.get(name) or b"").decode("latin-1")
            if not re.search(pattern, value, re.IGNORECASE):
                return False
        if not self.body:
            return True
        return len(response.body) <= self.at_most and bool(
            re.search(self.body.encode(), response.body[:READ], re.IGNORECASE)
        )


MARKS = (
    Mark("AWS WAF", header=("x-amzn-waf-action", "challenge|captcha")),
    Mark("Cloudflare", header=("cf-mitigated", "challenge")),
    # Without the status this would hit any page behind Cloudflare that carries its sensor script.
    Mark("Cloudflare", r"_cf_chl_opt|<title>Just a moment\.\.\.</title>", statuses=BLOCKING),
    Mark("Cloudflare", r"<title>Attention Required! \| Cloudflare</title>", statuses=BLOCKING),
    # The sensor script alone is also in good pages; the incident iframe and the bare stub are not.
    Mark("Imperva", r"_Incapsula_Resource\?[^\"'>]*incident_id=", at_most=SMALL),
    Mark("Imperva", r"Request unsuccessful\. Incapsula incident ID", at_most=SMALL),
    Mark(
        "Imperva", r"noindex,\s*nofollow(?s:.{0,80}?)/_Incapsula_Resource\?SWJIYLWA=", at_most=1_000
    ),
    Mark("Imperva", r"<title>Pardon Our Interruption"),
    Mark(
        "Akamai",
        r"<title>Access Denied</title>(?s:.*)Reference\s*(?:&#32;|\s)?(?:&#35;|#)\s*\d",
        statuses=BLOCKING,
    ),
    Mark("Akamai", r"<[^>]+\bid=[\"']?sec-if-cpt-container"),
    Mark("HUMAN (PerimeterX)", r"_pxAppId(?s:.*)(?:px-captcha|captcha\.js)", statuses=BLOCKING),
    Mark("HUMAN (PerimeterX)", r"[\"']blockScript[\"']\s*:", statuses=BLOCKING),
    Mark("DataDome", r"captcha-delivery\.com", statuses=BLOCKING),
    Mark("Radware", r"<title>Radware (?:Captcha|Bot Manager|Block)"),
    Mark("Radware", r"(?:src|href|action)=[\"']https?://(?:validate|captcha)\.perfdrive\.com/"),
    Mark(
        "F5",
        r"The requested URL was rejected\. Please consult with your administrator",
        at_most=SMALL,
    ),
    # Nobody's in particular: a page whose whole purpose, by its title, is to tell people from bots.
    Mark(
        "captcha",
        r"<title>\s*(?:captcha|robot check|security check|human verification|are you a robot\?|"
        r"(?:please )?verify (?:that )?you are (?:a )?human|are you (?:a )?human\?)[\s.…]*</title>"
        r"(?s:.*)(?:recaptcha|hcaptcha|turnstile|captcha)",
    ),
    Mark(
        "captcha", r"<title>[^<]*captcha(?s:.*)(?:recaptcha|hcaptcha|turnstile)", statuses=BLOCKING
    ),
)


def challenge_of(response: Response) -> str | None:
    """Whose challenge or block page this answer is (decompressed), or None when it is none."""
    return next((mark.vendor for mark in MARKS if mark.is_in(response)), None)
