# shellcheck shell=bash
# What ./safargo doctor looks at (see doctor.sh): packages, and the real systems that are optional.

# packages_can_be_installed: by the user who asks.
packages_can_be_installed() { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }

# look_at_package_group GROUP LEVEL COMMAND WHAT_FOR: LEVEL if some are missing, which COMMAND installs.
look_at_package_group() {
    local missing
    mapfile -t missing < <(missing_packages "$1")
    if [ "${#missing[@]}" = 0 ]; then
        found good "all $(wanted_packages "$1" | wc -l) Debian packages $4 are installed"
    elif packages_can_be_installed; then
        found "$2" "missing packages $4: ${missing[*]}" "$3 installs them"
    else
        found "$2" "missing packages $4, which you cannot install: ${missing[*]}" "as root: apt-get install ${missing[*]}"
    fi
}

look_at_packages() {
    look_at_package_group up problem "./safargo up" "to build and run SafarGo"
    look_at_package_group test warning "./safargo test" "that only tests, checks and measurements need"
    if node_is_ready; then
        found good "Node $NODE_VERSION and pnpm $(pnpm_version)"
    else
        found warning "Node $NODE_VERSION and pnpm $(pnpm_version) are not in .safargo/node" "./safargo up installs them"
    fi
}

# look_at_unused_system NAME: none of them is needed.
look_at_unused_system() {
    local missing
    missing=$(missing_for "$1" | paste -sd ' ')
    if [ -z "$missing" ]; then
        found good "$1 is not used (./safargo up --with $1 starts it)"
    else
        found good "$1 is not used (./safargo up --with $1 installs $missing and starts it)"
    fi
}

look_at_systems() {
    local name used state where
    while IFS=$'\t' read -r name used state where; do
        case $used:$state in
            no:stopped) look_at_unused_system "$name" ;;
            no:*) found warning "$name runs, and SafarGo does not use it" "./safargo up --with $name, or ./safargo down" ;;
            yes:running) found good "$name is running: $where" ;;
            yes:stopped) found warning "$name is stopped, and SafarGo is to use it" "./safargo up --with $(systems_in_use | paste -sd ,)" ;;
            *) found problem "$name is unhealthy${where:+: $where}" "./safargo logs $name; ./safargo down, then up --with $(systems_in_use | paste -sd ,)" ;;
        esac
    done < <(systems_lines)
}
