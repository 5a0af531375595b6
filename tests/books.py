"""books.py FOLDER… - the workbook readers over every .xlsx, .xlsm and .ods found there, as many as there are.

Of each file: the program built with sanitizers ends in time with a status of its own, and with a message when that is 4;
the release program stays within a bound of memory; and the cells of every sheet are those that openpyxl reads, where it
can read the file. For .ods the twin NAME.xlsx beside it, made by another program, is what is compared with. Prints a line
for each file that differs or fails and, last, counts. Run in the project's root after `make build test`."""
import csv, datetime, glob, io, os, re, signal, subprocess, sys, time, warnings

import openpyxl

warnings.simplefilter("ignore")
csv.field_size_limit(1 << 30)
SECONDS, MEGABYTES = 60, 96
counts, peak, slowest = {}, (0, ""), (0, "")


def count(what, path=None, why=""):
    counts[what] = counts.get(what, 0) + 1
    if path:
        print("%s: %s%s" % (what, path, ": " + why if why else ""), flush=True)


def run(program, arguments):
    """Status, output, messages, kilobytes at most, seconds; a status of None is one that took too long."""
    before = time.monotonic()
    process = subprocess.Popen(["timeout", str(SECONDS), program] + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, messages = process.communicate()
    return process.returncode, out, messages.decode("utf-8", "replace"), time.monotonic() - before


# A process begins with the peak of the one that started it: a bare interpreter's is 10 MB.
MEASURE = """import os, resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


def kilobytes(program, arguments):
    return int(subprocess.run([sys.executable, "-S", "-c", MEASURE, program] + arguments, stdout=subprocess.PIPE).stdout)


def plain(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (int, float)):
        digits = repr(float(value))
        return digits[:-2] if digits.endswith(".0") else digits
    if isinstance(value, datetime.datetime):
        return value.isoformat() if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return "%d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def same(ours, theirs):
    """Numbers by value; line ends and the escapes that openpyxl leaves in are no difference."""
    if ours == theirs:
        return True
    theirs = re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), theirs).replace("\r\n", "\n")
    if ours.replace("\r\n", "\n") == theirs or ours.lstrip("'") == theirs:
        return True
    if re.fullmatch(r"\d+:\d\d:\d\d", ours) and ours.rjust(8, "0") == theirs.rjust(8, "0")[:8]:
        return True
    try:
        return abs(float(ours) - float(theirs)) <= 1e-14 * abs(float(theirs))
    except ValueError:
        pass
    if "T" in ours or "T" in theirs:
        return ours[:16] == theirs[:16]
    return False


def rows_of(text):
    rows = [row for row in csv.reader(io.StringIO(text.decode("utf-8")), strict=False)]
    return {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell}


def compare(path, twin):
    try:
        signal.alarm(SECONDS)
        book = openpyxl.load_workbook(twin, data_only=True)
    except Exception:
        return count("not opened by openpyxl")
    finally:
        signal.alarm(0)
    for sheet in book.worksheets:
        status, out, messages, _ = run("./tongket", ["cells", path, "--sheet", sheet.title])
        if status not in (0, 1):
            count("sheet not read", path, "%s: %s" % (sheet.title, messages.strip()[:160]))
            continue
        if len(out) > 20_000_000:
            count("sheets not compared")
            continue
        ours = rows_of(out)
        # Walking over rows and columns would make a cell of every blank up to the last.
        theirs = {(row - 1, column - 1): plain(cell.value) for (row, column), cell in sheet._cells.items() if plain(cell.value)}
        wrong = [at for at in sorted(set(ours) | set(theirs)) if not same(ours.get(at, ""), theirs.get(at, ""))]
        counts["cells"] = counts.get("cells", 0) + len(theirs)
        counts["cells that differ"] = counts.get("cells that differ", 0) + len(wrong)
        count("sheets compared")
        if wrong:
            at = wrong[0]
            count("sheet differs", path, "%s: %d of %d, first at row %d, column %d: ours %r, theirs %r" % (
                sheet.title, len(wrong), len(theirs), at[0] + 1, at[1] + 1, ours.get(at, "")[:60], theirs.get(at, "")[:60]))


def look(path):
    global peak, slowest
    count("files")
    status, out, messages, seconds = run("build/careful/tongket", ["cells", path])
    if status == 124:
        return count("too slow", path)
    if status not in (0, 1, 4) or "Sanitizer" in messages or "runtime error" in messages:
        return count("crash", path, messages.strip()[:400])
    if status == 4 and not messages:
        return count("silent", path)
    slowest = max(slowest, (seconds, path))
    memory = kilobytes("./tongket", ["cells", path])
    peak = max(peak, (memory, path))
    if memory > MEGABYTES * 1024:
        count("too much memory", path, "%d MB" % (memory // 1024))
    if status == 4:
        code = re.search(r"\[([a-z-]+)\]\s*$", messages.strip())
        count("refused " + (code[1] if code else "?"))
    twin = path if not path.endswith(".ods") else path[:-4] + ".xlsx"
    if os.path.exists(twin) and (status != 4 or twin != path):
        compare(path, twin)


def too_late(number, frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, too_late)
os.environ["LANG"] = "en_US.UTF-8"
os.environ["ASAN_OPTIONS"] = "exitcode=86"
for folder in sys.argv[1:]:
    for path in sorted(glob.glob(glob.escape(folder) + "/**/*", recursive=True)):
        if os.path.isfile(path) and path.lower().endswith((".xlsx", ".xlsm", ".xltx", ".xltm", ".ods")):
            look(path)
for what in sorted(counts):
    print("%8d %s" % (counts[what], what))
print("%8d MB at most (%s)" % (peak[0] // 1024, peak[1]))
print("%8.1f seconds at most, with sanitizers (%s)" % slowest)
sys.exit(any(what in counts for what in ("crash", "too slow", "silent", "too much memory")))
