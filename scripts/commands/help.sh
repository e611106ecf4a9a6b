#!/usr/bin/env bash
# ./safargo help: the commands.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

cat <<'TEXT'
SafarGo: ./safargo <command>

  up                  install what is missing, build, start everything, load Algeria and a demo
                      --with redis,s3,opensearch (or all) also starts these real systems and uses them;
                      up alone goes back to the embedded defaults
  test                all tests; ends with "N passed, N failed, N skipped"
                      --only unit|tsan|fuzz|functional|checks [FILTER] runs a part
  prove [PART...]     what takes a night, and one report: thousand rounds, fuzzers, bench, soak, Debian 13
                      (--list says what, --json prints the report; kept in .safargo/prove/<time>/)

  down [--wipe]       stop what up started; --wipe also deletes the database and the systems' data
  status [--json]     what runs, and where
  logs [api|postgres|redis|…] [-f] [-n LINES]
  doctor [--json]     what is missing or wrong on this machine, and the command that fixes it

  build [PRESET]      release (default), dev, bench, asan, tsan or coverage
  migrate             apply migrations to the development database (--dry-run shows them;
                      --write-schema regenerates packages/database/schema.sql)
  seed                load the data and the demo again
  openapi             print the contract (--write regenerates packages/api-client)

  fmt                 format the C++ sources
  lint [--all]        clang-tidy on changed files, or on all
  check [NAME...]     format, lint, layers, tables, events, messages, sizes, contract, schema, scripts, words, hardening
  fuzz [TARGET] [--seconds N]
  coverage [--json] [--found] [FILTER]
                      which C++ code the unit tests and the fuzzers' inputs run, per folder and
                      per fuzzer; --found adds what ./safargo fuzz found; HTML in .safargo/coverage/html
  release [--dry-run] tag the committed main as the version that CHANGELOG.md and the program say
  bench [--quick]     measure against the peers and the budgets (--list says what, --help how);
                      the report goes to .safargo/bench/results/<time>/report.html

Environment: PORT (API, default 3000), SAFARGO_JOBS (compilers at once), SAFARGO_TEST_JOBS
(test programs at once), SAFARGO_TEST_SCALE (1; 20 for a night run), SAFARGO_API_BIN (a ready binary
in place of the build), SAFARGO_RACE_SEED (replays a race for seats), NO_COLOR. State, logs
and secrets of this clone are in .safargo/.
TEXT
