# Prints every include that points upwards or sideways, and fails if there is one. Tests may include anything.
BEGIN {
    order = "core:0 config:1 contract:1 db:1 net:1 geo:1 matching:2 pictures:2 ports:3 http:4 pages:5 api:5 adapters:6 platform:6 features:7 jobs:7 seed:8 app:9"
    n = split(order, pairs, " ")
    for (i = 1; i <= n; i++) {
        split(pairs[i], pair, ":")
        rank[pair[1]] = pair[2]
    }
}

function folder_of(path) {
    sub(/^\.\//, "", path)
    return index(path, "/") ? substr(path, 1, index(path, "/") - 1) : ""
}

function noun_of(path,    parts) {
    sub(/^\.\//, "", path)
    split(path, parts, "/")
    return parts[2]
}

function complain(reason) {
    printf "%s:%d: includes \"%s\": %s\n", FILENAME, FNR, target, reason
    bad = 1
}

FNR == 1 { from = folder_of(FILENAME) }

/^[ \t]*#[ \t]*include[ \t]*"/ {
    target = $0
    sub(/^[^"]*"/, "", target)
    sub(/".*$/, "", target)
    to = folder_of(target)
    if (from == "" || from == "testing") next
    if (!(from in rank)) complain("folder " from " has no place in the order (scripts/checks/layers.awk)")
    else if (to == "testing") complain("testing/ is for tests only")
    else if (!(to in rank)) complain("write includes from apps/api/src, through a folder of the order")
    else if (to != from && rank[to] >= rank[from]) complain(from " must not know " to)
    else if (to == "features" && from == "features" && noun_of(target) != noun_of(FILENAME) &&
             target !~ /\/(module|service|types|events)\.hpp$/)
        complain("another feature is met through its module.hpp, service.hpp, types.hpp or events.hpp")
}

END { exit bad }
