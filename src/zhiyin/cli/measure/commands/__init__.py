"""The commands of `zhiyin measure`: their options and what they say of themselves. Engines load when one runs."""

from zhiyin.cli.measure.commands import kano, paths, pulses, samples, satisfaction
from zhiyin.cli.measure.commands.group import measure

__all__ = ["kano", "measure", "paths", "pulses", "samples", "satisfaction"]
