#!/usr/bin/env python3
"""smoke.py - a few mutants that must be noticed, and what the reader of SQL must make of some texts. For suite.sh."""
import argparse
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

import mutants
import offices
import operators
import vocabulary
from graph import Graph
from sql import Piece, files_of, pieces_of, tokens_of
from watch import Runner, Verdict, Watch

failed = False


def verdict(name, good, why=""):
    global failed
    failed = failed or not good
    print(f"{'ok' if good else 'FAILED'} mutants: {name}" + ("" if good else f"\n    {why}"))


def words(text):
    return [token.text for token in tokens_of(text)]


def made(text, operator, templates):
    """What an operator makes of a query."""
    piece = Piece("x.md", "x", "sql", [(0, len(text))], text)
    return [mutant.text for mutant in operators.mutants_of(piece, templates, [operator])]


def reading(templates):
    want = ["SELECT", "'it''s -- no'", ",", '"a b"', "FROM", "t", "WHERE", "x", "<=", "1.5", "AND", "y", "<>", "?1"]
    verdict("words of SQL", words("SELECT 'it''s -- no', \"a b\" /* , */ FROM t -- x\nWHERE x<=1.5 AND y<>?1") == want)
    verdict("a name that is a keyword elsewhere", [token.kind for token in tokens_of("SELECT first, row FROM t")] ==
            ["keyword", "name", "operator", "name", "keyword", "name"])
    for name, text, operator, wanted in (
            ("a condition of three", "SELECT 1 FROM t WHERE a AND b BETWEEN 1 AND 2 AND c", "condition dropped",
             ["SELECT 1 FROM t WHERE b BETWEEN 1 AND 2 AND c", "SELECT 1 FROM t WHERE a AND c", "SELECT 1 FROM t WHERE a AND b BETWEEN 1 AND 2"]),
            ("OR within AND", "SELECT 1 FROM t WHERE a AND (b OR c)", "condition dropped",
             ["SELECT 1 FROM t WHERE (b OR c)", "SELECT 1 FROM t WHERE a", "SELECT 1 FROM t WHERE a AND (c)", "SELECT 1 FROM t WHERE a AND (b)"]),
            ("FILTER", "SELECT sum(n) FILTER (WHERE f(a, b)) AS x FROM t", "filter dropped", ["SELECT sum(n) AS x FROM t"]),
            ("LEFT JOIN", "SELECT 1 FROM t LEFT JOIN u ON a = b", "join changed", ["SELECT 1 FROM t JOIN u ON a = b"]),
            ("ON", "SELECT 1 FROM t JOIN u ON a = b WHERE c", "on dropped", ["SELECT 1 FROM t JOIN u ON 1 WHERE c"]),
            ("ORDER BY", "SELECT 1 FROM t ORDER BY f(a, b) DESC, c", "order dropped",
             ["SELECT 1 FROM t ORDER BY c", "SELECT 1 FROM t ORDER BY f(a, b) DESC", "SELECT 1 FROM t"]),
            ("first for last", 'SELECT 1 FROM t WHERE "due.last" < period_end()', "first for last day",
             ['SELECT 1 FROM t WHERE "due.first" < period_end()', 'SELECT 1 FROM t WHERE "due.last" < period_start()',
              'SELECT 1 FROM t WHERE "due.last" < as_of()'])):
        found = made(text, operator, templates)
        verdict(f"{operator}: {name}", sorted(found) == sorted(wanted), f"made {found}")


def fixed(graph, folder):
    """The mutants that smoke.txt names: file | operator | words of what is changed and stands around it; the first that fits."""
    templates = vocabulary.Templates(folder)
    known = {}
    with open(os.path.join(HERE, "smoke.txt"), encoding="utf-8") as stream:
        for line in stream:
            if line.strip() and not line.startswith("#"):
                file, operator, words_ = [part.strip() for part in line.split("|")]
                if file not in known:
                    known[file] = [mutant for piece in pieces_of(folder, file) for mutant in operators.mutants_of(piece, templates)] \
                        if file in graph.files else []
                fits = [mutant for mutant in known[file] if mutant.operator == operator and words_ in mutant.key]
                yield line.strip(), fits[0] if fits else None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", default=os.path.join(ROOT, "tongket"))
    options.add_argument("--templates", default=os.path.join(ROOT, "templates"))
    options.add_argument("--offices", default="1-3")
    given = options.parse_args()
    reading(vocabulary.Templates(given.templates))
    graph = Graph(given.templates)
    total = sum(1 for _ in mutants.mutants_in(given.templates, files_of(given.templates)))
    verdict("every operator finds where to slip", total > 3000, f"{total} mutants")
    named = [*fixed(graph, given.templates)]
    scratch = tempfile.mkdtemp(prefix="mutants.", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    try:
        runners = [Runner(given.program, graph, scratch) for _ in range(2)]
        asks = [ask for ask in offices.random_offices(offices.seeds_of(given.offices), given.templates, scratch) if not ask.unit]
        asks.sort(key=lambda ask: bool(ask.each or ask.as_of))
        watch = Watch("oracle", graph, asks, offices.Oracle(given.templates, scratch).differs)
        verdicts = {line: Verdict(mutant) for line, mutant in named if mutant}
        mutants.watched(watch, list(verdicts.values()), runners, lambda *_: None)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    for line, mutant in named:
        if mutant is None:
            verdict(line, False, "nothing fits: the template was written anew; name another place in tests/mutants/smoke.txt")
        else:
            found = verdicts[line]
            verdict(line, found.noticed, f"not noticed: templates/{mutant.file}:{mutant.line}: {mutant.before} -> {mutant.after} {found.refused or ''}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
