"""report.py - the lines that tests/run.sh counts, from suites that are written in Python."""
import sys


class Suite:
    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, 0

    def report(self, name, problems):
        """Passed when there is no problem; the first of them are shown."""
        self.passed += not problems
        self.failed += bool(problems)
        print("%s %s: %s" % ("FAILED" if problems else "ok", self.name, name))
        for problem in problems[:20]:
            print("    %s" % problem)

    def end(self):
        sys.exit(self.failed > 0)
