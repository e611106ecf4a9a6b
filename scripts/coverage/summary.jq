# llvm-cov's export, as totals, folders and files of ours. Arguments: $root, the clone's folder with a slash at its end.
# Files without a line of code say nothing about coverage.

# Rounded down: what is shown as 100 is whole.
def figure: {covered, count, percent: (if .count == 0 then null else (1000 * .covered / .count | floor) / 10 end)};
def figures: {lines: (.lines | figure), functions: (.functions | figure), branches: (.branches | figure)};

def add_up: {covered: (map(.covered) | add // 0), count: (map(.count) | add // 0)};
def together: {lines: (map(.lines) | add_up), functions: (map(.functions) | add_up), branches: (map(.branches) | add_up)} | figures;

def short_name: ltrimstr($root) | ltrimstr("apps/api/src/");
def folder: if contains("/") then sub("/[^/]*$"; "") else "src" end;

[.data[0].files[] | {file: (.filename | short_name)} + (.summary | figures) | select(.lines.count > 0)]
| {
    totals: together,
    folders: (map(. + {folder: (.file | folder)}) | group_by(.folder) | map({folder: .[0].folder} + together)),
    files: .
  }
