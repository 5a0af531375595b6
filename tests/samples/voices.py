"""The ledgers of votes, working sessions, contacts, opinions and planning, for make.py.

Everything is invented, as in make.py: names are put together by chance from its common parts, telephone numbers are of
the block 0900 000 0xx, which belongs to nobody. The numbers that tests/suites/records.sh asserts are the tables at the
head of each function.
"""
from datetime import date, timedelta

import make

chance = make.Chance(20171001)


class People:
    """Invented names, none twice, none of a known person."""

    def __init__(self):
        self.taken = set(make.FAMOUS)

    def name(self, woman=None):
        while True:
            female = chance.percent(35) if woman is None else woman
            family = chance.weighted(make.FAMILY) if chance.percent(60) else chance.pick(make.FAMILIES[chance.pick(('Tày', 'Nùng', 'Dao'))])
            name = '%s %s %s' % (family, chance.pick(make.MIDDLE_F if female else make.MIDDLE_M),
                                 chance.pick(make.GIVEN_F if female else make.GIVEN_M))
            if name not in self.taken:
                self.taken.add(name)
                return name


people = People()
OFFICES = {code: name for code, name, _ in make.DEPARTMENTS}


# ---------------------------------------------------------------- ballots

STAFF = (('VPHU', 'Chánh Văn phòng', 'lãnh đạo'), ('VPHU', 'Phó Chánh Văn phòng', 'lãnh đạo'), ('VPHU', 'Chuyên viên', 'chuyên môn'),
         ('VPHU', 'Nhân viên lái xe', 'nhân viên lái xe'), ('VPUB', 'Chánh Văn phòng', 'lãnh đạo'),
         ('VPUB', 'Chuyên viên', 'chuyên môn'), ('VPUB', 'Nhân viên lái xe', 'nhân viên lái xe'), ('TCKH', 'Trưởng phòng', 'lãnh đạo'),
         ('TCKH', 'Chuyên viên', 'chuyên môn'), ('TNMT', 'Phó trưởng phòng', 'lãnh đạo'), ('TNMT', 'Chuyên viên', 'chuyên môn'),
         ('TNMT', 'Chuyên viên', 'chuyên môn'), ('TTR', 'Chánh Thanh tra', 'lãnh đạo'))
# agency, quarter, day, issued, returned, valid; the inspectorate has too few ballots to be shown
ROUNDS = (('VPHU', 3, date(2017, 9, 22), 18, 17, 16), ('VPUB', 3, date(2017, 9, 25), 20, 19, 19), ('TCKH', 3, date(2017, 9, 26), 11, 11, 10),
          ('TNMT', 3, date(2017, 9, 26), 12, 12, 12), ('VPHU', 4, date(2017, 12, 20), 18, 18, 17), ('VPUB', 4, date(2017, 12, 21), 20, 18, 18),
          ('TCKH', 4, date(2017, 12, 21), 11, 10, 10), ('TNMT', 4, date(2017, 12, 22), 12, 12, 11), ('TTR', 4, date(2017, 12, 22), 5, 4, 4))
# quarter, person, criterion as typed, manifestation, ballots that name it. Two ballots make a mention (office.ini).
MENTIONS = ((3, 3, 'kỷ luật, kỷ cương', 'đi muộn, về sớm', 5), (3, 5, 'Tinh thần', 'đùn đẩy, né tránh việc', 4),
            (3, 8, 'thái độ công tác', 'thờ ơ', 3), (3, 10, 'Phát ngôn', 'phát ngôn tùy tiện', 2), (3, 6, 'tiết kiệm', 'sử dụng xe công sai quy định', 1),
            (4, 3, 'kỷ luật, kỷ cương', 'đi muộn, về sớm', 6),       # again, not corrected
            (4, 5, 'tinh thần trách nhiệm', 'đùn đẩy trách nhiệm', 3),  # again, not corrected
            (4, 8, 'Thái độ', 'thờ ơ với người đến liên hệ', 2),     # again after it was corrected
            (4, 6, 'tiết kiệm', 'lãng phí tài sản công', 4),         # named by one ballot before: not yet a mention
            (4, 1, 'thái độ công tác', 'hách dịch', 2), (4, 11, 'đạo đức', 'vụ lợi cá nhân', 2), (4, 4, 'tinh thần', 'để việc chậm, muộn', 3),
            (4, 9, 'phối hợp', 'chậm phối hợp', 1),                  # one ballot: counted, no mention
            (4, 12, 'thái độ công tác', 'cửa quyền', 3))             # too few ballots: not shown
