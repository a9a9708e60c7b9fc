"""Models of transformers behind the captioner's interface, tried with random weights in the sizes of toys."""

import http.server
import json
import math
import os
import pickle
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from captioner.__main__ import main
from captioner.beam_search import BeamSearchError
from captioner.captioner import Captioner
from captioner.errors import CheckpointError, ConfigurationError
from captioner.loading import load_captioner
from captioner.transformers_models.captioner import TransformersCaptioner
from captioner.transformers_models.inputs import INSTRUCTION, text_of
from captioner.transformers_models.library import import_transformers
from captioner.transformers_models.words import group_words
from tests.captioner import tiny_transformers
from tests.captioner.tiny import encoded, picture, write_split
from tests.captioner.tiny_transformers import FAMILIES

ROOT = Path(__file__).resolve().parents[2]
FAMILY = pytest.mark.parametrize("family", FAMILIES)


@pytest.fixture(scope="session")
def saved(tmp_path_factory):
    """The folder that holds one tiny model of each family."""
    folder = tmp_path_factory.mktemp("transformers")
    for name, make in FAMILIES.items():
        make(folder / name)
    return folder


@pytest.fixture
def blip(saved, tmp_path):
    """A folder with a BLIP of one's own, to break."""
    shutil.copytree(saved / "blip", tmp_path / "blip")
    return tmp_path / "blip"


def loaded(folder: Path) -> TransformersCaptioner:
    """In float64 no rounding can hide a mistake or make one up."""
    captioner = load_captioner(f"transformers:{folder}", "cpu")
    captioner._model.double()
    return captioner


def said(caption):
    return [caption, *caption.alternatives]


@FAMILY
def test_candidates_are_distinct_sentences_and_best_first(saved, family):
    captions = loaded(saved / family).caption([picture(seed) for seed in range(6)], beam_size=5, alternatives=4)
    assert len({caption.text for caption in captions}) > 1, "a model that sees its picture is needed here"
    assert max(len(said(caption)) for caption in captions) > 2, "a model with alternatives is needed here"
    for caption in captions:
        texts = [one.text for one in said(caption)]
        scores = [one.score for one in said(caption)]
        assert len(set(texts)) == len(texts)
        assert scores == sorted(scores, reverse=True)
        for one in said(caption):
            assert not one.text or (one.text == one.text[0].upper() + one.text[1:] and one.text.endswith("."))
            assert one.text[1:-1] == " ".join(one.tokens)[1:]
            assert len(one.token_log_probabilities) == len(one.tokens) + 1
            assert sum(one.token_log_probabilities) == pytest.approx(one.log_probability)
            assert max(one.token_log_probabilities) <= 0


def forced(captioner, image, sequence) -> tuple[list[int], list[float]]:
    """The written tokens of a sequence up to its end, and what a reading of it as a whole gives each of them."""
    model, inputs = captioner._model, dict(captioner._inputs([image]))
    start = inputs["input_ids"].shape[1] if "input_ids" in inputs else 1
    stop = next(place for place in range(start, len(sequence)) if int(sequence[place]) in captioner._end_ids) + 1
    read = sequence[None, :stop]
    inputs["pixel_values"] = inputs["pixel_values"].double()
    inputs |= {"decoder_input_ids" if model.config.is_encoder_decoder else "input_ids": read}
    if "attention_mask" in inputs:
        inputs["attention_mask"] = torch.ones_like(read)
    with torch.inference_mode():
        logits = model(**inputs).logits[0, -read.shape[1] :]  # GIT's begin with the picture's places
    values = logits.log_softmax(-1)[:-1].gather(1, read[0, 1:, None])[:, 0]
    return read[0, start:-1].tolist(), values[start - 1 :].tolist()


@FAMILY
@pytest.mark.parametrize("beams", [1, 4])
@pytest.mark.parametrize("max_length", [2, 12])
def test_log_probabilities_are_those_of_the_whole_sentence_read_at_once(saved, monkeypatch, family, beams, max_length):
    captioner = loaded(saved / family)
    found, generate = [], captioner._model.generate

    def spy(**options):
        found.append(generate(**options))
        return found[-1]

    monkeypatch.setattr(captioner._model, "generate", spy)
    image = picture(3)
    (caption,) = captioner.caption([image], beam_size=beams, alternatives=beams, max_length=max_length)
    known = {}
    for sequence in found[0].sequences:
        ids, values = forced(captioner, image, sequence)
        text = captioner._inputs.decode(ids)
        assert len(ids) <= max_length
        known.setdefault(text.strip().rstrip(".,;:!? ").lower(), []).append((sum(values), len(values), values[-1]))
    assert len(found[0].sequences) == beams
    for one in said(caption):
        total, length, end = max(known.pop(one.text[:-1].lower()), key=lambda entry: entry[0] / entry[1])
        assert one.log_probability == pytest.approx(total, rel=1e-4)
        assert one.score == pytest.approx(total / length, rel=1e-4)
        assert one.token_log_probabilities[-1] == pytest.approx(end, rel=1e-4) or not one.tokens
    assert not any(known), "every sentence that the search found is told"


