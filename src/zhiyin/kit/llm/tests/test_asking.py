"""A language model asked over real HTTP on this machine: good, slow, broken, talking nonsense."""

import dataclasses
import http.server
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from zhiyin.kit import llm
from zhiyin.libs.coach import second
from zhiyin.libs.coach.readings import Finding, Role, Said, Turn

DRAFT = "您打13812345678找王女士吧"
GOOD = {
    "rule": "curt",
    "quote": "您打［电话1］找［姓名1］女士吧",
    "why": "像在打发人",
    "suggestion": "麻烦您拨打［电话1］，［姓名1］女士会帮您处理",
}


class Endpoint(http.server.ThreadingHTTPServer):
    """Answers every question with `content` after `wait` seconds, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.content, self.wait, self.status, self.raw = [], "", 0.0, 200, None
        self.elsewhere = ""

    def settings(self, **more):
        return llm.Settings(f"http://127.0.0.1:{self.server_port}/v1", "local", **{"seconds": 5.0} | more)


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        server = self.server
        server.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        time.sleep(server.wait)
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": server.content},
        }
        answer = {"id": "1", "object": "chat.completion", "created": 1, "model": "local", "choices": [choice]}
        body = server.raw if server.raw is not None else json.dumps(answer).encode()
        self.send_response(server.status)
        self.send_header("Content-Type", "application/json")
        if server.elsewhere:
            self.send_header("Location", server.elsewhere)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def endpoint():
    pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(to, draft=DRAFT, context=()):
    mask = llm.Mask()
    asked = second.question(draft, context, mask.hide)
    answer = llm.ask(to, instructions=second.INSTRUCTIONS, question=asked, form=second.Opinion)
    return () if answer is None else second.believed(answer, draft, (), mask.show)


def test_a_good_answer_becomes_a_remark_on_the_words_of_the_draft(endpoint):
    endpoint.content = json.dumps({"remarks": [GOOD]})
    (finding,) = ask(endpoint.settings())
    assert (finding.rule, finding.severity) == ("curt", 1)
    assert DRAFT[finding.start : finding.end] == DRAFT
    assert finding.suggestion == "麻烦您拨打13812345678，王女士会帮您处理"


def test_nothing_personal_leaves_the_house(endpoint):
    endpoint.content = json.dumps({"remarks": []})
    turn = Turn(
        Role.CUSTOMER, "我叫李小明，订单号JD20261122334455，住在幸福路12号3栋502室，邮箱ming@example.com"
    )
    ask(endpoint.settings(), context=[turn])
    (sent,) = endpoint.asked
    said = json.loads(sent)["messages"][-1]["content"]
    for secret in ("13812345678", "李小明", "20261122", "幸福路12", "502", "ming@", "王女士"):
        assert secret not in said


@pytest.mark.parametrize(
    "content",
    [
        "I think it is fine.",
        '{"remarks": [{"rule": "curt"}]}',
        '{"remarks": "none"}',
        json.dumps({"remarks": [GOOD | {"rule": "made_up"}]}),
        json.dumps({"remarks": [GOOD | {"quote": "您从来没说过的话"}]}),
        json.dumps({"remarks": [GOOD | {"suggestion": "请打［电话7］"}]}),
        json.dumps({"remarks": [GOOD | {"suggestion": "长" * 500}]}),
    ],
    ids=["prose", "half", "no list", "unknown rule", "unknown words", "unknown mark", "too long"],
)
def test_what_makes_no_sense_is_dropped(endpoint, content):
    endpoint.content = content
    assert ask(endpoint.settings()) == ()


@pytest.mark.parametrize(
    ("status", "raw"), [(500, b"{}"), (404, b""), (200, b"<html>"), (200, b"{}"), (429, b"{}")]
)
def test_a_broken_endpoint_is_as_if_there_were_none(endpoint, status, raw):
    endpoint.status, endpoint.raw = status, raw
    assert ask(endpoint.settings()) == ()
    assert len(endpoint.asked) == 1  # a second try would double the wait


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_what_is_said_is_not_carried_to_another_house(endpoint, status):
    other = Endpoint()
    threading.Thread(target=other.serve_forever, daemon=True).start()
    other.content = json.dumps({"remarks": [GOOD]})
    endpoint.status, endpoint.elsewhere = status, f"http://127.0.0.1:{other.server_port}/v1/chat/completions"
    assert ask(endpoint.settings()) == ()
    assert (len(endpoint.asked), other.asked) == (1, [])
    other.shutdown()
    other.server_close()


def test_a_slow_endpoint_is_not_waited_for(endpoint):
    endpoint.content, endpoint.wait = json.dumps({"remarks": [GOOD]}), 3.0
    ask(endpoint.settings(seconds=0.2))  # loads the client
    begun = time.perf_counter()
    assert ask(endpoint.settings(seconds=0.5)) == ()
    assert time.perf_counter() - begun < 2.0


def test_an_endpoint_that_is_not_there_is_as_if_there_were_none():
    assert ask(llm.Settings("http://127.0.0.1:1/v1", "local", seconds=2.0)) == ()


def test_what_the_coach_has_said_is_not_said_twice():
    own = Finding("curt", 0, 2, 1, Said("x"), "y")
    opinion = second.Opinion([second.Remark("curt", DRAFT, "why", "better")])
    assert second.believed(opinion, DRAFT, [own], lambda text: text) == ()


def test_without_settings_nothing_is_asked_and_nothing_is_loaded():
    assert llm.settings({}) is None
    assert llm.settings({"LLM_URL": "http://127.0.0.1/v1"}) is None
    program = (
        "import sys, zhiyin.kit.llm as llm; llm.settings(); "
        "sys.exit(any(name in sys.modules for name in ('pydantic_ai', 'openai')))"
    )
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(llm.__file__).parents[3]), *sys.path])}
    assert subprocess.run([sys.executable, "-c", program], env=environ, check=False).returncode == 0


@pytest.mark.parametrize(
    "told",
    [
        {"LLM_URL": "ftp://x/v1"},
        {"LLM_URL": "localhost"},
        {"LLM_URL": "http://[::1/v1"},
        {"LLM_URL": "http://localhost:99999/v1"},
        {"LLM_SECONDS": "soon"},
        {"LLM_SECONDS": "900"},
        {"LLM_SECONDS": "nan"},
    ],
)
def test_settings_that_cannot_be_used_are_told(told):
    with pytest.raises(llm.Unusable) as error:
        llm.settings({"LLM_URL": "http://127.0.0.1/v1", "LLM_MODEL": "local"} | told)
    assert error.value.data["name"] in told


def test_settings_are_read_once_and_whole():
    read = llm.settings({"LLM_URL": "http://h/v1", "LLM_MODEL": "m", "LLM_KEY": "k", "LLM_SECONDS": "2.5"})
    assert dataclasses.astuple(read) == ("http://h/v1", "m", "k", 2.5)
