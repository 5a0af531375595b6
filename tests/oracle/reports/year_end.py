"""year-end: the year's Party building."""
from claims import List, Piece
from reports.cell_meetings import attendance
from reports.counting import check_if_any
from reports.discipline_part import disciplined
from reports.indices import measured
from reports.inspections import inspected, kinds_table
from reports.membership import Members, Plan, plain
from reports.moves_part import early
from reports.pieces import UNKNOWN_WORDS, counted, share
from reports.ratings import rated
from reports.reception import petitions, visits
from reports.task_states import Tasks
from values import Change, Ratio, Said, TableNumber, UNKNOWN

NOT_WRITTEN = Said("không ghi", ("hông ghi", "hưa ghi", "hưa rõ", "hông nêu", "hác"))

MOVES = [("luân chuyển, điều động, bố trí, sắp xếp", "dieu-dong"), ("bầu, bổ sung cấp ủy", "cap-uy"), ("đề bạt, bổ nhiệm", "bo-nhiem"),
         ("phối hợp với cấp tỉnh bố trí", "coordinated"), ("nghỉ hưu, thôi giữ chức vụ", "thoi"), ("hình thức khác", None)]

UNIVERSITY, THEORY = ("education", "dai-hoc-tro-len"), ("theory", "cao-cap-tro-len")
QUALIFICATION = [("chu-chot", "trình độ đại học trở lên", UNIVERSITY), ("chu-chot", "cao cấp, cử nhân lý luận chính trị", THEORY),
                 ("huyen-uy-vien", "trình độ đại học trở lên", UNIVERSITY),
                 ("huyen-uy-vien", "trung cấp lý luận chính trị trở lên", ("theory", "trung-cap-tro-len")),
                 ("huyen-uy-vien", "cao cấp, cử nhân lý luận chính trị", THEORY),
                 ("cbcc-huyen", "trình độ trung cấp chuyên môn trở lên", ("education", "trung-cap-tro-len")),
                 ("cbcc-huyen", "trình độ đại học trở lên", UNIVERSITY)]


def of(number, whole, form="0.0%"):
    return UNKNOWN if UNKNOWN in (number, whole) else Ratio(number, whole, form)


def kept(o, d, ledger):
    """Whether the office has this ledger; where it has not, the report must say that it does not know."""
    if not o.has(ledger):
        d.mentions(UNKNOWN_WORDS)
        return False
    return True


def line_of(o, code):
    """The line of the table of types: the group, enterprises by their own type."""
    row = o.row_of(code)
    groups = o.words("org-type").groups.get(row.type, [])
    group = groups[0] if groups else row.type
    return row.type if group == "DN" else group


def title_of(o, line):
    types, groups = o.words("org-type"), o.words("org-group")
    if line is None:
        return "Trực thuộc cấp trên cơ sở"
    return groups.titled(line) if line in groups.codes and line != "DN" else types.titled(line)


