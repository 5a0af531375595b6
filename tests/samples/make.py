#!/usr/bin/env python3
"""Make the sample ledgers of inputs/.

    python3 tests/samples/make.py inputs

Everything is invented: the district Mẫu Sơn of the province Mẫu, its communes and offices, and every person. Names
are put together by chance from common parts; whoever bears one of them is not meant. There are no telephone or
identity numbers. The figures reproduce the published totals of DOMAIN.md section 1, as of the end of each period.

Standard library only, no clock, own generator: the same bytes on every machine.
"""
import os
import sys
from datetime import date, timedelta

import records


class Chance:
    """splitmix64: small, and the same in every version of Python."""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFFFFFFFFFF

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, n):
        return self.bits() % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[self.below(len(items))]

    def percent(self, p):
        return self.below(1000) < p * 10

    def weighted(self, pairs):
        at = self.below(sum(w for _, w in pairs))
        for value, weight in pairs:
            if at < weight:
                return value
            at -= weight

    def sample(self, items, n):
        pool = list(items)
        if n > len(pool):
            raise ValueError('%d of %d' % (n, len(pool)))
        for i in range(n):
            j = i + self.below(len(pool) - i)
            pool[i], pool[j] = pool[j], pool[i]
        return pool[:n]

    def day(self, first, last):
        return first + timedelta(days=self.below((last - first).days + 1))

    def workday(self, first, last):
        while True:
            d = self.day(first, last)
            if d.weekday() < 5:
                return d


chance = Chance(20141231)
YEARS = range(2013, 2018)


def after_years(d, n):
    return d.replace(year=d.year + n, day=28 if (d.month, d.day) == (2, 29) else d.day)


# ---------------------------------------------------------------- organizations

COMMUNES = ('Mẫu Hòa', 'Mẫu Bình', 'Mẫu Lâm', 'Mẫu Khê', 'Mẫu Thượng', 'Mẫu Hạ', 'Nà Lương', 'Nà Sáng', 'Bản Lình',
            'Bản Vàng', 'Khuổi Mây', 'Đồng Sim', 'Đồng Vải', 'Thạch Mẫu', 'Vân Mẫu', 'Phúc Mẫu', 'Yên Mẫu', 'Tân Mẫu',
            'Lũng Sao', 'Pác Hiên', 'Suối Trầm')
MOUNTAIN = {'Nà Lương', 'Nà Sáng', 'Bản Lình', 'Bản Vàng', 'Khuổi Mây', 'Lũng Sao', 'Pác Hiên', 'Suối Trầm'}
CHURCH = {'Phúc Mẫu', 'Yên Mẫu', 'Đồng Vải', 'Mẫu Hạ'}
HAMLETS = ('Nà Mạ', 'Nà Pheo', 'Khuổi Lịn', 'Bó Nặm', 'Pò Tấu', 'Cốc Lải', 'Thẩm Én', 'Đồng Mòn', 'Gốc Sấu', 'Cầu Ngói',
           'Đình Trung', 'Bãi Sậy', 'Làng Chè', 'Xóm Giếng', 'Trại Cau', 'Đồi Thông', 'Khe Dứa', 'Ao Sen', 'Vườn Trám',
           'Đầm Vạc', 'Hang Dơi', 'Mỏ Nước')
HC = (('cơ quan Huyện ủy Mẫu Sơn', 9), ('cơ quan UBND huyện Mẫu Sơn', 8), ('Chi cục Thuế huyện Mẫu Sơn', 6),
      ('Mặt trận và các đoàn thể huyện Mẫu Sơn', 4), ('Tòa án nhân dân huyện Mẫu Sơn', 0),
      ('Viện kiểm sát nhân dân huyện Mẫu Sơn', 0))
SN = (('Bệnh viện Đa khoa huyện Mẫu Sơn', 4), ('Trường THPT Mẫu Sơn', 4), ('Trung tâm Y tế huyện Mẫu Sơn', 3),
      ('Trường THPT Nà Lương', 0), ('Trường THPT Yên Mẫu', 0), ('Trường Dân tộc nội trú huyện Mẫu Sơn', 0),
      ('Trung tâm Giáo dục thường xuyên huyện Mẫu Sơn', 0), ('Trung tâm Dạy nghề huyện Mẫu Sơn', 0),
      ('Trung tâm Bồi dưỡng chính trị huyện Mẫu Sơn', 0), ('Trung tâm Dân số huyện Mẫu Sơn', 0),
      ('Trung tâm Văn hóa, Thể thao huyện Mẫu Sơn', 0), ('Đài Truyền thanh, Truyền hình huyện Mẫu Sơn', 0),
      ('Ban Quản lý rừng phòng hộ Mẫu Sơn', 0), ('Ban Quản lý dự án huyện Mẫu Sơn', 0),
      ('Trung tâm Phát triển quỹ đất huyện Mẫu Sơn', 0), ('Hạt Kiểm lâm huyện Mẫu Sơn', 0),
      ('Trạm Thú y huyện Mẫu Sơn', 0), ('Trạm Bảo vệ thực vật huyện Mẫu Sơn', 0),
      ('Bảo hiểm xã hội huyện Mẫu Sơn', 0), ('Trung tâm Dịch vụ nông nghiệp huyện Mẫu Sơn', 0))
DN = (('Công ty Lâm nghiệp Mẫu Sơn', 'DN-NN', 6), ('Công ty Thủy lợi Mẫu Sơn', 'DN-NN', 5),
      ('Công ty Chè Mẫu Sơn', 'DN-NN', 5), ('Công ty Quản lý đường bộ Mẫu', 'DN-NN', 4),
      ('Điện lực huyện Mẫu Sơn', 'DN-NN', 0), ('Công ty cổ phần Xi măng Mẫu', 'DN-CP', 3),
      ('Công ty cổ phần Gạch Đồng Sim', 'DN-CP', 3), ('Công ty cổ phần Thương mại Mẫu Sơn', 'DN-CP', 0),
      ('Công ty cổ phần Dược Mẫu', 'DN-CP', 0), ('Công ty cổ phần Vận tải Mẫu Sơn', 'DN-CP', 0),
      ('Công ty cổ phần Giống cây trồng Mẫu', 'DN-CP', 0), ('Công ty cổ phần Môi trường Mẫu Sơn', 'DN-CP', 0))
DEPARTMENTS = (('VPHU', 'Văn phòng Huyện ủy', 'HC-D'), ('BTC', 'Ban Tổ chức Huyện ủy', 'HC-D'),
               ('BTG', 'Ban Tuyên giáo Huyện ủy', 'HC-D'), ('BDV', 'Ban Dân vận Huyện ủy', 'HC-D'),
               ('UBKT', 'Cơ quan Ủy ban Kiểm tra Huyện ủy', 'HC-D'), ('MTTQ', 'Ủy ban MTTQ huyện', 'HC-D'),
               ('HD', 'Huyện đoàn Mẫu Sơn', 'HC-D'), ('LDLD', 'Liên đoàn Lao động huyện', 'HC-D'),
               ('VPUB', 'Văn phòng HĐND và UBND huyện', 'HC-N'), ('NV', 'Phòng Nội vụ', 'HC-N'),
               ('TCKH', 'Phòng Tài chính, Kế hoạch', 'HC-N'), ('NN', 'Phòng Nông nghiệp và PTNT', 'HC-N'),
               ('TNMT', 'Phòng Tài nguyên và Môi trường', 'HC-N'), ('GDDT', 'Phòng Giáo dục và Đào tạo', 'HC-N'),
               ('LD', 'Phòng Lao động, TB và XH', 'HC-N'), ('TTR', 'Thanh tra huyện', 'HC-N'))
KIND_NAMES = {'DBH': 'Đảng bộ huyện', 'DBCS': 'Đảng bộ cơ sở', 'CBCS': 'Chi bộ cơ sở', 'CBTT': 'Chi bộ trực thuộc',
              'CQ': 'Cơ quan, đơn vị'}
TYPE_NAMES = {'HC': 'Cơ quan hành chính', 'XA': 'Xã', 'TT': 'Thị trấn', 'SN': 'Đơn vị sự nghiệp', 'DN-NN': 'DNNN',
              'DN-CP': 'Công ty cổ phần', 'VT-QD': 'Quân đội', 'VT-CA': 'Công an', 'HC-D': 'Cơ quan Đảng',
              'HC-N': 'Cơ quan nhà nước'}


class Org:
    def __init__(self, id, name, kind, type, parent, start, end=None, merged=None):
        self.id, self.name, self.kind, self.type, self.parent = id, name, kind, type, parent
        self.start, self.end, self.merged = start, end, merged
        self.rating = self.church = self.mountain = ''
        self.place = ''


