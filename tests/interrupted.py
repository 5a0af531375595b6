"""interrupted.py PROGRAM - kills a batch at random moments and looks at what is left.

Half of the runs begin with nothing, half over the outputs of other inputs. Whatever the moment, each file in sight is
whole: that of the undisturbed run, or the one that stood there before. Then the batch is run to its end, which must give
the same bytes as the undisturbed run, with nothing left over.
"""
import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
SIGNALS = [signal.SIGKILL] * 50 + [signal.SIGTERM] * 4 + [signal.SIGINT] * 4
COMMAND = [PROGRAM, "report", "discipline-bulletin", "--period", "2017-H2", "--each", "CBCS", "--jobs", "2", "--quiet"]


def start():
    return subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL)


def files(folder):
    """Every file in sight, by its path below the folder, with its bytes."""
    found = {}
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = os.path.join(at, name)
            if not name.startswith("."):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = file.read()
    return found


def wait_for_workers():
    """The lock is free once the last worker has followed its parent."""
    os.makedirs("outputs", exist_ok=True)
    with open("outputs/.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def left_over():
    return [name for _, folders, names in os.walk("outputs") for name in folders + names if name.startswith(".tongket-")]


def main():
    here = tempfile.mkdtemp()
    shutil.copytree("inputs", here + "/inputs")
    shutil.copytree("templates", here + "/templates")
    os.chdir(here)
    discipline = open("inputs/discipline.csv", encoding="utf-8").read()
    with open("inputs/discipline.csv", "w", encoding="utf-8") as file:
        file.write(discipline[: discipline.rstrip().rfind("\n") + 1])
    assert start().wait() == 0, "the batch fails by itself"
    shutil.move("outputs", "before")
    with open("inputs/discipline.csv", "w", encoding="utf-8") as file:
        file.write(discipline)
    began = time.monotonic()
    assert start().wait() == 0
    took = time.monotonic() - began
    shutil.move("outputs", "undisturbed")
    before, wanted = files("before"), files("undisturbed")
    assert len(wanted) > 50 and before.keys() == wanted.keys() and before != wanted

    seed = random.randrange(1 << 32)
    moments = random.Random(seed)
    wrong, stopped = [], 0
    for number, what in enumerate(SIGNALS):
        shutil.rmtree("outputs", ignore_errors=True)
        if number % 2:
            shutil.copytree("before", "outputs")
        run = start()
        moment = moments.random() * took
        time.sleep(moment)
        run.send_signal(what)
        stopped += run.wait() == -what
        wait_for_workers()
        for path, content in files("outputs").items():
            if content != wanted.get(path) and not (number % 2 and content == before.get(path)):
                wrong.append(f"{what.name} after {moment:.3f} s: {path} is not whole")
        if start().wait() != 0:
            wrong.append(f"{what.name} after {moment:.3f} s: the next run fails")
        if files("outputs") != wanted:
            wrong.append(f"{what.name} after {moment:.3f} s: the next run makes something else")
        wrong += [f"{what.name} after {moment:.3f} s: {name} is left over" for name in left_over()]
    if stopped < len(SIGNALS) // 4:
        wrong.append(f"only {stopped} of {len(SIGNALS)} runs were stopped in time to show anything")
    shutil.rmtree(here)
    print("FAILED interrupted" if wrong else "ok interrupted", f"({len(SIGNALS)} runs, {stopped} stopped, seed {seed})")
    for line in wrong[:20]:
        print("   ", line)
    return 1 if wrong else 0


sys.exit(main())
