"""The facts of a case: its table, what the table says, and who else writes to it."""
