"""Files that people send: known by their content, kept by a UUID, shown only to who may see them.

    file = files.store(upload=upload, by_id=staff.pk, now=now)

Upper rooms register gates in `AppConfig.ready`; a file that no gate opens is not there.
"""

from zhiyin.kit.files.gates import Gate, may_open, register_gate
from zhiyin.kit.files.kinds import Empty, TooLarge, WrongKind
from zhiyin.kit.files.store import discard, open_response, path_of, read, store, sweep

__all__ = [
    "Empty",
    "Gate",
    "TooLarge",
    "WrongKind",
    "discard",
    "may_open",
    "open_response",
    "path_of",
    "read",
    "register_gate",
    "store",
    "sweep",
]
