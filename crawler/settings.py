"""Scrapy's settings. What an operator may set is read from the environment by the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from scrapy.settings import Settings

from crawler import __version__ as VERSION

BOT_NAME = "rolecall"
# A named user agent with a contact: a site's owner must be able to reach whoever runs this.
# ROLECALL_CONTACT replaces the project's address by the operator's own.
PROJECT = "https://github.com/rolecall/rolecall"
USER_AGENT = f"rolecall/{VERSION} (+{os.environ.get('ROLECALL_CONTACT') or PROJECT})"

# The house's own settings; the command line sets them, `scrapy crawl` reads the environment.
ROLECALL_DB = os.environ.get("ROLECALL_DB") or "rolecall.db"  # None: nothing is stored
ROLECALL_GATEWAY = os.environ.get("ROLECALL_GATEWAY") or None
# ROLECALL_SOURCES: folders of the catalogue. ROLECALL_TAPE, ROLECALL_RECORD: folders of a tape.
# ROLECALL_DELAY: seconds between requests to one host. ROLECALL_STRICT_ROBOTS: no exceptions.
# Raw answers are kept for `rolecall reparse`, unless ROLECALL_KEEP_ANSWERS is 0 (db/answers.py).
ROLECALL_KEEP_ANSWERS = os.environ.get("ROLECALL_KEEP_ANSWERS") or "1"
# ROLECALL_RUN: id of the night that a source-run belongs to.

SPIDER_LOADER_CLASS = "crawler.loader.SourceLoader"
SPIDER_MODULES = ["spiders"]
TELNETCONSOLE_ENABLED = False  # many crawlers in one process would fight for its ports
REMOTE_CONTROL_ENABLED = False  # a server on localhost that runs the Python code it is sent
# What goes wrong is said by the outcomes, in a line each; `rolecall crawl --verbose` shows the log.
LOG_LEVEL = os.environ.get("ROLECALL_LOG_LEVEL") or "CRITICAL"

# Politeness is one process-wide limiter and one robots cache (crawler/fetch/), because Scrapy's own
# are per crawler and two sources on one host would fire together.
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetch.handler.PoliteHandler",
    "https": "crawler.fetch.handler.PoliteHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),  # a page must not lead us to /etc/passwd
}
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default is not to
ROBOTSTXT_OBEY = False  # replaced by RobotsMiddleware, which takes failure for a no
DOWNLOADER_MIDDLEWARES = {
    "crawler.fetch.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "crawler.fetch.cookies.OfflineCookies": 700,
}
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0  # the limiter's business
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the outcome says it; cron must not hear of it twice
# 429 and Retry-After are the limiter's business; without it a 503 is worth another try.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]
REDIRECT_MAX_TIMES = 5
COOKIES_ENABLED = True
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.8",
}

EXTENSIONS = {"crawler.night.source_run.SourceRun": 100}
ITEM_PIPELINES = {
    "pipelines.validate.Validate": 100,
    "pipelines.clean.Clean": 200,
    "pipelines.normalise.Normalise": 300,
    "pipelines.identify.Identify": 400,
    "pipelines.describe.Describe": 500,
    "pipelines.relevance.Relevance": 600,
    "pipelines.store.Store": 900,
}


def with_options(options: Mapping[str, Any]) -> Settings:
    """These settings with those of a command line, which come before everything else."""
    settings = Settings()
    settings.setmodule(sys.modules[__name__])
    settings.setdict(dict(options), priority="cmdline")
    return settings
