"""What a promise's due time needs to know of working hours; doorways pass an adapter, libs know no calendar."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Hours(Protocol):
    """Somebody's working hours. Moments are aware; results may be in any zone."""

    def add_days(self, moment: dt.datetime, working_days: int) -> dt.datetime:
        """Closing time of the `working_days`-th working day after the day of `moment`; 0 is that day itself."""

    def add_time(self, moment: dt.datetime, duration: dt.timedelta) -> dt.datetime:
        """The moment at which `duration` of working time has passed since `moment`."""

    def closing(self, day: dt.date) -> dt.datetime | None:
        """When work ends on `day`; None where nobody works that day."""
