"""contact-distribution: to which hamlets the notice with the contact list was handed, and where it is posted."""
from claims import List, Piece
from values import BLANK, Ratio

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
    hamlets = o.rows("hamlets")
    kinds = o.words("hamlet-kind")
    handed = [row for row in hamlets if happened(o, row.handed_date)]
    posted = [row for row in hamlets if happened(o, row.posted_date)]
    of_kinds = [(sum(row.kind == code for row in hamlets), kinds.label(code)) for code in kinds.codes]
    waiting = len(hamlets) - len(handed)
    d.say("Thông báo được giao đến {} thôn, xóm, bản, khối ({}). Đã giao {} ({}), đã niêm yết {} ({}){}.", len(hamlets),
          List("{} {}", [item for item in of_kinds if item[0]]), len(handed), Ratio(len(handed), len(hamlets)),
          len(posted), Ratio(len(posted), len(hamlets)), Piece("; chưa giao {}", waiting) if waiting else Piece(""))
    communes = {}
    for row in hamlets:
        communes.setdefault(o.place(row.commune) or row.commune, []).append(row)
    line = lambda rows: {"hamlets": len(rows), "handed": sum(row in handed for row in rows), "posted": sum(row in posted for row in rows),
                         "share": Ratio(sum(row in posted for row in rows), len(rows), "0.0")}
    d.table("by_commune", [dict(line(rows), commune=o.name(code)) for code, rows in communes.items()], total=line(hamlets), ordered=False)
    d.table("checklist",
            [{"code": row.hamlet_id, "name": row.name, "commune": o.name(o.place(row.commune) or row.commune), "place": row.posting_place,
              "handed": happened(o, row.handed_date), "posted": happened(o, row.posted_date), "confirmer": row.confirmer} for row in hamlets],
            ordered=False)
    # How many hamlets there must be is said of the whole office only.
    told = o.setting("contacts", "hamlets")
    if told and o.whole():
        d.check("Số thôn, xóm, bản, khối trong danh mục = số phải giao ([contacts] hamlets)", int(told), len(hamlets))


def vietnamese(day):
    """As documents print a day in figures: a zero before days below 10 and before the first two months."""
    return "%02d/%s/%d" % (day.day, "%02d" % day.month if day.month < 3 else day.month, day.year)
