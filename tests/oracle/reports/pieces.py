"""pieces.py - what several reports say alike."""
import unicodedata

from values import NOT_COMPARABLE, Ratio

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
UNKNOWN_WORDS = ("chưa có số liệu", "không có số liệu")


def word_key(word):
    """A word's place in Vietnamese order: its letters first, then its tones."""
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", word.lower()):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((TONES[mark] for mark in parts if mark in TONES), 0)
        plain = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        letters.append(LETTERS.index(plain) if plain in LETTERS else 100 + ord(plain[0]))
        tones.append(tone)
    return letters, tones


def text_key(text):
    words = [word_key(word) for word in text.split()]
    return [letters for letters, _ in words], [tones for _, tones in words]


def name_key(name):
    """By the given name, the last word, then by the family name and those between."""
    words = (name or "").split()
    return (text_key(" ".join(words[-1:])), text_key(" ".join(words[:-1])))


def capital(text):
    return text[:1].upper() + text[1:] if text else text


def counted(rows, key):
    """{key(row): how many}, the keys in the order in which they come."""
    result = {}
    for row in rows:
        result[key(row)] = result.get(key(row), 0) + 1
    return result


def share(number, total):
    return Ratio(number, total, "0.0")


def posts_of(o, row):
    """The posts of one person as one text: «Phó Bí thư Đảng ủy, Chủ tịch UBND xã»."""
    words = o.words("post")
    return own_words(o, ", ".join(words.label(code) for code in row.position or []))


def own_words(o, label):
    """Vocabularies speak of a «Huyện ủy»; an office that is called otherwise has its own words there, the first two of its name."""
    return label.replace("Huyện ủy", " ".join(o.office.split()[:2]))


def before_words(o):
    """What stands in the place of a change where the window before is not comparable."""
    return "chưa có số liệu {} để so sánh", o.previous_phrase


def people(rows, every, unit="org_id"):
    """Of members: by card number; a row without one is the one of that name and unit whose number another row has."""
    place = lambda row: (row.full_name, getattr(row, unit))
    numbers = {}
    for row in every:
        if row.member_id:
            numbers.setdefault(place(row), row.member_id)
    return len({row.member_id or numbers.get(place(row)) or place(row) for row in rows})


def beside(d, name, row, comparable, **columns):
    """Adds the columns that hold the window before. Where it cannot be compared they are left out, or said not to be comparable."""
    table = d.document.table(name)
    for column, value in columns.items():
        if comparable:
            row[column] = value
        elif table is not None and column in table.columns:
            row[column] = NOT_COMPARABLE
    return row
