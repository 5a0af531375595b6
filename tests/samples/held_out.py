#!/usr/bin/env python3
"""held_out.py TO - a half-year of another office, in TO/inputs: the spreadsheets as they came, under header names of their own.

The ward committee of Bãi Sim (a district of a city, 2019) is invented, and so is everybody in it. Nothing here is taken from the
other samples; FIGURES is what that office would have published. Habits: titles and merged cells, headers of two rows, numbering
and total rows, signatures, group rows, blanks in cells, dates of four styles, numbers as text, TCVN3, CP1258 and UTF-16,
semicolons and tabs, columns in any order.
"""
import os
import subprocess
import sys
import unicodedata
from datetime import date, timedelta

import openpyxl

FIGURES = {'delegations': 9, 'organizations': 23, 'persons': 17, 'forms': (8, 4, 1, 1), 'admitted': 137, 'target': 243,
           'groups': {'tân binh': 9, 'dân quân': 31, 'học sinh': 6}, 'moves': (12, 7, 4), 'twice': 2, 'standing': 3, 'executive': 5,
           'reception': {'cấp quận': (322, 310), 'cấp phường': (911, 894)}, 'petitions': (512, 40, 530),
           'index': ('88,91', '86,30', 3, 24), 'above': (47, 4, 5, 2)}
FIRST, LAST = date(2019, 1, 1), date(2019, 6, 30)
state = 7


def chance(n):
    """A number below n; a linear congruence is enough, and the same everywhere."""
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
    return (state >> 33) % n


def day(first=FIRST, last=LAST):
    return first + timedelta(days=chance((last - first).days + 1))


def person():
    return '%s %s %s' % (('Đinh', 'Hà', 'Vũ', 'Trần', 'Lưu', 'Mai')[chance(6)], ('Thị', 'Văn', 'Minh', 'Thu', 'Quốc')[chance(5)],
                         ('An', 'Bích', 'Cường', 'Dung', 'Giang', 'Hòa', 'Khánh', 'Lan', 'Nhật', 'Phượng', 'Sơn', 'Uyên')[chance(12)])


def typed(d, n):
    """A day as one clerk or the other types it."""
    return (d.strftime('%d/%m/%Y'), '%d-%d-%d' % (d.day, d.month, d.year), ' %d.%d.%d ' % (d.day, d.month, d.year), d)[n % 4]


def text(d):
    return '%d/%d/%d' % (d.day, d.month, d.year)