LEVELS = (('tốt', 0), ('khá', 1), ('trung bình', 2), ('yếu', 3))
TEN = ('trách nhiệm', 'hiệu quả', 'đạo đức, lối sống, thái độ phục vụ nhân dân', 'nghĩa vụ nơi cư trú', 'đoàn kết', 'tự giác học tập', 'chấp hành',
       'sáng tạo, đổi mới', 'nêu gương', 'tự phê bình và phê bình')


def write_ballots(folder):
    names = [people.name() for _ in STAFF]
    rounds = make.Sheet(folder, 'ballot-rounds.csv', ['Mã đợt', 'Ngày bỏ phiếu', 'Cơ quan bỏ phiếu', 'Loại phiếu', 'Phát ra', 'Thu về', 'Hợp lệ'], ';',
                        titles=('BIÊN BẢN KIỂM PHIẾU ĐÁNH GIÁ CÁN BỘ, CÔNG CHỨC, NHÂN VIÊN',))
    sheet = make.Sheet(folder, 'ballots.csv', ['Mã ý kiến', 'Mã đợt', 'Số phiếu', 'Mã cán bộ', 'Họ và tên', 'Chức danh', 'Nhóm', 'Tiêu chí', 'Biểu hiện'], ';',
                       '\r\n', True, ('Ý KIẾN TRONG PHIẾU ĐÁNH GIÁ QUÝ (phiếu kín, không ghi người bỏ phiếu; người được nêu đều là người đặt ra)',))
    line = 0
    for agency, quarter, day, issued, returned, valid in ROUNDS:
        code = 'P%dQ%d-%s' % (day.year, quarter, agency)
        rounds.row([code, make.vn(day), OFFICES[agency], '7 tiêu chí', issued, returned, valid])
        for when, who, criterion, manifestation, votes in MENTIONS:
            if when != quarter or STAFF[who][0] != agency:
                continue
            for ballot in sorted(chance.sample(range(1, valid + 1), votes)):
                line += 1
                sheet.row(['Y%04d' % line, code, ballot, 'CB-%02d' % (who + 1), names[who], STAFF[who][1], STAFF[who][2], criterion, manifestation])
    write_ten(folder, rounds)
    rounds.save()
    sheet.save()
    fixed = make.Sheet(folder, 'corrections.csv', ['Mã theo dõi', 'Mã cán bộ', 'Họ và tên', 'Biểu hiện', 'Ngày khắc phục', 'Người xác nhận'],
                       titles=('THEO DÕI KHẮC PHỤC BIỂU HIỆN ĐÃ NHẮC NHỞ',))
    fixed.row(['KP-01', 'CB-09', names[8], 'thờ ơ với người đến liên hệ', '30/10/2017', 'Trưởng phòng'])
    fixed.save()


# agency, day, issued, returned, valid, posts. Votes by level are drawn so that good is the most common.
TEN_ROUNDS = (('BTC', date(2014, 12, 8), 22, 22, 20, ('Trưởng ban', 'Phó trưởng ban')), ('VPUB', date(2014, 12, 9), 26, 25, 25, ('Chánh Văn phòng',)),
              ('GDDT', date(2014, 12, 10), 17, 16, 16, ('Trưởng phòng', 'Phó trưởng phòng')))


