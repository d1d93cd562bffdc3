"""Compute the positions of nodes and labels in a picture of a network. Equal input always gives equal positions."""

from collections.abc import Sequence
from math import cos, hypot, pi, sin, sqrt
from typing import NamedTuple, TypeAlias

Place: TypeAlias = tuple[float, float]
"""A position: x and y. Larger values of y are further down."""
Tie: TypeAlias = tuple[int, int, float]
"""An edge: the numbers of two nodes, and the weight."""

_ROUNDS = 120
_GOLDEN = pi * (3 - sqrt(5))
"""The nodes start on a spiral. This golden angle between consecutive nodes keeps nodes from forming straight lines."""
_FAR = 2.5
"""Two nodes repel each other if their distance is at most this multiple of the ideal one, 1 / sqrt(number of nodes)."""
_GRAVITY = 0.25
"""Strength of the pull towards the centre. The pull keeps unconnected parts of the network together."""
_TINY = 1e-9
_CLEARINGS = 12
_CLEAR = 0.04
"""Distance that a node keeps from other nodes and edges if there is space. The square around all nodes has side 1."""
_GAPS = (2, 6)
"""Possible distances between a node and its label, in units of the picture. The first distance is tried first."""


class Box(NamedTuple):
    """A rectangle, defined by its upper left and lower right corners."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Return whether two rectangles have a point in common."""
        return not (
            self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        )

    def is_crossed(self, start: Place, end: Place) -> bool:
        """Return whether a line segment has a point in the rectangle (Liang and Barsky 1984)."""
        first, last = 0.0, 1.0
        for axis, low, high in (0, self.left, self.right), (1, self.top, self.bottom):
            length = end[axis] - start[axis]
            if abs(length) < _TINY:
                if not low <= start[axis] <= high:
                    return False
                continue
            enters, exits = sorted(((low - start[axis]) / length, (high - start[axis]) / length))
            first, last = max(first, enters), min(last, exits)
        return first <= last


def places(count: int, ties: Sequence[Tie]) -> list[Place]:
    """Return a position for each node, with x and y from 0 to 1.

    Positions result from simulated forces: nodes repel each other, and edges pull their nodes together (Fruchterman and
    Reingold 1991). The time grows with the square of the number of nodes.
    """
    at = [_start(number, count) for number in range(count)]
    ideal = 1 / sqrt(max(1, count))
    for round_number in range(_ROUNDS):
        moves = [[-x * _GRAVITY, -y * _GRAVITY] for x, y in at]
        _repel(at, moves, ideal)
        _attract(at, moves, ties, ideal)
        reach = 0.1 * (1 - round_number / _ROUNDS)
        at = [_moved(place, move, reach) for place, move in zip(at, moves, strict=True)]
    return _cleared(_into_square(at), ties, min(_CLEAR, ideal / 5))


def _start(number: int, count: int) -> Place:
    radius = sqrt((number + 0.5) / max(1, count)) / 2
    return radius * cos(number * _GOLDEN), radius * sin(number * _GOLDEN)


def _repel(at: Sequence[Place], moves: list[list[float]], ideal: float) -> None:
    """Push close nodes apart. The forces are added to `moves`.

    Distant nodes do not repel each other. Otherwise, unconnected parts of the network would move to the borders.
    """
    reach = (_FAR * ideal) ** 2
    for node, (x, y) in enumerate(at):
        for neighbour in range(node):
            dx, dy = x - at[neighbour][0], y - at[neighbour][1]
            square = dx * dx + dy * dy
            if square > reach:
                continue
            force = ideal * ideal / max(square, 1e-6)
            moves[node][0] += dx * force
            moves[node][1] += dy * force
            moves[neighbour][0] -= dx * force
            moves[neighbour][1] -= dy * force


def _attract(at: Sequence[Place], moves: list[list[float]], ties: Sequence[Tie], ideal: float) -> None:
    for source, target, weight in ties:
        dx, dy = at[source][0] - at[target][0], at[source][1] - at[target][1]
        force = hypot(dx, dy) / ideal * min(3.0, 1 + weight / 4)
        for node, sign in ((source, -1), (target, 1)):
            moves[node][0] += sign * dx * force
            moves[node][1] += sign * dy * force


def _moved(place: Place, move: Sequence[float], reach: float) -> Place:
    length = hypot(*move)
    part = min(1.0, reach / length) if length else 0.0
    return place[0] + move[0] * part, place[1] + move[1] * part


def _into_square(at: Sequence[Place]) -> list[Place]:
    spans = []
    for axis in (0, 1):
        values = [place[axis] for place in at]
        low, high = min(values, default=0.0), max(values, default=0.0)
        spans.append((low, high - low))
    return [
        tuple((place[axis] - low) / span if span else 0.5 for axis, (low, span) in enumerate(spans))  # type: ignore[misc]
        for place in at
    ]


