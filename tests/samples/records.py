"""records.py - sample ledgers of what an office does between its yearly counts: inspections, reception and petitions,
indices, monthly ratings, cell meetings, surveys, ratings, documents on a directive, tasks from above, early replacements.

Called by make.py, which hands over its helpers and people. All of it is invented; the figures are chosen so that what a
report must not confuse differs: subjects and delegations, resolved and received, truncated and rounded rates, an index and
the year of its report, a task late and one still within its deadline.
"""
import csv
import itertools
import os
import zipfile
from datetime import date, timedelta
from xml.sax.saxutils import escape

DIRECTIVE = 'Chỉ thị số 10-CT/TU về tăng cường kỷ luật, kỷ cương, trách nhiệm của cán bộ, đảng viên'

# delegations.csv: in the first half of 2017 12 delegations look at 31 organizations and 25 persons.
DELEGATIONS = os.path.join(os.path.dirname(__file__), 'delegations.csv')
# Visits and those answered: district, communes. First half of 2017: 96/91 and 318/301.
RECEPTION = {(2016, 1): ((88, 80), (297, 279)), (2016, 2): ((90, 86), (305, 290)), (2017, 1): ((96, 91), (318, 301)),
             (2017, 2): ((84, 80), (309, 297))}
# Single petitions of 2017: received, carried over from before, resolved within the half.
PETITIONS = {(2017, 1): (118, 17, 121), (2017, 2): (109, 14, 104)}
PETITION_TOTALS = (('6 tháng đầu năm 2016', 124, 11, 119), ('6 tháng cuối năm 2016', 115, 16, 114))
INDICES = (('CCHC', 2015, '79,84', '79,10', 6, 12), ('CCHC', 2016, '82,47', '80,15', 4, 12),
           ('SIPAS', 2015, '82,6', '82,0', 5, 12), ('SIPAS', 2016, '84,1', '84,9', 8, 12))
# March 2018, by office: A, B, C, D; February differs in two offices. Together 27, 58, 9, 2 of 96.
GRADES = {'VPHU': (4, 7, 1, 0), 'BTC': (3, 7, 0, 0), 'UBKT': (3, 6, 1, 0), 'VPUB': (5, 11, 2, 0), 'NV': (2, 7, 1, 0),
          'TCKH': (5, 6, 1, 0), 'TNMT': (3, 8, 2, 1), 'GDDT': (2, 6, 1, 1)}
FEBRUARY = {'VPHU': (3, 8, 1, 0), 'TCKH': (4, 7, 1, 0)}
RATINGS = {2013: (10, 39, 11, 2), 2014: (12, 38, 10, 2), 2015: (13, 39, 9, 1), 2016: (14, 38, 9, 1), 2017: (12, 40, 9, 1)}
COMMITTEE = {2013: 'hoàn thành tốt', 2014: 'xuất sắc', 2015: 'hoàn thành tốt', 2016: 'hoàn thành tốt', 2017: 'xuất sắc'}
# Tasks from above in the first half of 2017: done on time, done late, within the deadline, overdue.
ABOVE = (14, 3, 7, 2)


