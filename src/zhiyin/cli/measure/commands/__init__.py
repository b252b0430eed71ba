"""The commands of `zhiyin measure`: their options and what they say of themselves. Engines load when one runs."""

from zhiyin.cli.measure.commands import (
    expectations,
    fivegaps,
    kano,
    paths,
    priorities,
    pulses,
    samples,
    satisfaction,
    standing,
)
from zhiyin.cli.measure.commands.group import measure

ORDER = (
    *("index", "gaps", "pfi", "drivers", "league", "kano", "servqual", "nps", "csat", "ces", "reliability"),
    *("tolerance", "fivegaps", "indicators", "paths", "sample", "rake", "waves"),
)
"""As a study goes: how satisfied, what to improve, where we stand, how we know."""
measure.registered_commands.sort(
    key=lambda command: ORDER.index(command.name or getattr(command.callback, "__name__", ""))
)

__all__ = [
    "expectations",
    "fivegaps",
    "kano",
    "measure",
    "paths",
    "priorities",
    "pulses",
    "samples",
    "satisfaction",
    "standing",
]
