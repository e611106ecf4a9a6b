# Tab-separated rows, the first of them headings, as a table for people. Numbers go right; the last column is not padded.
BEGIN { FS = "\t" }
{
    rows = NR
    if (NF > columns) columns = NF
    for (i = 1; i <= NF; i++) {
        cell[NR, i] = $i
        if (length($i) > width[i]) width[i] = length($i)
        if (NR > 1 && $i !~ /^([0-9]|none$)/) text[i] = 1
    }
}
END {
    for (row = 1; row <= rows; row++) {
        line = " "
        for (i = 1; i <= columns; i++) {
            format = i == columns && text[i] ? " %s" : text[i] ? " %-" width[i] "s" : " %" width[i] "s"
            line = line sprintf(format (i < columns ? " " : ""), cell[row, i])
        }
        sub(/ +$/, "", line)
        print line
    }
}
