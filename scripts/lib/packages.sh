# shellcheck shell=bash
# Debian packages: looked up in one fast query, installed only when some are missing. packages.txt has two groups: "up" for what
# builds and runs SafarGo, "test" for what only tests, checks and measures it.

# debian_release: the release whose package names apply, 12 or 13; an unnumbered or newer Debian uses those of 13.
debian_release() {
    local version
    # shellcheck source=/dev/null
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
    if [ "${version%%.*}" = 12 ]; then printf 12; else printf 13; fi
}

# wanted_packages GROUP...: what packages.txt lists under them, in the names of this release.
wanted_packages() {
    awk -v release="$(debian_release)" -v groups=" $* " '
        /^\[/ { wanted = index(groups, " " substr($1, 2, length($1) - 2) " "); next }
        wanted && $1 !~ /^#/ && NF {
            n = split($1, names, "|")
            print names[release == 13 ? n : 1]
        }' "$SAFARGO_ROOT/scripts/packages.txt"
}

# not_installed PACKAGE...: those of them that are missing.
not_installed() {
    { dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || :; } |
        awk -v wanted="$*" '
            $1 == "installed" { have[$2] = 1 }
            END { n = split(wanted, names, " "); for (i = 1; i <= n; i++) if (!(names[i] in have)) print names[i] }'
}

# missing_packages GROUP...: those of packages.txt, and npm if nothing else can fetch Node.
missing_packages() {
    local wanted
    mapfile -t wanted < <(wanted_packages "$@")
    if ! node_is_ready && ! command -v npm >/dev/null; then wanted+=(npm); fi
    not_installed "${wanted[@]}"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n env DEBIAN_FRONTEND=noninteractive "$@"; fi
}

# no_root: why nothing can be installed; succeeds if so. Asks for the sudo password now, on the terminal, not in the middle of
# a logged step.
no_root() {
    [ "$(id -u)" != 0 ] || return 1
    command -v sudo >/dev/null || { printf 'you are not root, and sudo is not installed' && return 0; }
    if sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; then return 1; fi
    printf 'sudo needs a password'
}

# need_root_for COMMAND
need_root_for() {
    local why
    if why=$(no_root); then die "packages are missing, and $why" "run this as root, then ./safargo again: $1"; fi
}

# While PostgreSQL is installed, no system-wide cluster is created on port 5432: SafarGo has its own, and the machine's
# owner should not have to remove one. The setting is removed after the installation.
CREATECLUSTER_DIR=/etc/postgresql-common/createcluster.d
without_main_cluster() {
    as_root mkdir -p "$CREATECLUSTER_DIR" &&
        echo 'create_main_cluster = false' | as_root tee "$CREATECLUSTER_DIR/safargo.conf" >/dev/null &&
        on_exit allow_main_cluster
}
allow_main_cluster() {
    as_root rm -f "$CREATECLUSTER_DIR/safargo.conf"
    as_root rmdir --ignore-fail-on-non-empty "$CREATECLUSTER_DIR"
}

apt_lists() { as_root apt-get update -o DPkg::Lock::Timeout=300; }

apt_install() {
    as_root apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

# ensure_packages [GROUP...]: "up" if none is named.
ensure_packages() {
    local missing
    mapfile -t missing < <(missing_packages "${@:-up}")
    if [ "${#missing[@]}" = 0 ]; then return 0; fi
    command -v apt-get >/dev/null || die "SafarGo's front door installs on Debian 12 and 13; this system has no apt-get"
    need_root_for "apt-get install ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    local advice="fix the package system (apt-get -f install, network, disk space) and run the same command again"
    run_step "package lists" apt-update "$advice" apt_lists
    case " ${missing[*]} " in *" postgresql-"[0-9][0-9]" "*) without_main_cluster ;; esac
    run_step "${#missing[@]} Debian packages" apt-install "$advice" apt_install "${missing[@]}"
}