def organizations(o, d, members):
    base, cells, groups = o.units("grassroots"), o.units("cell"), o.words("org-group")
    classed = sum(1 for code in base if o.words("org-type").groups.get(o.row_of(code).type))
    d.check("Cộng số tổ chức cơ sở đảng theo loại hình", len(base), classed)
    by_group = counted(base, lambda code: (o.words("org-type").groups.get(o.row_of(code).type) or [None])[0])
    listed = List("{} {}", [(by_group[group], groups.label(group)) for group in groups.codes if group in by_group])
    if base:
        below = Piece("dưới cơ sở có {} chi bộ, chia theo loại hình của cấp trên trực tiếp tại Bảng {}", len(cells), TableNumber("by_type")) if cells else \
            Piece("không có chi bộ dưới cơ sở (Bảng {})", TableNumber("by_type"))
        d.say("Đến ngày {}, toàn Đảng bộ có {} tổ chức cơ sở đảng, gồm {}; {}.", o.T, len(base), listed, below)
    else:
        # An empty list after «gồm» is no sentence; how many cells there are is still told.
        d.absent("gồm ;", "không có tổ chức cơ sở đảng")
        total = len(members.stock) if o.has("members") else UNKNOWN
        d.say("Đến ngày {}, {} có {}{} đảng viên.", o.T, ANY, Piece("{} chi bộ, ", len(cells)) if cells else Piece(""), total)
    every = [(code, row) for code, row in o.workspace.units.items() if o.kind_in(code, "grassroots") and o.under(code)]
    founded = sum(1 for _, row in every if o.in_period(row.valid_from) is True)
    ended = sum(1 for _, row in every if o.in_period(row.valid_to) is True)
    for number, words in ((founded, "Trong năm thành lập mới {} tổ chức cơ sở đảng."), (ended, "Giải thể, sáp nhập {} tổ chức cơ sở đảng.")):
        if number:
            d.say(words, number)
        else:
            d.absent(words.split(" {}")[0])

    lines = {}
    over = lambda code: o.place(o.row_of(code).parent_id) if o.grassroots(code) else None
    placed = [("units", code) for code in base] + [("cells", over(code)) for code in cells]
    placed += [("members", o.grassroots(row.org_id)) for row in members.stock if o.has("members")]
    for column, code in placed:  # who stands under no grassroots organization has a line of his own
        line = line_of(o, code) if code else None
        lines.setdefault(line, {"units": 0, "cells": 0, "members": 0})[column] += 1
    total = len(members.stock)
    if not o.has("members"):
        for line in lines.values():
            line["members"] = UNKNOWN
        total = UNKNOWN
    if not base:
        return
    rows = [dict(line, type=title_of(o, code), share=of(line["members"], total, "0.0")) for code, line in lines.items()]
    d.table("by_type", rows, {"units": len(base), "cells": len(cells), "members": total, "share": of(total, total, "0.0")}, ordered=False)


def people(o, d, it):
    total = len(it.stock)
    from reports.membership import is_official
    official = [is_official(row, o.T) for row in it.stock]
    since = o.since("members", "admitted")
    change = Piece(", {} so với đầu kỳ", Change(total, len(it.before))) if since is not None and since < o.start else Piece("")
    unclear = official.count(None)
    others = len(it.others)
    d.say("Tổng số {} đảng viên ({} chính thức, {} dự bị{}){}. Trong năm kết nạp {}, chuyển đến {}{}; giảm {} (chuyển đi {}, từ trần {}, xóa tên {}, "
          "khai trừ {}, xin ra khỏi Đảng {}).", total, official.count(True), official.count(False),
          Piece(", {} chưa rõ chính thức hay dự bị", unclear) if unclear else Piece(""), change, len(it.admitted), len(it.arrived),
          Piece(", phục hồi, công nhận {}", others) if others else Piece(""), len(it.gone), *(it.left(kind) for kind in ("CD", "TU", "XT", "KTR", "XR")))
    women, minority, religious = it.women(), it.minority(), it.religious()
    # A share of what is not known is not said.
    d.say("Đảng viên nữ {} ({}); người dân tộc thiểu số {}{}; có tôn giáo {}{}.", women, of(women, total), minority,
          Piece("") if minority is UNKNOWN else Piece(" ({} tổng số đảng viên)", of(minority, total)), religious,
          Piece("") if religious is UNKNOWN else Piece(" ({})", of(religious, total)))
    label = next((check.label for check in d.document.checks if check.label.startswith("Đảng viên cuối kỳ")), "Đảng viên cuối kỳ = đầu kỳ + tăng - giảm")
    d.check(label, total, len(it.before) + len(it.came) - len(it.gone))
    if o.has("discipline"):
        from reports.discipline_part import Discipline
        decided = Discipline(o).by_form.get("KTR", 0)
        check_if_any(d, "Khai trừ theo sổ kỷ luật = ra khỏi Đảng do khai trừ theo danh sách đảng viên", decided, it.left("KTR"))
    d.details("changes.gone", len(it.gone))


