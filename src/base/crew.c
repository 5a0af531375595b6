/* crew.c - helping threads that share numbered tasks with their caller, and do beside them what can wait.
 *
 * Tasks take a tenth of a millisecond or so, so one lock around their numbers is enough. Helpers take them from the
 * front and the caller from the back: from round to round a task stays mostly with one processor, whose cache has what
 * it works on. */
#include "base/crew.h"

#include "base/arena.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct later {
    bool (*slice)(void *context);
    void *context;
    bool busy;
    struct later *next;
};

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t begun, done;
    void (*task)(void *context, size_t number);
    void *context;
    size_t next, end, unfinished; /* tasks from `next` to before `end` wait */
    struct later *later;          /* in the order it came */
    size_t helpers, started;
    bool ending;
    pthread_t threads[];
};

/* Runs tasks while there are any; called and left with the lock held. */
static void take_tasks(struct crew *crew, bool helper) {
    while (crew->next < crew->end) {
        size_t number = helper ? crew->next++ : --crew->end;
        pthread_mutex_unlock(&crew->lock);
        crew->task(crew->context, number);
        pthread_mutex_lock(&crew->lock);
        if (--crew->unfinished == 0)
            pthread_cond_broadcast(&crew->done);
    }
}

/* Runs a slice of the first work that nobody is at; false: there is none. Called and left with the lock held. */
static bool take_slice(struct crew *crew) {
    struct later *later = crew->later;
    while (later && later->busy)
        later = later->next;
    if (!later)
        return false;
    later->busy = true;
    pthread_mutex_unlock(&crew->lock);
    bool more = later->slice(later->context);
    pthread_mutex_lock(&crew->lock);
    later->busy = false;
    if (!more) {
        struct later **at = &crew->later;
        while (*at != later)
            at = &(*at)->next;
        *at = later->next;
        free(later);
    }
    pthread_cond_broadcast(&crew->done);
    return true;
}

static void *help(void *context) {
    struct crew *crew = context;
    pthread_mutex_lock(&crew->lock);
    while (!crew->ending) {
        take_tasks(crew, true);
        if (!crew->ending && !take_slice(crew))
            pthread_cond_wait(&crew->begun, &crew->lock);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static size_t processors(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
}

struct crew *crew_new(size_t most) {
    size_t others = processors() - 1;
    struct crew *crew = memory_resize(NULL, sizeof *crew + most * sizeof *crew->threads);
    *crew = (struct crew){.helpers = others < most ? others : most};
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->begun, NULL);
    pthread_cond_init(&crew->done, NULL);
    return crew;
}

static void call_helpers(struct crew *crew) {
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
    while (crew->started < crew->helpers && pthread_create(&crew->threads[crew->started], NULL, help, crew) == 0)
        crew->started++;
    crew->helpers = crew->started;
}

void crew_start(struct crew *crew, void (*task)(void *context, size_t number), void *context, size_t count) {
    crew_finish(crew);
    pthread_mutex_lock(&crew->lock);
    crew->task = task;
    crew->context = context;
    crew->next = 0;
    crew->end = crew->unfinished = count;
    call_helpers(crew);
}

void crew_finish(struct crew *crew) {
    pthread_mutex_lock(&crew->lock);
    take_tasks(crew, false);
    while (crew->unfinished)
        pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

void crew_later(struct crew *crew, bool (*slice)(void *context), void *context) {
    struct later *later = memory_resize(NULL, sizeof *later), **at = &crew->later;
    *later = (struct later){.slice = slice, .context = context};
    pthread_mutex_lock(&crew->lock);
    while (*at)
        at = &(*at)->next;
    *at = later;
    call_helpers(crew);
}

void crew_await(struct crew *crew) {
    crew_finish(crew);
    pthread_mutex_lock(&crew->lock);
    while (crew->later)
        if (!take_slice(crew))
            pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

void crew_free(struct crew *crew) {
    if (!crew)
        return;
    crew_finish(crew);
    pthread_mutex_lock(&crew->lock);
    crew->ending = true;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
    for (size_t i = 0; i < crew->started; i++)
        pthread_join(crew->threads[i], NULL);
    for (struct later *later = crew->later, *next; later; later = next) {
        next = later->next;
        free(later);
    }
    pthread_cond_destroy(&crew->done);
    pthread_cond_destroy(&crew->begun);
    pthread_mutex_destroy(&crew->lock);
    free(crew);
}