class Office:
    def __init__(self, folder):
        self.folder = os.path.join(folder, 'inputs')
        os.makedirs(self.folder)
        self.wards = ['Đảng bộ phường %s' % n for n in ('Bãi Sim', 'Cầu Mây', 'Đồng Nhãn', 'Gò Dứa', 'Hồ Sậy', 'Ngõ Trúc')]
        self.cells = [('BS%d.%d' % (w + 1, c), 'Chi bộ tổ dân phố số %d, phường %s' % (c, ward[len('Đảng bộ phường '):]), 'BS%d' % (w + 1))
                      for w, ward in enumerate(self.wards) for c in range(1, 6)]

    def book(self, name, titles, headers, rows, foot=()):
        book = openpyxl.Workbook()
        sheet = book.active
        for title in titles:
            sheet.append([title])
            sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=6)
        for header in headers:
            sheet.append(header)
        for row in rows:
            sheet.append(row)
        sheet.append([])
        for line in foot:
            sheet.append(line)
        book.save(os.path.join(self.folder, name))

    def bytes(self, name, data):
        with open(os.path.join(self.folder, name), 'wb') as file:
            file.write(data)

    def organizations(self):
        rows = [['BS', 'Đảng bộ quận Bãi Sim', 'đảng bộ quận', 'HC', None, date(1997, 1, 1)]]
        for n, ward in enumerate(self.wards, 1):
            rows.append(['BS%d' % n, ward, 'ĐBCS', 'phường', 'BS', '01/01/1997'])
        rows += [[code, ' %s\u00a0' % name, 'CBTT', 'Phường', ward, '1997'] for code, name, ward in self.cells]
        self.book('1. Danh muc.xlsx', ['QUẬN ỦY BÃI SIM', 'DANH MỤC CÁC TỔ CHỨC ĐẢNG'],
                  [['Ký hiệu', 'Chi/đảng bộ', 'Hình thức', 'Khối', 'Đảng bộ cấp trên', 'Thành lập'], [1, 2, 3, 4, 5, 6]], rows)

    def members(self):
        lines = ['ĐẢNG BỘ QUẬN BÃI SIM' + '\t' * 7,
                 '\t'.join(('TT', 'Số thẻ đảng viên', 'Họ tên khai sinh', 'NTNS', 'Nam/nữ', 'Chi bộ đang sinh hoạt', 'Ngày vào Đảng', 'Diện kết nạp'))]
        groups = [g for g, n in FIGURES['groups'].items() for _ in range(n)]
        for n in range(520):
            new = n < FIGURES['admitted']
            joined = day() if new else date(1990 + chance(28), 1 + chance(12), 1 + chance(28))
            group = (groups[n] if n < len(groups) else 'đoàn viên') if new else ''
            name = unicodedata.normalize('NFD', person()) if n % 4 == 0 else person()
            lines.append('\t'.join((str(n + 1), 'BS%05d' % (3000 + n), name, '%d' % (joined.year - 19 - chance(14)), ('nam', 'Nữ')[chance(2)],
                                    self.cells[chance(len(self.cells))][n % 2], text(joined), group)))
        self.bytes('dangvien.txt', ('\ufeff' + '\r\n'.join(lines) + '\r\n').encode('utf-16-le'))

    def discipline(self):
        """CP1258: base letters, their tones behind them."""
        forms = [f for f, n in zip(('Khiển trách', 'Cảnh cáo', 'Cách chức', 'Khai trừ'), FIGURES['forms']) for _ in range(n)]
        lines = ['Mã hồ sơ;Đối tượng (đảng viên, tổ chức);Đồng chí;Nơi công tác;Chức danh;Hành vi vi phạm;Hình thức thi hành kỷ luật;QĐ số;Ngày ban hành;Cơ quan thi hành']
        for n, form in enumerate(forms, 1):
            lines.append('KL%02d;đảng viên;%s;%s;%s;%s;%s;%d-QĐ/UBKTQU;%s;%s' % (
                n, person(), self.cells[n][1], 'Bí thư' if form == 'Cách chức' else ('', 'Chủ tịch UBND phường')[n % 2],
                ('Vi phạm trật tự xây dựng', 'Thiếu trách nhiệm trong quản lý tài chính', 'Không chấp hành phân công của chi bộ')[n % 3],
                form, 20 + n, text(day()), ('UBKT Quận ủy Bãi Sim', 'Đảng ủy phường Gò Dứa')[n % 2]))
        tones = '\u0300\u0309\u0303\u0301\u0323'
        out = []
        for letter in unicodedata.normalize('NFC', '\n'.join(lines) + '\n'):
            parts = unicodedata.normalize('NFD', letter)
            out.append(unicodedata.normalize('NFC', ''.join(p for p in parts if p not in tones)) + ''.join(p for p in parts if p in tones))
        self.bytes('ky luat 6 thang.csv', ''.join(out).encode('cp1258'))

    def rotations(self):
        kinds = [k for k, n in zip(('luân chuyển', 'điều động', 'chuyển đổi VTCT'), FIGURES['moves']) for _ in range(n)]
        kinds += ['bổ sung BTV'] * FIGURES['standing'] + ['bổ sung BCH'] * FIGURES['executive'] + ['bổ nhiệm'] * 4 + ['nghỉ chế độ'] * 2
        moved = sum(FIGURES['moves'])
        people = [person() + ' ' + 'ABCDEFGHIKLMNOPQRSTUVXY'[n % 23] for n in range(len(kinds))]
        for n in range(FIGURES['twice']):                # moved twice within the half-year
            people[moved - 1 - n] = people[n]
        rows = []
        for n, (kind, name) in enumerate(zip(kinds, people)):
            to = self.wards[n % len(self.wards)] if n % 5 else 'Sở Nội vụ thành phố'      # outside of the committee
            rows.append([to, name, kind, 'CB-%03d' % n, typed(day(), n), '%d-QĐ/QU' % (500 + n), 'Chuyên viên', 'Phòng Nội vụ', 'Phó trưởng phòng'])
        rows.append(['Phòng Nội vụ', person(), 'luân chuyển', 'CB-900', date(2018, 11, 5), '499-QĐ/QU', 'Chuyên viên', self.wards[0], 'Chuyên viên'])
        self.book('Bien dong can bo.xlsx', ['QUẬN ỦY BÃI SIM'],
                  [['Đơn vị', None, None, None, 'Quyết định', None, 'Chức vụ', 'Đơn vị', 'Chức vụ'],
                   ['Nơi đến', 'Đồng chí', 'Nội dung', 'Mã số', 'Thời gian', 'QĐ số', 'Chức vụ hiện nay', 'Nơi đi', 'Chức vụ được giao']],
                  rows, [[None, 'Người lập biểu']])

    def tasks(self):
        """TCVN3, as old offices saved it: a font's own bytes."""
        lines = ['Mã;Cấp giao;Văn bản giao nhiệm vụ;Ngày văn bản;Nội dung công việc;Đơn vị thực hiện;Cán bộ phụ trách;Ngày giao;Hạn xử lý;Ngày hoàn thành']
        works = ('Báo cáo tiến độ giải phóng mặt bằng', 'Rà soát các dự án chậm tiến độ trên địa bàn', 'Chấn chỉnh trật tự xây dựng đô thị',
                 'Xây dựng kế hoạch tinh giản biên chế', 'Giải quyết kiến nghị của cử tri về thoát nước')
        kinds = [k for k, n in zip(('on time', 'late', 'within', 'overdue'), FIGURES['above']) for _ in range(n)] + ['own'] * 9
        for n, kind in enumerate(kinds):
            given = day(FIRST, date(2019, 4, 20))
            due, done = given + timedelta(days=30), None
            if kind in ('on time', 'own'):
                done = given + timedelta(days=12)
            elif kind == 'late':
                done = due + timedelta(days=5)
            elif kind == 'within':
                due = date(2019, 7, 15)
            lines.append(';'.join(('NV%03d' % n, 'ban thường vụ quận ủy bãi sim' if kind == 'own' else ('Thành ủy', 'Thường trực Thành ủy Vải')[n % 2], '%d-TB/TU' % (300 + n), text(given), works[n % 5],
                                   self.wards[n % 6], person(), text(given), text(due), text(done) if done else '')))
        made = subprocess.run(('iconv', '-f', 'UTF-8', '-t', 'TCVN5712-1'), input=('\r\n'.join(lines) + '\r\n').encode('utf-8'),
                              stdout=subprocess.PIPE, check=True)
        self.bytes('nhiem vu cap tren.csv', made.stdout)

    def plans(self):
        rows = [['CT-01', 'kết nạp đảng viên', '2019', None, '%d ' % FIGURES['target'], 'cắt bỏ']]
        rows += [['CT-%02d' % (n + 2), 'kết nạp', 2019, ward, 40 + (n < 3), None] for n, ward in enumerate(self.wards)]
        self.book('chi tieu ket nap.xlsx', ['CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN NĂM 2019'],
                  [['Mã hồ sơ', 'Nội dung chỉ tiêu', 'Năm kế hoạch', 'Đơn vị', 'Kế hoạch', 'Cách làm tròn']], rows,
                  [['Tổng cộng', None, None, None, 2 * FIGURES['target'], None]])

    def reception(self):
        lines, number, total = ['sep=;', 'TỔNG HỢP TIẾP CÔNG DÂN;;;;', 'TT;Cấp;Thời gian;Số lượt;Số đã giải quyết'], 0, [0, 0]
        for level, (visits, handled) in FIGURES['reception'].items():
            for month in range(1, 7):
                share = visits // 6 + (visits % 6 if month == 6 else 0)
                done = handled // 6 + (handled % 6 if month == 6 else 0)
                number, total = number + 1, [total[0] + share, total[1] + done]
                lines.append('%d;%s;%02d/2019;%d;%d' % (number, level, month, share, done))
        lines.append('Tổng cộng;;;{:,};{:,}'.format(*total).replace(',', '.'))
        self.bytes('tiep dan.csv', ('\r'.join(lines) + '\r').encode('utf-8'))

    def petitions(self):
        received, carried, resolved = FIGURES['petitions']
        self.book('don thu.xlsx', ['TỔNG HỢP ĐƠN'], [['Kỳ báo cáo', 'Tổng số đơn', 'Kỳ trước chuyển sang', 'Số đã giải quyết']],
                  [['6 tháng cuối năm 2018', 498, 61, 519], ['6 tháng đầu năm 2019', str(received), carried, resolved]])

    def indicators(self):
        value, base, rank, of = FIGURES['index']
        self.book('PAR index.xlsx', [], [['STT', 'Tên chỉ số', 'Đơn vị', 'Năm', 'Kết quả', 'ĐVT', 'Trung bình', 'Thứ hạng', 'Trên tổng số']],
                  [[1, 'Chỉ số CCHC', 'Quận Bãi Sim', 2018, value, '%', base, rank, of], [2, 'Chỉ số CCHC', 'Quận Bãi Sim', 2017, 85.4, '%', 84.2, 9, of]])

    def inspections(self):
        kinds = ('Kiểm tra việc chấp hành', 'GS chuyên đề', 'dấu hiệu vi phạm', 'công vụ')
        rows, orgs, persons = [], FIGURES['organizations'], FIGURES['persons']
        count = FIGURES['delegations']
        for n in range(count):
            when, decision = day(), '%02d-QĐ/UBKTQU' % (n + 1)
            subjects = ['tổ chức đảng'] * (orgs // count + (n < orgs % count)) + ['đảng viên'] * (persons // count + (n < persons % count))
            for i, subject in enumerate(subjects):
                rows.append(['GS%d-%d' % (n, i), decision, typed(when, i), 'Đoàn %d' % (n + 1), kinds[n % 4], subject,
                             self.cells[(n * 4 + i) % 30][1] if subject == 'tổ chức đảng' else person()])
        self.book('KTGS.xlsx', ['ỦY BAN KIỂM TRA QUẬN ỦY', 'SỔ KIỂM TRA, GIÁM SÁT'],
                  [['Mã', 'Số quyết định', 'Ngày quyết định', 'Tên đoàn', 'Hình thức', 'Đối tượng', 'Tên đối tượng']], rows)


def main(folder):
    office = Office(folder)
    for make in (office.organizations, office.members, office.discipline, office.rotations, office.tasks, office.plans, office.reception,
                 office.petitions, office.indicators, office.inspections):
        make()


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: held_out.py FOLDER')
    main(sys.argv[1])
