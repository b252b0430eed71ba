"""Labelled dialogues as people write them: what is read, and how a slip is told."""

import pytest

from zhiyin.libs.coach import corpus, dialogues
from zhiyin.libs.coach.readings import Role

SAID = """\
## 花店 · 送错了

客 送来的是百合，我订的是玫瑰 @anger2 u1 l1 neg
服* 哦 | -missing_empathy2 -curt
服 抱歉抱歉，一小时内给您换，您在家吗 | +apology +solution ?closed !hard:org:一小时内给您换
客 在 @calm
## 干洗 · 取衣
客 邮箱 a@b.cn 收到单子了，谢谢 @positive pos
服 嗯 |
"""


def read(tmp_path, said, name="own.txt"):
    file = tmp_path / name
    file.write_text(said, "utf-8")
    return list(dialogues.records(file))


@pytest.fixture
def records(tmp_path):
    return read(tmp_path, SAID)


def test_every_message_is_a_record_named_by_file_dialogue_and_number(records):
    assert [record["id"] for record in records] == [
        "own-001#1", "own-001#2", "own-001#3", "own-001#4", "own-002#1", "own-002#2",
    ]  # fmt: skip
    assert [record["role"] for record in records] == [
        "customer", "agent", "agent", "customer", "customer", "agent",
    ]  # fmt: skip
    assert records[0]["text"] == "送来的是百合，我订的是玫瑰"


def test_a_customers_labels_are_read(records):
    wanted = {"emotion": "anger", "intensity": 2, "urgency": 1, "leave_intent": 1, "satisfaction": "neg"}
    wanted |= {"danger": 0, "escalate": 0, "clamour": 0}
    assert {name: records[0][name] for name in wanted} == wanted
    assert (records[3]["emotion"], records[3]["intensity"], records[3]["satisfaction"]) == ("calm", 0, "neu")
    assert (records[4]["emotion"], records[4]["intensity"]) == ("positive", 1)


def test_an_agents_labels_are_read(records):
    brushed_off, mended = records[1:3]
    assert (brushed_off["flags"], brushed_off["severity"]) == (["missing_empathy", "curt"], 2)
    assert (mended["flags"], mended["severity"]) == ([], 0)
    assert mended["positives"] == ["apology", "solution"]
    assert mended["question"] == "closed"
    assert mended["promises"] == [{"text": "一小时内给您换", "kind": "hard", "owner": "org"}]


def test_only_the_last_sign_parts_a_message_from_its_labels(records):
    assert records[4]["text"] == "邮箱 a@b.cn 收到单子了，谢谢"


def test_another_reply_is_judged_in_its_place_but_is_no_part_of_the_course(records):
    asked = "客户:送来的是百合，我订的是玫瑰"
    assert records[1]["context"] == records[2]["context"] == [asked]
    assert records[3]["context"] == [asked, "客服:抱歉抱歉，一小时内给您换，您在家吗"]


def test_a_dialogue_begins_without_memory_and_sees_eight_messages(tmp_path, records):
    assert records[4]["context"] == []
    long = read(tmp_path, "## 长\n" + "".join(f"客 第{number}句 @calm\n" for number in range(12)))
    assert long[-1]["context"] == [f"客户:第{number}句" for number in range(3, 11)]
    assert dialogues.SIGHT == 8


def test_several_promises_are_told_apart(tmp_path):
    (record,) = read(
        tmp_path,
        "服 我去问仓库，明天十点前回您 | +own_I !soft:self:我去问仓库 !hard:self:明天十点前回您\n",
    )
    assert [(one["kind"], one["text"]) for one in record["promises"]] == [
        ("soft", "我去问仓库"),
        ("hard", "明天十点前回您"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("你好 @calm", "a message begins with 客 or 服"),
        ("客 你好", "no @ before the labels"),
        ("服 您好", "no | before the labels"),
        ("客 你好 @", "there is no emotion"),
        ("客 你好 @joy", "there is no emotion joy"),
        ("客 你好 @anger4", "there is no emotion anger4"),
        ("客 你好 @calm1", "there is no emotion calm1"),
        ("客 你好 @calm x1", "there is no signal x1"),
        ("客 你好 @calm u3", "there is no signal u3"),
        ("客 你好 @calm d", "there is no signal d"),
        ("服 您好 | -rude", "there is no label -rude"),
        ("服 您好 | -curt4", "there is no label -curt4"),
        ("服 您好 | -curt12", "there is no label -curt12"),
        ("服 您好 | +kind", "there is no label +kind"),
        ("服 您好 | ?maybe", "there is no label ?maybe"),
        ("服 您好 | greet", "there is no label greet"),
        ("服 马上 | !hard:boss:马上", "there is no label !hard:boss:马上"),
        ("服 马上 | !hard:org:明天", "“明天” does not stand in the message"),
    ],
)
def test_a_slip_is_told_with_file_line_and_reason(tmp_path, line, said):
    with pytest.raises(dialogues.BadLine) as error:
        read(tmp_path, f"## 试\n客 在吗 @calm\n\n{line}\n客 在 @calm\n")
    assert str(error.value).startswith("own.txt, line 4: ")
    assert said in str(error.value)


def test_the_shipped_dialogues_are_sound_and_named_once():
    names = []
    for role in Role:
        for record in corpus.of(role):
            names.append(record["id"])
            corpus.context_of(record)
    assert len(corpus.shipped_dialogues()) >= 1
    assert len(names) == len(set(names))
