"""Challenge pages are told from pages that merely look or speak like them."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from crawler.fetch.challenge import challenge_of

FILLER = b"<p>Quantenhof Institut runs clusters for climate models.</p>" * 100

# What arrives: vendor, status, headers, body. The bodies are ours, around the vendors' marks.
CHALLENGES = {
    "aws challenge": ("AWS WAF", 202, {"x-amzn-waf-action": "challenge"}, b""),
    "aws captcha": ("AWS WAF", 405, {"X-Amzn-Waf-Action": "captcha"}, b"<html></html>"),
    "aws behind 403": ("AWS WAF", 403, {"x-amzn-waf-action": "challenge"}, b""),
    "cloudflare by header": ("Cloudflare", 403, {"cf-mitigated": "challenge"}, b""),
    "cloudflare by header, with 429": ("Cloudflare", 429, {"CF-Mitigated": "challenge"}, b""),
    "cloudflare by script": (
        "Cloudflare",
        503,
        {},
        b"<head><title>Please wait</title></head><script>window._cf_chl_opt={cvId:'3'};</script>",
    ),
    "cloudflare by title": ("Cloudflare", 403, {}, b"<html><title>Just a moment...</title></html>"),
    "cloudflare block": (
        "Cloudflare",
        403,
        {},
        b"<title>Attention Required! | Cloudflare</title><h1>Sorry</h1>",
    ),
    "imperva iframe": (
        "Imperva",
        200,
        {},
        b'<body><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1-2'
        b'&incident_id=12-34&edet=12"></iframe></body>',
    ),
    "imperva incident": ("Imperva", 403, {}, b"Request unsuccessful. Incapsula incident ID: 12-34"),
    "imperva stub": (
        "Imperva",
        200,
        {},
        b'<META NAME="robots" CONTENT="noindex,nofollow">\n'
        b'<script src="/_Incapsula_Resource?SWJIYLWA=aa,bb"></script><body></body>',
    ),
    "imperva interruption": ("Imperva", 405, {}, b"<title>Pardon Our Interruption...</title>"),
    "akamai, with entities": (
        "Akamai",
        403,
        {},
        b"<TITLE>Access Denied</TITLE>\n<H1>Access Denied</H1>\nReference&#32;&#35;18&#46;ab12",
    ),
    "akamai, plain": ("Akamai", 403, {}, b"<TITLE>Access Denied</TITLE><P>Reference #18.ab12.3"),
    "akamai puzzle": ("Akamai", 200, {}, b'<div id="sec-if-cpt-container">wait</div>'),
    "human": (
        "HUMAN (PerimeterX)",
        403,
        {},
        b"<title>Access to this page has been denied</title><script>window._pxAppId = 'PX1';"
        b"</script><div id='px-captcha'></div>",
    ),
    "human as json": (
        "HUMAN (PerimeterX)",
        403,
        {"Content-Type": "application/json"},
        b'{"appId": "PX1", "blockScript": "/captcha.js"}',
    ),
    "datadome": (
        "DataDome",
        403,
        {"X-DataDome": "protected"},
        b"<p id='cmsg'>Please enable JS</p><script src='https://ct.captcha-delivery.com/c.js'>",
    ),
    "radware title": ("Radware", 200, {}, b"<html><title>Radware Captcha Page</title></html>"),
    "radware script": (
        "Radware",
        200,
        {},
        b'<form action="https://validate.perfdrive.com/x/captcha"></form>',
    ),
    "f5": (
        "F5",
        200,
        {},
        b"<title>Request Rejected</title>The requested URL was rejected. "
        b"Please consult with your administrator.<br>Your support ID is: 1",
    ),
    "nameless captcha": (
        "captcha",
        200,
        {},
        b"<title>Are you a robot?</title><div class='g-recaptcha'></div>",
    ),
    "nameless captcha, refused": (
        "captcha",
        403,
        {},
        b"<title>Solve the captcha to continue</title><script src='https://hcaptcha.com/1/api.js'>",
    ),
}

ORDINARY = {
    "a posting about captchas": (
        200,
        {},
        b"<title>Research Engineer, captcha and bot detection</title>" + FILLER + b"You will read "
        b"x-amzn-waf-action headers, DataDome and captcha-delivery.com, and verify you are human.",
    ),
    "an application form with a captcha": (
        200,
        {},
        b"<title>Research Software Engineer</title>" + FILLER + b"<div class='g-recaptcha'></div>"
        b"<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>",
    ),
    "a form for a post named after captchas": (
        200,
        {},
        b"<title>Captcha Researcher</title><div class='h-captcha'></div>",
    ),
    "cloudflare's sensor in a good page": (
        200,
        {"Server": "cloudflare", "CF-RAY": "8f"},
        FILLER + b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    ),
    "imperva's sensor in a good page": (
        200,
        {"X-Iinfo": "1-2", "X-CDN": "Incapsula"},
        FILLER + b'<script src="/_Incapsula_Resource?SWJIYLWA=aa,bb"></script>',
    ),
    "an article that quotes imperva": (
        200,
        {},
        b"<title>Logs</title>" + FILLER + b"Request unsuccessful. Incapsula incident ID: 1",
    ),
    "human's sensor in a good page": (200, {}, b"<script>window._pxAppId='PX1'</script>" + FILLER),
    "human's sensor in a plain 403": (403, {}, b"<script>window._pxAppId='PX1'</script>No entry"),
    "datadome's header on a good answer": (200, {"X-DataDome": "protected"}, FILLER),
    "an application's own access denied": (
        403,
        {},
        b"<title>Access Denied</title>Sign in to see this posting. Reference: JR-18",
    ),
    "a site's own 403": (403, {"Content-Type": "application/json"}, b'{"errorCode": "S22"}'),
    "a plain 429": (429, {}, b"Too many requests"),
    "a 202 without the header": (202, {}, b"Accepted"),
    "a posting of a robot laboratory": (
        200,
        {},
        b"<title>Robot Check Engineer - Fernwood University</title><div class='g-recaptcha'></div>",
    ),
    "an empty page": (200, {}, b""),
}


def response(status: int, headers: dict[str, str], body: bytes) -> HtmlResponse:
    url = "https://jobs.fernwood.example/search"
    return HtmlResponse(url, status=status, headers=headers, body=body, encoding="utf-8")


@pytest.mark.parametrize("case", CHALLENGES)
def test_challenge(case: str) -> None:
    vendor, status, headers, body = CHALLENGES[case]
    assert challenge_of(response(status, headers, body)) == vendor


@pytest.mark.parametrize("case", ORDINARY)
def test_ordinary(case: str) -> None:
    assert challenge_of(response(*ORDINARY[case])) is None
