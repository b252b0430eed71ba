"""`zhiyin measure …`: from a sheet of answers to figures with their margins of error."""
