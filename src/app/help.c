/* help.c - help that teaches, in both languages. */
#include "app/options.h"

#include <stdio.h>
#include <string.h>

static const char *const general[2] = {
    "tongket: từ các bảng tính của văn phòng ra báo cáo PDF và XLSX để ký.\n"
    "\n"
    "  tongket report --period 2017          lập mọi báo cáo năm 2017 vào outputs/2017/\n"
    "  tongket check                         đọc và kiểm tra mọi tệp trong inputs/, không lập báo cáo\n"
    "  tongket forms                         biểu nhập trống cho từng sổ, có danh sách chọn, vào outputs/forms/\n"
    "  tongket list                          có những báo cáo, sổ nào; mỗi tệp được hiểu là sổ nào\n"
    "  tongket query \"SELECT …\"              hỏi trực tiếp các sổ đã kiểm tra\n"
    "  tongket explain BÁO_CÁO TRUY_VẤN.CỘT  một con số từ đâu ra: truy vấn, tệp, dòng\n"
    "  tongket verify                        tệp nguồn và báo cáo có còn như lúc lập không\n"
    "  tongket cells TỆP                     các ô của một bảng tính đúng như chương trình đọc được\n"
    "\n"
    "Thêm --help sau mỗi lệnh để xem cách dùng. Tùy chọn chung:\n"
    "  -C THƯ_MỤC          thư mục làm việc (có inputs/ và templates/), mặc định là thư mục hiện tại\n"
    "  --output THƯ_MỤC    nơi ghi báo cáo, mặc định outputs\n"
    "  --quiet             không in ghi chú\n"
    "  --log json          mỗi thông báo một dòng JSON, cho chương trình khác đọc\n"
    "  --version           phiên bản\n"
    "\n"
    "Mã kết thúc: 0 xong · 1 xong nhưng có dòng bị loại hoặc số liệu cần xem lại · 2 dùng sai lệnh\n"
    "             3 mẫu báo cáo hoặc khai báo sổ sai · 4 không đọc, ghi được tệp · 5 đang có lần chạy khác\n",
    "tongket: an office's spreadsheets into its reports, as PDF and XLSX ready to sign.\n"
    "\n"
    "  tongket report --period 2017          make every report of 2017 in outputs/2017/\n"
    "  tongket check                         read and check all of inputs/, make no report\n"
    "  tongket forms                         blank entry forms with dropdowns, one a ledger, in outputs/forms/\n"
    "  tongket list                          reports, ledgers, and what each file was taken for\n"
    "  tongket query \"SELECT …\"              ask the checked ledgers\n"
    "  tongket explain REPORT QUERY.COLUMN   where a printed figure comes from: query, file, rows\n"
    "  tongket verify                        whether inputs and outputs are as they were when made\n"
    "  tongket cells FILE                    a spreadsheet's cells as the reader sees them\n"
    "\n"
    "--help behind a command tells how to use it. Common options:\n"
    "  -C DIR              workspace (with inputs/ and templates/), here by default\n"
    "  --output DIR        where reports go, outputs by default\n"
    "  --quiet             print no notes\n"
    "  --log json          every message as a line of JSON, for other programs\n"
    "  --version           the version\n"
    "\n"
    "Exit status: 0 done · 1 done, but rows were rejected or a figure was flagged · 2 wrong usage\n"
    "             3 a template or schema is wrong · 4 a file cannot be read or written · 5 another run is at work\n"};