def write_ten(folder, rounds):
    sheet = make.Sheet(folder, 'evaluations.csv', ['Mã ý kiến', 'Mã đợt', 'Mã cán bộ', 'Họ và tên', 'Chức danh', 'Nhóm', 'Tiêu chí', 'Mức đánh giá', 'Số ý kiến'],
                       titles=('KẾT QUẢ ĐÁNH GIÁ CÁN BỘ THEO MƯỜI TIÊU CHÍ (đã cộng; người được đánh giá đều là người đặt ra)',))
    line = who = 0
    for agency, day, issued, returned, valid, posts in TEN_ROUNDS:
        code = 'P%d-%s' % (day.year, agency)
        rounds.row([code, make.vn(day), OFFICES[agency], '10 tiêu chí', issued, returned, valid])
        for post in posts:
            who += 1
            name = people.name()
            for criterion in TEN:
                left = valid
                counts = {'yếu': chance.below(2) if criterion == 'sáng tạo, đổi mới' else 0, 'trung bình': chance.below(3), 'khá': chance.between(2, 5)}
                counts['tốt'] = left - sum(counts.values())
                for level, _ in LEVELS:
                    if counts[level]:
                        line += 1
                        sheet.row(['D%04d' % line, code, 'DG-%02d' % who, name, post, 'lãnh đạo', criterion, level, counts[level]])
    sheet.save()


# ---------------------------------------------------------------- trust votes

# group, issued, returned, valid, then high, medium, low for each person. Two thirds low exactly: 10 of 15 returned.
TRUST = (('diện Ban Thường vụ quản lý', 'Ủy viên Ban Thường vụ, trưởng ban', 33, 33, 33, ((24, 8, 1), (20, 10, 3), (22, 9, 2), (18, 11, 4), (26, 6, 1))),
         ('cấp ủy viên cơ sở', 'Đảng ủy viên', 15, 15, 15, ((9, 5, 1), (3, 2, 10), (8, 6, 1), (10, 4, 1), (7, 6, 2), (8, 5, 2))),
         ('thành viên UBND', 'Ủy viên UBND huyện', 34, 33, 32, ((20, 10, 2), (17, 12, 3), (15, 12, 5), (19, 11, 2))),
         ('trưởng đoàn thể xã', 'Trưởng đoàn thể xã', 16, 16, 16, ((8, 7, 1), (5, 3, 8), (9, 6, 1), (10, 5, 1), (7, 7, 2))),
         ('trưởng, phó phòng, ban', 'Trưởng phòng', 21, 21, 20, ((11, 8, 1), (4, 5, 11), (12, 6, 2), (9, 9, 2), (13, 6, 1), (10, 8, 2))))


def write_trust(folder, units):
    sheet = make.Sheet(folder, 'trust-votes.csv', ['Mã thăm dò', 'Ngày lấy phiếu', 'Đối tượng', 'Họ và tên', 'Chức vụ', 'Đơn vị', 'Phát ra', 'Thu về', 'Hợp lệ',
                                                   'TN cao', 'TN', 'TN thấp'], ';',
                       titles=('KẾT QUẢ THĂM DÒ TÍN NHIỆM NĂM 2014 (người trong danh sách đều là người đặt ra)',))
    communes = [u for u in units if u.type == 'XA']
    line, total = 0, 0
    for group, post, issued, returned, valid, rows in TRUST:
        for votes in rows:
            line, total = line + 1, total + issued
            place = chance.pick(communes).name if 'xã' in post or post == 'Đảng ủy viên' else chance.pick(tuple(OFFICES.values()))
            sheet.row(['TN2014-%02d' % line, '18/7/2014', group, people.name(), post, place, issued, returned, valid] + list(votes))
    sheet.row(['', 'Tổng cộng', '', '', '', '', total] + [''] * 5)
    sheet.save()


# ---------------------------------------------------------------- working sessions

