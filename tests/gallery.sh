#!/bin/sh
# gallery.sh - draws page one of every report in outputs/ into tests/gallery, and the page that shows them.
set -eu
cp outputs/2017-Q4/contact-notice/T001.pdf outputs/2017-Q4/contact-notice.pdf
for period in $(cat tests/periods); do
    for pdf in outputs/"$period"/*.pdf; do
        pdftoppm -r 64 -gray -f 1 -l 1 -singlefile -png "$pdf" "tests/gallery/$(basename "$pdf" .pdf)"
    done
done
rm outputs/2017-Q4/contact-notice.pdf
{
    echo "# Page one of every shipped report"
    echo
    echo "Drawn by \`make gallery\`. All people, places and figures are invented."
    for picture in tests/gallery/*.png; do
        name=$(basename "$picture" .png)
        printf '\n## %s\n\n![%s](%s.png)\n' "$name" "$name" "$name"
    done
} >tests/gallery/README.md
