/* options.c - the words on the command line. */
#include "app/options.h"

#include "base/text.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_PERIOD = 256,
    OPTION_AS_OF,
    OPTION_UNIT,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_AUDIENCE,
    OPTION_SHEET,
    OPTION_EACH,
    OPTION_JOBS,
    OPTION_SKIP_EMPTY,
    OPTION_CATCH_UP,
    OPTION_TEMPLATES,
    OPTION_LOG
};

static const struct option long_options[] = {
    {"period", required_argument, NULL, OPTION_PERIOD},
    {"as-of", required_argument, NULL, OPTION_AS_OF},
    {"unit", required_argument, NULL, OPTION_UNIT},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"audience", required_argument, NULL, OPTION_AUDIENCE},
    {"sheet", required_argument, NULL, OPTION_SHEET},
    {"each", required_argument, NULL, OPTION_EACH},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"skip-empty", no_argument, NULL, OPTION_SKIP_EMPTY},
    {"catch-up", no_argument, NULL, OPTION_CATCH_UP},
    {"templates", no_argument, NULL, OPTION_TEMPLATES},
    {"log", required_argument, NULL, OPTION_LOG},
    {"directory", required_argument, NULL, 'C'},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static const char known_letters[] = ":C:qhV";

/* The word that holds the letter getopt stopped at: it may have more of them. */
static const char *letters_at(char **words, int count, int letter) {
    const char *next = optind < count ? words[optind] : "";
    return next[0] == '-' && next[1] != '-' && strchr(next, letter) ? next : words[optind - 1];
}

/* "-period" and "–period", as word processors make it of "--period", are one slip and not six wrong letters. */
static bool refuse(struct diagnostics *diagnostics, const char *word, int letter) {
    const char *names[32];
    size_t count = 0;
    for (; long_options[count].name; count++)
        names[count] = arena_printf(diagnostics->arena, "--%s", long_options[count].name);
    const char *name = arena_copy(diagnostics->arena, word, strcspn(word, "="));
    const char *nearest = diagnose_nearest(diagnostics, name, names, count);
    if (letter && !*nearest)
        word = arena_printf(diagnostics->arena, "-%c", letter);
    diagnose(diagnostics, OPTION_UNKNOWN, NULL, word, nearest);
    return false;
}

static bool is_dashed(const char *word) {
    return text_starts(word, "\u2013") || text_starts(word, "\u2014") || text_starts(word, "\u2212");
}

/* ---- What each command can use ---------------------------------------------------------------------------------- */

#define BIT(option) (1u << ((option)-OPTION_PERIOD))

/* Beside -C, --quiet, --log, --help and --version, which all take. */
static const struct use {
    const char *command;
    bool words;
    unsigned options;
} uses[] = {
    {"report", true,
     BIT(OPTION_PERIOD) | BIT(OPTION_AS_OF) | BIT(OPTION_UNIT) | BIT(OPTION_FORMAT) | BIT(OPTION_AUDIENCE) |
         BIT(OPTION_EACH) | BIT(OPTION_JOBS) | BIT(OPTION_SKIP_EMPTY) | BIT(OPTION_CATCH_UP) | BIT(OPTION_OUTPUT)},
    {"check", false, BIT(OPTION_PERIOD) | BIT(OPTION_AS_OF) | BIT(OPTION_TEMPLATES) | BIT(OPTION_OUTPUT)},
    {"forms", true, BIT(OPTION_OUTPUT)},
    {"query", true,
     BIT(OPTION_PERIOD) | BIT(OPTION_AS_OF) | BIT(OPTION_UNIT) | BIT(OPTION_FORMAT) | BIT(OPTION_AUDIENCE) |
         BIT(OPTION_OUTPUT)},
    {"list", false, 0},
    {"explain", true, BIT(OPTION_PERIOD) | BIT(OPTION_AS_OF) | BIT(OPTION_UNIT) | BIT(OPTION_AUDIENCE)},
    {"verify", false, BIT(OPTION_PERIOD) | BIT(OPTION_AUDIENCE) | BIT(OPTION_OUTPUT)},
    {"cells", true, BIT(OPTION_SHEET)},
};

