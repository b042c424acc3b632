#!/usr/bin/env bash
# Sets Drover up on this machine: Docker Engine, server, agent and a demo stack. Run again, it repairs.
#   sudo ./quickstart.sh [--port 8080] [--data ./data] [--no-demo] [--open]
#   sudo ./quickstart.sh --stop [--data ./data]
#     --port N     where API and web page are (8080)
#     --data DIR   the folder of everything that is kept: state, logs, the running programs (./data)
#     --no-demo    no demo stack
#     --open       lets everybody use it while access control is off, as Rancher 1.6 does; else only this machine
#     --stop       ends server, agent and an engine that was started here; nothing that is kept is removed
set -uo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
. "$here/tools/common.sh"
usage() { sed -n '2,9s/^# \{0,1\}//p' "$0"; }

port='' data=$root/data demo=yes open='' stop=''
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=${2:-}; shift; [[ $port =~ ^[0-9]{1,5}$ && $port -ge 1 && $port -le 65535 ]] || die "--port takes a number from 1 to 65535" ;;
    --data) data=${2:-}; shift; [ -n "$data" ] || die "--data takes a folder" ;;
    --no-demo) demo='' ;;
    --open) open=--open ;;
    --stop) stop=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; die "unknown option $1" ;;
  esac
  shift
done
data=$(readlink -m "$data")
[[ $data =~ ^[A-Za-z0-9._/+-]+$ ]] || die "--data takes a path of letters, digits and ._+-/ (systemd and environments are not at ease with others)"
run=$data/run
[ "$(id -u)" = 0 ] || die "run it as root: it starts an engine and reaches Docker's socket"
systemd=''; [ ! -d /run/systemd/system ] || systemd=yes

step() { echo "==> $*"; }
engine_answers() { curl -s --max-time 5 --unix-socket /var/run/docker.sock http://engine/_ping 2>/dev/null | grep -q OK; }
# wait_for SECONDS WHAT COMMAND...: a dot a second; on failure the end of the log of the program.
wait_for() {
  local seconds=$1 what=$2 n=0; shift 2
  until "$@"; do
    [ $((n += 1)) -le $((seconds * 5)) ] || { echo; echo "$what: not after $seconds s" >&2; return 1; }
    [ $((n % 5)) != 0 ] || printf .
    sleep .2
  done
  [ "$n" -lt 5 ] || echo
}
kept_up() {
  if [ -n "$systemd" ]; then systemctl is-active -q "$(unit "$1")"; return; fi
  local p; p=$(cat "$run/$1.pid" 2>/dev/null) && grep -qzxF "DROVER_KEPT_UP=$data:$1" "/proc/$p/environ" 2>/dev/null
}
loop_lives() { local p; p=$(cat "$run/$1.loop.pid" 2>/dev/null) && grep -qzxF "DROVER_KEPT_UP=$data:$1" "/proc/$p/environ" 2>/dev/null; }
unit() { case $1 in engine) echo docker.service ;; *) echo "drover-$1.service" ;; esac; }
log_of() { if [ -n "$systemd" ]; then echo "journalctl -u $(unit "$1") shows its log"; else echo "its log is $data/log/$1.log"; fi; }
end_of_log() { if [ -n "$systemd" ]; then journalctl -u "$(unit "$1")" -n 20 -o cat --no-pager; else tail -n 20 "$data/log/$1.log"; fi >&2; }
# api PATH [CURL OPTION...]: asks the server, whatever proxy the environment names.
api() { local path=$1; shift; curl -sf --noproxy '*' --max-time 5 "$@" "$url$path"; }

