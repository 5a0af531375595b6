#!/usr/bin/env python3
"""mutants.py - changes the SQL of the templates slip by slip, and says which slips the tests do not notice. See README.md."""
import argparse
import collections
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

import equivalent
import offices
import operators
import suites
import vocabulary
from graph import Graph
from sql import files_of, pieces_of
from watch import Runner, Verdict, Watch, in_place

BATCH = 80


def mutants_in(folder, files, names=None):
    templates = vocabulary.Templates(folder)
    for file in files:
        for piece in pieces_of(folder, file):
            yield from operators.mutants_of(piece, templates, names)


def chosen(mutants, options):
    if options.files:
        wanted = [file.removeprefix("templates/") for file in options.files.split()]
        mutants = [mutant for mutant in mutants if mutant.file in wanted]
    if options.operators:
        mutants = [mutant for mutant in mutants if mutant.operator in options.operators.split(",")]
    if options.part:
        number, _, parts = options.part.partition("/")
        mutants = [mutant for mutant in mutants if int(mutant.id, 16) % int(parts) == int(number) - 1]
    if options.only:
        mutants = [mutant for mutant in mutants if mutant.id in options.only.split(",")]
    if options.sample:
        mutants = random.Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
    return mutants


def each_of(work, jobs, do, runners):
    """Does the pieces of work with as many threads as there are runners; the programs they wait for are the work."""
    todo, lock, wrong = list(reversed(work)), threading.Lock(), []

    def take(runner):
        while True:
            with lock:
                if not todo:
                    return
                piece = todo.pop()
            try:
                do(runner, piece)
            except Exception as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=take, args=(runner,)) for runner in runners[:jobs]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


def watched(watch, verdicts, runners, progress):
    """Shows every mutant to a watch, ask by ask, until it is noticed. Those that can stand beside one another share a run."""
    together = [verdict for verdict in verdicts if not in_place(watch.graph, verdict.mutant.file)]
    apart = [verdict for verdict in verdicts if in_place(watch.graph, verdict.mutant.file)]
    for number, ask in enumerate(watch.asks):
        here = [verdict for verdict in together if not verdict.settled() and watch.reports(ask, verdict.mutant.file)]
        watch.base(runners[0], ask, sorted({report for verdict in here for report in watch.reports(ask, verdict.mutant.file)}))
        batches = [here[start:start + BATCH] for start in range(0, len(here), BATCH)]
        each_of(batches, len(runners), lambda runner, batch: watch.batch(runner, ask, batch), runners)
        progress(f"{watch.name} {number + 1}/{len(watch.asks)} {ask}", together)

    def alone(runner, verdict):
        asks = watch.asked(verdict.mutant)
        asks.sort(key=lambda ask: ask is not alone.last.get(verdict.mutant.file))
        for ask in asks:
            if verdict.settled():
                break
            watch.alone(runner, ask, verdict)
            if verdict.noticed:
                alone.last[verdict.mutant.file] = ask

    alone.last = {}
    for ask in watch.asks if apart else ():
        for report in watch.graph.periods:
            if ask.kind in watch.graph.periods[report]:
                watch.base_in_place(runners[0], ask, report)
                break
    each_of(apart, len(runners), alone, runners)
    progress(f"{watch.name} ledgers", apart)


def state_of(verdict, excused):
    if verdict.refused:
        return "refused"
    if verdict.noticed:
        return "oracle" if verdict.noticed == "oracle" else "others"
    return "equivalent" if verdict.mutant.key in excused else "survived"


COLUMNS = ("oracle", "others", "survived", "refused", "equivalent")


def table(title, groups):
    width = max([len(title)] + [len(name) for name in groups])
    print(f"\n{title:{width}}  mutants   oracle   others survived  refused equivalent  noticed by oracle")
    total = collections.Counter()
    for name, counts in [*sorted(groups.items()), ("all", None)]:
        if counts is None:
            counts = total
        else:
            total.update(counts)
        line = "".join(f"{counts[column]:9d}" for column in COLUMNS)
        judged = counts["oracle"] + counts["others"] + counts["survived"]
        shares = f"{share(counts['oracle'] + counts['others'], judged):>12}{share(counts['oracle'], judged):>10}"
        print(f"{name:{width}}{sum(counts.values()):9d}{line}{shares}")
    return total


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def report(verdicts, excused, survivors):
    states = [(verdict, state_of(verdict, excused)) for verdict in verdicts]
    by_operator, by_file = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for verdict, state in states:
        by_operator[verdict.mutant.operator][state] += 1
        by_file[verdict.mutant.file][state] += 1
    left = [verdict for verdict, state in states if state == "survived"]
    with open(survivors, "w", encoding="utf-8") as stream:
        for verdict in sorted(left, key=lambda verdict: (verdict.mutant.file, verdict.mutant.line)):
            mutant = verdict.mutant
            seen = " (a tree differs, nobody claims where)" if verdict.differs else ""
            stream.write(f"{mutant.id} templates/{mutant.file}:{mutant.line}: {mutant.operator}{seen}: {mutant.before or 'nothing'} -> {mutant.after or 'nothing'}\n")
            stream.write(f"    {mutant.key}\n")
    table("file", by_file)
    total = table("operator", by_operator)
    judged = total["oracle"] + total["others"] + total["survived"]
    noticed = total["oracle"] + total["others"]
    print(f"\n{len(verdicts)} mutants: {total['refused']} do not compile or are refused, {total['equivalent']} are equivalent; of {judged} others "
          f"{noticed} are noticed ({share(noticed, judged)}), {total['oracle']} by the oracle alone ({share(total['oracle'], judged)}); "
          f"{len(left)} survive: {survivors}")
    for verdict, state in states:
        if verdict.mutant.key in excused and (verdict.noticed or verdict.refused):
            print(f"equivalent.txt is wrong about {verdict.mutant.key}: {verdict.by or verdict.refused}")
    return total


