# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/hardening.sh"

# built FLAG...: a small program that copies what it is given, made with these flags
built() {
    cat >program.c <<'C'
#include <stdio.h>
#include <string.h>
int main(int count, char **words) {
    char copy[32];
    memcpy(copy, words[0], (size_t)count);
    return puts(copy);
}
C
    clang-19 -O2 -fuse-ld=lld-19 "$@" program.c -o program
}

# release_flags compile|link: those of the release, as the build description has them
release_flags() {
    sed -n '/^if(SAFARGO_HARDEN)/,/^endif()/p' "$SAFARGO_API_SOURCE/cmake/safargo.cmake" | tr '\n' ' ' |
        grep -oE "add_$1_options\\([^)]*\\)" | sed -E 's/^[a-z_]*\(|\)$//g' | grep -v "$(if [ "$(uname -m)" = x86_64 ]; then echo branch-p; else echo cf-p; fi)"
}

test_the_release_flags_harden_a_binary() {
    local flags
    mapfile -t flags < <({ release_flags compile && release_flags link; } | tr -s ' ' '\n')
    [ "${#flags[@]}" -gt 8 ]
    built "${flags[@]}"
    expect "$(hardening_faults "$PWD/program")" ""
}

test_a_plain_program_lacks_what_only_the_flags_give() {
    built
    expect "$(hardening_faults "$PWD/program" | grep -oE '\(-[^)]*\)' | tr '\n' ' ')" \
        "(-z now) (-fstack-protector-strong) (-D_FORTIFY_SOURCE=3) (-fcf-protection=full) "
}

test_a_fixed_address_and_a_stack_with_code_are_seen() {
    built -no-pie -z execstack -z norelro
    hardening_faults "$PWD/program" >faults
    grep -q -- '(-pie)' faults
    grep -q -- '(-z noexecstack)' faults
    grep -q -- '(-z relro)' faults
}

test_a_file_that_is_no_program_is_not_hardened() {
    echo text >program
    expect_failure hardening_faults "$PWD/program" 2>err
}
