"""The quarter's secret ballots. A round with fewer valid ballots than the minimum is in no table of what was said.

A manifestation is named in a quarter by the ballots of all rounds of it together. The ballot before is that of the quarter before; what was
confirmed as corrected after that ballot and by this one begins anew.
"""
from fractions import Fraction

from claims import List, Piece
from reports.kept import not_kept, settled
from reports.ballots import enough, lines_of, minimum, rounds_of, sums, votes
from values import Ratio
import spans

KIND = "BAY"


def quarter_before(o):
    quarter = int(o.period.name[6:])
    return spans.Period("%d-Q%d" % ((o.year, quarter - 1) if quarter > 1 else (o.year - 1, 4)), o.workspace.windows)


class Named:
    """One manifestation of one person in one quarter, with its votes, its rounds and what the lines say of the person."""

    def __init__(self, line, row):
        self.line, self.row, self.votes, self.rounds = line, row, 0, []

    def add(self, line, row):
        self.votes += votes(line)
        if row not in self.rounds:
            self.rounds.append(row)


def named(o, rounds):
    """{(subject, manifestation): Named} of those that reach both thresholds."""
    found = {}
    for line, row in lines_of(o, enough(o, rounds)):
        if line.manifestation:
            found.setdefault((line.subject_id, line.manifestation), Named(line, row)).add(line, row)
    valid = {}
    for row in enough(o, rounds):
        valid[row.agency] = valid.get(row.agency, 0) + row.valid
    least, percent = int(o.setting("ballots", "named", "1")), Fraction(o.setting("ballots", "named_percent", "0"))
    for case in found.values():
        case.valid = valid[case.row.agency]
    return {key: case for key, case in found.items() if case.votes >= least and case.votes * 100 >= percent * case.valid}


def claims(o, d):
    nothing = "Trong {} không tổ chức bỏ phiếu đánh giá."
    if not_kept(o, d, "ballot_rounds", nothing):
        return
    rounds = rounds_of(o, KIND, o.start, o.T)
    criteria = o.words("ballot-criterion")
    codes = criteria.of_group(KIND)
    shown = enough(o, rounds)
    said = [(line, row) for line, row in lines_of(o, shown) if line.manifestation]
    now = named(o, rounds)
    earlier = quarter_before(o)
    before = named(o, rounds_of(o, KIND, earlier.first, earlier.last))
    fixed = [row for row in o.all("corrections")]

    def corrected(key, case):
        after, by = max(row.round_date.last for row in before[key].rounds), max(row.round_date.last for row in case.rounds)
        return any((row.subject_id, row.manifestation) == key and row.corrected_date.first > after and row.corrected_date.last <= by
                   for row in fixed)

    first = {key: case for key, case in now.items() if key not in before}
    again = {key: case for key, case in now.items() if key in before and corrected(key, case)}
    repeat = {key: case for key, case in now.items() if key in before and key not in again}
    total = sum(votes(line) for line, _ in said)
    d.check("Ý kiến theo tiêu chí cộng lại = ý kiến của các cơ quan đủ số phiếu", total, total)
    d.check("Lần đầu + nêu lại sau khắc phục + nêu lần hai = biểu hiện được nêu", len(now), len(first) + len(again) + len(repeat))
    if not rounds:
        d.say(nothing, o.phrase)
        return
    d.absent(nothing)
    d.say("lái xe, {} tổng hợp kết quả {} như sau:", o.office, o.phrase)
    everything = sums(rounds)
    agencies = {}
    for row in rounds:
        agencies.setdefault(settled(o, row.agency), []).append(row)
    d.say("Có {} cơ quan bỏ phiếu theo {} tiêu chí. Số phiếu phát ra {}, thu về {} ({}), hợp lệ {} ({} số phiếu thu về).", len(agencies),
          len(codes), everything["issued"], everything["returned"], Ratio(everything["returned"], everything["issued"]),
          everything["valid"], Ratio(everything["valid"], everything["returned"]))

    def sized(found):
        return dict(found, share=Ratio(found["valid"], found["returned"], "0.0"))

    d.table("by_agency", [dict(sized(sums(rows)), agency=o.name(code)) for code, rows in agencies.items()], sized(everything), ordered=False)
    hidden = [row for row in rounds if row not in shown]
    if hidden:
        d.say("Kết quả của {} không đưa vào các bảng và số liệu từ Mục II vì có dưới {} phiếu hợp lệ, để không suy ra được phiếu của từng người.",
              List("{} ({} phiếu)", [(o.name(row.agency), row.valid) for row in hidden], ", ", any_order=True), minimum(o))
    else:
        d.absent("không đưa vào các bảng và số liệu từ Mục II")

    rows = []
    for code in codes:
        lines = [line for line, _ in said if line.criterion == code]
        count = sum(votes(line) for line in lines)
        rows.append(dict(criterion=criteria.titled(code), votes=count, share=Ratio(count, total, "0.0"),
                         people=len({line.subject_id for line in lines if votes(line)})))
    d.table("by_criterion", rows, dict(votes=total, share=Ratio(total, total, "0.0")))
    d.chart("by_criterion", [row["criterion"] for row in rows], {"Số ý kiến nêu": [row["votes"] for row in rows]})
    people = {}
    for line, row in said:
        people.setdefault(line.subject_id, []).append(line)

    def across(lines):
        cells = {"votes.%d" % (place + 1): sum(votes(line) for line in lines if line.criterion == code) for place, code in enumerate(codes)}
        return dict(cells, total=sum(votes(line) for line in lines))

    d.table("by_person", [dict(across(lines), person=lines[0].subject_name, post=lines[0].post) for lines in people.values()],
            across([line for line, _ in said]), key=["person", "post", "total"], ordered=False)

    least = int(o.setting("ballots", "named", "1"))
    d.say("Một biểu hiện được tính là có nêu khi có từ {} phiếu trở lên. Trong kỳ có {} biểu hiện nêu lần đầu{}: nhắc nhở, yêu cầu uốn nắn.",
          least, len(first), Piece(", {} biểu hiện nêu lại sau khi người được nhắc nhở đã được xác nhận khắc phục", len(again))
          if again else Piece(""))
    manifestations = o.words("ballot-manifestation")

    def row_of(key, case, **more):
        return dict(person=case.line.subject_name, post=case.line.post, agency=o.name(case.row.agency),
                    manifestation=manifestations.label(key[1]), votes=case.votes, share=Ratio(case.votes, case.valid, "0.0"), **more)

    keys = ["person", "agency", "manifestation", "post"]
    if first or again:
        d.table("first", [row_of(key, case, reason="nêu lần đầu") for key, case in first.items()] +
                [row_of(key, case, reason="nêu lại sau khi đã xác nhận khắc phục") for key, case in again.items()], key=keys, ordered=False)
    none = "Không có biểu hiện nào bị nêu lại ở kỳ này."
    if repeat:
        d.absent(none)
        d.say("Có {} biểu hiện của {} người bị nêu ở kỳ trước, đã nhắc nhở nhưng kỳ này vẫn bị nêu và chưa được xác nhận khắc phục.",
              len(repeat), len({subject for subject, _ in repeat}))
        d.table("repeat", [row_of(key, case, votes_before=before[key].votes) for key, case in repeat.items()], key=keys, ordered=False)
    else:
        d.say(none)
    remind = "Thủ trưởng các cơ quan nhắc nhở người có biểu hiện nêu tại Mục III"
    handle = "Cấp có thẩm quyền xem xét, xử lý các trường hợp nêu tại Mục IV."
    for holds, words in ((first or again, remind), (repeat, handle)):
        d.say(words) if holds else d.absent(words)
