# Draws what a command printed as a picture of a terminal:
#   ./safargo up | awk -f docs/images/terminal.awk -v title='./safargo up' >docs/images/up.svg
# Headings (flush left after an empty line) are bold, "ok" is green; signs of life ("...") are left out.
function escaped(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

function row(text, style) { printf "  <text x=\"20\" y=\"%d\"%s xml:space=\"preserve\">%s</text>\n", 62 + 19 * shown++, style, text }

{ sub(/\r$/, "") }
/^  \.\.\.  / { next }
{
    lines[++count] = $0
    if (length($0) > longest) longest = length($0)
}

END {
    while (count > 0 && lines[count] == "") count--
    first = 1
    while (first <= count && lines[first] == "") first++
    width = 44 + 7.9 * longest # of a letter of 13 px, with some room for wider fonts
    height = 76 + 19 * (count - first + 1)
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n", width, height, width, height, escaped(title)
    printf "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#14181f\"/>\n", width, height
    for (i = 0; i < 3; i++) printf "<circle cx=\"%d\" cy=\"18\" r=\"5\" fill=\"%s\"/>\n", 20 + 17 * i, i == 0 ? "#e06c5f" : i == 1 ? "#e2b455" : "#6fb56a"
    print "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\" fill=\"#d7dce4\">"
    printf "  <text x=\"20\" y=\"42\"><tspan fill=\"#6fb56a\">$ </tspan>%s</text>\n", escaped(title)
    for (i = first; i <= count; i++) {
        line = escaped(lines[i])
        if (line ~ /^  ok  /) row("  <tspan fill=\"#6fb56a\">ok</tspan>" substr(line, 5), "")
        else if (line ~ /^[^ ]/ && (i == first || lines[i - 1] == "")) row(line, " font-weight=\"bold\" fill=\"#ffffff\"")
        else row(line, "")
    }
    print "</g>\n</svg>"
}