@FAMILY
def test_a_picture_alone_and_in_any_batch_gives_the_same_sentences(saved, family):
    captioner = loaded(saved / family)
    pictures = [picture(seed, (40 + 9 * seed, 30 + 5 * (seed % 3))) for seed in range(10)]  # two batches
    together = captioner.caption(pictures, beam_size=3)
    assert len({len(caption.tokens) for caption in together}) > 1, "sentences of several lengths are needed here"
    for image, caption in zip(pictures, together, strict=True):
        (alone,) = captioner.caption([image], beam_size=3)
        assert [one.text for one in said(alone)] == [one.text for one in said(caption)]
        assert alone.token_log_probabilities == pytest.approx(caption.token_log_probabilities, rel=1e-4)


def test_prompts_of_different_lengths_do_not_change_sentences(saved, monkeypatch):
    from captioner.transformers_models import inputs

    captioner = loaded(saved / "llava")
    pictures = [picture(seed) for seed in range(4)]
    conversation = inputs._conversation

    def longer_for_some(image):
        (turn,) = conversation(image)
        turn["content"][1]["text"] += " a dog runs" * (pictures.index(image) % 2)
        return [turn]

    monkeypatch.setattr(inputs, "_conversation", longer_for_some)
    together = captioner.caption(pictures)
    assert [caption.text for caption in together] == [captioner.caption([one])[0].text for one in pictures]


def test_the_prompt_is_given_but_not_told(saved):
    captioner = loaded(saved / "llava")
    prompts = captioner._inputs([picture(1)])["input_ids"]
    assert INSTRUCTION in captioner._inputs.decode(prompts[0].tolist())
    (caption,) = captioner.caption([picture(1)])
    assert not any("Describe" in one.text or "assistant" in one.text for one in said(caption))


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("two children running", ("two", "children", "running"), (0, 1, 1, 2, 2)),
        ("dog's ball .", ("dog's", "ball"), (0, 0, 0, 1, 1)),
        ("[PAD] dog [PAD] runs", ("dog", "runs"), (0, 0, 0, 1, 1)),
        (". .", (), (0, 0)),
        ("", (), ()),
    ],
)
def test_the_log_probabilities_of_pieces_add_up_to_their_word(text, words, places):
    tokenizer = tiny_transformers._word_pieces(import_transformers())
    ids = tokenizer.encode(text, add_special_tokens=False)
    assert len(ids) == len(places)
    values = [-(2.0**number) for number in range(len(ids) + 1)]  # every sum tells of what it is
    expected = [0.0] * len(words) + [values[-1]]
    for place, value in zip(places, values, strict=False):
        expected[place] += value
    assert group_words(ids, values, partial(text_of, tokenizer)) == (words, tuple(expected))


@pytest.mark.parametrize(("beam_size", "max_length"), [(0, 5), (21, 5), (3, 0)])
def test_impossible_searches_are_refused(saved, beam_size, max_length):
    with pytest.raises(BeamSearchError):
        loaded(saved / "blip").caption([picture(1)], beam_size=beam_size, max_length=max_length)


def test_it_needs_no_pictures_and_takes_those_of_odd_sizes(saved):
    captioner = loaded(saved / "blip")
    captioner.warm_up()
    assert captioner.caption([]) == []
    assert len(captioner.caption([Image.new("RGB", size) for size in [(1, 1), (1, 400), (3000, 8)]])) == 3


def test_the_model_s_own_way_to_search_holds(blip):
    entries = json.loads((blip / "generation_config.json").read_text())
    (blip / "generation_config.json").write_text(json.dumps({**entries, "num_beams": 3, "length_penalty": 0.5}))
    captioner = loaded(blip)
    assert captioner.beam_size == 3
    (caption,) = captioner.caption([picture(1)], max_length=4)
    lengths = [(one.log_probability / one.score) ** 2 for one in said(caption)]  # in tokens, the end's counted
    assert lengths == pytest.approx([round(length) for length in lengths])
    assert 2 <= max(lengths) <= 5.001


def test_the_batch_is_halved_when_memory_runs_out(saved, monkeypatch):
    captioner, sizes = loaded(saved / "blip"), []
    pictures = [picture(seed) for seed in range(9)]
    expected = [caption.text for caption in captioner.caption(pictures)]
    generate = captioner._model.generate

    def small_device(pixel_values, **options):
        sizes.append(len(pixel_values))
        if len(pixel_values) > 3:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return generate(pixel_values=pixel_values, **options)

    monkeypatch.setattr(captioner._model, "generate", small_device)
    assert [caption.text for caption in captioner.caption(pictures)] == expected
    assert sizes == [8, 4, 2, 2, 2, 2, 1]


