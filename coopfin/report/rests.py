"""What an assumption rests on, short enough for a line of a table."""

from __future__ import annotations

from functools import lru_cache

from coopfin.display import words
from coopfin.evidence.sources import ASSUMPTION, read_source

DEFAULT = "the model's default"
OWN = "its own source"


@lru_cache(maxsize=4096)
def rests_on(text: str, longest: int = 90) -> str:
    """The strength of a source and its first fact; of an assumption its reason: ``primary source: SEC filing, 2021``."""
    if not text:
        return DEFAULT
    try:
        source = read_source(text)
    except ValueError:
        return words.shortened(f"{OWN}: {text}", longest)
    if source.is_assumption:
        reason = source.words.partition(ASSUMPTION)[2] or source.words
        return words.shortened(f"assumption: {reason.strip()}", longest)
    if not source.facts:
        return words.shortened(f"{OWN}: {text}", longest)
    fact = source.facts[0]
    more = f" and {len(source.facts) - 1} more" if len(source.facts) > 1 else ""
    return words.shortened(f"{source.strength}: {fact.source_title.split(':')[0]}, {fact.year}{more}", longest)
