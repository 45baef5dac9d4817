"""Labelled texts in, a model of roles and topics out; and how good it is. Never at run time."""
