"""moves_part.py - personnel moves: what counts as one, and the sentence on those before their time."""
from claims import List
from reports.pieces import counted


def persons(rows):
    """How many people: by card number, else by name."""
    return len({row.member_id or row.full_name for row in rows})


def early(o, d):
    """Moves before their time: marked so, or for a reason that means so."""
    reasons = o.words("move-reason")
    rows = [row for row in o.during("rotations", "decision_date") if row.early_replacement or reasons.in_group(row.reason, "early")]
    if not rows:
        d.absent("Thay thế, điều chuyển trước thời hạn")
        return
    found = counted(rows, lambda row: row.reason)
    d.say("Thay thế, điều chuyển trước thời hạn {} lượt, {} cán bộ; theo lý do: {}.", len(rows), persons(rows),
          List("{} {}", [(reasons.label(code) if code else NO_REASON, number) for code, number in found.items()], any_order=True))


class NoReason:
    def agrees(self, found):
        return any(word in found.printed.lower() for word in ("không ghi", "chưa ghi", "không nêu", "chưa rõ", "lý do khác"))

    def __str__(self):
        return "không ghi lý do"


NO_REASON = NoReason()
