/* crew.c - helping threads that share numbered tasks with their caller.
 *
 * Tasks take a millisecond or so, so one lock around their numbers is enough. */
#include "base/crew.h"

#include "base/arena.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t begun, done;
    void (*task)(void *context, size_t number);
    void *context;
    size_t next, count, unfinished; /* tasks */
    size_t helpers, started;
    bool ending;
    pthread_t threads[];
};

/* Runs tasks while there are any; called and left with the lock held. */
static void take_tasks(struct crew *crew) {
    while (crew->next < crew->count) {
        size_t number = crew->next++;
        pthread_mutex_unlock(&crew->lock);
        crew->task(crew->context, number);
        pthread_mutex_lock(&crew->lock);
        if (--crew->unfinished == 0)
            pthread_cond_signal(&crew->done);
    }
}

static void *help(void *context) {
    struct crew *crew = context;
    pthread_mutex_lock(&crew->lock);
    while (!crew->ending) {
        take_tasks(crew);
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

void crew_start(struct crew *crew, void (*task)(void *context, size_t number), void *context, size_t count) {
    crew_finish(crew);
    pthread_mutex_lock(&crew->lock);
    crew->task = task;
    crew->context = context;
    crew->next = 0;
    crew->count = crew->unfinished = count;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
    while (crew->started < crew->helpers && pthread_create(&crew->threads[crew->started], NULL, help, crew) == 0)
        crew->started++;
    crew->helpers = crew->started;
}

void crew_finish(struct crew *crew) {
    pthread_mutex_lock(&crew->lock);
    take_tasks(crew);
    while (crew->unfinished)
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
    pthread_cond_destroy(&crew->done);
    pthread_cond_destroy(&crew->begun);
    pthread_mutex_destroy(&crew->lock);
    free(crew);
}
