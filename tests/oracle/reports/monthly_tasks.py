"""monthly-tasks: how the tasks given stand at the end of a month."""
from reports.pieces import UNKNOWN_WORDS, share
from reports.task_states import Due, Tasks, lead
from spans import month_end
from datetime import date
from values import Ratio, UNWRITTEN

SOON = 5
ABSENT = "chưa có số liệu"


def numbers(tasks, it):
    """How the tasks of one line stand."""
    done = [task for task in tasks if task in it.done]
    open_ = [task for task in tasks if task in it.open]
    overdue = [task for task in open_ if task in it.overdue]
    return {"total": len(tasks), "done": len(done), "on_time": sum(task.in_time for task in done), "late": sum(task.late for task in done),
            "untold": sum(not task.in_time and not task.late for task in done), "open": len(open_), "overdue": len(overdue), "progress": len(open_) - len(overdue)}


def listed(o, it, tasks, late):
    rows = []
    for task in sorted(tasks, key=lambda task: task.due.last):
        days = task.days_left(o.T)
        row = {"document": task.row.source_doc, "content": task.row.content, "lead": lead(o, task.row), "person": task.row.lead_person or UNWRITTEN,
               "due": Due(task.due), "days": -days if late else days}
        if late:
            row["obstacles"] = task.row.obstacles or UNWRITTEN
        rows.append(row)
    return rows


