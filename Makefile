# tongket - from spreadsheets to signed reports.
#
#   make report    set up, build, and write the reports of the shipped inputs into outputs/
#   make test      set up, build with sanitizers, and run all tests
#   make test-office
#                  LibreOffice calculates every workbook anew and must find what we wrote
#   make build     set up and build ./tongket
#   make check     layers, layout, cppcheck, clang-tidy
#   make fuzz      SECONDS=60 of hostile inputs for each reader and parser
#   make oracle    SEEDS=1-20 of random offices: every figure of the reports worked out a second time
#   make metamorphic
#                  SEEDS=1-3 of random offices: changes that must leave the reports as they are, or move them in one way only
#   make bench     time, memory and growth, beside peers that are installed; SIZE='district province national'
#   make mutants   slips in the SQL of templates, and which of them no test notices; PART=3/20 FILES=… SAMPLE=500 SEED=1 OFFICES=1-6
#   make gallery   the pictures in the README
#   make install   PREFIX=/usr/local DESTDIR=
#   make clean
#
# "Set up" installs Debian packages that are missing, and nothing when none is.

FOLDERS = base sheet ledger store template document report render app
PACKAGES = gcc libc6-dev pkg-config libxlsxwriter-dev libhpdf-dev libcsv-dev libinih-dev libsqlite3-dev libcmark-dev \
           libutf8proc-dev libharfbuzz-dev zlib1g-dev libdeflate-dev libzip-dev libexpat1-dev fonts-liberation2
TEST_PACKAGES = libcmocka-dev poppler-utils qpdf python3 python3-openpyxl libasan8 libubsan1
OFFICE_PACKAGES = libreoffice-calc-nogui python3 python3-openpyxl
CHECK_PACKAGES = clang-format clang-tidy cppcheck
FUZZ_PACKAGES = clang libclang-rt-dev python3 python3-openpyxl

PREFIX ?= /usr/local
CC = gcc
CFLAGS ?= -O2 -g
# What costs nothing and makes an error of memory end the program instead of serving whoever found it.
HARDENING = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fcf-protection -fPIE
HARDENED_LINK = -pie -Wl,-z,relro,-z,now
WARNINGS = -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -Wstrict-prototypes -Wmissing-prototypes -Wshadow
SANITIZERS = -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
HARFBUZZ = $(shell pkg-config --cflags harfbuzz-subset 2>/dev/null)
LIBRARIES = -lxlsxwriter -lhpdf -lcsv -linih -lsqlite3 -lcmark -lutf8proc -lharfbuzz-subset -lharfbuzz -lzip -lexpat -ldeflate -lz -lpthread -lm

