# shellcheck shell=bash
# Debian packages of the real systems (systems.sh). A package that brings a server of its own must neither start it now nor at the
# next boot: it would take a port and memory that the machine's owner did not offer.

SERVICE_POLICY=/usr/sbin/policy-rc.d # Debian asks this program before it starts a service

without_services() {
    [ ! -e "$SERVICE_POLICY" ] || return 0 # the machine has a policy of its own, as containers have
    on_exit allow_services
    printf '#!/bin/sh\n# safargo\nexit 101\n' | as_root tee "$SERVICE_POLICY" >/dev/null && as_root chmod 755 "$SERVICE_POLICY"
}
allow_services() { if grep -qsx '# safargo' "$SERVICE_POLICY"; then as_root rm -f "$SERVICE_POLICY"; fi; }

installed_packages() { dpkg-query -W -f='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort; }

# keep_from_boot: the services of the packages named on standard input.
keep_from_boot() {
    xargs -r dpkg -L | sed -n 's|^/etc/init\.d/||p' | while IFS= read -r service; do as_root update-rc.d "$service" disable; done
}

# install_quietly PACKAGE...
install_quietly() {
    local before
    before=$(installed_packages)
    apt_lists && apt_install "$@" && comm -13 <(printf '%s\n' "$before") <(installed_packages) | keep_from_boot
}

# missing_for NAME: what the system's script needs and this machine lacks.
missing_for() {
    local wanted
    wanted=$(call_system "$SYSTEM_ANSWER_SECONDS" "$1" packages) || return
    # shellcheck disable=SC2086  # one argument per package
    [ -z "$wanted" ] || not_installed $wanted
}

# install_system NAME: in a step of its own if something is missing; 77 if it cannot be installed here.
install_system() {
    local missing why=
    mapfile -t missing < <(missing_for "$1")
    if [ "${#missing[@]}" = 0 ]; then return 0; fi
    if ! command -v apt-get >/dev/null; then why="this system has no apt-get"; elif why=$(no_root); then :; else why=; fi
    if [ -n "$why" ]; then
        try_step "$1" "system-$1" cannot_be_had "it needs ${missing[*]}, and $why"
        return
    fi
    without_services
    local status=0
    try_step "$1: ${#missing[@]} Debian packages" "system-$1" install_or_say "${missing[@]}" || status=$?
    allow_services
    return "$status"
}

install_or_say() { install_quietly "$@" || cannot_be_had "its Debian packages could not be installed: $*"; }
