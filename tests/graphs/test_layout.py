"""Positions of nodes and labels."""

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from pubcli.graphs.layout import Box, Place, Tie, label_places, places
from thoroughness import examples

FRAME = Box(0, 0, 300, 200)


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[Tie]]:
    count = draw(st.integers(1, 14))
    ends = st.integers(0, count - 1)
    ties = draw(st.lists(st.tuples(ends, ends, st.integers(1, 9).map(float)), max_size=25))
    return count, [tie for tie in ties if tie[0] != tie[1]]


@examples(40)
@given(networks())
def test_nodes_are_inside_the_square_and_apart(network: tuple[int, list[Tie]]) -> None:
    count, ties = network
    positions = places(count, ties)

    assert len(positions) == count
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in positions)
    assert all(hypot(x - u, y - v) > 0.001 for first, (x, y) in enumerate(positions) for u, v in positions[:first])
    assert places(count, ties) == positions


def test_connected_nodes_are_near_each_other() -> None:
    groups = [(0, 1, 2, 3), (4, 5, 6, 7)]
    ties = [(first, other, 3.0) for group in groups for first in group for other in group if first < other]
    positions = places(8, ties)

    def distance(first: int, other: int) -> float:
        return hypot(positions[first][0] - positions[other][0], positions[first][1] - positions[other][1])

    longest_inside = max(distance(first, other) for first, other, _ in ties)
    shortest_between = min(distance(first, other) for first in groups[0] for other in groups[1])
    assert longest_inside < shortest_between


labels = st.lists(
    st.tuples(
        st.tuples(st.floats(5, 295), st.floats(5, 195)),
        st.floats(1, 8),
        st.tuples(st.floats(5, 120), st.floats(8, 14)),
    ),
    max_size=25,
)


@given(labels)
def test_labels_overlap_neither_nodes_nor_each_other_nor_the_frame(
    labels_of_nodes: list[tuple[tuple[float, float], float, tuple[float, float]]],
) -> None:
    positions, radii, sizes = ([row[column] for row in labels_of_nodes] for column in (0, 1, 2))
    label_positions = label_places(positions, radii, sizes, FRAME)  # type: ignore[arg-type]

    boxes = []
    for number, place in enumerate(label_positions):
        if place is not None:
            width, height = sizes[number]  # type: ignore[misc]
            boxes.append((number, Box(place[0], place[1] - height, place[0] + width, place[1])))
    for index, (number, box) in enumerate(boxes):
        assert FRAME.left <= box.left + 1e-6
        assert box.right <= FRAME.right + 1e-6
        assert not any(box.overlaps(_shrunk(other)) for _, other in boxes[:index])
        nodes = [Box(x - r, y - r, x + r, y + r) for ((x, y), r, _) in labels_of_nodes]
        assert not any(_shrunk(box).overlaps(_shrunk(node)) for node in nodes[:number] + nodes[number + 1 :])


def _shrunk(box: Box) -> Box:
    return Box(box.left + 1e-6, box.top + 1e-6, box.right - 1e-6, box.bottom - 1e-6)


def test_a_single_label_is_right_of_its_node() -> None:
    assert label_places([(50, 50)], [4], [(30, 10)], FRAME) == [(56, 55)]


def test_a_label_is_placed_where_no_line_crosses_it() -> None:
    positions, sizes = [(150.0, 100.0), (290.0, 100.0), (10.0, 100.0)], [(30.0, 10.0), (1.0, 1.0), (1.0, 1.0)]
    assert label_places(positions, [4, 4, 4], sizes, FRAME, [(0, 1, 1.0)])[0] == (150 - 4 - 2 - 30, 105)
    assert label_places(positions, [4, 4, 4], sizes, FRAME, [(0, 1, 1.0), (0, 2, 1.0)])[0] == (
        150 - 15,
        100 + 4 + 2 + 10,
    )


@given(*[st.tuples(st.floats(0, 300), st.floats(0, 200))] * 2)
def test_a_box_is_crossed_if_a_point_of_the_line_is_inside_it(start: Place, end: Place) -> None:
    box = Box(100, 50, 200, 150)
    points = [tuple(a + (b - a) * part / 200 for a, b in zip(start, end, strict=True)) for part in range(201)]
    inside = any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)
    if inside:
        assert box.is_crossed(start, end)
    if not any(Box(97, 47, 203, 153).overlaps(Box(x, y, x, y)) for x, y in points):
        assert not box.is_crossed(start, end)


def test_nodes_keep_a_distance_from_the_edges_of_others() -> None:
    ties = [(hub, leaf, 1.0) for hub in (0, 1) for leaf in range(2, 12)]
    positions = places(12, ties)

    def distance(node: int, first: int, other: int) -> float:
        (x, y), (u, v), (w, z) = positions[node], positions[first], positions[other]
        part = min(1, max(0, ((x - u) * (w - u) + (y - v) * (z - v)) / hypot(w - u, z - v) ** 2))
        return hypot(x - u - part * (w - u), y - v - part * (z - v))

    assert min(distance(node, a, b) for a, b, _ in ties for node in range(12) if node not in (a, b)) > 0.02


def test_a_label_without_room_is_left_out() -> None:
    assert label_places([(50, 50)], [4], [(400, 10)], FRAME) == [None]


def test_a_network_without_people_has_an_empty_layout() -> None:
    assert places(0, []) == []
    assert label_places([], [], [], FRAME) == []
