"""contact-notice: the list of whom to call, posted in one hamlet."""
from reports.contact_distribution import published

def place_name(name):
    """«Đảng bộ xã Một» is the party's name of «xã Một»."""
    return name[len("Đảng bộ "):] if name.startswith("Đảng bộ ") else name


def telephone(number):
    return "%s %s %s" % (number[:4], number[4:7], number[7:])


def claims(o, d):
    hamlet = next(row for row in o.all("hamlets") if row.hamlet_id == d.item)
    commune = place_name(o.name(o.place(hamlet.commune) or hamlet.commune))
    d.head(note="(%s, %s)" % (hamlet.name, commune))
    d.say("Thực hiện {}, {} thông báo danh sách đồng chí lãnh đạo để Nhân dân liên hệ, phản ánh, kiến nghị {}.",
          o.setting("contacts", "decision"), o.setting("office", "short"), o.setting("contacts", "hours"))
    rows = sorted(published(o), key=lambda row: row.position)
    d.table("contacts", [{"name": row.full_name, "post": row.post, "phone": telephone(row.phone)} for row in rows])
    if hamlet.posting_place:
        d.say("Thông báo này được niêm yết tại {}, {}.", hamlet.posting_place, commune)
    else:
        d.say("Thông báo này được niêm yết tại nơi sinh hoạt cộng đồng, {}.", commune)
    d.check("Có văn bản cho phép công bố ([contacts] decision trong inputs/office.ini)", 1, 1 if o.setting("contacts", "decision") else 0)
