"""run.py - works every figure of the reports out a second time, and prints what the two do not agree on.

    python3 tests/oracle/run.py [--seeds 1-20] [--reports NAME,NAME] [--jobs 2] [--no-shrink | --shrink "words|words"] [--keep FOLDER] [--out FILE]
    python3 tests/oracle/run.py --workspace FOLDER --periods 2017-H1,2017-H2 [--units ,MS.01] [--as-of DAY]

Differences are grouped by kind: the report and the sentence, column or point. For each kind one example is printed: report, unit,
period, command, sentence, expected, found, and the smallest office that still shows it.
"""
import argparse, functools, multiprocessing, os, random, shutil, subprocess, sys, tempfile, time
from datetime import date, timedelta

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import judge, office, spans
from ledgers import Library
from model import Scope, Workspace

ROOT = os.path.dirname(os.path.dirname(HERE))
FEWEST_RUNS = 40
LISTED_IN = [ROOT]  # the workspace whose templates are tried


HEADINGS = {"Báo cáo năm": "year", "Báo cáo 6 tháng": "half", "Báo cáo quý": "quarter", "Báo cáo tháng": "month"}


@functools.lru_cache(maxsize=None)
def listed(program):
    """{kind of period: [report]} as the program lists its reports."""
    done = subprocess.run([program, "list"], cwd=LISTED_IN[0], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found, current = {}, None
    for line in done.stdout.decode().splitlines():
        if not line.startswith(" "):
            current = HEADINGS.get(line.strip())
        elif current and line.split():
            found.setdefault(current, []).append(line.split()[0])
    return found


def reports_of(program, kind):
    """The reports of a kind of period that have a module; each needs rows of its own to be made of, so it is made by itself."""
    return [name for name in listed(program).get(kind, []) if name in WANTED and name != "contact-notice"]


WANTED = set()


class Task:
    """One run of the program: a period, a unit or a kind of units, an as-of day, all reports or one."""

    def __init__(self, period, unit=None, kind=None, as_of=None, report=None):
        self.period, self.unit, self.kind, self.as_of, self.report = period, unit, kind, as_of, report

    def command(self, program, folder, output, formats):
        words = [program, "report"] + ([self.report] if self.report else reports_of(program, spans.Period(self.period).kind))
        words += ["--period", self.period, "--format", formats, "--output", output, "-C", folder, "--quiet"]
        words += ["--unit", self.unit] if self.unit else []
        words += ["--each", self.kind] if self.kind else []
        words += ["--as-of", self.as_of.isoformat()] if self.as_of else []
        return words

    def __str__(self):
        words = ["--period", self.period] + (["--unit", self.unit] if self.unit else []) + (["--each", self.kind] if self.kind else [])
        return " ".join(["./tongket report", self.report or ""] + words + (["--as-of", self.as_of.isoformat()] if self.as_of else []) + ["--format tree"])


class Finding:
    """A difference with what is needed to see it again; plain, so that it can pass between processes."""

    def __init__(self, seed, task, unit, report, difference):
        self.seed, self.report, self.period, self.unit, self.as_of = seed, report, task.period, unit, task.as_of
        self.kind, self.sentence, self.expected, self.found = difference.kind, difference.sentence, difference.expected, difference.found
        self.office = ""

    def task(self):
        return Task(self.period, self.unit, None, self.as_of, self.report)


def documents(folder):
    """(path, report, unit or item) of every document below a folder, drafts too."""
    for base, _, files in sorted(os.walk(folder)):
        for name in sorted(files):
            if name.endswith(".tree") and not name.endswith(".cover.tree"):
                path = os.path.join(base, name)
                with open(path, encoding="utf-8") as file:
                    report = file.readline().split()[1]
                one = judge.subject(name)
                yield path, report, None if one == report else one


def look(program, workspace, tasks, names, seed, formats="tree,xlsx"):
    """(figures compared, kinds, findings) of these runs."""
    compared, kinds, findings, made = 0, set(), [], 0
    for task in tasks:
        output = tempfile.mkdtemp(prefix="oracle")
        try:
            WANTED.update(names)
            if not task.report and not reports_of(program, spans.Period(task.period).kind):
                continue
            done = subprocess.run(task.command(program, workspace.folder, output, formats), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode not in (0, 1):
                said = [line for line in done.stdout.decode(errors="replace").splitlines() if "lỗi:" in line or "ERROR" in line]
                difference = judge.broken("mã kết thúc %d" % done.returncode, "; ".join(said[-2:]))
                findings.append(Finding(seed, task, task.unit, task.report or "report", difference))
            for path, report, one in documents(output):
                if report not in names:
                    continue
                unit = one if task.kind else task.unit
                scope = Scope(workspace, task.period, unit, task.as_of)
                scope.item = None if task.kind else one
                d = judge.judge(scope, path, path[:-5] + ".xlsx")
                made += 1
                compared += d.compared
                kinds |= d.kinds
                findings += [Finding(seed, task, unit, report, difference) for difference in d.differences]
        finally:
            shutil.rmtree(output, ignore_errors=True)
    return compared, kinds, findings, made


def tasks_of(made, seed):
    """What is asked of one office: its year, halves, a quarter or two and months; the whole, its root, and units of every kind."""
    pick = random.Random(seed * 7919)
    year = made.year
    periods = [str(year), "%d-H1" % year, "%d-H2" % year, "%d-Q%d" % (year, pick.randint(1, 4)), "%d-%02d" % (year, pick.randint(1, 12)),
               "%d-%s" % (year, pick.choice(["02", "06", "12"]))]
    kinds = sorted({unit["kind"] for unit in made.units.values()})
    for number, period in enumerate(periods):
        yield Task(period)
        window = spans.Period(period)
        if pick.random() < 0.5:
            yield Task(period, unit="R")
        for kind in pick.sample(kinds, min(len(kinds), 2 if number < 3 else 1)):
            yield Task(period, kind=kind)
        if pick.random() < 0.15:  # made later: the figures are of the period's last day all the same
            yield Task(period, as_of=window.last + timedelta(days=pick.choice([1, 30, 200])))
        if number in (0, 2, 4):
            # Most often a day on which something happens or ends: that is where before, on and after part.
            events = [day for day in made.days if window.first <= day <= window.last]
            inside = pick.choice(events) if events and pick.random() < 0.7 else \
                date.fromordinal(pick.randint(window.first.toordinal(), window.last.toordinal()))
            yield Task(period, as_of=inside)


def workspace_at(folder, made, tables, templates):
    os.makedirs(folder, exist_ok=True)
    link = os.path.join(folder, "templates")
    if not os.path.islink(link):
        os.symlink(templates, link)
    made.write(folder, tables)


def one_seed(given):
    seed, program, templates, names, keep = given
    library = Library(templates)
    made = office.Office(seed, library)
    folder = os.path.join(keep, str(seed)) if keep else tempfile.mkdtemp(prefix="office")
    try:
        workspace_at(folder, made, None, templates)
        return look(program, Workspace(folder, library), list(tasks_of(made, seed)), names, seed)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


class Shrinker:
    """Leaves out files, then rows, as long as a kind of difference stays."""

    def __init__(self, program, templates, finding, most=FEWEST_RUNS):
        self.program, self.finding, self.left = program, finding, most
        self.library = Library(templates)
        self.made, self.templates = office.Office(finding.seed, self.library), templates
        self.folder = tempfile.mkdtemp(prefix="shrink")

    def shows(self, tables):
        self.left -= 1
        workspace_at(self.folder, self.made, tables, self.templates)
        try:
            _, _, findings, _ = look(self.program, Workspace(self.folder, self.library), [self.finding.task()], [self.finding.report], 0, "tree")
        except Exception:
            return False
        return any(found.kind == self.finding.kind for found in findings)

    def run(self):
        tables = self.made.tables()
        if not self.shows(tables):
            return "(only among the documents of --each, or in the workbook)"
        # Whole files in halves, then one by one.
        names = [name for name in tables if name != "organizations"]
        size = max(1, len(names) // 2)
        while size and self.left > 0:
            start = 0
            while start < len(names) and self.left > 0:
                fewer = {name: table for name, table in tables.items() if name not in names[start:start + size]}
                if self.shows(fewer):
                    tables = fewer
                    names = [name for name in names if name in tables]
                else:
                    start += size
            size //= 2
        for name in list(tables):
            size = max(1, len(tables[name][1]) // 2)
            while size and self.left > 0:
                start = 0
                while start < len(tables[name][1]) and self.left > 0:
                    ledger, rows = tables[name]
                    fewer = dict(tables)
                    fewer[name] = (ledger, rows[:start] + rows[start + size:])
                    if self.shows(fewer):
                        tables = fewer
                    else:
                        start += size
                size //= 2
        return self.shown(tables)

    def shown(self, tables):
        lines = []
        for name, (ledger, rows) in tables.items():
            lines.append("%s.csv: %d" % (name, len(rows)))
            if len(rows) <= 8:
                for row in rows:
                    lines.append("  " + "; ".join("%s=%s" % (column, cell) for column, cell in row.items() if cell not in (None, "")))
        return "\n".join(lines)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def shrunk(given):
    program, templates, finding, most = given
    if finding.seed is None:
        return ""
    shrinker = Shrinker(program, templates, finding, most)
    try:
        return shrinker.run()
    finally:
        shrinker.close()


def tell(groups, print_):
    for kind, found in sorted(groups.items(), key=lambda pair: pair[0]):
        first = found[0]
        print_("## %s  [%d]" % (kind, len(found)))
        print_("    seed %s, đơn vị %s: %s" % (first.seed, first.unit or "(toàn bộ)", first.task()))
        print_("    câu/ô: %s" % first.sentence[:600])
        print_("    đúng ra: %s" % str(first.expected)[:600])
        print_("    thấy: %s" % str(first.found)[:600])
        for line in first.office.splitlines():
            print_("    | " + line[:300])
    print_("")


def numbers(text):
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", default=os.path.join(ROOT, "tongket"))
    options.add_argument("--templates", default=os.path.join(ROOT, "templates"))
    options.add_argument("--seeds", default="1-3")
    options.add_argument("--reports", default="")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--shrink", default="")
    options.add_argument("--no-shrink", action="store_true")
    options.add_argument("--shrink-runs", type=int, default=FEWEST_RUNS)
    options.add_argument("--keep", default="")
    options.add_argument("--out", default="")
    options.add_argument("--workspace", default="")
    options.add_argument("--periods", default="")
    options.add_argument("--units", default="")
    options.add_argument("--as-of", default="")
    given = options.parse_args()
    LISTED_IN[0] = os.path.dirname(os.path.abspath(given.templates))
    started = time.time()
    names = given.reports.split(",") if given.reports else judge.reports()
    program, templates = os.path.abspath(given.program), os.path.abspath(given.templates)
    compared, made, kinds, groups = 0, 0, set(), {}
    if given.workspace:
        as_of = spans.parse(given.as_of).first if given.as_of else None
        tasks = [Task(period, unit or None, as_of=as_of) for period in given.periods.split(",") for unit in given.units.split(",")]
        results = [look(program, Workspace(given.workspace), tasks, names, None)]
    else:
        work = [(seed, program, templates, names, given.keep) for seed in numbers(given.seeds)]
        with multiprocessing.Pool(given.jobs) as pool:
            results = pool.map(one_seed, work, chunksize=1)
    for figures, seen, findings, documents_made in results:
        compared += figures
        made += documents_made
        kinds |= seen
        for finding in findings:
            groups.setdefault(finding.kind, []).append(finding)
    if groups and not given.no_shrink and not given.workspace:
        # Only of kinds whose name holds one of these words, where any are given: shrinking all of a bad day takes long.
        wanted = [word for word in given.shrink.split("|") if word]
        firsts = [found[0] for kind, found in groups.items() if not wanted or any(word in kind for word in wanted)]
        with multiprocessing.Pool(given.jobs) as pool:
            for finding, text in zip(firsts, pool.map(shrunk, [(program, templates, finding, given.shrink_runs) for finding in firsts], chunksize=1)):
                finding.office = text
    out = open(given.out, "w", encoding="utf-8") if given.out else sys.stdout
    tell(groups, lambda line: print(line, file=out))
    different = sum(map(len, groups.values()))
    print("%d figures of %d kinds in %d documents of %d reports compared in %d s: %d differ, in %d kinds"
          % (compared, len(kinds), made, len(names), time.time() - started, different, len(groups)))
    if not made:
        print("no document was compared: nothing is shown to be right", file=sys.stderr)
    return 1 if groups or not made else 0


if __name__ == "__main__":
    sys.exit(main())
