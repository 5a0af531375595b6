/* pdf_file.c - the PDF file through libharu: pages, faces, bookmarks, properties.
 *
 * Of libharu's fonts only the objects are used: its TrueType loader loses nested composite glyphs, writes a ToUnicode
 * that readers warn about and spends most of a document's time on maps of 65,536 codes. Here a face is
 *
 *   Type0 font (Identity-H) ─ ToUnicode: one bfchar a letter, at most 100 a block
 *     └ CIDFontType2 ─ W: one array, CIDToGIDMap: two bytes a letter
 *         └ FontDescriptor ─ FontFile2: HarfBuzz's subset as it is
 *
 * The file is PDF/A-2b: metadata as XMP, a colour space, an ID made of the contents, every face embedded.
 * Nothing depends on the loader, so the same code serves later libharu versions. The error handler keeps the first
 * error; libharu then refuses everything else by itself. */
#include "render/pdf_file.h"

#include "base/file.h"
#include "base/root.h"
#include "base/sha256.h"
#include "base/spill.h"
#include "base/text.h"
#include "render/deflate.h"
#include "render/pdf_archive.h"

#include <errno.h>
#include <hpdf.h>
#include <hpdf_doc.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8, UNICODE_BLOCK = 100, SAVED_AT_ONCE = 1 << 16 };

struct pdf_file {
    struct arena *arena;
    HPDF_Doc document;
    HPDF_STATUS error, detail; /* of the first error */
    HPDF_Dict fonts;           /* one dictionary, shared by all pages */
    HPDF_Dict page;            /* the last one */
    struct spill *packed;      /* all streams, compressed */
    double height;
    struct buffer contents;              /* the SHA-256 of every stream, for the file's ID */
    HPDF_Outline bookmarks[DEEPEST + 1]; /* the last of each level; 0: none */
};

struct page {
    struct pdf_file *file;
    double width, height;
    HPDF_Dict drawing;
};

/* A stream's bytes in the spill. */
struct packed {
    struct spill *spill;
    size_t from, length, at; /* at: where the next are read */
};

static void HPDF_STDCALL keep_error(HPDF_STATUS error, HPDF_STATUS detail, void *data) {
    struct pdf_file *file = data;
    if (file->error)
        return;
    file->error = error;
    file->detail = detail;
}

static bool good(struct pdf_file *file, const void *made) {
    if (!made && !file->error)
        file->error = HPDF_FAILD_TO_ALLOC_MEM;
    return !file->error;
}

struct pdf_file *pdf_file_new(struct arena *arena) {
    struct pdf_file *file = ARENA_NEW(arena, struct pdf_file);
    file->arena = arena;
    file->packed = spill_new(arena);
    file->document = HPDF_New(keep_error, file);
    if (!good(file, file->document))
        return file;
    file->document->pdf_version = HPDF_VER_17;
    file->fonts = HPDF_Dict_New(file->document->mmgr);
    if (good(file, file->fonts))
        HPDF_Xref_Add(file->document->xref, file->fonts);
    return file;
}

void pdf_file_free(struct pdf_file *file) {
    if (file->document)
        HPDF_Free(file->document);
    file->document = NULL;
    buffer_free(&file->contents);
}

const char *pdf_file_failure(const struct pdf_file *file) {
    if (!file->error)
        return NULL;
    return arena_printf(file->arena, "libharu 0x%04lX/%lu", (unsigned long)file->error, (unsigned long)file->detail);
}

/* ===== Properties ===== */

/* Text of a property or bookmark: UTF-16 with its byte order mark. */
static HPDF_Binary utf16(struct pdf_file *file, const char *text) {
    struct buffer bytes = {0};
    buffer_add(&bytes, "\xfe\xff", 2);
    for (size_t at = 0; text[at] && bytes.length < 4000;) {
        uint32_t letter = text_next(text, &at);
        if (letter >= 0x10000) {
            uint32_t high = 0xd800 + ((letter - 0x10000) >> 10);
            buffer_char(&bytes, (char)(high >> 8));
            buffer_char(&bytes, (char)(high & 0xff));
            letter = 0xdc00 + ((letter - 0x10000) & 0x3ff);
        }
        buffer_char(&bytes, (char)(letter >> 8));
        buffer_char(&bytes, (char)(letter & 0xff));
    }
    HPDF_Binary made = HPDF_Binary_New(file->document->mmgr, (HPDF_BYTE *)bytes.text, (HPDF_UINT)bytes.length);
    buffer_free(&bytes);
    return made;
}

