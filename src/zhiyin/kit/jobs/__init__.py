"""Jobs that outlive the request, and the timers that watch rows falling due."""

from __future__ import annotations

from procrastinate import App


def configure(app: App) -> None:
    """Called by procrastinate when its app is ready."""