# keep_up NAME COMMAND...: (re)starts it only where its command or environment changed, or it is not kept up.
keep_up() {
  local name=$1 changed=''; shift
  if ! printf '%s\n' "$@" | cmp -s - "$run/$name.command"; then printf '%s\n' "$@" >"$run/$name.command"; changed=yes; fi
  if ! variables "$name" | cmp -s - "$run/$name.env"; then (umask 077; variables "$name" >"$run/$name.env"); changed=yes; fi
  if [ -n "$systemd" ]; then keep_up_by_systemd "$name" "$changed" "$@"; return; fi
  if ! loop_lives "$name"; then
    (cd / && exec setsid nohup bash "$data/program/supervise.sh" "$data" "$name" >/dev/null 2>&1 </dev/null) &
    wait_for 10 "$name" loop_lives "$name" || return
  elif [ -n "$changed" ] && kept_up "$name"; then
    kill -TERM "$(cat "$run/$name.pid")" # the loop starts it again with what is new
  fi
}
keep_up_by_systemd() { # NAME CHANGED COMMAND...
  local name=$1 changed=$2 file; shift 2
  file=/etc/systemd/system/$(unit "$name")
  {
    printf '[Unit]\nDescription=Drover %s\nAfter=network-online.target docker.service\nWants=network-online.target\nStartLimitIntervalSec=0\n' "$name"
    printf '[Service]\nExecStart=%s\nEnvironmentFile=%s\nRestart=always\nRestartSec=2\nKillMode=mixed\nTimeoutStopSec=30\n' "$*" "$run/$name.env"
    printf '[Install]\nWantedBy=multi-user.target\n'
  } >"$file.new"
  cmp -s "$file.new" "$file" && rm "$file.new" || { mv "$file.new" "$file"; changed=yes; systemctl daemon-reload; }
  systemctl enable -q "$(unit "$name")"
  if [ -n "$changed" ]; then systemctl restart "$(unit "$name")"; else systemctl start "$(unit "$name")"; fi
}
variables() { # of a program: the machine's own path, and where .NET is
  echo "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  echo "HOME=/root"
  [ "$1" = engine ] || { echo "DOTNET_ROOT=$DOTNET_ROOT"; echo "DOTNET_gcServer=0"; }
}
end() { # end NAME: the loop first, so that it does not start it again
  local p
  if [ -n "$systemd" ]; then
    [ -f "/etc/systemd/system/$(unit "$1")" ] || return 0
    systemctl disable -q --now "$(unit "$1")"; rm -f "/etc/systemd/system/$(unit "$1")"; systemctl daemon-reload
    return
  fi
  if loop_lives "$1"; then
    p=$(cat "$run/$1.loop.pid"); kill -TERM "$p"
    timeout 60 tail --pid="$p" -s .1 -f /dev/null || { echo "the loop of $1 ($p) does not end" >&2; return 1; }
  elif kept_up "$1"; then # somebody killed the loop alone
    p=$(cat "$run/$1.pid"); kill -TERM "$p"
    timeout 30 tail --pid="$p" -s .1 -f /dev/null || kill -KILL "$p"
  fi
  rm -f "$run/$1".{pid,loop.pid,command,env,before,after,freed}
}

