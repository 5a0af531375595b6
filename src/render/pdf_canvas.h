/* pdf_canvas.h - one page's drawing as PDF operators. Coordinates are points from the page's upper left corner. */
#ifndef TONGKET_PDF_CANVAS_H
#define TONGKET_PDF_CANVAS_H

#include "base/buffer.h"
#include "render/lines.h"
#include "render/pdf_faces.h"

#include <stddef.h>

struct canvas {
    struct faces *faces;
    double height; /* of the page */
    struct buffer out;
    int face; /* of the last text; -1: none yet */
    double size;
    double rule_width, rule_gray; /* of the last rule; -1: none yet */
    double pen;                   /* how far the text at hand has come, in points */
    struct upright {
        double x, y1, y2, width;
    } * uprights; /* rules that may go on */
    size_t upright_count, upright_capacity;
};

struct canvas canvas_begin(struct faces *faces, double height);
void canvas_free(struct canvas *canvas);
/* Moves everything that is drawn from now on; comes before all drawing. */
void canvas_move(struct canvas *canvas, double right, double down);

/* One line of broken text; its pieces' styles are faces. */
void canvas_line(struct canvas *canvas, const struct lines *lines, size_t index, double size, double x,
                 double baseline);
void canvas_text(struct canvas *canvas, enum face face, double size, double x, double baseline, const char *text);
/* Text that runs upwards; (x, y) is where its baseline begins. */
void canvas_text_upwards(struct canvas *canvas, enum face face, double size, double x, double y, const char *text);
double canvas_text_width(struct canvas *canvas, enum face face, double size, const char *text);

void canvas_rule(struct canvas *canvas, double x1, double y1, double x2, double y2, double width, double gray);

/* A black upright rule, one with that which ends where it begins. Nothing may be drawn over it: it comes to the page
 * with the end. */
void canvas_upright(struct canvas *canvas, double x, double y1, double y2, double width);
/* Puts what waits for the end onto the page. */
void canvas_end(struct canvas *canvas);

/* Ways to fill that tell series apart in grey print. */
enum { PATTERN_COUNT = 12 };
enum { SINGLE_SERIES = -1 };

/* A filled and outlined rectangle; SINGLE_SERIES is a middle grey. */
void canvas_bar(struct canvas *canvas, double x, double y, double width, double height, int pattern);
/* A rectangle of plain white, for letters over a pattern. */
void canvas_blank(struct canvas *canvas, double x, double y, double width, double height);
/* A line through points in the dashes of the series. `breaks[i]`: nothing leads to point i. */
void canvas_series(struct canvas *canvas, const double *xs, const double *ys, const bool *breaks, size_t count,
                   int series);
void canvas_marker(struct canvas *canvas, double x, double y, int series);

#endif
