#!/bin/bash
# One lab = a switch and some private Docker hosts on this machine. Needs root; no systemd, no TTY, no registry.
#   LAB_DIR=/tmp/drover-labs/d1 lab.sh VERB
#     up I...       power hosts on and wait for their engines      kill I   power failure; the disk is kept
#     stop I        clean shutdown                                 cut I    pull the network cable (heal I plugs it in)
#     engine I start|stop|restart|kill    the daemon alone         exec I CMD...   run inside a host
#     run CMD...    run on this machine's side of the switch       down     end everything and remove the folder
#   lab.sh sweep ROOT     ends labs below ROOT whose owner process is gone
# A host has net, mount, uts, ipc and pid namespaces of its own, tini as process 1, and dockerd at the standard
# paths. Outside, its socket is $LAB_DIR/hI/run/docker.sock. Every process of a lab carries DROVER_LAB in its
# environment, so that `down` finds it after any crash; nothing is ever looked for by name.
set -u
self=$(readlink -f "$0")
net=10.201.0 # hosts are .10+I, this machine is .1; each lab has a switch of its own, so labs may share the range
die() { echo "lab: $*" >&2; exit 1; }
if [ "${1:-}" != sweep ]; then
  LAB_DIR=$(readlink -m "${LAB_DIR:?the folder of this lab, on ext4, xfs or btrfs}"); export LAB_DIR
  lab=${LAB_DIR##*/}
fi
marked() { grep -lzE "^DROVER_LAB=$1(-h[0-9]+)?$" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3; }
init_of() { local p; p=$(cat "$LAB_DIR/h$1/init.pid" 2>/dev/null) && grep -qz "^DROVER_LAB=$lab-h$1$" "/proc/$p/environ" 2>/dev/null && echo "$p"; }
inside() { local p; p=$(init_of "$1") || die "host $1 is down"; exec nsenter -t "$p" -m -u -i -n -p -- env "DROVER_LAB=$lab-h$1" HOME=/run/home "${@:2}"; }

switch_up() { # in a namespace of its own, where the machine's own firewall never sees a frame
  [ -e "/run/netns/$lab" ] && return
  ip netns add "$lab" && ip -n "$lab" link set lo up
  # A bridge without an address of its own takes a port's, and changes it as hosts come: neighbours would lose it for half a minute.
  ip -n "$lab" link add br0 address 02:d0:c9:00:00:01 type bridge forward_delay 0 stp_state 0 && ip -n "$lab" addr add $net.1/24 dev br0
  nsenter --net="/run/netns/$lab" sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0 \
    net.ipv4.icmp_ratelimit=0 2>/dev/null # a refused look-up is told to each asker, at once
  ip -n "$lab" link set br0 up && ip -n "$lab" route add unreachable default
}
cable() { # cable I: a fresh network namespace for host I, plugged into the switch
  local h=$lab-h$1
  ip -n "$lab" link del "p$1" 2>/dev/null; ip netns del "$h" 2>/dev/null
  ip netns add "$h" && ip -n "$h" link add eth0 type veth peer name "p$1" netns "$lab" || die "no cable for host $1"
  ip -n "$h" addr add "$net.$((10 + $1))/24" dev eth0; ip -n "$h" link set lo up; ip -n "$h" link set eth0 up
  ip -n "$h" route add unreachable default # pulls and look-ups fail at once instead of after a timeout
  ip -n "$lab" link set "p$1" master br0; ip -n "$lab" link set "p$1" up
}
cgroups_up() { # machines without systemd may have none mounted; v2 hands controllers down only from a group without processes
  local c=/sys/fs/cgroup; mountpoint -q $c || mount -t cgroup2 cgroup2 $c || die "no cgroups"
  [ -f $c/cgroup.controllers ] || return 0
  sed 's/\</+/g' $c/cgroup.controllers >$c/cgroup.subtree_control 2>/dev/null && return
  mkdir -p $c/init; xargs -rn1 <$c/cgroup.procs >$c/init/cgroup.procs 2>/dev/null
  sed 's/\</+/g' $c/cgroup.controllers >$c/cgroup.subtree_control 2>/dev/null; true
}
runc_wrapper() { # root without CAP_SYS_RESOURCE (micro VMs) cannot grant it: take it out of every container's spec
  local bound; bound=$(awk '/^CapBnd/{print $2}' /proc/self/status)
  [ $((0x$bound >> 24 & 1)) = 1 ] && return
  [ -x "$LAB_DIR/bin/runc" ] && return
  mkdir -p "$LAB_DIR/bin"
  cat >"$LAB_DIR/bin/runc.new" <<WRAPPER
#!/bin/sh
before=
for a in "\$@"; do
  case \$before in --bundle|-b) spec=\$a/config.json;; --process|-p) spec=\$a;; esac
  before=\$a