static const struct {
    const char *command;
    const char *text[2];
} commands[] = {
    {"report",
     {"tongket report [BÁO_CÁO…] --period KỲ [tùy chọn]\n"
      "Lập báo cáo của một kỳ; không nêu tên thì lập mọi báo cáo của loại kỳ đó.\n"
      "\n"
      "  --period 2017 | 2024-H1 | 2024-Q2 | 2024-05       năm, nửa năm, quý, tháng\n"
      "           last-month | last-quarter | last-half | last-year\n"
      "  --as-of 2024-06-30      số liệu tính đến ngày; mặc định là ngày cuối kỳ (hoặc hôm nay nếu kỳ chưa hết)\n"
      "  --unit MÃ               chỉ một đơn vị và các đơn vị dưới nó\n"
      "  --format pdf,xlsx,html,tree   dạng tệp; mặc định pdf,xlsx\n"
      "  --audience internal|public\n"
      "  --each LOẠI             mỗi đơn vị thuộc loại (mã hoặc tên, như «đảng bộ cơ sở») một báo cáo, kèm mục lục "
      "index.html\n"
      "  --skip-empty            bỏ qua đơn vị không phát sinh gì\n"
      "  --jobs N                N tiến trình cùng làm\n"
      "  --catch-up              lập cả những kỳ bị lỡ kể từ kỳ gần nhất đã lập\n"
      "Báo cáo mà nguồn, mẫu, thiết lập không đổi thì không lập lại; muốn lập lại thì xóa tệp cũ.\n"
      "\n"
      "Ví dụ:  tongket report discipline-bulletin --period 2017-H2\n"
      "Kết quả: outputs/2017-H2/discipline-bulletin.pdf và .xlsx\n",
      "tongket report [REPORT…] --period PERIOD [options]\n"
      "Makes the reports of a period; without a name, every report made for that kind of period.\n"
      "\n"
      "  --period 2017 | 2024-H1 | 2024-Q2 | 2024-05       year, half, quarter, month\n"
      "           last-month | last-quarter | last-half | last-year\n"
      "  --as-of 2024-06-30      figures as of that day; by default the period's last day (or today, if that is "
      "earlier)\n"
      "  --unit ID               one unit and all below it\n"
      "  --format pdf,xlsx,html,tree   pdf,xlsx by default\n"
      "  --audience internal|public\n"
      "  --each KIND             a report for every unit of a kind (code or name), with an index.html\n"
      "  --skip-empty            none for units where nothing happened\n"
      "  --jobs N                N processes at work\n"
      "  --catch-up              also the periods missed since the last one that was made\n"
      "A report whose inputs, templates and settings are unchanged is not made anew; delete the file to have it made.\n"
      "\n"
      "Example: tongket report discipline-bulletin --period 2017-H2\n"
      "makes    outputs/2017-H2/discipline-bulletin.pdf and .xlsx\n"}},
    {"check",
     {"tongket check [--period KỲ] [--templates]\n"
      "Đọc mọi tệp trong inputs/ và mọi mẫu trong templates/, nói từng ô sai: tệp, dòng, cột, giá trị, cần gì, gần "
      "đúng nhất.\n"
      "Có gì phải nói thì ghi outputs/check/quality.xlsx và quality.pdf: số dòng và lỗi theo tệp, theo kiểu; đơn vị "
      "chưa có dòng\n"
      "nào; dòng nên xem lại; mỗi sổ một trang các dòng bị loại, ô sai tô màu kèm lý do. Sửa ô tô màu rồi chép "
      "quality.xlsx vào\n"
      "inputs/ là được nhận; dòng sai ở tệp gốc vẫn bị loại, nên không bị tính hai lần.\n"
      "\n"
      "  --templates             cho người soạn mẫu: nói thêm truy vấn, tên số liệu mẫu không dùng đến, và phần nào "
      "của "
      "mẫu chưa được\n"
      "                          in lần nào trong các kỳ đã có số văn bản ở [documents] của office.ini\n",
      "tongket check [--period PERIOD] [--templates]\n"
      "Reads all of inputs/ and templates/ and names every wrong cell: file, row, column, value, what was expected, "
      "what is nearest.\n"
      "When there is anything to say it writes outputs/check/quality.xlsx and quality.pdf: rows and findings by file "
      "and kind; units\n"
      "without a row; rows worth a look; and for each ledger a sheet of its rejected rows, wrong cells in colour with "
      "the reason.\n"
      "Mend these cells and drop quality.xlsx into inputs/: it is taken as it is. The rows in the first file stay "
      "rejected.\n"
      "\n"
      "  --templates             for authors of templates: also names queries and names of figures that a template "
      "does "
      "not use, and\n"
      "                          branches not printed once in the periods that have a number in [documents] of "
      "office.ini\n"}},
    {"forms",
     {"tongket forms [SỔ…] [--output THƯ_MỤC]\n"
      "Ghi biểu nhập trống vào outputs/forms/, mỗi sổ một tệp: cột nền sẫm là bắt buộc, ghi chú ở tên cột nói cách "
      "điền, danh sách\n"
      "chọn và giới hạn cho từng ô. Gửi cho đơn vị điền, nhận về chép vào inputs/. Không nêu tên thì làm mọi sổ.\n"
      "\n"
      "Ví dụ:  tongket forms members tasks\n",
      "tongket forms [LEDGER…] [--output DIR]\n"
      "Writes blank entry forms to outputs/forms/, a file a ledger: required columns on dark ground, notes in the "
      "header that tell how\n"
      "to fill in, dropdowns and limits in every cell. A filled form is dropped into inputs/. Without a name, all "
      "ledgers.\n"
      "\n"
      "Example: tongket forms members tasks\n"}},
    {"query",
     {"tongket query \"SELECT …\" [--period KỲ] [--unit MÃ] [--format table|csv|json|xlsx]\n"
      "Mỗi sổ là một bảng (discipline, members …); bảng có đuôi _tally là các tổ hợp giá trị với số dòng n. Dạng xlsx "
      "ghi vào outputs/query.xlsx.\n"
      "\n"
      "Ví dụ:  tongket query \"SELECT form, sum(n) FROM discipline_tally WHERE in_period(decision_date) GROUP BY "
      "form\" --period 2017\n",
      "tongket query \"SELECT …\" [--period PERIOD] [--unit ID] [--format table|csv|json|xlsx]\n"
      "Each ledger is a table (discipline, members …); a table ending in _tally holds combinations of values with "
      "their number n.\nThe format xlsx writes outputs/query.xlsx.\n"
      "\n"
      "Example: tongket query \"SELECT form, sum(n) FROM discipline_tally WHERE in_period(decision_date) GROUP BY "
      "form\" --period 2017\n"}},
    {"explain",
     {"tongket explain BÁO_CÁO TRUY_VẤN.CỘT --period KỲ [--unit MÃ]\n"
      "Một con số in trong báo cáo từ đâu ra: giá trị, truy vấn trong mẫu, các tệp, và từng dòng được đếm.\n"
      "\n"
      "Ví dụ:  tongket explain year-end admitted.catholic --period 2014\n",
      "tongket explain REPORT QUERY.COLUMN --period PERIOD [--unit ID]\n"
      "Where a printed figure comes from: its value, the template's query, the files, and each row that was counted.\n"
      "\n"
      "Example: tongket explain year-end admitted.catholic --period 2014\n"}},
    {"cells",
     {"tongket cells TỆP [--sheet TÊN]\n"
      "In các ô của một bảng tính (trang đầu, hoặc trang TÊN) dưới dạng CSV: ngày dạng 2014-02-03, số như đã lưu, lỗi "
      "là mã lỗi.\n",
      "tongket cells FILE [--sheet NAME]\n"
      "Prints a spreadsheet's cells (of the first sheet, or of NAME) as CSV: dates ISO, numbers as stored, errors as "
      "their code.\n"}},
    {"verify",
     {"tongket verify [--period KỲ] [--audience internal|public] [--output THƯ_MỤC]\n"
      "So các tệp nguồn, mẫu và báo cáo với bản kê khai manifest.json lúc lập, nói tệp nào đã thay đổi hoặc không "
      "còn.\n",
      "tongket verify [--period PERIOD] [--audience internal|public] [--output DIR]\n"
      "Compares inputs, templates and outputs with the manifest.json written when reports were made, and names what "
      "has changed.\n"}},
    {"list",
     {"tongket list\n"
      "Các báo cáo theo loại kỳ, các sổ và cột bắt buộc, và mỗi tệp trong inputs/ được hiểu là sổ nào, đọc, nhận, "
      "loại, bỏ qua bao nhiêu dòng.\n",
      "tongket list\n"
      "Reports by kind of period, ledgers with their required columns, and for each file of inputs/ what it was taken "
      "for and its row counts.\n"}},
};

void help_print(const char *command, enum language language) {
    for (size_t i = 0; command && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].command, command) == 0) {
            fputs(commands[i].text[language], stdout);
            return;
        }
    fputs(general[language], stdout);
}
