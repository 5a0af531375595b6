/* xlsx_package.h - the files that libxlsxwriter makes a workbook of. */
#ifndef TONGKET_XLSX_PACKAGE_H
#define TONGKET_XLSX_PACKAGE_H

/* errno of what first failed in writing since the last call, 0: nothing. Ask when a workbook is closed; the library is
 * not told, because it would print of it. */
int xlsx_package_error(void);

#endif
