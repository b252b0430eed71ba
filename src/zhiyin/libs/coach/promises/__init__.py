"""What the agent says will be done: the words, how firm, whose, and by when.

from zhiyin.libs.coach import promises
found = promises.find("我周五前给您回电", now=now, hours=hours)
found[0].kind, found[0].owner, found[0].due, found[0].due_at
"""

from zhiyin.libs.coach.promises.agreement import Agreement, Tally, evaluate_promises
from zhiyin.libs.coach.promises.finding import find
from zhiyin.libs.coach.promises.hours import Hours
from zhiyin.libs.coach.promises.resolving import resolve

__all__ = ["Agreement", "Hours", "Tally", "evaluate_promises", "find", "resolve"]
