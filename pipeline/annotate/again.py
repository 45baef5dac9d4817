"""The facts of a paragraph whose labels people have changed, found again from what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.annotate import facts, indicators
from pipeline.model import Configured, Fact, FactContext, Place, Units


def find(
    found: Sequence[Fact],
    text: str,
    context: FactContext,
    model_role: str,
    heading: str,
    place: Place,
    configured: Configured,
) -> tuple[Fact, ...]:
    """The facts by the labels that stand now, with their indicators; spans relative to ``text``.

    ``found`` are those by the model's labels, ``model_role`` the role that they were found by; ``context`` holds what
    stands now, settled where a person said the role. Where only the topic was changed, the facts stay and are linked
    anew.

    """
    if not context.is_settled:
        told = [_unlinked(fact) for fact in found]
    elif context.cells:
        told = _of_row(found, text, context, model_role, configured.units)
    else:
        told = list(facts.find(text, context, configured.units))
    return indicators.link(tuple(told), text, context.topic, heading, configured.indicators, configured.media, place)


def _unlinked(fact: Fact) -> Fact:
    return fact._replace(indicator=None, indicator_score=0.0, indicator_reason="", dimensions=())


def _of_row(found: Sequence[Fact], text: str, context: FactContext, model_role: str, units: Units) -> list[Fact]:
    """A table row's facts with the kinds that hang on the role; those that a column's head says stay.

    The head as the reader saw it is not kept, and the one told from the text may be less deep: so a kind changes only
    where the role alone decides it there, and where what was found agrees.
    """
    ahead, behind = (
        {fact.span.start: fact.kind for fact in facts.find(text, replace(context, role=role), units)}
        for role in ("plan", "achievement")
    )
    told = []
    for fact in found:
        at = fact.span.start
        hangs = (ahead.get(at), behind.get(at)) == ("target", "achieved") and fact.kind in ("target", "achieved")
        is_of_head = fact.kind == "target" and model_role != "plan"
        if hangs and not is_of_head:
            fact = fact._replace(kind="target" if context.role == "plan" else "achieved")
        told.append(_unlinked(fact))
    return told
