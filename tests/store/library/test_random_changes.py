"""Random sequences of changes leave a sound library, and undo takes each of them back.

`pytest tests/soak -m soak -k sequences --seconds 600` runs as many sequences as the time allows, and kills each.
"""

import pytest

from library_changes import Sequence
from pubcli.store.library import library_file
from thoroughness import repetitions


@pytest.mark.parametrize("seed", [*range(repetitions(40)), 5132, 6039, 7096])  # the last three have lost a key
def test_a_library_stays_sound_and_complete_through_random_changes(seed: int) -> None:
    sequence = Sequence(library_file.in_memory(), seed)
    for step, _ in enumerate(sequence.run()):
        if step % 4 == 3:
            sequence.verify()
    sequence.undo_all()
    sequence.verify()
