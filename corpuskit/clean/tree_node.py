"""The shape of a node of an HTML tree, whichever parser made it."""

from collections.abc import Mapping
from typing import Protocol

TEXT = "-text"
"""The tag of a text node."""

TEXT_ID = 2
"""The number of a text node's tag."""


class Node(Protocol):
    """What the walk over a page asks of a node."""

    @property
    def tag(self) -> str | None:
        """The tag in lower case, `-text` for text."""

    @property
    def tag_id(self) -> int:
        """TEXT_ID for text; a number below 256 stands for one tag, others for none."""

    @property
    def first_child(self) -> "Node | None":
        """The first node inside, if any."""

    @property
    def next(self) -> "Node | None":
        """The next node under the same parent, if any."""

    @property
    def attributes(self) -> Mapping[str, str | None]:
        """Attributes of an element by name."""

    @property
    def text_content(self) -> str | None:
        """The text of a text node."""

    @property
    def is_empty_text_node(self) -> bool:
        """Whether a text node holds nothing but ASCII blanks, which is soon known."""
