#!/usr/bin/env bash
# bare_enter.sh ROOT CACHE COMMAND: as root in namespaces of its own (bare_debian.sh), so that nothing stays mounted or running.
set -euo pipefail
root=$1 cache=$2 command=$3

# keep NAME PATH: the next root finds again what was downloaded or compiled there.
keep() {
    mkdir -p "$cache/$1" "$root/$2"
    mount --bind "$cache/$1" "$root/$2"
}

mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t proc proc "$root/proc"
keep apt var/cache/apt/archives
for name in .cache .npm .local; do
    keep "home$name" "home/dev/$name"
    chown --reference="$root/home/dev" "$root/home/dev/$name"
done
exec chroot "$root" su - dev -c "$command"