VISITORS = (('NV', 'Phòng Nội vụ'), ('NN', 'Phòng Nông nghiệp và PTNT'), ('TNMT', 'Phòng Tài nguyên và Môi trường'), ('TCKH', 'Phòng Tài chính, Kế hoạch'),
            ('LD', 'Phòng Lao động, TB và XH'), ('BDV', 'Ban Dân vận Huyện ủy'), ('BTC', 'Ban Tổ chức Huyện ủy'), ('UBKT', 'Cơ quan Ủy ban Kiểm tra Huyện ủy'))
TOPICS = (('Kiểm tra hồ sơ cấp giấy chứng nhận quyền sử dụng đất', 'Hướng dẫn hoàn chỉnh 12 hồ sơ còn vướng'),
          ('Rà soát hộ nghèo, hộ cận nghèo', 'Giúp lập danh sách, thống nhất cách chấm điểm'),
          ('Nắm tình hình sinh hoạt chi bộ', 'Hướng dẫn ghi sổ nghị quyết, sổ đảng phí'), ('Kiểm tra tiến độ công trình thủy lợi', 'Điều chỉnh dự toán cho phù hợp'),
          ('Hướng dẫn chuyển đổi cơ cấu cây trồng', 'Liên hệ nguồn giống, tập huấn kỹ thuật'), ('Kiểm tra quyết toán ngân sách xã', 'Hướng dẫn sửa biểu mẫu quyết toán'),
          ('Giải quyết kiến nghị của nhân dân', 'Trả lời tại chỗ ba kiến nghị'), ('Khảo sát phát triển đảng viên', 'Giúp lập danh sách nguồn kết nạp'))
# communes that handed in: sessions in quarter IV; 0 is a report that nothing happened; the three others sent none
SESSIONS = (3, 2, 4, 1, 2, 3, 2, 0, 2, 3, 1, 2, None, 4, 2, 1, 3, None, 2, 2, None, 3)


def write_sessions(folder, units):
    communes = [u for u in units if u.type in ('XA', 'TT')]
    cadres = [(people.name(), code) for code, _ in VISITORS for _ in range(2)]
    sheet = make.Sheet(folder, 'working-sessions.csv',
                       ['Số cuộc', 'Đơn vị cơ sở', 'Thời gian', 'Những ai', 'Cơ quan cử', 'Nội dung', 'Giúp được việc', 'Giúp được gì', 'Sách nhiễu', 'Ai sách nhiễu', 'Gây phiền hà',
                        'Ai gây phiền hà', 'Cơ sở nhận xét', 'Xử lý cán bộ', 'Kiến nghị', 'Người ghi'], ';', '\r\n',
                       titles=('SỔ THEO DÕI CUỘC LÀM VIỆC CỦA CÁN BỘ HUYỆN TẠI CƠ SỞ (người được ghi đều là người đặt ra)',))
    sent = make.Sheet(folder, 'submissions.csv', ['Số nhận', 'Báo cáo', 'Đơn vị gửi', 'Kỳ báo cáo', 'Ngày nhận', 'Không phát sinh'],
                      titles=('SỔ NHẬN BÁO CÁO CỦA CƠ SỞ',))
    number = 0
    for quarter, months in ((3, (7, 9)), (4, (10, 12))):
        for i, (commune, count) in enumerate(zip(communes, SESSIONS)):
            count = count if quarter == 4 else (count or 1) % 3
            if count is None:
                continue
            for _ in range(count):
                number += 1
                write_session(sheet, number, commune, chance.workday(date(2017, months[0], 3), date(2017, months[1], 22)), cadres, quarter)
            if i % 7 != 3:      # some send the notebook without being entered as received: its sessions show that it came
                sent.row(['N%d-%02d' % (quarter, i + 1), 'sổ theo dõi', commune.name, 'quý %s/2017' % ('III' if quarter == 3 else 'IV'),
                          make.vn(chance.workday(date(2017, months[1], 25), date(2017, months[1], 29))), '' if count else 'x'])
        sheet.blank()
    sheet.save()
    sent.save()


