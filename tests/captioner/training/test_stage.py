"""What a step of a stage lowers."""

import pytest
import torch

from captioner.encoders import Features
from captioner.training.batches import Batches
from captioner.training.config import Stage
from captioner.training.data import read_split
from captioner.training.loss import batch_loss
from captioner.training.stage import StageRun
from captioner.vocabulary import Vocabulary
from tests.captioner.tiny import WORDS, tiny_model, write_split


@pytest.fixture
def batches(tmp_path):
    write_split(tmp_path, "train", 4)
    examples = read_split(tmp_path, "train").examples
    return Batches(examples, Vocabulary(WORDS), size=4, max_words=20, views=1, seed=1)


def losses(batches, **options):
    """What a step lowers, what it shows, and the cross-entropy, for one batch and the same random draws."""
    features = Features(torch.zeros(4, 0, 0), torch.randn(4, 6, generator=torch.Generator().manual_seed(2)))
    model = tiny_model()
    run = StageRun(model, Stage(epochs=1, batch=4, learning_rate=0.1, **options), batches, max_length=6)
    batch = next(batches.epoch(0))
    torch.manual_seed(3)
    loss, shown = run._loss(features, batch)
    return loss, shown, batch_loss(model.decoder, features, batch, label_smoothing=run.stage.label_smoothing)


def test_cross_entropy_is_what_is_lowered_and_shown(batches):
    loss, shown, cross_entropy = losses(batches)
    assert loss == cross_entropy
    assert shown == cross_entropy.item()


def test_a_part_of_the_cross_entropy_joins_the_self_critical_loss(batches):
    plain, reward, cross_entropy = losses(batches, loss="self_critical")
    mixed, same_reward, _ = losses(batches, loss="self_critical", likelihood=0.3)
    torch.testing.assert_close(mixed, plain + 0.3 * cross_entropy)
    assert reward == same_reward <= 0


def test_a_probe_for_words_joins_the_loss_but_is_not_shown(batches):
    plain, shown, _ = losses(batches)
    joined, same, _ = losses(batches, encoder_learning_rate=0.1, concepts=5)
    assert joined > plain + 0.1
    assert shown == same


@pytest.mark.parametrize(
    "loss", [{}, {"loss": "self_critical", "likelihood": 0.3}, {"encoder_learning_rate": 0.1, "concepts": 5}]
)
def test_products_in_bfloat16_leave_weights_and_loss_in_float32(batches, loss):
    features = Features(torch.zeros(4, 0, 0), torch.randn(4, 6, generator=torch.Generator().manual_seed(2)))
    after = {}
    for precision in ("float32", "bfloat16"):
        stage = Stage(epochs=1, batch=4, learning_rate=0.1, precision=precision, **loss)
        run = StageRun(tiny_model(), stage, batches, max_length=6)
        dtypes = set()
        run.model.decoder.output.register_forward_hook(lambda module, inputs, found, into=dtypes: into.add(found.dtype))
        torch.manual_seed(3)
        run.train_on(next(batches.epoch(0)), lambda encoder, positions, views: features)
        assert dtypes == {getattr(torch, precision)}
        assert {value.dtype for value in run.model.parameters()} == {torch.float32}
        after[precision] = torch.cat([value.flatten() for value in run.model.decoder.parameters()])
    assert not torch.equal(*after.values())
    assert torch.isfinite(after["bfloat16"]).all()
