#!/bin/sh
# same.sh - the same inputs give the same bytes: run again, in other locales, time zones and folders, at another time.
. tests/common.sh
periods=$(cat tests/periods)

make_all() { # first|other COMMAND…: all shipped reports through the command, always written to the same place
    name=$1
    shift
    for period in $periods; do
        "$@" report --quiet --period "$period" --output "$scratch/made" --format pdf,xlsx,tree || return 1
    done
    rm -rf "${scratch:?}/$name"
    cp -a "$scratch/made" "$scratch/$name"
    [ "$name" = again ] || rm -rf "$scratch/made"
}

compare() { # NAME
    diff -r "$scratch/first" "$scratch/other" >"$scratch/differences" 2>&1
    verdict "$1" $? "$scratch/differences"
    rm -rf "$scratch/other"
}

make_all first "$tongket" || echo "    the first run failed"
ls "$scratch"/first/*/*.pdf >/dev/null 2>"$scratch/said"
verdict "reports are made" $? "$scratch/said"
[ "$status" -eq 0 ] || exit 1
make_all other "$tongket"
compare "run again"
make_all again "$tongket"
make_all other "$tongket"
compare "run over its own outputs"
for zone in Pacific/Kiritimati America/Los_Angeles; do
    make_all other env TZ=$zone "$tongket"
    compare "TZ=$zone"
done
make_all other env LC_ALL=C "$tongket"
compare "LC_ALL=C"
mkdir "$scratch/locales"
for locale in vi_VN en_US de_DE; do
    if locale -a 2>/dev/null | grep -qi "^$locale\.utf-\{0,1\}8$"; then
        make_all other env LC_ALL=$locale.UTF-8 "$tongket"
    elif localedef -i $locale -f UTF-8 "$scratch/locales/$locale.UTF-8" 2>/dev/null; then
        make_all other env LOCPATH="$scratch/locales" LC_ALL=$locale.UTF-8 "$tongket"
    else
        skipped "LC_ALL=$locale.UTF-8" "this locale is not installed"
        continue
    fi
    compare "LC_ALL=$locale.UTF-8"
done
(cd / && make_all other "$tongket" -C "$OLDPWD")
compare "from another folder, with -C"
office_in "$scratch/far away"
touch -d 2001-01-01 "$scratch/far away"/inputs/*
(cd "$scratch/far away" && make_all other "$tongket")
compare "a copy of the workspace, with other file times"

# Another clock: the three calls that tell the time, 20 years on. Sanitizers refuse to be preloaded: the release binary.
cat >"$scratch/clock.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
enum { LATER = 631152000 };
time_t time(time_t *out) {
    time_t (*real)(time_t *) = (time_t (*)(time_t *))dlsym(RTLD_NEXT, "time");
    time_t now = real(NULL) + LATER;
    if (out)
        *out = now;
    return now;
}
int gettimeofday(struct timeval *restrict out, void *restrict zone) {
    int (*real)(struct timeval *, void *) = (int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday");
    int result = real(out, zone);
    out->tv_sec += LATER;
    return result;
}
int clock_gettime(clockid_t clock, struct timespec *out) {
    int (*real)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, out);
    if (clock == CLOCK_REALTIME)
        out->tv_sec += LATER;
    return result;
}
C
if [ ! -x tongket ]; then
    skipped "another clock" "./tongket is not built"
elif ! gcc -shared -fPIC -o "$scratch/clock.so" "$scratch/clock.c" -ldl 2>"$scratch/said" ||
    ! LD_PRELOAD=$scratch/clock.so date +%Y >"$scratch/year" 2>/dev/null || [ "$(cat "$scratch/year")" -lt "$(($(date +%Y) + 19))" ]; then
    skipped "another clock" "no shim could be built or loaded here"
else
    make_all other env LD_PRELOAD="$scratch/clock.so" ./tongket
    # Another program: what outputs were made from is not the same, they are.
    sed -i 's/, "made_from": "[^"]*"//' "$scratch"/first/*/manifest.json "$scratch"/other/*/manifest.json
    compare "another clock, and the release binary"
fi
exit "$status"