class Book:
    """A workbook of plain tables, as Excel writes it, without what would differ from run to run."""

    def __init__(self, folder, name):
        self.path, self.sheets = os.path.join(folder, name), []

    def sheet(self, name, titles, header, rows):
        self.sheets.append((name, titles, header, rows))

    def cell(self, column, row, value):
        place = '%s%d' % (chr(ord('A') + column), row)
        if value is None or value == '':
            return ''
        if isinstance(value, date):
            return '<c r="%s" s="1"><v>%d</v></c>' % (place, (value - date(1899, 12, 30)).days)
        if isinstance(value, int):
            return '<c r="%s"><v>%d</v></c>' % (place, value)
        return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place, escape(value))

    def table(self, titles, header, rows):
        lines, merges = [], []
        for n, title in enumerate(titles, 1):
            lines.append([title])
            merges.append('<mergeCell ref="A%d:%s%d"/>' % (n, chr(ord('A') + len(header) - 1), n))
        lines += [header] + rows
        data = ''.join('<row r="%d">%s</row>' % (n, ''.join(self.cell(c, n, v) for c, v in enumerate(line)))
                       for n, line in enumerate(lines, 1))
        return '<sheetData>%s</sheetData>%s' % (
            data, '<mergeCells count="%d">%s</mergeCells>' % (len(merges), ''.join(merges)) if merges else '')

    def save(self):
        main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
        office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
        package = 'http://schemas.openxmlformats.org/package/2006/'
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        count = range(1, len(self.sheets) + 1)
        kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
        parts = {
            '[Content_Types].xml': '<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/><Override PartName="/xl/styles.xml" '
            'ContentType="%sstyles+xml"/>%s</Types>' % (package, kind, kind, ''.join(
                '<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>' % (n, kind) for n in count)),
            '_rels/.rels': '<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>' % (package, office),
            'xl/workbook.xml': '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (main, office, ''.join(
                '<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (escape(self.sheets[n - 1][0]), n, n) for n in count)),
            'xl/_rels/workbook.xml.rels': '<Relationships xmlns="%srelationships">%s<Relationship Id="rId%d" Type="%s/styles" '
            'Target="styles.xml"/></Relationships>' % (package, ''.join(
                '<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>' % (n, office, n)
                for n in count), len(self.sheets) + 1, office),
            'xl/styles.xml': '<styleSheet xmlns="%s"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
            '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>' % main}
        for n, (_, titles, header, rows) in enumerate(self.sheets, 1):
            parts['xl/worksheets/sheet%d.xml' % n] = '<worksheet xmlns="%s">%s</worksheet>' % (main, self.table(titles, header, rows))
        with zipfile.ZipFile(self.path, 'w', zipfile.ZIP_DEFLATED) as book:
            for name, text in parts.items():
                info = zipfile.ZipInfo(name, (2018, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                book.writestr(info, head + text)


class Records:
    def __init__(self, make, folder, orgs, members, committee, rotations):
        self.make, self.folder, self.orgs, self.members, self.committee = make, folder, orgs, members, committee
        self.rotations = rotations
        self.chance = None
        self.units = [o for o in orgs if o.kind in ('DBCS', 'CBCS') and not o.end]
        self.communes = [o for o in self.units if o.type in ('XA', 'TT')]
        self.offices = {o.id.rsplit('.', 1)[1]: o for o in orgs if o.kind == 'CQ'}

    def half(self, year, half):
        return (date(year, 1, 9), date(year, 6, 27)) if half == 1 else (date(year, 7, 5), date(year, 12, 26))

    def people(self, day, count, where=lambda m: True):
        return self.chance.sample([m for m in self.members if m.here(day) and 1955 < m.birth.year < 1988 and where(m)], count)

    def inspections(self):
        rows, chance = [], self.chance
        with open(DELEGATIONS, encoding='utf-8', newline='') as file:
            lines = list(csv.reader(file))[1:]
        for (year, half), group in itertools.groupby(lines, lambda line: (int(line[0]), int(line[1]))):
            first, last, delegations = *self.half(year, half), [line[2:] for line in group]
            days = sorted(chance.workday(first, last) for _ in delegations)
            for number, (day, (kind, surprise, theme, lead, orgs, persons)) in enumerate(zip(days, delegations), 1):
                place = {'BTV Huyện ủy': 'QĐ/HU', 'UBKT Huyện ủy': 'QĐ/UBKTHU', 'UBND huyện': 'QĐ/UBND'}.get(lead, 'QĐ/BXDĐ')
                start = ['', kind, surprise, theme, '%02d-%s' % (number * 7 + half * 40, place), day,
                         'Đoàn số %d' % number, lead]
                for o in chance.sample(self.units, int(orgs)):
                    rows.append(start + ['tổ chức đảng', o.name, o.id, chance.pick(('Thực hiện nghiêm túc', 'Còn thiếu sót', '')), ''])
                for m in self.people(day, int(persons)):
                    found = 'x' if 'dấu hiệu' in kind else ''
                    rows.append(start + ['đảng viên', m.name, self.make.unit_of(m.org).id, 'Có vi phạm, kiểm điểm rút kinh nghiệm'
                                         if found else '', found])
        for n, row in enumerate(rows, 1):
            row[0] = 'KTGS-%03d' % n
        book = Book(self.folder, 'inspections.xlsx')
        book.sheet('Kiểm tra, giám sát', ['ỦY BAN KIỂM TRA HUYỆN ỦY MẪU SƠN', 'SỔ THEO DÕI KIỂM TRA, GIÁM SÁT (người, việc đều là đặt ra)'],
                   ['Mã', 'Hình thức', 'Đột xuất', 'Nội dung kiểm tra', 'Số QĐ', 'Ngày QĐ', 'Tên đoàn', 'Cơ quan chủ trì',
                    'Đối tượng (tổ chức, đảng viên)', 'Tổ chức/đảng viên được kiểm tra', 'Mã đơn vị', 'Kết quả', 'Có vi phạm'], rows)
        book.save()

    def reception(self):
        s = self.make.Sheet(self.folder, 'reception.csv', ['STT', 'Ngày tiếp', 'Cấp tiếp', 'Đơn vị', 'Lãnh đạo tiếp', 'Số buổi', 'Lượt tiếp',
                                                           'Đoàn đông người', 'Đã giải quyết'], ';', titles=('SỔ TIẾP CÔNG DÂN',))
        number = 0
        for (year, half), levels in sorted(RECEPTION.items()):
            for level, (visits, handled) in zip(('cấp huyện', 'cấp xã'), levels):
                places = [None] * 6 if level == 'cấp huyện' else self.chance.sample(self.communes, 18)
                months = [date(year, half * 6 - 5 + i, 15) for i in range(6)]
                shares = self.make.spread(visits, [(i, self.chance.between(60, 140)) for i in range(len(places))], 1)
                unanswered = visits - handled
                for i, (place, (_, share)) in enumerate(zip(places, shares)):
                    open_ = min(unanswered, share - 1, unanswered // (len(places) - i) + (unanswered % (len(places) - i) > 0))
                    unanswered -= open_
                    number += 1
                    s.row([number, self.make.vn(months[i % 6]), level, place.name if place else '', 'Bí thư' if place else 'Thường trực Huyện ủy',
                           2, share, 1 if share > 20 else 0, share - open_])
                assert unanswered == 0
        s.save()

    def petitions(self):
        chance, rows, open_ = self.chance, [], []
        kinds = (('khiếu nại', 2), ('tố cáo', 1), ('kiến nghị, phản ánh', 6))
        fields = (('đất đai', 5), ('chính sách, chế độ', 3), ('cán bộ, đảng viên', 1), ('tài chính, đóng góp', 1), ('môi trường', 2))

        def receive(day):
            row = {'day': day, 'kind': chance.weighted(kinds), 'field': chance.weighted(fields), 'to': chance.pick(self.communes), 'done': None,
                   'level': 'cấp huyện' if chance.percent(35) else 'cấp xã'}
            rows.append(row)
            open_.append(row)

        for _ in range(PETITIONS[2017, 1][1]):
            receive(chance.workday(date(2016, 10, 3), date(2016, 12, 29)))
        for (year, half), (received, carried, resolved) in sorted(PETITIONS.items()):
            assert len(open_) == carried
            first, last = self.half(year, half)
            for _ in range(received):
                receive(chance.workday(first, last - timedelta(days=5)))
            for row in sorted(open_, key=lambda r: r['day'])[:resolved]:
                begin = max(first, row['day'] + timedelta(days=1))
                row['done'] = chance.day(begin, min(begin + timedelta(days=45), last))
                open_.remove(row)
        rows.sort(key=lambda r: (r['day'], r['kind'], r['field'], r['to'].id))
        s = self.make.Sheet(self.folder, 'petitions.csv', ['Mã đơn', 'Ngày tiếp nhận', 'Người gửi', 'Loại đơn', 'Lĩnh vực', 'Cấp', 'Đơn vị',
                                                           'Ngày giải quyết', 'Kết quả'], titles=('SỔ TIẾP NHẬN ĐƠN (người gửi đều là tên đặt ra)',))
        for n, r in enumerate(rows, 1):
            sender = chance.pick(self.make.MIDDLE_F + self.make.MIDDLE_M)
            s.row(['DT-%04d' % n, self.make.vn(r['day']), 'Nguyễn %s %s' % (sender, chance.pick(self.make.GIVEN_M)), r['kind'], r['field'],
                   r['level'], r['to'].name, self.make.vn(r['done']), 'đã giải quyết' if r['done'] else 'đang xem xét'])
        s.save()
        s = self.make.Sheet(self.folder, 'petition-totals.csv', ['Kỳ báo cáo', 'Cấp', 'Tổng số đơn', 'Kỳ trước chuyển sang', 'Số đã giải quyết'],
                            titles=('TỔNG HỢP ĐƠN THƯ (trước khi lập sổ từng đơn)',))
        for period, received, carried, resolved in PETITION_TOTALS:
            s.row([period, 'cấp huyện', received, carried, resolved])
        s.save()

    def indices(self):
        names = {'CCHC': 'Chỉ số cải cách hành chính', 'SIPAS': 'Chỉ số hài lòng'}
        s = self.make.Sheet(self.folder, 'indicators.csv', ['STT', 'Chỉ số', 'Năm', 'Đơn vị', 'Kết quả', 'Đơn vị tính', 'Bình quân', 'Xếp hạng',
                                                            'Trên tổng số', 'Văn bản công bố'], ';', titles=('CÁC CHỈ SỐ ĐƯỢC CÔNG BỐ (số liệu đặt ra)',))
        rows = [[names[name], year, 'Huyện Mẫu Sơn', value, '%', base, rank, of, '%d/QĐ-UBND' % (year - 1800)]
                for name, year, value, base, rank, of in INDICES]
        points = sorted((self.chance.between(702, 938) for _ in self.communes), reverse=True)
        mean = '%.1f' % (sum(points) / len(points) / 10)
        for rank, (unit, point) in enumerate(zip(self.chance.sample(self.communes, len(self.communes)), points), 1):
            rows.append(['Mức độ hài lòng tại đơn vị', 2016, unit.name.replace('Đảng bộ ', ''), ('%.1f' % (point / 10)).replace('.', ','), '%',
                         mean.replace('.', ','), rank, len(points), '74/BC-UBND'])
        for n, row in enumerate(rows, 1):
            s.row([n] + row)
        s.save()

    def monthly_ratings(self):
        book, chance = Book(self.folder, 'monthly-ratings.xlsx'), self.chance
        staff, used = {}, set()
        for code, counts in GRADES.items():
            pool = [m for m in self.members if m.here(date(2017, 12, 31)) and m.org.type == 'HC' and 1962 < m.birth.year < 1990
                    and m.id not in used]
            staff[code] = chance.sample(pool, sum(counts))
            used.update(m.id for m in staff[code])
        for month, changed in ((2, FEBRUARY), (3, {})):
            rows = []
            for code, people in staff.items():
                grades = ''.join(g * n for g, n in zip('ABCD', changed.get(code, GRADES[code])))
                for i, (m, grade) in enumerate(zip(people, grades)):
                    points = chance.between(*{'A': (90, 98), 'B': (72, 89), 'C': (55, 69), 'D': (38, 49)}[grade])
                    raised = grade in 'BC' and i % 5 == 4
                    bonus = chance.between(0, 5) if grade == 'A' else 0
                    general = min(20, points // 5)
                    rows.append([len(rows) + 1, '%02d/2018' % month, m.id, m.name, self.offices[code].name, 'Chuyên viên' if i else 'Thủ trưởng cơ quan',
                                 general, min(70, points - general - bonus), points - general - min(70, points - general - bonus),
                                 chr(ord(grade) - raised), grade, 'Thủ trưởng cơ quan' if i else 'Ban Thường vụ Huyện ủy'])
            book.sheet('T%d' % month, ['TỔNG HỢP ĐÁNH GIÁ CÁN BỘ THÁNG %d NĂM 2018 (người đều là đặt ra)' % month],
                       ['STT', 'Tháng đánh giá', 'Số thẻ ĐV', 'Họ và tên', 'Đơn vị', 'Chức vụ', 'Điểm ý thức', 'Điểm kết quả', 'Điểm thưởng',
                        'Tự xếp loại', 'Xếp loại', 'Người duyệt'], rows)
        book.save()

    def cell_meetings(self):
        chance, rows = self.chance, []
        cells = [o for o in self.orgs if o.kind == 'CBTT' and not o.end and o.type == 'XA']
        pairs = list(zip(self.committee[:15], chance.sample(cells, 15)))
        missed = chance.sample([(m, c) for m in range(1, 13) for c in range(15)], 17)
        for month in range(1, 13):
            for i, (m, cell) in enumerate(pairs):
                at = missed.index((month, i)) if (month, i) in missed else -1
                state = 'có dự' if at < 0 else 'vắng có phép' if at < 11 else 'không dự'
                rows.append(['%02d/2014' % month, m.name, m.id, cell.id, state, chance.pick(('đi công tác', 'dự họp cấp trên', 'ốm'))
                             if 0 <= at < 11 else ''])
        s = self.make.Sheet(self.folder, 'cell-meetings.csv', ['Tháng', 'Cấp ủy viên phụ trách', 'Số thẻ ĐV', 'Chi bộ phụ trách', 'Dự sinh hoạt',
                                                               'Lý do vắng'], titles=('THEO DÕI CẤP ỦY VIÊN DỰ SINH HOẠT CHI BỘ NĂM 2014',))
        for row in rows:
            s.row(row)
        s.save()

    def surveys(self):
        chance = self.chance
        s = self.make.Sheet(self.folder, 'surveys.csv', ['Tên cuộc khảo sát', 'Năm khảo sát', 'Xã, thị trấn', 'Nội dung khảo sát', 'Số lượng'], ';',
                            '\r\n', titles=('KẾT QUẢ KHẢO SÁT (số liệu đặt ra)',))
        for unit in self.communes:
            if unit.church:
                households = chance.between(900, 1400)
                believing = households * chance.between(18, 46) // 100
                for item, value in (('tổng số hộ', households), ('số hộ theo đạo', believing), ('số tín đồ', believing * 4 + chance.between(0, 60)),
                                    ('đảng viên theo đạo', chance.between(3, 14)), ('thôn, bản có đông đồng bào theo đạo', chance.between(2, 5)),
                                    ('thôn, bản chưa có chi bộ riêng', chance.between(0, 2))):
                    s.row(['KH 114-KH/TU', 2014, unit.name, item, value])
        for unit in self.communes:
            reached = chance.between(8, 17)
            for item, value in (('tiêu chí đạt', reached), ('tiêu chí chưa đạt', 19 - reached)):
                s.row(['Đề án xã toàn diện', 2014, unit.name, item, value])
        s.save()

    def ratings(self):
        s = self.make.Sheet(self.folder, 'ratings.csv', ['STT', 'Mã xếp loại', 'Năm', 'Mã đơn vị', 'Xếp loại', 'Cấp xếp loại', 'Số QĐ', 'Ngày QĐ'],
                            titles=('SỔ XẾP LOẠI TỔ CHỨC ĐẢNG',))
        number = 0
        for year, counts in sorted(RATINGS.items()):
            words = ('xuất sắc', 'hoàn thành tốt', 'hoàn thành nhiệm vụ', 'không hoàn thành')
            grades = [w for w, n in zip(words, counts) for _ in range(n)]
            rows = [('', COMMITTEE[year], 'Ban Tổ chức Tỉnh ủy', '%d-TB/BTCTU' % (year - 1900), date(year + 1, 2, 12))]
            rows += [(u.id, g, 'BTV Huyện ủy', '%d-QĐ/HU' % (year - 1700), date(year, 12, 25))
                     for u, g in zip(self.chance.sample(self.units, len(self.units)), grades)]
            for i, (unit, grade, rater, decision, day) in enumerate(rows):
                number += 1
                s.row([number, 'XL%d-%02d' % (year, i), year, unit, grade, rater, decision, self.make.vn(day)])
        s.save()

    def documents(self):
        works = (('chương trình hành động', 'CTr', 'Chương trình hành động thực hiện Chỉ thị'), ('kế hoạch', 'KH', 'Kế hoạch quán triệt, triển khai Chỉ thị'),
                 ('quy định', 'QĐ', 'Quy định trách nhiệm nêu gương của cán bộ, đảng viên'), ('kế hoạch', 'KH', 'Kế hoạch kiểm tra công vụ'),
                 ('công văn', 'CV', 'Công văn chấn chỉnh giờ giấc làm việc'), ('hướng dẫn', 'HD', 'Hướng dẫn kiểm điểm theo Chỉ thị'),
                 ('kế hoạch', 'KH', 'Kế hoạch kiểm tra, giám sát việc thực hiện Chỉ thị'), ('thông báo', 'TB', 'Thông báo kết luận về công tác tiếp công dân'),
                 ('công văn', 'CV', 'Công văn đôn đốc nhiệm vụ chậm tiến độ'), ('kế hoạch', 'KH', 'Kế hoạch cải thiện chỉ số cải cách hành chính'),
                 ('quyết định', 'QĐ', 'Quyết định thành lập đoàn kiểm tra công vụ'), ('hướng dẫn', 'HD', 'Hướng dẫn tuyên truyền Chỉ thị'),
                 ('thông báo', 'TB', 'Thông báo kết quả kiểm tra công vụ'), ('công văn', 'CV', 'Công văn rà soát thủ tục hành chính'))
        s = self.make.Sheet(self.folder, 'issued-documents.csv', ['STT', 'Số, ký hiệu', 'Ngày ban hành', 'Loại văn bản', 'Trích yếu', 'Cơ quan ban hành',
                                                                  'Thực hiện chỉ thị'], ';', titles=('VĂN BẢN BAN HÀNH ĐỂ THỰC HIỆN CHỈ THỊ (đặt ra)',))
        rows = []
        for half, count in ((1, 14), (2, 6)):
            first, last = self.half(2017, half)
            rows += [(self.chance.workday(first, last),) + work for work in (works if half == 1 else works[3:3 + count])]
        for n, (day, kind, code, title) in enumerate(sorted(rows), 1):
            government = 'công vụ' in title or 'thủ tục' in title
            s.row([n, '%02d-%s/%s' % (n * 6 + 3, code, 'UBND' if government else 'HU'), self.make.vn(day), kind, title,
                   'UBND huyện' if government else 'Huyện ủy', DIRECTIVE])
        s.save()

    def tasks_from_above(self):
        chance, vn = self.chance, self.make.vn
        works = ('Báo cáo kết quả thực hiện nghị quyết của Tỉnh ủy', 'Xây dựng kế hoạch cải thiện chỉ số cải cách hành chính',
                 'Rà soát biên chế, tinh giản theo lộ trình', 'Giải quyết dứt điểm đơn thư tồn đọng', 'Báo cáo tiến độ xây dựng nông thôn mới',
                 'Kiểm tra việc quản lý, sử dụng trụ sở', 'Chuẩn bị nội dung làm việc với Thường trực Tỉnh ủy')
        s = self.make.Sheet(self.folder, 'tasks-from-above.csv', ['Mã nhiệm vụ', 'Văn bản giao', 'Ngày văn bản', 'Cơ quan giao', 'Đối tượng', 'Nội dung nhiệm vụ',
                                                                  'Đơn vị chủ trì', 'Người chịu trách nhiệm', 'Ngày giao', 'Thời hạn', 'Ngày hoàn thành',
                                                                  'Tình trạng'], titles=('NHIỆM VỤ TỈNH ỦY, UBND TỈNH GIAO',))
        cut, rows = date(2017, 6, 30), []
        for state, count in zip(('on time', 'late', 'within', 'overdue'), ABOVE):
            for _ in range(count):
                given = chance.workday(date(2017, 1, 9), date(2017, 4, 28))
                due, done = chance.workday(given + timedelta(days=20), date(2017, 6, 2)), None
                if state == 'on time':
                    done = chance.workday(given + timedelta(days=8), due)
                elif state == 'late':
                    done = chance.workday(due + timedelta(days=2), cut - timedelta(days=3))
                elif state == 'within':
                    due = chance.workday(cut + timedelta(days=3), date(2017, 9, 29))
                    done = chance.workday(cut + timedelta(days=2), due)
                rows.append((given, due, done, chance.pick(works), chance.pick(list(self.offices.values()))))
        rows.sort(key=lambda r: (r[0], r[1], r[3], r[4].id))
        for n, (given, due, done, work, office) in enumerate(rows, 1):
            s.row(['NVT2017-%02d' % n, 'Thông báo số %d-TB/TU' % (410 + n * 3), vn(given - timedelta(days=2)), 'Tỉnh ủy' if n % 3 else 'UBND tỉnh',
                   'Phòng, ban', work, office.name, self.people(given, 1)[0].name, vn(given), vn(due), vn(done), 'xong' if done else 'đang làm'])
        s.save()

    def early_replacements(self):
        """One of them is somebody who was moved before in the same half-year: a second move of one person."""
        moved = next(r for r in self.rotations if r['kind'] == 'điều động' and date(2017, 1, 1) <= r['day'] <= date(2017, 5, 31))
        s = self.make.Sheet(self.folder, 'rotations-early.csv', ['Mã QĐ', 'Số thẻ ĐV', 'Họ và tên', 'Hình thức', 'Số QĐ', 'Ngày QĐ', 'Đơn vị cũ', 'Đơn vị mới',
                                                                 'Chức vụ cũ', 'Chức vụ mới', 'Lý do', 'Trước thời hạn'],
                            titles=('CÁN BỘ ĐƯỢC THAY THẾ, ĐIỀU CHUYỂN TRƯỚC THỜI HẠN',))
        office = self.offices['NN']
        people = self.people(date(2017, 1, 1), 4, lambda m: not m.position and not m.left)
        rows = ((moved['id'], moved['name'], 'điều động', moved['day'] + timedelta(days=20), 'sợ trách nhiệm', 'Chuyên viên'),
                (people[0].id, people[0].name, 'thôi giữ chức', date(2017, 4, 12), 'không đáp ứng yêu cầu', ''),
                (people[1].id, people[1].name, 'điều động', date(2017, 8, 22), 'năng lực hạn chế', 'Chuyên viên'),
                (people[2].id, people[2].name, 'miễn nhiệm', date(2017, 10, 9), 'uy tín thấp', ''))
        for n, (card, name, kind, day, reason, post) in enumerate(rows, 1):
            s.row(['TT2017-%02d' % n, card, name, kind, '%d-QĐ/HU' % (900 + n), self.make.vn(day), 'Văn phòng HĐND và UBND huyện',
                   office.name if post else '', 'Phó trưởng phòng', post, reason, 'x'])
        s.save()


def write(make, folder, orgs, members, committee, rotations):
    records = Records(make, folder, orgs, members, committee, rotations)
    parts = (records.inspections, records.reception, records.petitions, records.indices, records.monthly_ratings, records.cell_meetings,
             records.surveys, records.ratings, records.documents, records.tasks_from_above, records.early_replacements)
    for number, part in enumerate(parts):          # each with its own chance: one changed leaves the others as they are
        records.chance = make.Chance(20170630 + number)
        part()
