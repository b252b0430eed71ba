"""Stops the clock of every process that has this folder on its path at SCREENSHOT_CLOCK: two runs show the same times."""

from __future__ import annotations

import os
from datetime import datetime

from django.utils import timezone

_MOMENT = datetime.fromisoformat(os.environ["SCREENSHOT_CLOCK"])
timezone.now = lambda: _MOMENT
