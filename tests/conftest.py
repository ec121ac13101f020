"""What holds for all tests: on a build machine random examples are the same every time.

A new one would fail a change that has nothing to do with it; they are searched for on developers'
machines, and each that was found is kept with its test.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
