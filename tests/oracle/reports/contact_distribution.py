"""contact-distribution: to which hamlets the notice with the contact list was handed, and where it is posted."""
from claims import List, Piece
from values import Ratio, UNKNOWN

from reports.counting import share
from reports.kept import not_kept

FORCES = ("CA", "QS")


def published(o):
    """The contacts that may be printed and are in office on day T."""
    return [row for row in o.all("contacts")
            if row.public and (row.valid_from is None or row.valid_from.last <= o.T) and (row.valid_to is None or row.valid_to.last >= o.T)]


def happened(o, span):
    """A date by day T, else nothing: what comes after T has not happened yet."""
    return span if span is not None and o.by(span) else None


def claims(o, d):
    d.head(note="(Số liệu đến ngày %s)" % vietnamese(o.T))
    listed = published(o)
    d.say("Danh sách liên hệ công bố có {} đồng chí, gồm {} đồng chí Ủy viên Ban Thường vụ và {} đồng chí đứng đầu "
          "Công an, Ban Chỉ huy Quân sự.", len(listed), sum(row.body == "BTV" for row in listed), sum(row.body in FORCES for row in listed))
    if not_kept(o, d, "hamlets", "Thông báo được giao đến 0 thôn"):
        for name in ("by_commune", "checklist"):
            if d.document.table(name):
                d.table(name, [])
        return
    hamlets = o.rows("hamlets")
    kinds = o.words("hamlet-kind")
    handed = [row for row in hamlets if happened(o, row.handed_date)]
    posted = [row for row in hamlets if happened(o, row.posted_date)]
    known = {"handed": o.has("hamlets", "handed_date"), "posted": o.has("hamlets", "posted_date")}
    tell = lambda name, count: count if known[name] else UNKNOWN
    of_kinds = [item for item in ((sum(row.kind == code for row in hamlets), kinds.label(code)) for code in kinds.codes) if item[0]]
    waiting = len(hamlets) - len(handed)
    d.say("Thông báo được giao đến {} thôn, xóm, bản, khối{}. Đã giao {} ({}), đã niêm yết {} ({}){}.", len(hamlets),
          Piece(" ({})", List("{} {}", of_kinds)) if of_kinds else Piece(""), tell("handed", len(handed)),
          share(tell("handed", len(handed)), len(hamlets)), tell("posted", len(posted)), share(tell("posted", len(posted)), len(hamlets)),
          Piece("; chưa giao {}", waiting) if waiting and known["handed"] else Piece(""))
    communes = {}
    for row in hamlets:
        communes.setdefault(o.place(row.commune) or row.commune, []).append(row)
    line = lambda rows: {"hamlets": len(rows), "handed": tell("handed", sum(row in handed for row in rows)),
                         "posted": tell("posted", sum(row in posted for row in rows)),
                         "share": share(tell("posted", sum(row in posted for row in rows)), len(rows), "0.0")}
    d.table("by_commune", [dict(line(rows), commune=o.name(code)) for code, rows in communes.items()], total=line(hamlets), ordered=False)
    d.table("checklist",
            [{"code": row.hamlet_id, "name": row.name, "commune": o.name(o.place(row.commune) or row.commune), "place": row.posting_place,
              "handed": tell("handed", happened(o, row.handed_date)), "posted": tell("posted", happened(o, row.posted_date)), "confirmer": row.confirmer} for row in hamlets],
            ordered=False)
    # How many hamlets there must be is said of the whole office only.
    told = o.setting("contacts", "hamlets")
    if told and o.whole():
        d.check("Số thôn, xóm, bản, khối trong danh mục = số phải giao ([contacts] hamlets)", int(told), len(hamlets))


def vietnamese(day):
    """As documents print a day in figures: a zero before days below 10 and before the first two months."""
    return "%02d/%s/%d" % (day.day, "%02d" % day.month if day.month < 3 else day.month, day.year)
