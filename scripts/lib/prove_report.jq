# The report of ./safargo prove as text; $folder is where it stands.
def duration: if . >= 7200 then "\(. / 3600 | floor) h \(. % 3600 / 60 | floor) min" elif . >= 120 then "\(. / 60 | floor) min"
    else "\(.) s" end;
def pad(n): . + (" " * ([n - length, 0] | max));
"SafarGo, what was proved on \(.started) in \(.seconds | duration)",
"commit \(.commit); \(.system)",
"",
(.parts[] |
    "  \(.status | pad(7))  \(.part | pad(10))  \(.seconds | duration | pad(10))  \(.what)",
    (if .why then "           because: \(.why)" else empty end),
    (.facts[] | "           \(.name): \(.value)"),
    (if .status == "failed" then "           log: \($folder)/\(.log)" else empty end)),
"",
"\(.passed) passed, \(.failed) failed, \(.skipped) skipped"
