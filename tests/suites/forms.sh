#!/bin/sh
# forms.sh - blank entry forms: what Excel would see in them, and that a filled one is taken without a word.
. tests/common.sh
here=$scratch
ledgers_in "$here/workspace" tests/cases/base
cd "$here/workspace" || exit 1

# ---- Writing -------------------------------------------------------------------------------------------------------

"$tongket" forms >"$here/out" 2>"$here/err"
ended=$?
for ini in templates/ledgers/*.ini; do
    echo "outputs/forms/$(basename "$ini" .ini).xlsx"
done | sort >"$here/expected"
[ "$ended" -eq 0 ] && [ ! -s "$here/err" ] && diff "$here/expected" "$here/out" >"$here/diff" &&
    [ "$(find outputs -type f ! -name .lock | sort)" = "$(cat "$here/expected")" ]
verdict 'one for every ledger' $? "$here/err" "$here/diff"

cp -R outputs/forms "$here/first"
"$tongket" forms --quiet >"$here/out" 2>&1
[ ! -s "$here/out" ] && diff -r "$here/first" outputs/forms >"$here/diff"
verdict 'the same bytes again' $? "$here/out" "$here/diff"

rm -rf outputs
"$tongket" forms plans --output elsewhere >"$here/out" 2>&1
[ "$(cat "$here/out")" = elsewhere/forms/plans.xlsx ] && [ "$(find elsewhere -name '*.xlsx')" = "$(cat "$here/out")" ] &&
    [ ! -e outputs ]
verdict 'one by name, elsewhere' $? "$here/out"

"$tongket" forms membres >"$here/out" 2>&1
[ $? -eq 2 ] && grep -q '«membres».*«members» \[ledger-unknown\]' "$here/out" && [ ! -e outputs ]
verdict 'a name that is none' $? "$here/out"

echo 'hỏng' >inputs/broken.csv
"$tongket" forms >"$here/out" 2>"$here/err" && [ ! -s "$here/err" ]
verdict 'inputs are no matter' $? "$here/err"
rm inputs/broken.csv

# ---- What is in them -----------------------------------------------------------------------------------------------

cat >"$here/look.py" <<'EOF'
import glob, re, sys, zipfile
import openpyxl
from openpyxl.utils import get_column_letter

def fields(path):
    section, out = None, []
    for line in open(path, encoding='utf-8'):
        line = line.strip()
        if line.startswith('['):
            section = line[1:-1]
            if section != 'ledger' and not section.startswith(('check ', 'forbid ', 'derive ')):
                out.append({'name': section, 'label': section, 'type': 'text'})
        elif '=' in line and not line.startswith(';') and out and section == out[-1]['name']:
            name, value = (part.strip() for part in line.split('=', 1))
            out[-1][name] = out[-1][name] + ' | ' + value if name in out[-1] and name == 'aliases' else value
    return out

def labels(vocabulary):
    text = open('templates/vocabularies/%s.ini' % vocabulary, encoding='utf-8').read()
    parts = re.split(r'^\[(.*)\]$', text, flags=re.M)[1:]
    pairs = [(name, dict(l.split(' = ', 1) for l in body.splitlines() if ' = ' in l)) for name, body in zip(parts[::2], parts[1::2])]
    return [entry.get('label', name) for name, entry in pairs if name != 'vocabulary']

number = {'date': 'dd/mm/yyyy', 'integer': '0', 'decimal': 'General', 'boolean': 'General'}
kinds = {'date': 'date', 'integer': 'whole', 'decimal': 'decimal', 'boolean': 'list', 'enum': 'list'}
for path in sorted(glob.glob('templates/ledgers/*.ini')):
    name = path.split('/')[-1][:-4]
    file = 'outputs/forms/%s.xlsx' % name
    book = openpyxl.load_workbook(file)
    lists, sheet = book.worksheets
    assert lists.title.startswith('_tongket') and lists.sheet_state == 'hidden', name
    assert sheet.sheet_state == 'visible' and book.active == sheet, name
    wanted = fields(path)
    header = [c.value for c in sheet[3]]
    assert header == [f['label'] for f in wanted], (name, header)
    assert sheet.max_row == 3, (name, sheet.max_row)
    assert sheet.protection.sheet and not sheet.protection.password, name
    assert not sheet.protection.autoFilter and not sheet.protection.sort, name
    assert sheet.freeze_panes == 'B4' and sheet.print_title_rows == '$3:$3', name
    assert sheet.auto_filter.ref == 'A3:%s1003' % get_column_letter(len(wanted)), name
    assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage, name
    validations = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    xml = zipfile.ZipFile(file).read('xl/worksheets/sheet2.xml').decode()
    styles = {int(m[1]): int(m[2]) for m in re.finditer(r'<col min="(\d+)" max="\1"[^>]*style="(\d+)"', xml)}
    for i, field in enumerate(wanted, 1):
        letter, where = get_column_letter(i), (name, field['name'])
        cell = sheet.cell(3, i)
        assert cell.protection.locked, where
        note = cell.comment.text
        required = field.get('required') == 'yes' and 'default' not in field
        assert ('BẮT BUỘC' in note) == required, where
        for alias in re.split(r'\s*\|\s*', field.get('aliases', '').strip()):
            assert alias in note, (where, alias)
        style = book._cell_styles[styles[i]]
        assert not book._protections[style.protectionId].locked, where
        format_ = number.get(field['type'], '@')
        got = openpyxl.styles.numbers.BUILTIN_FORMATS.get(style.numFmtId) or book._number_formats[style.numFmtId - 164]
        assert got == format_, (where, got)
        validation = validations.get('%s4:%s1003' % (letter, letter))
        if field['type'] in kinds:
            assert validation is not None and validation.type == kinds[field['type']], where
            assert len(validation.errorTitle) <= 32 and len(validation.error) <= 255, where
        if field.get('vocabulary'):
            sheet_name, first, last = re.match(r"'(.*)'!\$([A-Z]+\$\d+):\$([A-Z]+\$\d+)$", validation.formula1).groups()
            values = [c[0].value for c in book[sheet_name][first.replace('$', '') + ':' + last.replace('$', '')]]
            assert values == labels(field['vocabulary']), (where, values)
            assert all(value in note for value in values[:40]), where
        if field['type'] == 'boolean':
            assert validation.formula1 == '"x"', where
        if 'minimum' in field and field['type'] in ('integer', 'decimal'):
            assert float(validation.formula1) == float(field['minimum']), where
        if 'maximum' in field and field['type'] == 'integer':
            assert float(validation.formula2) == float(field['maximum']), where
        if field['type'] == 'date':
            # A year typed as a number must not pass for a day.
            assert float(validation.formula1) > 2200, where
        if 'reference' in field:
            assert 'Phải có trong sổ' in note, where
EOF
"$python" "$here/look.py" >"$here/out" 2>&1
verdict 'labels, notes, dropdowns, limits, protection' $? "$here/out"

# ---- Coming back ---------------------------------------------------------------------------------------------------

cp outputs/forms/*.xlsx inputs/
rm -rf outputs
"$tongket" check >"$here/out" 2>"$here/err" && [ ! -s "$here/err" ] && ! grep -q quality "$here/out"
verdict 'blank ones are read without a word' $? "$here/err" "$here/out"
rm inputs/*.xlsx

cat >"$here/fill.py" <<'EOF'
import datetime, sys
import openpyxl
path, rows = sys.argv[1], [
    ['99.000101', 'Phạm Thị Lan', datetime.datetime(1980, 2, 5), 'nữ', 'MS.01.01', None, None, datetime.datetime(2005, 6, 1)],
    ['0099000102', 'Ngô Văn Sáu', '1975', 'Nam', 'MS.02.01', 'đang sinh hoạt', 'dự bị', '11/2014'],
]
book = openpyxl.load_workbook(path)
sheet = book.worksheets[1]
header = [c.value for c in sheet[3]]
for i, row in enumerate(rows):
    for j, value in enumerate(row):
        sheet.cell(4 + i, 1 + j).value = value
    sheet.cell(4 + i, 1 + header.index('Dân tộc')).value = 'Tày'
    sheet.cell(4 + i, 1 + header.index('Số căn cước')).value = '038075001234'
book.save(sys.argv[2])
EOF
asked='SELECT member_id, birth, category, admitted, id_no FROM members WHERE ethnicity = '"'TAY'"' OR id_no IS NOT NULL ORDER BY 1'
taken() { # NAME: the two rows of the filled form are there
    "$tongket" check --quiet >"$here/out" 2>"$here/err" && [ ! -s "$here/err" ] && grep -q 'filled.xlsx.*sổ members.* 5 = 2 + 0 + 3' "$here/out" &&
        "$tongket" query "$asked" --format csv >"$here/rows" 2>>"$here/err" &&
        grep -q '^0099000102,1975,DB,2014-11,038075001234' "$here/rows" &&
        grep -q '^99.000101,1980-02-05,,2005-06-01,038075001234' "$here/rows"
    verdict "$1" $? "$here/err" "$here/out" "$here/rows"
}
: >"$here/rows"
"$tongket" forms members --output "$here/made" --quiet
"$python" "$here/fill.py" "$here/made/forms/members.xlsx" inputs/filled.xlsx >"$here/err" 2>&1
taken 'filled by openpyxl, it is taken'
if through_office inputs/filled.xlsx; then
    taken 'saved by LibreOffice, it is taken'
else
    skipped 'saved by LibreOffice' 'no soffice here'
fi
exit "$status"
