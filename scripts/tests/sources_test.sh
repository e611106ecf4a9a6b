# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/sources.sh"

# repository: two commits on main, a branch with one more, one new and one ignored file
repository() {
    export SAFARGO_ROOT=$PWD GIT_CONFIG_GLOBAL=/dev/null
    git init -q -b main .
    git config user.email tester@localhost
    git config user.name tester
    mkdir -p apps
    echo ignored.cpp >.gitignore
    touch apps/old.cpp apps/gone.cpp
    git add . && git commit -qm first
    git checkout -q -b work
    touch apps/committed.cpp apps/fresh.cpp apps/ignored.cpp
    git add apps/committed.cpp && git commit -qm second
    rm apps/gone.cpp
}

names() { tr '\0' '\n' | sort | tr '\n' ' '; }

test_all_sources_are_tracked_or_new_and_exist() {
    repository
    expect "$(cpp_sources | names)" "apps/committed.cpp apps/fresh.cpp apps/old.cpp "
}

test_changed_files_are_counted_from_the_main_branch() {
    repository
    expect "$(changed_files 'apps/**.cpp' | names)" "apps/committed.cpp apps/fresh.cpp "
}

test_without_a_main_branch_only_the_work_tree_counts() {
    repository
    git branch -q -D main
    expect "$(changed_files 'apps/**.cpp' | names)" "apps/fresh.cpp "
}
