#!/bin/bash
# A machine whose process 1 is systemd. Run inside a lab's host: it has the host's network, this machine's programs, and
# an /etc, /var and Docker of its own. It ends with the host, as everything else there.
#   machine.sh boot FOLDER CHECKOUT     keeps running; CHECKOUT is the folder that may be written to beside FOLDER
#   machine.sh exec FOLDER COMMAND...   runs a command in it once process 1 is up
set -u
verb=$1 folder=$(readlink -m "$2") root=$(readlink -m "$2")/root

build() {
  [ ! -d "$root" ] || return 0
  local link unit
  mkdir -p "$root"/{usr,var/lib,var/log,var/tmp,tmp,root,run,proc,sys,dev} "$folder"/{docker,bin}
  for link in bin lib lib64 sbin; do [ ! -L "/$link" ] || cp -a "/$link" "$root/"; done
  cp -a /etc "$root/etc"
  rm -rf "$root"/etc/systemd/system/*.wants "$root"/etc/{docker,machine-id,fstab,os-release} # nothing of this machine starts there
  cp -L /etc/os-release "$root/etc/os-release"; : >"$root/etc/machine-id"; : >"$root/etc/fstab"
  cp "${LAB_DIR:-/nowhere}/bin/runc" "$folder/bin/" 2>/dev/null # see runc_wrapper in lab.sh
  # A container of a real machine may write to its cgroups; here they are mounted for reading where they are version 1.
  printf '#!/bin/sh\nfor c in /sys/fs/cgroup/*/; do mount -o remount,rw,bind "$c"; done 2>/dev/null; true\n' >"$folder/bin/cgroups"
  chmod +x "$folder/bin/cgroups"
  for unit in docker containerd; do
    mkdir -p "$root/etc/systemd/system/$unit.service.d"
    printf '[Service]\nEnvironment=PATH=/lab:/usr/sbin:/usr/bin\nExecStartPre=/lab/cgroups\n' >"$root/etc/systemd/system/$unit.service.d/lab.conf"
  done
}

enter_cgroups() { # below the lab's own groups, where it looks for what it has to remove
  local base group file lab=${DROVER_LAB%-h*}
  local -a bases=(/sys/fs/cgroup/*)
  [ ! -f /sys/fs/cgroup/cgroup.controllers ] || bases=(/sys/fs/cgroup)
  for base in "${bases[@]}"; do
    for group in "$base/$lab" "$base/$lab/machine"; do
      mkdir -p "$group"
      for file in cpuset.cpus cpuset.mems; do [ ! -f "$group/../$file" ] || cat "$group/../$file" >"$group/$file"; done
    done
    echo $$ >"$group/cgroup.procs"
  done 2>/dev/null
}

case $verb in
  boot)
    build
    enter_cgroups
    echo $$ >"$folder/pid"
    export SYSTEMD_NSPAWN_API_VFS_WRITABLE=1
    exec systemd-nspawn -D "$root" --boot --register=no --keep-unit --capability=all --drop-capability=CAP_SYS_RESOURCE \
      --system-call-filter='add_key keyctl bpf' --hostname=machine --console=pipe --bind-ro=/usr --bind="$folder/docker:/var/lib/docker" \
      --bind-ro="$folder/bin:/lab" --bind="$folder" --bind="$3" -- --unit=multi-user.target
    ;;
  exec)
    for _ in $(seq 300); do
      first=$(cat "/proc/$(cat "$folder/pid" 2>/dev/null)/task/"*/children 2>/dev/null); first=${first%% *}
      [ -n "$first" ] && [ -S "/proc/$first/root/run/systemd/private" ] && break
      first=''; sleep .1
    done
    [ -n "$first" ] || { echo "machine: it does not come up" >&2; exit 1; }
    exec nsenter -t "$first" -m -u -i -n -p -C -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "${@:3}"
    ;;
esac
