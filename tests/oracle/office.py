"""office.py - makes a random office from a seed: a tree of units, people who do not exist, and ledgers as offices keep them.

Office(seed) decides what the office is like; write(folder) puts inputs/ there and links templates/. The same seed makes the same
bytes. The ledgers are made by records.py, one function each.
"""
import calendar, csv, os, random
from datetime import date, timedelta

from spans import add_months, month_end

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Ma Bế Lò Giàng".split()
MIDDLE = "Văn Thị Đức Hữu Ngọc Thanh Minh Xuân Quang Bích".split()
GIVEN = "An Ánh Bình Chi Cường Dũng Đạt Đông Giang Hà Hải Hòa Hương Lan Linh Long Mai Nam Nga Ngân Phúc Quân Quý Sơn Thảo Tâm Tuấn Uyên Vân Yến".split()
PLACES = "Sao Mai|Đồng Xa|Nà Phai|Khe Lim|Bản Mới|Suối Bạc|Núi Voi|Cầu Tre|Ao Sen|Gò Đa|Thung Mây|Đèo Gió|Pác Bó|Lũng Cao|Bến Đá|Vườn Đào".split("|")

# Kinds of units from above: a tree begins at any of these lines and goes down from there.
CHAINS = [
    ["DBT", "DBH", "DBCS", "DBBP", "CB"],
    ["DBT", "DBX", "DBBP", "CB"],
    ["DBT", "DBTT", "DBCS", "CBTT"],
    ["DBT", "DBH", "DBTT", "DBCS", "DBBP", "CBTT", "TD"],
    ["DBH", "DBCS", "CBTT"],
    ["DBH", "DBCS", "DBBP", "CB", "TD"],
    ["DBX", "CBTT"],
    ["DBX", "DBBP", "CB"],
    ["DBCS", "DBBP", "CB", "TD"],
    ["DBTT", "DBCS", "CBTT"],
]
TITLES = {"DBT": "Đảng bộ tỉnh", "DBH": "Đảng bộ huyện", "DBTT": "Đảng bộ khối", "DBX": "Đảng bộ xã", "DBCS": "Đảng bộ cơ sở",
          "CBCS": "Chi bộ cơ sở", "DBBP": "Đảng bộ bộ phận", "CBTT": "Chi bộ", "CB": "Chi bộ", "TD": "Tổ đảng", "CQ": "Phòng"}
TYPES = ["XA", "TT", "PH", "HC", "HC-D", "HC-N", "SN", "SN-CL", "DN-NN", "DN-CP", "DN-TN", "VT-QD", "VT-CA", "DN", "VT"]