def _cleared(at: list[Place], ties: Sequence[Tie], clear: float) -> list[Place]:
    """Move each node away from other nodes and from edges between other nodes.

    An edge that is too close to a node would seem to end at this node.
    """
    for _ in range(_CLEARINGS):
        for node, place in enumerate(at):
            ends = [(start, end) for start, end, _ in ties if node not in (start, end)]
            ends += [(end, end) for end in range(len(at)) if end != node]
            for start, end in ends:
                place = _moved_away(place, at[start], at[end], clear)
            at[node] = min(1.0, max(0.0, place[0])), min(1.0, max(0.0, place[1]))
    return at


def _moved_away(place: Place, start: Place, end: Place, clear: float) -> Place:
    """Return the position of a node after it is moved away from the line segment between `start` and `end`.

    If the distance from the segment is less than `clear`, the node moves by half of the difference. Otherwise, it does
    not move. If `start` and `end` are equal, the segment is a point.
    """
    along = end[0] - start[0], end[1] - start[1]
    square = along[0] ** 2 + along[1] ** 2
    part = ((place[0] - start[0]) * along[0] + (place[1] - start[1]) * along[1]) / square if square else 0.0
    part = min(1.0, max(0.0, part))
    away = place[0] - start[0] - part * along[0], place[1] - start[1] - part * along[1]
    missing = clear - hypot(*away)
    if missing <= 0:
        return place
    if hypot(*away) < _TINY:  # the position is on the line, so both sides are equally good
        away = (-along[1], along[0]) if hypot(*along) > _TINY else (1.0, 0.0)
    step = missing / 2 / hypot(*away)
    return place[0] + away[0] * step, place[1] + away[1] * step


def label_places(
    at: Sequence[Place], radii: Sequence[float], sizes: Sequence[Place], frame: Box, ties: Sequence[Tie] = ()
) -> list[Place | None]:
    """Return the position of the lower left corner of each label. Return None for a label that has no space.

    `at` are the positions of the nodes, and `radii` the sizes of their circles. `sizes` are the widths and heights of
    the labels. All of these numbers are in the same unit, and so is the result. Labels stay inside the frame.
    A label does not overlap other labels or other nodes. Labels are placed one after the other. Each label is placed
    where the fewest edges cross it.
    """
    lines = [(at[source], at[target]) for source, target, _ in ties]
    occupied = [Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(at, radii, strict=True)]
    positions: list[Place | None] = []
    for number, ((x, y), radius, size) in enumerate(zip(at, radii, sizes, strict=True)):
        boxes = (box for gap in _GAPS for box in _beside(x, y, radius + gap, *size))
        free = [box for box in boxes if _is_free(box, occupied, number, frame)]
        box = _least_crossed(free, lines) if free else None
        positions.append(box and (box.left, box.bottom))
        if box:
            occupied.append(box)
    return positions


def _least_crossed(boxes: Sequence[Box], lines: Sequence[tuple[Place, Place]]) -> Box:
    """Return the rectangle that is crossed by the fewest segments. Of several such rectangles, return the first."""
    left, top, right, bottom = zip(*boxes, strict=True)
    around = Box(min(left), min(top), max(right), max(bottom))
    near = [line for line in lines if around.is_crossed(*line)]
    return min(boxes, key=lambda box: sum(box.is_crossed(*line) for line in near))


def _beside(x: float, y: float, gap: float, width: float, height: float) -> list[Box]:
    """Return possible rectangles for the label of a node at the position `x`, `y`. The best rectangles come first.

    First come rectangles to the right and left of the node, below it and above it. Then come rectangles at its four
    corners, for example on the lower right. The last rectangles are between these places.
    """
    right, left = x + gap, x - gap - width
    low, high, middle = y + gap, y - gap - height, y - height / 2
    corners = [(right, middle), (left, middle), (x - width / 2, low), (x - width / 2, high)]
    corners += [(right, low - gap), (right, high + gap), (left, low - gap), (left, high + gap)]
    corners += [(x - width * part, top) for part in (0.35, 0.65, 0.2, 0.8, 0, 1) for top in (low, high)]
    corners += [(side, y - height * part) for part in (0.2, 0.8) for side in (right, left)]
    return [Box(at, top, at + width, top + height) for at, top in corners]


def _is_free(box: Box, occupied: Sequence[Box], node: int, frame: Box) -> bool:
    inside = box.left >= frame.left and box.right <= frame.right and box.top >= frame.top and box.bottom <= frame.bottom
    return inside and not any(box.overlaps(other) for number, other in enumerate(occupied) if number != node)
