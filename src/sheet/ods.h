/* ods.h - the reader of OpenDocument spreadsheets. */
#ifndef TONGKET_ODS_H
#define TONGKET_ODS_H

#include "sheet/sheet.h"

extern const struct reader ods_reader;

#endif
