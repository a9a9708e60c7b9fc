import pytest
import torch

from captioner.decoders.picture_rows import PictureRows


@pytest.mark.parametrize("owner", [[0, 0, 1, 1], [2, 0, 2, 1, 2], [1], [1, 0]])
def test_rows_come_back_from_their_groups(owner):
    rows = PictureRows(torch.tensor(owner), 3)
    values = torch.randn(len(owner), 4)
    grouped = rows.group(values)  # (3, W, 4)
    assert grouped.shape[1] == max(owner.count(picture) for picture in range(3))
    assert torch.equal(rows.ungroup(grouped), values)
    for picture in range(3):
        own = values[torch.tensor(owner) == picture]
        assert torch.equal(grouped[picture, : len(own)], own)
        assert not grouped[picture, len(own) :].any()


def test_rows_in_order_are_grouped_without_an_owner():
    values = torch.arange(12.0).view(6, 2)
    regular, told = PictureRows.regular(6, 2), PictureRows(torch.tensor([0, 0, 0, 1, 1, 1]), 2)
    assert torch.equal(regular.group(values), told.group(values))
    assert torch.equal(regular.ungroup(regular.group(values)), values)
    assert torch.equal(regular.spread(values[:2]), told.spread(values[:2]))


def test_every_row_gets_its_own_pictures_values():
    values = torch.tensor([[1.0], [2.0], [3.0]])
    assert PictureRows(torch.tensor([2, 0, 2]), 3).spread(values).flatten().tolist() == [3, 1, 3]
