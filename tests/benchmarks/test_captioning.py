"""The benchmark itself: what it times is what it says, and its figures are made of the times."""

import io
import json
import sys

import pytest
import torch
from PIL import Image

from benchmarks import captioning, rivals
from benchmarks.photographs import photographs
from captioner import encoders
from captioner.captioner import Captioner
from captioner.decoders import DECODERS
from captioner.model import Architecture, build_model
from tests.captioner.tiny import TinyEncoder, tiny_checkpoint


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A tiny checkpoint in the shipped one's place, on a machine of one thread."""
    monkeypatch.setitem(encoders.ENCODERS, "tiny", TinyEncoder)
    monkeypatch.setattr(captioning, "shipped_folder", lambda: tmp_path)
    tiny_checkpoint(tmp_path)
    threads = torch.get_num_threads()
    yield Captioner.load(tmp_path, device="cpu")
    torch.set_num_threads(threads)


def test_photographs_are_jpeg_files_of_a_photograph_s_size():
    one, other = photographs(2)
    assert one != other
    assert photographs(1) == [one]
    with Image.open(io.BytesIO(one)) as image:
        assert (image.format, image.size) == ("JPEG", (1024, 768))
    assert 80_000 < len(one) < 300_000


def test_the_table_has_the_ratios_of_the_times(shipped):
    def side(key, taken):
        return captioning.Side(key, key, "float32", 48, shipped.caption, taken)

    ours = [side("beam5", 2.0), side("beam1", 1.6), side("beam5_one_by_one", 3.0)]
    others = [side("vit_gpt2", 24.0), side("blip_base", 50.0)]
    result = captioning.report(shipped, ours, others, images=16)
    wanted = ("images_per_second", "vs_vit_gpt2", "vs_blip_base", "beam5_vs_greedy")
    assert [result[key] for key in wanted] == [8.0, 12.0, 25.0, 1.25]
    assert result["sides"]["blip_base"]["ms_per_image"] == 3125
    text = captioning.table(result)
    assert "8.0 images a second" in text
    assert "25.00" in text


def test_it_runs_and_prints_json(shipped, monkeypatch, capsys):
    arguments = ["captioning", "--json", "--alone", "--images", "2", "--repeats", "1", "--threads", "1"]
    monkeypatch.setattr(sys, "argv", arguments)
    captioning.main()
    result = json.loads(capsys.readouterr().out)
    assert result["model"] == shipped.version
    assert result["threads"] == 1
    assert result["images_per_second"] > 0
    assert set(result["sides"]) == {"beam5", "beam1", "beam5_one_by_one"}


def test_without_transformers_it_says_what_to_install(shipped, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    monkeypatch.setattr(sys, "argv", ["captioning", "--images", "1", "--threads", "1"])
    with pytest.raises(SystemExit, match=r"pip install -r requirements-dev\.txt.*--alone"):
        captioning.main()


@pytest.mark.parametrize("decoder", list(DECODERS))
def test_untrained_decoders_write_just_so_many_words(monkeypatch, decoder):
    def tiny(architecture, vocabulary_size):
        return build_model(Architecture("tiny", architecture.decoder, {}), vocabulary_size)

    monkeypatch.setitem(encoders.ENCODERS, "tiny", TinyEncoder)
    monkeypatch.setattr(captioning, "build_model", tiny)
    captioner = Captioner(captioning.untrained(decoder, words=4))
    for caption in captioner.caption([Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]):
        assert len(caption.tokens) == 4


@pytest.mark.parametrize(("times", "dtype"), [((2.0, 1.0), "bfloat16"), ((1.0, 2.0), "float32")])
def test_the_others_run_in_their_faster_precision_and_write_all_their_words(times, dtype):
    transformers = rivals._transformers()
    vision = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.VisionEncoderDecoderConfig.from_encoder_decoder_configs(
        transformers.ViTConfig(**vision, image_size=32), transformers.GPT2Config(n_embd=16, n_layer=1, n_head=2)
    )
    model = transformers.VisionEncoderDecoderModel(config).eval()
    model.generation_config.decoder_start_token_id = 0
    model.generation_config.eos_token_id = model.generation_config.pad_token_id = 0
    rival = rivals.Rival("tiny", "Tiny", model, side=32, beams=2)
    pictures = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    clock = iter(times)
    rival.to_faster(pictures, lambda run: next(clock))
    assert rival.dtype == dtype
    assert rival.caption(pictures).shape == (2, 1 + rivals.NEW_TOKENS)