class Office:
    def __init__(self, seed, library):
        self.seed, self.library, self.random = seed, library, random.Random(seed)
        pick = self.random
        # A leap year more often than not: its 29th of February is where figures go wrong.
        self.year = pick.choice([2024, 2024, 2024, 2023, 2025, 2026])
        self.first_year = pick.random() < 0.2
        self.start, self.end = date(self.year, 1, 1), date(self.year, 12, 31)
        self.units, self.ledgers, self.numbers = {}, {}, {}
        self.used, self.days, self.quiet, self.busy = [], [], False, None
        self.tree()
        import records
        for name, make in records.MAKERS:
            # A ledger that is kept, in which nothing has happened this year yet.
            self.quiet = not self.first_year and name not in ("organizations", "members") and pick.random() < 0.07
            self.ledgers[name] = list(make(self))
        self.leave_out()

    # Small choices

    def chance(self, share):
        return self.random.random() < share

    def one(self, choices):
        return self.random.choice(list(choices))

    def code(self, start):
        self.numbers[start] = self.numbers.get(start, 0) + 1
        return "%s%03d" % (start, self.numbers[start])

    def person(self):
        """A name; now and then one that someone else has already, or has as its beginning."""
        if self.used and self.chance(0.08):
            return self.one(self.used)
        if self.used and self.chance(0.05):
            return self.one(self.used) + " " + self.one(GIVEN)
        name = " ".join([self.one(FAMILY), self.one(MIDDLE), self.one(GIVEN)])
        self.used.append(name)
        return name

    def day(self, first=None, last=None):
        """A day from first to last (of the year): often the first or last of the year, a half, a quarter or a month, or 29 February."""
        found = self.some_day(first or self.start, last or self.end)
        self.days.append(found)
        return found

    def some_day(self, first, last):
        if last < first:
            return first
        if self.chance(0.35):
            edges = [first, last]
            for year in range(first.year, last.year + 1):
                edges += [date(year, 1, 1), date(year, 6, 30), date(year, 7, 1), date(year, 12, 31), date(year, 3, 31), date(year, 4, 1),
                          date(year, 9, 30), month_end(year, 2), date(year, 3, 1)]
                edges += [month_end(year, self.random.randint(1, 12))]
            edges = [day for day in edges if first <= day <= last]
            return self.one(edges)
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def lately(self):
        """A day of the year, the year before, or now and then the year after."""
        if self.quiet:
            return self.day(date(self.year - 1, 1, 1), date(self.year - 1, 12, 31))
        # A day on which much is decided at once, so that rows are alike.
        if self.chance(0.15):
            self.busy = self.busy or self.day()
            return self.busy
        if not self.first_year and self.chance(0.35):
            return self.day(date(self.year - 1, 1, 1), date(self.year - 1, 12, 31))
        return self.day(date(self.year + 1, 1, 1), date(self.year + 1, 3, 31)) if self.chance(0.06) else self.day()

    def typed(self, day, vague=0.08):
        """A day as offices type it; with the chance vague only its month, quarter, half or year."""
        if day is None:
            return ""
        if self.chance(vague):
            half = "6 tháng %s năm %d" % ("đầu" if day.month < 7 else "cuối", day.year)
            quarter = "quý %s/%d" % (["I", "II", "III", "IV"][(day.month - 1) // 3], day.year)
            return self.one(["%02d/%d" % (day.month, day.year), "tháng %d/%d" % (day.month, day.year), quarter, half, str(day.year)])
        return self.one(["%d/%d/%d" % (day.day, day.month, day.year), "%02d/%02d/%d" % (day.day, day.month, day.year),
                         "%02d.%02d.%d" % (day.day, day.month, day.year), day.isoformat()])

    # The tree

    def tree(self):
        pick = self.random
        chain = pick.choice(CHAINS)
        self.chain = chain
        roots = 1
        for _ in range(roots):
            self.grow(None, chain, 0)
        # Grassroots cells and units of another depth, an office that is no party organization.
        for code in [code for code, unit in self.units.items() if unit["kind"] in ("DBT", "DBH", "DBTT")]:
            if self.chance(0.8):
                self.unit(code, "CBCS")
            if self.chance(0.5):
                self.unit(code, "CQ")
        if self.chance(0.3):
            cells = [code for code, unit in self.units.items() if unit["kind"] in ("DBH", "DBTT", "DBT")]
            if cells:
                self.unit(self.one(cells), "CBTT")
        self.events()

    def grow(self, parent, chain, level):
        code = self.unit(parent, chain[level])
        if level + 1 < len(chain):
            most = 3 if len(chain) > 4 else 4
            for _ in range(self.random.randint(1 if level else 2, most)):
                # Branches end early here and there.
                if level and self.chance(0.12):
                    continue
                self.grow(code, chain, level + 1)
        return code

    def unit(self, parent, kind):
        number = sum(1 for unit in self.units.values() if unit["parent_id"] == (parent or "")) + 1
        code = "%s.%02d" % (parent, number) if parent else "R"
        name = "%s %s" % (TITLES[kind], self.one(PLACES))
        if any(unit["name"] == name for unit in self.units.values()) and not self.chance(0.05):
            name += " %d" % (len(self.units) + 1)
        if kind in ("CBTT", "CB", "TD", "DBBP") and parent and self.units[parent]["kind"] not in ("DBT", "DBH", "DBTT") and self.chance(0.8):
            type_ = self.units[parent]["type"]
        else:
            type_ = self.one(TYPES)
        self.units[code] = {"org_id": code, "name": name, "kind": kind, "type": type_, "parent_id": parent or "", "valid_from": None,
                            "valid_to": None, "merged_into": ""}
        return code

    def events(self):
        """Foundings, closings and mergers in the year and before it."""
        for code, unit in self.units.items():
            if code != "R" and self.chance(0.12):
                unit["valid_from"] = self.day()
            elif self.chance(0.5):
                unit["valid_from"] = self.day(date(self.year - 30, 1, 1), date(self.year - 2, 12, 31))
        ends = [code for code in self.units if code != "R" and not self.children(code) and self.chance(0.16)]
        for code in ends:
            unit = self.units[code]
            beside = [other for other, found in self.units.items()
                      if other != code and found["kind"] == unit["kind"] and not found["valid_to"] and other not in ends]
            unit["valid_to"] = self.lately() if unit["valid_from"] is None or unit["valid_from"].year < self.year - 1 else self.end
            if beside and self.chance(0.6):
                unit["merged_into"] = self.one(beside)
        # A whole branch merges into another, and the cells below with it.
        grassroots = [code for code, unit in self.units.items() if unit["kind"] in ("DBCS", "DBX") and code != "R" and not unit["valid_to"]]
        if len(grassroots) > 2 and self.chance(0.5):
            from_, into = self.random.sample(grassroots, 2)
            if not into.startswith(from_) and not from_.startswith(into):
                last = self.day(date(self.year, 2, 1))
                self.units[from_].update(valid_to=last, merged_into=into)
                self.units[from_]["valid_from"] = None
                for code, unit in self.units.items():
                    if code.startswith(from_ + ".") and not unit["valid_to"] and self.chance(0.7):
                        unit.update(valid_to=last, merged_into=into if self.chance(0.5) else "", valid_from=None)

    def children(self, code):
        return [child for child, unit in self.units.items() if unit["parent_id"] == code]

    def any_unit(self, kinds=None, blank=0.0, outside=0.0):
        """A unit's code or name, as cells have it."""
        if self.chance(blank):
            return ""
        if self.chance(outside):
            return "Đơn vị ngoài %s" % self.one(PLACES)
        fit = [code for code, unit in self.units.items() if kinds is None or unit["kind"] in kinds]
        code = self.one(fit or list(self.units))
        name = self.units[code]["name"]
        if self.chance(0.2) and sum(1 for unit in self.units.values() if unit["name"] == name) == 1:
            return name
        return code

    def label(self, vocabulary, code):
        """A code as cells have it: its label, or the code itself."""
        if not code:
            return ""
        words = self.library.vocabularies[vocabulary]
        return words.label(code) if self.chance(0.8) else words.titled(code) if self.chance(0.7) else code

    def pick(self, vocabulary, codes=None, blank=0.0):
        if self.chance(blank):
            return ""
        return self.label(vocabulary, self.one(codes or self.library.vocabularies[vocabulary].codes))

    # What is left out, and what comes twice

    def leave_out(self):
        optional = [name for name in self.ledgers if name not in ("organizations",)]
        self.absent = [name for name in optional if self.chance(0.08)]
        for name in self.absent:
            del self.ledgers[name]
        self.blank_columns = {}
        for name, rows in self.ledgers.items():
            schema = self.library.schemas[name]
            free = [column for column in schema.columns.values() if not column.required and column.name not in schema.key
                    and column.name not in ("parent_id", "valid_from", "valid_to", "merged_into", "left_date", "left_kind", "member_id", "full_name",
                                            "criteria", "level", "manifestation", "reason", "help_note", "harassed_who", "trouble_who",
                                            "public_summary", "extension_doc", "removed_reason", "position", "org_id")]
            # What the level below sends is a sheet that a program wrote: no column of it is missing.
            self.blank_columns[name] = [column.name for column in free if self.chance(0.06)] if name != "figures" else []
        # A case handed in twice: the same row again in a second file.
        self.twice = {name: self.random.sample(rows, min(2, len(rows))) for name, rows in self.ledgers.items()
                      if name in ("discipline", "tasks", "rotations") and rows and self.chance(0.25)}

    def tables(self):
        """{file name: (columns, rows)}: what is written, and what a failure is shrunk by."""
        result = {}
        for name, rows in self.ledgers.items():
            result[name.replace("_", "-")] = (name, list(rows))
            if name in self.twice:
                result[name.replace("_", "-") + "-2"] = (name, list(self.twice[name]))
        return result

    def write(self, folder, tables=None):
        write(folder, self, self.tables() if tables is None else tables)


PROFILE = """[office]
superior = CẤP TRÊN MẪU
name = {upper}
short = {short}
committee = Đảng bộ
place = Mẫu
code = HU
page = hd05
duplex = no
language = vi

[signer]
authority = T/M BAN THƯỜNG VỤ
post = BÍ THƯ
name = Người Đặt Ra

[recipients]
to = Lưu

{settings}"""


# Settings of the reports: (section, key, values an office may have; None leaves the line out, and the report's own value holds).
SETTINGS = [("ballots", "minimum", [None, "5", "5", "4", "8"]), ("ballots", "named", [None, "2", "2", "1"]),
            ("ballots", "named_percent", [None, "0", "0", "10"]), ("trust", "base", ["issued", "returned", "valid"]),
            ("trust", "low", ["1/2", "1/2", "2/5"]), ("trust", "relief", ["2/3", "2/3", "3/5"]), ("contacts", "hamlets", ["{hamlets}"]),
            ("contacts", "decision", ["Quyết định số 1-QĐ/HU"]), ("contacts", "hours", ["giờ hành chính"]), ("rotations", "soon", ["180", "180", "90"])]


def settings_of(office, hamlets):
    """The sections of office.ini that reports ask."""
    pick, lines, section = random.Random(office.seed), [], ""
    for name, key, values in SETTINGS:
        value = values[office.seed % len(values)] if name == "trust" and key == "base" else pick.choice(values)
        if value is not None:
            lines += ["", "[%s]" % name] if name != section else []
            lines.append("%s = %s" % (key, value.replace("{hamlets}", str(hamlets))))
            section = name
    return "\n".join(lines) + "\n"


def write(folder, office, tables):
    """inputs/ of a workspace: office.ini and a CSV for each table, columns by their labels."""
    inputs = os.path.join(folder, "inputs")
    os.makedirs(inputs, exist_ok=True)
    for name in os.listdir(inputs):
        os.remove(os.path.join(inputs, name))
    short = "Cấp ủy Mẫu"
    hamlets = len(office.ledgers.get("hamlets", [])) or 10
    with open(os.path.join(inputs, "office.ini"), "w", encoding="utf-8") as file:
        file.write(PROFILE.format(upper=short.upper(), short=short, settings=settings_of(office, hamlets)))
    for name, (ledger, rows) in tables.items():
        schema = office.library.schemas[ledger]
        used = [column for column in schema.columns if any(row.get(column) not in (None, "") for row in rows) or schema.columns[column].required]
        used = [column for column in used if column not in office.blank_columns.get(ledger, [])]
        with open(os.path.join(inputs, name + ".csv"), "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";" if office.seed % 2 else ",", lineterminator="\n")
            writer.writerow([schema.columns[column].label for column in used])
            for row in rows:
                writer.writerow(["" if row.get(column) is None else row.get(column) for column in used])
