/* owner.h - as whom the program works: never as root over what others may write. */
#ifndef TONGKET_APP_OWNER_H
#define TONGKET_APP_OWNER_H

#include "base/diagnose.h"

/* Run by root over a workspace that belongs to somebody else, the program becomes that owner for good, and says so:
 * what the owner cannot read or write, root then does not do for whoever may write there. False after saying why not.
 * Called in the workspace's folder, before anything in it is opened. */
bool owner_become(struct diagnostics *diagnostics, const char *output);

#endif
