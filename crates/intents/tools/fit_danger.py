"""Fits the scales of src/safety/verdict.rs: a logistic regression over the development sets, clean and misspelt.

    cat ../tests/development/*.jsonl > all.jsonl         (texts: the "text" of each line of it)
    ventanilla intents classify --explain < texts > clean.jsonl
    ventanilla intents classify --explain --noise light < texts > light.jsonl
    ventanilla intents classify --explain --noise heavy < texts > heavy.jsonl
    python3 fit_danger.py all.jsonl clean.jsonl light.jsonl heavy.jsonl

Run it once with the sentence encoder, once more with --deaf as if there were no ear, and once on what --words-alone
gives; it prints the weights (with the ear: lexical, around, ear, certain, idiom, length; without: lexical, semantic,
around, certain, idiom, length; words alone: lexical, certain, idiom, length; then the constant), and
what each threshold would cost (ten-fold; a message and its misspelt forms are kept away together). Needs numpy and
scikit-learn.
"""

import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

DANGERS = {"emergency.immediate", "crisis.self_harm", "crisis.violence"}
# What `around` is at the least (LEAST of nearest.rs), about.
ODDLESS = -11.0
# SHORT of verdict.rs.
SHORT = 12
# What the ear says at the least (SURE of ear.rs).
SILENT = -9.0


def odds(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return np.log(p / (1 - p))


def features(evidence, encoder, ear):
    idioms = [s["span"] for s in evidence["signs"] if s["weight"] == "idiom"]

    def covered(span):
        return any(i["start"] <= span["start"] and span["end"] <= i["end"] for i in idioms)

    certain = any(s["weight"] == "certain" and not covered(s["span"]) for s in evidence["signs"])
    # A message without letters has no vector, also where there is an encoder: nothing around it tells of danger.
    known = evidence["around"] is not None
    vectors = [odds(evidence["semantic"]), evidence["around"]] if known else [odds(0.0), ODDLESS] if encoder else []
    if ear:
        # What the head of the vector says of danger the ear says better.
        vectors = [evidence["around"], evidence["ear"]] if known else [ODDLESS, SILENT]
    return [odds(evidence["lexical"]), *vectors, certain, bool(idioms), np.log(max(evidence["words"] / SHORT, 1))]


def main(labelled, *explained, deaf=False):
    labels = [json.loads(line)["intent"] in DANGERS for line in open(labelled)]
    runs = [[json.loads(line)["explanation"]["danger"] for line in open(name)] for name in explained]
    encoder = any(one["around"] is not None for run in runs for one in run)
    ear = not deaf and any(one["ear"] is not None for run in runs for one in run)
    x = np.array([features(one, encoder, ear) for run in runs for one in run], float)
    dangerous = np.array(labels * len(runs))
    message = np.tile(np.arange(len(labels)), len(runs))
    run_of = np.repeat(np.arange(len(runs)), len(labels))
    scores = cross_val_predict(
        LogisticRegression(), x, dangerous, groups=message, cv=GroupKFold(10), method="decision_function"
    )
    for threshold in np.arange(-3, 1.01, 0.25):
        print(f"alarm from {threshold:5.2f}:", end="")
        for run, name in enumerate(explained):
            heard = (scores[dangerous & (run_of == run)] >= threshold).mean()
            alarms = (scores[~dangerous & (run_of == run)] >= threshold).mean()
            print(f"  {name}: heard {heard:.3f}, false alarms {alarms:.3f}", end="")
        print()
    fitted = LogisticRegression().fit(x, dangerous)
    print(fitted.coef_.round(2), fitted.intercept_.round(2))


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name != "--deaf"]
    main(*names, deaf="--deaf" in sys.argv)