done
[ -f "\${spec:-}" ] && sed -i 's/"CAP_SYS_RESOURCE",//g; s/,\\{0,1\\}"CAP_SYS_RESOURCE"//g' "\$spec"
exec $(command -v runc) "\$@"
WRAPPER
  chmod +x "$LAB_DIR/bin/runc.new" && mv "$LAB_DIR/bin/runc.new" "$LAB_DIR/bin/runc"
}

boot() {
  local d=$LAB_DIR/h$1
  init_of "$1" >/dev/null && return
  rm -rf "$d/run" "$d/init.pid"; mkdir -p "$d"/{run/home,run/lock,docker,drover,rancher,log}
  [ -d "$d/etc" ] || { cp -a /etc "$d/etc" && rm -rf "$d/etc/docker" && mkdir "$d/etc/docker"; } # 20.10 keeps the engine's id there
  cable "$1"
  DROVER_LAB=$lab-h$1 setsid nsenter --net="/run/netns/$lab-h$1" unshare --mount --uts --ipc --pid --fork --propagation private \
    tini -- bash "$self" __init "$1" </dev/null >"$d/log/init.log" 2>&1 &
}
init() { # below tini, in the new namespaces
  local d=$LAB_DIR/h$1 h=$lab-h$1 p x
  read -r _ _ _ p _ </proc/self/stat && echo "$p" >"$d/init.pid" # still the outer /proc: tini's number as this machine sees it
  hostname "$h"; mount -t proc proc /proc
  mkdir -p "$d/cgroup"; mount --rbind /sys/fs/cgroup "$d/cgroup" # the new sysfs shows this host's devices but has no cgroups
  mount -t sysfs sysfs /sys && mount --rbind "$d/cgroup" /sys/fs/cgroup && umount -l "$d/cgroup"
  echo "$h" >"$d/etc/hostname"; printf '127.0.0.1 localhost\n%s %s\n' "$net.$((10 + $1))" "$h" >"$d/etc/hosts"
  rm -f "$d/etc/resolv.conf"; echo "nameserver $net.1" >"$d/etc/resolv.conf"
  mkdir -p /var/lib/docker /var/lib/drover /var/lib/rancher /var/log
  for x in etc:/etc docker:/var/lib/docker drover:/var/lib/drover rancher:/var/lib/rancher log:/var/log run:/run; do mount --bind "$d/${x%%:*}" "${x#*:}"; done
  mount --make-rshared /
  sysctl -qw net.ipv4.ip_forward=0 # a namespace inherits 1, and then dockerd would not set FORWARD to DROP as on a real host
  ulimit -n 65536 2>/dev/null
  trap 'trap "" TERM; engine "$1" stop; exit 0' TERM INT
  engine "$1" start
  while :; do sleep 3600 & wait $!; done
}
engine() { # inside the host
  local p; local -a args=(); [ -f "$LAB_DIR/h$1/engine.args" ] && mapfile -t args <"$LAB_DIR/h$1/engine.args"
  p=$(cat /run/docker.pid 2>/dev/null)
  case $2 in
    start) rm -f /run/docker.pid
      PATH=$LAB_DIR/bin:$PATH setsid dockerd --host unix:///var/run/docker.sock --storage-driver overlay2 --cgroup-parent "/$lab/h$1" \
        --shutdown-timeout 5 ${args[@]+"${args[@]}"} </dev/null >>/var/log/dockerd.log 2>&1 & ;;
    stop) [ -n "$p" ] && kill "$p" 2>/dev/null && { timeout 15 tail --pid="$p" -s .05 -f /dev/null || kill -9 "$p"; } ;;
    kill) [ -n "$p" ] && kill -9 "$p" 2>/dev/null && tail --pid="$p" -s .05 -f /dev/null; rm -f /run/docker.sock ;;
  esac
}
ready() {
  local n=0
  until [ "$(curl -s --max-time 2 --unix-socket "$LAB_DIR/h$1/run/docker.sock" http://engine/_ping 2>/dev/null)" = OK ]; do
    if [ $n -gt 20 ] && ! init_of "$1" >/dev/null || [ $((n += 1)) -gt 600 ]; then
      tail -n 5 "$LAB_DIR/h$1/log/"*.log >&2; die "host $1 does not come up"
    fi
    sleep .05
  done
}
halt() { # halt I SIGNAL
  local p n=0; p=$(init_of "$1") || return 0
  kill "-$2" "$p"
  while init_of "$1" >/dev/null; do [ $((n += 1)) = 400 ] && kill -9 "$p"; [ $n -gt 600 ] && die "host $1 does not stop"; sleep .05; done
  rm -f "$LAB_DIR/h$1/init.pid"
}
down() { # down LAB FOLDER
  local n=0 p x left
  while p=$(marked "$1"); [ -n "$p" ]; do [ $((n += 1)) -gt 100 ] && die "still running: $p"; kill -9 $p 2>/dev/null; sleep .05; done
  for x in /run/netns/"$1" /run/netns/"$1"-h*; do [ -e "$x" ] && ip netns del "${x##*/}"; done
  for n in 1 2 3 4 5 6 7 8 9 10; do
    left=''
    for x in /sys/fs/cgroup/*/"$1" /sys/fs/cgroup/"$1"; do
      [ -d "$x" ] || continue
      find "$x" -depth -type d -exec rmdir {} + 2>/dev/null; [ ! -d "$x" ] || left=$x # busy until the last killed process is gone
    done
    rm -rf "$2" 2>/dev/null; [ -e "$2" ] || [ -n "$left" ] || return 0; sleep .1
  done
  [ ! -e "$2" ] || die "could not remove $2"
}
sweep() {
  local d pid began now
  for d in "$1"/*/owner; do
    [ -f "$d" ] && read -r pid began <"$d" || continue
    now=$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d' ' -f20) # field 22, counted behind the name, which may hold blanks
    [ "$now" = "$began" ] || { d=${d%/owner}; down "${d##*/}" "$d"; }
  done
}

case "${1:-}" in
  __init) init "$2" ;;
  __engine) engine "$2" "$3" ;;
  up) [ "$(id -u)" = 0 ] || die "root is needed"; mkdir -p "$LAB_DIR"
    cgroups_up; switch_up; runc_wrapper; shift; for i; do boot "$i"; done; for i; do ready "$i"; done ;;
  stop) halt "$2" TERM ;;
  kill) halt "$2" KILL ;;
  engine) verbs=$3; [ "$3" = restart ] && verbs="stop start"
    for v in $verbs; do (inside "$2" "LAB_DIR=$LAB_DIR" bash "$self" __engine "$2" "$v") || exit; [ "$v" != start ] || ready "$2"; done ;;
  exec) inside "${@:2}" ;;
  run) exec nsenter --net="/run/netns/$lab" -- env "DROVER_LAB=$lab" "${@:2}" ;;
  cut) ip -n "$lab" link set "p$2" down ;;
  heal) ip -n "$lab" link set "p$2" up ;;
  down) down "$lab" "$LAB_DIR" ;;
  sweep) sweep "$2" ;;
  *) sed -n '2,11p' "$self"; exit 2 ;;
esac
