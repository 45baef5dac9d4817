"""Paragraph → marks: words, role and topic, facts with their indicators, honours. Pure functions of text.

``mark.mark`` is the whole room in one pass; questions use single pieces (``words.cut``).
"""
