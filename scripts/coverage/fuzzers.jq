# Rows of fuzzer, inputs, and what aims.awk prints, as objects. Arguments: $root, as in summary.jq. Read with -R and -s.

def short_name: ltrimstr($root) | ltrimstr("apps/api/src/");
def figure($covered; $count):
  ($covered | tonumber) as $covered | ($count | tonumber) as $count
  | {covered: $covered, count: $count, percent: (if $count == 0 then null else (1000 * $covered / $count | floor) / 10 end)};

[split("\n")[] | select(. != "") | split("\t")
  | {
      fuzzer: .[0], inputs: (.[1] | tonumber), file: (.[2] | short_name),
      lines: figure(.[3]; .[4]), branches: figure(.[5]; .[6]), never_ran: .[7], never_taken: .[8]
    }]
