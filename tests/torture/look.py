"""look.py PROFILE DUPLEX TREE WORDS - looks at the words of a PDF, as pdftotext -bbox found them: each lies inside the
margins, none lies on another, and all that the tree holds are there. A line for each problem."""
import collections
import html
import re
import sys

SLACK = 1.5       # points that letters may reach over a margin
OVERLAP = 0.3     # of a letter's height and width, that boxes may share: a box is higher than its letters
POINTS = 72 / 25.4


def read_profile(path):
    return {name: float(value) for name, value in re.findall(r"^(\w+) = ([\d.]+)$", open(path, encoding="utf-8").read(), re.M)}


def read_pages(path):
    pages = []
    for line in open(path, encoding="utf-8"):
        found = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line)
        if found:
            pages.append((float(found[1]), float(found[2]), []))
        found = re.search(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line)
        if found:
            pages[-1][2].append((html.unescape(found[5]), *(float(found[i]) for i in range(1, 5))))
    return pages


def margins(profile, width, height, back):
    left, right, top, bottom = (profile["margin_%s_mm" % side] * POINTS for side in ("left", "right", "top", "bottom"))
    if width > height:  # turned to the right, bound above
        left, right, top, bottom = bottom, top, left, right
        if back:
            top, bottom = bottom, top
    elif back:
        left, right = right, left
    return left, top, width - right, height - bottom


def check_margins(profile, duplex, pages):
    for number, (width, height, words) in enumerate(pages, 1):
        left, top, right, bottom = margins(profile, width, height, duplex and number % 2 == 0)
        for word, x0, y0, x1, y1 in words:
            if word == str(number) and y1 < top + SLACK * 4:
                continue
            if x0 < left - SLACK or x1 > right + SLACK or y0 < top - SLACK or y1 > bottom + SLACK:
                yield "page %d: «%s» at (%.0f, %.0f)-(%.0f, %.0f) is outside the margins" % (number, word, x0, y0, x1, y1)


def check_overlaps(pages):
    for number, (_, _, words) in enumerate(pages, 1):
        words = sorted(words, key=lambda word: word[2])
        for i, (one, x0, y0, x1, y1) in enumerate(words):
            for other, u0, v0, u1, v1 in words[i + 1:]:
                if v0 >= y1:
                    break
                across, down = min(x1, u1) - max(x0, u0), min(y1, v1) - max(y0, v0)
                height, width = min(y1 - y0, v1 - v0), min(x1 - x0, u1 - u0)
                if across > OVERLAP * min(width, height) and down > OVERLAP * min(width, height):
                    yield "page %d: «%s» at (%.0f, %.0f) lies on «%s» at (%.0f, %.0f)" % (number, one, x0, y0, other, u0, v0)


def tree_texts(path):
    """All that is to be read on paper: the strings of the letterhead, of blocks, of the end; of a cell its printed form,
    of neighbours with one header group its name once, of a chart with several series their names."""
    part, group, series = "document", None, []
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if not line.startswith(" "):
            part = words[0]
        strings = [text.replace('\\"', '"').replace("\\\\", "\\") for text in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]
        if words[0] == "chart":
            series = []
        if part not in ("document", "blocks", "signature", "recipients") or not strings:
            continue
        if words[0] == "column":
            yield strings[0]
            yield from (name for name in strings[1:] if name != group)
            group = strings[1] if len(strings) > 1 else None
        elif words[0] == "series":
            series.append(strings[0])
            yield from series if len(series) == 2 else series[-1:] if len(series) > 2 else []
        elif words[0] not in ("appendix", "document", "language", "profile"):
            yield strings[-1]


def check_lost(path, pages):
    there = collections.Counter(word for _, _, words in pages for word, *_ in words)
    joined = "".join(word for _, _, words in pages for word, *_ in words)
    wanted = collections.Counter()
    for text in tree_texts(path):
        wanted.update(text.split())
    for word, count in sorted(wanted.items()):
        if there[word] < count and word not in ("-", "–") and (len(word) < 20 or joined.count(word) < count):
            # what stands at a bracket or ends a recipient is one word with it on paper
            near = sum(found for other, found in there.items() if word in other)
            if near < count:
                yield "«%s» stands %d times in the document, %d times on paper" % (word, count, there[word])


def main(profile, duplex, tree, words):
    pages = read_pages(words)
    problems = [*check_margins(read_profile(profile), duplex == "yes", pages), *check_overlaps(pages), *check_lost(tree, pages)]
    for problem in problems:
        print(problem)
    if len(pages) < 100:
        print("only %d pages" % len(pages))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
