import json
import random

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from transformers import BertConfig, BertModel

from qa.training.batches import EncodedExample, batch_plan, collate
from qa.training.examples import WINDOW_CHARACTERS, Example, window_around_answer
from qa.training.export import quantise_weights
from qa.training.negatives import other_window_negatives, swapped_word_negatives
from qa.training.network import ReaderNetwork, reader_loss
from qa.training.swaps import still_marked, swapped_in_passage
from qa.training.train import TrainingPlan, mean_weights, train_reader
from qa.training.written import NEAR_MISSES, event_examples


def example(question, context, answer):
    start = context.index(answer)
    return Example(question, context, ((start, start + len(answer)),), True, 1.0, "test")


def test_a_swapped_word_turns_a_question_into_a_near_miss():
    base = example(
        "How many people were killed in 1998?",
        "In 1998 the flood left 14 dead; they were killed at night.",
        "14",
    )
    made = swapped_word_negatives([base], seed=1, limit=5)
    assert len(made) == 1
    assert not made[0].answerable
    assert made[0].context == base.context
    assert made[0].question != base.question
    changed = [
        new for new, old in zip(made[0].question.split(), base.question.split(), strict=True) if new != old
    ]
    assert len(changed) == 1


def test_a_word_that_the_passage_uses_is_no_near_miss():
    base = example("How many were killed?", "14 were killed and 3 injured.", "14")
    assert swapped_word_negatives([base], seed=1, limit=5) == []


def test_another_window_of_the_passage_does_not_hold_the_answer():
    filler = "The committee met again on the matter. " * 40
    base = example("Who chaired it?", filler + "It was chaired by Marta Velic. " + filler, "Marta Velic")
    (made,) = other_window_negatives([base], seed=1, limit=5)
    assert "Marta Velic" not in made.context
    assert len(made.context) <= WINDOW_CHARACTERS


@pytest.mark.parametrize("seed", range(20))
def test_a_long_passage_is_cut_around_its_answer(seed):
    filler = "Nothing of note was said that day. " * random.Random(seed).randint(0, 60)
    base = example("Who?", filler + "Marta Velic spoke. " + "More was said later on. " * 60, "Marta Velic")
    cut = window_around_answer(base, random.Random(seed))
    assert len(cut.context) <= WINDOW_CHARACTERS
    assert [cut.context[start:end] for start, end in cut.spans] == ["Marta Velic"]


MEETING = (
    "In Lodra, Marta Velic met Oskar Brandt on 4 May. Oskar Brandt left for Pelsk, where 300 nurses waited."
)


def test_a_name_of_the_same_passage_is_swapped_into_the_question():
    base = example("When did Marta Velic meet Oskar Brandt?", MEETING, "4 May")
    pairs = swapped_in_passage([base], seed=1, limit=9)
    assert pairs
    for answered, swapped in pairs:
        assert answered is base
        assert not swapped.answerable
        assert swapped.question != base.question
        assert any(name in swapped.question for name in ("Pelsk", "Lodra"))


def test_names_told_of_together_are_not_swapped():
    base = example(
        "When did Marta Velic resign?", "The ministers Marta Velic and Oskar Brandt resigned in May.", "May"
    )
    assert swapped_in_passage([base], seed=1, limit=9) == []


def test_only_swaps_that_a_reader_falls_for_are_kept():
    base = example("When did Marta Velic meet Oskar Brandt?", MEETING, "4 May")
    (pair, *_) = swapped_in_passage([base], seed=1, limit=1)
    place = MEETING.index("4 May")
    assert still_marked([pair], lambda asked: [(place, place + 5)]) == [pair[1]]
    assert still_marked([pair], lambda asked: [(0, 5)]) == []
    assert still_marked([pair], lambda asked: [None]) == []


def test_every_answer_of_the_written_events_is_marked_in_its_window():
    trained, held_out = event_examples(held_out=False), event_examples(held_out=True)
    assert len(trained) > 4 * len(held_out) > 0
    assert not {e.context for e in trained} & {e.context for e in held_out}
    for made in [*trained, *held_out]:
        assert len(made.context) <= WINDOW_CHARACTERS
        for start, end in made.spans:
            assert made.context[start:end].strip() == made.context[start:end] != ""


