# shellcheck shell=bash
# What can be read from a hardened binary; the flags are in apps/api/cmake/safargo.cmake. Debian's own start-up files have no CET
# mark, so the whole program cannot have it; our code has the landing pads that the mark would promise.

READ_ELF=llvm-readelf-19

# hardening_faults BINARY: a line for each protection that it lacks.
hardening_faults() {
    local headers dynamic symbols
    headers=$("$READ_ELF" --file-header --program-headers --wide "$1") || return 1
    dynamic=$("$READ_ELF" --dynamic "$1")
    symbols=$("$READ_ELF" --dyn-syms --wide "$1")
    grep -q 'Type: *DYN' <<<"$headers" && grep -q 'FLAGS_1.* PIE' <<<"$dynamic" || echo "no position-independent executable (-pie)"
    grep -q 'GNU_RELRO' <<<"$headers" || echo "no read-only relocations (-z relro)"
    grep -q 'BIND_NOW' <<<"$dynamic" || echo "relocations stay writable until first use (-z now)"
    grep -qE 'GNU_STACK .* RW +0x' <<<"$headers" || echo "the stack may hold code (-z noexecstack)"
    grep -q '__stack_chk_fail' <<<"$symbols" || echo "no stack protector (-fstack-protector-strong)"
    grep -qE '__(mem|str|v?snprintf|read|recv)[a-z]*_chk' <<<"$symbols" || echo "no checked library calls (-D_FORTIFY_SOURCE=3)"
    [ "$(uname -m)" != x86_64 ] || starts_with_landing_pad "$1" || echo "no landing pads for indirect calls (-fcf-protection=full)"
}

starts_with_landing_pad() {
    llvm-objdump-19 --disassemble-symbols=main --no-show-raw-insn "$1" | grep -A 1 '<main>:' | grep -q endbr64
}
