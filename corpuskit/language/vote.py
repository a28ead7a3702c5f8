"""The vote of the engines on a text that its script does not decide."""

import numpy as np

from corpuskit.language import profiles


def vote(text: str, script: str) -> tuple[str, float]:
    """The language of a text in this script, and how likely it is right."""
    table = profiles.load()
    scores, n_known = table.score(text)
    if not n_known:
        return "und", 0.0
    best = int(np.argmax(scores))
    # Neighbouring n-grams say much the same: a fifth of their weight is calibrated.
    scale = min(n_known, 200) * 0.2 / n_known
    score = 1.0 / float(np.exp((scores - scores[best]) * scale).sum())
    return table.languages[best], score
