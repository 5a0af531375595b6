"""discipline-bulletin: the half-year's discipline. The example of a report module."""
from claims import List, Piece
from reports.pieces import UNKNOWN_WORDS, before_words, beside, capital, counted, name_key, own_words, people, posts_of, share
from values import Change, Ratio, Said

NO_FIELD = Said("chưa ghi lĩnh vực", ("hưa ghi", "hông ghi", "hưa rõ", "hông nêu"))


def in_force(o, rows):
    """A decision that was withdrawn by day T disciplines nobody."""
    states = o.words("discipline-state")
    return [row for row in rows if not (states.in_group(row.state, "revoked") and (row.state_date is None or row.state_date.first <= o.T))]


def claims(o, d):
    decided = in_force(o, o.during("discipline", "decision_date"))
    members = [row for row in decided if row.subject_kind == "DV"]
    organizations = [row for row in decided if row.subject_kind == "TC"]
    before = [row for row in in_force(o, o.during_before("discipline", "decision_date")) if row.subject_kind == "DV"]
    comparable = o.comparable("discipline", "decision_date")
    forms, states, authorities = o.words("discipline-form"), o.words("discipline-state"), o.words("authority")
    member_forms, total = forms.of_group("member"), len(members)
    by_form, form_before = counted(members, lambda row: row.form), counted(before, lambda row: row.form)

    d.head(subject="kết quả thi hành kỷ luật đảng " + o.phrase)
    d.say("Ban Thường vụ {} thông báo kết quả thi hành kỷ luật trong Đảng bộ từ ngày {} đến ngày {} để các cấp ủy", o.office, o.start, o.T)
    nothing = "Trong kỳ không có trường hợp nào bị thi hành kỷ luật."
    if not o.has("discipline"):
        d.absent(nothing, "không có sổ kỷ luật")
        d.mentions(UNKNOWN_WORDS)
        return
    if total:
        change = Piece("{} so với {}", Change(total, len(before)), o.previous_phrase) if comparable else Piece(*before_words(o))
        if organizations:
            others = Piece("thi hành kỷ luật {} tổ chức đảng", len(organizations))
        else:
            others = Piece("không có tổ chức đảng bị kỷ luật")
        persons = people(members, o.all("discipline"))
        head, whom = Piece("thi hành kỷ luật {} đảng viên", total), "đảng viên"
        if persons < total:
            # A person with two decisions is one member: the sentence counts decisions and says whom they concern.
            head, whom = Piece("ra {} quyết định thi hành kỷ luật đối với {} đảng viên", total, persons), "trường hợp"
        d.say("Trong kỳ, cấp ủy và ủy ban kiểm tra các cấp đã {}, {}; {}. Theo hình thức", head, change, others)
        d.say("Theo hình thức: {}.", List("{} {}{}", [
            (forms.label(form), by_form.get(form, 0),
             Piece(" ({})", Ratio(by_form[form], total)) if form in by_form else Piece("")) for form in member_forms]))
        d.say("Theo cấp ra quyết định: {}.", List("{} {}", [(own_words(o, authorities.label(code)), number) for code, number in
                                                            counted(members, lambda row: row.authority).items()], any_order=True))
        held = counted([row for row in members if row.position], lambda row: posts_of(o, row))
        if held:
            d.say("Trong số %s bị kỷ luật có {}." % whom, List("{} {}", [(number, post) for post, number in held.items()], "; ", True))
    elif organizations:
        d.say("thi hành kỷ luật {} tổ chức đảng", len(organizations))
    if decided:
        d.absent(nothing, "có %d quyết định" % len(decided))
    else:
        d.say(nothing)

    d.say("gửi về Ủy ban Kiểm tra {} để tổng hợp, báo cáo Ban Thường vụ {}.", o.office, o.office)

    year, year_before = "Kỳ báo cáo", "Cùng kỳ %d" % (o.year - 1)
    rows = []
    for form in member_forms + [None]:
        now, then = (total, len(before)) if form is None else (by_form.get(form, 0), form_before.get(form, 0))
        row = {"form": forms.titled(form), "members": now, "share": share(now, total)}
        rows.append(beside(d, "by_form", row, comparable, before=then, share_before=share(then, len(before)), change=now - then))
    sum_row = {column: value for column, value in rows.pop().items() if column != "form"}
    groups = {"members": year, "before": year_before} if comparable else {"members": year}
    d.table("by_form", rows, sum_row, groups=groups)
    d.chart("by_form", [row["form"] for row in rows],
            {year: [row["members"] for row in rows], **({year_before: [row["before"] for row in rows]} if "before" in rows[0] else {})})

    fields = o.words("discipline-field")
    if o.has("discipline", "field") and members:
        found = counted(members, lambda row: row.field)
        order = sorted(found, key=lambda code: (-found[code], fields.rank(code)))
        d.table("by_field", [{"field": fields.titled(code) if code else NO_FIELD, "members": found[code], "share": share(found[code], total)}
                             for code in order], {"members": total, "share": share(total, total)}, ordered=None not in found)
    elif not members:
        d.table("by_field", [], {"members": 0, "share": share(0, 0)}) if d.document.table("by_field") else None

    listed = [row for row in members if row.publish and states.in_group(row.state, "effective")]
    listed.sort(key=lambda row: (-forms.rank(row.form), name_key(row.full_name)))
    if listed or d.document.table("cases"):
        d.table("cases", [{"name": row.full_name, "post": capital(", ".join(filter(None, [posts_of(o, row), o.name(row.org_id)]))),
                           "violation": row.public_summary, "form": forms.titled(row.form), "decision": row.decision_no,
                           "day": row.decision_date} for row in listed], key=["name", "decision"])
    if total > len(listed):
        d.say("Số trường hợp không nêu tên trong thông báo này: {} (", total - len(listed))
    else:
        d.absent("Số trường hợp không nêu tên")
    d.check("Khiển trách + cảnh cáo + cách chức + khai trừ = tổng số", total, total)
    d.check("Số nêu tên + số không nêu tên = tổng số", total, total)
    d.details("tally.total", total)
