"""Fits the network that tells articles from other pages, as `network.Gate` runs it."""

import numpy as np

from tests.benchmarks._fit_network import begin, kept, whole_end


class OfPages:
    """A network that judges pages by the means of units and by inputs of the page."""

    @staticmethod
    def begin(size, recipe, rng):
        """Weights and biases: of the layer, the answer."""
        shapes = [(size, recipe.second), (recipe.second,)]
        spreads = (np.sqrt(1 / size), np.sqrt(1 / recipe.second))
        return begin(shapes, spreads, (recipe.second, 1), rng)

    @staticmethod
    def odds(parts, sample):
        """The log odds that a network gives a page."""
        inner, out, inner_bias, odds = parts
        return np.maximum(sample.values @ inner + inner_bias, 0) @ out + odds[0]

    @staticmethod
    def slopes(parts, chosen, recipe, rng):
        """How the loss of some pages changes with each weight and bias."""
        inner, out, inner_bias, odds = parts
        seen = np.concatenate([one.values for one in chosen])
        seen = seen * kept(seen.shape, recipe.dropped_inputs, rng)
        second = np.maximum(seen @ inner + inner_bias, 0)
        left = kept(second.shape, recipe.dropped, rng)
        second *= left
        chance = 1 / (1 + np.exp(-(second @ out + odds[0])))
        error = chance - np.concatenate([one.labels for one in chosen])
        error *= np.concatenate([one.weights for one in chosen]) / len(chosen)
        error = error.astype(np.float32)
        below = error[:, None] * out * (second > 0) * left
        return [seen.T @ below, second.T @ error, below.sum(axis=0), error.sum()[None]]

    @staticmethod
    def whole(parts, samples, mean, spread):
        """A network in whole numbers, each unit on a scale of its own."""
        inner, out, inner_bias, odds = parts
        inner = inner / spread[:, None]  # what is read is in whole numbers
        end = whole_end(inner.T, inner_bias - mean @ inner, out, np.zeros(1), odds)
        del end["skip"]
        return end
