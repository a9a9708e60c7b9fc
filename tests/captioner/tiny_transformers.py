"""Models of transformers with random weights, small enough to make in a test, and saved with their processors."""

from pathlib import Path

import torch

from captioner.transformers_models.inputs import INSTRUCTION
from captioner.transformers_models.library import import_transformers

WORDS = (
    "a",
    "dog",
    "run",
    "##s",
    "##ning",
    "on",
    "grass",
    "red",
    "ball",
    "two",
    "child",
    "##ren",
    "play",
    "in",
    "'",
    "s",
)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", ".")
CHAT = (
    "{% for message in messages %}{{ message['role'] }} {% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}{% endfor %}{% endfor %}"
    "{% if add_generation_prompt %} assistant {% endif %}"
)
_SMALL = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2}
_VISION = {**_SMALL, "image_size": 32, "patch_size": 8}
_SIDE = {"height": 32, "width": 32}


def blip(folder: Path, seed: int = 0) -> None:
    """BLIP: a vision transformer and a BERT-like decoder that looks at its places."""
    transformers = import_transformers()
    tokenizer = _word_pieces(transformers)
    text = {
        **_SMALL,
        "vocab_size": len(tokenizer),
        "max_position_embeddings": 64,
        "bos_token_id": tokenizer.cls_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "sep_token_id": tokenizer.sep_token_id,
        "eos_token_id": tokenizer.sep_token_id,
        "encoder_hidden_size": 32,
    }
    config = transformers.BlipConfig(text_config=text, vision_config=_VISION)
    processor = transformers.BlipProcessor(transformers.BlipImageProcessor(size=_SIDE), tokenizer)
    _save(folder, _lively(transformers.BlipForConditionalGeneration, config, seed), processor)


def git(folder: Path, seed: int = 0) -> None:
    """GIT: one transformer reads the picture's places and the words alike."""
    transformers = import_transformers()
    tokenizer = _word_pieces(transformers)
    config = transformers.GitConfig(
        vision_config=_VISION,
        **_SMALL,
        vocab_size=len(tokenizer),
        max_position_embeddings=64,
        bos_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    images = transformers.CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=_SIDE)
    processor = transformers.GitProcessor(images, tokenizer)
    _save(folder, _lively(transformers.GitForCausalLM, config, seed), processor)


def vit_gpt2(folder: Path, seed: int = 0) -> None:
    """ViT and GPT-2 with cross attention; padding is the end token, as in the model that people use."""
    transformers = import_transformers()
    tokenizer = _bytes(transformers)
    end = tokenizer.eos_token_id
    words = {"bos_token_id": end, "eos_token_id": end, "vocab_size": len(tokenizer)}
    config = transformers.VisionEncoderDecoderConfig.from_encoder_decoder_configs(
        transformers.ViTConfig(**_VISION),
        transformers.GPT2Config(n_embd=32, n_layer=2, n_head=2, n_positions=64, **words),
    )
    config.decoder_start_token_id = config.pad_token_id = config.eos_token_id = end
    model = _lively(transformers.VisionEncoderDecoderModel, config, seed)
    _save(folder, model, transformers.ViTImageProcessor(size=_SIDE), tokenizer)


def llava(folder: Path, seed: int = 0) -> None:
    """LLaVA, made for conversations: a picture's places stand in the prompt."""
    transformers = import_transformers()
    tokenizer = _bytes(transformers, "<image>", "<pad>")
    text = {
        **_SMALL,
        "num_key_value_heads": 2,
        "vocab_size": len(tokenizer),
        "eos_token_id": tokenizer.eos_token_id,
        "bos_token_id": None,
        "pad_token_id": tokenizer.convert_tokens_to_ids("<pad>"),
    }
    config = transformers.LlavaConfig(
        vision_config=transformers.CLIPVisionConfig(**_VISION),
        text_config=transformers.LlamaConfig(**text),
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
    )
    config.eos_token_id, config.pad_token_id = text["eos_token_id"], text["pad_token_id"]
    processor = transformers.LlavaProcessor(
        transformers.CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=_SIDE),
        tokenizer,
        patch_size=8,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=CHAT,
    )
    _save(folder, _lively(transformers.LlavaForConditionalGeneration, config, seed), processor)


FAMILIES = {"blip": blip, "git": git, "vit_gpt2": vit_gpt2, "llava": llava}


def _word_pieces(transformers):
    """A tokenizer as BERT's, whose pieces within a word begin with ##."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

    entries = (*SPECIAL, *WORDS)
    tokenizer = Tokenizer(models.WordPiece({word: number for number, word in enumerate(entries)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names)


def _bytes(transformers, *special):
    """A tokenizer as GPT-2's, whose words begin with their blank."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special_tokens = ["<|endoftext|>", *special]
    trainer = trainers.BpeTrainer(vocab_size=80, special_tokens=special_tokens, show_progress=False)
    sentences = ("a dog runs on grass", "two children play in the water", "the red ball", "user assistant", INSTRUCTION)
    tokenizer.train_from_iterator(sentences, trainer)
    names = {"eos_token": "<|endoftext|>", "bos_token": "<|endoftext|>"}
    if "<pad>" in special:
        names["pad_token"] = "<pad>"
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names)


def _lively(kind, config, seed):
    """Weights with which different pictures get different sentences."""
    torch.manual_seed(seed)
    model = kind(config).eval()
    with torch.no_grad():
        for weight in model.parameters():
            if weight.dim() > 1:
                weight.normal_(0, 0.4)
    return model


def _save(folder: Path, *parts) -> None:
    for part in parts:
        part.save_pretrained(folder)