/* ===== Streams ===== */

/* Stands inside the stream's dictionary; libharu would take away an entry that it did not make itself. */
static HPDF_STATUS write_filter(HPDF_Dict stream, HPDF_Stream out) {
    (void)stream;
    return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\012");
}

static HPDF_Dict new_dictionary(struct pdf_file *file, const char *type) {
    HPDF_Dict dictionary = HPDF_Dict_New(file->document->mmgr);
    if (!good(file, dictionary))
        return NULL;
    HPDF_Xref_Add(file->document->xref, dictionary);
    HPDF_Dict_AddName(dictionary, "Type", type);
    return dictionary;
}

static HPDF_STATUS read_packed(HPDF_Stream stream, HPDF_BYTE *bytes, HPDF_UINT *length) {
    struct packed *packed = stream->attr;
    size_t left = packed->length - packed->at;
    if (*length > left)
        *length = (HPDF_UINT)left;
    spill_read(packed->spill, packed->from + packed->at, bytes, *length);
    packed->at += *length;
    return *length == left ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS seek_packed(HPDF_Stream stream, HPDF_INT at, HPDF_WhenceMode mode) {
    (void)mode; /* it is only ever read from its beginning */
    ((struct packed *)stream->attr)->at = (size_t)at;
    return HPDF_OK;
}

static HPDF_INT32 tell_packed(HPDF_Stream stream) {
    return (HPDF_INT32)((struct packed *)stream->attr)->at;
}

static HPDF_UINT32 size_packed(HPDF_Stream stream) {
    return (HPDF_UINT32)((struct packed *)stream->attr)->length;
}

/* Compressed here: libharu's level takes three times as long for a few bytes in a hundred. What is packed waits in the
 * spill until it is written; libharu would keep it in memory, and copies a byte at a time. */
static HPDF_Dict new_stream(struct pdf_file *file, const struct buffer *bytes) {
    HPDF_Dict stream = HPDF_DictStream_New(file->document->mmgr, file->document->xref);
    if (!good(file, stream))
        return NULL;
    char digits[SHA256_TEXT];
    struct buffer out = {0};
    deflate_zlib(&out, buffer_string(bytes), bytes->length);
    sha256_bytes(out.text, out.length, digits);
    buffer_text(&file->contents, digits);
    struct packed *packed = ARENA_NEW(file->arena, struct packed);
    *packed = (struct packed){
        .spill = file->packed, .from = spill_add(file->packed, out.text, out.length), .length = out.length};
    buffer_free(&out);
    HPDF_Stream_Free(stream->stream);
    stream->stream = HPDF_CallbackReader_New(stream->mmgr, read_packed, seek_packed, tell_packed, size_packed, packed);
    stream->write_fn = write_filter;
    return good(file, stream->stream) ? stream : NULL;
}

/* ===== Archive ===== */

/* Not compressed, so that programs that know no PDF find it too. */
static void add_metadata(struct pdf_file *file, const char *title, const char *program, const char *language,
                         struct date created) {
    struct buffer out = {0};
    HPDF_Dict stream = HPDF_DictStream_New(file->document->mmgr, file->document->xref);
    if (!good(file, stream))
        return;
    archive_metadata(&out, title, program, language, created);
    HPDF_Stream_Write(stream->stream, (const HPDF_BYTE *)out.text, (HPDF_UINT)out.length);
    buffer_free(&out);
    HPDF_Dict_AddName(stream, "Type", "Metadata");
    HPDF_Dict_AddName(stream, "Subtype", "XML");
    HPDF_Dict_Add(file->document->catalog, "Metadata", stream);
}

static void add_intent(struct pdf_file *file) {
    struct buffer out = {0};
    archive_profile(&out);
    HPDF_Dict intent = new_dictionary(file, "OutputIntent"), space = new_stream(file, &out);
    HPDF_Array intents = HPDF_Array_New(file->document->mmgr);
    buffer_free(&out);
    if (!intent || !space || !good(file, intents))
        return;
    HPDF_Dict_AddNumber(space, "N", 3);
    HPDF_Dict_AddName(intent, "S", "GTS_PDFA1");
    HPDF_Dict_Add(intent, "OutputConditionIdentifier", HPDF_String_New(file->document->mmgr, ARCHIVE_SPACE, NULL));
    HPDF_Dict_Add(intent, "Info", HPDF_String_New(file->document->mmgr, ARCHIVE_SPACE, NULL));
    HPDF_Dict_Add(intent, "DestOutputProfile", space);
    HPDF_Array_Add(intents, intent);
    HPDF_Dict_Add(file->document->catalog, "OutputIntents", intents);
}

/* The same contents give the same ID. */
static void add_id(struct pdf_file *file) {
    char digits[SHA256_TEXT];
    HPDF_BYTE bytes[16];
    HPDF_Array id = HPDF_Array_New(file->document->mmgr);
    if (!good(file, id))
        return;
    sha256_bytes(buffer_string(&file->contents), file->contents.length, digits);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (HPDF_BYTE)strtoul((const char[]){digits[2 * i], digits[2 * i + 1], '\0'}, NULL, 16);
    for (int i = 0; i < 2; i++)
        HPDF_Array_Add(id, HPDF_Binary_New(file->document->mmgr, bytes, sizeof bytes));
    HPDF_Dict_Add(file->document->trailer, "ID", id);
}

void pdf_file_properties(struct pdf_file *file, const char *title, const char *program, const char *language,
                         struct date created) {
    HPDF_Doc document = file->document;
    if (file->error)
        return;
    if (created.day)
        HPDF_SetInfoDateAttr(document, HPDF_INFO_CREATION_DATE,
                             (HPDF_Date){.year = created.year, .month = created.month, .day = created.day, .ind = 'Z'});
    HPDF_SetInfoAttr(document, HPDF_INFO_CREATOR, program);
    HPDF_SetInfoAttr(document, HPDF_INFO_PRODUCER, ARCHIVE_PRODUCER);
    if (file->error)
        return;
    HPDF_Dict_Add(document->info, "Title", utf16(file, title));
    HPDF_Dict_Add(document->catalog, "Lang", HPDF_String_New(document->mmgr, language, NULL));
    HPDF_Dict preferences = HPDF_Dict_New(document->mmgr);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(document->catalog, "ViewerPreferences", preferences);
    add_metadata(file, title, program, language, created);
    add_intent(file);
}

/* ===== Pages ===== */

static unsigned id_of(const void *object) {
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

static HPDF_STATUS write_page(HPDF_Dict dictionary, HPDF_Stream out) {
    const struct page *page = dictionary->attr;
    char text[160];
    HPDF_Stream_WriteStr(out, "/Type /Page\012/MediaBox [ 0 0 ");
    HPDF_Stream_WriteReal(out, (HPDF_REAL)page->width);
    HPDF_Stream_WriteStr(out, " ");
    HPDF_Stream_WriteReal(out, (HPDF_REAL)page->height);
    snprintf(text, sizeof text,
             " ]\012/Contents %u 0 R\012/Resources <<\012/ProcSet [ /PDF /Text /ImageB /ImageC /ImageI ]\012"
             "/Font %u 0 R\012>>\012/Parent %u 0 R\012",
             id_of(page->drawing), id_of(page->file->fonts), id_of(page->file->document->root_pages));
    return HPDF_Stream_WriteStr(out, text);
}

/* libharu keeps a page's drawing and five kilobytes beside it until the file is saved. Here a page is a few hundred
 * bytes: its dictionary is written from this, and the drawing waits in the spill. */
void pdf_file_page(struct pdf_file *file, double width, double height, const struct buffer *operators) {
    if (file->error)
        return;
    HPDF_Doc document = file->document;
    struct page *page = ARENA_NEW(file->arena, struct page);
    HPDF_Dict dictionary = HPDF_Dict_New(document->mmgr);
    HPDF_Array kids = HPDF_Dict_GetItem(document->root_pages, "Kids", HPDF_OCLASS_ARRAY);
    if (!good(file, dictionary) || !good(file, kids))
        return;
    *page = (struct page){.file = file, .width = width, .height = height};
    HPDF_Xref_Add(document->xref, dictionary);
    dictionary->header.obj_class |= HPDF_OSUBCLASS_PAGE;
    dictionary->attr = page;
    dictionary->write_fn = write_page;
    HPDF_Array_Add(kids, dictionary);
    page->drawing = new_stream(file, operators);
    file->page = dictionary;
    file->height = height;
}

void pdf_file_bookmark(struct pdf_file *file, int level, const char *title, double y) {
    if (file->error || !*title)
        return;
    level = level < 1 ? 1 : level > DEEPEST ? DEEPEST : level;
    HPDF_Outline parent = NULL;
    for (int i = level - 1; i > 0 && !parent; i--)
        parent = file->bookmarks[i];
    HPDF_Outline bookmark = HPDF_CreateOutline(file->document, parent, "-", NULL);
    HPDF_Array target = HPDF_Array_New(file->document->mmgr);
    if (!good(file, bookmark) || !good(file, target))
        return;
    HPDF_Dict_Add(bookmark, "Title", utf16(file, title));
    HPDF_Dict_Add(bookmark, "Dest", target);
    HPDF_Array_Add(target, file->page);
    HPDF_Array_AddName(target, "XYZ");
    HPDF_Array_AddReal(target, 0);
    HPDF_Array_AddReal(target, (HPDF_REAL)(file->height - y));
    HPDF_Array_AddReal(target, 0);
    file->bookmarks[level] = bookmark;
    for (int i = level + 1; i <= DEEPEST; i++)
        file->bookmarks[i] = NULL;
}

/* ===== Faces ===== */

static void add_hexadecimal(struct buffer *out, uint32_t number) {
    static const char digits[] = "0123456789ABCDEF";
    buffer_add(out,
               (const char[]){digits[number >> 12 & 15], digits[number >> 8 & 15], digits[number >> 4 & 15],
                              digits[number & 15]},
               4);
}

/* "<0041> <1EA5>": the letter of a CID. */
static void add_unicode(struct buffer *out, size_t cid, uint32_t letter) {
    buffer_text(out, "<");
    add_hexadecimal(out, (uint32_t)cid);
    buffer_text(out, "> <");
    if (letter >= 0x10000)
        add_hexadecimal(out, 0xd800 + ((letter - 0x10000) >> 10));
    add_hexadecimal(out, letter < 0x10000 ? letter : 0xdc00 + ((letter - 0x10000) & 0x3ff));
    buffer_text(out, ">\n");
}

static HPDF_Dict new_unicode_map(struct pdf_file *file, const struct face_subset *subset) {
    struct buffer out = {0};
    buffer_text(&out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < subset->count; i++) {
        size_t left = subset->count - i;
        if (i % UNICODE_BLOCK == 0)
            buffer_printf(&out, "%zu beginbfchar\n", left < UNICODE_BLOCK ? left : UNICODE_BLOCK);
        add_unicode(&out, i + 1, subset->letters[i]);
        if (i % UNICODE_BLOCK == UNICODE_BLOCK - 1 || left == 1)
            buffer_text(&out, "endbfchar\n");
    }
    buffer_text(&out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    HPDF_Dict stream = new_stream(file, &out);
    buffer_free(&out);
    return stream;
}

static HPDF_Dict new_glyph_map(struct pdf_file *file, const struct face_subset *subset) {
    struct buffer out = {0};
    buffer_add(&out, "\0\0", 2);
    for (size_t i = 0; i < subset->count; i++) {
        buffer_char(&out, (char)(subset->glyphs[i] >> 8));
        buffer_char(&out, (char)(subset->glyphs[i] & 0xff));
    }
    HPDF_Dict stream = new_stream(file, &out);
    buffer_free(&out);
    return stream;
}

/* "/W [1 [500 250 …]]", in parts that every reader can hold. libharu would keep an object for each. */
static HPDF_STATUS write_widths(HPDF_Dict font, HPDF_Stream out) {
    return HPDF_Stream_WriteStr(out, font->attr);
}

static const char *widths_text(struct pdf_file *file, const struct face_subset *subset) {
    enum { PART = 8000 };
    struct buffer out = {0};
    buffer_text(&out, "/W [ ");
    for (size_t i = 0; i < subset->count; i++) {
        if (i % PART == 0)
            buffer_printf(&out, "%s%zu [ ", i ? "] " : "", i + 1);
        buffer_printf(&out, "%u ", subset->widths[i]);
    }
    buffer_text(&out, "] ]\012");
    const char *text = arena_copy(file->arena, out.text, out.length);
    buffer_free(&out);
    return text;
}

static HPDF_Dict new_descriptor(struct pdf_file *file, const struct face_subset *subset) {
    HPDF_Dict descriptor = new_dictionary(file, "FontDescriptor");
    HPDF_Array bounds = HPDF_Array_New(file->document->mmgr);
    HPDF_Dict program = new_stream(file, subset->program);
    if (!descriptor || !good(file, bounds) || !program)
        return NULL;
    const struct face_metrics *metrics = subset->metrics;
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddNumber(bounds, metrics->bounds[i]);
    HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)subset->program->length);
    HPDF_Dict_AddName(descriptor, "FontName", subset->name);
    HPDF_Dict_AddNumber(descriptor, "Flags", 4 | 2 | (metrics->italic_angle ? 64 : 0)); /* symbolic, serif, italic */
    HPDF_Dict_Add(descriptor, "FontBBox", bounds);
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", metrics->italic_angle);
    HPDF_Dict_AddNumber(descriptor, "Ascent", (HPDF_INT32)lround(metrics->ascent));
    HPDF_Dict_AddNumber(descriptor, "Descent", -(HPDF_INT32)lround(metrics->descent));
    HPDF_Dict_AddNumber(descriptor, "CapHeight", (HPDF_INT32)lround(metrics->cap_height));
    HPDF_Dict_AddNumber(descriptor, "StemV", metrics->weight >= 600 ? 140 : 80);
    HPDF_Dict_Add(descriptor, "FontFile2", program);
    return descriptor;
}

static HPDF_Dict new_cid_font(struct pdf_file *file, const struct face_subset *subset) {
    HPDF_MMgr memory = file->document->mmgr;
    HPDF_Dict font = new_dictionary(file, "Font"), system = HPDF_Dict_New(memory);
    HPDF_Dict descriptor = new_descriptor(file, subset), glyphs = new_glyph_map(file, subset);
    if (!font || !good(file, system) || !descriptor || !glyphs)
        return NULL;
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(memory, "Adobe", NULL));
    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(memory, "Identity", NULL));
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    HPDF_Dict_AddName(font, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(font, "BaseFont", subset->name);
    HPDF_Dict_Add(font, "CIDSystemInfo", system);
    HPDF_Dict_Add(font, "FontDescriptor", descriptor);
    font->attr = (void *)(uintptr_t)widths_text(file, subset);
    font->write_fn = write_widths;
    HPDF_Dict_Add(font, "CIDToGIDMap", glyphs);
    return font;
}

