"""The page as it is read: text running to the right, the origin at the top left corner, y downwards, lengths in points.

"As it is read" is decided by the direction in which most of the text runs, so a landscape page reads the same whether
its producer turned the sheet (``/Rotate``), the drawing, or nothing.
"""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own coordinates; left, top, right, bottom in those of reading."""


class Upright:
    """Turns the page's own coordinates (y upwards) into those of reading (y downwards), text running to the right."""

    def __init__(self, turn: int, box: Box) -> None:
        left, bottom, right, top = box
        self.turn = turn
        self.width, self.height = right - left, top - bottom
        if turn % 2:
            self.width, self.height = self.height, self.width
        self._corner = ((left, top), (left, bottom), (right, bottom), (right, top))[turn]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is read."""
        cx, cy = self._corner
        match self.turn:
            case 0:
                return x - cx, cy - y
            case 1:
                return y - cy, x - cx
            case 2:
                return cx - x, y - cy
            case _:
                return cy - y, cx - x
