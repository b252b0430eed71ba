"""Files that people send: known by their content, kept by a UUID, shown only to who may see them.

    file = files.store(upload=upload, by_id=staff.pk, now=now)

Upper rooms register gates in `AppConfig.ready`; a file that no gate opens is not there.
"""

from zhiyin.kit.files.gates import Gate, may_open, register_gate
from zhiyin.kit.files.kinds import Empty, Gone, TooLarge, WrongKind
from zhiyin.kit.files.store import (
    discard,
    fetch,
    named_on,
    open_response,
    path_of,
    put_by,
    read,
    store,
    sweep,
)

__all__ = [
    "Empty",
    "Gate",
    "Gone",
    "TooLarge",
    "WrongKind",
    "discard",
    "fetch",
    "may_open",
    "named_on",
    "open_response",
    "path_of",
    "put_by",
    "read",
    "register_gate",
    "store",
    "sweep",
]
