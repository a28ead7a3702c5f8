"""Sizes as people write them: `500k`, `32M`, `1.5G`, or a number of bytes."""

import re
from typing import Any

import click

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.I)
_UNITS = "kmgt"


class Size(click.ParamType):
    """A number of bytes; k, M, G and T are powers of 1,024."""

    name = "size"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """The number of bytes.

        Raises:
            click.BadParameter: it is no size, or nothing would fit.
        """
        match = _SIZE.fullmatch(str(value).strip())
        unit = match[2].lower() if match else ""
        power = _UNITS.index(unit) + 1 if unit else 0
        n_bytes = int(float(match[1]) * 1024**power) if match else 0
        if n_bytes < 1:
            self.fail(f"{value!r} is no size: give one such as 500k, 32M or 2G", param)
        return n_bytes
