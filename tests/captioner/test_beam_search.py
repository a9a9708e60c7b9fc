"""Beam search against the slow reference, on generated tiny decoders in float64."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from captioner import beam_search as module
from captioner.beam_search import BeamSearchError, Hypothesis, beam_search
from tests.captioner.beam_reference import reference_beam_search

if TYPE_CHECKING:
    from collections.abc import Sequence

START, END, UNKNOWN = 0, 1, 2


class TableState(NamedTuple):
    position: Tensor  # (N,)


class Tables:
    """Each image has its own random log-probabilities for (position, last token, next token), some of them -inf."""

    def __init__(
        self, seed: int, images: int, vocabulary: int, steps: int, sharpness: float, impossible: float
    ) -> None:
        random = torch.Generator().manual_seed(seed)
        logits = torch.randn(images, steps, vocabulary, vocabulary, generator=random, dtype=torch.float64) * sharpness
        forbidden = torch.rand(logits.shape, generator=random) < impossible
        forbidden[..., -1] = False  # one token always stays possible
        self.memory = (logits.masked_fill(forbidden, -math.inf).log_softmax(-1),)  # (B, T, V, V)
        self.state = TableState(torch.zeros(images, dtype=torch.long))

    @staticmethod
    def step(tokens: Tensor, state: TableState, memory: tuple[Tensor, ...]) -> tuple[Tensor, TableState]:
        (tables,) = memory
        beams = len(tokens) // len(tables)
        image = torch.arange(len(tables)).repeat_interleave(beams)
        return tables[image, state.position, tokens], TableState(state.position + 1)


class TinyLstm:
    """An LSTM that reads its image's features at each step; the state is a nested tuple."""

    def __init__(self, seed: int, images: int, vocabulary: int, sharpness: float) -> None:
        random = torch.Generator().manual_seed(seed)

        def normal(*shape: int) -> Tensor:
            return torch.randn(*shape, generator=random, dtype=torch.float64)

        hidden = 5
        self.embedding = normal(vocabulary, hidden)
        self.output = normal(hidden, vocabulary) * sharpness
        self.cell = torch.nn.LSTMCell(2 * hidden, hidden).double()
        for weights in self.cell.parameters():
            weights.data = normal(*weights.shape)
        self.memory = (normal(images, hidden),)
        self.state = ((normal(images, hidden), normal(images, hidden)), normal(images, 2, 1))

    @torch.no_grad()
    def step(self, tokens: Tensor, state: Any, memory: tuple[Tensor, ...]) -> tuple[Tensor, Any]:
        (hidden, cell), extra = state
        (features,) = memory
        seen = features.unsqueeze(1).expand(-1, len(tokens) // len(features), -1).flatten(0, 1)  # (N, H)
        hidden, cell = self.cell(torch.cat([self.embedding[tokens], seen], dim=1), (hidden, cell))
        logits = hidden @ self.output + extra[:, 0] * extra[:, 1]
        return logits.log_softmax(-1), ((hidden, cell), extra)


def rows(tree: Any, index: slice) -> Any:
    if isinstance(tree, Tensor):
        return tree[index]
    parts = [rows(part, index) for part in tree]
    return type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)


def same(found: list[Hypothesis], expected: list[Hypothesis]) -> bool:
    return [h.token_ids for h in found] == [h.token_ids for h in expected] and all(
        mine.token_log_probabilities == pytest.approx(theirs.token_log_probabilities, abs=1e-9)
        and mine.log_probability == pytest.approx(theirs.log_probability, abs=1e-9)
        and mine.score == pytest.approx(theirs.score, abs=1e-9)
        for mine, theirs in zip(found, expected, strict=True)
    )


@st.composite
def problems(draw: st.DrawFn, images: int | None = None) -> tuple[Any, int, dict[str, Any]]:
    """A decoder, its number of images, and the options of a search."""
    count = images or draw(st.integers(1, 5))
    vocabulary = draw(st.integers(3, 12))
    max_length = draw(st.integers(1, 7))
    seed = draw(st.integers(0, 2**31))
    sharpness = draw(st.sampled_from([0.3, 1.0, 4.0]))
    decoder: Any
    once: Sequence[int] = ()  # where some words are impossible, those that are left may all have been said
    if draw(st.booleans()):
        decoder = Tables(seed, count, vocabulary, max_length + 1, sharpness, draw(st.sampled_from([0.0, 0.3])))
    else:
        decoder = TinyLstm(seed, count, vocabulary, sharpness)
        once = draw(st.sampled_from([(), range(3, vocabulary), (START, *range(4, vocabulary))]))
    beam_size = draw(st.integers(1, 20))
    options = {
        "beam_size": beam_size,
        "n_best": draw(st.integers(1, beam_size)),
        "max_length": max_length,
        "start_id": START,
        "end_id": END,
        "length_penalty": draw(st.sampled_from([0.0, 0.7, 1.0, 2.0])),
        "forbidden_ids": draw(st.sampled_from([(), (START,), (START, UNKNOWN)])) if vocabulary > 3 else (),
        "once_ids": tuple(once),
    }
    return decoder, count, options


