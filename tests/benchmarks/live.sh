#!/usr/bin/env bash
# What does it cost that a live page passes through the edge?
#
#   tests/benchmarks/live.sh [--write]
#
# The edge before nginx, with a snapshot of all that it asks for, so that each answer is watched; beside it the least program that forwards by YARP
# (tests/benchmarks/peers), without an access log and with the framework's own, and HAProxy and nginx as proxies. The origin has the load generator's core.
# --write puts the table into docs/performance.md. Environment: lib.sh.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need nginx-light:nginx haproxy:haproxy wrk:wrk curl:curl
peers=$BIN/EdgeHost.Peers/release/EdgeHost.Peers
[ -x "$peers" ] || die "no Release build: dotnet build EdgeHost.sln -c Release"

make_site
SERVER_CORE=$CLIENT_CORE start_nginx origin ''
origin=http://127.0.0.1:${port[origin]}
start_edge edge "$origin"
wait_for "an answer of the origin" edge is_live edge
for name in yarp yarp-logged; do
    port[$name]=$(pick_port)
    mkdir -p "$WORK/$name"
    launch $name "$peers" forward --url "http://127.0.0.1:${port[$name]}" --origin "$origin" $([ $name = yarp ] || echo "--log-directory $WORK/$name")
    wait_for $name $name fetch -f "http://127.0.0.1:${port[$name]}/page.html"
done
port[haproxy]=$(pick_port)
cat >"$WORK/haproxy.cfg" <<CONF
global
  nbthread 1
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen bench
  bind 127.0.0.1:${port[haproxy]}
  server origin 127.0.0.1:${port[origin]}
CONF
launch haproxy haproxy -db -f "$WORK/haproxy.cfg"
wait_for haproxy haproxy fetch -f "http://127.0.0.1:${port[haproxy]}/page.html"
start_nginx nginx "upstream origin { server 127.0.0.1:${port[origin]}; keepalive 64; }" "location / { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ''; proxy_set_header Host \$host; }"

row='10 KB page, forwarded'
for server in edge yarp yarp-logged haproxy nginx; do
    fetch -o "$WORK/$server.body" "http://127.0.0.1:${port[$server]}/page.html"
    cmp "$WORK/edge.body" "$WORK/$server.body" || die "edge and $server differ"
    entry "$row" $server wrk "http://127.0.0.1:${port[$server]}/page.html"
done
row='1 MB image, forwarded'
for server in edge yarp; do entry "$row" $server wrk "http://127.0.0.1:${port[$server]}/image.jpg"; done
run_rows
is_live edge || die "the edge no longer asks the origin"
[ "${1:-}" != --write ] || write_table
