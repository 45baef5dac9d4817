"""The first step's two layers: the same each time, more than a sum of words, silent on what nobody showed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pipeline.annotate import classify
from pipeline.learn import layers

ROLES, TOPICS = 3, 3  # the last of each has no example


@pytest.fixture(scope="module")
def paragraphs():
    """Two words, 400 paragraphs: the role is whether just one of the words stands there, the topic which."""
    words = np.random.default_rng(1).integers(0, 2, (400, 2))
    matrix = csr_matrix((words * 2.0).astype(np.float32))
    return matrix, [words[:, 0] ^ words[:, 1], words[:, 0]]


def learned(paragraphs):
    matrix, truths = paragraphs
    return layers.learn(matrix, truths, (ROLES, TOPICS), np.ones(matrix.shape[0]))


def said(matrix, inner, outer):
    units = classify.heard(matrix @ inner[:-1] + inner[-1], ROLES)
    return (units @ outer[:-1] + outer[-1]).argmax(axis=1)


def test_words_that_mean_something_only_together_are_learned(paragraphs):
    matrix, truths = paragraphs
    inner, outers = learned(paragraphs)
    for outer, truth in zip(outers, truths, strict=True):
        assert (said(matrix, inner, outer) == truth).mean() > 0.95


def test_the_same_texts_make_the_same_layers(paragraphs):
    one, other = learned(paragraphs), learned(paragraphs)
    assert np.array_equal(one[0], other[0])
    assert all(np.array_equal(mine, theirs) for mine, theirs in zip(one[1], other[1], strict=True))


def test_a_name_without_an_example_is_never_said(paragraphs):
    inner, outers = learned(paragraphs)
    anything = csr_matrix(np.random.default_rng(2).standard_normal((200, 2)).astype(np.float32))
    for outer in outers:
        assert 2 not in said(anything, inner, outer)


def test_a_paragraph_without_a_label_teaches_nothing(paragraphs):
    matrix, (roles, topics) = paragraphs
    wrong = np.where(np.arange(400) < 100, 1 - topics, topics)
    hidden = np.where(np.arange(400) < 100, -1, wrong)
    inner, outers = layers.learn(matrix, [roles, hidden], (ROLES, TOPICS), np.ones(400))
    assert (said(matrix, inner, outers[1]) == topics).mean() > 0.95
