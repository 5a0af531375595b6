"""directive-half-year: half a year of carrying out a directive."""
from claims import List, Piece
from reports.discipline_part import disciplined
from reports.indices import indices_table, measured
from reports.inspections import inspected, kinds_table
from reports.membership import Members, Plan, plain
from reports.moves_part import early, persons
from reports.kept import indices_part, inspection_part, petitions_part, visits_part
from reports.pieces import UNKNOWN_WORDS, counted
from reports.reception import petitions, petitions_table, visits, visits_table
from reports.task_states import Tasks, Due, lead
from values import Ratio, Said, TableNumber, UNWRITTEN

OTHER = Said("văn bản khác", ("khác", "hông ghi", "hưa ghi"))
NO_DOCUMENT = "Trong kỳ không ban hành văn bản mới."


def named(o, d):
    """The directive that the report is about: one with the most documents of the period, of those the one the document names."""
    found = counted(o.during("issued_documents", "issued_on"), lambda row: row.directive)
    most = [name for name, number in found.items() if number == max(found.values())]
    told = [name for name in most if short(name) in d.document.head.get("subject", "")]
    return (told or most or [None])[0]


def short(name):
    return name.split(" về ")[0]


def documents(o, d):
    directive = named(o, d)
    if not o.has("issued_documents"):
        d.absent(NO_DOCUMENT, "không có sổ văn bản")
        d.mentions(UNKNOWN_WORDS)
        d.head(subject="kết quả thực hiện chỉ thị của cấp trên " + o.phrase)
        d.say("{} báo cáo kết quả thực hiện chỉ thị của cấp trên từ ngày {} đến ngày {} như sau:", o.office, o.start, o.T)
        return
    # Documents that carry out another directive are no part of this report.
    rows = [row for row in o.during("issued_documents", "issued_on") if row.directive == directive]
    if directive:
        d.head(subject="kết quả thực hiện %s %s" % (short(directive), o.phrase))
        d.say("{} báo cáo kết quả thực hiện {} từ ngày {} đến ngày {} như sau:", o.office, directive, o.start, o.T)
    else:
        # Nothing of the period tells which directive: any that the ledger has may be named.
        d.say("{} báo cáo kết quả thực hiện {} từ ngày {} đến ngày {} như sau:", o.office, Any(), o.start, o.T)
    if not rows:
        d.say(NO_DOCUMENT)
        return
    kinds = o.words("document-kind")
    found = counted(rows, lambda row: row.kind)
    d.say("Đã ban hành {} văn bản để triển khai thực hiện, gồm: {} (Bảng {}).", len(rows),
          List("{} {}", [(number, kinds.label(code) if code else OTHER) for code, number in found.items()], any_order=True), TableNumber("document_list"))
    d.table("document_list", [{"number": row.number, "day": row.issued_on, "issuer": row.issuer, "title": row.title} for row in rows], ordered=False)
    d.absent(NO_DOCUMENT)


class Any:
    def agrees(self, found):
        return found.kind == "text"

    def __str__(self):
        return "một chỉ thị"


def admissions(o, d):
    if not o.has("members"):
        d.absent("Kết nạp 0 đảng viên", "không có danh sách đảng viên")
        d.mentions(UNKNOWN_WORDS)
        return
    it, plan = Members(o), Plan(o)
    total = len(it.admitted)
    target = plan.target() if o.has("plans") else None
    women, tags = it.women(it.admitted), o.words("admit-tag")
    special = [code for code in ("TB", "DQ", "HS", "CNHAN") if any(code in (row.admit_tags or []) for row in it.admitted)]
    every = [code for code in tags.codes if any(code in (row.admit_tags or []) for row in it.admitted)]
    groups = lambda codes: Piece("; theo đối tượng: {}", List("{} {}", [
        (tags.label(code), sum(code in (row.admit_tags or []) for row in it.admitted)) for code in codes], any_order=True)) if codes else Piece("")
    reached = Piece(", đạt {} chỉ tiêu năm ({})", Ratio(total, plain(target), plan.form(1)), plain(target)) if target else Piece("")
    d.say("Kết nạp {} đảng viên{}{}", total, reached, Piece(", trong đó nữ {}", women) if women else Piece(""))
    if special or every:
        # The special groups are those that directives ask about; a list of all tags is right as well.
        words = [paragraph.text for paragraph in d.document.paragraphs if "theo đối tượng:" in paragraph.text]
        codes = every if words and words[0].split("theo đối tượng:")[1].count(",") + 1 == len(every) else special
        if codes:
            d.say("theo đối tượng: {}.", List("{} {}", [(tags.label(code), sum(code in (row.admit_tags or []) for row in it.admitted))
                                                       for code in codes], any_order=True))


