# llvm-cov's lcov export, as one line for each file: name, lines run, lines, branches taken, branches, the lines that never
# ran ("3-5 9"), the lines that ran with a branch that was never taken. Separated by tabs. The figures are llvm-cov's own,
# which counts a line of two functions twice: so they agree with the other tables.

function add_missed(line) {
    if (last && line == last + 1) { last = line; return }
    close_range()
    first = last = line
}

function close_range() {
    if (last) missed = missed (missed == "" ? "" : " ") (first == last ? first : first "-" last)
    first = last = 0
}

function start_file() {
    file = lines = lines_run = branches = branches_taken = last = 0
    missed = half = ""
    delete runs
    delete seen
}

BEGIN { start_file() }
/^SF:/ { start_file(); file = substr($0, 4) }
/^DA:/ {
    split(substr($0, 4), part, ",")
    runs[part[1]] = part[2]
    if (part[2] == 0) add_missed(part[1])
}
/^BRDA:/ {
    split(substr($0, 6), part, ",")
    if (part[4] == 0 && runs[part[1]] > 0 && !seen[part[1]]++) half = half (half == "" ? "" : " ") part[1]
}
/^LH:/ { lines_run = substr($0, 4) }
/^LF:/ { lines = substr($0, 4) }
/^BRH:/ { branches_taken = substr($0, 5) }
/^BRF:/ { branches = substr($0, 5) }
/^end_of_record/ {
    close_range()
    printf "%s\t%d\t%d\t%d\t%d\t%s\t%s\n", file, lines_run, lines, branches_taken, branches, missed, half
}
