"""Fits the scales of src/safety/verdict.rs: a logistic regression over the development sets, clean and misspelt.

    cat ../tests/development/*.jsonl > all.jsonl         (texts: the "text" of each line of it)
    ventanilla intents classify --danger < texts > clean.jsonl
    ventanilla intents classify --danger --noise light < texts > light.jsonl
    ventanilla intents classify --danger --noise heavy < texts > heavy.jsonl
    python3 fit_danger.py all.jsonl clean.jsonl light.jsonl heavy.jsonl

Run it once with the sentence encoder, once more with --deaf as if there were no ear, and once on what --words-alone
gives; it prints the weights (with the ear: lexical, around, ear, certain, idiom; without: lexical, semantic, around,
certain, idiom; words alone: lexical, certain, idiom; then the constant), and what each threshold would cost (ten-fold; a
message and its misspelt forms are kept away together). What length counts is given: the development sets have as many
long cries as long stories, a town has not. Needs numpy and scipy.
"""

import json
import sys

import numpy as np
from scipy.optimize import minimize

DANGERS = {"emergency.immediate", "crisis.self_harm", "crisis.violence"}
# What `around` is at the least (LEAST of nearest.rs), about.
ODDLESS = -11.0
# SHORT and BRIEF of verdict.rs, and what they count there: `brief` without an encoder only.
SHORT = 12
BRIEF = 2
LENGTH_COUNTS = -0.9
BRIEF_COUNTS = -1.5
FOLDS = 10
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
    numbers = [odds(evidence["lexical"]), *vectors, certain, bool(idioms)]
    length = LENGTH_COUNTS * np.log(max(evidence["words"] / SHORT, 1))
    signs = any(s["weight"] != "idiom" and not covered(s["span"]) for s in evidence["signs"])
    brief = not encoder and evidence["words"] <= BRIEF and not signs
    return [*numbers, length + BRIEF_COUNTS * brief]


def score(weights, x):
    """Of rows as `features` gives them; the last number counts as it is."""
    return x[:, :-1] @ weights[:-1] + weights[-1] + x[:, -1]


def fit(x, dangerous):
    """Weights and, last, the constant: a logistic regression."""
    sides = 2 * dangerous - 1

    def lost(weights):
        return np.logaddexp(0, -sides * score(weights, x)).sum() + (weights[:-1] ** 2).sum() / 2

    return minimize(lost, np.zeros(x.shape[1]), method="L-BFGS-B").x


def main(labelled, *explained, deaf=False):
    labels = [json.loads(line)["intent"] in DANGERS for line in open(labelled)]
    runs = [[json.loads(line)["danger"] for line in open(name)] for name in explained]
    encoder = any(one["around"] is not None for run in runs for one in run)
    ear = not deaf and any(one["ear"] is not None for run in runs for one in run)
    x = np.array([features(one, encoder, ear) for run in runs for one in run], float)
    dangerous = np.array(labels * len(runs))
    message = np.tile(np.arange(len(labels)), len(runs))
    run_of = np.repeat(np.arange(len(runs)), len(labels))
    scores = np.zeros(len(x))
    for fold in range(FOLDS):
        away = message % FOLDS == fold
        scores[away] = score(fit(x[~away], dangerous[~away]), x[away])
    for threshold in np.arange(-3, 1.01, 0.25):
        print(f"alarm from {threshold:5.2f}:", end="")
        for run, name in enumerate(explained):
            heard = (scores[dangerous & (run_of == run)] >= threshold).mean()
            alarms = (scores[~dangerous & (run_of == run)] >= threshold).mean()
            print(f"  {name}: heard {heard:.3f}, false alarms {alarms:.3f}", end="")
        print()
    print(fit(x, dangerous).round(2))


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name != "--deaf"]
    main(*names, deaf="--deaf" in sys.argv)
