# cavillo: find the clauses worth a second look.
#   make run      set up, build, analyse the demo contract (or FILE=your-contract.txt)
#   make check    set up, build, run all tests
# README.md tells the rest.

# Debian packages: group, package.  `make run` installs the first group only.
define PACKAGES
run   gcc
run   libc6-dev
run   pkg-config
run   libpcre2-dev
run   libxml2-dev
run   libhunspell-dev
run   hunspell-it
run   hunspell-en-us
run   libutf8proc-dev
run   libjson-c-dev
run   libarchive-dev
run   libcmark-dev
run   libpoppler-glib-dev
test  libcmocka-dev
test  jq
test  libxml2-utils
test  zip
ci    clang
ci    libclang-rt-14-dev
ci    clang-format
ci    clang-tidy
ci    shellcheck
ci    valgrind
ci    chromium
endef
export PACKAGES

PREFIX  ?= /usr/local
VARIANT ?= release
CC      ?= cc
FILE    ?= corpus/it/posta.txt

B := $(if $(filter release,$(VARIANT)),build,build/$(VARIANT))

OPTIMIZE_release := -O2 -g
OPTIMIZE_clang   := -O2 -g
OPTIMIZE_debug   := -O0 -g
OPTIMIZE_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
                    -fno-omit-frame-pointer
LINK_asan        := -fsanitize=address,undefined
OPTIMIZE_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LINK_fuzz        := -fsanitize=address,undefined

LIBRARIES := libpcre2-8 libxml-2.0 hunspell libutf8proc json-c libarchive libcmark
WARNINGS  := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
             -Wmissing-prototypes -Wwrite-strings -Wundef -Wvla -Wformat=2 \
             $(if $(WERROR),-Werror)
CPPFLAGS  += -Ianalyzer -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -DPCRE2_CODE_UNIT_WIDTH=8 \
             -DCAVILLO_DATADIR='"$(PREFIX)/share/cavillo"' \
             $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
CFLAGS    := -std=c17 $(OPTIMIZE_$(VARIANT)) $(WARNINGS) -fstack-protector-strong \
             -D_FORTIFY_SOURCE=$(if $(filter release,$(VARIANT)),2,0) -MMD -MP
LDLIBS    := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lm
LDFLAGS   += $(LINK_$(VARIANT))

SOURCES   := $(filter-out analyzer/pdf/%,$(wildcard analyzer/*.c analyzer/*/*.c))
MAINS     := analyzer/main.c analyzer/lexicon_main.c
OBJECTS   := $(patsubst analyzer/%.c,$(B)/obj/%.o,$(filter-out $(MAINS),$(SOURCES)))
# The PDF helper: the only program that knows poppler.
PDF_OBJECTS := $(patsubst analyzer/%.c,$(B)/obj/%.o,$(wildcard analyzer/pdf/*.c)) \
               $(addprefix $(B)/obj/base/,arena.o array.o hash.o str.o utf8.o)
LANGUAGES := $(patsubst rules/%/language.xml,%,$(wildcard rules/*/language.xml))
FORMS     := $(LANGUAGES:%=$(B)/lexicon/%)
UNITS     := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

.PHONY: all run check unit setup-run setup-test setup-ci asan bench fuzz lint format format-check golden \
        corpus install uninstall clean
all: $(B)/cavillo $(B)/cavillo-pdf $(FORMS)
	@:

# --- set-up: prints what it does, says nothing when there is nothing to do --------------------

define SETUP
set -e; \
wanted=$$(printf '%s\n' "$$PACKAGES" | awk -v groups="$(1)" 'index(groups, $$1) { print $$2 }'); \
missing=; \
for p in $$wanted; do \
  dpkg-query -W -f='$${Status}' "$$p" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
done; \
[ -n "$$missing" ] || exit 0; \
line="apt-get install -y --no-install-recommends$$missing"; \
if [ "$$(id -u)" = 0 ]; then sudo=; \
elif command -v sudo >/dev/null 2>&1; then sudo=sudo; \
else echo "Missing Debian packages. Ask the administrator to run:"; echo "  $$line"; exit 1; fi; \
echo "Debian packages needed:$$missing"; echo "  $$sudo $$line"; \
mkdir -p build; \
{ $$sudo apt-get update && $$sudo env DEBIAN_FRONTEND=noninteractive $$line; } >build/apt.log 2>&1 || \
  { tail -n 5 build/apt.log; echo "apt failed; the whole log is build/apt.log"; exit 1; }; \
echo "Installed $$(echo $$missing | wc -w) Debian packages."
endef

setup-run:
	@$(call SETUP,run)
setup-test:
	@$(call SETUP,run test)