stop_all() {
  end agent; end server
  if [ -z "$systemd" ] && { loop_lives engine || kept_up engine; }; then
    step "stopping the containers of the engine that was started here, and the engine"
    local -a ids; mapfile -t ids < <(docker -H unix:///var/run/docker.sock ps -q 2>/dev/null)
    [ ${#ids[@]} -eq 0 ] || docker -H unix:///var/run/docker.sock stop -t 5 "${ids[@]}" >/dev/null 2>&1
    end engine
  elif engine_answers; then
    echo "Containers go on running on the machine's own engine."
  fi
  echo "Stopped. Everything is kept in $data; run quickstart.sh again to go on."
}

install_missing() {
  local -a missing=()
  command -v curl >/dev/null || missing+=(curl)
  command -v ip >/dev/null || missing+=(iproute2)
  engine_answers || command -v dockerd >/dev/null || missing+=(docker.io)
  command -v iptables >/dev/null || missing+=(iptables)
  [ -z "$demo" ] || { [ -x /bin/busybox ] && ! ldd /bin/busybox >/dev/null 2>&1; } || missing+=(busybox-static)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "please install ${missing[*]}; this script knows Debian's packages only"
  step "installing ${missing[*]}"
  run_quietly "$data/log/apt.log" apt-get update -q
  DEBIAN_FRONTEND=noninteractive run_quietly "$data/log/apt.log" apt-get install -y -q --no-install-recommends "${missing[@]}" || die "could not install ${missing[*]}"
}

start_engine() {
  engine_answers && ! loop_lives engine && ! kept_up engine && return 0 # the machine's own
  if [ -n "$systemd" ]; then
    engine_answers || { step "starting Docker"; systemctl enable -q --now docker; wait_for 60 "the engine" engine_answers || { end_of_log engine; return 1; }; }
    return
  fi
  engine_answers || step "starting Docker Engine"
  if ! mountpoint -q /sys/fs/cgroup; then mount -t cgroup2 cgroup2 /sys/fs/cgroup 2>/dev/null || true; fi
  # A number left by a killed engine may belong to somebody else by now; dockerd would wait for that one.
  printf '#!/bin/sh\np=$(cat /var/run/docker.pid 2>/dev/null) && [ "$(cat /proc/$p/comm 2>/dev/null)" != dockerd ] && rm -f /var/run/docker.pid\ntrue\n' >"$run/engine.before"
  # Docker 20.10 that was killed while it published a port holds the port for a container that it has forgotten; a restart
  # in order frees it and touches no container. Three in a row at most: what then is left is not of this kind.
  cat >"$run/engine.after" <<AFTER
#!/bin/sh
until curl -s --max-time 5 --unix-socket /var/run/docker.sock http://engine/_ping | grep -q OK; do kill -0 "\$1" 2>/dev/null || exit 0; sleep .2; done
tail -c +\$((\$2 + 1)) "$data/log/engine.log" | grep -q 'Removing stale endpoint' || { rm -f "$run/engine.freed"; exit 0; }
[ "\$(stat -c %s "$run/engine.freed" 2>/dev/null || echo 0)" -lt 3 ] || exit 0
printf x >>"$run/engine.freed"
echo "restarting the engine, to free what it held when it was killed"
kill -TERM "\$1"
AFTER
  chmod +x "$run/engine.before" "$run/engine.after"
  # With --live-restore containers go on while the engine is away and are not restarted by its return.
  keep_up engine "$(command -v dockerd)" --host unix:///var/run/docker.sock --live-restore || return
  wait_for 60 "the engine" engine_answers || { end_of_log engine; return 1; }
}

install_program() { # a copy, so that the next build does not change what runs
  local version
  version=$(cd "$program" && find . -type f -printf '%P %s %T@\n' | sort | sha256sum | cut -c1-12)
  if [ ! -x "$data/program/$version/drover" ]; then
    rm -rf "$data/program/.new"; mkdir -p "$data/program"
    cp -a "$program" "$data/program/.new" && mv "$data/program/.new" "$data/program/$version" || return
  fi
  cmp -s "$root/tools/supervise.sh" "$data/program/supervise.sh" || { cp "$root/tools/supervise.sh" "$data/program/supervise.sh.new" && mv "$data/program/supervise.sh.new" "$data/program/supervise.sh"; }
  drover=$data/program/$version/drover
  find "$data/program" -mindepth 1 -maxdepth 1 -type d ! -name "$version" -mtime +1 -exec rm -rf {} +
}

server_answers() { api /ping -o /dev/null; }
port_is_free() { kept_up server && [ "$port" = "$(cat "$data/port" 2>/dev/null)" ] || ! ss -Hltn "sport = :$port" 2>/dev/null | grep -q .; }
# Where other machines reach this one: the address that a packet to elsewhere would leave from, else the first there is.
host_address() {
  local found
  found=$(ip -4 route get 192.0.2.1 2>/dev/null | grep -oE 'src [0-9.]+' | cut -d' ' -f2)
  [ -n "$found" ] || found=$(ip -4 -o addr show scope global 2>/dev/null | awk '$2 !~ /^(docker|br-|drover|veth)/ { sub("/.*", "", $4); print $4; exit }')
  echo "${found:-127.0.0.1}"
}
start_server() {
  mkdir -p "$data/downloads"
  keep_up server "$drover" server --data "$data/server" --listen "http://0.0.0.0:$port" --downloads "$data/downloads" $open || return
  wait_for 60 "the server" server_answers || { end_of_log server; return 1; }
}
# The address in the command for other machines: this machine's, unless somebody has set another (or none) by hand.
set_api_host() {
  local mine=$data/api-host setting current own="http://$address:$port"
  [ "$address" != 127.0.0.1 ] || return 0
  setting=$(api /v2-beta/settings/api.host) || { echo "the setting api.host was not read; is access control on? then see that it names this machine" >&2; return 0; }
  current=$(field value <<<"$setting")
  if grep -qE '"inDb": *true' <<<"$setting"; then
    [ "$current" != "$own" ] && [ -n "$current" ] && [ "$current" = "$(cat "$mine" 2>/dev/null)" ] || return 0
  fi
  echo "$own" >"$mine"
  api /v2-beta/settings/api.host -o /dev/null -X PUT -H 'Content-Type: application/json' -d "{\"value\":\"$own\"}" || { echo "the setting api.host was not set" >&2; return 1; }
}
field() { grep -oE "\"$1\": *\"[^\"]*\"" | head -n 1 | cut -d'"' -f4; }
start_agent() {
  local token
  token=$("$drover" hosts add --url "$url" --format json | field token)
  [ -n "$token" ] || { echo "the server gave no registration token" >&2; return 1; }
  (umask 077; printf '%s\n' "$token" >"$data/agent-token.new"; mv "$data/agent-token.new" "$data/agent-token")
  keep_up agent "$drover" agent --url "http://127.0.0.1:$port" --token-file "$data/agent-token" --data "$data/agent" --agent-ip "$address" || return
  wait_for 60 "the host" host_is_active || { "$drover" hosts --url "$url" >&2; end_of_log agent; return 1; }
}
host_is_active() { "$drover" hosts --url "$url" 2>/dev/null | awk -v me="$(uname -n)" '$2 == me && $3 == "active" { found = 1 } END { exit !found }'; }

free_port() { # the first one from 8888 on that nobody listens at
  local p; for p in $(seq 8888 8987); do ss -Hltn "sport = :$p" 2>/dev/null | grep -q . || { echo "$p"; return; }; done; echo 8888
}
start_demo() {
  local tar=$data/demo/image.tar answers=$data/demo/answers.txt
  mkdir -p "$data/demo"
  [ -f "$answers" ] || printf 'PORT=%s\nIMAGE=drover/demo:1\n' "$(free_port)" >"$answers"
  if newer_than "$tar" "$root/playground/demo/image" "$root/images/busybox/build.sh"; then
    bash "$root/images/busybox/build.sh" "$tar" drover/demo:1 "$root/playground/demo/image" httpd -f -p 80 -h /www || return
    docker -H unix:///var/run/docker.sock load -q -i "$tar" >/dev/null || return
  elif ! docker -H unix:///var/run/docker.sock image inspect drover/demo:1 >/dev/null 2>&1; then
    docker -H unix:///var/run/docker.sock load -q -i "$tar" >/dev/null || return
  fi
  "$drover" up --url "$url" --stack demo --file "$root/playground/demo/docker-compose.yml" --env-file "$answers" --timeout 300
}

# The agent's image and program, which the server hands to other machines. It sees by itself what comes into the folder.
make_downloads() {
  local file kept
  bash "$root/images/build.sh" >"$data/log/images.log" 2>&1 || { tail -n 20 "$data/log/images.log" >&2; return 1; }
  for file in "$root"/out/images/downloads/*; do
    kept=$data/downloads/${file##*/}
    cmp -s "$file" "$kept" || { cp "$file" "$data/download.new" && mv "$data/download.new" "$kept"; } || return
  done
}
job_is_over() { ! kill -0 "$job" 2>/dev/null; }

[ -z "$stop" ] || { mkdir -p "$run"; stop_all; exit; }
need_dotnet
mkdir -p "$run" "$data/log"; chmod 700 "$data"
# The port of the last time stays where none is named.
[ -n "$port" ] || port=$(cat "$data/port" 2>/dev/null) || port=8080
url=http://127.0.0.1:$port
install_missing
port_is_free || die "port $port is used by another program (ss -ltnp shows which); name another one with --port"
echo "$port" >"$data/port"
address=$(host_address)
step "building"; build_drover || die "the build failed"
install_program || die "cannot copy the program to $data/program"
start_engine || die "no Docker Engine; $(log_of engine)"
step "starting the server"; start_server || die "the server does not answer; $(log_of server)"
set_api_host || die "other machines would not find this one"
step "starting the agent"; start_agent || die "this machine did not become a host; $(log_of agent)"
demo_failed=''
if [ -n "$demo" ]; then step "starting the demo stack"; start_demo || demo_failed=yes; fi

secret=''; [ -n "$open" ] || secret=$(cat "$data/server/setup-secret" 2>/dev/null)
echo
echo "Drover is up.   http://$address:$port/${secret:+setup#$secret}"
[ -z "$demo" ] || echo "The demo:       http://$address:$(sed -n 's/^PORT=//p' "$data/demo/answers.txt")/"
cat <<NEXT

Next:
  ./drover ps                        what runs, and why something does not
  ./drover scale demo/who=5          two more containers
  ./drover up                        the stack in the current folder, from docker-compose.yml
  ./drover hosts add                 the command for another machine
  ./quickstart.sh --stop             ends what was started here
NEXT
[ "$port" = 8080 ] || echo "The server is not at port 8080: export DROVER_URL=$url"

step "making what other machines fetch from here"
[ -f "$data/downloads/drover-agent.tar.gz" ] || echo "    It takes a minute or some; Drover can be used meanwhile."
make_downloads & job=$!
wait_for 1800 "the agent's image" job_is_over || { kill "$job"; die "the agent's image is not made; its log is $data/log/images.log"; }
wait "$job" || die "the agent's image was not made, so other machines cannot join yet; its log is $data/log/images.log"
[ -z "$demo_failed" ] || die "the demo is not active yet; ./drover ps demo says why"
