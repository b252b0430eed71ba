"""Dialogues to load, as rows of a file."""

from __future__ import annotations

import json

TURNS = [
    {"role": "customer", "text": "发票开错了"},
    {"role": "agent", "text": "您把订单号发我"},
    {"role": "customer", "text": "[订单x]", "satisfaction": 1},
    {"role": "customer", "text": "怎么还没好", "satisfaction": 0},
]


def dialogue(external_id="a-1", **changes):
    return {"id": external_id, "channel": "chat", "satisfaction": 0, "messages": TURNS} | changes


def turn(**changes):
    return {"role": "customer", "text": "您好"} | changes


def as_bytes(line, encoding="utf-8"):
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode(encoding)
