"""What is offered of a model's sentences."""

from captioner.alttext import Style
from tests.library.drafts import candidates, draft_all
from tests.queue.pictures import hand_over
from webapp.library.models import Inference
from webapp.library.offer import offered


def test_sentences_are_offered_as_alt_text_with_what_the_rules_changed():
    best, other = offered(candidates("A young woman with her dog.", "A dog."))
    assert (best["text"], best["model_text"]) == ("A person with their dog.", "A young woman with her dog.")
    assert [rule["rule"] for rule in best["applied_rules"]] == ["guard-guesses", "guard-persons", "polish-sentence"]
    assert best["applied_rules"][0]["before"] == "a young woman with her dog"
    assert (other["text"], other["applied_rules"]) == ("A dog.", [])


def test_what_the_rules_made_alike_is_offered_once_as_its_best():
    drafts = offered(candidates("A man runs.", "A woman runs.", "A dog runs."))
    assert [draft["text"] for draft in drafts] == ["A person runs.", "A dog runs."]
    assert drafts[0]["model_text"] == "A man runs."


def test_rules_that_a_style_switches_off_rest():
    drafts = offered(candidates("A man runs."), Style(switched_off=frozenset({"guard-persons"})))
    assert [draft["text"] for draft in drafts] == ["A man runs."]


def test_something_is_offered_in_any_case():
    assert [draft["text"] for draft in offered(candidates("<unk>", "<unk> <unk>"))] == ["<unk>"]


def test_a_suggestion_offers_alt_text_while_the_inference_keeps_the_models_words(owner):
    job = hand_over(1, owner=owner)
    draft_all("A man runs.", "A dog runs.")
    suggestion = job.images.get().suggestion
    assert suggestion.text == "A person runs."
    assert [one["text"] for one in suggestion.candidates] == ["A person runs.", "A dog runs."]
    assert Inference.objects.get().candidates[0]["text"] == "A man runs."
