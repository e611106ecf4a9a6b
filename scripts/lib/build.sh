# shellcheck shell=bash
# The C++ build: presets of apps/api/CMakePresets.json, results in .safargo/build/<preset>.

build_dir() { printf '%s/build/%s' "$SAFARGO_STATE" "$1"; }

# build_jobs: as many compilers as cores, but each needs about 1.5 GB.
build_jobs() {
    local cores memory jobs
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo)
    jobs=$((memory < cores ? memory : cores))
    printf '%s' "${SAFARGO_JOBS:-$((jobs < 1 ? 1 : jobs))}"
}

configure_build() {
    # an older build folder still has the flags of the presets it was configured with
    [ "$(build_dir "$1")/build.ninja" -nt "$SAFARGO_API_SOURCE/CMakePresets.json" ] || (cd "$SAFARGO_API_SOURCE" && cmake --preset "$1")
}

# compile PRESET [TARGET...]: clones share the compiler cache, since paths are relative to the clone.
compile() {
    local preset=$1 targets=()
    shift
    [ $# = 0 ] || targets=(--target "$@")
    export CCACHE_BASEDIR=$SAFARGO_ROOT CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1 CCACHE_DEPEND=1
    configure_build "$preset" &&
        (cd "$SAFARGO_API_SOURCE" && cmake --build --preset "$preset" -j "$(build_jobs)" "${targets[@]}")
}

# build_step PRESET [TARGET...]: a failed build shows the compiler's messages and ends the command.
build_step() {
    local preset=$1
    shift
    try_step "build $preset" "build-$preset" compile "$preset" "$@" && return 0
    show_build_errors "$preset"
    die "the $preset build failed; the whole output is in $SAFARGO_LOGS/build-$preset.log" "./safargo doctor reports missing tools"
}

show_build_errors() {
    local log=$SAFARGO_LOGS/build-$1.log
    if grep -q -E '^FAILED:|error:' "$log"; then
        grep -E -A 4 'error:|undefined symbol|^ld\.lld' "$log" | head -n 40 | sed 's/^/    /' >&2
    else
        show_tail "$log" 30
    fi
}

# programs PRESET SUFFIX: paths, relative to the build folder, of the programs whose names have this suffix.
# Taken from ninja, not from the disk, where programs of deleted folders remain.
programs() {
    ninja -C "$(build_dir "$1")" -t targets all 2>/dev/null |
        awk -F': ' -v suffix="$2" '$2 ~ /^CXX_EXECUTABLE_LINKER/ && substr($1, length($1) - length(suffix) + 1) == suffix { print $1 }' | sort
}

api_binary() { printf '%s' "${SAFARGO_API_BIN:-$(build_dir release)/src/app/safargo-api}"; }

ensure_api_binary() {
    [ -n "${SAFARGO_API_BIN:-}" ] || build_step release safargo-api
    [ -x "$(api_binary)" ] || die "safargo-api is missing: $(api_binary)"
}