setup-ci:
	@$(call SETUP,run test ci)

# --- build ------------------------------------------------------------------------------------

$(B)/cavillo: $(B)/obj/main.o $(OBJECTS)
	@echo "link $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/cavillo-lexicon: $(B)/obj/lexicon_main.o $(OBJECTS)
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/cavillo-pdf: $(PDF_OBJECTS)
	@$(CC) $(LDFLAGS) -o $@ $^ -Wl,--as-needed $(shell pkg-config --libs poppler-glib libutf8proc) -lm

$(B)/obj/pdf/%.o: CPPFLAGS += $(subst -I,-isystem ,$(shell pkg-config --cflags poppler-glib))
$(B)/obj/%.o: analyzer/%.c Makefile
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# All forms of the lemmas that the rules mention, found with hunspell.
.SECONDEXPANSION:
$(B)/lexicon/%: $(B)/cavillo-lexicon $$(wildcard rules/$$*/*.xml)
	@mkdir -p $(@D)
	@$< rules $* $@

$(B)/tests/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) -Itests/unit $(filter-out -Wmissing-prototypes,$(CFLAGS)) $(LDFLAGS) -o $@ \
	  $< $(OBJECTS) $(LDLIBS) -lcmocka

# --- the two commands of the README -------------------------------------------------------------

run: setup-run
	@$(MAKE) --no-print-directory all
	@tests/demo.sh $(B)/cavillo "$(FILE)"

check: setup-test
	@$(MAKE) --no-print-directory all unit
	@tests/run.sh $(B)

unit: $(UNITS)
	@:

# --- more -----------------------------------------------------------------------------------------

asan: setup-test
	@$(MAKE) --no-print-directory VARIANT=asan all unit
	@tests/run.sh build/asan

# CAVILLO_TERMS=DIR: a folder of more contracts (DIR/<lang>/NAME.txt) to measure on.
BENCH_FILES = corpus/it/posta.txt corpus/it/palestra.txt corpus/it/telefonia.txt corpus/en/cloud.txt \
              $(wildcard $(if $(CAVILLO_TERMS),$(CAVILLO_TERMS)/it/*.txt $(CAVILLO_TERMS)/en/*.txt))
bench: all
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $(B)/bench tests/bench/bench.c $(OBJECTS) $(LDLIBS)
	@$(B)/bench $(BENCH_FILES)

FUZZ_SECONDS ?= 60
fuzz: setup-ci all
	@$(MAKE) --no-print-directory CC=clang VARIANT=fuzz build/fuzz/fuzz_pipeline
	@mkdir -p build/fuzz/corpus
	build/fuzz/fuzz_pipeline -max_total_time=$(FUZZ_SECONDS) -max_len=20000 -timeout=10 \
	  -artifact_prefix=build/fuzz/ build/fuzz/corpus corpus/it corpus/en

build/fuzz/fuzz_pipeline: tests/fuzz/fuzz_pipeline.c $(OBJECTS)
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $^ $(LDLIBS)

golden: all
	@UPDATE=1 tests/golden/run.sh $(B)/cavillo

corpus: all
	@tests/corpus.sh $(B)/cavillo
	@tests/clauses.sh $(B)/cavillo

lint: all
	clang-tidy --quiet $(SOURCES) -- $(CPPFLAGS) -std=c17
	shellcheck -x -e SC2154 -S warning tests/*.sh tests/*/*.sh .ci/run
	$(B)/cavillo rules lint

FORMATTED := $(wildcard analyzer/*.[ch] analyzer/*/*.[ch] tests/*/*.[ch])
format:
	clang-format -i $(FORMATTED)
format-check:
	clang-format --dry-run -Werror $(FORMATTED)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/cavillo
	install -m 755 build/cavillo $(DESTDIR)$(PREFIX)/bin/cavillo
	install -d $(DESTDIR)$(PREFIX)/libexec/cavillo
	install -m 755 build/cavillo-pdf $(DESTDIR)$(PREFIX)/libexec/cavillo/cavillo-pdf
	cp -R rules/. $(DESTDIR)$(PREFIX)/share/cavillo/
	install -D -m 644 analyzer/cavillo.1 $(DESTDIR)$(PREFIX)/share/man/man1/cavillo.1
	install -d $(DESTDIR)$(PREFIX)/share/cavillo/lexicon
	install -m 644 $(FORMS) $(DESTDIR)$(PREFIX)/share/cavillo/lexicon/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/cavillo
	rm -rf $(DESTDIR)$(PREFIX)/share/cavillo $(DESTDIR)$(PREFIX)/libexec/cavillo

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(PDF_OBJECTS:.o=.d) $(B)/obj/main.d $(B)/obj/lexicon_main.d
