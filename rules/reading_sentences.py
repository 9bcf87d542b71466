"""Sentences with `{alias.attribute}` and `{$parameter}` in them; nothing in them is evaluated."""

from __future__ import annotations

import re

from rules.condition import Constant, Parameter, Reference, Term
from rules.facts import shown
from rules.nodes import Node
from rules.pack import Piece, Sentence
from rules.reading_scope import DOTTED, Scope

SLOT = re.compile(r"\{([^{}]*)\}")


def read_sentence(scope: Scope, node: Node | None) -> Sentence:
    """The text in pieces; a fault for every slot that names nothing, and for a lone brace."""
    text = " ".join(scope.word(node).split())
    pieces: list[Piece] = []
    at = 0
    for slot in SLOT.finditer(text):
        pieces.append(Piece(text=text[at : slot.start()]))
        pieces.append(Piece(term=_slot(scope, slot[1], node.line if node else 0)))
        at = slot.end()
    pieces.append(Piece(text=text[at:]))
    if node and any(brace in piece.text for piece in pieces for brace in "{}"):
        wanted = "braces stand around one name, as in `{objective.name}`"
        scope.fault(node.line, f"a brace that is opened or closed once too often; {wanted}")
    return tuple(piece for piece in pieces if piece.text or piece.term is not None)


def _slot(scope: Scope, inside: str, line: int) -> Term:
    term: Term = Constant(inside)
    slot = shown(f"{{{inside}}}")
    wrong = f"{slot} is neither `alias.attribute` of a pattern nor a `$parameter`"
    dotted = DOTTED.fullmatch(inside)
    if dotted:
        term = Reference(dotted[1], dotted[2])
        found = scope.named(term)
        wrong = found if isinstance(found, str) else ""
    elif inside.startswith("$"):
        term = Parameter(inside[1:])
        known = inside[1:] in scope.pack.parameters
        wrong = "" if known else scope.no_parameter(inside[1:])
    if wrong:
        scope.fault(line, wrong)
    return term
