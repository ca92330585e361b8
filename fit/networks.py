"""The two networks that are trained: continuations of the first three layers of MiniLM."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from attempts.scoring.minilm import HEADS, WIDTH

FIRST_FITTED, LAYERS = 3, 6
HIDDEN = 128
DROPOUT = 0.1
CLASSES = MAKES, OPPOSITE, NEITHER = 0, 1, 2


class Layer(nn.Module):
    """A layer of BERT, from the published weights of layer number `number`."""

    def __init__(self, published: dict[str, Tensor], number: int) -> None:
        super().__init__()
        at = f"encoder.layer.{number}."
        self.query = _linear(published, at + "attention.self.query")
        self.key = _linear(published, at + "attention.self.key")
        self.value = _linear(published, at + "attention.self.value")
        self.attended = _linear(published, at + "attention.output.dense")
        self.attended_norm = _norm(published, at + "attention.output.LayerNorm")
        self.intermediate = _linear(published, at + "intermediate.dense")
        self.output = _linear(published, at + "output.dense")
        self.output_norm = _norm(published, at + "output.LayerNorm")

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (texts, tokens, 384); mask: (texts, tokens), False where there is no token."""
        texts, tokens, _ = x.shape
        query, key, value = (
            part(x).view(texts, tokens, HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        context = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None, :]
        )
        context = context.transpose(1, 2).reshape(texts, tokens, WIDTH)
        x = self.attended_norm(
            x + functional.dropout(self.attended(context), DROPOUT, self.training)
        )
        hidden = functional.gelu(self.intermediate(x), approximate="tanh")
        y: Tensor = self.output_norm(
            x + functional.dropout(self.output(hidden), DROPOUT, self.training)
        )
        return y


class Sense(nn.Module):
    """A text's vector, so that texts that say the same are near each other."""

    def __init__(self, published: dict[str, Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(published, i) for i in range(FIRST_FITTED, LAYERS))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x, mask)
        return functional.normalize(mean(x, mask), dim=-1)


class Verdict(nn.Module):
    """Of two texts: whether the second makes the statement of the first, denies it, or neither."""

    def __init__(self, published: dict[str, Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(published, i) for i in range(FIRST_FITTED, LAYERS))
        self.segments = nn.Parameter(torch.randn(2, WIDTH) * 0.02)
        self.hidden = nn.Linear(4 * WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(CLASSES))

    def forward(self, a: Tensor, a_mask: Tensor, b: Tensor, b_mask: Tensor) -> Tensor:
        """Logits, shape (pairs, 3)."""
        x = torch.cat([a + self.segments[0], b + self.segments[1]], 1)
        mask = torch.cat([a_mask, b_mask], 1)
        for layer in self.layers:
            x = layer(x, mask)
        first, second = mean(x[:, : a.shape[1]], a_mask), mean(x[:, a.shape[1] :], b_mask)
        both = torch.cat([first, second, (first - second).abs(), first * second], -1)
        hidden = functional.gelu(self.hidden(both), approximate="tanh")
        logits: Tensor = self.out(functional.dropout(hidden, DROPOUT, self.training))
        return logits


def mean(x: Tensor, mask: Tensor) -> Tensor:
    """Of the tokens that are there: (texts, tokens, width) to (texts, width)."""
    return (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def _linear(published: dict[str, Tensor], name: str) -> nn.Linear:
    weight = published[name + ".weight"]
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight.data, linear.bias.data = weight.clone(), published[name + ".bias"].clone()
    return linear


def _norm(published: dict[str, Tensor], name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(WIDTH, eps=1e-12)
    norm.weight.data = published[name + ".weight"].clone()
    norm.bias.data = published[name + ".bias"].clone()
    return norm