def search_all(decoder: Any, count: int, options: dict[str, Any]) -> list[list[Hypothesis]]:
    return beam_search(decoder.step, decoder.state, decoder.memory, count, **options)


def search_one(decoder: Any, image: int, options: dict[str, Any]) -> list[Hypothesis]:
    index = slice(image, image + 1)
    return beam_search(decoder.step, rows(decoder.state, index), rows(decoder.memory, index), 1, **options)[0]


@settings(max_examples=150, deadline=None)
@given(problems())
def test_equals_the_slow_reference(problem: tuple[Any, int, dict[str, Any]]) -> None:
    decoder, count, options = problem
    for image, found in enumerate(search_all(decoder, count, options)):
        index = slice(image, image + 1)
        expected = reference_beam_search(
            decoder.step, rows(decoder.state, index), rows(decoder.memory, index), **options
        )
        assert same(found, expected)


@pytest.mark.parametrize(("vocabulary", "beam_size"), [(700, 1), (701, 3), (400, 5)])
def test_equals_the_slow_reference_with_many_words(vocabulary: int, beam_size: int) -> None:
    """Long rows are sorted in another way than short ones."""
    decoder = TinyLstm(vocabulary, 3, vocabulary, sharpness=0.6)
    options = {
        "beam_size": beam_size,
        "n_best": beam_size,
        "max_length": 5,
        "start_id": START,
        "end_id": END,
        "forbidden_ids": (START, UNKNOWN, vocabulary - 1),
        "once_ids": range(3, vocabulary, 2),
    }
    for image, found in enumerate(search_all(decoder, 3, options)):
        index = slice(image, image + 1)
        state, memory = rows(decoder.state, index), rows(decoder.memory, index)
        assert same(found, reference_beam_search(decoder.step, state, memory, **options))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 12), st.integers(1, 80), st.sampled_from([0.0, 0.9]))
def test_the_largest_are_those_that_sorting_gives(seed: int, count: int, groups: int, impossible: float) -> None:
    random = torch.Generator().manual_seed(seed)
    values = torch.randint(-50, 0, (3, groups * module._GROUP), generator=random).float()  # with ties
    values[torch.rand(values.shape, generator=random) < impossible] = -math.inf
    largest, place = module._largest(values, count)
    assert torch.equal(largest, values.sort(dim=1, descending=True).values[:, :count])
    assert torch.equal(values.gather(1, place), largest)
    assert all(len(set(row)) == count for row in place.tolist())


def test_not_a_number_is_among_the_largest() -> None:
    values = torch.zeros(1, 100 * module._GROUP)
    values[0, 777] = math.nan
    largest, place = module._largest(values, 3)
    assert math.isnan(largest[0, 0])
    assert place[0, 0] == 777


@settings(max_examples=60, deadline=None)
@given(problems())
def test_an_image_alone_and_in_any_batch_gives_the_same(problem: tuple[Any, int, dict[str, Any]]) -> None:
    decoder, count, options = problem
    for image, found in enumerate(search_all(decoder, count, options)):
        assert same(found, search_one(decoder, image, options))


@settings(max_examples=60, deadline=None)
@given(problems())
def test_hypotheses_are_ranked_distinct_bounded_and_consistent(problem: tuple[Any, int, dict[str, Any]]) -> None:
    decoder, count, options = problem
    for found in search_all(decoder, count, options):
        assert 1 <= len(found) <= options["n_best"]
        assert len({h.token_ids for h in found}) == len(found)
        assert all(first.score >= second.score for first, second in itertools.pairwise(found))
        for hypothesis in found:
            assert len(hypothesis.token_ids) <= options["max_length"]
            assert not {END, *options["forbidden_ids"]} & set(hypothesis.token_ids)
            assert all(hypothesis.token_ids.count(word) <= 1 for word in options["once_ids"])
            assert len(hypothesis.token_log_probabilities) == len(hypothesis.token_ids) + 1
            assert hypothesis.log_probability == pytest.approx(sum(hypothesis.token_log_probabilities))
            length = len(hypothesis.token_ids) + 1
            assert hypothesis.score == pytest.approx(hypothesis.log_probability / length ** options["length_penalty"])


