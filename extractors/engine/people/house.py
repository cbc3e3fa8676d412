"""What a site calls itself, which no author is made of. How names are read out of a line is told in `names`."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.engine.prose import key_of, unspaced

_TELLING = 5  # letters that a part of a name has more than


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a site calls itself, as keys (`key_of`): its names, the word of its host; and what else is no person there.

    `others` are its whole address and the page's section.
    """

    names: frozenset[str] = frozenset()
    host: str = ""
    others: frozenset[str] = frozenset()

    def is_called(self, name: str, *, person: bool, owned: bool) -> bool:
        """Tell whether a name is the outlet's: one word, or first name and surname as of a `person`.

        A person whom the page itself calls the author (`owned`) may have the outlet named after them.
        """
        key = key_of(name)
        if key in self.others and not owned:
            return True
        han = unspaced(name)
        if self.host and self._has_word_of(name, key, person, owned):
            return True
        long = len(key) > _TELLING
        same = any(key == s or s in key or (long and key in s) or (han and s.startswith(key)) for s in self.names)
        return same and not (owned and person and 2 <= len(name.split()) <= 3 and not name.isupper())

    def has_word(self, word: str) -> bool:
        """Tell a word that closes the outlet's name: "Gazette" of the Harbour Gazette."""
        key = key_of(word)
        return len(key) > 2 and any(name.endswith(key) for name in self.names)

    def _has_word_of(self, name: str, key: str, person: bool, owned: bool) -> bool:
        """Tell whether the word of the host speaks for the outlet."""
        host = self.host
        if not person:
            return key == host or (len(key) > _TELLING and key in host)
        first = name.partition(" ")[0]
        if first.isupper() and key_of(first) == host:
            return True  # initials and more: "SBN Travel" of sbn.example
        # the word and more: "Saltmouth Gazette" of gazette.example
        return not owned and len(host) > _TELLING and host in key and host != key


NOWHERE = Outlet()
