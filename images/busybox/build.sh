#!/bin/bash
# Writes an image as a tar for `docker load`, made of this machine's static busybox alone: no registry, no engine.
#   build.sh OUT.tar NAME:TAG [FILES] [COMMAND...]     FILES is a folder laid over the root, '' for none
# NAME:TAG may be several, parted by blanks. IMAGE_CONFIG adds to the image's configuration: '"Entrypoint":["/x"],"User":"1"'.
set -eu
out=$(readlink -m "$1") name=$2 files=${3:-}
shift $(($# < 3 ? $# : 3))
[ $# -gt 0 ] || [ -n "${IMAGE_CONFIG:-}" ] || set -- sh
busybox=
for b in "${BUSYBOX:-}" /bin/busybox /usr/bin/busybox; do # a dynamic one would miss its libraries in the image
  if [ -x "$b" ] && ! ldd "$b" >/dev/null 2>&1; then busybox=$b; break; fi
done
[ -n "$busybox" ] || { echo "no static busybox here: apt-get install busybox-static" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root"/{bin,dev,etc,proc,root,sys,tmp,usr,var} "$work/image"
chmod 1777 "$root/tmp"
cp "$busybox" "$root/bin/busybox"
for applet in $("$busybox" --list); do [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"; done
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
[ -z "$files" ] || cp -a "$files/." "$root/"

# Fixed owner, order and time: equal input gives an equal image id on every machine.
archive() { tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C "$1" -cf "$2" .; }
json() { local s= a; for a; do a=${a//\\/\\\\}; s+=",\"${a//\"/\\\"}\""; done; echo "[${s#,}]"; }
archive "$root" "$work/image/layer.tar"
layer=$(sha256sum "$work/image/layer.tar" | cut -d' ' -f1)
cat >"$work/image/config.json" <<JSON
{"architecture":"$(case $(uname -m) in aarch64) echo arm64 ;; *) echo amd64 ;; esac)","os":"linux","created":"1970-01-01T00:00:00Z",
"config":{"Env":["PATH=/bin"],"Cmd":$(json "$@")${IMAGE_CONFIG:+,$IMAGE_CONFIG}},"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
JSON
echo "[{\"Config\":\"config.json\",\"RepoTags\":$(json $name),\"Layers\":[\"layer.tar\"]}]" >"$work/image/manifest.json"
archive "$work/image" "$out.new"
mv "$out.new" "$out"
