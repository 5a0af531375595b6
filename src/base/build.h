/* build.h - which build of the program is running. */
#ifndef TONGKET_BUILD_H
#define TONGKET_BUILD_H

#include "base/sha256.h"

/* A hash of the running program in hexadecimal digits, another one after any change to it. */
void build_hash(char text[SHA256_TEXT]);

#endif
