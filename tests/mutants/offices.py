"""offices.py - what mutants are shown: random offices and the shipped one, claimed by the second opinion, and the golden trees."""
import os
import sys
import tempfile
import threading

from watch import Ask, Office, Watch, claimed

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))

import judge
import model
import office
import run
from ledgers import Library


class Oracle:
    """Whether the second opinion finds in a document what it does not find in the one of the unchanged templates."""

    def __init__(self, templates, scratch):
        self.templates, self.folder = templates, tempfile.mkdtemp(dir=scratch)
        judge.reports()  # all modules are read now
        self.workspaces, self.bases, self.lock = {}, {}, threading.Lock()

    def scope(self, ask, path):
        name = ask.office.folder
        with self.lock:
            if name not in self.workspaces:
                self.workspaces[name] = model.Workspace(name, templates=self.templates)
        one = os.path.basename(path)[:-len(".tree")] if "/" in path else None
        scope = model.Scope(self.workspaces[name], ask.period, one if ask.each else ask.unit, ask.as_of)
        scope.item = None if ask.each else one
        return scope

    def found(self, ask, path, tree):
        report = tree.split(" ", 2)[1]
        if not judge.module_of(report):
            return None
        with tempfile.NamedTemporaryFile("w", suffix=".tree", dir=self.folder, encoding="utf-8") as stream:
            stream.write(tree)
            stream.flush()
            return [str(difference) for difference in judge.judge(self.scope(ask, path), stream.name).differences]

    def differs(self, ask, path, base, tree):
        """True when it finds more than it finds without the mutant. A report that nobody claims yet is noticed by nobody."""
        if claimed(base) == claimed(tree):
            return False
        key = ask, path, base.split(" ", 2)[1]
        if key not in self.bases:
            self.bases[key] = self.found(ask, path, base)
        if self.bases[key] is None:
            return False
        more = self.found(ask, path, tree)
        for known in self.bases[key]:
            if known in more:
                more.remove(known)
        return bool(more)


def seeds_of(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def random_offices(seeds, templates, scratch):
    """The offices of these seeds, and what the second opinion asks of each."""
    library = Library(templates)
    for seed in seeds:
        made, folder = office.Office(seed, library), os.path.join(scratch, f"office-{seed}")
        made.write(folder)
        place = Office(f"office {seed}", folder)
        for task in run.tasks_of(made, seed):
            yield Ask(place, task.period, task.unit, task.kind, task.as_of)


def watches(graph, options, scratch):
    """The second opinion first: what it notices, nobody else is asked about."""
    asks = [*random_offices(seeds_of(options.offices), options.templates, scratch)]
    yield Watch("oracle", graph, asks, Oracle(options.templates, scratch).differs)
    shipped = Office("inputs", options.inputs)
    with open(os.path.join(ROOT, "tests", "periods"), encoding="utf-8") as stream:
        periods = stream.read().split()
    yield Watch("golden", graph, [Ask(shipped, period) for period in periods], lambda ask, path, base, tree: True)