def claims(o, d):
    day = "%02d/%s/%d" % (o.T.day, "%02d" % o.T.month if o.T.month < 3 else str(o.T.month), o.T.year)
    d.head(subject="tổng hợp tiến độ thực hiện kết luận, nhiệm vụ giao " + o.phrase, note="(Số liệu đến ngày %s)" % day)
    nothing = ("Không có nhiệm vụ quá hạn.", "Không có nhiệm vụ thiếu thông tin.")
    if not o.has("tasks", "done_date"):  # without days nothing tells what is done, and so what is open
        for words in nothing:
            d.absent(words, "không có sổ nhiệm vụ" if not o.has("tasks") else "sổ không có cột ngày hoàn thành")
        d.mentions(UNKNOWN_WORDS)
        for name in ("given.total", "tasks.done", "tasks.overdue"):
            d.details(name, 0)
        return
    it = Tasks(o)
    soon = it.soon(SOON)
    d.say("Đang theo dõi {} nhiệm vụ; trong tháng giao mới {}, hoàn thành {}. Đến ngày {} còn {} nhiệm vụ chưa hoàn thành, trong đó quá hạn {} ({} số chưa hoàn thành), "
          "sắp đến hạn {}.", len(it.tracked), len(it.assigned), len(it.done), o.T, len(it.open), len(it.overdue), Ratio(len(it.overdue), len(it.open)),
          len(soon))
    since = [task for task in it.every if task.row.done_date is not None and task.row.done_date.within(o.year_start, o.T) is True]
    dated, on_time = [task for task in since if task.due], [task for task in since if task.in_time]
    d.say("Lũy kế từ đầu năm hoàn thành {}/{} nhiệm vụ phải thực hiện, gồm cả nhiệm vụ các năm trước chuyển sang ({}); đúng hạn {}/{} nhiệm vụ hoàn thành có thời hạn ({}).", len(since), len(since) + len(it.open),
          Ratio(len(since), len(since) + len(it.open)), len(on_time), len(dated), Ratio(len(on_time), len(dated)))

    months = [(date(o.year, month, 1), month_end(o.year, month)) for month in range(1, 13)]
    months = [(first, min(last, o.T)) for first, last in months if first <= o.T] if not o.workspace.windows else []
    if months:
        d.chart("done_by_month", ["T%d" % first.month for first, _ in months], {
            "Giao": [sum(1 for task in it.every if not task.stopped and task.row.assigned_date and task.row.assigned_date.within(first, last) is True)
                     for first, last in months],
            "Hoàn thành": [sum(1 for task in it.every if task.row.done_date and task.row.done_date.within(first, last) is True) for first, last in months]})

    issuers = o.words("task-issuer")
    whole = numbers(it.tracked, it)
    rows = []
    for code in issuers.codes:
        n = numbers([task for task in it.tracked if task.row.issuer == code], it)
        if n["total"]:
            rows.append({"issuer": issuers.titled(code), "share": share(n["overdue"], n["open"]),
                         **{column: n[column] for column in ("total", "on_time", "late", "untold", "progress", "overdue")}})
    d.table("by_issuer", rows, {"share": share(whole["overdue"], whole["open"]), **{c: whole[c] for c in ("total", "on_time", "late", "untold", "progress", "overdue")}},
            groups={"on_time": "Hoàn thành", "late": "Hoàn thành", "untold": "Hoàn thành", "progress": "Đang thực hiện", "overdue": "Đang thực hiện"}, ordered=False)

    def by_lead(n):
        return {"total": n["total"], "on_time": n["on_time"], "late": n["late"], "untold": n["untold"], "progress": n["progress"],
                "overdue": n["overdue"], "share": share(n["done"], n["total"])}
    units = {}
    for task in it.tracked:
        units.setdefault(place(o, task.row), []).append(task)
    d.table("by_lead", [dict(by_lead(numbers(tasks, it)), unit=unit[1]) for unit, tasks in units.items()], by_lead(whole), key=["unit", "total"], ordered=False)

    if it.overdue:
        d.table("late", listed(o, it, it.overdue, True), key=["document", "content"], ordered=False)
        d.absent(nothing[0])
    else:
        d.say(nothing[0])
    if soon:
        d.table("soon", listed(o, it, soon, False), key=["document", "content"], ordered=False)

    # What is followed and lacks something; that which was done on a day nobody wrote down lacks this.
    lacking = []
    for task in it.every:
        about = [word for word, lacks in (("người chịu trách nhiệm", not task.row.lead_person), ("thời hạn", task.due is None),
                                          ("ngày giao", task.row.assigned_date is None)) if lacks]
        done = task.row.done_date
        unplaced = done is not None and o.in_period(done) is None
        if done is not None and task.row.assigned_date is not None and done.last < task.row.assigned_date.first:
            about = about + ["ngày hoàn thành trước ngày giao"]
        if task.said_done and not task.stopped and task.given.by(o.T):
            lacking.append((task, about + ["không có ngày hoàn thành"]))
        elif unplaced and task.given.by(o.T):
            lacking.append((task, about + ["ngày hoàn thành chưa xếp được vào kỳ"]))
        elif task in it.tracked and about:
            lacking.append((task, about))
    if lacking:
        d.say("Nhiệm vụ chưa ghi người chịu trách nhiệm {}, chưa ghi thời hạn {}, chưa ghi ngày giao {}; ghi hoàn thành mà không có ngày hoàn thành {}, "
              "hoàn thành vào ngày chưa xếp được vào kỳ {}.", *(sum(words in about for _, about in lacking) for words in (
                  "người chịu trách nhiệm", "thời hạn", "ngày giao", "không có ngày hoàn thành", "ngày hoàn thành chưa xếp được vào kỳ")))
        d.table("vague", [{"document": task.row.source_doc, "content": task.row.content, "lead": lead(o, task.row), "lack": Lack(about)}
                          for task, about in lacking], key=["document", "content"], ordered=False)
        d.absent(nothing[1])
    else:
        d.say(nothing[1])
    d.check("Hoàn thành + đang thực hiện + quá hạn = đang theo dõi", len(it.tracked), len(it.tracked))
    d.details("given.total", len(it.assigned))
    d.details("tasks.done", len(it.done))
    d.details("tasks.overdue", len(it.overdue))


def place(o, row):
    """The unit a task is led by, as day T knows it."""
    code = row.lead_org
    if o.row_of(code) is None:
        return (code, code)
    ended = o.row_of(code).valid_to is not None and o.row_of(code).valid_to.last < o.T
    code = o.place(code) if ended else code
    return (code, o.name(code))


class Lack:
    """What a line lacks, named in any order."""

    def __init__(self, about):
        self.about = about

    def agrees(self, found):
        return all(word in found.printed.lower() for word in self.about) and found.printed.count(",") + found.printed.count(";") == len(self.about) - 1

    def __str__(self):
        return ", ".join(self.about)
