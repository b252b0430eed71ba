"""Mass incidents: one parent, hundreds of cases."""

from zhiyin.desk.views.incidents.page import index, move, notice, progress, resume, show, told
from zhiyin.desk.views.incidents.sharing import share
from zhiyin.desk.views.incidents.writing import add, edit, new

__all__ = ["add", "edit", "index", "move", "new", "notice", "progress", "resume", "share", "show", "told"]
