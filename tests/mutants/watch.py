"""watch.py - runs tongket with mutants, and says which documents come out otherwise than without.

An Ask is one run: an office, a period, a unit or every unit of a kind, a day. Many mutants are made by one run, each as a
report of its own (graph.py); what changes a ledger is made alone, in place.
"""
import os
import re
import shutil
import subprocess
import tempfile

from graph import kind_of, name_of

TIMEOUT = 120
MARK = re.compile(r"[-_]m\d+(?![\w])")


def period_kind(period):
    return {4: "year", 6: "half-year"}.get(len(period)) if period[4:6] not in ("-Q", "-H") else {"Q": "quarter", "H": "half-year"}[period[5]]


class Office:
    """A folder that has inputs/."""

    def __init__(self, name, folder):
        self.name, self.folder = name, os.path.abspath(folder)


class Ask:
    def __init__(self, office, period, unit=None, each=None, as_of=None):
        self.office, self.period, self.unit, self.each, self.as_of = office, period, unit, each, as_of
        self.kind = period_kind(period) or "month"

    def words(self):
        words = ["--period", self.period]
        for option, value in (("--unit", self.unit), ("--each", self.each), ("--as-of", self.as_of)):
            words += [option, str(value)] if value else []
        return words

    def __str__(self):
        return " ".join([self.office.name] + self.words())


class Runner:
    """A place of its own for runs. graph holds the templates unchanged."""

    def __init__(self, program, graph, scratch):
        self.program, self.graph = program, graph
        self.folder = tempfile.mkdtemp(dir=scratch)
        self.said = ""

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def workspace(self, ask, changed, plain):
        """A workspace with the office's inputs and the templates, changed files put over them; plain: the reports unchanged too."""
        place = os.path.join(self.folder, "workspace")
        shutil.rmtree(place, ignore_errors=True)
        os.makedirs(place)
        os.symlink(os.path.join(ask.office.folder, "inputs"), os.path.join(place, "inputs"))
        folders = {os.path.dirname(file) for file in changed}
        templates = os.path.join(place, "templates")
        os.mkdir(templates)
        for name in os.listdir(self.graph.folder):
            source, target = os.path.join(self.graph.folder, name), os.path.join(templates, name)
            if name in folders:
                os.mkdir(target)
                for inner in os.listdir(source):
                    os.symlink(os.path.join(source, inner), os.path.join(target, inner))
            elif os.path.isdir(source) or plain and name.endswith(".md"):
                os.symlink(source, target)
        for file, text in changed.items():
            path = os.path.join(templates, file)
            if os.path.lexists(path):
                os.unlink(path)
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(text)
        return place

    def run(self, ask, changed, reports, plain=False):
        """(status, {report: {path below it: tree}})"""
        place = self.workspace(ask, changed, plain)
        output = os.path.join(place, "outputs")
        command = [self.program, "report", *reports, *ask.words(), "--format", "tree", "--quiet", "-C", place, "--output", output]
        environment = {**os.environ, "LANG": "vi_VN.UTF-8", "TONGKET_TODAY": ""}
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT, env=environment)
            status, self.said = done.returncode, done.stdout.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            status, self.said = -1, "timeout"
        found = {}
        below = os.path.join(output, ask.period)
        for base, _, names in os.walk(below):
            for name in names:
                if name.endswith(".tree") and not name.endswith(".cover.tree"):
                    path = os.path.relpath(os.path.join(base, name), below).replace(".draft.", ".")
                    with open(os.path.join(base, name), encoding="utf-8") as stream:
                        text = stream.read()
                    report = text.split(" ", 2)[1]
                    found.setdefault(report, {})[path.replace(report, "*", 1)] = text.replace(report, MARK.sub("", report), 1)
        return status, found


def claimed(tree):
    """What of a tree a second opinion speaks of: prose, tables, charts, checks and numbers of details; not sources and figures,
    which repeat the prose."""
    out, inside = [], False
    for line in tree.splitlines():
        if not line.startswith(" "):
            inside = line.split(" ", 1)[0] in ("document", "blocks", "checks")
            if line.startswith("details "):
                out.append(line)
        if inside:
            out.append(line)
    return out


def in_place(graph, file):
    return any(kind_of(other) == "ledger" for other in graph.reaching(file))


