"""One question to a language model, and its answer in a given form or nothing."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from zhiyin.kit.errors import Invalid, gettext_noop

SECONDS = 8.0
LONGEST = 60.0
MOST_TOKENS = 1200
Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


class Unusable(Invalid):
    """The settings of the language model cannot be read."""

    code = "llm.settings"
    message = gettext_noop("%(name)s says “%(value)s”, which cannot be used.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the model is, and how long it may take."""

    url: str
    model: str
    key: str = ""
    seconds: float = SECONDS


def settings(environ: Mapping[str, str] = os.environ) -> Settings | None:
    """The settings of the environment; None where no model is set up. Raises Unusable."""
    url, model = environ.get("LLM_URL", "").strip(), environ.get("LLM_MODEL", "").strip()
    if not url or not model:
        return None
    if not _is_address(url):
        raise Unusable(field="LLM_URL", name="LLM_URL", value=url)
    told = environ.get("LLM_SECONDS", "").strip() or str(SECONDS)
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST:
        raise Unusable(field="LLM_SECONDS", name="LLM_SECONDS", value=told)
    return Settings(url, model, environ.get("LLM_KEY", ""), seconds)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an open bracket, a port that is none
        return False


def ask(to: Settings, *, instructions: str, question: str, form: type[Answer]) -> Answer | None:
    """The model's answer in `form` (a dataclass or pydantic model), or None.

    None for every fault of the other side: refused, broken, too late, in no usable form, or the extra is not
    installed. Takes `to.seconds` at most once the client is loaded. Not to be called from a running event loop.
    """
    try:
        importlib.import_module("pydantic_ai")
    except ImportError:
        return None
    asyncio = importlib.import_module("asyncio")
    try:
        answer: Answer = asyncio.run(_asked(to, instructions, question, form))
    except Exception as error:  # noqa: BLE001  whatever goes wrong over there must not be felt here
        # Only what kind of fault it was: its text could repeat what was asked.
        _log.warning("the language model gave no answer: %s", type(error).__name__)
        return None
    return answer


async def _asked(to: Settings, instructions: str, question: str, form: type[Answer]) -> Answer | None:
    openai: Any = importlib.import_module("openai")
    ai: Any = importlib.import_module("pydantic_ai")
    models: Any = importlib.import_module("pydantic_ai.models.openai")
    providers: Any = importlib.import_module("pydantic_ai.providers.openai")
    # Redirects could carry what is said to another house; a second try could double the wait.
    web = openai.DefaultAsyncHttpxClient(follow_redirects=False, timeout=to.seconds)
    async with openai.AsyncOpenAI(
        base_url=to.url, api_key=to.key or "none", max_retries=0, timeout=to.seconds, http_client=web
    ) as client:
        model = models.OpenAIChatModel(to.model, provider=providers.OpenAIProvider(openai_client=client))
        agent = ai.Agent(model, output_type=ai.PromptedOutput(form), instructions=instructions, retries=0)
        chosen = {"temperature": 0.0, "max_tokens": MOST_TOKENS, "timeout": to.seconds}
        asyncio = importlib.import_module("asyncio")
        answered = await asyncio.wait_for(agent.run(question, model_settings=chosen), to.seconds)
    output: Answer = answered.output
    return output