@settings(max_examples=60, deadline=None)
@given(problems(images=1))
def test_one_beam_is_greedy_decoding(problem: tuple[Any, int, dict[str, Any]]) -> None:
    decoder, _, options = problem
    (found,) = search_all(decoder, 1, {**options, "beam_size": 1, "n_best": 1})[0]

    words: list[int] = []
    state, token = decoder.state, START
    while len(words) < options["max_length"]:
        log_probs, state = decoder.step(torch.tensor([token]), state, decoder.memory)
        said_once = set(options["once_ids"]) & set(words)
        log_probs[:, [*options["forbidden_ids"], *said_once]] = -math.inf
        token = int(log_probs.argmax())
        if token == END:
            break
        words.append(token)
    assert found.token_ids == tuple(words)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.0, 1.0]))
def test_enough_beams_find_every_sentence(seed: int, length_penalty: float) -> None:
    """Two words and at most three of them: 1 + 2 + 4 + 8 sentences, fewer than the 20 beams."""
    decoder = Tables(seed, images=1, vocabulary=4, steps=4, sharpness=1.0, impossible=0.0)
    options = {"beam_size": 20, "n_best": 20, "max_length": 3, "start_id": START, "end_id": END}
    found = search_all(decoder, 1, {**options, "length_penalty": length_penalty, "forbidden_ids": (START,)})[0]

    table = decoder.memory[0][0]
    scores = {}
    for length in range(4):
        for words in itertools.product((2, 3), repeat=length):
            path = (START, *words, END)
            total = sum(float(table[step, a, b]) for step, (a, b) in enumerate(itertools.pairwise(path)))
            scores[words] = total / (length + 1) ** length_penalty
    assert [h.token_ids for h in found] == sorted(scores, key=lambda words: scores[words], reverse=True)
    assert [h.score for h in found] == pytest.approx(sorted(scores.values(), reverse=True))


