/* lint.h - what a template says in vain. */
#ifndef TONGKET_LINT_H
#define TONGKET_LINT_H

#include "app/workspace.h"
#include "report/report.h"

/* The coverage of nothing yet. */
struct coverage coverage_new(struct arena *arena, const struct template *template);
/* Fills the template for every period that [documents] of office.ini has a number for, for both audiences, and notes
 * queries and names of figures that are used nowhere and branches that were never printed. `request` says the rest;
 * the check that came before it has filled its coverage. */
void lint_template(struct workspace *workspace, struct arena *arena, const struct report_request *request);

#endif