def test_the_version_is_that_of_the_weights_and_short(saved, tmp_path):
    first = load_captioner(f"transformers:{saved / 'blip'}", "cpu").version
    assert re.fullmatch("transformers:blip@[0-9a-f]{12}", first)
    longest = tmp_path / ("x" * 200)
    tiny_transformers.blip(longest, seed=1)
    other = load_captioner(f"transformers:{longest}", "cpu").version
    assert len(other) <= 100
    assert other.split("@")[1] != first.split("@")[1]


def test_weights_in_several_files_are_the_same_model(saved, tmp_path):
    whole = load_captioner(f"transformers:{saved / 'blip'}", "cpu")
    shutil.copytree(saved / "blip", tmp_path / "parts", ignore=shutil.ignore_patterns("*.safetensors"))
    whole._model.save_pretrained(tmp_path / "parts", max_shard_size="50KB")
    parts = load_captioner(f"transformers:{tmp_path / 'parts'}", "cpu")
    assert len(list((tmp_path / "parts").glob("*.safetensors"))) > 1
    (one,), (other,) = (each.caption([picture(1)]) for each in (whole, parts))
    assert one.tokens == other.tokens
    next((tmp_path / "parts").glob("*.safetensors")).unlink()
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_captioner(f"transformers:{tmp_path / 'parts'}", "cpu")


def test_the_precision_can_be_asked_for(saved, monkeypatch):
    monkeypatch.setenv("CAPTIONER_DTYPE", "bfloat16")
    captioner = load_captioner(f"transformers:{saved / 'blip'}", "cpu")
    assert captioner.dtype == "bfloat16"
    (caption,) = captioner.caption([picture(1)])
    assert math.isfinite(caption.score)


def test_a_name_without_the_prefix_is_a_checkpoint(checkpoint, monkeypatch):
    assert isinstance(load_captioner(checkpoint, "cpu"), Captioner)
    monkeypatch.setenv("CAPTIONER_MODEL", str(checkpoint))
    assert load_captioner("", "cpu").version == Captioner.load(checkpoint, "cpu").version


def test_without_the_library_a_sentence_says_how_to_install_it(saved, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ConfigurationError, match=re.escape("pip install -r requirements-transformers.txt")):
        load_captioner(f"transformers:{saved / 'blip'}", "cpu")


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("", ConfigurationError, "names no model"),
        ("/nowhere/blip", CheckpointError, "no folder"),
        ("./blip", CheckpointError, "no folder"),
        ("nobody/no-such-captioner", CheckpointError, "CAPTIONER_ALLOW_DOWNLOAD=1"),
        ("no body!", ConfigurationError, "neither a folder nor a name"),
    ],
)
def test_a_model_that_is_not_there_is_an_error_that_says_what_to_do(name, error, said):
    with pytest.raises(error, match=said):
        load_captioner(f"transformers:{name}", "cpu")


