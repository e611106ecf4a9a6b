#!/usr/bin/env bash
# ./safargo build [PRESET] [TARGET...]: compiles apps/api (presets: release, dev, bench, asan, tsan, coverage).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

preset=${1:-release}
[ $# = 0 ] || shift
case $preset in
    release | dev | bench | asan | tsan | coverage) ;;
    *) usage_error "build [release|dev|bench|asan|tsan|coverage] [TARGET...]" ;;
esac
take_lock work
case $preset in
    release | dev) ensure_packages ;;
    *) ensure_packages up test ;; # sanitizers, coverage, micro-benchmarks
esac
build_step "$preset" "$@"
say "  results in $(build_dir "$preset")"
