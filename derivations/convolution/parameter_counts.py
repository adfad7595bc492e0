r"""How many weights and biases the layers of a network have, and a network of them.

Problem.    A convolution with c_out kernels of k by k places on c_in channels has one weight for
            every kernel, row, column and channel, and one bias for every kernel. A full layer
            from m numbers to n has a weight for every pair and a bias for every output. Layers
            that share their weights or have none (pooling) add none.
Statements. (1) A convolution has k^2 c_in c_out + c_out parameters: that many there are to count.
            (2) A full layer has m n + n, as a convolution whose kernels cover its input has.
            (3) Padding by (k - 1)/2 in steps of 1 keeps the size of the image, and pooling 2 by 2
            takes an image of 112 pixels to 56, 28 and 14.
            (4) The layers of the network below have 1792, 73856, 295168, 590080, 51381248 and
            102500 parameters.
            (5) Together that is 52444644.
Method.     The parameters are counted one by one: a sum of 1 over the set of their indices.
Shapes.     k, c_in, c_out, m and n are at least 1, for all sizes.
Exports.    of_convolution, of_full_layer, total_count; and Convolution, Pooling, Full, layers.
Source.     Homework C, question 3.2: images of 112 by 112 with 3 channels, kernels of 3 by 3 with
            bias and padding, conv-64, pool, conv-128, pool, conv-256, conv-256, pool, FC-1024,
            FC-100.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sympy import Integer

from therefore import (
    all_of,
    as_written,
    claim,
    cyclic_index,
    cyclic_sum,
    define,
    dimension,
    equal,
    formula,
    real,
)

from .output_size import output_size


@dataclass(frozen=True)
class Convolution:
    """``kernels`` kernels of ``width`` by ``width`` on all channels, with bias."""

    kernels: int
    width: int = 3


@dataclass(frozen=True)
class Pooling:
    """The largest number, or the mean, of every ``width`` by ``width`` pixels."""

    width: int = 2


@dataclass(frozen=True)
class Full:
    """Every output depends on every number before it, with bias."""

    outputs: int


Layer = Convolution | Pooling | Full
pixels, channels = 112, 3
layers = (
    Convolution(64), Pooling(), Convolution(128), Pooling(), Convolution(256), Convolution(256),
    Pooling(), Full(1024), Full(100),
)  # fmt: skip

w, c, d, m, o = (real(name) for name in ("w", "c", "d", "m", "o"))
with as_written():
    convolution = define("P_conv", (w, c, d), w**2 * c * d + d)  # width, channels in and out
    full = define("P_full", (m, o), m * o + o)  # numbers in and out


def parameters(layers: Iterable[Layer], pixels: int, channels: int) -> list[tuple[Layer, Any]]:
    """Each layer that has parameters, with their number as a use of the formulas above."""
    found: list[tuple[Layer, Any]] = []
    numbers = None  # how many numbers there are, once they are no image any more
    for layer in layers:
        if isinstance(layer, Convolution):
            found.append((layer, convolution(layer.width, channels, layer.kernels)))
            channels = layer.kernels
        elif isinstance(layer, Pooling):
            pixels = int(output_size(pixels, layer.width, 0, layer.width))
        else:
            before = pixels * pixels * channels if numbers is None else numbers
            found.append((layer, full(before, layer.outputs)))
            numbers = layer.outputs
    return found


counts = [count for _, count in parameters(layers, pixels, channels)]

k, c_in, c_out, n_in, n_out = (dimension(name) for name in ("k", "c_in", "c_out", "n_in", "n_out"))
row, column = cyclic_index("r", k), cyclic_index("s", k)
channel, kernel = cyclic_index("i", c_in), cyclic_index("j", c_out)
before, after = cyclic_index("a", n_in), cyclic_index("b", n_out)

with as_written():
    one = Integer(1)
    weights_of_kernel = cyclic_sum(cyclic_sum(cyclic_sum(one, channel), column), row)
    counted = cyclic_sum(1 + weights_of_kernel, kernel)
    without_bias = cyclic_sum(weights_of_kernel, kernel)
    convolution_parameters = claim(equal(counted, convolution(k, c_in, c_out)))
    convolution_parameters.false_twin(
        equal(without_bias, convolution(k, c_in, c_out)), at={k: 1, c_in: 1, c_out: 1}
    )
    convolution_parameters.false_twin(equal(counted, k**2 * (c_in * c_out + c_out)))

    counted_pairs = cyclic_sum(1 + cyclic_sum(one, before), after)
    full_parameters = claim(equal(counted_pairs, full(n_in, n_out)))
    full_parameters.false_twin(equal(counted_pairs, full(n_out, n_in)))
    covering = claim(equal(full(k**2 * c_in, c_out), convolution(k, c_in, c_out)))
    covering.false_twin(equal(full(k * c_in, c_out), convolution(k, c_in, c_out)))

    sizes = claim(
        all_of(
            equal(output_size(112, 3, 1, 1), 112),
            equal(output_size(112, 2, 0, 2), 56),
            equal(output_size(56, 2, 0, 2), 28),
            equal(output_size(28, 2, 0, 2), 14),
        )
    )
    sizes.false_twin(equal(output_size(112, 3, 0, 1), 112))

    of_layers = (1792, 73856, 295168, 590080, 51381248, 102500)
    layer_parameters = claim(
        all_of(*(equal(count, number) for count, number in zip(counts, of_layers, strict=True)))
    )
    layer_parameters.false_twin(equal(counts[2], 293168))
    layer_parameters.false_twin(equal(counts[3], 590080 - 256))  # without the biases

    total = sum(counts[1:], counts[0])
    network_parameters = claim(equal(total, 52444644))
    network_parameters.false_twin(equal(total, 52444644 - 2000))  # with the 293168 of above
    network_parameters.false_twin(equal(total, 52444644 - 1124))  # without the last biases

of_convolution = formula(convolution_parameters.rhs)
of_full_layer = formula(full_parameters.rhs)
total_count = formula(network_parameters.lhs)

parameters_of_convolution = formula(convolution(k, c_in, c_out))
parameters_of_full_layer = formula(full(n_in, n_out))
network_total = formula(total)
