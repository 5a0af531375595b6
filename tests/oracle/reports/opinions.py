"""Opinions by three channels, and meetings with enterprises, of a half-year, as they stand on day T.

The day of handling decides: after T an opinion is still open; one said to be handled without a day is handled.
"""
from claims import List, Piece
from reports.kept import settled
from reports.pieces import UNKNOWN_WORDS
from values import Ratio, Said, UNWRITTEN

NO_FIELD = Said("chưa ghi lĩnh vực", ("hưa ghi", "hông ghi"))
MEETINGS_ADD_UP = "Vấn đề doanh nghiệp nêu theo lĩnh vực cộng lại = tổng số"
NO_MEETINGS = "Trong kỳ không tổ chức cuộc làm việc nào với doanh nghiệp."


def state_of(o, row):
    """XONG, CHUYEN or DANG on day T."""
    if row.handled_date is None:
        return row.state
    if o.by(row.handled_date):
        return "CHUYEN" if row.state == "CHUYEN" else "XONG"
    return "DANG"


def claims(o, d):
    heard = o.during("opinions", "received_date")
    channels, fields = o.words("opinion-channel"), o.words("opinion-field")
    states = {id(row): state_of(o, row) for row in heard}

    def tally(rows):
        found = {name: sum(states[id(row)] == code for row in rows)
                 for name, code in (("handled", "XONG"), ("open", "DANG"), ("passed", "CHUYEN"))}
        return dict(found, total=len(rows), share=Ratio(found["handled"], len(rows), "0.0"))

    fields_known = o.has("opinions", "field")
    everything = tally(heard)
    if o.has("opinions"):
        d.check("Ý kiến: đã xử lý + đang xử lý + đã chuyển = tổng số", len(heard), len(heard))
    nothing = "Trong kỳ không tiếp nhận ý kiến nào qua ba kênh."
    if heard:
        d.absent(nothing)
        by_channel = [(code, [row for row in heard if row.channel == code]) for code in channels.codes]
        overdue = sum(states[id(row)] == "DANG" and row.deadline is not None and row.deadline.last < o.T for row in heard)
        d.say("Trong kỳ tiếp nhận {} ý kiến, gồm: {}. Đã xử lý {} ({}), đang xử lý {}{}, chuyển cơ quan có thẩm quyền {}.", len(heard),
              List("{} {}", [(channels.label(code), len(rows)) for code, rows in by_channel], "; "), everything["handled"],
              Ratio(everything["handled"], len(heard)), everything["open"], Piece(" (quá hạn {})", overdue) if overdue else Piece(""),
              everything["passed"])
        d.table("by_channel", [dict(tally(rows), channel=channels.titled(code)) for code, rows in by_channel], everything)
        d.chart("by_channel", [channels.titled(code) for code, _ in by_channel],
                {label: [tally(rows)[name] for _, rows in by_channel]
                 for name, label in (("handled", "Đã xử lý"), ("open", "Đang xử lý"), ("passed", "Đã chuyển"))})

        def across(rows):
            return {"opinions.%d" % (place + 1): sum(row.channel == code for row in rows) for place, code in enumerate(channels.codes)}

        met = [code for code in fields.codes if any(row.field == code for row in heard)]
        met += [None] if any(row.field is None for row in heard) else []
        if fields_known:
            d.table("by_field", [dict(across([row for row in heard if row.field == code]), field=fields.titled(code) if code else NO_FIELD)
                                 for code in met], across(heard), ordered=None not in met)
        agencies = {}
        for row in heard:
            agencies.setdefault(settled(o, row.org_id), []).append(row)

        def short(rows):
            return {name: value for name, value in tally(rows).items() if name in ("total", "handled", "share")}

        d.table("by_agency", [dict(short(rows), agency=o.name(code)) for code, rows in agencies.items()], short(heard), ordered=False)
    elif o.has("opinions"):
        d.say(nothing)
    else:
        d.absent(nothing, "không có sổ opinions")
        d.mentions(UNKNOWN_WORDS)
    meetings(o, d, fields)


def meetings(o, d, fields):
    if not o.whole():
        # The ledger of meetings tells no unit: a part of the office has no figures of them, neither some nor none.
        d.absent("Đã tổ chức {} cuộc làm việc", "sổ không ghi đơn vị")
        d.absent(NO_MEETINGS, "sổ không ghi đơn vị")
        if any(check.label == MEETINGS_ADD_UP for check in d.document.checks):
            d.check(MEETINGS_ADD_UP, 0, 0)
        return
    issues = o.during("business_meetings", "meeting_date")
    forms = {}
    for row in issues:
        forms.setdefault(row.meeting_id, row.form)
    solved = [row for row in issues if o.by(row.solved_date)]
    unsolved = [row for row in issues if not o.by(row.solved_date)]
    overdue = [row for row in unsolved if row.deadline is not None and row.deadline.last < o.T]
    if o.has("business_meetings"):
        d.check(MEETINGS_ADD_UP, len(issues), len(issues))
    if not issues:
        if o.has("business_meetings"):
            d.say(NO_MEETINGS)
        else:
            d.absent(NO_MEETINGS, "không có sổ business_meetings")
            d.mentions(UNKNOWN_WORDS)
        return
    d.absent(NO_MEETINGS)
    held = {form: list(forms.values()).count(form) for form in ("DEN", "MOI", "DT")}
    d.say("Đã tổ chức {} cuộc làm việc, gồm {} cuộc đến với doanh nghiệp, {} cuộc mời doanh nghiệp đến{}. Doanh nghiệp nêu {} vấn đề, "
          "đã giải quyết {} ({}){}.", len(forms), held["DEN"], held["MOI"],
          Piece(", {} cuộc đối thoại thường niên", held["DT"]) if held["DT"] else Piece(""), len(issues), len(solved),
          Ratio(len(solved), len(issues)), Piece(", quá hạn giải quyết {}", len(overdue)) if overdue else Piece(""))

    def tally(rows):
        done = sum(row in solved for row in rows)
        return dict(issues=len(rows), solved=done, share=Ratio(done, len(rows), "0.0"))

    listed = [code for code in fields.codes if fields.in_group(code, "business") or any(row.field == code for row in issues)]
    d.table("issues_by_field", [dict(tally([row for row in issues if row.field == code]), field=fields.titled(code)) for code in listed],
            tally(issues))
    if unsolved:
        d.table("open_issues", [dict(day=row.meeting_date, enterprise=row.enterprise, issue=row.issue, deadline=row.deadline,
                                     resolver=o.name(row.resolver) if row.resolver else UNWRITTEN) for row in unsolved],
                key=["day", "enterprise", "issue", "deadline"], ordered=False)
