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
