"""Fits the scales of src/safety/verdict.rs: a logistic regression over the development sets.

    cat ../tests/development/*.jsonl > both.jsonl
    ventanilla intents classify --explain < texts > explained.jsonl     (texts: the "text" of each line of both.jsonl)
    python3 fit_danger.py explained.jsonl both.jsonl

Run it once with the sentence encoder and once with --words-alone; it prints the weights in the order of `Scale`, and
what each threshold would cost (ten-fold). Needs numpy and scikit-learn.
"""

import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

DANGERS = {"emergency.immediate", "crisis.self_harm", "crisis.violence"}
STRENGTH = {"hint": 1, "likely": 2, "certain": 3}
# What `around` is at the least (LEAST of nearest.rs), about.
ODDLESS = -11.0


def odds(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return np.log(p / (1 - p))


def features(evidence, encoder):
    idioms = [s["span"] for s in evidence["signs"] if s["weight"] == "idiom"]

    def covered(span):
        return any(i["start"] <= span["start"] and span["end"] <= i["end"] for i in idioms)

    live = [s for s in evidence["signs"] if s["weight"] != "idiom" and not covered(s["span"])]
    strongest = max((STRENGTH[s["weight"]] for s in live), default=0)
    # A message without letters has no vector, also where there is an encoder: nothing around it tells of danger.
    known = evidence["around"] is not None
    vectors = [odds(evidence["semantic"]), evidence["around"]] if known else [odds(0.0), ODDLESS] if encoder else []
    return [odds(evidence["lexical"]), *vectors, *(strongest == n for n in (1, 2, 3)), bool(idioms)]


def main(explained, labelled):
    evidence = [json.loads(line)["explanation"]["danger"] for line in open(explained)]
    dangerous = np.array([json.loads(line)["intent"] in DANGERS for line in open(labelled)])
    encoder = any(one["around"] is not None for one in evidence)
    x = np.array([features(one, encoder) for one in evidence], float)
    folds = StratifiedKFold(10, shuffle=True, random_state=1)
    scores = cross_val_predict(LogisticRegression(), x, dangerous, cv=folds, method="decision_function")
    for threshold in np.arange(-3, 1.01, 0.5):
        heard, alarms = (scores[dangerous] >= threshold).mean(), (scores[~dangerous] >= threshold).mean()
        print(f"alarm from {threshold:5.1f}: heard {heard:.3f}, false alarms {alarms:.3f}")
    fitted = LogisticRegression().fit(x, dangerous)
    print(fitted.coef_.round(2), fitted.intercept_.round(2))


main(*sys.argv[1:])
