"""The comparison as Markdown: tables that can be pasted into a document, and the curves' text equivalent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FIGURES = ("BLEU-1", "BLEU-2", "BLEU-3", "BLEU-4", "METEOR", "ROUGE-L", "CIDEr", "CHAIR-s")
_WAYS = {"image_to_sentence": "sentence", "sentence_to_image": "image"}
_BASELINES = {"human": "people, each caption against the others", "nearest_neighbour": "nearest training photograph"}
_NONE = "-"


def as_markdown(comparison: dict[str, Any], curves: str | None = None) -> str:
    """All tables under headings of the third level. comparison: as `measure.compare` returns it.

    curves: the name of the picture of the curves, if there is one.
    """
    systems = comparison["systems"]
    parts = [_sizes_and_time(comparison)]
    parts += [_sentences(comparison, name) for name in (comparison["split"], *comparison["others"])]
    if any(len(system["beams"]) > 1 for system in systems):
        parts += [_beams(comparison, figure) for figure in ("CIDEr", "BLEU-4", "search_ms")]
    if any(system["retrieval"] for system in systems):
        parts.append(_retrieval(comparison))
    if any(system["log"] for system in systems):
        parts.append(_training(systems, curves))
    return "\n".join(parts)


def _sizes_and_time(comparison: dict[str, Any]) -> str:
    rows = []
    for system in comparison["systems"]:
        own = system["splits"][comparison["split"]]
        parameters, megabytes = system["parameters"], system["megabytes"]
        rows.append(
            [
                system["system"],
                system["paper"],
                system["minutes"],
                f"{parameters['decoder'] / 1e6:.1f} + {parameters['encoder'] / 1e6:.1f}",
                f"{megabytes['decoder']:.1f} + {megabytes['encoder']:.1f}",
                f"{system['encode_ms'] + own['search_ms']:.0f}",
                system["checkpoint"],
            ]
        )
    headings = ["system", "paper", "minutes of training", "parameters, M", "MB", "ms an image", "version"]
    threads = sorted({system["threads"] for system in comparison["systems"]})
    notes = (
        "Parameters and size: decoder + trunk. Minutes: the epochs of the decoder's training, not the trunk's. "
        f"Milliseconds: from the file to the sentence at the system's own beam, in batches of 32, {_numbers(threads)} "
        "thread(s) of a CPU."
    )
    return _section("The systems", headings, rows, notes)


def _sentences(comparison: dict[str, Any], split: str) -> str:
    entries = {system["system"]: system["splits"][split] for system in comparison["systems"]}
    entries |= {_BASELINES[name]: entry for name, entry in comparison["baselines"][split].items()}
    columns = ["beam", "perplexity", *_FIGURES, "distinct", "mean_length"]
    if any("novel" in entry for entry in entries.values()):
        columns.append("novel")
    rows = [[name, *(entry.get(column) for column in columns)] for name, entry in entries.items()]
    tokenizers = sorted({entry["tokenizer"] for entry in entries.values()})
    unknown = sorted({system["splits"][split]["unknown_words"] for system in comparison["systems"]})
    notes = (
        f"{comparison['images'][split]} photographs; scores x 100, tokenizer {_numbers(tokenizers)}; perplexity "
        f"counts the end and, as one word, the {_numbers(unknown)} % of words that the systems do not know. CHAIR-s: "
        "sentences that name an object which is not there, in per cent; lower is better. "
        "Novel: sentences that are in no training caption, in per cent."
    )
    headings = ["system", *(column.replace("_", " ") for column in columns)]
    return _section(f"Sentences about {split}", headings, rows, notes)


def _beams(comparison: dict[str, Any], figure: str) -> str:
    sizes = sorted({row["beam"] for system in comparison["systems"] for row in system["beams"]})
    rows = []
    for system in comparison["systems"]:
        found = {row["beam"]: row for row in system["beams"]}
        rows.append([system["system"], *(found.get(size, {}).get(figure) for size in sizes)])
    headings = ["system", *(f"beam {size}" for size in sizes)]
    title = {"search_ms": "Milliseconds from features to sentence"}.get(figure, figure)
    return _section(f"{title} by beam, {comparison['split']}", headings, rows)


def _retrieval(comparison: dict[str, Any]) -> str:
    measures = ("R@1", "R@5", "R@10", "median_rank")
    rows = [
        [system["system"], found["images"], *(found[way][measure] for way in _WAYS for measure in measures)]
        for system in comparison["systems"]
        for found in system["retrieval"]
    ]
    headings = ["system", "images"]
    headings += [f"{way}: {measure.replace('_', ' ')}" for way in _WAYS.values() for measure in measures]
    precisions = sorted({found["precision"] for system in comparison["systems"] for found in system["retrieval"]})
    priors = sorted({found["prior"] for system in comparison["systems"] for found in system["retrieval"]})
    notes = (
        "Sentence: finding a picture's sentences; image: finding a sentence's picture; by log p(S given I) - log p(S), "
        f"where p(S) is {_numbers(priors)}; matrix products in {_numbers(precisions)}. Figures over "
        "different numbers of images cannot be compared."
    )
    return _section(f"Retrieval on {comparison['split']}", headings, rows, notes)


def _training(systems: Iterable[dict[str, Any]], curves: str | None) -> str:
    rows = []
    for system in systems:
        log = system["log"]
        if log:
            best = max(range(len(log)), key=lambda place: log[place]["cider"])
            rows.append(
                [
                    system["system"],
                    len(log),
                    f"{log[best]['cider']:.1f} after {sum(epoch['minutes'] for epoch in log[: best + 1]):.0f} minutes",
                    f"{min(epoch['dev_loss'] for epoch in log):.2f}",
                    f"{log[-1]['dev_loss']:.2f}",
                    ", ".join(f"{epoch['cider']:.1f}" for epoch in log),
                ]
            )
    headings = ["system", "epochs", "best CIDEr", "lowest dev loss", "last dev loss", "CIDEr after each epoch"]
    notes = "CIDEr while training is over simple tokens; the dev loss is in nats a word."
    picture = (
        f"![Dev CIDEr and dev loss of each system against minutes of training; the table has the figures]({curves})"
    )
    return _section("Course of training", headings, rows, f"{notes}\n\n{picture}" if curves else notes)


def _section(title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], notes: str = "") -> str:
    lines = [f"### {title}", "", _line(headings), _line("---" for _ in headings), *map(_line, rows), ""]
    return "\n".join([*lines, notes, ""] if notes else lines)


def _line(cells: Iterable[Any]) -> str:
    return f"| {' | '.join(map(_text, cells))} |"


def _text(cell: Any) -> str:
    if cell is None:
        return _NONE
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell).replace("|", " ")


def _numbers(values: Iterable[Any]) -> str:
    return " or ".join(map(str, values))