def main():
    options = argparse.ArgumentParser(description="mutants of the SQL in templates, and who notices them")
    options.add_argument("--program", default=os.path.join(ROOT, "tongket"))
    options.add_argument("--templates", default=os.path.join(ROOT, "templates"))
    options.add_argument("--files", default="", help="templates/ratings.md …")
    options.add_argument("--operators", default="", help="names, with commas")
    options.add_argument("--part", default="", help="3/20")
    options.add_argument("--sample", type=int, default=0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="ids of mutants, with commas")
    options.add_argument("--offices", default="1-6", help="seeds of the random offices")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--suites", action="store_true", help="show what is left to the suites and cases too, one by one: long")
    options.add_argument("--list", action="store_true", help="only list the mutants")
    options.add_argument("--survivors", default=os.path.join(ROOT, "build", "mutants.survivors"))
    options.add_argument("--results", default="", help="a file for the results, a line of JSON each")
    options.add_argument("--quiet", action="store_true")
    given = options.parse_args()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    scratch = tempfile.mkdtemp(prefix="mutants.", dir=memory)
    try:
        return work(given, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def snapshot(given, scratch):
    """What is looked at must not change under a long run: a copy of program, templates and inputs."""
    given.program = shutil.copy2(given.program, scratch)
    given.templates = shutil.copytree(given.templates, os.path.join(scratch, "templates"))
    given.inputs = os.path.join(scratch, "shipped")
    shutil.copytree(os.path.join(ROOT, "inputs"), os.path.join(given.inputs, "inputs"))


def work(given, scratch):
    snapshot(given, scratch)
    graph = Graph(given.templates)
    mutants = [*mutants_in(given.templates, files_of(given.templates))]
    excused = {**{mutant.key: mutant.same for mutant in mutants if mutant.same}, **equivalent.listed()}
    for key in sorted(excused.keys() - {mutant.key for mutant in mutants}):
        print(f"equivalent.txt names what is none any more: {key}")
    mutants = chosen(mutants, given)
    if given.list:
        for mutant in mutants:
            print(f"{mutant.id} templates/{mutant.file}:{mutant.line}: {mutant.operator}: {mutant.before or 'nothing'} -> {mutant.after or 'nothing'}")
        return 0
    start = time.time()

    def progress(what, verdicts):
        if not given.quiet:
            left = sum(not verdict.settled() for verdict in verdicts)
            print(f"{time.time() - start:6.0f} s  {what}: {left} left of {len(verdicts)}", file=sys.stderr, flush=True)

    verdicts = [Verdict(mutant) for mutant in mutants]
    os.makedirs(os.path.dirname(given.survivors), exist_ok=True)
    runners = [Runner(given.program, graph, scratch) for _ in range(given.jobs)]
    try:
        for watch in offices.watches(graph, given, scratch):
            watched(watch, [verdict for verdict in verdicts if not verdict.settled()], runners, progress)
        suites.look([verdict for verdict in verdicts if state_of(verdict, excused) == "survived"], given, scratch, progress)
    except KeyboardInterrupt:
        print("interrupted: what was not shown to everybody counts as survived")
    if given.results:
        with open(given.results, "w", encoding="utf-8") as stream:
            for verdict in verdicts:
                mutant = verdict.mutant
                stream.write(json.dumps({"id": mutant.id, "key": mutant.key, "file": mutant.file, "line": mutant.line, "operator": mutant.operator,
                                         "state": state_of(verdict, excused), "by": verdict.by, "refused": verdict.refused}, ensure_ascii=False) + "\n")
    report(verdicts, excused, given.survivors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
