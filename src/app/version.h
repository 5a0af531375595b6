/* version.h - the version of tongket. */
#ifndef TONGKET_VERSION_H
#define TONGKET_VERSION_H

#define TONGKET_VERSION "0.1.0"

#endif
