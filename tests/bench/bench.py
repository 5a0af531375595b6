#!/usr/bin/env python3
"""bench.py PROGRAM WORK SIZE… - time, memory and growth of the bench's report, beside the peers that are installed.

Every command runs three times, in turn with its peers; the median is shown. Times are of this machine at this moment:
only ratios within one run mean anything.
"""
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM, WORK, SIZES = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:]
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
REPEAT, MISSING, UNITS = 3, 77, 300


def run(words):
    """Seconds, peak MB, status, and seconds of CPU with those of its workers."""
    start = time.monotonic()
    with open(os.path.join(WORK, "log"), "w") as log:
        child = subprocess.Popen(words, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - start, usage.ru_maxrss / 1024, child.returncode, usage.ru_utime + usage.ru_stime


def median(runs):
    return sorted(runs)[len(runs) // 2]


def measure(commands):
    """{name: words} to {name: [(seconds, MB, CPU)]}, in turn; a peer that is not there is left out, and said."""
    results, out = {name: [] for name in commands}, os.path.join(WORK, "out")
    for _ in range(REPEAT):
        for name, words in commands.items():
            if name not in results:
                continue
            if os.path.exists(out):  # kept until the end: where many files were just removed, new ones take longer
                os.rename(out, tempfile.mkdtemp(dir=WORK))
            os.makedirs(out)
            seconds, memory, status, processor = run(words)
            if name.startswith("tongket") and status > 1:
                sys.exit("%s: status %d\n%s" % (" ".join(words), status, open(os.path.join(WORK, "log")).read()))
            if name.startswith("tongket") or status == 0:
                results[name].append((seconds, memory, processor))
            else:
                why = "not installed" if status in (MISSING, 127) else "fails here (status %d)" % status
                print("          %-44s left out: %s" % (name, why))
                del results[name]
    return results


def middle(results):
    """The median run of each."""
    return {name: median(runs) for name, runs in results.items()}


def show(results, own):
    for name, (seconds, memory, _) in results.items():
        ratio = "" if name.startswith("tongket") else "   %.1f times tongket's time" % (seconds / results[own][0])
        print("          %-44s %8.3f s %7.0f MB%s" % (name, seconds, memory, ratio))


def workspace(size):
    folder = os.path.join(WORK, size)
    shutil.copytree(os.path.join(HERE, "templates"), os.path.join(folder, "templates"))
    subprocess.run([sys.executable, os.path.join(HERE, "make.py"), size, os.path.join(folder, "inputs")], check=True)
    rows = 0
    for name in os.listdir(os.path.join(folder, "inputs")):
        with open(os.path.join(folder, "inputs", name), "rb") as file:  # and into the page cache with it
            rows += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return folder, rows


def agree(folder, own, peer):
    """The figures of both, made once more."""
    out = os.path.join(WORK, "out")
    books = []
    for words, made in ((own, "2025-H1/half-year.xlsx"), (peer, "report.xlsx")):
        run(words)
        books.append(os.path.join(tempfile.mkdtemp(dir=WORK), "book.xlsx"))
        os.rename(os.path.join(out, made), books[-1])
    levels = os.path.join(folder, "templates", "vocabularies", "level.ini")
    if subprocess.run([PYTHON, os.path.join(HERE, "agree.py"), *books, levels]).returncode:
        sys.exit("the figures are not those of the peer")


def report(size):
    """J1: the consolidated report."""
    folder, rows = workspace(size)
    out = os.path.join(WORK, "out")
    own = [PROGRAM, "report", "half-year", "--period", "2025-H1", "--quiet", "--output", out, "-C", folder]
    peer = [PYTHON, os.path.join(HERE, "peer_pandas.py"), os.path.join(folder, "inputs"), out]
    results = middle(measure({"tongket: all": own, "tongket: start and load": [PROGRAM, "query", "SELECT 1", "-C", folder],
                              "pandas + XlsxWriter + ReportLab": peer}))
    print("%-9s %d rows: five tallies, XLSX and PDF" % (size, rows))
    show(results, "tongket: all")
    if "pandas + XlsxWriter + ReportLab" in results:
        agree(folder, own, peer)
    print("          %-44s %8.3f s" % ("tongket: queries and documents",
                                       max(0, results["tongket: all"][0] - results["tongket: start and load"][0])))
    return rows, results["tongket: all"]


def units(size):
    """The workspace with its first grassroots units made a kind of their own."""
    folder, inputs = os.path.join(WORK, "units"), os.path.join(WORK, "units", "inputs")
    os.makedirs(inputs)
    os.symlink(os.path.join(WORK, size, "templates"), os.path.join(folder, "templates"))
    for name in ("members.csv", "tasks.csv"):
        os.link(os.path.join(WORK, size, "inputs", name), os.path.join(inputs, name))
    lines, left = [], UNITS
    for line in open(os.path.join(WORK, size, "inputs", "organizations.csv"), encoding="utf-8"):
        if left and line.rstrip().endswith(",3"):
            line, left = line.rstrip()[:-1] + "first\n", left - 1
        lines.append(line)
    with open(os.path.join(inputs, "organizations.csv"), "w", encoding="utf-8") as file:
        file.writelines(lines)
    with open(os.path.join(inputs, "office.ini"), "w", encoding="utf-8") as file:
        file.write("[office]\npage = lists\nname = ĐẢNG BỘ CẤP TRÊN\nplace = Tân Bình\n")
    return folder


def batch(size):
    """J2: a small report, XLSX and PDF of two pages, for each of three hundred units, by one process and by two."""
    folder, out = units(size), os.path.join(WORK, "out")
    own = [PROGRAM, "report", "unit", "--period", "2025-H1", "--each", "first", "--quiet", "-C", folder, "--output", out, "--jobs"]
    peer = [PYTHON, os.path.join(HERE, "peer_units.py"), os.path.join(folder, "inputs"), out]
    results = measure({"tongket: load": [PROGRAM, "query", "SELECT 1", "-C", folder],
                       "pandas + XlsxWriter + ReportLab: load": peer + ["0", "1"],
                       "tongket: 1 process": own + ["1"], "tongket: 2 processes": own + ["2"],
                       "pandas + XlsxWriter + ReportLab: 1 process": peer + [str(UNITS), "1"],
                       "pandas + XlsxWriter + ReportLab: 2 processes": peer + [str(UNITS), "2"]})
    print("%-9s %d units, an XLSX and a PDF each: a second, beyond the load, and milliseconds of CPU a pair" % (size, UNITS))
    for name, runs in results.items():
        program, what = name.split(": ")
        if what == "load":
            continue
        loads = results[program + ": load"]
        seconds = median([run[0] for run in runs]) - median([run[0] for run in loads])
        processor = median([run[2] for run in runs]) - median([run[2] for run in loads])
        print("          %-44s %8.1f /s %7.2f ms %7.0f MB" %
              (name, UNITS / max(0.001, seconds), 1000 * processor / UNITS, median([run[1] for run in runs])))


def reading(size):
    """J3: a workbook read and every cell checked, beside readxl, which checks none."""
    folder = os.path.join(WORK, "book")
    shutil.copytree(os.path.join(HERE, "templates"), os.path.join(folder, "templates"))
    os.makedirs(os.path.join(folder, "inputs"))
    book = os.path.join(folder, "inputs", "members.xlsx")
    for name in os.listdir(os.path.join(folder, "templates", "ledgers")):  # the members stand alone here
        path = os.path.join(folder, "templates", "ledgers", name)
        text = "".join(line for line in open(path, encoding="utf-8") if not line.startswith(("reference", "unit =")))
        open(path, "w", encoding="utf-8").write(text)
    subprocess.run([sys.executable, os.path.join(HERE, "make.py"), size, folder, "--xlsx", book], check=True)
    readxl = "suppressMessages(library(readxl)); invisible(read_xlsx('%s', col_types = 'text', progress = FALSE))" % book
    results = middle(measure({"tongket: start and load": [PROGRAM, "query", "SELECT 1", "-C", folder],
                              "R readxl": ["sh", "-c", 'exec Rscript -e "$0"', readxl]}))
    print("%-9s members as a workbook, %d MB" % (size, os.path.getsize(book) >> 20))
    show(results, "tongket: start and load")


def long_tables():
    """One table of more and more rows, in all formats: memory should hardly follow."""
    folder = os.path.join(WORK, "list")
    shutil.copytree(os.path.join(HERE, "templates"), os.path.join(folder, "templates"))
    os.makedirs(os.path.join(folder, "inputs"))
    text = open(os.path.join(HERE, "list.md"), encoding="utf-8").read()
    for count in (3_000, 30_000, 100_000):
        open(os.path.join(folder, "templates", "list.md"), "w", encoding="utf-8").write(text.replace("ROWS", str(count)))
        words = [PROGRAM, "report", "list", "--period", "2025-H1", "--format", "pdf,xlsx,html", "--quiet", "-C", folder,
                 "--output", os.path.join(WORK, "out")]
        seconds, memory, _ = middle(measure({"tongket": words}))["tongket"]
        print("rows      %-44s %8.3f s %7.0f MB" % ("a table of %d, as PDF, XLSX and HTML" % count, seconds, memory))


def main():
    grown = []
    for size in SIZES:
        grown.append(report(size))
    for (rows, (seconds, memory, _)), (more, (longer, larger, _)) in zip(grown, grown[1:]):
        power = math.log(more / rows)
        print("growth    from %d to %d rows: time as rows ^ %.2f, memory as rows ^ %.2f" %
              (rows, more, math.log(longer / seconds) / power, math.log(larger / memory) / power))
    long_tables()
    if "province" in SIZES:
        batch("province")
        reading("province")


main()
