"""Find the arXiv classes that a category code on a page, or the name of a category, may mean.

A page shows the last part of an arXiv class, in capitals: `LG` for cs.LG, `MTRL-SCI` for cond-mat.mtrl-sci.
Several archives share some of these parts, so a code may match one class, several classes or no class.
The names of the classes come from https://arxiv.org/category_taxonomy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from pubcli.lazy import re

NAMES: Mapping[str, str] = {
    "astro-ph.CO": "Cosmology and Nongalactic Astrophysics",
    "astro-ph.EP": "Earth and Planetary Astrophysics",
    "astro-ph.GA": "Astrophysics of Galaxies",
    "astro-ph.HE": "High Energy Astrophysical Phenomena",
    "astro-ph.IM": "Instrumentation and Methods for Astrophysics",
    "astro-ph.SR": "Solar and Stellar Astrophysics",
    "cond-mat.dis-nn": "Disordered Systems and Neural Networks",
    "cond-mat.mes-hall": "Mesoscale and Nanoscale Physics",
    "cond-mat.mtrl-sci": "Materials Science",
    "cond-mat.other": "Other Condensed Matter",
    "cond-mat.quant-gas": "Quantum Gases",
    "cond-mat.soft": "Soft Condensed Matter",
    "cond-mat.stat-mech": "Statistical Mechanics",
    "cond-mat.str-el": "Strongly Correlated Electrons",
    "cond-mat.supr-con": "Superconductivity",
    "cs.AI": "Artificial Intelligence",
    "cs.AR": "Hardware Architecture",
    "cs.CC": "Computational Complexity",
    "cs.CE": "Computational Engineering, Finance, and Science",
    "cs.CG": "Computational Geometry",
    "cs.CL": "Computation and Language",
    "cs.CR": "Cryptography and Security",
    "cs.CV": "Computer Vision and Pattern Recognition",
    "cs.CY": "Computers and Society",
    "cs.DB": "Databases",
    "cs.DC": "Distributed, Parallel, and Cluster Computing",
    "cs.DL": "Digital Libraries",
    "cs.DM": "Discrete Mathematics",
    "cs.DS": "Data Structures and Algorithms",
    "cs.ET": "Emerging Technologies",
    "cs.FL": "Formal Languages and Automata Theory",
    "cs.GL": "General Literature",
    "cs.GR": "Graphics",
    "cs.GT": "Computer Science and Game Theory",
    "cs.HC": "Human-Computer Interaction",
    "cs.IR": "Information Retrieval",
    "cs.IT": "Information Theory",
    "cs.LG": "Machine Learning",
    "cs.LO": "Logic in Computer Science",
    "cs.MA": "Multiagent Systems",
    "cs.MM": "Multimedia",
    "cs.MS": "Mathematical Software",
    "cs.NA": "Numerical Analysis",
    "cs.NE": "Neural and Evolutionary Computing",
    "cs.NI": "Networking and Internet Architecture",
    "cs.OH": "Other Computer Science",
    "cs.OS": "Operating Systems",
    "cs.PF": "Performance",
    "cs.PL": "Programming Languages",
    "cs.RO": "Robotics",
    "cs.SC": "Symbolic Computation",
    "cs.SD": "Sound",
    "cs.SE": "Software Engineering",
    "cs.SI": "Social and Information Networks",
    "cs.SY": "Systems and Control",
    "econ.EM": "Econometrics",
    "econ.GN": "General Economics",
    "econ.TH": "Theoretical Economics",
    "eess.AS": "Audio and Speech Processing",
    "eess.IV": "Image and Video Processing",
    "eess.SP": "Signal Processing",
    "eess.SY": "Systems and Control",
    "gr-qc": "General Relativity and Quantum Cosmology",
    "hep-ex": "High Energy Physics - Experiment",
    "hep-lat": "High Energy Physics - Lattice",
    "hep-ph": "High Energy Physics - Phenomenology",
    "hep-th": "High Energy Physics - Theory",
    "math-ph": "Mathematical Physics",
    "math.AC": "Commutative Algebra",
    "math.AG": "Algebraic Geometry",
    "math.AP": "Analysis of PDEs",
    "math.AT": "Algebraic Topology",
    "math.CA": "Classical Analysis and ODEs",
    "math.CO": "Combinatorics",
    "math.CT": "Category Theory",
    "math.CV": "Complex Variables",
    "math.DG": "Differential Geometry",
    "math.DS": "Dynamical Systems",
    "math.FA": "Functional Analysis",
    "math.GM": "General Mathematics",
    "math.GN": "General Topology",
    "math.GR": "Group Theory",
    "math.GT": "Geometric Topology",
    "math.HO": "History and Overview",
    "math.IT": "Information Theory",
    "math.KT": "K-Theory and Homology",
    "math.LO": "Logic",
    "math.MG": "Metric Geometry",
    "math.MP": "Mathematical Physics",
    "math.NA": "Numerical Analysis",
    "math.NT": "Number Theory",
    "math.OA": "Operator Algebras",
    "math.OC": "Optimization and Control",
    "math.PR": "Probability",
    "math.QA": "Quantum Algebra",
    "math.RA": "Rings and Algebras",
    "math.RT": "Representation Theory",
    "math.SG": "Symplectic Geometry",
    "math.SP": "Spectral Theory",
    "math.ST": "Statistics Theory",
    "nlin.AO": "Adaptation and Self-Organizing Systems",
    "nlin.CD": "Chaotic Dynamics",
    "nlin.CG": "Cellular Automata and Lattice Gases",
    "nlin.PS": "Pattern Formation and Solitons",
    "nlin.SI": "Exactly Solvable and Integrable Systems",
    "nucl-ex": "Nuclear Experiment",
    "nucl-th": "Nuclear Theory",
    "physics.acc-ph": "Accelerator Physics",
    "physics.ao-ph": "Atmospheric and Oceanic Physics",
    "physics.app-ph": "Applied Physics",
    "physics.atm-clus": "Atomic and Molecular Clusters",
    "physics.atom-ph": "Atomic Physics",
    "physics.bio-ph": "Biological Physics",
    "physics.chem-ph": "Chemical Physics",
    "physics.class-ph": "Classical Physics",
    "physics.comp-ph": "Computational Physics",
    "physics.data-an": "Data Analysis, Statistics and Probability",
    "physics.ed-ph": "Physics Education",
    "physics.flu-dyn": "Fluid Dynamics",
    "physics.gen-ph": "General Physics",
    "physics.geo-ph": "Geophysics",
    "physics.hist-ph": "History and Philosophy of Physics",
    "physics.ins-det": "Instrumentation and Detectors",
    "physics.med-ph": "Medical Physics",
    "physics.optics": "Optics",
    "physics.plasm-ph": "Plasma Physics",
    "physics.pop-ph": "Popular Physics",
    "physics.soc-ph": "Physics and Society",
    "physics.space-ph": "Space Physics",
    "q-bio.BM": "Biomolecules",
    "q-bio.CB": "Cell Behavior",
    "q-bio.GN": "Genomics",
    "q-bio.MN": "Molecular Networks",
    "q-bio.NC": "Neurons and Cognition",
    "q-bio.OT": "Other Quantitative Biology",
    "q-bio.PE": "Populations and Evolution",
    "q-bio.QM": "Quantitative Methods",
    "q-bio.SC": "Subcellular Processes",
    "q-bio.TO": "Tissues and Organs",
    "q-fin.CP": "Computational Finance",
    "q-fin.EC": "Economics",
    "q-fin.GN": "General Finance",
    "q-fin.MF": "Mathematical Finance",
    "q-fin.PM": "Portfolio Management",
    "q-fin.PR": "Pricing of Securities",
    "q-fin.RM": "Risk Management",
    "q-fin.ST": "Statistical Finance",
    "q-fin.TR": "Trading and Market Microstructure",
    "quant-ph": "Quantum Physics",
    "stat.AP": "Applications",
    "stat.CO": "Computation",
    "stat.ME": "Methodology",
    "stat.ML": "Machine Learning",
    "stat.OT": "Other Statistics",
    "stat.TH": "Statistics Theory",
}
"""The names of all classes in use. The six aliases are included, because pages may show codes of aliases."""

ALIASES: Mapping[str, str] = {
    "cs.NA": "math.NA",
    "cs.SY": "eess.SY",
    "math.IT": "cs.IT",
    "math.MP": "math-ph",
    "q-fin.EC": "econ.GN",
    "stat.TH": "math.ST",
}
"""The class that arXiv uses for each alias."""


@lru_cache(maxsize=1_000)
def classes(code: str) -> tuple[str, ...]:
    """Return the arXiv classes that a category code may mean, in alphabetical order.

    If the code is unknown, return an empty tuple. arXiv has two names for six classes (`ALIASES`). Only one of the two
    names is returned: math.NA, never cs.NA.
    """
    return _by_code().get(code.lower(), ())


@cache
def ambiguous() -> frozenset[str]:
    """Return the category codes, in capitals, that may mean several arXiv classes."""
    return frozenset(code.upper() for code, candidates in _by_code().items() if len(candidates) > 1)


def meaning(candidates: Sequence[str]) -> str | None:
    """Return what a category code means in words. `candidates` are the arXiv classes that the code may mean.

    For cs.LG alone, return `Machine Learning`. For math.AP and stat.AP, return `Analysis of PDEs (math.AP) or
    Applications (stat.AP)`. Return None if there are no candidates, or if the only candidate is not in `NAMES`.
    """
    if len(candidates) < 2:
        return NAMES.get(candidates[0]) if candidates else None
    *others, last = (f"{NAMES.get(name, 'unknown')} ({name})" for name in candidates)
    return f"{', '.join(others)} or {last}"


_SHORTEST_PART = 3
"""Minimum length of a part of a name; a shorter text is an unknown code."""


def current_class(name: str) -> str:
    """Return the name that arXiv uses for a class, in any case: math.NA for cs.na. Return an unknown name unchanged."""
    written = _by_folded_class().get(name.lower(), name)
    return ALIASES.get(written, written)


def selected_classes(text: str) -> tuple[str, ...]:
    """Return the classes that a class such as cs.LG, or the name of a category, selects; empty for a category code.

    A name may be shortened to a part of it if only one category has a name with this part. Several classes may have the
    same name: cs.LG and stat.ML are both Machine Learning.
    """
    if "." in text and text.lower() in _by_folded_class():
        return (current_class(text),)
    names = matching_names(text)
    if len(names) != 1:
        return ()
    return tuple(sorted({ALIASES.get(class_, class_) for class_, name in NAMES.items() if name == names[0]}))


def matching_names(text: str) -> tuple[str, ...]:
    """Return the names of categories that equal a text, or else the names that contain the text at the start of a word.

    Case is ignored. Return an empty tuple if the text is a category code, such as LG, or looks like a code.
    """
    folded = " ".join(text.lower().split())
    if not folded or classes(folded):
        return ()
    names = sorted(set(NAMES.values()))
    if len(folded) < _SHORTEST_PART:
        return ()
    part = re.compile(rf"(?<!\w){re.escape(folded)}", re.IGNORECASE)
    return tuple(name for name in names if name.lower() == folded) or tuple(filter(part.search, names))


@cache
def _by_folded_class() -> Mapping[str, str]:
    return {name.lower(): name for name in NAMES}


@cache
def _by_code() -> Mapping[str, tuple[str, ...]]:
    by_code: dict[str, set[str]] = {}
    for name in NAMES:
        by_code.setdefault(name.rpartition(".")[2].lower(), set()).add(ALIASES.get(name, name))
    return {code: tuple(sorted(candidates)) for code, candidates in by_code.items()}
