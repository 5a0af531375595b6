"""excuses.py - the values of documents that no claim has to speak of, each with its reason."""

# (report or None for all, what its words begin with): why
EXCUSES = {
    (None, "[Cần bổ sung"): "a passage the office has still to write",
}


def excused(report, value):
    return any(value.printed.startswith(start) and name in (None, report) for (name, start) in EXCUSES)
