"""Our logistic regression minimises what scikit-learn's does."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from pipeline.learn import logistic


def test_it_finds_what_the_reference_finds():
    chance = np.random.default_rng(7)
    sparse = csr_matrix(chance.random((300, 80)) * (chance.random((300, 80)) < 0.1), dtype=np.float32)
    dense = chance.normal(size=(300, 12)).astype(np.float32)
    truth = (dense[:, :4] + 3 * sparse[:, :4].toarray() + chance.normal(size=(300, 4))).argmax(axis=1)
    weights = chance.choice([0.5, 1.0, 2.0], 300)
    ours = logistic.fit(logistic.Rows(sparse, dense), truth, 4, 0.7, weights)
    reference = LogisticRegression(C=0.7, fit_intercept=False, tol=1e-8, max_iter=2000)
    reference.fit(hstack([sparse, csr_matrix(dense)], format="csr"), truth, sample_weight=weights)
    assert np.abs(ours - reference.coef_.T).max() < 0.02
    assert np.abs(reference.coef_).max() > 0.5
