"""Decisions of the loop, pure: words, moves, who may decide, clocks, numbers."""
