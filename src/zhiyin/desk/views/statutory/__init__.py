"""Pages about transfers, letters and statutory rules."""
