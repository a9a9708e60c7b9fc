"""The LSTM (Hochreiter and Schmidhuber 1997) as the decoders need it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

LSTMState = tuple[Tensor, Tensor]
"""Hidden state and cell, (N, H) each."""


class LSTMCell(nn.Module):
    """An LSTM cell for decoders whose input at a step depends on the step before.

    Its input has an early part, known for all steps beforehand, and a late part, known at its step.

    The early part of all steps is multiplied by its weights at once (`early`); a step then multiplies only the late
    part and the hidden state. Together this is an LSTM over both parts joined. The gates are input, forget, output and
    candidate; `more_gates` of H further ones follow, computed from the same inputs, for the caller to use.
    """

    def __init__(self, early_size: int, late_size: int, hidden_size: int, more_gates: int = 0) -> None:
        super().__init__()
        self.early = nn.Linear(early_size, (4 + more_gates) * hidden_size)
        self.late = nn.Linear(late_size + hidden_size, (4 + more_gates) * hidden_size, bias=False)
        for weight in self.parameters():
            nn.init.uniform_(weight, -(hidden_size**-0.5), hidden_size**-0.5)

    def gates(self, early: Tensor, late: tuple[Tensor, ...], hidden: Tensor) -> Tensor:
        """All gates before their squashing, (N, (4 + more) * H). early: (N, the same), what `early` made of it."""
        return early + self.late(torch.cat([*late, hidden], dim=1))

    def forward(self, early: Tensor, late: tuple[Tensor, ...], state: LSTMState) -> LSTMState:
        return lstm_update(self.gates(early, late, state[0]), state[1])


def lstm_update(gates: Tensor, cell: Tensor) -> LSTMState:
    """The new hidden state and cell. gates: (N, 4H), input, forget, output and candidate. cell: (N, H)."""
    size = cell.shape[1]
    admit, keep, show = gates[:, : 3 * size].sigmoid().chunk(3, dim=1)  # (N, H) each
    cell = keep * cell + admit * gates[:, 3 * size :].tanh()
    return show * cell.tanh(), cell


def run_lstm(lstm: nn.LSTM, inputs: Tensor, state: LSTMState) -> tuple[Tensor, LSTMState]:
    """Run torch's one-layer LSTM over (N, T, X): the hidden states (N, T, H), and the state after them."""
    if inputs.shape[1] == 1:  # the cell alone has far less to set up
        hidden, cell = torch.lstm_cell(inputs.squeeze(1), state, *lstm.all_weights[0])
        return hidden.unsqueeze(1), (hidden, cell)
    hidden, (last_hidden, last_cell) = lstm(inputs, (state[0].unsqueeze(0), state[1].unsqueeze(0)))
    return hidden, (last_hidden.squeeze(0), last_cell.squeeze(0))
