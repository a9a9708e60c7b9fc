import math

import pytest
import torch
from PIL import Image

from captioner.beam_search import BeamSearchError, Hypothesis
from captioner.captioner import Captioner
from captioner.checkpoint import Checkpoint
from captioner.errors import CheckpointError, ConfigurationError
from captioner.vocabulary import Vocabulary
from tests.captioner.tiny import ATTENTION, WORDS, picture, tiny_checkpoint, tiny_manifest, tiny_model

LIVELY = (0, 3, 8, 12)  # seeds with which the tiny networks say different things of different pictures


@pytest.fixture
def captioner(checkpoint):
    return Captioner.load(checkpoint, device="cpu")


def attentive() -> Captioner:
    """A captioner with attention."""
    model = tiny_model(seed=2, architecture=ATTENTION).eval()
    return Captioner(Checkpoint(model, tiny_manifest(architecture=ATTENTION)))


def double_captioner(seed: int = 0) -> Captioner:
    """In float64 no rounding can hide a mistake or make one up."""
    model = tiny_model(seed).double().eval()
    encode = model.encoder.encode
    model.encoder.encode = lambda pixels, boxes=None: encode(pixels.double(), boxes)
    return Captioner(Checkpoint(model, tiny_manifest()))


def test_a_caption_tells_how_it_came_about(captioner):
    (caption,) = captioner.caption([picture(1)], beam_size=3, alternatives=2)
    assert set(caption.tokens) <= set(WORDS)
    assert caption.text.lower().rstrip(".").split() == list(caption.tokens)
    assert len(caption.token_log_probabilities) == len(caption.tokens) + 1
    assert sum(caption.token_log_probabilities) == pytest.approx(caption.log_probability, rel=1e-5)
    assert caption.score == pytest.approx(caption.log_probability / (len(caption.tokens) + 1), rel=1e-5)
    assert caption.model == captioner.version


def test_alternatives_are_distinct_and_worse(captioner):
    for caption in captioner.caption([picture(seed) for seed in range(8)], beam_size=6, alternatives=5):
        texts = [caption.text, *(other.text for other in caption.alternatives)]
        scores = [caption.score, *(other.score for other in caption.alternatives)]
        assert len(set(texts)) == len(texts) > 1
        assert scores == sorted(scores, reverse=True)
        assert all(math.isfinite(score) for score in scores)


def test_where_the_model_looked_is_told_for_each_word_and_the_end():
    captioner = attentive()
    pictures = [picture(seed) for seed in range(4)]
    captions = captioner.caption(pictures, attention=True)
    assert len({len(caption.tokens) for caption in captions}) > 1, "sentences of several lengths are needed here"
    for shown, caption in zip(pictures, captions, strict=True):
        assert [look.word for look in caption.looks] == [*caption.tokens, ""]
        (alone,) = captioner.caption([shown], attention=True)
        maps = torch.tensor([look.weights for look in caption.looks])
        assert maps.shape[1:] == (4, 4)
        torch.testing.assert_close(maps.sum(dim=(1, 2)), torch.ones(len(maps)))
        torch.testing.assert_close(maps, torch.tensor([look.weights for look in alone.looks]))


def test_where_the_model_looked_is_what_its_attention_weighed():
    """The same maps as those of the decoder that reads the sentence by itself."""
    captioner = attentive()
    (caption,) = captioner.caption([picture(2)], attention=True)
    model, manifest = captioner._model, captioner._manifest
    with torch.no_grad():
        features = model.encoder.encode(manifest.preprocessing([picture(2)]))
        words = [manifest.vocabulary.start_id(), *manifest.vocabulary.ids(caption.tokens)]
        maps = model.decoder.attention_maps(features, torch.tensor([words]))[0]  # (T, P)
    torch.testing.assert_close(torch.tensor([look.weights for look in caption.looks]), maps.view(-1, 4, 4))


def test_looks_are_told_only_if_asked_for_and_if_there_is_attention(captioner):
    assert attentive().caption([picture(1)])[0].looks is None
    assert attentive().has_attention
    assert not captioner.has_attention
    assert captioner.caption([picture(1)], attention=True)[0].looks is None


