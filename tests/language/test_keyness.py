"""Which phrases characterise a set of papers."""

from collections.abc import Sequence

from pubcli.language.keyness import ReferenceCorpus, rank_by_keyness
from pubcli.language.postings import Postings

COMMON = "We study upper bounds of an objective function."


def topics(abstracts: Sequence[str]) -> list[str]:
    """Return the keys of the phrases that characterise papers with these abstracts, the best first."""
    postings = Postings()
    for abstract in abstracts:
        postings.add("", abstract)
    phrases = postings.occurrences()
    counts = {phrase.stems: len(phrase.papers) for phrase in phrases}
    return [phrase.key for phrase, _ in rank_by_keyness(phrases, counts, len(abstracts), ReferenceCorpus())]


def test_phrases_of_mostly_the_same_papers_that_share_a_word_are_one_topic() -> None:
    keys = topics(["Privacy games. Privacy audits."] * 4 + ["Privacy games."])
    assert sum("privacy" in key for key in keys) == 1


def test_phrases_of_other_papers_are_separate_topics() -> None:
    assert topics(["Sleep spindles."] * 4 + ["Sleep apnoea."] * 4) == ["sleepapnoea", "sleepspindle"]


def test_mathematics_of_any_paper_ranks_below_what_is_characteristic() -> None:
    keys = topics([f"{COMMON} Diffusion attribution."] * 6)
    assert keys[0] == "diffusionattribution"


def test_of_equally_frequent_phrases_the_one_with_a_frequent_word_ranks_higher() -> None:
    keys = topics(["Ganglion cells. Peak floods."] * 2 + ["Floods."] * 8)
    assert keys.index("peakflood") < keys.index("ganglioncell")
