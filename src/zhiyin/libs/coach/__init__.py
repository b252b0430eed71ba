"""Feeling first, then the matter: what a customer feels, what in a reply would hurt, and what it promises.

Plain texts in, frozen readings out; no network, no clock, no Django. Every judgement says where, why and what
would be better.

from zhiyin.libs import coach
reading = coach.Coach().agent("这个我们做不了", context=[coach.Turn(coach.Role.CUSTOMER, "能帮我改一下地址吗？")])
reading.findings[0].rule, reading.findings[0].suggestion
"""
