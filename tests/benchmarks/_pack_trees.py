"""Turns trees fitted by LightGBM into the arrays that corpuskit.clean.trees reads.

Fit with at most 32 leaves a tree, `use_missing=False` and a binary or cross-entropy
objective.
"""

import numpy as np

from corpuskit.clean.trees import MAX_LEAVES


def pack(booster):
    """The arrays of a fitted lightgbm.Booster, ready for numpy.savez_compressed."""
    splits, start, leaves, bias = [], [], [], 0.0
    for tree in booster.dump_model()["tree_info"]:
        structure = tree["tree_structure"]
        if "split_feature" not in structure:
            bias += structure["leaf_value"]
            continue
        values, found = [], []
        _walk(structure, values, found)
        if len(values) > MAX_LEAVES:
            raise ValueError(f"{len(values)} leaves in a tree, {MAX_LEAVES} allowed")
        start.append(len(splits))
        splits += found
        leaves.append(values + [0.0] * (MAX_LEAVES - len(values)))
    return {
        "feature": np.array([s[0] for s in splits], np.int16),
        "threshold": np.array([_below(s[1]) for s in splits], np.float32),
        "mask": np.array([s[2] for s in splits], np.uint32),
        "start": np.array(start, np.int32),
        "leaf": np.array(leaves, np.float32),
        "bias": np.array([bias], np.float64),
    }


def _walk(node, values, found):
    """Number of leaves under a node; leaves and splits are appended left to right."""
    if "split_feature" not in node:
        values.append(node["leaf_value"])
        return 1
    first = len(values)
    n_left = _walk(node["left_child"], values, found)
    gone = ((1 << n_left) - 1) << first
    found.append((node["split_feature"], node["threshold"], 0xFFFFFFFF & ~gone))
    return n_left + _walk(node["right_child"], values, found)


def _below(threshold):
    """The largest float32 that is not above a threshold: the same rows stay left."""
    value = np.float32(threshold)
    return np.nextafter(value, np.float32(-np.inf)) if value > threshold else value