def make_organizations():
    orgs, n = [], 0
    root = Org('MS', 'Đảng bộ huyện Mẫu Sơn', 'DBH', 'HC', None, date(1946, 9, 2))
    orgs.append(root)

    def unit(name, type, cell_names, start, place=''):
        nonlocal n
        n += 1
        kind = 'DBCS' if cell_names else 'CBCS'
        u = Org('MS.%02d' % n, ('Đảng bộ ' if cell_names else 'Chi bộ ') + name, kind, type, root, start)
        u.rating = chance.weighted((('xuất sắc', 2), ('hoàn thành tốt', 6), ('hoàn thành nhiệm vụ', 2)))
        u.place = place
        if place in CHURCH:
            u.church = 'x'
        if place in MOUNTAIN:
            u.mountain = 'x'
        orgs.append(u)
        for i, cell in enumerate(cell_names, 1):
            c = Org('%s.%02d' % (u.id, i), 'Chi bộ ' + cell, 'CBTT', type, u, start)
            c.church, c.mountain, c.place = u.church, u.mountain, place
            c.rating = chance.weighted((('xuất sắc', 2), ('hoàn thành tốt', 6), ('hoàn thành nhiệm vụ', 2)))
            orgs.append(c)
        return u

    for i, commune in enumerate(COMMUNES):          # 341 cells: 5 communes with 17, 16 with 16
        count = 17 if i < 5 else 16
        hamlets = chance.sample(HAMLETS, count - 4)
        cells = ['bản %s, xã %s' % (h, commune) if commune in MOUNTAIN else 'thôn %s, xã %s' % (h, commune)
                 for h in hamlets]
        cells += ['cơ quan xã %s' % commune, 'Trường Tiểu học xã %s' % commune, 'Trường THCS xã %s' % commune,
                  'Trạm Y tế xã %s' % commune]
        unit('xã ' + commune, 'XA', cells, date(1954, 8, 1) + timedelta(days=37 * i), commune)
    unit('thị trấn Mẫu Sơn', 'TT', ['khối %d, thị trấn Mẫu Sơn' % i for i in range(1, 11)] +
         ['cơ quan thị trấn Mẫu Sơn', 'Trường Tiểu học thị trấn Mẫu Sơn', 'Trường THCS thị trấn Mẫu Sơn'],
         date(1964, 3, 2), 'Mẫu Sơn')
    parts = {'cơ quan Huyện ủy Mẫu Sơn': ('Văn phòng', 'Tổ chức', 'Tuyên giáo', 'Dân vận', 'Kiểm tra', 'Hưu trí 1',
                                          'Hưu trí 2', 'Nhà khách', 'Lưu trữ'),
             'cơ quan UBND huyện Mẫu Sơn': ('Văn phòng', 'Nội vụ và Thanh tra', 'Tài chính, Kế hoạch', 'Nông nghiệp',
                                            'Tài nguyên và Môi trường', 'Giáo dục', 'Lao động', 'Kinh tế, Hạ tầng')}
    for name, count in HC:
        unit(name, 'HC', ['%s, %s' % (p, name) for p in
                          (parts.get(name) or ['số %d' % i for i in range(1, count + 1)])[:count]], date(1975, 6, 5))
    for i, (name, count) in enumerate(SN):
        start = date(2014, 7, 1) if i == len(SN) - 1 else date(1982, 4, 12) + timedelta(days=211 * i)
        unit(name, 'SN', ['số %d, %s' % (k, name) for k in range(1, count + 1)], start)
    merged = orgs[-1]
    for i, (name, type, count) in enumerate(DN):
        unit(name, type, ['phân xưởng %d, %s' % (k, name) for k in range(1, count + 1)],
             date(1990, 2, 20) + timedelta(days=307 * i))
    unit('Quân sự huyện Mẫu Sơn', 'VT-QD', ['số %d, Quân sự huyện Mẫu Sơn' % i for i in range(1, 6)], date(1977, 5, 19))
    unit('Công an huyện Mẫu Sơn', 'VT-CA', ['đội %d, Công an huyện Mẫu Sơn' % i for i in range(1, 8)], date(1977, 8, 19))

    # What changed in 2014: a station joined another unit; two hamlet cells became one.
    orgs.append(Org('MS.63', 'Chi bộ Trạm Khuyến nông huyện Mẫu Sơn', 'CBCS', 'SN', root, date(1996, 1, 10),
                    date(2014, 6, 30), merged))
    commune = orgs[1]
    joined = next(o for o in orgs if o.parent is commune)
    joined.start = date(2014, 6, 1)
    for i, hamlet in enumerate(('Tân Lập Một', 'Tân Lập Hai')):
        orgs.append(Org('MS.01.%02d' % (91 + i), 'Chi bộ thôn %s, xã %s' % (hamlet, commune.place), 'CBTT', 'XA', commune,
                        date(1988, 5, 1), date(2014, 5, 31), joined))
    for code, name, type in DEPARTMENTS:
        orgs.append(Org('MS.PB.' + code, name, 'CQ', type, root, date(1975, 6, 5)))
    return orgs


# ---------------------------------------------------------------- members

FAMILY = (('Nguyễn', 30), ('Trần', 12), ('Lê', 11), ('Phạm', 7), ('Hoàng', 5), ('Vũ', 4), ('Đặng', 3), ('Bùi', 3), ('Đỗ', 3),
          ('Ngô', 2), ('Dương', 2), ('Phan', 3), ('Trịnh', 1), ('Đào', 1), ('Mai', 1), ('Cao', 1), ('Lương', 1), ('Tạ', 1))
FAMILIES = {'Tày': ('Nông', 'Hoàng', 'Lý', 'Lương', 'Hứa', 'Bế', 'Đàm', 'Ma'), 'Nùng': ('Nông', 'Vi', 'Hứa', 'Lý', 'Mông'),
            'Dao': ('Bàn', 'Triệu', 'Đặng', 'Phùng', 'Lý'), 'Mường': ('Bùi', 'Đinh', 'Quách', 'Hà'),
            'Thái': ('Lò', 'Quàng', 'Cầm', 'Lường', 'Hà'), 'Mông': ('Giàng', 'Sùng', 'Vàng', 'Thào', 'Hạng'),
            'Sán Dìu': ('Trương', 'Lê', 'Ninh', 'Lục'), 'Hoa': ('Lâm', 'Trương', 'Phùng')}
ETHNIC = (('Tày', 34), ('Nùng', 24), ('Dao', 14), ('Mường', 10), ('Thái', 8), ('Mông', 6), ('Sán Dìu', 3), ('Hoa', 1))
MIDDLE_M = ('Văn', 'Văn', 'Văn', 'Đình', 'Xuân', 'Hữu', 'Đức', 'Quang', 'Công', 'Bá', 'Ngọc', 'Thanh', 'Mạnh', 'Huy')
MIDDLE_F = ('Thị', 'Thị', 'Thị', 'Thị', 'Thị Thu', 'Thị Thanh', 'Thị Kim', 'Thị Bích', 'Ngọc', 'Thị Hồng')
GIVEN_M = ('An', 'Bảo', 'Bình', 'Chiến', 'Cường', 'Dũng', 'Đạt', 'Điệp', 'Định', 'Hải', 'Hiếu', 'Hòa', 'Hoàn', 'Hùng',
           'Hưng', 'Khải', 'Khoa', 'Kiên', 'Lâm', 'Lập', 'Lộc', 'Lực', 'Minh', 'Nam', 'Nghĩa', 'Phong', 'Phúc', 'Quân',
           'Quyết', 'Sơn', 'Tâm', 'Tân', 'Thái', 'Thành', 'Thắng', 'Thịnh', 'Tiến', 'Toàn', 'Trường', 'Tuấn', 'Tùng', 'Vinh')
GIVEN_F = ('Anh', 'Chi', 'Cúc', 'Diệp', 'Dung', 'Duyên', 'Đào', 'Giang', 'Hà', 'Hạnh', 'Hằng', 'Hiền', 'Hoa', 'Huệ', 'Hương',
           'Lan', 'Liên', 'Linh', 'Loan', 'Lý', 'Mai', 'My', 'Nga', 'Ngân', 'Nguyệt', 'Nhung', 'Oanh', 'Phương', 'Quyên',
           'Tâm', 'Thảo', 'Thúy', 'Trang', 'Tuyết', 'Vân', 'Yến')
FAMOUS = {'Lê Minh Hưng', 'Lê Văn Dũng', 'Trần Văn An', 'Nguyễn Văn Bình', 'Nguyễn Văn Linh', 'Nguyễn Xuân Phúc',
          'Nguyễn Xuân Thắng', 'Nguyễn Hòa Bình', 'Trần Quang Phương', 'Phan Văn Giang', 'Nguyễn Thị Bình', 'Lê Đức Anh',
          'Trần Đình Hoan', 'Phạm Minh Chính', 'Võ Văn Kiệt', 'Nguyễn Thị Kim Ngân', 'Đào Ngọc Dung', 'Đỗ Văn Chiến',
          'Bùi Thanh Sơn', 'Nguyễn Văn Thắng', 'Lê Thành Long', 'Hoàng Thanh Tùng', 'Phạm Bình Minh', 'Đặng Thị Ngọc Thịnh'}