def admissions(o, d, it):
    plan, total = Plan(o), len(it.admitted)
    target = plan.target() if o.has("plans") else None
    # A plan of nothing is no measure: its share is not said, but it is still held against what the units below were given.
    reached = Piece(", đạt {} kế hoạch năm ({})", Ratio(total, plain(target), plan.form()), plain(target)) if target else Piece("")
    counts = [it.women(it.admitted), it.minority(it.admitted)]
    tagged = lambda code: it.of("admit_tags", lambda row: code in (row.admit_tags or []), it.admitted)
    catholic = UNKNOWN
    if o.has("members", "religion"):  # a tag names some; without the column of religions nobody knows whether all
        catholic = sum(1 for row in it.admitted if row.religion == "CG" or "CG" in (row.admit_tags or []))
    counts += [tagged("DVIEN"), catholic]
    pairs = [value for number in counts for value in (number, of(number, total))]
    d.say("Kết nạp {} đảng viên{}; trong đó nữ {} ({}), người dân tộc thiểu số {} ({}), đoàn viên {} ({}), người Công giáo {} ({}).", total, reached, *pairs)
    d.details("admitted.total", total)
    if not o.has("plans"):
        return

    # A line for each unit that was given a target; where none below was, the unit itself; then those that admitted without one.
    units = plan.below()
    if not units and plan.targets.get(o.top) is not None:
        units = [o.top]
    placed = [row for row in it.admitted if any(unit in o.above(row.org_id) for unit in units)]
    rows = []
    for unit in units:
        number = sum(1 for row in it.admitted if unit in o.above(row.org_id))
        target_of = plain(plan.targets[unit])
        rows.append({"unit": o.name(unit), "target": target_of, "admitted": number, "rate": Ratio(number, target_of, "0.0")})
    table = d.document.table("admission_by_unit")
    told = [cells["unit"].printed for cells in table.rows if "unit" in cells] if table else []
    # A unit that was given nothing and admitted nobody may be left out.
    rows = [row for row in rows if row["target"] or row["admitted"] or row["unit"] in told]
    short = sum(row["admitted"] < row["target"] for row in rows)
    without = [row["unit"] for row in rows if not row["admitted"] and row["target"]]
    base = lambda row: o.grassroots(row.org_id)
    home = lambda row: base(row) if base(row) and o.under(base(row)) else o.place(row.org_id)
    rest = counted([row for row in it.admitted if row not in placed], home)
    rows += [{"unit": o.name(unit), "target": NOT_GIVEN, "admitted": number, "rate": NOT_GIVEN} for unit, number in rest.items()]
    given = [row["target"] for row in rows if row["target"] is not NOT_GIVEN]
    if rows or d.document.table("admission_by_unit"):
        number = sum(row["admitted"] for row in rows)
        d.table("admission_by_unit", rows, {"target": sum(given) if given else NOT_GIVEN, "admitted": number,
                                            "rate": Ratio(number, sum(given), "0.0") if given else NOT_GIVEN}, ordered=False, key=["unit", "admitted"])
    check_if_any(d, "Kết nạp: cộng các đơn vị = tổng số", total, total)
    tied = next((check.label for check in d.document.checks if check.label.endswith("tổng cột «Chỉ tiêu» = Kế hoạch kết nạp")), None)
    if tied and target == 0 and given:
        d.check(tied, 0, sum(given), "tổng cột «Chỉ tiêu» = Kế hoạch kết nạp")
    if short:
        d.say("Có {} đơn vị chưa đạt chỉ tiêu được giao (Bảng {}).", short, TableNumber("admission_by_unit"))
    else:
        d.absent("đơn vị chưa đạt chỉ tiêu được giao")
    if without:
        d.say("Các đơn vị chưa kết nạp được đảng viên: {}.", List("{}", without, "; ", True))
    else:
        d.absent("Các đơn vị chưa kết nạp được đảng viên")
    label = next((check for check in d.document.checks if check.label.startswith("Chỉ tiêu kết nạp: cộng các đơn vị")), None)
    below = sum(plan.targets[unit] for unit in plan.below())
    if label is not None:
        own = plan.own()
        sides = (plain(own), plain(below)) if own is not None and plan.below() else None
        if sides:
            d.check(label.label, *sides)
        else:
            # Nothing to compare: the check may say so, and must not find a difference.
            values = list(label.values())
            if len(values) == 2 and values[0].raw != values[1].raw and "–" not in (values[0].printed, values[1].printed):
                d.check(label.label, 0, 0)
            for value in values:
                value.claimed = True