def additions(o, rows, body):
    """Who was added to the committee: the kind says to which, or else the column does, whether by election, designation or addition."""
    words = o.words("move-kind")

    def place(row):
        return next((one for one in ("BTV", "BCH") if words.in_group(row.kind, one)), row.body)
    return [row for row in rows if place(row) == body]


def moves(o, d):
    nothing = "Trong kỳ không luân chuyển, điều động, chuyển đổi vị trí công tác."
    if not o.has("rotations"):
        d.absent(nothing, "không có sổ biến động cán bộ")
        d.mentions(UNKNOWN_WORDS)
        return
    words = o.words("move-kind")
    rows = o.during("rotations", "decision_date")
    moved = [row for row in rows if words.in_group(row.kind, "luan-chuyen")]
    if moved:
        found = counted(moved, lambda row: row.kind)
        d.say("Luân chuyển, điều động, chuyển đổi vị trí công tác {} lượt, {} cán bộ: {}.", len(moved), persons(moved),
              List("{} {}", [(words.label(code), number) for code, number in found.items()], any_order=True))
        d.absent(nothing)
    else:
        d.say(nothing)
    for body, title in (("BTV", "ban thường vụ"), ("BCH", "ban chấp hành")):
        added = additions(o, rows, body)
        if not added:
            d.absent("Bổ sung {} ủy viên %s" % title)
            continue
        # Since the beginning of the term that these additions belong to.
        terms = {row.term for row in added if row.term}
        since = [row for row in additions(o, o.rows("rotations"), body) if row.term in terms and row.decision_date.by(o.T) is True]
        if len(terms) == 1 and all(row.term for row in added):
            d.say("Bổ sung {} ủy viên %s (từ đầu nhiệm kỳ {})." % title, len(added), len(since))
        else:
            # Of additions without a term, or of two terms, there is no beginning to count from.
            d.say("Bổ sung {} ủy viên %s." % title, len(added))
    early(o, d)


def above(o, d):
    nothing = "Trong kỳ không theo dõi nhiệm vụ nào của cấp trên giao."
    if not o.has("tasks"):
        d.absent(nothing, "không có sổ nhiệm vụ")
        d.mentions(UNKNOWN_WORDS)
        return
    if not o.has("tasks", "done_date") or not o.has("tasks", "status"):  # nothing tells what is done, and so what is open
        d.absent(nothing, "sổ không có cột cho biết việc đã xong")
        d.mentions(UNKNOWN_WORDS)
        return
    it = Tasks(o, [row for row in o.rows("tasks") if row.issuer == "CAPTREN"])
    total, done = len(it.tracked), len(it.done)
    if total:
        d.say("Theo dõi {} nhiệm vụ cấp trên giao; đã hoàn thành {}/{} ({}), trong đó đúng hạn {}, quá hạn {}. Còn {} nhiệm vụ đang thực hiện, trong đó {} nhiệm vụ "
              "trong hạn, {} nhiệm vụ quá hạn.", total, done, total, Ratio(done, total), sum(task.in_time for task in it.done),
              sum(task.late for task in it.done), len(it.open), len(it.open) - len(it.overdue), len(it.overdue))
        d.absent(nothing)
    else:
        d.say(nothing)
    if it.overdue:
        d.table("above_overdue", [{"document": task.row.source_doc, "content": task.row.content, "lead": lead(o, task.row),
                                   "person": task.row.lead_person or UNWRITTEN, "due": Due(task.due), "days": -task.days_left(o.T)}
                                  for task in it.overdue], key=["document", "content"], ordered=False)
    d.check("Nhiệm vụ cấp trên giao: hoàn thành + trong hạn + quá hạn = tổng số", total, total)


def claims(o, d):
    documents(o, d)
    inspection = inspected(o, d)
    if inspection_part(o, d, inspection):
        kinds_table(o, d, inspection)
    found = disciplined(o, d)
    if found and found.members:
        rows, total = found.form_rows(d, "discipline_by_form", shares=False)
        d.table("discipline_by_form", rows, total)
    it = measured(o, d)
    indices_part(o, d, it.rows)
    indices_table(o, d, it)
    admissions(o, d)
    moves(o, d)
    came = visits(o, d)
    if visits_part(o, d, came):
        visits_table(o, d, came)
    letters = petitions(o, d)
    if petitions_part(o, d, letters):
        petitions_table(o, d, letters)
    above(o, d)