/* What a command would pass over in silence is refused. `given` has the bits of the options that stand there. */
static bool check_use(const struct options *options, unsigned given, struct diagnostics *diagnostics) {
    const size_t before = diagnostics->counts[DIAGNOSTIC_WORD_UNUSED];
    for (size_t i = 0; options->command && i < sizeof uses / sizeof *uses; i++) {
        const struct use *use = &uses[i];
        if (strcmp(use->command, options->command) != 0)
            continue;
        const unsigned unused = given & ~use->options & ~BIT(OPTION_LOG);
        for (size_t o = 0; long_options[o].name; o++)
            if (long_options[o].val >= OPTION_PERIOD && unused & BIT(long_options[o].val))
                diagnose(diagnostics, WORD_UNUSED, NULL, use->command,
                         arena_printf(diagnostics->arena, "--%s", long_options[o].name));
        for (size_t w = 0; !use->words && w < options->operand_count; w++)
            diagnose(diagnostics, WORD_UNUSED, NULL, use->command, options->operands[w]);
    }
    return diagnostics->counts[DIAGNOSTIC_WORD_UNUSED] == before;
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

static bool take_audience(struct options *options, const char *word, struct diagnostics *diagnostics) {
    options->public_ = strcmp(word, "public") == 0;
    options->audience = word;
    if (options->public_ || strcmp(word, "internal") == 0)
        return true;
    diagnose(diagnostics, OPTION_VALUE, NULL, word, "--audience", "internal | public");
    return false;
}

static bool take_jobs(struct options *options, const char *word, struct diagnostics *diagnostics) {
    char *end;
    unsigned long jobs = strtoul(word, &end, 10);
    options->jobs = (unsigned)jobs;
    if (end != word && !*end && jobs >= 1 && jobs <= 64)
        return true;
    diagnose(diagnostics, OPTION_VALUE, NULL, word, "--jobs", "1 – 64");
    return false;
}

bool options_parse(struct options *options, int count, char **words, struct diagnostics *diagnostics) {
    *options = (struct options){.workspace = ".", .output = "outputs", .jobs = 1};
    opterr = 0;
    optind = 0;
    int option;
    unsigned given = 0;
    while ((option = getopt_long(count, words, known_letters, long_options, NULL)) != -1) {
        given |= option >= OPTION_PERIOD ? BIT(option) : 0;
        switch (option) {
        case OPTION_PERIOD:
            options->period = optarg;
            break;
        case OPTION_AS_OF:
            options->as_of = optarg;
            break;
        case OPTION_UNIT:
            options->unit = optarg;
            break;
        case OPTION_FORMAT:
            options->format = optarg;
            break;
        case OPTION_OUTPUT:
            options->output = optarg;
            break;
        case OPTION_AUDIENCE:
            if (!take_audience(options, optarg, diagnostics))
                return false;
            break;
        case OPTION_EACH:
            options->each = optarg;
            break;
        case OPTION_JOBS:
            if (!take_jobs(options, optarg, diagnostics))
                return false;
            break;
        case OPTION_SKIP_EMPTY:
            options->skip_empty = true;
            break;
        case OPTION_CATCH_UP:
            options->catch_up = true;
            break;
        case OPTION_TEMPLATES:
            options->templates = true;
            break;
        case OPTION_LOG:
            options->json = strcmp(optarg, "json") == 0;
            if (!options->json && strcmp(optarg, "text") != 0) {
                diagnose(diagnostics, OPTION_VALUE, NULL, optarg, "--log", "text | json");
                return false;
            }
            break;
        case OPTION_SHEET:
            options->sheet = optarg;
            break;
        case 'C':
            options->workspace = optarg;
            break;
        case 'q':
            options->quiet = true;
            break;
        case 'h':
            options->help = true;
            break;
        case 'V':
            options->version = true;
            break;
        case ':':
            diagnose(diagnostics, OPTION_MISSING, NULL, words[optind - 1],
                     diagnose_say(diagnostics, "một giá trị đi kèm", "a value"));
            return false;
        default:
            /* Stopping at 0 is an unknown long word; at an option that is known, "--help=report": a value too many. */
            if (!optopt || optopt >= OPTION_PERIOD || (optopt != ':' && strchr(known_letters, optopt)))
                return refuse(diagnostics, words[optind - 1], 0);
            return refuse(diagnostics, letters_at(words, count, optopt), optopt);
        }
    }
    options->operands = words + optind;
    options->operand_count = (size_t)(count - optind);
    if (options->operand_count) {
        options->command = *options->operands++;
        options->operand_count--;
    }
    for (size_t i = 0; i < options->operand_count; i++)
        if (is_dashed(options->operands[i]))
            return refuse(diagnostics, options->operands[i], 0);
    if (options->command && strcmp(options->command, "help") == 0) { /* as other programs have it */
        options->help = true;
        options->command = options->operand_count ? options->operands[0] : NULL;
        if (options->command && strcmp(options->command, "help") == 0)
            options->command = NULL;
    }
    return options->help || options->version || check_use(options, given, diagnostics);
}