class Any:
    """A name that other claims speak of."""

    def agrees(self, found):
        return found.kind == "text"


ANY = Any()
NOT_GIVEN = Said("không giao", ("không giao", "–", ""))


def moves(o, d):
    if not kept(o, d, "rotations"):
        d.details("moves_total.total", 0)
        return
    words, rows = o.words("move-kind"), o.during("rotations", "decision_date")

    def kind(row):
        if row.coordinated:
            return "coordinated"
        return next((group for _, group in MOVES if group and group != "coordinated" and words.in_group(row.kind, group)), None)
    found = counted(rows, kind)
    lines = [(label, found[group]) for label, group in MOVES if group in found]
    if rows:
        d.say("Trong năm có {} lượt cán bộ được quyết định, gồm: {} (Bảng {}).", len(rows), List("{} {}", lines, "; "), TableNumber("moves"))
        d.table("moves", [{"kind": label[:1].upper() + label[1:], "moves": number, "share": share(number, len(rows))} for label, number in lines],
                {"moves": len(rows), "share": share(len(rows), len(rows))})
    else:
        d.absent("lượt cán bộ được quyết định, gồm: (", "không có lượt nào")
    due = [row for row in o.rows("rotations") if row.planned_return and row.decision_date.by(o.T) is True and row.planned_return.last <= o.T
           and not (row.actual_return and row.actual_return.by(o.T))]
    if due:
        d.say("Cán bộ luân chuyển đến hạn nhưng chưa bố trí trở lại: {}.", len(due))
    else:
        d.absent("Cán bộ luân chuyển đến hạn nhưng chưa bố trí trở lại")
    d.details("moves_total.total", len(rows))
    early(o, d)


def of_office(o, words):
    """The vocabulary's «Huyện ủy», «CBCC huyện» in the words of the office that reports."""
    body = " ".join(o.office.split()[:2])
    level = o.setting("office", "committee", "Đảng bộ huyện").removeprefix("Đảng bộ").strip() or "huyện"
    return words.replace("Huyện ủy", body).replace("huyện ủy", body[:1].lower() + body[1:]).replace("CBCC huyện", "CBCC " + level)


def qualification(o, d, it):
    groups = o.words("member-group")
    lines = []
    for group, condition, (column, level) in QUALIFICATION:
        base = [row for row in it.stock if group in (row.group or [])]
        if base and o.has("members", "group"):
            lines.append((of_office(o, groups.titled(group)), condition, it.of(column, lambda row: o.words(column).in_group(getattr(row, column), level), base), len(base)))
    for people_of, condition, number, base in lines:
        d.say("{}: {} {}/{} ({})", people_of, condition, number, base, of(number, base))


