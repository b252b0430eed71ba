"""Wiring only: settings, root URLs, ASGI."""
