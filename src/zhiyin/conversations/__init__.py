"""Threads, messages, attachments, outbox."""
