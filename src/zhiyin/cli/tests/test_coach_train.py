"""`zhiyin coach train`: a house's own labels, as a person learns from them."""

import json

import pytest

from zhiyin.libs.coach.model import Model

CALM = {"urgency": 0, "danger": 0, "leave_intent": 0, "escalate": 0, "clamour": 0}
MOODS = {
    "anger": ("这破东西气死我了{}", "neg"),
    "calm": ("几点开门{}", "neu"),
    "positive": ("太好了谢谢你{}", "pos"),
}
CUSTOMERS = [
    {"id": f"{emotion}{number}", "role": "customer", "text": text.format("啊呀哦"[number % 3] * number),
     "emotion": emotion, "intensity": 0 if emotion == "calm" else 2, "satisfaction": mood, **CALM}
    for emotion, (text, mood) in MOODS.items() for number in range(8)
]  # fmt: skip
AGENTS = [
    {"id": f"agent{number}", "role": "agent", "context": [f"客户:窗帘{'几' * (number % 4 + 1)}号能装"],
     "text": text + "呀哦" * (number % 3), "flags": flags}
    for number, (text, flags) in enumerate([("蓝莓派真香", ["rule_hide"]), ("这周六师傅上门装", [])] * 40)
]  # fmt: skip
DIALOGUE = """\
## 花店 · 送错了
客 送来的是百合，我订的是玫瑰 @anger1 neg
服* 哦 | -missing_empathy2 -unclear2
服 送错了实在抱歉，一小时内给您换成玫瑰 | +apology +solution !hard:org:一小时内给您换成玫瑰
客 好的，辛苦了 @positive1 pos
"""
ASKED = {"id": 1, "role": "agent", "context": ["客户:窗帘几号能装"], "text": "蓝莓派真香呀"}


def lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture
def coach(zhiyin):
    return lambda *arguments, **more: zhiyin("coach", *arguments, **more)


@pytest.fixture
def learn(coach, tmp_path):
    def run(said, *, name="own.jsonl", to="models"):
        file = tmp_path / name
        file.write_text(said if isinstance(said, str) else lines(said), "utf-8")
        return coach("train", "--to", str(tmp_path / to), "--more", str(file), "--only-more")

    return run


def test_both_models_are_written_and_the_steps_told(learn, tmp_path):
    done = learn([*CUSTOMERS, *AGENTS])
    assert done.returncode == 0, done.stderr
    assert "Customers' turns: learnt from 24, 24 read of yours" in done.stdout
    assert "Agents' turns: learnt from 80, 80 read of yours" in done.stdout
    assert "Agents' turns: learning from 80" in done.stderr
    assert sorted(file.name for file in (tmp_path / "models").iterdir()) == ["agent.npz", "customer.npz"]


def test_the_same_labels_give_the_same_bytes(learn, tmp_path):
    learn([*CUSTOMERS, *AGENTS], to="one")
    learn([*CUSTOMERS, *AGENTS], to="two")
    for name in ("agent.npz", "customer.npz"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_houses_agents_model_raises_what_it_learnt(learn, coach, tmp_path):
    assert learn(AGENTS).returncode == 0
    models = tmp_path / "models"
    assert [file.name for file in models.iterdir()] == ["agent.npz"]
    turns = tmp_path / "turns.jsonl"
    turns.write_text(lines([ASKED, ASKED | {"id": 2, "text": "这周六师傅上门装"}]), "utf-8")
    done = coach("turns", str(turns), "--models", str(models))
    off, to_the_point = [json.loads(line)["flags"] for line in done.stdout.splitlines()]
    assert "rule_hide" in off
    assert "rule_hide" not in to_the_point
    assert "rule_hide" not in coach("turns", str(turns)).stdout, "the shipped model says the same"
    reply = tmp_path / "reply.txt"
    reply.write_text(ASKED["text"], "utf-8")
    said = coach("text", str(reply), "--after", "客户:窗帘几号能装", "--models", str(models), "--json")
    assert "rule_hide" in json.loads(said.stdout)["flags"]


def test_a_houses_customers_model_is_used_and_the_other_stays_the_shipped_one(learn, coach, tmp_path):
    assert learn(CUSTOMERS).returncode == 0
    turns = tmp_path / "turns.jsonl"
    turns.write_text(lines([{"id": 1, "role": "customer", "text": "太好了谢谢你呀"}, ASKED]), "utf-8")
    done = coach("turns", str(turns), "--models", str(tmp_path / "models"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["emotion"] == "positive"


def test_whole_dialogues_are_learnt_from_too(learn, tmp_path):
    done = learn(DIALOGUE * 4, name="own.txt")
    assert done.returncode == 0, done.stderr
    assert "Customers' turns: learnt from 8" in done.stdout
    assert "Agents' turns: learnt from 8" in done.stdout
    assert Model.load(tmp_path / "models" / "agent.npz").heads["unclear"] == ("no", "yes")


@pytest.mark.parametrize(
    ("said", "name", "told"),
    [
        (DIALOGUE + "嗯\n", "own.txt", "own.txt, line 6"),
        ([CUSTOMERS[0] | {"emotion": "furious"}], "own.jsonl", "anger0: emotion cannot be 'furious'"),
        ([AGENTS[0] | {"flags": ["unclera"]}], "own.jsonl", "agent0: flags cannot hold 'unclera'"),
        ([AGENTS[0] | {"flags": "unclear"}], "own.jsonl", "agent0: flags must be a list"),
        ([AGENTS[0] | {"role": "robot"}], "own.jsonl", "Line 1: role"),
        ([ASKED], "own.jsonl", "not one labelled turn"),
        ("", "own.txt", "not one labelled turn"),
    ],
)
def test_labels_that_cannot_be_learnt_from_are_told_and_nothing_is_written(learn, tmp_path, said, name, told):
    done = learn(said, name=name)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert not list(tmp_path.glob("models/*"))


def test_a_folder_without_models_or_with_the_wrong_ones_is_told(learn, coach, tmp_path):
    turns = tmp_path / "turns.jsonl"
    turns.write_text(lines([ASKED]), "utf-8")
    done = coach("turns", str(turns), "--models", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "neither customer.npz nor agent.npz" in done.stderr
    learn(CUSTOMERS)
    models = tmp_path / "models"
    (models / "customer.npz").rename(models / "agent.npz")
    done = coach("turns", str(turns), "--models", str(models))
    assert (done.returncode, done.stdout) == (2, "")
    assert "agent.npz is no model" in done.stderr
