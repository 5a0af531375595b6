"""suites.py - shows a mutant to the tests that are no oracle: cases that print the message of its rule, what `check` says of the
shipped inputs, and, where asked for, whole suites."""
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SUITES = ("reports", "records", "held-out", "public", "roll-up")


class Checkout:
    """The repository with one template changed and the program at hand for the one of the sanitizers."""

    def __init__(self, program, templates, scratch, mutant=None):
        self.folder = os.path.join(scratch, "checkout")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(os.path.join(self.folder, "build", "careful"))
        for name in os.listdir(ROOT):
            if name not in ("build", "templates", "tongket", ".git", "outputs"):
                os.symlink(os.path.join(ROOT, name), os.path.join(self.folder, name))
        os.symlink(program, os.path.join(self.folder, "tongket"))
        os.symlink(program, os.path.join(self.folder, "build", "careful", "tongket"))
        shutil.copytree(templates, os.path.join(self.folder, "templates"))
        if mutant:
            with open(os.path.join(self.folder, "templates", mutant.file), "w", encoding="utf-8") as stream:
                stream.write(mutant.text)

    def run(self, *words):
        done = subprocess.run(words, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={**os.environ, "LANG": "vi_VN.UTF-8"})
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def check(self):
        return self.run("./tongket", "check", "--output", os.path.join(self.folder, "outputs"))

    def suite(self, name, *words):
        return self.run("sh", f"tests/suites/{name}.sh", *words)


def message_of(mutant):
    """What the rule says when it is broken."""
    if not mutant.file.startswith("ledgers/"):
        return None
    section = re.search(rf"^\[check {re.escape(mutant.piece)}\][^\[]*?^message\s*=\s*(.+?)\s*$", mutant.text, re.MULTILINE | re.DOTALL)
    return section[1] if section else None


def cases_with(words):
    found = []
    base = os.path.join(ROOT, "tests", "cases")
    for area in sorted(os.listdir(base)):
        for case in sorted(os.listdir(os.path.join(base, area))):
            for part in ("stderr", "stdout"):
                path = os.path.join(base, area, case, part)
                if os.path.isfile(path):
                    with open(path, encoding="utf-8", errors="replace") as stream:
                        if words in stream.read():
                            found.append(f"{area}/{case}")
                            break
    return found


def look(left, given, scratch, progress):
    rules = [verdict for verdict in left if verdict.mutant.file.startswith("ledgers/")]
    if not rules and not given.suites:
        return
    plain = Checkout(given.program, given.templates, scratch).check()
    for verdict in rules:
        checkout = Checkout(given.program, given.templates, scratch, verdict.mutant)
        status, said = checkout.check()
        message = message_of(verdict.mutant)
        if status == 3:
            verdict.refused = said.splitlines()[0]
        elif (status, said) != plain:
            verdict.noticed, verdict.by = "check", "check of the shipped inputs"
        elif message:
            cases = cases_with(message)
            if cases and checkout.suite("cases", *cases)[0]:
                verdict.noticed, verdict.by = "cases", " ".join(cases)
    progress("check and cases", rules)
    if given.suites:
        green = [name for name in SUITES if Checkout(given.program, given.templates, scratch).suite(name)[0] == 0]
        for verdict in left:
            for name in green:
                if not verdict.settled() and Checkout(given.program, given.templates, scratch, verdict.mutant).suite(name)[0]:
                    verdict.noticed, verdict.by = name, f"tests/suites/{name}.sh"
        progress("suites " + " ".join(green), left)
