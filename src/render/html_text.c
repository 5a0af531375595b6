/* html_text.c - text and frame of a page for browsers.
 *
 * Tags are written so that XML parsers read the page too. Nothing is fetched and nothing runs: the policy in the head
 * says so to the browser as well. On a phone tables scroll within their own frame, their headers staying in sight; on
 * paper the frame is gone and the page is set as A4. */
#include "render/html_text.h"

void html_text(struct buffer *out, const char *text) {
    buffer_markup(out, text ? text : "");
}

void html_element(struct buffer *out, const char *tag, const char *kind, const char *text) {
    buffer_printf(out, kind ? "<%s class=\"%s\">" : "<%s>", tag, kind);
    html_text(out, text);
    buffer_printf(out, "</%s>\n", tag);
}

/* ---- The frame -------------------------------------------------------------------------------------------------- */

static const char style[] =
    "*{box-sizing:border-box}\n"
    "html{-webkit-text-size-adjust:100%}\n"
    "body{margin:0 auto;padding:1.2rem 1rem 3rem;max-width:50rem;background:#fff;color:#111;"
    "font:1.0625rem/1.5 'Times New Roman','Liberation Serif',Tinos,serif;overflow-wrap:break-word}\n"
    "h1,h2,h3,h4,p,ul,ol,figure,blockquote{margin:0 0 .6rem}\n"
    "h1{font-size:1.3rem;text-align:center;margin:1.4rem 0 .2rem;text-transform:none}\n"
    "h2{font-size:1.0625rem;margin-top:1.3rem}h3,h4{font-size:1.0625rem;margin-top:.9rem}h4{font-style:italic}\n"
    "a{color:#1f3864}\n"
    "p.subject,p.rule,p.note{text-align:center;font-weight:bold}p.note{font-weight:normal;font-style:italic}\n"
    "p.body{text-indent:1.5rem;text-align:justify}\n"
    "ul.dashes{list-style:'- ';padding-left:2rem}ol{padding-left:2.4rem}\n"
    ".letterhead{display:flex;flex-wrap:wrap;gap:.6rem 1.5rem;justify-content:space-between;text-align:center}\n"
    ".letterhead>div{flex:1 1 15rem}.letterhead p{margin:0;white-space:pre-wrap}.letterhead .strong{font-weight:bold}"
    ".letterhead .ruled::after,p.subject.ruled::after{content:'';display:block;width:7rem;max-width:40%;margin:.15rem "
    "auto .3rem;"
    "border-bottom:1px solid #111}.letterhead .place{font-style:italic;margin-top:.4rem}\n"
    "figure{margin-top:.8rem}figcaption{font-weight:bold;text-align:center;margin-bottom:.4rem}\n"
    "p.unit{text-align:right;font-style:italic;margin-bottom:.2rem}\n"
    ".frame{overflow:auto;max-height:85vh;border:1px solid #555;border-width:1px 0 0 1px}\n"
    "table{border-collapse:separate;border-spacing:0;width:100%;font-size:.95rem;line-height:1.3;"
    "font-variant-numeric:tabular-nums lining-nums}\n"
    "th,td{border:1px solid #555;border-width:0 1px 1px 0;padding:.25rem .4rem;vertical-align:top}\n"
    "thead{position:sticky;top:0;z-index:1}thead th{background:#ececec;vertical-align:middle;text-align:center}\n"
    "td.left{text-align:left}td.center{text-align:center}td.right{text-align:right;white-space:nowrap}\n"
    "tr.total td,tr.subtotal td,tr.group td{font-weight:bold}tr.group td{background:#f6f6f6}tr.group "
    "span{display:inline-block;position:sticky;left:.4rem}tr.subtotal "
    "td{font-style:italic}td.nothing{text-align:center;font-style:italic}\n"
    "svg{display:block;width:100%;height:auto}svg text{font-family:inherit;fill:#111}\n"
    ".signature{display:flex;flex-wrap:wrap;gap:1.5rem;justify-content:space-between;margin-top:1.6rem}\n"
    ".signature>div{flex:1 1 15rem}.signature .signer{text-align:center;font-weight:bold}.signature .signer "
    "p{margin:0}\n"
    ".signature .signer .name{margin-top:4.5rem}.recipients p{margin:0}.recipients "
    ".label{font-weight:bold;font-style:italic}"
    ".recipients .label.ruled{font-weight:normal;font-style:normal;text-decoration:underline}"
    ".recipients ul{list-style:'- ';padding-left:1.2rem;font-size:.9rem}.recipients .drafter{font-size:.7rem}\n"
    "details{margin-top:1.6rem;border-top:1px solid #999;padding-top:.5rem}summary{cursor:pointer}\n"
    "ul.formats{list-style:none;display:inline;padding:0}ul.formats li{display:inline;margin-right:.8rem}\n"
    "code{font-size:.8rem;overflow-wrap:anywhere}\n"
    "@media(max-width:36rem){body{padding:.8rem .7rem 2rem}p.body{text-align:left}table{font-size:.9rem}"
    "td.left{min-width:8rem}"
    /* A narrow screen moves the table sideways below the column that tells what its rows are about. */
    ".counted tr:nth-child(1)>th:nth-child(2),.plain tr:nth-child(1)>th:nth-child(1),.counted td:nth-child(2),"
    ".plain td:nth-child(1){position:sticky;left:0}.counted td:nth-child(2),.plain tr:not(.group) td:nth-child(1)"
    "{background:#fff}"
    ".drawing{overflow-x:auto}.drawing svg{min-width:26rem}}\n"
    "@media print{body{max-width:none;padding:0;font-size:13pt;line-height:1.35}a{color:inherit;text-decoration:none}"
    ".frame{overflow:visible;max-height:none}thead{position:static;display:table-header-group;break-inside:avoid}"
    "tr,figure.chart,.signature{break-inside:avoid}tr.total,tr.subtotal{break-before:avoid}tr.group{break-after:avoid}"
    "h2,h3,h4,figcaption{break-after:avoid}"
    "table{font-size:11pt}details{display:none}p{orphans:2;widows:2}}\n";

void html_begin(struct buffer *out, const char *language, const char *title, const struct profile *profile) {
    buffer_text(out, "<!DOCTYPE html>\n<html lang=\"");
    html_text(out, language);
    buffer_text(out, "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src "
                     "&#39;unsafe-inline&#39;\"/>\n");
    html_element(out, "title", NULL, title);
    buffer_text(out, "<style>\n");
    buffer_text(out, style);
    if (profile)
        buffer_printf(out, "@page{size:%gmm %gmm;margin:%gmm %gmm %gmm %gmm}\n", profile->page_width_mm,
                      profile->page_height_mm, profile->margin_top_mm, profile->margin_right_mm,
                      profile->margin_bottom_mm, profile->margin_left_mm);
    buffer_text(out, "</style>\n</head>\n<body>\n");
}

void html_end(struct buffer *out) {
    buffer_text(out, "</body>\n</html>\n");
}