void pdf_file_face(struct pdf_file *file, enum face face, const struct face_subset *subset) {
    if (file->error)
        return;
    char name[8];
    snprintf(name, sizeof name, "F%d", (int)face);
    HPDF_Dict font = new_dictionary(file, "Font"), cid_font = new_cid_font(file, subset),
              unicode = new_unicode_map(file, subset);
    HPDF_Array descendants = HPDF_Array_New(file->document->mmgr);
    if (!font || !cid_font || !unicode || !good(file, descendants))
        return;
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", subset->name);
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Array_Add(descendants, cid_font);
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Dict_Add(font, "ToUnicode", unicode);
    HPDF_Dict_Add(file->fonts, name, font);
}

/* ===== Saving ===== */

struct saving {
    FILE *out;
    int error; /* errno of the first failure, 0: none */
};

static HPDF_STATUS write_bytes(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length) {
    struct saving *saving = stream->attr;
    if (fwrite_unlocked(bytes, 1, length, saving->out) == length)
        return HPDF_OK;
    saving->error = errno ? errno : EIO;
    return HPDF_FILE_IO_ERROR;
}

/* As HPDF_SaveToStream() does, which would hold the whole file in memory; HPDF_SaveToFile() does not see what fails
 * when the last block is written. */
static bool write_document(struct pdf_file *file, struct saving *saving) {
    HPDF_Doc document = file->document;
    HPDF_Stream stream = HPDF_CallbackWriter_New(document->mmgr, write_bytes, saving);
    if (!good(file, stream))
        return false;
    HPDF_Dict_Add(document->trailer, "Root", document->catalog);
    HPDF_Dict_Add(document->trailer, "Info", document->info);
    HPDF_STATUS status = HPDF_Stream_WriteStr(stream, "%PDF-1.7\012%\267\276\255\252\012");
    if (status == HPDF_OK)
        status = HPDF_Xref_WriteToStream(document->xref, stream, NULL);
    HPDF_Stream_Free(stream);
    if (status != HPDF_OK && !saving->error && !file->error)
        file->error = status;
    return status == HPDF_OK && !file->error;
}

bool pdf_file_save(struct pdf_file *file, const char *path, struct diagnostics *diagnostics) {
    if (!file->error)
        add_id(file);
    if (file->error)
        return false;
    int created = root_create(path);
    struct saving saving = {.out = created < 0 ? NULL : fdopen(created, "wb")};
    char room[SAVED_AT_ONCE];
    if (saving.out)
        setvbuf(saving.out, room, _IOFBF, sizeof room);
    bool written = saving.out && write_document(file, &saving);
    if (!saving.out || (fclose(saving.out) != 0 && !saving.error)) {
        written = false;
        saving.error = errno;
    }
    if (saving.error)
        file_unwritten(diagnostics, path, saving.error);
    return written;
}
