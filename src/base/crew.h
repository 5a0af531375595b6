/* crew.h - helping threads that share numbered tasks with their caller.
 *
 *   crew_start(crew, task, context, 14)     helpers begin with task(context, 0), task(context, 1) …
 *   …                                       the caller does something else meanwhile
 *   crew_finish(crew)                       the caller takes tasks too, until all are done
 *
 * Which thread runs a task is left to chance, so a task must write only what no other task of the round touches. With
 * no helpers (one processor, or no thread to be had) everything is done in crew_finish(). */
#ifndef TONGKET_CREW_H
#define TONGKET_CREW_H

#include <stddef.h>

struct crew;

/* As many helpers as there are processors beside the caller's, and `most` at most; threads begin with the first round.
 */
struct crew *crew_new(size_t most);
void crew_start(struct crew *crew, void (*task)(void *context, size_t number), void *context, size_t count);
/* Nothing when no round is open. */
void crew_finish(struct crew *crew);
/* Finishes the round and ends the threads; NULL is nothing. */
void crew_free(struct crew *crew);

#endif