def write_session(sheet, number, commune, day, cadres, quarter):
    visitor = chance.below(len(VISITORS))
    team = [name for name, code in cadres if code == VISITORS[visitor][0]][:1 + number % 2]
    topic, help_ = chance.pick(TOPICS)
    helped = number % 3 != 0
    harassed, trouble = (number == 41, number in (44, 52))
    sheet.row(['C%03d' % number, commune.name, make.vn(day), '; '.join(team), VISITORS[visitor][1], topic, 'x' if helped else '', help_ if helped else '',
               'x' if harassed else '', team[0] if harassed else '', 'x' if trouble else '', team[-1] if trouble else '',
               'chưa đạt' if harassed or trouble else 'tốt' if helped else 'đạt', 'chuyển địa bàn' if harassed else 'đã nhắc nhở' if trouble else '',
               'Đề nghị thông báo lịch làm việc trước hai ngày' if number % 9 == 4 else '', 'Văn phòng Đảng ủy'])


# ---------------------------------------------------------------- contacts

def write_hamlets(folder, units, orgs):
    """269 hamlets: those of the communes' cells, ten quarters of the town and two more without a cell of their own."""
    sheet = make.Sheet(folder, 'hamlets.csv', ['Mã thôn', 'Loại', 'Tên thôn', 'Xã', 'Nơi niêm yết', 'Ngày giao', 'Ngày niêm yết', 'Người nhận'], ';',
                       titles=('DANH MỤC THÔN, XÓM, BẢN, KHỐI VÀ NƠI NIÊM YẾT',))
    count = 0
    for unit in units:
        if unit.type not in ('XA', 'TT'):
            continue
        names = [o.name[len('Chi bộ '):].split(',')[0] for o in orgs if o.parent is unit and not o.end]
        names = [n for n in names if n.split()[0] in ('thôn', 'bản', 'khối')]
        if unit.type == 'TT':
            names += ['khối 11', 'khối 12']
        for name in names:
            count += 1
            kind, bare = name.split(' ', 1)
            handed = chance.workday(date(2017, 10, 9), date(2017, 10, 20)) if count % 11 else None
            posted = handed + timedelta(days=chance.below(6)) if handed and count % 13 else None
            sheet.row(['T%03d' % count, kind, '%s %s' % (kind, bare), unit.name, 'Nhà văn hóa %s' % name, make.vn(handed), make.vn(posted),
                       'Trưởng %s' % kind if posted else ''])
    sheet.save()
    return count


# post, list, public; two are not published
CONTACTS = (('Bí thư Huyện ủy', 'BTV', 'x'), ('Phó Bí thư Thường trực Huyện ủy', 'BTV', 'x'), ('Phó Bí thư, Chủ tịch UBND huyện', 'BTV', 'x'),
            ('Trưởng Ban Tổ chức Huyện ủy', 'BTV', 'x'), ('Chủ nhiệm Ủy ban Kiểm tra Huyện ủy', 'BTV', 'x'),
            ('Trưởng Ban Tuyên giáo Huyện ủy', 'BTV', 'x'), ('Trưởng Ban Dân vận Huyện ủy', 'BTV', 'x'),
            ('Phó Chủ tịch Thường trực UBND huyện', 'BTV', 'x'), ('Trưởng Công an huyện', 'Công an', 'x'),
            ('Chỉ huy trưởng Ban Chỉ huy Quân sự huyện', 'CHQS', 'x'), ('Chánh Văn phòng Huyện ủy', 'BTV', ''), ('Phó trưởng Công an huyện', 'Công an', ''))


def write_contacts(folder):
    sheet = make.Sheet(folder, 'contacts.csv', ['Mã danh bạ', 'Họ và tên', 'Chức vụ', 'Thuộc danh sách', 'Số điện thoại', 'Thứ tự', 'Công khai', 'Từ ngày', 'Đến ngày'],
                       titles=('DANH SÁCH LIÊN HỆ (người và số điện thoại đều đặt ra, số 0900 000 0xx không thuộc về ai)',))
    for i, (post, body, public) in enumerate(CONTACTS, 1):
        sheet.row(['LH%02d' % i, people.name(), post, body, '09000000%02d' % i, i, public, '01/01/2016', ''])
    sheet.row(['LH13', people.name(), 'Nguyên Trưởng Công an huyện', 'Công an', '0900000013', 9, 'x', '01/01/2015', '31/12/2015'])
    sheet.save()


