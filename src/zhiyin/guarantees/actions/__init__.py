"""What is done about the guarantee: cases held against it, and what was missed told and made good."""

from zhiyin.guarantees.actions.making_good import make_good, shown, tell

__all__ = ["make_good", "shown", "tell"]
