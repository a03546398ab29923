"""The model of rewordings is fitted from a file of pairs, and says how it does on those held out."""

from __future__ import annotations

import json
import logging

import pytest

from eval.fit_rewording import PAIRS, fit, load_pairs
from qa.rewording import COEFFICIENTS, FEATURES, fitted_rewording


def test_fitting_writes_a_model_that_tells_the_pairs_held_out(tmp_path, caplog):
    pairs = load_pairs(PAIRS)
    with caplog.at_level(logging.INFO):
        fit(pairs, tmp_path / "rewording.json")
    stored = json.loads((tmp_path / "rewording.json").read_text())
    assert set(stored["weights"]) == set(FEATURES)
    assert 0 < stored["same"] < stored["different"] < 1
    assert "held out" in caplog.text
    again, kept = fitted_rewording(tmp_path / "rewording.json"), fitted_rewording(COEFFICIENTS)
    assert again.weights == pytest.approx(kept.weights, rel=0.1)
