"""Cadres who are due to return: moves with a day to return (rotations, transfers, secondments), as they stand on day T."""
from datetime import timedelta

from reports.kept import not_kept
from values import UNKNOWN


def claims(o, d):
    soon_days = int(o.setting("rotations", "soon", "0"))
    summary = ("Tính đến ngày {} có {} lượt cán bộ luân chuyển, điều động, biệt phái có ghi thời hạn, trong đó quyết định trong năm {}; đã trở về {} "
               "(trong năm {}), đến hạn nhưng chưa bố trí trở về {}, sắp đến hạn trong {} ngày tới {}.")
    if not o.has("rotations"):
        d.say(summary, o.T, *[UNKNOWN] * 5, soon_days, UNKNOWN)
    if not_kept(o, d, "rotations", "Không có trường hợp nào đến hạn mà chưa bố trí trở về."):
        return
    moves = [move for move in o.rows("rotations") if move.planned_return and o.by(move.decision_date)]
    names = {member.member_id: member.full_name for member in o.all("members")}
    returned = [move for move in moves if o.by(move.actual_return)]
    away = [move for move in moves if o.by(move.actual_return) is False]
    due = [move for move in away if move.planned_return.last < o.T]
    soon = [move for move in away if o.T <= move.planned_return.last <= o.T + timedelta(soon_days)]
    longer = [move for move in returned if move.actual_return.first > move.planned_return.last]

    d.say(summary, o.T, len(moves),
          sum(o.in_period(move.decision_date) is True for move in moves), len(returned),
          sum(o.in_period(move.actual_return) is True for move in returned), len(due), soon_days, len(soon))
    d.check("Đã về + đến hạn chưa về + chưa đến hạn = cán bộ luân chuyển có thời hạn", len(moves),
            len(returned) + len(due) + sum(move.planned_return.last >= o.T for move in away))
    if moves:
        years = sorted({move.planned_return.first.year for move in moves})

        def counted(some):
            return dict(rotated=len(some), returned=sum(move in returned for move in some), away=sum(move in away for move in some))

        d.table("by_year", [dict(counted([move for move in moves if move.planned_return.first.year == year]), year=str(year))
                            for year in years], counted(moves))

    def row(move):
        return dict(person=move.full_name or names.get(move.member_id), post=move.to_post, unit=o.name(move.to_org),
                    planned=move.planned_return)

    def listed(name, moves, sentence, words, **more):
        if not moves:
            d.say(sentence, *words)
            return
        d.absent(sentence)
        d.table(name, [dict(row(move), **{column: of(move) for column, of in more.items()}) for move in moves],
                key=["person", "planned", "post", "unit"], ordered=False)

    listed("due", due, "Không có trường hợp nào đến hạn mà chưa bố trí trở về.", (), old_post=lambda move: move.from_post,
           since=lambda move: move.decision_date, days=lambda move: (o.T - move.planned_return.last).days)
    listed("soon", soon, "Không có trường hợp nào đến hạn trong {} ngày tới.", (soon_days,),
           days=lambda move: (move.planned_return.last - o.T).days)
    if longer:
        d.say("Có {} trường hợp trở về muộn hơn thời hạn.", len(longer))
    ratings = o.words("rating")
    listed("longer", longer, "Không có trường hợp nào trở về muộn hơn thời hạn.", (), actual=lambda move: move.actual_return,
           days=lambda move: (move.actual_return.last - move.planned_return.last).days if move.actual_return.exact else UNKNOWN,
           result=lambda move: ratings.label(move.result) if move.result else None)