ADMITTED = {2013: 176, 2014: 189, 2015: 172, 2016: 181, 2017: 168}
TARGETS = {2014: 179, 2015: 175, 2016: 170, 2017: 160}
ARRIVED = {2013: 49, 2014: 58, 2015: 52, 2016: 47, 2017: 50}
LEFT = {2013: {'CD': 63, 'TU': 45, 'XT': 10, 'XR': 4}, 2014: {'CD': 71, 'TU': 49, 'XT': 12, 'XR': 6},
        2015: {'CD': 68, 'TU': 52, 'XT': 11, 'XR': 5}, 2016: {'CD': 74, 'TU': 55, 'XT': 9, 'XR': 4},
        2017: {'CD': 70, 'TU': 58, 'XT': 13, 'XR': 6}}
LEFT_NAMES = {'CD': ('chuyển đi', 'Chuyển sinh hoạt'), 'TU': ('từ trần', 'Từ trần'), 'XT': ('xóa tên', 'Xóa tên'),
              'XR': ('xin ra', 'Xin ra khỏi Đảng'), 'KTR': ('khai trừ', 'Khai trừ')}
# Cases against members per half-year: reprimand, warning, removal, expulsion.
CASES = {(2013, 1): (5, 2, 0, 1), (2013, 2): (5, 2, 1, 1), (2014, 1): (4, 1, 1, 1), (2014, 2): (4, 2, 0, 2),
         (2015, 1): (4, 1, 0, 1), (2015, 2): (4, 3, 0, 1), (2016, 1): (4, 2, 1, 1), (2016, 2): (5, 2, 0, 1),
         (2017, 1): (5, 1, 0, 2), (2017, 2): (6, 2, 0, 3)}
STOCK_2014, MINORITIES_2014 = 6386, 1349
DEGREES = ('đại học', 'ĐH', 'thạc sĩ', 'tiến sĩ')


def expelled(year):
    return CASES[year, 1][3] + CASES[year, 2][3]


class Member:
    admit_kind = decision = tags = note = ''
    official = arrived = left = left_kind = None
    position = level = group = ''
    locked = False

    def here(self, day):
        return (self.arrived or self.admitted) <= day and (self.left is None or self.left > day)


def make_person(m, org, young=False):
    m.org = org
    share = 22 if org.type in ('VT-QD', 'VT-CA') else 52 if org.type == 'SN' or 'Trường' in org.name else 29
    m.sex = 'Nữ' if chance.percent(share) else 'Nam'
    m.ethnicity = chance.weighted(ETHNIC) if chance.percent(55 if org.mountain else 6) else 'Kinh'
    m.religion = 'Không'
    if org.church and chance.percent(14):
        m.religion = chance.weighted((('Công giáo', 8), ('Phật giáo', 2)))
    elif chance.percent(2.4):
        m.religion = chance.weighted((('Phật giáo', 7), ('Công giáo', 2), ('Tin lành', 1)))
    while True:
        family = chance.weighted(FAMILY) if m.ethnicity == 'Kinh' else chance.pick(FAMILIES[m.ethnicity])
        m.name = '%s %s %s' % (family, chance.pick(MIDDLE_F if m.sex == 'Nữ' else MIDDLE_M),
                               chance.pick(GIVEN_F if m.sex == 'Nữ' else GIVEN_M))
        if m.name not in FAMOUS:
            break
    age = chance.weighted((((18, 27), 6), ((28, 33), 3), ((34, 44), 2))) if young else (19, 36)
    age = chance.between(*age)
    m.birth = chance.day(date(m.admitted.year - age - 1, m.admitted.month, 1), date(m.admitted.year - age, m.admitted.month, 1))
    schooled = org.type in ('HC', 'SN', 'VT-QD', 'VT-CA') or 'Trường' in org.name or 'cơ quan' in org.name or \
        'Trạm Y tế' in org.name
    if schooled and m.admitted.year > 1985:
        m.education = chance.weighted((('trung cấp', 15), ('cao đẳng', 18), ('đại học', 34), ('ĐH', 25), ('thạc sĩ', 7)))
        m.theory = chance.weighted((('chưa qua', 20), ('sơ cấp', 45), ('trung cấp', 28), ('cao cấp', 5)))
    else:
        m.education = chance.weighted((('chưa qua đào tạo', 55), ('sơ cấp', 12), ('trung cấp', 18), ('cao đẳng', 7),
                                       ('đại học', 8)))
        m.theory = chance.weighted((('chưa qua', 52), ('sơ cấp', 38), ('trung cấp', 10)))
    return m


