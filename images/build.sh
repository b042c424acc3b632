#!/usr/bin/env bash
# Builds the images drover/server and drover/agent without a registry, and what the server hands to new hosts.
#   images/build.sh [--load]     --load also loads them into the engine of this machine
# Makes in out/images/: drover-server.tar.gz (for docker load) and downloads/ (for drover server --downloads):
#   downloads/drover-agent.tar.gz   the agent's image      downloads/drover-linux-x64   the program, needs no .NET
# An image is busybox, the program as one file, and the few libraries of this machine that it is linked to.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
. "$here/../tools/common.sh"
out=$root/out/images
load=''; [ "${1:-}" != --load ] || load=yes
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")

publish() {
  build_web
  run_quietly "$root/out/publish.log" dotnet publish "$root/src/Drover" -c $configuration -r linux-x64 --self-contained -v q --nologo \
    --artifacts-path "$root/out/publish" -p:PublishSingleFile=true -p:NuGetAudit=false -p:DebugType=none -p:PublishDocumentationFiles=false -o "$out/program.new"
  rm -rf "$out/program"; mv "$out/program.new" "$out/program"
}

# The root of an image below busybox: libraries, names, certificates.
base() {
  local file
  for file in $(ldd "$out/program/drover" | grep -oE '/[^ ]+') /lib/*/libssl.so.3 /usr/lib/*/libssl.so.3 /lib/*/libcrypto.so.3 /usr/lib/*/libcrypto.so.3 /usr/lib/*/libz.so.1 /lib/*/libz.so.1; do
    [ -e "$file" ] || continue
    mkdir -p "$1$(dirname "$file")"; cp -L "$file" "$1$file"
  done
  mkdir -p "$1/etc/ssl/certs" "$1/opt/drover" "$1/var/lib/drover"
  [ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
  echo 'hosts: files dns' >"$1/etc/nsswitch.conf"
  cp "$out/program/drover" "$1/opt/drover/"
}

# image NAME ROOT CONFIG: a tar for docker load; gzip without a name and time, so that equal input gives an equal file.
image() {
  IMAGE_CONFIG=$3 bash "$here/busybox/build.sh" "$out/$1.tar" "drover/${1#drover-}:latest drover/${1#drover-}:$version" "$2"
  gzip -nf1 "$out/$1.tar"
}

need_dotnet
exec 9>"$root/out/images.lock"; flock 9 # two that start at once build once
if [ -f "$out/built" ] && ! newer_than "$out/built" "$root"/{src,sim,web,images,Directory.Build.props,Directory.Packages.props}; then
  echo "out/images is up to date"
else
  mkdir -p "$out/downloads"; touch "$out/built.new"
  publish 9>&-
  work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

  base "$work/agent"
  # The person's address of the server is the argument: docker run ... drover/agent http://SERVER:8080/v1/scripts/TOKEN
  image drover-agent "$work/agent" '"Entrypoint":["/opt/drover/drover","agent","--url"],"Volumes":{"/var/lib/drover":{}}'
  mv "$out/drover-agent.tar.gz" "$out/downloads/"
  ln -f "$out/program/drover" "$out/downloads/drover-linux-x64"

  base "$work/server"
  cp -a "$out/program/." "$work/server/opt/drover/"
  mkdir -p "$work/server/opt/drover/downloads"
  cp "$out/downloads/drover-agent.tar.gz" "$work/server/opt/drover/downloads/"
  ln -s ../drover "$work/server/opt/drover/downloads/drover-linux-x64"
  image drover-server "$work/server" '"Entrypoint":["/opt/drover/drover","server","--data","/var/lib/drover","--listen","http://0.0.0.0:8080"],"ExposedPorts":{"8080/tcp":{}},"Volumes":{"/var/lib/drover":{}}'
  mv "$out/built.new" "$out/built"
fi
if [ -n "$load" ]; then
  docker load -qi "$out/drover-server.tar.gz"
  docker load -qi "$out/downloads/drover-agent.tar.gz"
fi
ls -sh "$out/drover-server.tar.gz" "$out/downloads"/*
