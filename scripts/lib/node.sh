# shellcheck shell=bash
# Our own Node 22 and pnpm in .safargo/node: Debian 12's Node is too old, and the machine's Node stays untouched.

NODE_VERSION=22.23.3
NODE_HOME=$SAFARGO_STATE/node
INSTALL_TIMEOUT=600 # seconds; a registry that does not answer must not hold us for ever
# Node brings its own list of certificate authorities; a company's own are in the machine's list.
export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}

pnpm_version() { sed -n 's/.*"packageManager": *"pnpm@\([0-9.]*\).*/\1/p' "$SAFARGO_ROOT/package.json"; }

node_platform() {
    case $(uname -m) in
        x86_64) printf 'linux-x64' ;;
        aarch64) printf 'linux-arm64' ;;
        *) die "there is no prepared Node for $(uname -m); x86_64 and aarch64 are supported" ;;
    esac
}

# node_is_ready: .safargo/node has the pinned versions (read from disk, which is faster than running the programs).
node_is_ready() {
    [ "$(cat "$NODE_HOME/versions" 2>/dev/null)" = "$NODE_VERSION $(pnpm_version)" ] && [ -x "$NODE_HOME/bin/pnpm" ]
}

# With --prefix npm would look for its machine-wide settings (mirror, certificates) in our folder: keep the machine's.
keep_machine_settings() {
    local settings
    settings=$(npm config get globalconfig) || return 1
    mkdir -p "$NODE_HOME/etc"
    [ "$settings" = "$NODE_HOME/etc/npmrc" ] || ln -sfn "$settings" "$NODE_HOME/etc/npmrc"
}

install_node() {
    mkdir -p "$NODE_HOME" &&
        keep_machine_settings &&
        timeout "$INSTALL_TIMEOUT" npm install --global --prefix "$NODE_HOME" --ignore-scripts --no-audit --no-fund \
            "node-$(node_platform)@$NODE_VERSION" "pnpm@$(pnpm_version)" &&
        [ "$("$NODE_HOME/bin/node" --version)" = "v$NODE_VERSION" ] &&
        [ "$("$NODE_HOME/bin/pnpm" --version)" = "$(pnpm_version)" ] &&
        printf '%s %s' "$NODE_VERSION" "$(pnpm_version)" >"$NODE_HOME/versions"
}

ensure_node() {
    if node_is_ready; then return 0; fi
    run_step "Node $NODE_VERSION and pnpm $(pnpm_version)" node \
        "check the network and npm's settings (npm config list), then run the same command again" install_node
    hash -r
}

workspace_fingerprint() {
    (cd "$SAFARGO_ROOT" && cat pnpm-lock.yaml pnpm-workspace.yaml package.json apps/api/pages/package.json packages/*/package.json tests/*/package.json bench/suite/package.json) |
        sha256sum | cut -d' ' -f1
}

pnpm_install() {
    cd "$SAFARGO_ROOT" &&
        CI=true timeout "$INSTALL_TIMEOUT" pnpm install --frozen-lockfile &&
        workspace_fingerprint >"$SAFARGO_ROOT/node_modules/.safargo"
}

# ensure_workspace: the packages of pnpm-lock.yaml, installed again only when a manifest changed.
ensure_workspace() {
    if [ "$(cat "$SAFARGO_ROOT/node_modules/.safargo" 2>/dev/null)" = "$(workspace_fingerprint)" ]; then return 0; fi
    run_step "TypeScript packages" pnpm-install \
        "when the lock file is out of date: .safargo/node/bin/pnpm install, and commit pnpm-lock.yaml" pnpm_install
}

# ensure_tools [GROUP...]: packages of these groups ("up" if none is named), Node and pnpm.
ensure_tools() {
    ensure_packages "$@"
    ensure_node
}
