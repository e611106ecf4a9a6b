# What is published and who listens, as the sources say it. A kind is declared once, by a feature; a subscription is named
# after the feature that it stands in; handlers listen only to declared kinds.
function complain(file, line, reason) {
    printf "%s:%d: %s\n", file, line, reason
    bad = 1
}

# The text between the first two quotes of `found`.
function quoted(found) {
    sub(/^[^"]*"/, "", found)
    sub(/".*$/, "", found)
    return found
}

FNR == 1 {
    feature = ""
    if (match(FILENAME, /\/features\/[^\/]+\//)) feature = substr(FILENAME, RSTART + 10, RLENGTH - 11)
}

/^[ \t]*\/\// { next }

match($0, /EventKind [a-z_]+[{]"[^"]*"/) {
    kind = quoted(substr($0, RSTART, RLENGTH))
    if (feature == "") complain(FILENAME, FNR, "the kind " kind " is declared outside the features")
    if (kind in declared) complain(FILENAME, FNR, "the kind " kind " is declared in " declared[kind] ", too")
    declared[kind] = FILENAME
}

match($0, /[.]name = "[a-z_]+[.][a-z_0-9]+"/) {
    name = quoted(substr($0, RSTART, RLENGTH))
    if (index(name, feature ".") != 1) complain(FILENAME, FNR, "the subscription " name " stands in " (feature == "" ? "no feature" : feature))
}

match($0, /[{]"[a-z_]+[.][a-z_0-9]+", *\[/) {
    handled[++handlers] = quoted(substr($0, RSTART, RLENGTH))
    where[handlers] = FILENAME
    line[handlers] = FNR
}

END {
    for (i = 1; i <= handlers; i++)
        if (!(handled[i] in declared)) complain(where[i], line[i], "handles " handled[i] ", which is not declared")
    exit bad
}
