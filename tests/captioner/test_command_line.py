import json
import subprocess
import sys
from dataclasses import replace

import pytest
from PIL import Image

from captioner.__main__ import main
from captioner.alttext import hedged, write_alt_text
from captioner.captioner import Captioner
from captioner.checkpoint import save_checkpoint
from captioner.training.data import read_split
from captioner.types import PictureText
from captioner.vocabulary import Vocabulary, tokenise
from tests.captioner.bad_files import BAD_FILES
from tests.captioner.confidence.calibrations import calibration_of
from tests.captioner.tiny import (
    ATTENTION,
    WORDS,
    encoded,
    picture,
    tiny_checkpoint,
    tiny_manifest,
    tiny_model,
    write_split,
)


@pytest.fixture(autouse=True)
def model(checkpoint, monkeypatch):
    monkeypatch.setenv("CAPTIONER_MODEL", str(checkpoint))
    monkeypatch.setenv("CAPTIONER_TESSERACT", "off")


@pytest.fixture
def photographs(tmp_path):
    paths = [tmp_path / f"photograph{number}.png" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(encoded(picture(number), "PNG"))
    return paths


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    assert stopped.value.code == 2
    return capsys.readouterr().err


def test_one_file_gives_one_sentence(capsys, photographs):
    status, out, _ = run(capsys, "caption", photographs[0])
    assert status == 0
    assert len(out.splitlines()) == 1
    assert out[0].isupper()
    assert out.endswith(".\n")


def test_several_files_are_named(capsys, photographs):
    status, out, _ = run(capsys, "caption", *photographs)
    assert status == 0
    assert [line.split(": ")[0] for line in out.splitlines()] == [str(path) for path in photographs]


def test_large_jpeg_files_are_decoded_small(tmp_path, capsys, monkeypatch):
    seen = []
    caption = Captioner.caption

    def spy(captioner, images, **options):
        seen.extend(image.size for image in images)
        return caption(captioner, images, **options)

    monkeypatch.setattr(Captioner, "caption", spy)
    (tmp_path / "large.jpg").write_bytes(encoded(picture(1, (1600, 1200)), "JPEG"))
    status, out, _ = run(capsys, "caption", tmp_path / "large.jpg")
    assert (status, len(out.splitlines())) == (0, 1)
    assert seen == [(200, 150)]  # an eighth, which is more than twice the model's 48


def test_alternatives_are_indented_below(capsys, photographs):
    _, out, _ = run(capsys, "caption", photographs[0], "--beam", 6, "--alternatives", 2)
    assert [line.startswith("    ") for line in out.splitlines()] == [False, True, True]


def test_sentences_are_printed_as_alt_text_or_as_the_model_wrote_them(capsys, photographs, tmp_path, monkeypatch):
    words = ("man", "woman", "boys", "girls", "his", "her", "lady", "guy", "kid", "women", "men", "boy")
    manifest = replace(tiny_manifest(), vocabulary=Vocabulary(words))
    save_checkpoint(tmp_path / "persons", tiny_model(), manifest)
    monkeypatch.setenv("CAPTIONER_MODEL", str(tmp_path / "persons"))
    _, raw, _ = run(capsys, "caption", photographs[0], "--raw")
    _, out, _ = run(capsys, "caption", photographs[0])
    assert set(raw.lower().rstrip(".\n").split()) <= set(words)
    assert out.rstrip("\n") == write_alt_text(raw.rstrip("\n").lower()).text
    entry = json.loads(run(capsys, "caption", photographs[0], "--json")[1])[0]
    assert entry["text"] == raw.rstrip("\n")
    assert entry["alt_text"]["text"] == hedged(out.rstrip("\n")), "a program reads it without the band"
    assert "guard-persons" in {rule["rule"] for rule in entry["alt_text"]["applied_rules"]}


def test_where_the_model_looked_is_told_and_drawn(capsys, photographs, tmp_path, monkeypatch):
    tiny_checkpoint(tmp_path / "attentive", architecture=ATTENTION)
    monkeypatch.setenv("CAPTIONER_MODEL", str(tmp_path / "attentive"))
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    status, out, _ = run(
        capsys, "caption", photographs[0], bad, photographs[1], "--raw", "--attention", tmp_path / "looks"
    )
    assert status == 1
    names = {path.name for path in (tmp_path / "looks").iterdir()}
    assert names == {"01-photograph0.png.png", "03-photograph1.png.png"}
    lines = out.splitlines()
    words = lines[0].split(": ")[1].lower().rstrip(".").split()
    assert [line.split(": ")[0].strip() for line in lines[1 : len(words) + 2]] == [*words, "(end)"]
    with Image.open(tmp_path / "looks" / "01-photograph0.png.png") as sheet:
        assert sheet.width > 40


def test_a_model_without_attention_says_so(capsys, photographs, tmp_path):
    status, out, err = run(capsys, "caption", photographs[0], "--attention", tmp_path / "looks")
    assert (status, out) == (1, "")
    assert "This model has no attention" in err
    assert not (tmp_path / "looks").exists()


def test_json_holds_everything(capsys, photographs):
    _, out, _ = run(capsys, "caption", *photographs, "--json", "--alternatives", 1)
    entries = json.loads(out)
    assert [entry["file"] for entry in entries] == [str(path) for path in photographs]
    for entry in entries:
        assert entry["text"]
        assert len(entry["token_log_probabilities"]) == len(entry["tokens"]) + 1
        assert len(entry["alternatives"]) == 1
        assert entry["model"].startswith("tiny-")


@pytest.fixture
def sign(monkeypatch):
    """Every picture holds a few words; gives a function that says what share of it they are."""

    def with_share(share, text="Mind the gap.\nTrains run late"):
        monkeypatch.setattr("captioner.ocr.find_tesseract", lambda: "tesseract")
        monkeypatch.setattr("captioner.ocr.read_text", lambda image: PictureText(text, 6, share, 0.95))

    return with_share


def test_text_in_a_photograph_stands_on_a_line_of_its_own(capsys, photographs, sign):
    _, plain, _ = run(capsys, "caption", photographs[0])
    sign(0.2)
    _, out, _ = run(capsys, "caption", photographs[0])
    assert out == f"{plain}Text in the picture: Mind the gap. Trains run late\n"
    entry = json.loads(run(capsys, "caption", photographs[0], "--json")[1])[0]
    assert entry["ocr_text"] == "Mind the gap.\nTrains run late"
    assert entry["alt_text_source"] == "model"
    assert entry["alt_text"]["text"] == hedged(plain.rstrip("\n"))


def test_the_text_is_the_alt_text_of_a_picture_that_is_mostly_text(capsys, photographs, sign):
    _, plain, _ = run(capsys, "caption", photographs[0])
    sign(0.9)
    _, out, _ = run(capsys, "caption", photographs[0])
    assert out.splitlines() == ["Mind the gap. Trains run late", "Text in the picture: Mind the gap. Trains run late"]
    assert run(capsys, "caption", photographs[0], "--raw")[1].splitlines()[0] != out.splitlines()[0]
    _, out, _ = run(capsys, "caption", photographs[0], "--alternatives", 1)
    assert f"    {plain}" in out
    entry = json.loads(run(capsys, "caption", photographs[0], "--json")[1])[0]
    assert entry["alt_text_source"] == "ocr"
    assert entry["alt_text"] == {"text": "Mind the gap. Trains run late", "applied_rules": []}
    assert "gap" not in entry["text"]


def test_a_long_text_comes_with_the_hint_where_the_rest_belongs(capsys, photographs, sign):
    sign(0.9, "The harbour office will be closed on Friday. " * 10)
    _, out, _ = run(capsys, "caption", photographs[0])
    assert len(out.splitlines()[0]) <= 250
    assert "beside the picture" in out.splitlines()[2]


def test_text_is_not_read_where_that_is_not_wanted(capsys, photographs, sign):
    sign(0.9)
    entry = json.loads(run(capsys, "caption", photographs[0], "--json", "--no-ocr")[1])[0]
    assert (entry["ocr_text"], entry["alt_text_source"]) == (None, "model")
    assert "Text in the picture" not in run(capsys, "caption", photographs[0], "--no-ocr")[1]


def test_text_is_read_at_the_pictures_full_size(tmp_path, capsys, monkeypatch):
    seen = []
    monkeypatch.setattr("captioner.ocr.find_tesseract", lambda: "tesseract")
    monkeypatch.setattr("captioner.ocr.read_text", lambda image: seen.append(image.size))
    (tmp_path / "large.jpg").write_bytes(encoded(picture(1, (1600, 1200)), "JPEG"))
    assert run(capsys, "caption", tmp_path / "large.jpg")[0] == 0
    assert seen == [(1600, 1200)]


@pytest.fixture
def calibrated(checkpoint):
    """Make the model's calibration with these odds."""
    captioner = Captioner.load(checkpoint, calibrated=False)

    def write(**changes):
        calibration_of(captioner, **changes).save(checkpoint)

    return write


@pytest.mark.parametrize(("bias", "words"), [(9.0, "Likely right, check it"), (2.0, "")])
def test_how_sure_the_model_is_stands_below_the_sentence(capsys, photographs, calibrated, bias, words):
    calibrated(bias=bias)
    _, out, _ = run(capsys, "caption", photographs[0])
    sentence, confidence = out.splitlines()
    assert sentence[0].isupper()
    assert words in confidence
    assert "p 0." in confidence or "p 1.00" in confidence
    (entry,) = json.loads(run(capsys, "caption", photographs[0], "--json")[1])
    assert f"p {entry['confidence']['p']:.2f}" in confidence


def test_that_a_model_is_not_calibrated_is_said_once_beside_the_sentences(capsys, photographs, calibrated):
    _, _, err = run(capsys, "caption", *photographs)
    assert err.count("Not calibrated: how often this model is right was not measured.") == 1
    assert "Not calibrated" not in run(capsys, "caption", *photographs, "--json")[2]
    calibrated(bias=2.0)
    assert "Not calibrated" not in run(capsys, "caption", *photographs)[2]


@pytest.mark.parametrize(
    ("changes", "reason"), [({"bias": -20.0}, "too_unsure"), ({"photograph": -1.0}, "not_a_photograph")]
)
def test_below_the_floor_there_is_a_reason_and_no_sentence(capsys, photographs, calibrated, changes, reason):
    calibrated(**changes)
    status, out, err = run(capsys, "caption", photographs[0], "--alternatives", 2)
    assert (status, out) == (0, "")
    assert f"no sentence: {reason}: " in err
    assert "Not calibrated" not in err, "it is"
    (entry,) = json.loads(run(capsys, "caption", photographs[0], "--json")[1])
    assert (entry["alt_text"]["text"], entry["alt_text_source"], entry["withheld"]) == ("", "none", reason)
    assert run(capsys, "caption", photographs[0], "--raw")[1].splitlines()[0] == entry["text"], (
        "for who wants to see it"
    )


def test_text_in_what_is_no_photograph_is_told_all_the_same(capsys, photographs, calibrated, sign):
    calibrated(photograph=-1.0)
    sign(0.2, "STOP")
    _, out, err = run(capsys, "caption", photographs[0])
    assert out == "Text in the picture: STOP\n"
    assert "not_a_photograph" in err


def test_a_bad_file_fails_alone(capsys, photographs, tmp_path):
    data, code = BAD_FILES["text.jpg"]
    bad = tmp_path / "text.jpg"
    bad.write_bytes(data)
    missing = tmp_path / "none.png"
    status, out, err = run(capsys, "caption", photographs[0], bad, photographs[1], missing)
    assert status == 1
    assert len(out.splitlines()) == 2
    assert f"{bad}: error: {code}: " in err
    assert f"{missing}: error: file_unreadable: " in err

    status, out, _ = run(capsys, "caption", photographs[0], bad, missing, "--json")
    assert status == 1
    good, unusable, unread = json.loads(out)
    assert good["text"]
    assert unusable["error"]["code"] == code
    assert unread["error"]["code"] == "file_unreadable"


def test_a_folder_is_not_a_file(capsys, tmp_path):
    status, _, err = run(capsys, "caption", tmp_path)
    assert status == 1
    assert "file_unreadable" in err


@pytest.mark.parametrize("beam", ["0", "21", "-3", "wide", "1.5"])
def test_an_impossible_beam_is_refused(capsys, photographs, beam):
    assert "choose 1 to 20" in refused(capsys, "caption", photographs[0], f"--beam={beam}")


@pytest.mark.parametrize("beam", [1, 20])
def test_the_ends_of_the_range_are_allowed(capsys, photographs, beam):
    assert run(capsys, "caption", photographs[0], "--beam", beam)[0] == 0


def test_a_negative_count_of_alternatives_is_refused(capsys, photographs):
    assert "0 or more" in refused(capsys, "caption", photographs[0], "--alternatives=-1")


@pytest.mark.parametrize(
    "arguments", [[], ["paint"], *[[name] for name in ("caption", "evaluate", "train", "retrieve", "baselines")]]
)
def test_incomplete_command_lines_are_explained(capsys, arguments):
    assert "usage: captioner" in refused(capsys, *arguments)


def test_a_missing_checkpoint_is_an_error_with_its_code(capsys, photographs, tmp_path):
    status, _, err = run(capsys, "caption", photographs[0], "--checkpoint", tmp_path / "none")
    assert status == 1
    assert err.startswith("error: checkpoint_unusable: ")


def test_a_missing_device_is_an_error_with_its_code(capsys, photographs, monkeypatch):
    monkeypatch.setenv("CAPTIONER_DEVICE", "abacus")
    status, _, err = run(capsys, "caption", photographs[0])
    assert status == 1
    assert err.startswith("error: device_unavailable: ")


def test_evaluation_prints_the_published_figures(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.training.metrics.shutil.which", lambda name: None)
    write_split(tmp_path / "set", "dev", 5)
    status, out, _ = run(capsys, "evaluate", "--data", tmp_path / "set", "--split", "dev", "--json", "--beam", 2)
    assert status == 0
    result = json.loads(out)
    assert list(result) == [
        "BLEU-1", "BLEU-2", "BLEU-3", "BLEU-4", "ROUGE-L", "CIDEr", "CHAIR-s", "CHAIR-i",
        "perplexity", "unknown_words", "distinct", "mean_length", "tokenizer", "images", "beam", "search_ms", "style",
        "encoder_parameters", "decoder_parameters", "encode_ms", "ms_per_image", "batch", "threads", "checkpoint",
    ]  # fmt: skip
    assert result["images"] == 5
    assert result["beam"] == 2
    assert result["tokenizer"] == "simple"
    _, text, _ = run(capsys, "evaluate", "--data", tmp_path / "set", "--split", "dev")
    assert [line.split()[0] for line in text.splitlines()] == list(result)


def without_times(row):
    return {name: value for name, value in row.items() if not name.endswith("_ms") and name != "ms_per_image"}


def test_several_beams_are_told_together_as_they_are_one_by_one(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.training.metrics.shutil.which", lambda name: None)
    write_split(tmp_path / "set", "dev", 5)
    command = ["evaluate", "--data", tmp_path / "set", "--split", "dev", "--json", "--beam"]
    rows = json.loads(run(capsys, *command, 1, 3)[1])
    alone = [json.loads(run(capsys, *command, beam)[1]) for beam in (1, 3)]
    assert [row["beam"] for row in rows] == [1, 3]
    assert list(map(without_times, rows)) == list(map(without_times, alone))
    assert all(row["ms_per_image"] == round(row["encode_ms"] + row["search_ms"], 1) for row in rows)


def test_sentences_that_are_in_no_training_caption_are_counted(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.training.metrics.shutil.which", lambda name: None)
    folder = tmp_path / "set"
    write_split(folder, "dev", 4)
    pictures = [example.stored.open() for example in read_split(folder, "dev").examples]
    captions = [caption.text for caption in Captioner.load().caption(pictures)]
    entries = write_split(folder, "train", 4, seed=1)
    entries[0]["captions"][0] = captions[1].upper()
    (folder / "train.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    command = ["evaluate", "--data", folder, "--split", "dev", "--json", "--training", folder / "train"]
    result = json.loads(run(capsys, *command)[1])
    known = {tuple(tokenise(caption)) for entry in entries for caption in entry["captions"]}
    assert result["novel"] == 100 * sum(tuple(tokenise(caption)) not in known for caption in captions) / 4
    assert result["novel"] < 100
    assert result["distinct"] == len(set(captions))


def test_evaluation_in_a_style_of_ones_choice(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.training.metrics.shutil.which", lambda name: None)
    vocabulary = Vocabulary(WORDS, ["coco", "set"])
    model = tiny_model(vocabulary_size=len(vocabulary))
    save_checkpoint(tmp_path / "styled", model, tiny_manifest(vocabulary=vocabulary))
    write_split(tmp_path / "set", "dev", 5)
    command = ["evaluate", "--data", tmp_path / "set", "--split", "dev", "--checkpoint", tmp_path / "styled"]
    own, coco = (json.loads(run(capsys, *command, "--json", *more)[1]) for more in ((), ("--style", "coco")))
    assert (own["style"], coco["style"]) == ("set", "coco")
    assert own["perplexity"] != coco["perplexity"]
    status, _, err = run(capsys, *command, "--style", "haiku")
    assert status == 1
    assert "It knows: coco, set." in err


def test_evaluation_of_a_missing_split_is_an_error_with_its_code(capsys, tmp_path):
    status, _, err = run(capsys, "evaluate", "--data", tmp_path, "--split", "test")
    assert status == 1
    assert err.startswith("error: data_unusable: ")


def test_training_from_a_missing_configuration_is_an_error_with_its_code(capsys, tmp_path):
    status, _, err = run(
        capsys, "train", tmp_path / "no.toml", "--data", tmp_path, "--weights", tmp_path / "w", "--out", tmp_path / "o"
    )
    assert status == 1
    assert err.startswith("error: configuration_invalid: ")


def test_help_does_not_load_torch():
    code = (
        "import sys; from captioner.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(("images", "pictures", "sentences"), [((), 4, 20), (("--images", 2), 2, 10)])
def test_retrieval_is_measured_both_ways(capsys, tmp_path, images, pictures, sentences):
    write_split(tmp_path / "set", "dev", 4)
    write_split(tmp_path / "set", "train", 6, seed=1)
    command = ["retrieve", "--data", tmp_path / "set", "--split", "dev", "--prior-split", "train", *images]
    status, out, _ = run(capsys, *command, "--json")
    assert status == 0
    results = json.loads(out)
    assert (results["images"], results["sentences"]) == (pictures, sentences)
    assert results["prior"].endswith("6 pictures of set/train")
    assert results["sentence_to_image"]["R@5"] == 100, "there are fewer pictures than that"
    assert 1 <= results["image_to_sentence"]["median_rank"] <= sentences
    _, text, _ = run(capsys, *command)
    assert f"R@1 {results['sentence_to_image']['R@1']:g}" in text


def test_baselines_are_printed_beside_one_another(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("captioner.training.metrics.shutil.which", lambda name: None)
    write_split(tmp_path / "set", "dev", 3)
    write_split(tmp_path / "set", "train", 3)  # the same pictures and sentences: the nearest one is the picture itself
    command = ["baselines", "--data", tmp_path / "set", "--split", "dev"]
    status, out, _ = run(capsys, *command, "--json")
    assert status == 0
    results = json.loads(out)
    assert results["nearest_neighbour"]["BLEU-1"] == 100
    assert results["human"]["BLEU-1"] < 100
    _, text, _ = run(capsys, *command)
    assert [line.split()[0] for line in text.splitlines()] == ["human", "nearest_neighbour"]


def test_words_shows_the_nearest_words_and_no_special_tokens(capsys):
    status, out, _ = run(capsys, "words", "Dog", "grass", "--count", 3, "--json")
    assert status == 0
    neighbours = json.loads(out)
    assert list(neighbours) == ["Dog", "grass"]
    for found in neighbours.values():
        assert len(found) == 3
        assert set(found) <= set(WORDS)
        assert list(found.values()) == sorted(found.values(), reverse=True)
    assert "dog" not in neighbours["Dog"]
    status, out, _ = run(capsys, "words", "dog", "--count", 100)
    assert status == 0
    assert len(out.split(", ")) == len(WORDS) - 1


def test_a_word_that_the_model_does_not_know_is_named(capsys):
    status, out, err = run(capsys, "words", "aardvark")
    assert (status, out) == (1, "")
    assert "does not know the word 'aardvark'" in err
