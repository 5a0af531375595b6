"""run.py - works every figure of reports out a second time.

    python3 tests/oracle/run.py [--seeds 1-20] [--reports NAME,NAME] [--workspace FOLDER PERIOD…] [--keep] [--verbose]

--workspace looks at a folder with inputs/ and templates/, such as the shipped one, for the periods named.
"""
import argparse, os, shutil, subprocess, sys, tempfile
from datetime import date

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import judge
from model import Scope, Workspace

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KINDS = {4: "year", "H": "half-year", "Q": "quarter", 7: "month"}


def run(command, cwd=None):
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    return done.returncode, done.stdout


def look(program, folder, periods, units, names, book=True):
    """Yields (scope, claims, command) of every document of these periods and units."""
    workspace = Workspace(folder)
    with tempfile.TemporaryDirectory() as output:
        for period in periods:
            for unit in units:
                where = os.path.join(output, unit or "all")
                command = [program, "report", "--period", period, "--format", "tree,xlsx" if book else "tree", "--output", where, "-C", folder, "--quiet"]
                command += ["--unit", unit] if unit else []
                run(command)
                scope = Scope(workspace, period, unit)
                for base, _, files in sorted(os.walk(where)):
                    for name in sorted(files):
                        if name.endswith(".tree"):
                            path = os.path.join(base, name)
                            report = open(path, encoding="utf-8").readline().split()[1]
                            if report in names:
                                yield scope, judge.judge(scope, path, path[:-5] + ".xlsx"), " ".join(command)
                shutil.rmtree(where, ignore_errors=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", default=os.path.join(ROOT, "tongket"))
    options.add_argument("--reports", default="")
    options.add_argument("--workspace", nargs="+")
    options.add_argument("--units", default="")
    given = options.parse_args()
    names = given.reports.split(",") if given.reports else judge.reports()
    compared, kinds, groups = 0, set(), {}
    folder, *periods = given.workspace
    units = [unit or None for unit in given.units.split(",")]
    for scope, d, command in look(given.program, folder, periods, units, names):
        compared += d.compared
        kinds |= d.kinds
        for difference in d.differences:
            groups.setdefault(difference.kind, []).append((scope, difference, command))
    for kind, found in sorted(groups.items()):
        scope, difference, command = found[0]
        print("%s  [%d]\n    kỳ %s, đơn vị %s: %s" % (kind, len(found), scope.period.name, scope.unit or "(toàn bộ)", command))
        print("\n".join(str(difference).splitlines()[1:]))
    print("%d figures of %d kinds compared, %d differ in %d kinds" % (compared, len(kinds), sum(map(len, groups.values())), len(groups)))
    return 1 if groups else 0


if __name__ == "__main__":
    sys.exit(main())
