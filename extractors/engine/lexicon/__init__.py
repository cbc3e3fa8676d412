"""How newspapers label what is not the story: phrases as data, one TOML file a language.

Adding a language is adding a file; its format is told at the head of `en.toml`. What is looked up is a line folded by
`fold_line`. No line of input makes a look-up slow, nor do many phrases: `phrases` tells how. `lookup` is what a lexicon
says of a line, in `hits`; `building` makes one of a language's file.
"""

from __future__ import annotations

from extractors.engine.lexicon.building import lexicon_for
from extractors.engine.lexicon.hits import Said, Wording, wording_among
from extractors.engine.lexicon.lookup import LONGEST_SPEECH, Lexicon

__all__ = ["LONGEST_SPEECH", "Lexicon", "Said", "Wording", "lexicon_for", "wording_among"]