class Watch:
    """name; asks; differs(ask, path, base tree, tree) says whether a difference is noticed."""

    def __init__(self, name, graph, asks, differs):
        self.name, self.graph, self.asks, self.differs = name, graph, asks, differs
        self.bases = {}

    def asked(self, mutant):
        """The asks that a mutant may show in."""
        kinds = {kind for report in self.graph.reports(mutant.file) for kind in self.graph.periods[report]}
        asks = [ask for ask in self.asks if ask.kind in kinds]
        if mutant.kind == "rule":  # rows that a rule keeps out are out of the whole office
            asks = [ask for ask in asks if not (ask.unit or ask.each or ask.as_of)]
        return asks

    def reports(self, ask, file):
        return [report for report in self.graph.reports(file) if ask.kind in self.graph.periods[report]]

    def base(self, runner, ask, reports):
        """Makes the trees of reports unchanged, under names of copies, unless they were made already."""
        new = [report for report in reports if (ask, report) not in self.bases]
        if new:
            texts = {f"{report}-m0.md": self.graph.files[report + ".md"] for report in new}
            _, found = runner.run(ask, texts, [f"{report}-m0" for report in new])
            for report in new:
                self.bases[ask, report] = found.get(f"{report}-m0", {})

    def base_in_place(self, runner, ask, report):
        key = (ask, report, "in place")
        if key not in self.bases:
            reports = [name for name in self.graph.periods if ask.kind in self.graph.periods[name]]
            _, found = runner.run(ask, {}, reports, plain=True)
            for name in reports:
                self.bases[ask, name, "in place"] = found.get(name, {})
        return self.bases[key]

    def look(self, ask, base, trees, verdict):
        """Enters what differs: True when it is noticed."""
        for path in sorted(set(base) | set(trees)):
            if base.get(path) != trees.get(path):
                verdict.differs = True
                if path not in trees or path not in base or self.differs(ask, path, base[path], trees[path]):
                    verdict.noticed, verdict.by = self.name, f"{ask} {path}"
                    return True
        return False

    def batch(self, runner, ask, verdicts):
        """One run for many mutants, each a copy of every report it changes."""
        changed, names = {}, {}
        for number, verdict in enumerate(verdicts, 1):
            for report in self.reports(ask, verdict.mutant.file):
                mark = f"m{number}"
                changed.update(self.graph.copies(verdict.mutant, report, mark))
                names[f"{report}-{mark}"] = (verdict, report)
        status, found = runner.run(ask, changed, list(names))
        if not found and len(verdicts) > 1 and any(self.bases[ask, report] for _, report in names.values()):
            half = len(verdicts) // 2  # one of them spoils the run: which?
            self.batch(runner, ask, verdicts[:half])
            self.batch(runner, ask, verdicts[half:])
            return
        if status < 0:
            verdicts[0].noticed, verdicts[0].by = self.name, f"{ask}: no end within {TIMEOUT} s"
            return
        for name, (verdict, report) in names.items():
            if verdict.settled():
                continue
            base = self.bases[ask, report]
            if base and not found.get(name):
                verdict.refused = self.words_about(runner, name)
            else:
                self.look(ask, base, found.get(name, {}), verdict)

    def words_about(self, runner, name):
        mark = MARK.search(name)[0].lstrip("-")
        for line in runner.said.splitlines():
            if re.search(rf"[-_]{mark}(?!\d)", line) and "text-missing" not in line:
                return line.strip()
        return "no document was made"

    def alone(self, runner, ask, verdict):
        """One run for a mutant in its own place."""
        mutant = verdict.mutant
        reports = self.reports(ask, mutant.file)
        bases = {report: self.base_in_place(runner, ask, report) for report in reports}
        status, found = runner.run(ask, {mutant.file: mutant.text}, reports, plain=True)
        if status == 3:
            verdict.refused = next((line for line in runner.said.splitlines() if mutant.file in line), "status 3")
            return
        for report in reports:
            if self.look(ask, bases[report], found.get(report, {}), verdict):
                return


class Verdict:
    def __init__(self, mutant):
        self.mutant = mutant
        self.noticed = self.by = self.refused = None
        self.differs = False  # somewhere a tree is another, whether noticed or not

    def settled(self):
        return bool(self.noticed or self.refused)
