"""Sizes as people write them: `500k`, `32M`, `1.5G`, or a number of bytes."""

import re

import click

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.I)
_UNITS = "kmgt"


def to_size(
    ctx: click.Context | None, param: click.Parameter | None, value: str | None
) -> int | None:
    """The bytes that an option names; k, M, G and T are powers of 1,024.

    Raises:
        click.BadParameter: it is no size, or nothing would fit.
    """
    if value is None:
        return None
    match = _SIZE.fullmatch(value.strip())
    unit = match[2].lower() if match else ""
    power = _UNITS.index(unit) + 1 if unit else 0
    n_bytes = int(float(match[1]) * 1024**power) if match else 0
    if n_bytes < 1:
        problem = f"{value!r} is no size: give one such as 500k, 32M or 2G"
        raise click.BadParameter(problem, ctx, param)
    return n_bytes
