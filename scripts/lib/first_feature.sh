# shellcheck shell=bash
# docs/first-feature.md as a program: its commands in order, on a clean clone, and its excerpts beside the sample's files.
# A fence is "sh" (seconds), "sh slow" (compiles), or "LANGUAGE FILE" for an excerpt of a file in apps/api/samples.

# split_document FILE INTO: each block as INTO/NNN with its fence, line and file in INTO/NNN.about.
split_document() {
    mkdir -p "$2"
    awk -v into="$2" '
        /^```/ && !inside { inside = 1; block = sprintf("%s/%03d", into, ++n); print FNR, substr($0, 4) >(block ".about"); printf "" >block; next }
        /^```$/ { inside = 0; close(block); close(block ".about"); next }
        inside { print >block }
        END { exit inside }' "$1"
}

# excerpt_faults DOCUMENT SAMPLES: a line for each excerpt that does not stand in its file, word by word.
excerpt_faults() {
    local folder about line language file
    folder=$(mktemp -d --suffix=-safargo)
    split_document "$1" "$folder" || echo "$1: the last block has no end"
    for about in "$folder"/*.about; do
        read -r line language file <"$about"
        [ "$language" != sh ] || continue
        if [ -z "$file" ] || [ ! -f "$2/$file" ]; then
            echo "$1:$line: say of which file of $2 this is an excerpt"
        elif [[ $'\n'$(<"$2/$file")$'\n' != *$'\n'"$(<"${about%.about}")"$'\n'* ]]; then
            echo "$1:$line: this does not stand in $2/$file"
        fi
    done
    rm -rf "$folder"
}

# What the suite around us tells its own commands is not for those of the clone.
forget_own_settings() {
    local name
    for name in $(compgen -e); do
        case $name in
            SAFARGO_TEST_POSTGRES | SAFARGO_TEST_*_HOME | SAFARGO_API_BIN | SAFARGO_JOBS | SAFARGO_TEST_JOBS | SAFARGO_TEST_SCALE) ;;
            SAFARGO_* | PROVE_* | TEST_LOGS | RESULTS_DIR | GTEST_CHOICE) unset -v "$name" ;;
        esac
    done
}

# run_document CLONE [slow]: without "slow" the commands that compile are left out.
run_document() {
    local folder about line fence
    folder=$(mktemp -d --suffix=-safargo)
    split_document "$1/docs/first-feature.md" "$folder"
    for about in "$folder"/*.about; do
        read -r line fence <"$about"
        case "$fence ${2:-}" in "sh " | "sh slow" | "sh slow slow") ;; *) continue ;; esac
        echo "--- docs/first-feature.md:$line" && cat "${about%.about}"
        (forget_own_settings && cd "$1" && exec bash -euo pipefail "${about%.about}") </dev/null || {
            echo "the commands at docs/first-feature.md:$line failed"
            return 1
        }
    done
    rm -rf "$folder"
}

# copied_faults CLONE: whether the document has copied all of the sample, and nothing else.
copied_faults() { diff -r "$1"/apps/api/samples/features/favourites "$1"/apps/api/src/features/favourites; }

# clean_clone FOLDER: of what is committed here, with the Node of this clone.
clean_clone() {
    git clone -q "$SAFARGO_ROOT" "$1" && mkdir -p "$1/.safargo" && ln -s "$NODE_HOME" "$1/.safargo/node"
}
