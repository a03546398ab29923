"""How two words are related by their senses: WordNet's, from a table that is read when it is first needed."""

from __future__ import annotations

from qa.wordnet.relation import Relation, are_opposites, base_form, is_known, related, relation_of

__all__ = ["Relation", "are_opposites", "base_form", "is_known", "related", "relation_of"]
