/* owner.c - as whom the program works: never as root over what others may write. */
#include "app/owner.h"

#include "base/file.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

/* "clerk", or the number of one that has no name here. */
static const char *user_name(struct arena *arena, uid_t user) {
    const struct passwd *entry = getpwuid(user);
    return entry ? arena_text(arena, entry->pw_name) : arena_printf(arena, "%lu", (unsigned long)user);
}

static bool become(uid_t user, gid_t group) {
    return setgroups(0, NULL) == 0 && setresgid(group, group, group) == 0 && setresuid(user, user, user) == 0;
}

bool owner_become(struct diagnostics *diagnostics, const char *output) {
    const char *const folders[] = {".", "inputs", "templates", output};
    uid_t user = 0;
    gid_t group = 0;
    if (geteuid() != 0)
        return true;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct stat status;
        if (lstat(folders[i], &status) != 0 || status.st_uid == 0)
            continue;
        if (user && user != status.st_uid) {
            diagnose(diagnostics, OWNERS_DIFFER, NULL, user_name(diagnostics->arena, user),
                     user_name(diagnostics->arena, status.st_uid), folders[i]);
            return false;
        }
        user = status.st_uid;
        group = status.st_gid;
    }
    if (!user)
        return true;
    const char *name = user_name(diagnostics->arena, user);
    if (!become(user, group)) {
        diagnose(diagnostics, OWNER_REFUSED, NULL, name, file_reason(diagnostics, errno));
        return false;
    }
    diagnose(diagnostics, OWNER_BECOME, NULL, name);
    return true;
}
