"""Where the model looked, told in the words of the draft."""

from webapp.library.looks import looks_as_said

BOY = {"word": "boy", "place": "top (40%)", "weights": [[1.0]]}


def test_a_look_is_called_as_the_models_own_draft_calls_it():
    drafts = [{"text": "BOY'S SHOP", "source": "ocr"}, {"text": "A child with a dog.", "source": "model"}]
    assert looks_as_said([BOY, {**BOY, "word": "dog"}], drafts) == [
        {**BOY, "word": "child"},
        {**BOY, "word": "dog"},
    ]


def test_a_look_keeps_its_word_where_the_draft_does_not_say_the_other():
    assert looks_as_said([BOY], [{"text": "A boy.", "source": "model"}]) == [BOY]
    assert looks_as_said([BOY], []) == [BOY]
