# shellcheck shell=bash
# A bare Debian of another release, as a new user has it: created by mmdebstrap from this machine's own mirrors, with an ordinary user
# "dev" who has sudo. What is kept between runs in .safargo/bare only saves downloads and compiling; each root starts bare.

BARE_HOME=$SAFARGO_STATE/bare
BARE_DAYS=7 # an older base is made again, with what the release has become

# machine_apt_settings: how this machine reaches its mirrors.
machine_apt_settings() {
    apt-config dump Acquire::http Acquire::https Acquire::Check-Valid-Until Acquire::Check-Date Acquire::Retries
}

# release_sources OWN WANTED: of "origin address suite component" lines, those of Debian's release OWN as sources of WANTED.
release_sources() {
    awk -v own="$1" -v wanted="$2" '
        $1 == "Debian" && $4 == "main" && ($3 == own || $3 == own "-updates" || $3 == own "-security") {
            sub(own, wanted, $3)
            print "deb", $2, $3, $4
        }' | sort -u
}

# debian_sources WANTED: this machine's own sources, with the name of the release changed.
debian_sources() {
    local own
    # shellcheck source=/dev/null
    own=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    # shellcheck disable=SC2016  # apt fills them in
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | release_sources "$own" "$1"
}

# make_base RELEASE: .safargo/bare/RELEASE.tar, complete or not at all.
make_base() {
    local base=$BARE_HOME/$1.tar
    mkdir -p "$BARE_HOME"
    [ -z "$(find "$base" -mtime "-$BARE_DAYS" 2>/dev/null)" ] || return 0
    command -v mmdebstrap >/dev/null || apt_install mmdebstrap || return 1
    machine_apt_settings >"$BARE_HOME/apt.conf"
    as_root mmdebstrap --variant=minbase --include=ca-certificates,git,sudo --aptopt="$BARE_HOME/apt.conf" --dpkgopt=force-unsafe-io \
        --format=tar "$1" "$base.new" "$BARE_HOME/$1.list" && mv -f "$base.new" "$base"
}

# npm_settings: of this machine and this user.
npm_settings() {
    local kind file
    command -v npm >/dev/null || return 0
    for kind in globalconfig userconfig; do
        file=$(npm config get "$kind")
        [ ! -r "$file" ] || { cat "$file" && echo; }
    done
    printf 'registry=%s\n' "$(npm config get registry)"
}

# unpack_base RELEASE: a root with the network settings of this machine, the user and a clone of what is committed here.
unpack_base() {
    local root=$BARE_HOME/$1
    remove_bare_root "$1" && mkdir -p "$root" && as_root tar -C "$root" --numeric-owner -xf "$BARE_HOME/$1.tar" &&
        as_root cp -L /etc/resolv.conf /etc/hosts "$root/etc/" &&
        as_root cp -rT /usr/local/share/ca-certificates "$root/usr/local/share/ca-certificates" &&
        as_root chroot "$root" update-ca-certificates &&
        as_root chroot "$root" useradd --create-home --shell /bin/bash dev &&
        { env | grep -iE '^(https?|no)_proxy=' || :; } | as_root tee -a "$root/etc/environment" >/dev/null &&
        printf '%s\n' 'dev ALL=(ALL) NOPASSWD: ALL' 'Defaults env_keep += "http_proxy https_proxy no_proxy"' |
        as_root tee "$root/etc/sudoers.d/dev" >/dev/null &&
        fill_home "$root"
}

fill_home() { # ROOT
    local clone=$BARE_HOME/clone
    rm -rf "$clone" && git clone -q --no-local --depth 1 "file://$SAFARGO_ROOT" "$clone" &&
        as_root cp -a "$clone" "$1/home/dev/safargo" && rm -rf "$clone" &&
        as_root cp "$SAFARGO_ROOT/scripts/lib/bare_journey.sh" "$1/home/dev/journey.sh" &&
        npm_settings | as_root tee "$1/home/dev/.npmrc" >/dev/null &&
        as_root chown -R --reference="$1/home/dev" "$1/home/dev/safargo" "$1/home/dev/.npmrc"
}

# in_bare_root RELEASE COMMAND...: as the user dev. Mounts and processes are private to it and end with it.
in_bare_root() {
    local root=$BARE_HOME/$1
    shift
    mkdir -p "$BARE_HOME/cache"
    as_root unshare --mount --pid --fork --kill-child bash "$SAFARGO_ROOT/scripts/lib/bare_enter.sh" "$root" "$BARE_HOME/cache" "$*"
}

remove_bare_root() {
    case $1 in '' | */*) return 1 ;; esac
    [ ! -d "$BARE_HOME/$1" ] || as_root rm -rf --one-file-system "${BARE_HOME:?}/$1"
}
