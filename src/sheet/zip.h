/* zip.h - a workbook's package: parts in a zip file, found by name and read as a stream.
 *
 * Names are compared as offices' programs do: without regard to case, '\' as '/', a '/' in front ignored. What goes
 * wrong is said here, once, with the name of the part. How much may be inflated is bounded, in all and against the size
 * of the file, so that a small file cannot keep a run busy. */
#ifndef TONGKET_ZIP_H
#define TONGKET_ZIP_H

#include "base/diagnose.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct package;
struct part;

/* NULL after saying why not. */
struct package *package_open(const char *path, struct diagnostics *diagnostics);
void package_close(struct package *package);
/* The file's, in bytes. */
size_t package_size(const struct package *package);
bool package_has(const struct package *package, const char *name);
/* The bytes that a part inflates to, as the package tells; 0: no such part. */
uint64_t package_part_size(const struct package *package, const char *name);
/* While a part is only looked through, to be read again: what is wrong is not said, and what is inflated does not count
 * against the file's size. */
void package_look(struct package *package, bool looking);
/* The sheet that is named in what is said from now on; NULL: none. */
void package_sheet(struct package *package, const char *sheet);
struct place package_place(const struct package *package, unsigned row, size_t column);

/* FILE_DAMAGED, FILE_BOMB: what, and why in both languages. */
void package_damaged(struct package *package, const char *part, const char *reason);
void package_bomb(struct package *package, const char *part, const char *vi, const char *en);
/* FILE_LIMIT at a place: the sheet has more of this than is read. */
void package_limit(struct package *package, unsigned row, size_t column, const char *vi, const char *en);

/* NULL after saying why not. One part at a time. */
struct part *part_open(struct package *package, const char *name);
/* 0 at the end, -1 after saying what is wrong. */
long part_read(struct part *part, void *bytes, size_t size);
void part_close(struct part *part);

#endif