@settings(max_examples=40, deadline=None)
@given(problems())
def test_fewer_checks_for_finished_images_change_nothing(problem: tuple[Any, int, dict[str, Any]]) -> None:
    """As on a GPU, where finished images stay in the batch until the next fourth step."""
    decoder, count, options = problem
    expected = search_all(decoder, count, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_STEPS_BETWEEN_CHECKS_ON_CPU", 4)
        rarely = search_all(decoder, count, options)
    assert all(same(mine, theirs) for mine, theirs in zip(rarely, expected, strict=True))


def ends_after(words: list[int], log_prob: float = -0.01) -> tuple[Any, TableState, tuple[Tensor, ...]]:
    """A decoder whose image i says word 3 `words[i]` times and then ends, nearly surely."""
    vocabulary, steps = 4, max(words) + 2
    tables = torch.full((len(words), steps, vocabulary, vocabulary), -9.0, dtype=torch.float64)
    for image, count in enumerate(words):
        tables[image, :count, :, 3] = log_prob
        tables[image, count:, :, END] = log_prob
    return Tables.step, TableState(torch.zeros(len(words), dtype=torch.long)), (tables,)


def test_finished_images_leave_the_batch_and_memory_is_never_expanded() -> None:
    inner, state, memory = ends_after([2, 9, 4])
    seen: list[tuple[int, int]] = []

    def step(tokens: Tensor, state: TableState, memory: tuple[Tensor, ...]) -> tuple[Tensor, TableState]:
        seen.append((len(tokens), len(memory[0])))
        return inner(tokens, state, memory)

    found = beam_search(step, state, memory, 3, beam_size=2, max_length=9, start_id=START, end_id=END)
    assert [h.token_ids for (h,) in found] == [(3,) * 2, (3,) * 9, (3,) * 4]
    assert seen[0] == (3, 3)  # one beam an image before there is anything to choose from
    assert seen[1] == (6, 3)
    assert [images for _, images in seen] == sorted((images for _, images in seen), reverse=True)
    assert seen[-1] == (2, 1)
    assert all(tokens == 2 * images for tokens, images in seen[1:])


def test_the_end_is_forced_at_max_length() -> None:
    step, state, memory = ends_after([50])
    (found,) = beam_search(step, state, memory, 1, beam_size=3, max_length=6, start_id=START, end_id=END)[0]
    assert found.token_ids == (3,) * 6
    assert found.token_log_probabilities == pytest.approx((-0.01,) * 6 + (-9.0,))


def test_an_end_that_the_decoder_forbids_is_overruled_at_max_length() -> None:
    table = torch.full((1, 3, 4, 4), -math.inf, dtype=torch.float64)
    table[..., 3] = 0.0
    state = TableState(torch.zeros(1, dtype=torch.long))
    (found,) = beam_search(Tables.step, state, (table,), 1, beam_size=2, max_length=2, start_id=START, end_id=END)[0]
    assert found.token_ids == (3, 3)
    assert found.log_probability == -1e4


def test_a_length_penalty_prefers_longer_sentences() -> None:
    """`3` costs -1.0 in two tokens, `2 2 2` costs -1.2 in four."""
    table = torch.full((1, 5, 4, 4), -9.0, dtype=torch.float64)
    table[0, 0, START, 3] = table[0, 1, 3, END] = -0.5
    table[0, 0, START, 2] = table[0, 1, 2, 2] = table[0, 2, 2, 2] = table[0, 3, 2, END] = -0.3
    state = TableState(torch.zeros(1, dtype=torch.long))

    def best(length_penalty: float) -> tuple[int, ...]:
        options = {"beam_size": 2, "max_length": 4, "start_id": START, "end_id": END, "length_penalty": length_penalty}
        return beam_search(Tables.step, state, (table,), 1, **options)[0][0].token_ids

    assert best(0.0) == (3,)
    assert best(1.0) == (2, 2, 2)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_narrow_log_probabilities_are_summed_in_float32(dtype: torch.dtype) -> None:
    log_prob = torch.tensor([-0.1], dtype=dtype)

    def step(tokens: Tensor, state: tuple[()], memory: tuple[()]) -> tuple[Tensor, tuple[()]]:
        log_probs = torch.full((len(tokens), 4), -9.0, dtype=dtype)
        log_probs[:, 3] = log_prob
        return log_probs, state

    (found,) = beam_search(step, (), (), 1, beam_size=1, max_length=30, start_id=START, end_id=END)[0]
    assert found.log_probability == pytest.approx(30 * float(log_prob) - 9.0, abs=1e-4)


def test_no_images_give_no_results() -> None:
    step, state, memory = ends_after([1])
    empty = (rows(state, slice(0)), rows(memory, slice(0)))
    assert beam_search(step, *empty, 0, beam_size=5, max_length=5, start_id=START, end_id=END) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"beam_size": 0}, "choose 1 to 20"),
        ({"beam_size": 21}, "choose 1 to 20"),
        ({"n_best": 0}, "choose 1 to 3"),
        ({"n_best": 4}, "choose 1 to 3"),
        ({"max_length": 0}, "choose 1 or more"),
        ({"length_penalty": -0.1}, "choose 0 or more"),
        ({"length_penalty": math.nan}, "choose 0 or more"),
        ({"forbidden_ids": (START, END)}, "take it out"),
        ({"once_ids": (START, END)}, "take it out"),
    ],
)
def test_impossible_requests_are_refused_with_advice(change: dict[str, Any], words: str) -> None:
    step, state, memory = ends_after([1])
    options: dict[str, Any] = {"beam_size": 3, "max_length": 5, "start_id": START, "end_id": END, **change}
    with pytest.raises(BeamSearchError, match=words) as caught:
        beam_search(step, state, memory, 1, **options)
    assert caught.value.code == "beam_search_failed"


@pytest.mark.parametrize("beam_size", [1, 3])
def test_nan_from_the_decoder_is_reported(beam_size: int) -> None:
    step, state, memory = ends_after([4, 4])
    memory[0][1, 2] = math.nan
    with pytest.raises(BeamSearchError, match="NaN"):
        beam_search(step, state, memory, 2, beam_size=beam_size, max_length=5, start_id=START, end_id=END)


def test_a_decoder_that_allows_nothing_is_reported() -> None:
    state = TableState(torch.zeros(1, dtype=torch.long))
    table = torch.full((1, 4, 4, 4), -math.inf)
    with pytest.raises(BeamSearchError, match="Forbid fewer tokens"):
        beam_search(Tables.step, state, (table,), 1, beam_size=2, max_length=3, start_id=START, end_id=END)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_a_gpu_finds_the_same_sentences() -> None:
    decoder = TinyLstm(seed=7, images=9, vocabulary=30, sharpness=1.0)
    options = {"beam_size": 5, "n_best": 5, "max_length": 20, "start_id": START, "end_id": END}
    expected = search_all(decoder, 9, options)

    def moved(tree: Any) -> Any:
        return tree.cuda() if isinstance(tree, Tensor) else tuple(moved(part) for part in tree)

    decoder.embedding, decoder.output, decoder.cell = (
        moved(decoder.embedding),
        moved(decoder.output),
        decoder.cell.cuda(),
    )
    found = beam_search(decoder.step, moved(decoder.state), moved(decoder.memory), 9, **options)
    assert all(same(mine, theirs) for mine, theirs in zip(found, expected, strict=True))