def test_it_writes_in_the_style_that_it_is_told():
    vocabulary = Vocabulary(WORDS, ["short", "long"])
    model = tiny_model(vocabulary_size=len(vocabulary), architecture=ATTENTION).eval()
    captioner = Captioner(Checkpoint(model, tiny_manifest(architecture=ATTENTION, vocabulary=vocabulary)))
    pictures = [picture(seed) for seed in range(6)]
    said = {style: captioner.caption(pictures, style=style, attention=True) for style in ("", *captioner.styles)}
    assert captioner.styles == ("short", "long")
    assert said[""] == said["short"] != said["long"]
    assert all(set(caption.tokens) <= set(WORDS) for captions in said.values() for caption in captions)
    (word, *_) = said["long"][0].looks
    with torch.no_grad():
        features = model.encoder.encode(tiny_manifest().preprocessing(pictures[:1]))
        maps = model.decoder.attention_maps(features, torch.tensor([[vocabulary.start_id("long")]]))
    torch.testing.assert_close(torch.tensor(word.weights).flatten(), maps[0, 0])


def test_words_that_people_do_not_repeat_come_once():
    pictures = [picture(seed) for seed in range(12)]
    free = Captioner(Checkpoint(tiny_model().eval(), tiny_manifest())).caption(pictures)
    held = Captioner(Checkpoint(tiny_model().eval(), tiny_manifest(vocabulary=Vocabulary(WORDS, (), ["a"]))))
    assert any(len(set(caption.tokens)) < len(caption.tokens) for caption in free), "some repeat when they may"
    for caption in held.caption(pictures):
        for sentence in (caption.tokens, *(other.tokens for other in caption.alternatives)):
            words = [word for word in sentence if word != "a"]
            assert len(set(words)) == len(words)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_there_are_no_more_alternatives_than_asked_for(captioner, count):
    (caption,) = captioner.caption([picture(1)], beam_size=8, alternatives=count)
    assert len(caption.alternatives) == count


@pytest.mark.parametrize("seed", LIVELY)
def test_an_image_alone_and_in_any_batch_gives_the_same_sentence(seed):
    captioner = double_captioner(seed)
    pictures = [picture(number) for number in range(9)]
    together = captioner.caption(pictures, beam_size=4)
    assert len({caption.text for caption in together}) > 1, "the pictures must matter"
    backwards = captioner.caption(pictures[::-1], beam_size=4)[::-1]
    for image, one, other in zip(pictures, together, backwards, strict=True):
        (alone,) = captioner.caption([image], beam_size=4)
        for caption in (one, other):
            assert caption.text == alone.text
            assert [each.text for each in caption.alternatives] == [each.text for each in alone.alternatives]
            assert caption.score == pytest.approx(alone.score, rel=1e-9)


def test_no_images_have_no_captions(captioner):
    assert captioner.caption([]) == []


def test_the_checkpoint_says_how_to_search(captioner):
    (caption,) = captioner.caption([picture(2)])
    assert len(caption.tokens) <= 6
    (short,) = captioner.caption([picture(2)], max_length=1)
    assert len(short.tokens) <= 1


def test_the_unknown_word_is_never_written(tmp_path):
    model = tiny_model()
    model.decoder.output.bias.data[3] = 50.0
    captioner = Captioner(Checkpoint(model.eval(), tiny_manifest()))
    caption = captioner.caption([picture(1)])[0]
    assert "<unk>" not in caption.tokens


@pytest.mark.parametrize("beam_size", [0, 21, -1])
def test_impossible_beams_are_refused(captioner, beam_size):
    with pytest.raises(BeamSearchError):
        captioner.caption([picture(1)], beam_size=beam_size)


def test_warming_up_needs_nothing(captioner):
    captioner.warm_up()


@pytest.fixture
def many_threads():
    """Four threads in torch and four processors, whatever the machine has; afterwards as before."""
    threads = torch.get_num_threads()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("captioner.captioner.available_cpus", lambda: 4)
        patch.setattr("captioner.captioner.has_fast_bfloat16", lambda: True)
        torch.set_num_threads(4)
        yield
        torch.set_num_threads(threads)


def machine(monkeypatch, captioner, times):
    """A machine on which captioning takes `times`, by dtype and threads. Returns the ways that it measured."""
    measured = []

    def best_time(run):
        run()
        measured.append((captioner.dtype, captioner.threads))
        return times[measured[-1]]

    monkeypatch.setattr("captioner.captioner.best_time", best_time)
    return measured


@pytest.mark.usefixtures("many_threads")
def test_warming_up_takes_what_is_fastest_here(captioner, monkeypatch):
    times = {("float32", 4): 1, ("float32", 2): 0.6, ("float32", 1): 0.7, ("bfloat16", 2): 0.3}
    measured = machine(monkeypatch, captioner, times)
    captioner.warm_up()
    assert (captioner.dtype, captioner.threads) == ("bfloat16", 2)
    assert measured == list(times)
    assert captioner.caption([picture(1)])[0].text