# ---------------------------------------------------------------- opinions and business meetings

OPINIONS = (('người dân', 'thủ tục hành chính', 'Hồ sơ hẹn trả nhiều lần'), ('người dân', 'thái độ cán bộ', 'Bộ phận một cửa trả lời chưa rõ'),
            ('người dân', 'đất đai', 'Chậm trả kết quả đo đạc'), ('nhân dân', 'an ninh trật tự', 'Xe quá tải chạy ban đêm'),
            ('doanh nghiệp', 'đầu tư xây dựng', 'Thẩm định hồ sơ chậm'), ('DN', 'thuế', 'Hướng dẫn kê khai chưa thống nhất'),
            ('cấp dưới', 'thái độ cán bộ', 'Triệu tập họp gấp, không gửi tài liệu trước'), ('cấp dưới', 'thủ tục hành chính', 'Yêu cầu báo cáo trùng nhau'))
# half-year: channel → how many handled, in hand, passed on
CHANNELS = {1: {'người dân': (21, 4, 6), 'doanh nghiệp': (7, 2, 1), 'cấp dưới': (9, 3, 0)},
            2: {'người dân': (26, 7, 5), 'doanh nghiệp': (9, 1, 2), 'cấp dưới': (12, 2, 1)}}
ISSUES = (('đầu tư xây dựng', 'Chậm bàn giao mặt bằng cụm công nghiệp'), ('tài chính, ngân sách', 'Chậm hoàn thuế giá trị gia tăng'),
          ('tài nguyên môi trường', 'Thủ tục thuê đất mở rộng xưởng kéo dài'), ('đầu tư xây dựng', 'Đường vào nhà máy xuống cấp'),
          ('tài nguyên môi trường', 'Đơn giá thuê đất chưa rõ'), ('tài chính, ngân sách', 'Khó tiếp cận vốn vay ưu đãi'))
# form, day, issues, solved of them
MEETINGS = (('đến với DN', date(2017, 3, 14), 3, 3), ('doanh nghiệp đến', date(2017, 5, 17), 4, 3), ('đến với DN', date(2017, 8, 9), 2, 2),
            ('doanh nghiệp đến', date(2017, 9, 20), 3, 1), ('đến với DN', date(2017, 11, 8), 2, 1), ('đối thoại thường niên', date(2017, 11, 28), 9, 6))


def write_opinions(folder):
    sheet = make.Sheet(folder, 'opinions.csv', ['Mã ý kiến', 'Ngày tiếp nhận', 'Kênh', 'Cơ quan', 'Người bị phản ánh', 'Lĩnh vực', 'Nội dung', 'Hạn xử lý', 'Xử lý', 'Ngày xử lý xong'], ';',
                       titles=('SỔ Ý KIẾN QUA BA KÊNH (người được nêu đều là người đặt ra)',))
    number = 0
    for half, channels in CHANNELS.items():
        for channel, counts in channels.items():
            texts = [o for o in OPINIONS if o[0] == channel or (channel, o[0]) in (('người dân', 'nhân dân'), ('doanh nghiệp', 'DN'))]
            for state, count in zip(('đã xử lý', 'đang xử lý', 'chuyển'), counts):
                for i in range(count):
                    number += 1
                    typed, field, text = texts[i % len(texts)]
                    day = chance.workday(date(2017, 6 * half - 5, 4), date(2017, 6 * half, 10))
                    done = day + timedelta(days=chance.between(3, 18)) if state == 'đã xử lý' else None
                    sheet.row(['YK%03d' % number, make.vn(day), typed, OFFICES[chance.pick(('VPUB', 'TNMT', 'TCKH', 'LD', 'NV'))], people.name() if field == 'thái độ cán bộ' else '',
                               field, text, make.vn(day + timedelta(days=15 if i % 2 else 180)), state, make.vn(done)])
    sheet.save()


