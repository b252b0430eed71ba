"""The small linear models: what they see, learn, keep and explain."""

import json
import time

import pytest

from zhiyin.libs.coach import corpus, features, training
from zhiyin.libs.coach.customer import learning, reading
from zhiyin.libs.coach.model import Model
from zhiyin.libs.coach.readings import Role, Turn
from zhiyin.libs.coach.training import Example

HEADS = {"mood": ("good", "bad"), "loud": ("0", "1")}
SETTINGS = training.Settings(least={}, rounds=60, kept=400)
EXAMPLES = [
    Example(text, (), {"mood": mood, "loud": "1" if "！" in text else "0"})
    for text, mood in [
        ("太差了", "bad"), ("真差劲", "bad"), ("差评！", "bad"), ("服务很差", "bad"), ("差得离谱！", "bad"),
        ("真好", "good"), ("很好用", "good"), ("好评！", "good"), ("服务很好", "good"), ("好得很", "good"),
    ] * 2
]  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return training.train(EXAMPLES, HEADS, SETTINGS)


def test_it_learns_what_it_is_shown(model):
    assert model.predict("差死了")["mood"]["bad"] > 0.7
    assert model.predict("挺好")["mood"]["good"] > 0.7
    assert model.predict("好！")["loud"]["1"] > 0.5


def test_it_says_which_words_spoke_for_its_answer_and_where(model):
    text = "东西有点差"
    first = model.explain(text, head="mood", answer="bad")[0]
    assert first.weight > 0
    assert "差" in text[first.start : first.end]


def test_words_are_found_again_behind_masks_and_numbers(model):
    text = "[数字x]元的东西，2024年3月买的，差"
    spoke = [
        text[one.start : one.end]
        for one in model.explain(text, head="mood", answer="bad")
        if one.start is not None
    ]
    assert "差" in spoke


def test_the_same_examples_give_the_same_bytes(model, tmp_path):
    model.save(tmp_path / "one.npz")
    training.train(EXAMPLES, HEADS, SETTINGS).save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_model_read_back_decides_the_same(model, tmp_path):
    model.save(tmp_path / "model.npz")
    again = Model.load(tmp_path / "model.npz")
    assert again.scores("差，但是好！\n") == pytest.approx(model.scores("差，但是好！\n"))
    assert again.heads == model.heads


def test_an_answer_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="mood knows no answer so-so"):
        training.train([Example("嗯", (), {"mood": "so-so"})], HEADS)
    with pytest.raises(ValueError, match="nothing to learn from"):
        training.train([], HEADS)


def test_a_model_that_answers_other_questions_is_refused(model, tmp_path):
    model.save(tmp_path / "model.npz")
    assert Model.load(tmp_path / "model.npz", HEADS).heads == HEADS
    with pytest.raises(ValueError, match="does not answer weather"):
        Model.load(tmp_path / "model.npz", HEADS | {"weather": ("fair", "foul")})


@pytest.mark.parametrize(("kept", "total"), [(400, 60), (10, 72)])
def test_every_round_of_the_training_is_told(kept, total):
    """With more features than are kept, a fifth of the rounds first tells which stay."""
    told = []
    settings = training.Settings(least={}, rounds=60, kept=kept)
    training.train(EXAMPLES, HEADS, settings, progress=lambda *how_far: told.append(how_far))
    assert told == [(done, total) for done in range(1, total + 1)]


def test_a_head_that_is_not_answered_is_not_learnt_from(model):
    half = [Example(one.text, (), {"mood": one.answers["mood"]}) for one in EXAMPLES]
    assert training.train(half, HEADS, SETTINGS).predict("好！")["loud"] == {"0": 0.5, "1": 0.5}


def test_turns_under_one_context_are_never_parted_by_cross_validation():
    one, two = (Turn(Role.AGENT, "您好"),), (Turn(Role.AGENT, "请稍等"),)
    folds = training.by_context([Example(str(n), one if n % 2 else two, {}) for n in range(10)], 2)
    assert sorted(folds) == [[0, 2, 4, 6, 8], [1, 3, 5, 7, 9]]


def test_both_scripts_and_widths_look_alike():
    assert features.seen("退錢！ＯＫ") == features.seen("退钱!ok")


def test_a_fact_of_the_caller_counts_as_a_feature():
    known = [Example("嗯", (), {"mood": mood}, frozenset({mood})) for mood in ("good", "bad")] * 4
    taught = training.train(known, {"mood": ("good", "bad")}, SETTINGS)
    assert taught.predict("嗯", known={"bad"})["mood"]["bad"] > 0.6


def test_the_shipped_model_is_small_and_quick_to_load():
    place = reading.resources.files("zhiyin.libs.coach").joinpath("data/customer.npz")
    assert len(place.read_bytes()) < 3_000_000
    start = time.process_time()
    Model.load(place)
    assert time.process_time() - start < 0.5


def test_the_shipped_model_answers_every_label_of_a_reading():
    assert reading.shipped_model().heads == {
        head: tuple(map(str, answers)) for head, answers in reading.HEADS.items()
    }


def test_the_corpus_holds_only_sound_records():
    seen = set()
    for record in corpus.records(corpus.shipped("customer")):
        assert record["id"] not in seen
        seen.add(record["id"])
        assert (record["intensity"] == 0) is (record["emotion"] == "calm"), record["id"]
        assert record["role"] == "customer"
        corpus.context_of(record)
    assert len(seen) > 3000


def test_an_organisations_own_labels_are_learnt_with_ours(tmp_path):
    own = tmp_path / "own.jsonl"
    own.write_text(
        json.dumps({"id": "o-1", "role": "customer", "text": "嗯嗯", "emotion": "calm"}) + "\n", "utf-8"
    )
    (one,) = learning.examples(corpus.records(own))
    assert one.answers == {"emotion": "calm"}


def test_a_label_that_does_not_exist_is_told_with_its_record():
    with pytest.raises(ValueError, match="o-2: emotion cannot be 'furious'"):
        list(learning.examples([{"id": "o-2", "text": "嗯", "emotion": "furious"}]))


def test_a_line_that_is_no_record_is_told_with_its_number(tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": "好"}\n{oops\n', "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        list(corpus.records(broken))
    with pytest.raises(ValueError, match="says not whose turn"):
        list(corpus.turns(["好的"]))
