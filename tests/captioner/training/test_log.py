import pytest

from captioner.errors import DataError
from captioner.training.log import Epoch, read_log, write_line

FIRST = Epoch(1, 1, 66.0, 7.2, 0.3, 0.8, 4.65)


def test_what_is_written_is_read(tmp_path):
    lines = [FIRST, Epoch(1, 2, 50.1, 5.2, 12.3, 22.8, 5.08), Epoch(2, 1, -0.6, 3.6, 19.6, 46.3, 5.5)]
    for line in lines:
        write_line(tmp_path / "log.csv", line)
    assert read_log(tmp_path / "log.csv") == lines


def test_an_epoch_that_was_done_again_counts_once(tmp_path):
    again = Epoch(1, 1, 65.0, 7.1, 0.4, 0.9, 4.5)
    for line in (FIRST, again):
        write_line(tmp_path / "log.csv", line)
    assert read_log(tmp_path / "log.csv") == [again]


@pytest.mark.parametrize(
    "data",
    [b"stage,epoch\n1,1\n", b"stage,epoch,train_loss,dev_loss,bleu_4,cider,minutes\n1,1,x,1,1,1,1\n", b"\xff\n", None],
)
def test_a_log_that_is_none_is_named(tmp_path, data):
    path = tmp_path / "training.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DataError, match=r"training\.csv"):
        read_log(path)
