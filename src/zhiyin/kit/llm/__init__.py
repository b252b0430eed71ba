"""A language model for those who have one: off unless set up, personal data masked, never waited for beyond its time.

LLM_URL    an OpenAI-compatible endpoint, as http://127.0.0.1:11434/v1
LLM_MODEL  the model's name there
LLM_KEY    the key it asks for, if it asks for one
LLM_SECONDS  how long an answer may take (8)

Without LLM_URL and LLM_MODEL nothing is imported, nothing is sent. Needs the extra: pip install zhiyin[llm].
"""

from zhiyin.kit.llm.asking import Settings, Unusable, ask, settings
from zhiyin.kit.llm.masking import Mask

__all__ = ["Mask", "Settings", "Unusable", "ask", "settings"]
