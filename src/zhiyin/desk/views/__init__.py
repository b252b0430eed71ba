"""Staff pages that mix rooms."""
