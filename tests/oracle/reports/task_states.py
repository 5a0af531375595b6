"""task_states.py - where a task stands on a day, from its dates; the status that was typed counts only where dates do not tell."""
from values import agrees


class Task:
    def __init__(self, o, row):
        words = o.words("task-status")
        self.row = row
        self.due = row.extended_to or row.deadline
        self.given = row.assigned_date or row.source_date
        self.stopped = words.in_group(row.status, "stopped") and row.done_date is None
        self.said_done = words.in_group(row.status, "done") and row.done_date is None
        self.fresh = row.status == "MPS"

    def done_by(self, day):
        """True, False, or None where the day is not known well enough."""
        if self.row.done_date is None:
            return None if self.said_done else False
        return self.row.done_date.by(day)

    def open_at(self, day):
        return not self.stopped and self.given is not None and self.given.by(day) is True and self.done_by(day) is False

    def overdue_at(self, day):
        """A deadline's last day still counts."""
        return self.open_at(day) and self.due is not None and self.due.last < day

    def days_left(self, day):
        return (self.due.last - day).days

    @property
    def in_time(self):
        return self.due is not None and self.row.done_date is not None and self.row.done_date.last <= self.due.last

    @property
    def late(self):
        return self.due is not None and self.row.done_date is not None and self.row.done_date.first > self.due.last


class Due:
    """A deadline as it is listed: as it was given, or its last day."""

    def __init__(self, span):
        self.span = span

    def agrees(self, found):
        return agrees(self.span, found) or agrees(self.span.last, found)

    def __str__(self):
        return "%s" % self.span


class Tasks:
    """The tasks of a report: open on day T, or done in the period."""

    def __init__(self, o, rows=None):
        self.o = o
        self.every = [Task(o, row) for row in (o.rows("tasks") if rows is None else rows)]
        self.open = [task for task in self.every if task.open_at(o.T)]
        self.done = [task for task in self.every if o.in_period(task.row.done_date) is True]
        self.tracked = [task for task in self.every if task in self.open or task in self.done]
        self.assigned = [task for task in self.every if not task.stopped and o.in_period(task.row.assigned_date) is True]
        self.overdue = [task for task in self.open if task.overdue_at(o.T)]
        self.fresh = [task for task in self.open if task.fresh and task not in self.overdue]

    def soon(self, days):
        return [task for task in self.open if task.due is not None and 0 <= task.days_left(self.o.T) <= days]


def lead(o, row):
    return o.name(row.lead_org) if o.row_of(row.lead_org) else row.lead_org