def tasks(o, d):
    if not kept(o, d, "tasks"):
        d.details("tasks.overdue", 0)
        return
    if not o.has("tasks", "done_date") or not o.has("tasks", "status"):  # nothing tells what is done
        d.mentions(UNKNOWN_WORDS)
        for check in d.document.checks:
            for value in check.values() if check.label.startswith("Nhiệm vụ: ") else []:
                value.claimed = True
        table = d.document.table("tasks_by_subject")
        for value in table.values() if table else []:
            value.claimed = True
        if "tasks.overdue" in d.document.details:
            d.document.details["tasks.overdue"].claimed = True
        return
    it, subjects = Tasks(o), o.words("task-subject")

    def count(rows):
        done = sum(task in it.done for task in rows)
        fresh = sum(task in it.fresh for task in rows)
        return {"total": len(rows), "done": done, "progress": len(rows) - done - fresh, "fresh": fresh}
    whole = count(it.tracked)
    codes = [code for code in subjects.codes + [None] if any(task.row.subject_class == code for task in it.tracked)]
    lines = [(code, count([task for task in it.tracked if task.row.subject_class == code])) for code in codes]
    if whole["total"]:
        d.say("Theo dõi {} nhiệm vụ; hoàn thành {} ({}), đang thực hiện {} (trong đó quá hạn {}), mới phát sinh {}.", whole["total"], whole["done"],
              Ratio(whole["done"], whole["total"]), whole["progress"], len(it.overdue), whole["fresh"])
        items = []
        for code, n in lines:
            part = lambda column, words: Piece(", %s {} ({})" % words, n[column], Ratio(n[column], n["total"])) if n[column] else Piece("")
            items.append((subjects.label(code) if code else NOT_WRITTEN, n["done"], n["total"], Ratio(n["done"], n["total"]),
                          part("progress", "đang thực hiện"), part("fresh", "mới phát sinh")))
        d.say("Theo đối tượng: {} (Bảng {}).", List("{} hoàn thành {}/{} ({}){}{}", items, "; "), TableNumber("tasks_by_subject"))
    else:
        d.absent("Theo dõi 0 nhiệm vụ")
    shares = lambda n: {"%s_share" % column: share(n[column], n["total"]) for column in ("done", "progress", "fresh")}
    if lines or d.document.table("tasks_by_subject"):
        d.table("tasks_by_subject", [dict(n, subject=subjects.titled(code) if code else NOT_WRITTEN, **shares(n)) for code, n in lines],
                dict(whole, **shares(whole)))
    if lines or d.document.chart("tasks_by_subject"):
        chart = d.document.chart("tasks_by_subject")
        titles = [subjects.titled(code) if code else None for code, _ in lines]
        if chart is not None and None in titles and len(chart.categories) == len(titles):
            titles[titles.index(None)] = chart.categories[titles.index(None)]
        d.chart("tasks_by_subject", titles, {label: [n[column] for _, n in lines] for label, column in
                                             (("Hoàn thành", "done"), ("Đang thực hiện", "progress"), ("Mới phát sinh", "fresh"))})
    check_if_any(d, "Nhiệm vụ: hoàn thành + đang thực hiện + mới phát sinh = tổng số", whole["total"], whole["total"])
    d.details("tasks.overdue", len(it.overdue))


def claims(o, d):
    d.head(subject="công tác xây dựng Đảng năm %d và phương hướng, nhiệm vụ năm %d" % (o.year, o.year + 1))
    d.say("Thực hiện chế độ báo cáo định kỳ, {} tổng hợp tình hình và kết quả công tác xây dựng Đảng từ ngày {} đến ngày {}, như sau:", o.office, o.start, o.T)
    it = Members(o)
    organizations(o, d, it)
    if o.has("members"):
        people(o, d, it)
        admissions(o, d, it)
    else:
        d.absent("Tổng số 0 đảng viên", "không có danh sách đảng viên")
        d.mentions(UNKNOWN_WORDS)
    moves(o, d)
    qualification(o, d, it)
    if o.has("cell_meetings"):
        attendance(o, d)
    if o.has("ratings"):
        rated(o, d)
    inspection = inspected(o, d) if o.has("inspections") else None
    found = disciplined(o, d)
    if found:
        rows, total = found.form_rows(d, "discipline_by_form")
        now, then = "Năm %d" % o.year, "Năm %d" % (o.year - 1)
        d.table("discipline_by_form", rows, total, groups={"members": now, **({"before": then} if found.comparable else {})})
        d.chart("discipline_by_form", [row["form"] for row in rows],
                {now: [row["members"] for row in rows], **({then: [row["before"] for row in rows]} if "before" in rows[0] else {})})
    if inspection:
        kinds_table(o, d, inspection)
    tasks(o, d)
    if o.has("reception"):
        visits(o, d)
    petitions(o, d)
    if o.has("indicators"):
        measured(o, d)
    d.say("IV- PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {}", str(o.year + 1))
