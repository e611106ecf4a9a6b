# The summary as tab-separated rows for people. Arguments: $part, which table.

def share: if .count == 0 then "none" else "\(.percent) %  \(.covered)/\(.count)" end;
def shares: (.lines | share), (.functions | share), (.branches | share);
def few($most): split(" ") | if length > $most then .[:$most] + ["and \(length - $most) more"] else . end | join(" ");

if $part == "folders" then
  ["folder", "lines", "functions", "branches"], (.folders[] | [.folder, shares]), ["total", (.totals | shares)]
elif $part == "worst" then
  ["file", "lines", "functions", "branches"],
  (.files | map(select(.lines.covered < .lines.count)) | sort_by(.lines.covered - .lines.count) | .[:12][] | [.file, shares])
elif $part == "fuzzers" then
  ["fuzzer", "inputs", "aimed at", "lines", "branches", "lines that never ran; ? a branch never taken"],
  (.fuzzers[] | [.fuzzer, (.inputs | tostring), .file, (.lines | share), (.branches | share),
    ([(.never_ran | few(8)), (.never_taken | few(8) | if . == "" then "" else "? " + . end)] | map(select(. != "")) | join("  "))])
else error("no table \($part)") end
| @tsv