def test_every_near_miss_question_stands_once_beside_its_passage():
    rows = [json.loads(line) for line in NEAR_MISSES.read_text(encoding="utf-8").splitlines()]
    assert len({(row["file"], row["row"]) for row in rows}) == len(rows)
    for row in rows:
        questions = [*row["unanswerable"], *(question for question, _, _ in row["answered"])]
        assert len(set(questions)) == len(questions)


def tiny_network():
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=40,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return ReaderNetwork(BertModel(config, add_pooling_layer=False))


def tiny_examples():
    rng = random.Random(5)
    made = []
    for _ in range(96):
        passage = [rng.randrange(10, 40) for _ in range(8)]
        answerable = rng.random() < 0.5
        place = rng.randrange(8)
        if answerable:
            passage[place] = 7
        at = 3 + place if answerable else 0
        made.append(EncodedExample((1, 5, 2, *passage, 2), (0, 0, 0, *[1] * 9), at, at, answerable, 1.0))
    return made


def loss_of(network, examples):
    batch = collate(examples)
    with torch.no_grad():
        outputs = network(batch["input_ids"], batch["attention_mask"], batch["token_type_ids"])
    return float(
        reader_loss(outputs, *(batch[key] for key in ("starts", "ends", "answerable", "weights", "allowed")))
    )


def test_training_learns_and_a_resumed_run_ends_where_a_whole_one_does(tmp_path):
    examples, plan = (
        tiny_examples(),
        TrainingPlan(epochs=6, batch_size=16, encoder_rate=5e-3, head_rate=5e-3, checkpoint_every=10),
    )
    before = loss_of(tiny_network(), examples)
    whole = train_reader(tiny_network(), examples, plan, tmp_path / "whole")
    assert loss_of(whole, examples) < 0.7 * before
    half = TrainingPlan(epochs=6, batch_size=16, encoder_rate=5e-3, head_rate=5e-3, checkpoint_every=1)
    stopped = tmp_path / "stopped"
    with pytest.raises(StoppedError):
        train_reader(StopsAfter(tiny_network(), 20), examples, half, stopped)
    resumed = train_reader(tiny_network(), examples, half, stopped)
    for left, right in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(left, right)


class StoppedError(Exception):
    pass


class StopsAfter(ReaderNetwork):
    def __init__(self, network, calls):
        torch.nn.Module.__init__(self)
        self.encoder, self.span, self.answerable, self.left = (
            network.encoder,
            network.span,
            network.answerable,
            calls,
        )

    def forward(self, *inputs):
        self.left -= 1
        if self.left < 0:
            raise StoppedError
        return super().forward(*inputs)


def test_batches_hold_every_example_once_and_pad_to_like_length():
    examples = tiny_examples()
    plan = batch_plan(examples, size=10, seed=1)
    assert sorted(index for batch in plan for index in batch) == list(range(len(examples)))
    assert collate(examples[:3])["input_ids"].shape == (3, 16)


def test_quantised_weights_come_back_within_half_a_step():
    weights = np.random.default_rng(0).normal(size=(64, 80)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 64])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 80])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = quantise_weights(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    )
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    assert stored["w.int8"].dtype == np.int8
    restored = stored["w.int8"] * stored["w.scale"][None, :]
    assert np.all(np.abs(restored - weights) <= stored["w.scale"][None, :] / 2 + 1e-7)
    assert [node.op_type for node in model.graph.node] == ["DequantizeLinear", "MatMul"]
    onnx.checker.check_model(model)


def test_the_mean_of_rounds_lies_between_them():
    first, second = tiny_network().state_dict(), tiny_network().state_dict()
    second = {name: value + 2 for name, value in second.items()}
    mean = mean_weights([first, second])
    assert all(torch.allclose(mean[name], (first[name] + second[name]) / 2) for name in first)