def write_meetings(folder):
    sheet = make.Sheet(folder, 'business-meetings.csv', ['Số vấn đề', 'Số cuộc gặp', 'Ngày làm việc', 'Hình thức', 'Tên doanh nghiệp', 'Lĩnh vực', 'Nội dung kiến nghị', 'Cơ quan giải quyết',
                                                         'Hạn giải quyết', 'Ngày giải quyết', 'Kết quả'], ';',
                       titles=('SỔ LÀM VIỆC, ĐỐI THOẠI VỚI DOANH NGHIỆP',))
    number = 0
    for meeting, (form, day, issues, solved) in enumerate(MEETINGS, 1):
        for i in range(issues):
            number += 1
            field, issue = ISSUES[(number - 1) % len(ISSUES)]
            done = day + timedelta(days=chance.between(10, 20)) if i < solved else None
            sheet.row(['VD%02d' % number, 'G%02d' % meeting, make.vn(day), form, chance.pick([n for n, _, _ in make.DN]), field, issue,
                       OFFICES[{'đầu tư': 'VPUB', 'tài chí': 'TCKH', 'tài ngu': 'TNMT'}[field[:7].strip()]], make.vn(day + timedelta(days=30)), make.vn(done),
                       'Đã trả lời bằng văn bản' if done else ''])
    sheet.save()


# ---------------------------------------------------------------- planning

# post: how many A2, A3; removed during 2014 and 2017 of them, added in 2014 (the others in 2013) and in 2017
PLANNING = (('Bí thư Huyện ủy', 3, 2), ('Phó Bí thư Huyện ủy', 5, 3), ('Ủy viên Ban Thường vụ Huyện ủy', 16, 9), ('Huyện ủy viên', 41, 22),
            ('Chủ tịch UBND huyện', 3, 2), ('Phó Chủ tịch UBND huyện', 6, 4), ('Trưởng phòng, ban', 18, 12))


def write_planning(folder):
    sheet = make.Sheet(folder, 'planning.csv', ['Số quy hoạch', 'Họ và tên', 'Năm sinh', 'Nam/nữ', 'Chức vụ đang giữ', 'Nơi công tác', 'Chức danh quy hoạch', 'Nhiệm kỳ', 'Danh sách quy hoạch',
                                                'Ngày phê duyệt', 'Số QĐ', 'Ngày đưa ra', 'Lý do đưa ra'], ';', '\r\n', True,
                       ('DANH SÁCH QUY HOẠCH CÁN BỘ NHIỆM KỲ 2015-2020 (người trong danh sách đều là người đặt ra)',))
    number = 0
    offices = tuple(OFFICES.values())
    for post, second, third in PLANNING:
        for list_, count in (('A2', second), ('A3', third)):
            for i in range(count):
                number += 1
                woman = number % 4 == 0
                added = date(2014, 6, 20) if i % 5 == 4 else date(2013, 8, 15)
                removed = date(2014, 11, 3) if i % 9 == 8 else None
                sheet.row(['QH%03d' % number, people.name(woman), 1962 + number * 7 % 24, 'Nữ' if woman else 'Nam', 'Phó trưởng phòng' if i % 2 else 'Chuyên viên',
                           chance.pick(offices), post, '2015-2020', list_, make.vn(added), '%d-QĐ/HU' % (611 if added.year == 2013 else 742), make.vn(removed),
                           'nghỉ chế độ' if removed and i % 2 else 'chuyển công tác ngoài huyện' if removed else ''])
    sheet.save()


def write_voices(folder, orgs, units):
    write_ballots(folder)
    write_trust(folder, units)
    write_sessions(folder, units)
    write_hamlets(folder, units, orgs)
    write_contacts(folder)
    write_opinions(folder)
    write_meetings(folder)
    write_planning(folder)
