"""Fits the network that tells articles from other pages, as `network.Gate` runs it."""

import numpy as np

from corpuskit.clean.network import LARGEST
from tests.benchmarks._fit_network import Borders, begin, kept, whole_end, whole_layer


class OfPages:
    """A network that judges pages by the means and the largest of their units.

    The last `n_inputs` inputs are those of the page, which are read once more.
    """

    def __init__(self, n_inputs):
        self.n_inputs = n_inputs

    def begin(self, size, recipe, rng):
        """Weights and biases: of the first layer, the second, the answer."""
        hidden, second = recipe.hidden, recipe.second
        n_seen = 2 * hidden + self.n_inputs
        shapes = [(size, hidden), (n_seen, second), (second,)]
        spreads = (np.sqrt(1 / size), np.sqrt(1 / n_seen), np.sqrt(1 / second))
        return begin(shapes, spreads, (hidden, second, 1), rng)

    def odds(self, parts, sample):
        """The log odds that a network gives a page."""
        first, inner, out, bias, inner_bias, odds = parts
        hidden = np.maximum(sample.values @ first + bias, 0)
        means = Borders([sample.words]).means(hidden)[0]
        seen = np.concatenate((means, hidden.max(axis=0), self._of_page(sample)))
        return (np.maximum(seen @ inner + inner_bias, 0) @ out + odds[0])[None]

    def _of_page(self, sample):
        return sample.values[0, -self.n_inputs :]

    def slopes(self, parts, chosen, recipe, rng):
        """How the loss of some pages changes with each weight and bias."""
        first, inner, out, bias, inner_bias, odds = parts
        borders = Borders([one.words for one in chosen])
        values = np.concatenate([one.values for one in chosen])
        left_inputs = kept((len(chosen), values.shape[1]), recipe.dropped_inputs, rng)
        values = values * left_inputs[borders.page]
        hidden = np.maximum(values @ first + bias, 0)
        most = np.maximum.reduceat(hidden, borders.start[:-1])
        left = kept((len(chosen), 2 * recipe.hidden), recipe.dropped, rng)
        of_pages = values[borders.start[:-1], -self.n_inputs :]
        seen = np.hstack((np.hstack((borders.means(hidden), most)) * left, of_pages))
        second = np.maximum(seen @ inner + inner_bias, 0)
        left_second = kept(second.shape, recipe.dropped, rng)
        second *= left_second
        chance = 1 / (1 + np.exp(-(second @ out + odds[0])))
        error = chance - np.concatenate([one.labels for one in chosen])
        error *= np.concatenate([one.weights for one in chosen]) / len(chosen)
        error = error.astype(np.float32)
        below = error[:, None] * out * (second > 0) * left_second
        of_means, of_most = np.split(
            (below @ inner.T)[:, : 2 * recipe.hidden] * left, 2, 1
        )
        under = of_means[borders.page] * borders.weight
        under += of_most[borders.page] * (hidden == most[borders.page])
        under *= hidden > 0
        return [
            *(values.T @ under, seen.T @ below, second.T @ error),
            *(under.sum(axis=0), below.sum(axis=0), error.sum()[None]),
        ]

    def whole(self, parts, samples, mean, spread):
        """A network in whole numbers, each unit on a scale of its own."""
        first, inner, out, bias, inner_bias, odds = parts
        layer, largest = whole_layer(first, bias, samples, mean, spread)
        units, of_page = np.split(inner, [2 * len(largest)])
        of_page = of_page / spread[-self.n_inputs :, None]
        inner_bias = inner_bias - mean[-self.n_inputs :] @ of_page
        units = units * np.tile(largest / LARGEST, 2)[:, None]
        inner = np.concatenate((units, of_page)).T
        end = whole_end(inner, inner_bias, out, np.zeros(1), odds)
        del end["skip"]
        return layer | end
