"""What a customer feels and signals, read from his turn in the light of the turns before it.

Rules (packs/customer) find what is said outright; a small linear model, to which the rules' finds are features among
others, weighs what is diffuse. Every part of a reading is traced to the words that spoke for it.
"""

from __future__ import annotations

from zhiyin.libs.coach.customer.reading import known_of, read, shipped_model

__all__ = ["known_of", "read", "shipped_model"]
