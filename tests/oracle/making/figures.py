"""figures - what units below sent in: the summaries of their workbooks, as the ledger «figures» reads them."""

# (name of the figure, its words) that add up, and rates with the figures they are made of
COUNTS = [("units.grassroots", "Tổ chức cơ sở đảng"), ("cells.total", "Chi bộ trực thuộc"), ("members.total", "Đảng viên cuối kỳ"),
          ("admitted.total", "Kết nạp đảng viên"), ("admitted.target", "Kế hoạch kết nạp"), ("discipline.total", "Đảng viên bị kỷ luật"),
          ("tasks.total", "Nhiệm vụ theo dõi"), ("tasks.done", "Nhiệm vụ hoàn thành")]
KINDS = ["Luân chuyển, điều động, bố trí, sắp xếp", "Bầu, bổ sung cấp ủy", "Đề bạt, bổ nhiệm"]


def printed(number):
    return "%02d" % number if 0 < number < 10 else str(number)


class Summary:
    """The summary of one report of one unit. The second figure of a name is numbered, as workbooks number it."""

    def __init__(self, unit, report, period):
        self.unit, self.report, self.period, self.times, self.rows = unit, report, period, {}, []

    def add(self, name, words, value, numerator="", denominator="", shown=None, adds=True):
        self.times[name] = self.times.get(name, 0) + 1
        number = "" if self.times[name] == 1 else "_%d" % self.times[name]
        self.rows.append({"org_id": self.unit, "report": self.report, "period": self.period, "name": name + number, "figure": words, "value": value,
                          "numerator": numerator, "denominator": denominator, "printed": shown or printed(value),
                          "adds": "có" if adds else "không"})

    def rate(self, name, words, top, base):
        value = ("%.3f" % (top / base)).replace(".", ",") if base else ""
        self.add(name, words, value, top, base, ("%.1f%%" % (100 * top / base)).replace(".", ",") if base else "–")


def year_end(m, unit, period):
    sent = Summary(unit, "year-end", period)
    values = {}
    for name, words in COUNTS:
        if m.chance(0.93):
            values[name] = m.random.randint(0, 300)
            sent.add(name, words, values[name])
    women = m.random.randint(0, 50)
    sent.add("members.women", "Đảng viên nữ", women)
    if values.get("members.total"):
        sent.rate("members.women_per_members.total", "Đảng viên nữ (tỷ lệ)", women, values["members.total"])
    if "admitted.total" in values and values.get("admitted.target"):
        sent.rate("admitted.total_per_admitted.target", "Kết nạp đảng viên (tỷ lệ)", values["admitted.total"], values["admitted.target"])
    # Kinds that a unit has none of are not in its summary, so the same kind may be the first in one and the second in another.
    for kind in KINDS:
        if m.chance(0.7):
            sent.add("moves.moves", "Biến động cán bộ: " + kind, m.random.randint(1, 9))
    if m.chance(0.6):
        of = m.random.randint(5, 20)
        value = m.random.randint(5000, 9900) / 100
        sent.add("indices.value", "Chỉ số: Chỉ số cải cách hành chính", ("%.2f" % value).replace(".", ","), shown=("%.2f" % value).replace(".", ","), adds=False)
        sent.add("indices.rank", "Xếp hạng: Chỉ số cải cách hành chính", m.random.randint(1, of), adds=False)
        sent.add("indices.rank_of", "Số đơn vị xếp hạng: Chỉ số cải cách hành chính", of, adds=False)
    return sent


def figures(m):
    """Year-end summaries of most units below the root; of some another report that says part of it again, an older year, a half-year."""
    if not m.chance(0.6):
        return
    below = [code for code, unit in m.units.items() if unit["parent_id"] == "R"]
    deeper = [code for code, unit in m.units.items() if unit["parent_id"] in below]
    for unit in below + m.random.sample(deeper, min(2, len(deeper))) + (["R"] if m.chance(0.2) else []):
        if m.chance(0.2):
            continue
        yield from year_end(m, unit, str(m.year)).rows
        if m.chance(0.3):
            yield from year_end(m, unit, str(m.year - 1)).rows
        attended, assigned = m.random.randint(0, 20), 20
        # The report on cell meetings says what the year-end report says of them.
        for report in ["year-end", "cell-meetings"] if m.chance(0.4) else []:
            again = Summary(unit, report, str(m.year))
            again.add("cell_meetings.attended", "Lượt có dự", attended)
            again.add("cell_meetings.assigned", "Lượt phân công dự sinh hoạt chi bộ", assigned)
            again.rate("cell_meetings.attended_per_cell_meetings.assigned", "Lượt có dự (tỷ lệ)", attended, assigned)
            yield from again.rows
        if m.chance(0.2):
            half = Summary(unit, "directive-half-year", "6 tháng đầu năm %d" % m.year)
            half.add("discipline.total", "Đảng viên bị kỷ luật", m.random.randint(0, 9))
            yield from half.rows