def spread(total, places, least=0):
    """total shared among places by their weight, by largest remainder."""
    weights = [w for _, w in places]
    free = total - least * len(places)
    shares = [least + free * w // sum(weights) for w in weights]
    rest = sorted(range(len(places)), key=lambda i: -(free * weights[i] % sum(weights)))
    for i in rest[:total - sum(shares)]:
        shares[i] += 1
    return [(place, share) for (place, _), share in zip(places, shares)]


def unit_of(org):
    return org if org.kind == 'CBCS' else org.parent


def make_plans(units):
    """Targets and admissions by unit and year: some units reach their target, some do not, some admit nobody."""
    weight = {'XA': 60, 'TT': 60, 'HC': 22, 'SN': 10, 'DN-NN': 12, 'DN-CP': 7, 'VT-QD': 30, 'VT-CA': 35}
    targets, actual = {}, {}
    for year in YEARS:
        total = TARGETS.get(year, 170)
        places = [(u, 3000 if 'THPT' in u.name else weight[u.type] * (
            chance.between(75, 125) if weight[u.type] > 20 else chance.pick((0, 40, 130, 210)))) for u in units]
        goal = dict(spread(total, places))
        idle = [u for u in units if goal[u] == 0]
        none = set(u for u in chance.sample([u for u in units if 1 <= goal[u] <= 3], 4))
        got = {u: (0 if u in none else goal[u]) for u in units}
        got[chance.pick(idle)] += 1                 # admitted without a target
        communes = [u for u in units if goal[u] >= 4]
        for u in chance.sample(communes, 7):
            got[u] -= chance.between(1, 2)
        while sum(got.values()) != ADMITTED[year]:
            u = chance.pick(communes)
            step = 1 if sum(got.values()) < ADMITTED[year] else -1
            if got[u] + step >= max(1, goal[u] - 2):
                got[u] += step
        missing = set(chance.sample(idle, len(idle) // 2)) if idle else set()
        targets[year] = {u: goal[u] for u in units if u not in missing}
        actual[year] = got
    return targets, actual


def make_members(orgs, actual):
    homes = [o for o in orgs if o.kind in ('CBTT', 'CBCS') and o.end is None]
    cells = {}
    for o in homes:
        cells.setdefault(unit_of(o), []).append(o)
    first = STOCK_2014
    for year in (2014, 2013):
        first += sum(LEFT[year].values()) + expelled(year) - ADMITTED[year] - ARRIVED[year]
    members = []

    def admit(year_first, year_last, org, young=False):
        m = Member()
        m.admitted = chance.day(date(year_first, 1, 3), date(year_last, 12, 28))
        members.append(make_person(m, org, young))
        m.official = after_years(m.admitted, 1)
        if m.official.month < 12:
            m.official += timedelta(days=chance.pick((0, 0, 0, 3, 10, 25)))
        return m

    for org, count in spread(first, [(o, chance.between(70, 170)) for o in homes], 4):
        for _ in range(count):
            decade = chance.weighted((((1957, 1969), 5), ((1970, 1979), 10), ((1980, 1989), 17), ((1990, 1999), 24),
                                      ((2000, 2006), 24), ((2007, 2011), 20)))
            m = admit(decade[0], decade[1], org)
            if chance.percent(6) and m.admitted.year < 2008:
                m.arrived = chance.day(date(m.admitted.year + 2, 1, 5), date(2012, 12, 20))
    for year in YEARS:
        for unit, count in actual[year].items():
            for _ in range(count):
                m = admit(year, year, chance.pick(cells[unit]), True)
                m.admit_kind = 'kết nạp mới'
                m.decision = '%d-QĐ/HU' % (m.admitted.timetuple().tm_yday + 100)
                if year == 2017:
                    m.official = None
                tags = []
                if after_years(m.birth, 30) > m.admitted:
                    tags.append('đoàn viên')
                kind = unit.type
                if kind in ('XA', 'TT') and 'Trường' not in m.org.name:
                    tag = chance.weighted((('nông dân', 30), ('dân quân', 26), ('tân binh', 5), ('', 30)))
                elif kind == 'SN' and 'THPT' in unit.name:
                    tag = chance.weighted((('học sinh', 7), ('viên chức', 3)))
                elif kind == 'SN' or 'Trường' in m.org.name:
                    tag = 'viên chức'
                else:
                    tag = {'HC': 'công chức', 'DN-NN': 'công nhân', 'DN-CP': 'công nhân'}.get(kind, 'quân nhân')
                if tag == 'học sinh':
                    m.birth = chance.day(date(year - 19, 1, 1), date(year - 18, 1, 1))
                    m.education, m.theory = 'chưa qua đào tạo', 'chưa qua'
                if tag:
                    tags.append(tag)
                m.tags = ';'.join(tags)
        for m in chance.sample([m for m in members if m.admitted.year == year and not m.arrived and 'đoàn viên' not in m.tags], 2):
            m.admit_kind = 'kết nạp lại'
            m.birth = m.birth.replace(year=m.birth.year - 6, day=min(m.birth.day, 28))
        for org, count in spread(ARRIVED[year], [(o, chance.between(1, 60)) for o in homes]):
            for _ in range(count):
                m = admit(1985, min(year - 2, 2012), org)
                m.arrived = chance.workday(date(year, 1, 5), date(year, 12, 24))

    # The figures published for 2014: exactly two Catholics admitted, 1.349 members of ethnic minorities.
    new = [m for m in members if m.admitted.year == 2014 and not m.arrived]
    for m in new:
        if m.religion == 'Công giáo':
            m.religion = 'Không'
    for m in chance.sample([m for m in new if m.org.church], 2):
        m.religion = 'Công giáo'
        m.tags = m.tags + ';Công giáo' if m.tags else 'Công giáo'
    return members


def make_groups(members):
    """The bases of the qualification figures; these people stay to the end of 2017."""
    end = date(2014, 12, 31)
    free = [m for m in members if m.here(end) and m.admitted.year < 2009 and 1956 <= m.birth.year <= 1980]
    offices = [m for m in free if m.org.type == 'HC' and 'Hưu trí' not in m.org.name]
    communes = [[m for m in free if m.org.place == c and 'cơ quan' in m.org.name] or
                [m for m in free if m.org.place == c] for c in COMMUNES]

    def take(pool, n):
        got = chance.sample([m for m in pool if not m.locked], n)
        for m in got:
            m.locked = True
            m.groups = []
        return got

    secretaries = [take(pool, 1)[0] for pool in communes]
    chairs = [take(pool or free, 1)[0] for pool in communes]
    committee = secretaries[:14] + take(offices, 22)
    heads = take(offices, 15)
    staff = take(offices, 107)
    key = committee[:28] + secretaries[14:] + chairs[:14] + heads     # 28 + 7 + 14 + 15
    district = committee[14:36] + heads[:15] + staff[:105]             # 22 + 15 + 105

    for m in committee:
        m.groups.append('huyện ủy viên')
        m.position, m.level = 'Huyện ủy viên', 'BTV Huyện ủy'
    for m in key:
        m.groups.append('cán bộ chủ chốt')
        m.education = chance.weighted((('đại học', 8), ('thạc sĩ', 2)))
        m.theory = chance.weighted((('cao cấp', 8), ('cử nhân chính trị', 2)))
        m.level = 'BTV Huyện ủy'
    for i, m in enumerate(committee[28:]):         # with the 28 above: 30 of high theory, 36 of middle or more, 35 of DH or more
        m.education = 'cao đẳng' if i == 7 else 'đại học'
        m.theory = 'cao cấp' if i < 2 else 'trung cấp'
    for m in district:
        m.groups.append('CBCC huyện')
    lower = 11 - 1                                  # one of the committee is below DH already
    for i, m in enumerate(staff[:105]):
        m.education = chance.weighted((('cao đẳng', 5), ('trung cấp', 5))) if i < lower else \
            chance.weighted((('đại học', 6), ('ĐH', 3), ('thạc sĩ', 1)))
        m.theory = chance.weighted((('trung cấp', 6), ('sơ cấp', 3), ('cao cấp', 1)))
        m.position = 'chuyên viên'
    for m in heads:
        m.position = 'trưởng phòng, ban'
    for i, m in enumerate(secretaries):
        m.position = 'Bí thư Đảng ủy' + (';Huyện ủy viên' if i < 14 else '')
        m.level = 'BTV Huyện ủy'
    for m in chairs:
        m.position, m.level = 'Phó Bí thư Đảng ủy;Chủ tịch UBND xã', 'BTV Huyện ủy'
    deputies = []
    for commune, pool in zip(COMMUNES, communes):
        rest = [m for m in pool if not m.locked] or [m for m in free if m.org.place == commune and not m.locked]
        m = take(rest, 1)[0]
        m.position, m.level = 'Ủy viên BTV Đảng ủy;Phó Chủ tịch UBND xã', 'BTV Huyện ủy'
        deputies.append(m)
    for m in members:
        if m.locked:
            m.group = ';'.join(m.groups)
    by_cell = {}
    for m in members:
        if m.here(end) and not m.position and 1950 <= m.birth.year <= 1982 and m.admitted.year < 2010:
            by_cell.setdefault(m.org.id, []).append(m)
    for id in sorted(by_cell):
        posts = ['Bí thư chi bộ', 'Phó Bí thư chi bộ', 'chi ủy viên']
        for m, post in zip(chance.sample(by_cell[id], min(3, len(by_cell[id]))), posts):
            m.position, m.level = post, 'cơ sở'
    return committee, chairs, deputies


def make_leavers(members, picks):
    kinds = {}
    for (year, half), cases in sorted(picks.items()):
        for m, form, day in cases:
            if form == 'KTR':
                m.left, m.left_kind = day, 'KTR'
    for year in YEARS:
        start = date(year - 1, 12, 31)
        for kind, count in LEFT[year].items():
            pool = [m for m in members if m.here(start) and m.left is None and not m.locked and m.admitted.year < year - 1
                    and (m.arrived is None or m.arrived.year < year - 1)]
            if kind == 'TU':
                pool = sorted(pool, key=lambda m: (m.birth, m.name))[:700]
            elif kind == 'CD':
                pool = [m for m in pool if m.birth.year > 1950]
            else:
                pool = [m for m in pool if m.admitted.year > 1990]
            for m in chance.sample(pool, count):
                m.left, m.left_kind = chance.workday(date(year, 1, 6), date(year, 12, 26)), kind
                kinds[year, kind] = kinds.get((year, kind), 0) + 1


def balance_minorities(members):
    end = date(2014, 12, 31)
    stock = [m for m in members if m.here(end)]
    now = [m for m in stock if m.ethnicity != 'Kinh']
    pool = [m for m in stock if not m.locked and ((m.ethnicity == 'Kinh') == (len(now) < MINORITIES_2014)) and
            (len(now) > MINORITIES_2014 or m.org.mountain)]
    for m in chance.sample(pool, abs(len(now) - MINORITIES_2014)):
        if m.ethnicity == 'Kinh':
            m.ethnicity = chance.weighted(ETHNIC)
            family = chance.pick(FAMILIES[m.ethnicity])
        else:
            m.ethnicity = 'Kinh'
            family = chance.weighted(FAMILY)
        m.name = family + ' ' + m.name.split(' ', 1)[1]
        if m.name in FAMOUS:
            m.name = family + ' Thế ' + m.name.split(' ', 1)[1].split(' ')[-1]


# ---------------------------------------------------------------- discipline

OFFENCES = (
    ('đạo đức, lối sống', 'Vi phạm phẩm chất đạo đức, lối sống; có lời lẽ xúc phạm đồng chí trong chi bộ tại cuộc họp thôn',
     'Vi phạm về đạo đức, lối sống'),
    ('đất đai', 'Tự ý cho thuê 0,3 ha đất công ích không đúng thẩm quyền, thu tiền ngoài sổ sách',
     'Vi phạm trong quản lý đất đai'),
    ('tài chính', 'Lập chứng từ thanh toán không đúng chế độ, chi sai nguồn quỹ của đơn vị',
     'Vi phạm quy định về quản lý tài chính'),
    ('chính sách dân số', 'Sinh con thứ ba trái quy định', 'Vi phạm chính sách dân số'),
    ('hôn nhân và gia đình', 'Vi phạm chế độ hôn nhân một vợ, một chồng', 'Vi phạm quy định về hôn nhân và gia đình'),
    ('đánh bạc', 'Tham gia đánh bạc tại địa bàn, bị công an huyện lập biên bản', 'Tham gia đánh bạc'),
    ('vi phạm pháp luật', 'Điều khiển phương tiện sau khi uống rượu, gây tai nạn giao thông', 'Vi phạm pháp luật về giao thông'),
    ('nguyên tắc sinh hoạt', 'Bỏ sinh hoạt chi bộ nhiều lần không lý do; không chấp hành sự phân công của chi bộ',
     'Vi phạm nguyên tắc sinh hoạt đảng'),
    ('thiếu trách nhiệm', 'Thiếu kiểm tra, đôn đốc, để cấp dưới vi phạm kéo dài', 'Thiếu trách nhiệm trong lãnh đạo, quản lý'))
GRAVE = (
    ('vi phạm pháp luật', 'Bị khởi tố, kết án về tội lừa đảo chiếm đoạt tài sản', 'Vi phạm pháp luật, bị tòa án xét xử'),
    ('vi phạm pháp luật', 'Hủy hoại rừng phòng hộ, bị xử lý hình sự', 'Vi phạm pháp luật về bảo vệ rừng'),
    ('tài chính', 'Chiếm đoạt tiền vay ủy thác của các hộ nghèo trong thôn', 'Chiếm đoạt tài sản'),
    ('đánh bạc', 'Tổ chức đánh bạc nhiều lần, bị kết án', 'Tổ chức đánh bạc'))


def pick_disciplined(members, committee, chairs, deputies):
    picks = {}
    for (year, half), forms in CASES.items():
        first, last = (date(year, 1, 8), date(year, 6, 27)) if half == 1 else (date(year, 7, 3), date(year, 12, 27))
        cases = []
        special = {(2017, 1): [committee[20]], (2017, 2): [chairs[16], deputies[9]]}.get((year, half), [])
        for form, count in zip(('KT', 'CC', 'CCH', 'KTR'), forms):
            for i in range(count):
                day = chance.workday(first, last)
                if special and form == 'KT':
                    m = special.pop()
                elif form == 'CCH':
                    m = chance.pick([m for m in members if m.here(day) and not m.locked and m.position == 'Bí thư chi bộ'])
                else:
                    pool = [m for m in members if m.here(day) and not m.locked and not m.position and
                            1950 < m.birth.year < 1988 and m.admitted.year < year - 2]
                    m = chance.pick(pool)
                m.locked = True
                cases.append((m, form, day))
        picks[year, half] = cases
    return picks


def make_discipline(picks, orgs):
    rows = []
    for (year, half), cases in sorted(picks.items()):
        hidden = {(2017, 2): 3, (2017, 1): 2}.get((year, half), 2)
        quiet = set(i for i in chance.sample(range(len(cases)), hidden))
        for i, (m, form, day) in enumerate(cases):
            field, violation, summary = chance.pick(GRAVE if form == 'KTR' else OFFENCES[3:] if form == 'CCH' else OFFENCES[2:8])
            position = ''
            if 'Huyện ủy viên' in m.position:
                position, summary, violation, field = 'Huyện ủy viên', OFFENCES[8][2], OFFENCES[8][1], OFFENCES[8][0]
            elif ';' in m.position:
                position, summary, violation, field = m.position.replace(';', '; '), OFFENCES[1][2], OFFENCES[1][1], 'đất đai'
            elif form == 'CCH':
                position = 'Bí thư chi bộ'
            elif year in (2014, 2016) and form == 'CC' and i % 2:
                position = 'trưởng thôn'
            grave = form in ('CCH', 'KTR') or position in ('Huyện ủy viên',) or ';' in position
            authority = chance.pick(('BTV Huyện ủy', 'UBKT Huyện ủy')) if grave else \
                chance.weighted((('UBKT Huyện ủy', 5), ('đảng ủy cơ sở', 4), ('chi bộ', 3 if form == 'KT' else 0)))
            if unit_of(m.org).kind == 'CBCS' and authority == 'đảng ủy cơ sở':
                authority = 'UBKT Huyện ủy'
            state, state_note, state_day, publish = '', '', None, 'x'
            if i in quiet:
                publish = ''
                if year == 2017 and i != min(quiet):
                    state, state_note = 'khiếu nại', 'Đảng viên có đơn khiếu nại, đang giải quyết'
                    state_day = day + timedelta(days=chance.between(5, 20))
            elif year == 2016 and form == 'CC' and half == 2 and i == 5:
                state, state_note, state_day = 'giữ nguyên', 'Đã giải quyết khiếu nại, giữ nguyên hình thức', day + timedelta(days=75)
            rows.append({'day': day, 'kind': 'đảng viên', 'id': m.id, 'name': m.name, 'org': m.org, 'position': position,
                         'level': m.level if position else '', 'violation': violation, 'field': field,
                         'when': chance.weighted(((str(year - 1), 4), ('%d/%d' % (chance.between(1, 12), year - 1), 4), ('', 2))),
                         'form': {'KT': 'Khiển trách', 'CC': 'Cảnh cáo', 'CCH': 'Cách chức', 'KTR': 'Khai trừ'}[form],
                         'authority': authority, 'state': state, 'state_note': state_note, 'state_day': state_day,
                         'publish': publish, 'summary': summary if publish else '',
                         'side': chance.pick(('Tòa án xét xử', 'Khởi tố')) if form == 'KTR' else
                         chance.weighted((('', 7), ('Phạt hành chính', 2), ('Khiển trách về chính quyền', 1))),
                         'category': 'chính thức'})
    appealed = next(r for r in rows if date(2017, 1, 1) <= r['day'] <= date(2017, 6, 30) and r['publish'] and
                    r['form'] in ('Cảnh cáo', 'Khai trừ'))
    appealed['state'], appealed['state_note'] = 'khiếu nại', 'Có đơn khiếu nại sau khi thông báo'
    appealed['state_day'] = appealed['day'] + timedelta(days=12)
    cell = next(o for o in orgs if o.id == 'MS.12.07')
    rows.append({'day': date(2016, 5, 18), 'kind': 'tổ chức đảng', 'id': '', 'name': '', 'org': cell, 'position': '', 'level': '',
                 'violation': 'Buông lỏng lãnh đạo, để nhiều đảng viên vi phạm về đất đai trong thời gian dài',
                 'field': 'thiếu trách nhiệm', 'when': '2015', 'form': 'Khiển trách', 'authority': 'UBKT Huyện ủy', 'state': '',
                 'state_note': '', 'state_day': None, 'publish': 'x', 'summary': 'Thiếu trách nhiệm trong lãnh đạo, quản lý',
                 'side': '', 'category': ''})
    rows.sort(key=lambda r: (r['day'], r['id']))
    numbers, cases = {}, {}
    for r in rows:
        year = r['day'].year
        tail, step = {'BTV Huyện ủy': ('QĐ/HU', 37), 'UBKT Huyện ủy': ('QĐ/UBKTHU', 1), 'đảng ủy cơ sở': ('QĐ/ĐU', 4),
                      'chi bộ': ('QĐ/CB', 1)}[r['authority']]
        place = (year, tail, unit_of(r['org']).id if tail in ('QĐ/ĐU', 'QĐ/CB') else '')
        numbers[place] = numbers.get(place, 2) + step
        r['number'] = '%02d-%s' % (numbers[place], tail)
        cases[year] = cases.get(year, 0) + 1
        r['case'] = 'KL%d-%02d' % (year, cases[year])
    return rows


# ---------------------------------------------------------------- rotations

def make_rotations(members, orgs, committee):
    units = [o for o in orgs if o.kind in ('DBCS', 'CBCS') and not o.end]
    communes = [o for o in units if o.type == 'XA']
    offices = [o for o in orgs if o.kind == 'CQ']
    rows = []
    # kind, how many per year: 2013, 2014, 2015, 2016, 2017; then with the province: the same
    alone = (('luân chuyển', 4, 6, 5, 3, 3), ('điều động', 4, 8, 7, 5, 5), ('bố trí, sắp xếp', 2, 4, 3, 2, 1),
             ('bầu bổ sung', 3, 8, 14, 4, 3), ('bổ sung cấp ủy', 4, 13, 9, 5, 6), ('bổ nhiệm', 14, 27, 18, 16, 15),
             ('bổ nhiệm lại', 0, 0, 4, 5, 6), ('chuyển đổi VTCT', 0, 0, 3, 2, 4), ('nghỉ chế độ', 0, 0, 4, 5, 6),
             ('miễn nhiệm', 0, 0, 0, 1, 1))
    joint = (('luân chuyển', 1, 3, 1, 1, 1), ('điều động', 2, 6, 2, 2, 1), ('bổ nhiệm', 3, 7, 3, 2, 2),
             ('bổ sung BTV', 1, 4, 3, 1, 1))
    for joined, table in ((False, alone), (True, joint)):
        for kind, *counts in table:
            for year, count in zip(YEARS, counts):
                pool = [m for m in members if m.here(date(year - 1, 12, 31)) and (m.left is None or m.left.year > year) and
                        m.education in DEGREES and 1958 <= m.birth.year <= 1984 and m.admitted.year < year - 4]
                for i, m in enumerate(chance.sample(pool, count)):
                    rows.append(make_move(m, kind, year, i, joined, communes, offices, units))
    first = next(r for r in rows if r['year'] == 2014 and r['kind'] == 'luân chuyển' and not r['joint'])
    m = committee[16]
    first.update(id=m.id, name=m.name, from_org='Huyện ủy', from_post='Phó Chánh Văn phòng Huyện ủy', to=communes[2],
                 to_post='Chủ tịch UBND xã', level_from='huyện', level_to='xã')
    rows.sort(key=lambda r: (r['day'], r['name'], r['kind']))
    count = {}
    for r in rows:
        count[r['year']] = count.get(r['year'], 0) + 1
        r['move'] = 'CB%d-%03d' % (r['year'], count[r['year']])
        r['number'] = '%d-QĐ/HU' % (300 + count[r['year']] * 7) if not r['joint'] else \
            '%d-QĐ/TU' % (800 + count[r['year']] * 11)
    return rows


def make_move(m, kind, year, i, joined, communes, offices, units):
    day = chance.workday(date(year, 1, 12), date(year, 12, 22))
    office = chance.pick(offices)
    r = {'year': year, 'day': day, 'id': m.id, 'name': m.name, 'kind': kind, 'joint': 'x' if joined else '', 'body': '',
         'from_org': unit_of(m.org).name, 'to': office, 'from_post': 'Chuyên viên', 'to_post': 'Chuyên viên', 'term': '',
         'level': 'BTV Tỉnh ủy' if joined else 'BTV Huyện ủy', 'level_from': 'huyện', 'level_to': 'huyện', 'due': None, 'back': None,
         'result': '', 'reason': 'theo yêu cầu nhiệm vụ', 'early': ''}
    if kind == 'luân chuyển':
        r.update(to=chance.pick(communes), from_org=office.name, from_post='Phó trưởng phòng',
                 to_post=chance.pick(('Phó Bí thư Đảng ủy', 'Phó Chủ tịch UBND xã', 'Bí thư Đảng ủy')), level_to='xã',
                 reason='theo quy hoạch')
        r['due'] = after_years(day, 3) if year > 2013 else after_years(day, 1)
        if year == 2014 and i in (1, 3):             # short terms: one back late, one not back yet
            r['due'] = date(2014, 12, 15) if i == 1 else date(2015, 6, 30)
            r['day'] = date(2014, 3, 4 + i)
        if r['due'] < date(2017, 10, 1) and i % 2 == 0:
            r['back'] = r['due'] + timedelta(days=20)
            r['result'] = chance.pick(('HTT', 'HTXS'))
    elif kind == 'điều động' and joined and i % 2:
        r.update(to=None, to_post='Chuyên viên, Ban Tổ chức Tỉnh ủy', level_to='tỉnh')
    elif kind in ('điều động', 'bố trí, sắp xếp', 'chuyển đổi VTCT'):
        if chance.percent(30):
            r.update(from_org=chance.pick(communes).name, level_from='xã')
        if kind == 'chuyển đổi VTCT':
            r['reason'] = 'chuyển đổi định kỳ'
    elif kind in ('bầu bổ sung', 'bổ sung cấp ủy', 'bổ sung BTV'):
        unit = unit_of(m.org)
        body = 'ban thường vụ' if kind == 'bổ sung BTV' else chance.weighted((('ban chấp hành', 6), ('ban thường vụ', 3),
                                                                               ('ủy ban kiểm tra', 1)))
        r.update(to=unit, body=body, to_post='Ủy viên ' + body[0].upper() + body[1:], reason='kiện toàn', term='2010-2015'
                 if year < 2015 or year == 2015 and r['day'].month < 8 else '2015-2020')
        if unit.type == 'XA':
            r.update(level_from='xã', level_to='xã')
    elif kind in ('bổ nhiệm', 'bổ nhiệm lại'):
        r.update(from_post=chance.pick(('Chuyên viên', 'Phó trưởng phòng', 'Giáo viên')),
                 to_post=chance.pick(('Trưởng phòng', 'Phó trưởng phòng', 'Hiệu trưởng', 'Phó Giám đốc')), reason='kiện toàn')
        if kind == 'bổ nhiệm lại':
            r['from_post'] = r['to_post']
        if chance.percent(30):
            r['to'] = chance.pick([u for u in units if u.type == 'SN' and not (u.start > r['day'])])
    elif kind == 'nghỉ chế độ':
        r.update(to=None, to_post='', level_to='', reason='nghỉ chế độ', from_post='Trưởng phòng')
    else:
        r.update(to_post='', reason='năng lực yếu', early='x', from_post='Phó trưởng phòng')
    return r


# ---------------------------------------------------------------- tasks

WORKS = ('Rà soát, bổ sung quy chế làm việc của cấp ủy', 'Báo cáo kết quả khắc phục hạn chế sau kiểm điểm tự phê bình, phê bình',
         'Xây dựng kế hoạch kiểm tra, giám sát và tổ chức thực hiện', 'Củng cố chi bộ yếu, khắc phục tình trạng sinh hoạt hình thức',
         'Rà soát, bổ sung quy hoạch cán bộ', 'Kiểm tra việc quản lý, sử dụng đất công ích',
         'Giải quyết dứt điểm đơn thư tồn đọng', 'Xây dựng kế hoạch phát triển đảng viên ở địa bàn khó khăn',
         'Báo cáo việc thực hiện nêu gương của cán bộ, đảng viên', 'Chấn chỉnh giờ giấc, kỷ luật lao động',
         'Báo cáo tiến độ xây dựng nông thôn mới', 'Thực hiện công khai tài chính, ngân sách',
         'Bổ sung chương trình hành động thực hiện nghị quyết', 'Tổ chức đối thoại với nhân dân',
         'Đôn đốc thu nộp đảng phí, chấn chỉnh sổ sách chi bộ', 'Thẩm định hồ sơ kết nạp đảng viên',
         'Báo cáo kết quả giải quyết kiến nghị của cử tri', 'Xây dựng phương án bố trí cán bộ bán chuyên trách',
         'Rà soát thủ tục hành chính, niêm yết công khai', 'Báo cáo kết quả học tập, làm theo tấm gương đạo đức Hồ Chí Minh')
OWN_WORKS = ('Phân công ủy viên Ban Thường vụ dự sinh hoạt chi bộ', 'Ban hành quy định về lề lối làm việc của Ban Thường vụ',
             'Kiểm điểm việc phụ trách địa bàn của từng ủy viên', 'Ban hành đề án luân chuyển cán bộ',
             'Tổ chức lấy phiếu tín nhiệm chức danh thuộc diện quản lý', 'Tiếp xúc, đối thoại với doanh nghiệp trên địa bàn',
             'Ban hành kế hoạch khắc phục hạn chế sau kiểm điểm', 'Sửa đổi quy chế phối hợp giữa Ban Thường vụ và UBND huyện',
             'Công khai quy hoạch cán bộ nhiệm kỳ tới')
BLOCKS = ('Chờ hướng dẫn của cấp trên', 'Thiếu cán bộ chuyên môn', 'Chưa bố trí được kinh phí', 'Hồ sơ lưu trữ không đầy đủ',
          'Các hộ dân chưa thống nhất', '')
ISSUERS = {'TT': ('Thường trực', 'TB/HU'), 'BTV': ('BTV Huyện ủy', 'KL/HU'), 'CT': ('CT UBND', 'CV/UBND'), 'PCT': ('PCT UBND', 'TB/UBND')}


def make_tasks(orgs, heads):
    grass = [o for o in orgs if o.kind in ('DBCS', 'CBCS') and not o.end and o.start < date(2013, 1, 1)]
    offices = [o for o in orgs if o.kind == 'CQ']
    root = orgs[0]
    rows = []

    def add(subject, lead, assigned, deadline, done, status, work=None):
        who = chance.weighted((('TT', 3), ('BTV', 4), ('CT', 3), ('PCT', 2)) if subject == 'PB' else
                              (('TT', 4), ('BTV', 5), ('CT', 1)) if subject == 'TCD' else (('BTV', 1),))
        issued = assigned - timedelta(days=chance.between(0, 4))
        r = {'subject': subject, 'lead': lead, 'assigned': assigned, 'deadline': deadline, 'done': done, 'status': status,
             'issuer': ISSUERS[who][0], 'tail': ISSUERS[who][1], 'issued': issued if issued.year == assigned.year else assigned,
             'work': work or chance.pick(WORKS), 'person': heads[lead.id], 'extended': None, 'extension': '', 'co': '',
             'progress': '', 'result': '', 'block': ''}
        if done:
            r['result'] = '%d-BC/%s' % (chance.between(3, 140), 'ĐU' if subject == 'TCD' else 'PB' if subject == 'PB' else 'HU')
        elif status == 'đang làm':
            r['progress'] = chance.pick((20, 30, 40, 50, 60, 70, 80))
        if subject == 'PB' and chance.percent(25):
            r['co'] = chance.pick([o for o in offices if o is not lead]).name
        rows.append(r)
        return r

    def finished(subject, leads, year, count, works=None, last=None):
        for i in range(count):
            assigned = chance.workday(date(year, 1, 6), last or date(year, 11, 25))
            deadline = chance.workday(assigned + timedelta(days=14), min(assigned + timedelta(days=85), date(year + 1, 1, 20)))
            if deadline > date(year, 12, 20) or chance.percent(84):
                done = chance.workday(assigned + timedelta(days=6), min(deadline, date(year, 12, 30)))
            else:
                done = chance.workday(deadline + timedelta(days=1), min(deadline + timedelta(days=40), date(year, 12, 31)))
            add(subject, chance.pick(leads), assigned, deadline, done, chance.pick(('xong', 'đã xong', 'hoàn thành', 'HT')),
                works[i] if works else None)

    def going(subject, leads, assigned, deadline, done):
        return add(subject, chance.pick(leads), assigned, deadline, done, 'đã xong' if done else 'đang làm')

    # 2013: all finished within the year
    finished('TCD', grass, 2013, 38, last=date(2013, 10, 18))
    finished('PB', offices, 2013, 16, last=date(2013, 10, 18))

    # 2014: 9 + 298 + 112 finished, 38 + 9 under way, 5 new
    finished('BTV', [root], 2014, 9, OWN_WORKS, date(2014, 9, 30))
    finished('TCD', grass, 2014, 298)
    finished('PB', offices, 2014, 112)
    for subject, leads, late, december, later in (('TCD', grass, 12, 4, 18), ('PB', offices, 3, 1, 5)):
        for _ in range(late):                        # overdue already at the end of November
            assigned = chance.workday(date(2014, 4, 1), date(2014, 9, 15))
            r = going(subject, leads, assigned, chance.workday(date(2014, 9, 22), date(2014, 11, 24)),
                      chance.workday(date(2015, 1, 8), date(2015, 5, 29)))
            r['block'] = chance.pick(BLOCKS)
        for _ in range(december):                    # due in the first days of December
            going(subject, leads, chance.workday(date(2014, 9, 1), date(2014, 10, 20)), date(2014, 12, chance.between(1, 5)),
                  chance.workday(date(2015, 1, 8), date(2015, 3, 20)))
        for _ in range(later):                       # due in 2015
            going(subject, leads, chance.workday(date(2014, 10, 1), date(2014, 12, 19)),
                  chance.workday(date(2015, 1, 30), date(2015, 6, 30)), chance.workday(date(2015, 1, 26), date(2015, 7, 10)))
    without = [going('TCD', grass, date(2014, 3, 12), None, None), going('TCD', grass, date(2014, 8, 20), None, date(2015, 4, 15)),
               going('TCD', grass, date(2014, 10, 7), None, date(2015, 3, 2)), going('TCD', grass, date(2014, 5, 6), None, None)]
    for r in (without[0], without[3]):
        r['status'], r['progress'] = 'thường xuyên', ''
    for i, r in enumerate([r for r in rows if r['subject'] == 'TCD' and r['assigned'].year == 2014 and
                           r['assigned'] < date(2014, 11, 1) and r['deadline'] and r['done'] and r['done'].year == 2015][::5][:3]):
        r['person'] = ''
    for i, (day, due, work) in enumerate(((date(2014, 12, 9), date(2018, 6, 29), 'Đề án nâng cao chất lượng sinh hoạt chi bộ đến năm 2018'),
                                          (date(2014, 12, 16), date(2018, 12, 28), 'Đề án xóa thôn, bản chưa có đảng viên'),
                                          (date(2014, 12, 22), date(2020, 6, 30), 'Đề án tạo nguồn cán bộ xã giai đoạn 2015-2020'),
                                          (date(2014, 12, 24), date(2018, 9, 28), 'Đề án sắp xếp trụ sở làm việc của xã'),
                                          (date(2014, 12, 29), date(2019, 12, 27), 'Biên soạn lịch sử Đảng bộ xã'))):
        add('TCD', grass[3 + 4 * i], day, due, None, 'mới phát sinh', work)
    for r in [r for r in rows if r['done'] and r['deadline'] and r['done'] > r['deadline'] and
              date(2014, 12, 1) <= r['done'] <= date(2014, 12, 31) and r['deadline'] > date(2014, 12, 1)][:3]:
        r['extended'], r['extension'] = r['done'] + timedelta(days=5), '%d-CV/HU' % chance.between(200, 300)

    # 2015 to 2017: sixty a year
    for year in (2015, 2016, 2017):
        finished('BTV', [root], year, 4, OWN_WORKS, date(year, 9, 30))
        finished('TCD', grass, year, 32)
        finished('PB', offices, year, 16)
        for i in range(6):
            subject, leads = (('TCD', grass), ('PB', offices))[i % 2]
            due = chance.workday(date(year, 11, 3), date(year, 12, 20)) if i < 2 else \
                chance.workday(date(year + 1, 1, 26), date(year + 1, 4, 27))
            going(subject, leads, chance.workday(date(year, 8, 10), date(year, 10, 23)), due,
                  chance.workday(date(year + 1, 1, 11), date(year + 1, 5, 25)) if year < 2017 else None)
        for i in range(2):
            assigned = date(year, 12, 21 + 2 * i)
            if year == 2017:
                add('TCD', chance.pick(grass), assigned, date(2018, 5, 31), None, 'mới giao')
            else:
                going('TCD', grass, assigned, date(year + 1, 5, 31), date(year + 1, 5, 12 + i))
    rows.sort(key=lambda r: (r['assigned'], r['lead'].id, r['work']))
    count, numbers = {}, {}
    for r in rows:
        year = r['assigned'].year
        count[year] = count.get(year, 0) + 1
        r['task'] = 'NV%d-%03d' % (year, count[year])
        place = (year, r['tail'])
        numbers[place] = numbers.get(place, 10) + 1
        left, right = r['tail'].split('/')
        names = {'TB': 'Thông báo', 'KL': 'Kết luận', 'CV': 'Công văn'}
        r['source'] = '%s số %d-%s/%s' % (names[left], numbers[place], left, right)
    return rows


def pick_heads(orgs, members, committee):
    """The person answering for the tasks of each unit and office."""
    stay = [m for m in members if m.here(date(2013, 12, 31)) and m.left is None and 1955 < m.birth.year < 1985]
    offices = [m for m in stay if m.org.type == 'HC' and 'Hưu trí' not in m.org.name]
    by_unit = {}
    for m in stay:
        by_unit.setdefault(unit_of(m.org).id, []).append(m)
    heads = {}
    for o in orgs:
        pool = committee if o.kind == 'DBH' else offices if o.kind == 'CQ' else by_unit.get(o.id)
        if pool:
            heads[o.id] = chance.pick(pool).name
    return heads


# ---------------------------------------------------------------- files

def vn(d, sep='/', pad=True):
    if d is None:
        return ''
    return (('%02d' if pad else '%d') + sep + ('%02d' if pad else '%d') + sep + '%d') % (d.day, d.month, d.year)


class Sheet:
    """One CSV as an office saves it: titles above the table, a separator, line ends, perhaps a byte order mark."""

    def __init__(self, folder, name, header, separator=',', end='\n', mark=False, titles=()):
        self.path = os.path.join(folder, name)
        self.separator, self.end, self.mark, self.width = separator, end, mark, len(header)
        self.lines = []
        for title in titles:
            self.row([title] + [''] * (self.width - 1))
        self.row(header)

    def row(self, cells):
        if len(cells) != self.width:
            raise ValueError(self.path, cells)
        self.lines.append(self.separator.join(self.quote(str(c)) for c in cells))

    def quote(self, cell):
        if self.separator in cell or '"' in cell or '\n' in cell:
            return '"' + cell.replace('"', '""') + '"'
        return cell

    def blank(self):
        self.lines.append(self.separator * (self.width - 1))

    def save(self):
        data = self.end.join(self.lines) + self.end
        with open(self.path, 'wb') as f:
            f.write((b'\xef\xbb\xbf' if self.mark else b'') + data.encode('utf-8'))


def write_organizations(folder, orgs):
    s = Sheet(folder, 'organizations.csv',
              ['Mã TCĐ', 'Tên tổ chức đảng', 'Loại hình tổ chức', 'Loại hình cơ sở', 'Mã cấp trên', 'Ngày thành lập',
               'Ngày giải thể', 'Sáp nhập vào', 'Xếp loại', 'Vùng giáo', 'Vùng DTTS'],
              titles=('DANH MỤC TỔ CHỨC ĐẢNG (địa danh, tên đơn vị đều là tên đặt ra)',))
    for o in orgs:
        s.row([o.id, o.name, KIND_NAMES[o.kind], TYPE_NAMES[o.type], o.parent.id if o.parent else '', vn(o.start, pad=False), vn(o.end),
               o.merged.id if o.merged else '', o.rating, o.church, o.mountain])
        if o.id in ('MS', 'MS.62.07'):
            s.blank()
    s.save()


def write_members(folder, members):
    s = Sheet(folder, 'members.csv',
              ['STT', 'Số thẻ ĐV', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Dân tộc', 'Tôn giáo', 'Chi bộ đang sinh hoạt', 'Ngày vào Đảng',
               'Ngày chính thức', 'Hình thức kết nạp', 'Số quyết định KN', 'Đối tượng kết nạp', 'Ngày chuyển đến', 'TĐCM', 'LLCT',
               'Chức vụ', 'Diện quản lý', 'Nhóm', 'ĐV CT/DB', 'Trạng thái', 'Ngày ra', 'Lý do ra'],
              ';', '\r\n', True, ('ĐẢNG BỘ HUYỆN MẪU SƠN', 'DANH SÁCH ĐẢNG VIÊN (người trong danh sách đều là người đặt ra)'))
    seen = set()
    for i, m in enumerate(members, 1):
        birth = vn(m.birth)
        if m.birth.year < 1950 and m.serial % 3:
            birth = str(m.birth.year) if m.serial % 3 == 1 else '%02d/%d' % (m.birth.month, m.birth.year)
        if (m.name, birth) in seen:
            birth = vn(m.birth)
        seen.add((m.name, birth))
        status = LEFT_NAMES[m.left_kind][0] if m.left else 'miễn công tác' if m.birth.year < 1936 else 'đang SH'
        s.row([i, m.id, m.name, birth, m.sex, m.ethnicity, m.religion, m.org.id, vn(m.admitted), vn(m.official), m.admit_kind, m.decision,
               m.tags, vn(m.arrived), m.education, m.theory, m.position, m.level, m.group, 'CT' if m.official else 'DB', status, vn(m.left),
               LEFT_NAMES[m.left_kind][1] if m.left else ''])
        if i in (1500, 4200):
            s.blank()
    s.save()


def write_discipline(folder, rows):
    s = Sheet(folder, 'discipline.csv',
              ['Mã vụ', 'Đối tượng', 'Số thẻ ĐV', 'Họ và tên', 'Đơn vị', 'Chức vụ', 'Diện quản lý', 'Nội dung vi phạm', 'Lĩnh vực',
               'Thời điểm vi phạm', 'Hình thức KL', 'Số QĐ', 'Ngày QĐ', 'Cấp thi hành', 'Hiệu lực', 'Diễn biến', 'Ngày diễn biến',
               'Công khai', 'Nội dung công khai', 'Xử lý chính quyền', 'ĐV CT/DB'],
              titles=('ỦY BAN KIỂM TRA HUYỆN ỦY MẪU SƠN', 'SỔ THEO DÕI THI HÀNH KỶ LUẬT TRONG ĐẢNG'))
    for r in rows:
        s.row([r['case'], r['kind'], r['id'], r['name'], r['org'].name, r['position'], r['level'], r['violation'], r['field'], r['when'],
               r['form'], r['number'], vn(r['day'], '-', False), r['authority'], r['state'], r['state_note'], vn(r['state_day'], '-'),
               r['publish'], r['summary'], r['side'], r['category']])
    s.blank()
    s.row(['', 'Người lập biểu'] + [''] * 19)
    s.save()


def write_rotations(folder, rows):
    s = Sheet(folder, 'rotations.csv',
              ['STT', 'Mã QĐ', 'Số thẻ ĐV', 'Họ và tên', 'Hình thức', 'Số QĐ', 'Ngày QĐ', 'Đơn vị cũ', 'Đơn vị mới', 'Chức vụ cũ', 'Chức vụ mới',
               'Diện quản lý', 'Từ cấp', 'Đến cấp', 'Nhiệm kỳ', 'Hạn về', 'Ngày về', 'Kết quả', 'Lý do', 'Phối hợp cấp tỉnh',
               'Bổ sung vào', 'Trước thời hạn'], ';', titles=('SỔ THEO DÕI LUÂN CHUYỂN, ĐIỀU ĐỘNG, BỔ NHIỆM CÁN BỘ',))
    year = 2013
    for i, r in enumerate(rows, 1):
        if r['year'] != year:
            s.blank()
            year = r['year']
        s.row([i, r['move'], r['id'], r['name'], r['kind'], r['number'], vn(r['day'], '.', False), r['from_org'], r['to'].name if r['to'] else '',
               r['from_post'], r['to_post'], r['level'], r['level_from'], r['level_to'], r['term'], vn(r['due'], '.'), vn(r['back'], '.'),
               r['result'], r['reason'], r['joint'], r['body'], r['early']])
    s.save()


def write_tasks(folder, rows):
    s = Sheet(folder, 'tasks.csv',
              ['STT', 'Mã nhiệm vụ', 'Văn bản giao', 'Ngày văn bản', 'Cơ quan giao', 'Đối tượng', 'Nội dung nhiệm vụ', 'Đơn vị chủ trì',
               'Người chịu trách nhiệm', 'Phối hợp', 'Ngày giao', 'Thời hạn', 'Gia hạn đến', 'Văn bản gia hạn', 'Ngày hoàn thành',
               'Tiến độ (%)', 'Tình trạng', 'Văn bản kết quả', 'Khó khăn'], ';', '\r\n',
              titles=('VĂN PHÒNG HUYỆN ỦY - VĂN PHÒNG HĐND VÀ UBND HUYỆN', 'THEO DÕI THỰC HIỆN KẾT LUẬN, NHIỆM VỤ GIAO'))
    names = {'BTV': 'Ban Thường vụ', 'TCD': 'Tổ chức đảng', 'PB': 'Phòng, ban'}
    for i, r in enumerate(rows, 1):
        s.row([i, r['task'], r['source'], vn(r['issued']), r['issuer'], names[r['subject']], r['work'], r['lead'].name, r['person'], r['co'],
               vn(r['assigned']), vn(r['deadline'], pad=i % 2 == 0), vn(r['extended']), r['extension'], vn(r['done']), r['progress'],
               r['status'], r['result'], r['block']])
    s.save()


def write_plans(folder, targets):
    s = Sheet(folder, 'plans.csv', ['STT', 'Mã kế hoạch', 'Tên chỉ tiêu', 'Năm', 'Mã đơn vị', 'Chỉ tiêu giao', 'Cấp giao', 'Số QĐ', 'Cách làm tròn',
                                    'Số lẻ thập phân', 'Ghi chú'], titles=('GIAO CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN',))
    number, total = 0, 0
    for year in sorted(TARGETS):
        rows = [(None, TARGETS[year])] + list(targets[year].items())
        for i, (unit, target) in enumerate(rows):
            number, total = number + 1, total + target
            s.row([number, 'KN%d-%02d' % (year, i), 'kết nạp', year, unit.id if unit else '', target,
                   'Huyện ủy' if unit else 'Tỉnh ủy', '%d-KH/%s' % (year - 1990, 'HU' if unit else 'TU'), 'cắt bỏ' if (year, unit) == (2017, None) else 'làm tròn',
                   1 if (year, unit) == (2017, None) else '', '' if unit else 'toàn Đảng bộ'])
    for unit, target in (('', 30), ('MS.PB.VPHU', 40)):    # at most so many per cent of grade A, monthly in 2018
        number += 1
        total += target
        s.row([number, 'TLA2018-%02d' % (target - 30), 'tỷ lệ loại A', 2018, unit, target, 'Tỉnh ủy', '12-QĐ/TU', '', '', ''])
    s.row(['', 'Tổng cộng', '', '', '', total, '', '', '', '', ''])
    s.save()


def main(folder):
    os.makedirs(folder, exist_ok=True)
    orgs = make_organizations()
    units = [o for o in orgs if o.kind in ('DBCS', 'CBCS') and not o.end]
    targets, actual = make_plans(units)
    members = make_members(orgs, actual)
    committee, chairs, deputies = make_groups(members)
    picks = pick_disciplined(members, committee, chairs, deputies)
    make_leavers(members, picks)
    balance_minorities(members)
    for i, m in enumerate(sorted(members, key=lambda m: (m.admitted, m.birth, m.name, m.org.id)), 1):
        m.serial = i
        m.id = '99.%06d' % (1000 + i * 3)
    members.sort(key=lambda m: (m.org.id, m.serial))
    write_organizations(folder, orgs)
    write_members(folder, members)
    write_discipline(folder, make_discipline(picks, orgs))
    rotations = make_rotations(members, orgs, committee)
    write_rotations(folder, rotations)
    write_tasks(folder, make_tasks(orgs, pick_heads(orgs, members, committee)))
    write_plans(folder, targets)
    records.write(sys.modules[__name__], folder, orgs, members, committee, rotations)
    import voices      # which takes its names and helpers from here
    voices.write_voices(folder, orgs, units)


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: make.py FOLDER')
    main(sys.argv[1])
