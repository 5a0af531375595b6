/* pdf_archive.h - what PDF/A-2b asks for beside the pages: metadata as XMP, and a colour space to read greys in. */
#ifndef TONGKET_PDF_ARCHIVE_H
#define TONGKET_PDF_ARCHIVE_H

#include "base/buffer.h"
#include "base/date.h"

#define ARCHIVE_PRODUCER "libharu"
#define ARCHIVE_SPACE "sRGB IEC61966-2.1"

/* The XMP packet; it says what the document's Info dictionary says. A date without a day is left out. */
void archive_metadata(struct buffer *out, const char *title, const char *program, const char *language,
                      struct date created);
/* sRGB as an ICC profile, version 4. */
void archive_profile(struct buffer *out);

#endif
