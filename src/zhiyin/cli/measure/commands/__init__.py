"""The commands of `zhiyin measure`: their options and what they say of themselves. Engines load when one runs."""

from zhiyin.cli.measure.commands import expectations, fivegaps, priorities, satisfaction, standing
from zhiyin.cli.measure.commands.group import measure

__all__ = ["expectations", "fivegaps", "measure", "priorities", "satisfaction", "standing"]
