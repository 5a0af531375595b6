/* crew.h - helping threads that share numbered tasks with their caller, and do beside them what can wait.
 *
 *   crew_start(crew, task, context, 14)     helpers begin with task(context, 0), task(context, 1) …
 *   …                                       the caller does something else meanwhile
 *   crew_finish(crew)                       the caller takes tasks too, until all are done
 *
 *   crew_later(crew, slice, context)        a helper calls slice(context) while no task waits, until it answers false
 *   crew_await(crew)                        the caller does so too, until all such work is done
 *
 * Which thread runs a task is left to chance, so a task must write only what no other task of the round touches. With
 * no helpers (one processor, or no thread to be had) everything is done in crew_finish() and crew_await(). */
#ifndef TONGKET_CREW_H
#define TONGKET_CREW_H

#include <stdbool.h>
#include <stddef.h>

struct crew;

/* As many helpers as there are processors beside the caller's, and `most` at most; threads begin with the first work.
 */
struct crew *crew_new(size_t most);
void crew_start(struct crew *crew, void (*task)(void *context, size_t number), void *context, size_t count);
/* Nothing when no round is open. */
void crew_finish(struct crew *crew);
/* Tasks wait for a slice, so it takes some microseconds only. Slices of one context follow each other. */
void crew_later(struct crew *crew, bool (*slice)(void *context), void *context);
void crew_await(struct crew *crew);
/* Finishes the round and ends the threads; work that could wait is dropped. NULL is nothing. */
void crew_free(struct crew *crew);

#endif
