"""discipline_part.py - what year-end and directive-half-year say of discipline."""
from claims import List, Piece
from reports.pieces import UNKNOWN_WORDS, before_words, beside, counted, people, posts_of, share
from values import Change, Ratio

NOBODY = "Trong kỳ không có đảng viên bị thi hành kỷ luật."


def in_force(o, rows):
    """A decision that was withdrawn by day T disciplines nobody."""
    states = o.words("discipline-state")
    return [row for row in rows if not (states.in_group(row.state, "revoked") and (row.state_date is None or row.state_date.first <= o.T))]


class Discipline:
    def __init__(self, o):
        decided = in_force(o, o.during("discipline", "decision_date"))
        self.o = o
        self.members = [row for row in decided if row.subject_kind == "DV"]
        self.organizations = [row for row in decided if row.subject_kind == "TC"]
        self.before = [row for row in in_force(o, o.during_before("discipline", "decision_date")) if row.subject_kind == "DV"]
        self.comparable = o.comparable("discipline", "decision_date")
        self.forms = o.words("discipline-form").of_group("member")
        self.by_form, self.form_before = counted(self.members, lambda row: row.form), counted(self.before, lambda row: row.form)
        self.posts = counted([row for row in self.members if row.position], lambda row: posts_of(o, row))

    def in_forms(self):
        """khiển trách 11 (57,9%), cảnh cáo 03 (15,8%), cách chức 0 …"""
        words, total = self.o.words("discipline-form"), len(self.members)
        return List("{} {}{}", [(words.label(form), self.by_form.get(form, 0),
                                 Piece(" ({})", Ratio(self.by_form[form], total)) if form in self.by_form else Piece("")) for form in self.forms])

    def form_rows(self, d, table, form_column="form", shares=True):
        """(rows, total) of a table by form."""
        words, rows = self.o.words("discipline-form"), []
        for form in self.forms + [None]:
            now, then = self.by_form.get(form, 0), self.form_before.get(form, 0)
            if form is None:
                now, then = len(self.members), len(self.before)
            row = {form_column: words.titled(form), "members": now}
            columns = {"before": then, "change": now - then}
            if shares:
                row["share"], columns["share_before"] = share(now, len(self.members)), share(then, len(self.before))
            rows.append(beside(d, table, row, self.comparable, **columns))
        total = {column: value for column, value in rows.pop().items() if column != form_column}
        return rows, total


def disciplined(o, d):
    """The sentences; None where the office keeps no such ledger."""
    if not o.has("discipline"):
        d.absent(NOBODY, "không có sổ kỷ luật")
        d.mentions(UNKNOWN_WORDS)
        return None
    it = Discipline(o)
    total = len(it.members)
    if total:
        change = Piece("{} so với {}", Change(total, len(it.before)), o.previous_phrase) if it.comparable else Piece(*before_words(o))
        others = Piece("; thi hành kỷ luật {} tổ chức đảng.", len(it.organizations)) if it.organizations else Piece(".")
        persons = people(it.members, o.all("discipline"))
        head = Piece("Thi hành kỷ luật {} đảng viên", total)
        if persons < total:
            # A person with two decisions is one member: the sentence counts decisions and says whom they concern.
            head = Piece("Có {} quyết định thi hành kỷ luật đối với {} đảng viên", total, persons)
        d.say("{} ({}), {}{}", head, it.in_forms(), change, others)
        if it.posts:
            d.say("Trong số đảng viên bị kỷ luật có {}.", List("{} {}", [(number, post) for post, number in it.posts.items()], "; ", True))
        d.absent(NOBODY)
    elif it.organizations:
        d.say(NOBODY[:-1] + "; thi hành kỷ luật {} tổ chức đảng.", len(it.organizations))
    else:
        d.say(NOBODY)
    d.check("Kỷ luật: khiển trách + cảnh cáo + cách chức + khai trừ = tổng số", total, total)
    return it