@pytest.mark.usefixtures("many_threads")
def test_warming_up_goes_back_to_float32_where_bfloat16_is_slower(captioner, monkeypatch):
    before = captioner.caption([picture(1)])
    machine(monkeypatch, captioner, {("float32", 4): 1, ("float32", 2): 1.5, ("bfloat16", 4): 2})
    captioner.warm_up()
    assert (captioner.dtype, captioner.threads) == ("float32", 4)
    assert captioner.caption([picture(1)]) == before


@pytest.mark.usefixtures("many_threads")
def test_what_the_environment_says_is_not_measured(checkpoint, monkeypatch):
    monkeypatch.setenv("CAPTIONER_DTYPE", "bfloat16")
    monkeypatch.setenv("CAPTIONER_THREADS", "3")
    captioner = Captioner.load(checkpoint, device="cpu")
    assert (captioner.dtype, captioner.threads) == ("bfloat16", 4), "loading leaves torch's threads alone"
    measured = machine(monkeypatch, captioner, {})
    captioner.warm_up()
    assert (captioner.dtype, captioner.threads) == ("bfloat16", 3)
    assert measured == []


@pytest.mark.usefixtures("many_threads")
def test_one_thread_can_be_asked_for_and_the_precision_be_measured(checkpoint, monkeypatch):
    captioner = Captioner.load(checkpoint, device="cpu", threads=1)
    measured = machine(monkeypatch, captioner, {("float32", 1): 1, ("bfloat16", 1): 0.95})
    captioner.warm_up()
    assert (captioner.dtype, captioner.threads) == ("float32", 1)
    assert len(measured) == 2


@pytest.mark.parametrize(("name", "value"), [("CAPTIONER_DTYPE", "float8"), ("CAPTIONER_THREADS", "many")])
def test_a_wrong_way_to_run_is_refused_at_loading(checkpoint, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name):
        Captioner.load(checkpoint, device="cpu")


def test_the_checkpoint_s_own_encoder_stays_in_its_precision():
    model = tiny_model().eval()
    captioner = Captioner(Checkpoint(model, tiny_manifest()), dtype="bfloat16")
    assert captioner.dtype == "bfloat16"
    assert model.encoder.dtype == torch.float32
    (caption,) = captioner.caption([picture(1)])
    assert math.isfinite(caption.score)


class OutOfMemoryAbove:
    """Stands in for a CUDA device that holds only so many pictures at once; there is none to test with."""

    def __init__(self, encode, limit: int) -> None:
        self.encode, self.limit, self.sizes = encode, limit, []

    def __call__(self, pixels, boxes=None):
        self.sizes.append(len(pixels))
        if len(pixels) > self.limit:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return self.encode(pixels, boxes)


def test_the_batch_is_halved_when_memory_runs_out_and_stays_so():
    model = tiny_model().eval()
    captioner = Captioner(Checkpoint(model, tiny_manifest()))
    pictures = [picture(number) for number in range(20)]
    expected = [caption.text for caption in captioner.caption(pictures)]
    model.encoder.encode = device = OutOfMemoryAbove(model.encoder.encode, 6)
    assert [caption.text for caption in captioner.caption(pictures)] == expected
    assert device.sizes == [20, 10, 5, 5, 5, 5]


def test_memory_that_does_not_hold_one_picture_is_an_error():
    model = tiny_model().eval()
    captioner = Captioner(Checkpoint(model, tiny_manifest()))
    model.encoder.encode = OutOfMemoryAbove(model.encoder.encode, 0)
    with pytest.raises(torch.cuda.OutOfMemoryError):
        captioner.caption([picture(1), picture(2)])


def test_the_environment_names_the_checkpoint(tmp_path, monkeypatch):
    tiny_checkpoint(tmp_path / "a", seed=1)
    tiny_checkpoint(tmp_path / "b", seed=2)
    monkeypatch.setenv("CAPTIONER_MODEL", str(tmp_path / "a"))
    assert Captioner.load().version == Captioner.load(tmp_path / "a").version
    assert Captioner.load().version != Captioner.load(tmp_path / "b").version


def test_a_folder_without_a_checkpoint_is_an_error(tmp_path):
    with pytest.raises(CheckpointError, match="no checkpoint"):
        Captioner.load(tmp_path)


def test_a_very_small_and_a_very_long_picture_have_captions(captioner):
    sizes = [(1, 1), (1, 400), (3000, 8)]
    captions = captioner.caption([Image.new("RGB", size) for size in sizes])
    assert len(captions) == 3


def test_a_sentence_without_words_comes_last(captioner):
    silent = Hypothesis((), (-0.1,), -0.1, -0.1)
    spoken = Hypothesis((4,), (-0.5, -0.5), -1.0, -0.5)
    caption = captioner._caption([silent, spoken], alternatives=5)
    assert caption.tokens == (WORDS[0],)
    assert caption.alternatives == ()