class Trap:
    """A pickle that runs code: it makes a folder when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def __reduce__(self):
        return os.mkdir, (self.folder,)


def test_weights_in_a_pickle_are_refused_unread(blip, tmp_path):
    (blip / "model.safetensors").unlink()
    (blip / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    with pytest.raises(CheckpointError, match="stored as safetensors"):
        load_captioner(f"transformers:{blip}", "cpu")
    assert not (tmp_path / "sprung").exists()


def test_code_of_the_model_s_own_is_not_run(blip, tmp_path):
    (blip / "own.py").write_text(f"import os\nos.mkdir({str(tmp_path / 'sprung')!r})\n")
    entries = json.loads((blip / "config.json").read_text())
    classes = {"AutoConfig": "own.Config", "AutoModelForImageTextToText": "own.Model"}
    (blip / "config.json").write_text(json.dumps({**entries, "model_type": "own", "auto_map": classes}))
    with pytest.raises(CheckpointError, match="cannot be loaded"):
        load_captioner(f"transformers:{blip}", "cpu")
    assert not (tmp_path / "sprung").exists()


def test_weights_that_lack_a_part_are_refused(blip):
    weights = load_file(blip / "model.safetensors")
    weights.pop(next(name for name in weights if "crossattention" in name))
    save_file(weights, blip / "model.safetensors", {"format": "pt"})
    with pytest.raises(CheckpointError, match="1 tensors are missing"):
        load_captioner(f"transformers:{blip}", "cpu")


def test_a_model_that_does_not_caption_is_refused(blip):
    entries = {"model_type": "bert", "architectures": ["BertModel"]}
    (blip / "config.json").write_text(json.dumps(entries))
    with pytest.raises(CheckpointError, match="cannot be loaded"):
        load_captioner(f"transformers:{blip}", "cpu")


COMMANDS = [
    ["evaluate", "--data", "x", "--split", "dev", "--checkpoint", "NAME"],
    ["words", "dog", "--checkpoint", "NAME"],
    ["split-trunk", "NAME", "--trunk", "x", "--name", "y"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_commands_that_need_our_own_checkpoint_say_so(capsys, monkeypatch, tmp_path, command):
    from tests.captioner.tiny import write_split

    monkeypatch.chdir(tmp_path)
    write_split(tmp_path / "x", "dev", 2)
    assert main(["transformers:tiny/blip" if part == "NAME" else part for part in command]) == 1
    assert "a checkpoint of Captioner's own" in capsys.readouterr().err


def test_the_command_line_captions_with_it(saved, capsys, tmp_path):
    (tmp_path / "photo.png").write_bytes(encoded(picture(1), "PNG"))
    name = f"transformers:{saved / 'blip'}"
    options = ["--checkpoint", name, "--json", "--beam", "3", "--alternatives", "2"]
    assert main(["caption", str(tmp_path / "photo.png"), *options]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["model"] == load_captioner(name).version
    assert entry["text"].endswith(".")
    assert main(["caption", str(tmp_path / "photo.png"), "--checkpoint", name, "--attention", str(tmp_path)]) == 1
    assert "no attention" in capsys.readouterr().err


class Hub(http.server.BaseHTTPRequestHandler):
    """Stands in for the Hugging Face hub: it has nothing, and counts who asks."""

    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def hub():
    """The address of a hub without models."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Hub.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def caption_apart(tmp_path, hub, **environment):
    """The command line in a process of its own, whose hub is ours and whose cache lies in the temporary folder."""
    (tmp_path / "photo.png").write_bytes(encoded(picture(1), "PNG"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    return subprocess.run(
        [sys.executable, "-m", "captioner", "caption", tmp_path / "photo.png", "--json"],
        cwd=ROOT,
        env={**kept, "HF_ENDPOINT": hub, "HF_HOME": str(tmp_path / "cache"), "CAPTIONER_DEVICE": "cpu", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_model_in_the_hub_s_cache_needs_no_network(saved, tmp_path, hub):
    cached = tmp_path / "cache" / "hub" / "models--tiny--blip"
    shutil.copytree(saved / "blip", cached / "snapshots" / ("0" * 40))
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0" * 40)
    result = caption_apart(tmp_path, hub, CAPTIONER_MODEL="transformers:tiny/blip")
    assert (result.returncode, result.stderr) == (0, "")
    (entry,) = json.loads(result.stdout)
    here = load_captioner(f"transformers:{saved / 'blip'}", "cpu")
    assert entry["model"] == here.version.replace("blip", "tiny/blip"), "the same in every process"
    assert tuple(entry["tokens"]) == here.caption([picture(1)])[0].tokens
    assert Hub.asked == []


@pytest.mark.parametrize(("allowed", "says"), [("", "nothing is downloaded unasked"), ("1", "cannot be fetched")])
def test_the_hub_is_asked_only_if_that_is_allowed(tmp_path, hub, allowed, says):
    environment = {"CAPTIONER_MODEL": "transformers:tiny/blip", "CAPTIONER_ALLOW_DOWNLOAD": allowed}
    result = caption_apart(tmp_path, hub, **environment)
    assert result.returncode == 1
    assert result.stderr.startswith("error: checkpoint_unusable: ")
    assert says in result.stderr
    assert bool(Hub.asked) == bool(allowed)


def test_a_hub_that_does_not_answer_is_said_as_such(tmp_path):
    environment = {"CAPTIONER_MODEL": "transformers:tiny/blip", "CAPTIONER_ALLOW_DOWNLOAD": "1"}
    result = caption_apart(tmp_path, "http://127.0.0.1:1", **environment)
    assert result.returncode == 1
    assert "cannot be fetched" in result.stderr


def test_a_calibration_is_learnt_for_it_and_used(blip, tmp_path, capsys):
    model = f"transformers:{blip}"
    (before,) = load_captioner(model).caption([picture(1)])
    assert not before.confidence.calibrated
    write_split(tmp_path / "data", "dev", 24)
    arguments = ["--checkpoint", model, "--data", str(tmp_path / "data"), "--split", "dev"]
    assert main(["calibrate", *arguments, "--photographs", "12"]) == 0
    report = json.loads(capsys.readouterr().out)["cross_validated"]["all"]
    assert report["photographs"] == 24
    captioner = load_captioner(model)
    assert captioner.version == before.model, "what lies beside the weights does not change which model it is"
    captions = captioner.caption([picture(seed) for seed in range(8)])
    assert all(caption.confidence.calibrated or caption.withheld for caption in captions)
    assert main(["reliability", *arguments, "--drawings", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["all"]["photographs"] == 24
