"""Damage the lines of a page as careless copying and pasting does; each function changes `lines` in place."""

from collections.abc import Callable
from random import Random

PASTED = ("\u00a0", "\ufeff", "\u200b", " ", "\t", "\u202f")


def drop(lines: list[str], random: Random) -> None:
    del lines[random.randrange(len(lines))]


def double(lines: list[str], random: Random) -> None:
    index = random.randrange(len(lines))
    lines.insert(index, lines[index])


def swap(lines: list[str], random: Random) -> None:
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]


def cut(lines: list[str], random: Random) -> None:
    index = random.randrange(len(lines))
    lines[index] = lines[index][: random.randrange(len(lines[index]) + 1)]


def glue(lines: list[str], random: Random) -> None:
    index = random.randrange(max(1, len(lines) - 1))
    lines[index : index + 2] = ["".join(lines[index : index + 2])]


def add_blank(lines: list[str], random: Random) -> None:
    lines.insert(random.randrange(len(lines) + 1), random.choice(["", " ", "\t", "\u00a0"]))


def remove_blanks(lines: list[str], random: Random) -> None:
    lines[:] = [line for line in lines if line or random.random() < 0.5]


def paste(lines: list[str], random: Random) -> None:
    index = random.randrange(len(lines))
    position = random.choice([0, len(lines[index]), random.randrange(len(lines[index]) + 1)])
    lines[index] = lines[index][:position] + random.choice(PASTED) + lines[index][position:]


def scramble(lines: list[str], random: Random) -> None:
    index = random.randrange(len(lines))
    lines[index] += "".join(
        chr(random.choice([random.randrange(1, 0xD800), random.randrange(0xE000, 0x11000)])) for _ in range(5)
    )


MUTATIONS: tuple[Callable[[list[str], Random], None], ...] = (
    drop, double, swap, cut, glue, add_blank, remove_blanks, paste, scramble,
)  # fmt: skip
