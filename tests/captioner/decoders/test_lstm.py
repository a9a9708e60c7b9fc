import torch

from captioner.decoders.lstm import LSTMCell


def test_it_is_torchs_lstm_over_both_parts_joined():
    torch.manual_seed(0)
    cell = LSTMCell(3, 2, 4)
    early, late = torch.randn(5, 3), torch.randn(5, 2)
    state = torch.randn(5, 4), torch.randn(5, 4)

    other = torch.nn.LSTMCell(3 + 2, 4)
    order = [0, 1, 3, 2]  # torch's gates are input, forget, candidate and output

    def reordered(weight):
        return torch.cat([weight.chunk(4)[gate] for gate in order])

    with torch.no_grad():
        other.weight_ih.copy_(torch.cat([reordered(cell.early.weight), reordered(cell.late.weight[:, :2])], dim=1))
        other.weight_hh.copy_(reordered(cell.late.weight[:, 2:]))
        other.bias_ih.copy_(reordered(cell.early.bias))
        other.bias_hh.zero_()
    expected = other(torch.cat([early, late], dim=1), state)
    torch.testing.assert_close(cell(cell.early(early), (late,), state), expected)
