/* lint.h - what a template says in vain. */
#ifndef TONGKET_LINT_H
#define TONGKET_LINT_H

#include "app/workspace.h"
#include "report/report.h"

/* The request that looks a template through and makes nothing, for --period or the last period of the report's kind;
 * false after saying what is wrong with the period. */
bool lint_request(const struct workspace *workspace, const struct template *template, const struct profile *profile,
                  struct report_request *request);
/* Fills a template without mistakes for every period that [documents] of office.ini has a number for, for both
 * audiences, and notes queries and names of figures that are used nowhere and branches that were never printed. */
void lint_template(struct workspace *workspace, const struct template *head, const struct profile *profile);

#endif
