"""`caption`: a sentence for each picture file, and the text in the picture."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from captioner.alttext import SHORTENED_HINT, AltText, text_alt, with_doubt, withheld_of, write_alt_text
from captioner.bands import Band
from captioner.commands.arguments import add_model, beam_size, count
from captioner.errors import CaptionerError, ConfigurationError
from captioner.types import Candidate, Caption, PictureText

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from PIL import Image

    from captioner.interface import ImageCaptioner

_AT_A_TIME = 16


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("caption", help="write a sentence for each picture file")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JPEG, PNG, WebP, GIF or AVIF")
    parser.add_argument("--beam", type=beam_size, metavar="K", help="beam size, 1 to 20 (default: the model's)")
    parser.add_argument("--alternatives", type=count, default=0, metavar="N", help="other sentences, at most N")
    add_model(parser)
    parser.add_argument(
        "--attention", type=Path, metavar="FOLDER", help="say where the model looked for each word, and draw it there"
    )
    parser.add_argument("--raw", action="store_true", help="print what the model wrote, without the alt-text rules")
    parser.add_argument("--no-ocr", dest="ocr", action="store_false", help="do not read the text in the pictures")
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Caption every file that can be; return 1 if one could not."""
    from captioner.loading import load_captioner

    captioner = load_captioner(options.checkpoint)
    if options.attention and not captioner.has_attention:
        raise ConfigurationError("This model has no attention. Name one that has with --checkpoint.")
    failed = is_uncalibrated = False
    entries = []
    for number, (path, opened, result) in enumerate(_results(captioner, options), start=1):
        failed |= isinstance(result, CaptionerError)
        # Of what is no photograph no calibrated model tells a band either.
        if isinstance(result, Caption) and not result.withheld:
            is_uncalibrated |= result.confidence.band is Band.UNKNOWN
        found = opened.found if opened else None
        if options.attention and opened and isinstance(result, Caption):
            _draw(opened.picture, result, options.attention / f"{number:02}-{path.name}.png")
        if options.json:
            entries.append(_entry(path, result, found))
        else:
            _print(path, result, found, named=len(options.files) > 1, raw=options.raw)
    if options.json:
        print(json.dumps(entries, indent=2, ensure_ascii=False))
    elif is_uncalibrated:
        print(f"{Band.UNKNOWN.words}. A person must decide on each sentence.", file=sys.stderr)
    return 1 if failed else 0


class FileUnreadableError(CaptionerError):
    """A file that was named is missing or may not be read."""

    code = "file_unreadable"


@dataclass(frozen=True, slots=True)
class _Opened:
    """A picture as the model wants it, and the text that was found in it."""

    picture: Image.Image
    found: PictureText | None


def _results(
    captioner: ImageCaptioner, options: argparse.Namespace
) -> Iterator[tuple[Path, _Opened | None, Caption | CaptionerError]]:
    """Each path with its picture and caption, or with what is wrong with it, in order; a bad file harms no other."""
    for first in range(0, len(options.files), _AT_A_TIME):
        paths = options.files[first : first + _AT_A_TIME]
        opened = [_open(path, captioner.image_size, ocr=options.ocr) for path in paths]
        pictures = [one.picture for one in opened if isinstance(one, _Opened)]
        captions = iter(
            captioner.caption(
                pictures, beam_size=options.beam, alternatives=options.alternatives, attention=bool(options.attention)
            )
        )
        for path, one in zip(paths, opened, strict=True):
            yield (path, one, _judged(next(captions))) if isinstance(one, _Opened) else (path, None, one)


def _judged(caption: Caption) -> Caption:
    """Also withheld where the rules leave nothing of it."""
    return replace(caption, withheld=withheld_of(caption))


def _open(path: Path, side: int, *, ocr: bool) -> _Opened | CaptionerError:
    from captioner.images import ImageError, open_image
    from captioner.ocr import find_tesseract, read_text

    try:
        data = path.read_bytes()
        # Text needs the picture at its full size, the model does not.
        found = read_text(open_image(data)) if ocr and find_tesseract() else None
        return _Opened(open_image(data, target=side), found)
    except ImageError as error:
        return error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return FileUnreadableError(f"The file cannot be read: {reason}. Check the path.")


def _draw(picture: Image.Image, caption: Caption, path: Path) -> None:
    from captioner.attention_maps import draw

    path.parent.mkdir(parents=True, exist_ok=True)
    draw(picture, caption.looks or ()).save(path)


def _entry(path: Path, result: Caption | CaptionerError, found: PictureText | None) -> dict[str, Any]:
    if isinstance(result, CaptionerError):
        return {"file": str(path), "error": {"code": result.code, "message": result.message}}
    alt_text, source = _alt_text(result, found)
    if source == "model" and result.confidence.band.asks_for_a_hedge:
        alt_text = with_doubt(alt_text)
    return {
        "file": str(path),
        "alt_text": asdict(alt_text),
        "alt_text_source": source,
        "ocr_text": found.text if found else None,
        **asdict(result),
    }


def _alt_text(result: Caption, found: PictureText | None) -> tuple[AltText, Literal["ocr", "model", "none"]]:
    """The text in the picture where it is mostly that, else the model's sentence if it may be shown; never both."""
    if found and found.mostly_text:
        return text_alt(found), "ocr"
    return (AltText("", ()), "none") if result.withheld else (write_alt_text(result), "model")


def _print(path: Path, result: Caption | CaptionerError, found: PictureText | None, *, named: bool, raw: bool) -> None:
    if isinstance(result, CaptionerError):
        print(f"{path}: error: {result.code}: {result.message}", file=sys.stderr)
        return
    said: list[Caption | Candidate] = [result, *result.alternatives] if raw or not result.withheld else []
    sentences = [one.text if raw else write_alt_text(one).text for one in said]
    alt_text, source = _alt_text(result, found)
    is_read = source == "ocr" and not raw
    if is_read:
        sentences = [alt_text.text, *(sentences if result.alternatives else [])]
    text, *others = sentences or [""]
    if not sentences and result.withheld:
        print(f"{path}: no sentence: {result.withheld}: {result.withheld.words}", file=sys.stderr)
    else:
        print(f"{path}: {text}" if named else text)
    if found:
        print(f"Text in the picture: {' '.join(found.text.split())}")
    if is_read and alt_text.applied_rules:
        print(f"    ({SHORTENED_HINT})")
    if result.confidence.p is not None and sentences and not is_read:
        print(f"    ({result.confidence.band.words}: p {result.confidence.p:.2f})")
    for other in dict.fromkeys(others):
        print(f"    {other}")
    if result.looks and said:
        from captioner.attention_maps import describe

        if text != result.text:
            print(f"    (the model wrote: {result.text})")
        for look in result.looks:
            print(f"    {look.word or '(end)'}: {describe(look)}")
