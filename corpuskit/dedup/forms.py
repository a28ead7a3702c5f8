"""Forms: texts that are filled into the same pattern, and no copies of each other.

Copies of one text lose and change different places of it: how many of them have a
shingle varies from one shingle to the next. Texts of one form have its shingles all of
them, and what is filled in nearly always alone.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Keys
from corpuskit.dedup.shingles import NONE, Shingler

Shares = npt.NDArray[np.float64]

LEAST_TEXTS, MOST_TEXTS = 6, 24
"""So many texts show whether they are a form; fewer do not, more need not be seen."""
# What nearly all have, and what hardly any other has, as shares of the texts.
_COMMON, _RARE = 0.8, 0.2
_FILLED, _BETWEEN = 0.15, 0.25


def is_form(keys: Keys) -> bool:
    """Whether these texts, which are alike, are a form filled in differently.

    What stands before and after all that is common does not count: frames of sites
    around one text make no form of it.
    """
    filled, between = form_shares(keys).T
    return bool((filled >= _FILLED).all() and between.mean() <= _BETWEEN)


def form_shares(keys: Keys) -> Shares:
    """For each text, between its first and last common shingle, two shares.

    Returns:
        (texts, 2): of shingles that hardly any other text has, and of those that some
        others have, but not nearly all.
    """
    hashes = Shingler().hashes(keys)
    parts = [part[part != NONE] for part in np.split(hashes, np.cumsum(keys.counts))]
    texts = parts[:-1]
    distinct = [np.unique(text, return_index=True)[0] for text in texts]
    known, counts = np.unique(np.concatenate(distinct), return_counts=True)
    common = counts >= min(_COMMON * len(texts), len(texts) - 1)
    rare = counts <= max(_RARE * len(texts), 1)
    shares = np.zeros((len(texts), 2))
    for number, text in enumerate(texts):
        places = np.searchsorted(known, text)
        found = np.flatnonzero(common[places])
        if len(found):
            inside = places[found[0] : found[-1] + 1]
            filled = rare[inside].mean()
            shares[number] = filled, 1 - filled - common[inside].mean()
    return shares
