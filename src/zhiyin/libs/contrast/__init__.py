"""Facts that find causes: which condition separates the failures from the rest, and how sure that is.

Plain values in, frozen results out. Rows are observations, columns conditions, one column says whether it failed.
Nothing here reads a clock, a file of settings or Django.

from zhiyin.libs import contrast
table = contrast.facts({"flavour": [...], "stay (min)": [...], "failed": [...]}, outcome="failed")
contrast.analyse(table).findings[0].sentence.say()   # Fails when stay is under 6 min: 7 of 8, against 0 of 9.
"""

from zhiyin.libs.contrast.analysis import analyse
from zhiyin.libs.contrast.errors import ContrastError
from zhiyin.libs.contrast.facts import Facts, facts
from zhiyin.libs.contrast.kinds import Kind
from zhiyin.libs.contrast.results import Contrast, Finding, Status
from zhiyin.libs.contrast.sheet import Sheet, read
from zhiyin.libs.contrast.statements import Statement

__all__ = [
    "Contrast",
    "ContrastError",
    "Facts",
    "Finding",
    "Kind",
    "Sheet",
    "Statement",
    "Status",
    "analyse",
    "facts",
    "read",
]