SOURCES = $(foreach folder,$(FOLDERS),$(wildcard src/$(folder)/*.c))
PARTS = $(filter-out src/app/main.c,$(SOURCES))
OBJECTS = $(SOURCES:src/%.c=build/release/%.o)
CAREFUL = $(SOURCES:src/%.c=build/careful/%.o)
CAREFUL_PARTS = $(PARTS:src/%.c=build/careful/%.o)
UNITS = $(patsubst tests/unit/%.c,build/unit/%,$(wildcard tests/unit/test_*.c))

# What is fuzzed ends where documents begin: what renderers are given is ours.
SECONDS ?= 60
FUZZ_TARGETS = csv xlsx ods charset ini template
FUZZ_PARTS = $(filter-out src/app/% src/render/%,$(SOURCES))
FUZZ_OBJECTS = $(FUZZ_PARTS:src/%.c=build/fuzz/parts/%.o)
FUZZ_CC = clang
FUZZ_FLAGS = -std=c11 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined

.PHONY: all report test test-office build check bench fuzz install clean setup setup-test setup-check setup-fuzz
all: build

build: setup
	@$(MAKE) --no-print-directory tongket

report: build
	for period in $$(cat tests/periods); do ./tongket report --period $$period --skip-empty || exit; done
	./tongket report contact-notice --period 2017-Q4 --format pdf

test: setup setup-test
	@$(MAKE) --no-print-directory tongket build/careful/tongket $(UNITS)
	sh tests/run.sh

test-office: build
	@sh tests/setup.sh $(OFFICE_PACKAGES)
	sh tests/office.sh

tongket: $(OBJECTS)
	@echo "  ld $@"
	@$(CC) $(CFLAGS) $(HARDENED_LINK) -o $@ $^ $(LIBRARIES)

build/careful/tongket: $(CAREFUL)
	@echo "  ld $@"
	@$(CC) $(SANITIZERS) -g -o $@ $^ $(LIBRARIES)

build/release/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  cc $@"
	@$(CC) $(WARNINGS) $(CFLAGS) $(HARDENING) $(HARFBUZZ) -Isrc -MMD -MP -c -o $@ $<

build/careful/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  cc $@"
	@$(CC) $(WARNINGS) -O1 -g $(SANITIZERS) $(HARFBUZZ) -Isrc -MMD -MP -c -o $@ $<

build/unit/%: tests/unit/%.c $(CAREFUL_PARTS)
	@mkdir -p $(@D)
	@echo "  cc $@"
	@$(CC) $(WARNINGS) -O1 -g $(SANITIZERS) -Isrc -MMD -MP -o $@ $< $(CAREFUL_PARTS) $(LIBRARIES) -lcmocka

-include $(OBJECTS:.o=.d) $(CAREFUL:.o=.d) $(UNITS:=.d)

check: setup setup-check
	sh tests/check.sh $(FOLDERS)

fuzz: build setup-fuzz
	@$(MAKE) --no-print-directory $(FUZZ_TARGETS:%=build/fuzz/%)
	sh tests/fuzz/run.sh $(SECONDS) $(FUZZ_TARGETS)

build/fuzz/%: tests/fuzz/fuzz_%.c $(FUZZ_OBJECTS) $(wildcard tests/fuzz/*.h)
	@echo "  cc $@"
	@$(FUZZ_CC) $(FUZZ_FLAGS) -Isrc -o $@ $< $(FUZZ_OBJECTS) $(LIBRARIES)

build/fuzz/parts/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  cc $@"
	@$(FUZZ_CC) $(FUZZ_FLAGS) $(HARFBUZZ) -Isrc -MMD -MP -c -o $@ $<

.SECONDARY: $(FUZZ_OBJECTS)
-include $(FUZZ_OBJECTS:.o=.d)

SEEDS ?= 1-3
.PHONY: oracle
oracle: build
	python3 tests/oracle/run.py --seeds $(SEEDS)

.PHONY: metamorphic
metamorphic: build
	python3 tests/oracle/metamorphic.py --seeds $(SEEDS)

bench: build
	sh tests/bench.sh $(SIZE)

.PHONY: mutants
mutants: build
	python3 tests/mutants/mutants.py $(if $(PART),--part $(PART)) $(if $(FILES),--files '$(FILES)') $(if $(SAMPLE),--sample $(SAMPLE)) \
	    $(if $(SEED),--seed $(SEED)) $(if $(OFFICES),--offices $(OFFICES)) $(if $(JOBS),--jobs $(JOBS)) $(if $(SUITES),--suites)

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/tongket
	install -m 755 tongket $(DESTDIR)$(PREFIX)/bin/tongket
	cp -R templates $(DESTDIR)$(PREFIX)/share/tongket/
	for unit in cron service timer; do \
	    sed 's|@BINDIR@|$(PREFIX)/bin|' src/app/cron/tongket.$$unit >$(DESTDIR)$(PREFIX)/share/tongket/tongket.$$unit; \
	done

clean:
	rm -rf build tongket

setup:
	@sh tests/setup.sh $(PACKAGES)

setup-test:
	@sh tests/setup.sh $(TEST_PACKAGES)

setup-fuzz:
	@sh tests/setup.sh $(FUZZ_PACKAGES)

setup-check:
	@sh tests/setup.sh $(CHECK_PACKAGES)

# Page one of every shipped report, of the last period it was made for; tests/gallery/README.md shows them all.
.PHONY: gallery
gallery: report setup-test
	sh tests/gallery.sh
