#!/bin/bash
# Installs what the tests on real Docker hosts and real directories need (Debian; root). Does nothing where all of it is there.
set -eu
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need dockerd docker.io
need tini tini
need ip iproute2
need iptables iptables
need nsenter util-linux
need curl curl
need sysctl procps
need systemd-nspawn systemd-container
need docker-registry docker-registry
need htpasswd apache2-utils
need slapd slapd
need ldapadd ldap-utils
need samba-tool samba
command -v samba >/dev/null && [ -e /usr/share/samba/setup/provision.ldif ] || missing+=(samba samba-ad-dc samba-ad-provision samba-dsdb-modules)
{ [ -x /bin/busybox ] && ! ldd /bin/busybox >/dev/null 2>&1; } || missing+=(busybox-static)
[ ${#missing[@]} -gt 0 ] || exit 0
[ "$(id -u)" = 0 ] || { echo "install.sh: root is needed to install ${missing[*]}" >&2; exit 1; }
command -v apt-get >/dev/null || { echo "install.sh: no apt-get here; install ${missing[*]} by hand" >&2; exit 1; }
echo "installing ${missing[*]}"
apt-get update -q
# RUNLEVEL=1: what is installed is for tests to start, each for itself, and not to run as a service.
RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
