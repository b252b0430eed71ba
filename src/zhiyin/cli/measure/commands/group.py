"""The group itself: the commands hang themselves onto it."""

from zhiyin.cli.language import gettext as _
from zhiyin.cli.measure.remarks import Remarking
from zhiyin.cli.spoken import group

measure = group(
    _(
        "Measure satisfaction from a sheet of answers. Example: zhiyin measure index docs/examples/measure/satisfaction.csv"
    )
)
measure.info.cls = Remarking
