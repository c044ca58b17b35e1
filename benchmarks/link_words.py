"""Make `data/translation.tsv`: words of other languages and the English words that they stand for in ROR's labels.

Run: python -m benchmarks.link_words RECORDS.jsonl.gz [--half]
Learnt by IBM model 1 (Brown et al. 1993, https://aclanthology.org/J93-2003/) from the pairs of an English label and
another one of the same record (ROR, CC0). `--half` leaves out the records that `link_language.py` reports on.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

from asckg.link.text import fold, lexicon, tokens
from benchmarks.link_case import Case, kept
from benchmarks.link_language import Label, load

ROUNDS, LEAST, SURE, LENGTH = 8, 4, 0.6, 4
OFTEN, SELDOM = 0.7, 0.2
Pair = tuple[tuple[str, ...], tuple[str, ...]]


def pairs(labels: dict[str, list[Label]]) -> list[Pair]:
    """Return the words of an English and of another label, where each has words that the other lacks."""
    found = []
    for named in labels.values():
        english = [tokens(fold(label.text)) for label in named if label.language == "en"]
        for label in named:
            words = tokens(fold(label.text)) if label.language != "en" else ()
            for other in english[:2] if words else []:
                left, right = set(words) - set(other), set(other) - set(words)
                if left and right and len(words) <= 12 and len(other) <= 12:
                    found.append((tuple(sorted(left)), tuple(sorted(right))))
    return found


def learn(found: list[Pair]) -> dict[str, dict[str, float]]:
    """Return for each foreign word how likely each English word is what it stands for."""
    likely: dict[str, dict[str, float]] = {}
    for foreign, english in found:
        for word in foreign:
            likely.setdefault(word, {}).update(dict.fromkeys(english, 1.0))
    for _ in range(ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for foreign, english in found:
            for meant in english:
                total = sum(likely[word].get(meant, 0.0) for word in foreign) or 1.0
                for word in foreign:
                    counts[word][meant] += likely[word].get(meant, 0.0) / total
        likely = {}
        for word, each in counts.items():
            total = sum(each.values()) or 1.0
            likely[word] = {meant: count / total for meant, count in each.items()}
    return likely


def chosen(labels: dict[str, list[Label]]) -> dict[str, str]:
    """Return the English word of each foreign word that is sure enough, and seldom met in English itself."""
    found = pairs(labels)
    foreign = Counter(word for left, _ in found for word in left)
    together = Counter((word, meant) for left, right in found for word in left for meant in right)
    english = Counter(
        word
        for named in labels.values()
        for one in named
        if one.language == "en"
        for word in set(tokens(fold(one.text)))
    )
    result = {}
    for word, each in learn(found).items():
        meant, share = max(each.items(), key=lambda item: (item[1], item[0]))
        sure = share >= SURE and together[word, meant] >= max(LEAST, OFTEN * foreign[word])
        new = len(word) >= LENGTH and word not in lexicon() and english[word] <= SELDOM * foreign[word]
        if sure and new and not word[0].isdigit() and len(meant) >= LENGTH - 1 and not meant[0].isdigit():
            result[word] = meant
    return result


def main() -> None:
    """Print the table: English word, then the words that stand for it."""
    _, labels, _ = load(Path(sys.argv[1]))
    if "--half" in sys.argv:
        reported = {case.key for case in kept([Case("", "", key) for key in labels], "language")}
        labels = {key: named for key, named in labels.items() if key not in reported}
    print("# english-word foreign-forms…  (folded), made by benchmarks/link_words.py from the labels of ROR (CC0)")
    groups: dict[str, list[str]] = defaultdict(list)
    for word, meant in chosen(labels).items():
        groups[meant].append(word)
    for meant, words in sorted(groups.items()):
        print(meant, *sorted(words))


if __name__ == "__main__":
    main()
