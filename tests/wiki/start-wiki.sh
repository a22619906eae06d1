#!/usr/bin/env bash
# A throw-away DokuWiki on 127.0.0.1 for tests: a real website, written by others, whose death can be arranged.
#
#   start-wiki.sh start DIR     make a filled wiki in DIR (new or empty), serve it, print export lines
#   start-wiki.sh kill DIR      SIGKILL the server and all its workers; the port refuses when this returns
#   start-wiki.sh up DIR        serve the same content on the same port again, print export lines
#   start-wiki.sh command DIR   print the shell command line that 'up' would run, for a test that runs PHP itself
#   start-wiki.sh stop DIR      kill, and delete what start made in DIR
#
# stdout carries only  export WIKI_PORT=… WIKI_URL=… WIKI_PGID=…  lines; all talk goes to stderr.
# The server is PHP's built-in one with WIKI_WORKERS (4) workers in a process group of its own.
# The same content every time (see fill.php), but for the time that DokuWiki puts into the address of taskrunner.php at
# each page's end and into the feed's lastBuildDate. Nobody logs in, everybody may read and edit.
# Needs the Debian packages dokuwiki, php-cli, php-xml, and php-gd for scaled images; their files are copied into DIR and
# neither /usr/share/dokuwiki, /etc/dokuwiki nor /var/lib/dokuwiki is used by the running wiki.
# Environment: WIKI_USE_PORT (a free one is picked), WIKI_WORKERS,
#   WIKI_REWRITE=0 (default: /doku.php?id=space:page) or 2 (/doku.php/space/page)
set -euo pipefail
export LC_ALL=C.UTF-8

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
DOKUWIKI=${DOKUWIKI:-/usr/share/dokuwiki}
DOKUWIKI_CONF=${DOKUWIKI_CONF:-/etc/dokuwiki}
WIKI_WORKERS=${WIKI_WORKERS:-4}
READY_SECONDS=30

say() { printf '%s\n' "wiki: $*" >&2; }
die() { say "$*"; exit 1; }

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
pick_port() {   # below the kernel's ephemeral range, so no client socket sits on it
    local p i
    for i in $(seq 200); do p=$((20000 + RANDOM % 12000)); port_open "$p" || { echo "$p"; return; }; done
    die "no free port"
}
get() {         # get PORT PATH: status line, headers and body
    exec 4<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&4
    timeout 10 cat <&4 || true
    exec 4>&-
}

# ---- the tree --------------------------------------------------------------------------------------------------

make_wiki() {
    [ -f "$DOKUWIKI/doku.php" ] && command -v php >/dev/null || die "not installed: apt-get install dokuwiki php-cli php-xml php-gd"
    mkdir -p "$DIR"/{www,conf,data}
    # Symlinks won't do: DokuWiki finds itself by real paths. Languages other than the two used are 80 % of the files.
    (cd "$DOKUWIKI" && find -L . -path ./lib/plugins/testing -prune -o -type f ! -name install.php \
        \( ! -path '*/lang/*' -o -path '*/lang/en/*' -o -path '*/lang/de/*' \) -print0 | tar -ch --null -T - -f -) | tar -x -C "$DIR/www"
    cp "$DOKUWIKI_CONF"/{*.conf,dokuwiki.php,license.php,manifest.json,mediameta.php,plugins.php,plugins.required.php} "$DIR/conf/"
    cat >"$DIR/www/inc/preload.php" <<PHP
<?php
// One directory holds everything of this wiki.
if (!defined('DOKU_CONF')) define('DOKU_CONF', '$DIR/conf/');
PHP
    cat >"$DIR/conf/local.php" <<PHP
<?php
\$conf['title'] = 'Test wiki';
\$conf['tagline'] = 'Größe, Maße & more';
\$conf['savedir'] = '$DIR/data';
\$conf['useacl'] = 0;
\$conf['license'] = 'cc-by-sa';
\$conf['deaccent'] = 0;             // keep umlauts in addresses
\$conf['userewrite'] = ${WIKI_REWRITE:-0};
\$conf['useslash'] = 1;
\$conf['send404'] = 1;
\$conf['sitemap'] = 1;
\$conf['rss_type'] = 'rss2';
\$conf['rss_linkto'] = 'current';
\$conf['recent_days'] = 36500;      // the changelog's times are fixed, see fill.php
\$conf['youarehere'] = 1;
\$conf['breadcrumbs'] = 0;          // what a visitor saw before is no part of a page
\$conf['updatecheck'] = 0;          // ask nobody outside
PHP
    echo 'csv text/csv' >"$DIR/conf/mime.local.conf"
    touch -d 2025-01-01T00:00:00Z "$DIR"/conf/* "$DIR/www/inc/preload.php"     # the addresses of scripts and styles hold a hash of these times
    php -d date.timezone=UTC "$HERE/fill.php" "$DIR/data"
    # for search and the sitemap; it runs without a request, and the cache asks for its host
    HTTP_HOST=127.0.0.1 SERVER_PORT=80 php -d date.timezone=UTC "$DIR/www/bin/indexer.php" -q >"$DIR/server.log" 2>&1 || { tail "$DIR/server.log" >&2; die "the indexer failed"; }
}

# ---- processes -------------------------------------------------------------------------------------------------

server=()
set_server() { server=(php -d date.timezone=UTC -d opcache.enable_cli=1 -d display_errors=0 -S "127.0.0.1:$WIKI_PORT" -t "$DIR/www"); }

# A process is ours only while its command line still names our document root. The workers share their parent's.
ours() { [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- " -t $DIR/www "; }
group() {   # the pids of ours in the recorded process group; a zombie has no command line and is not among them
    local stat pid rest
    [ -f "$DIR/pgid" ] || return 0
    for stat in /proc/[0-9]*/stat; do
        { read -r rest <"$stat"; } 2>/dev/null || continue
        pid=${rest%% *} rest=${rest##*) }                    # state ppid pgrp …
        set -- $rest
        if [ "$3" = "$(<"$DIR/pgid")" ] && ours "$pid"; then echo "$pid"; fi
    done
}

end() {
    local i
    if [ -n "$(group)" ]; then
        kill -KILL -- "-$(<"$DIR/pgid")" 2>/dev/null || true
        for i in $(seq 200); do [ -n "$(group)" ] || break; sleep 0.05; done
        [ -z "$(group)" ] || die "still running: $(group)"
    fi
    rm -f "$DIR/pgid"
    # a process that is ending has no command line any more before its sockets are closed
    for i in $(seq 200); do port_open "$WIKI_PORT" || break; sleep 0.02; done
    ! port_open "$WIKI_PORT" || die "port $WIKI_PORT still answers"
}

clear() { rm -rf "$DIR"/{www,conf,data,port,pgid,server.log}; rmdir "$DIR" 2>/dev/null || true; }

serve() {   # 0 when the wiki answers; 1 when PHP ended, as it does when the port is taken
    local i pid
    set_server
    PHP_CLI_SERVER_WORKERS=$WIKI_WORKERS setsid "${server[@]}" </dev/null >>"$DIR/server.log" 2>&1 &
    pid=$!
    echo "$pid" >"$DIR/pgid"
    for i in $(seq $((READY_SECONDS * 10))); do
        if port_open "$WIKI_PORT" && [[ $(get "$WIKI_PORT" '/doku.php?id=start') == *'Test wiki'* ]]; then
            [ "$(group | wc -l)" -gt 0 ] && return 0
        fi
        kill -0 "$pid" 2>/dev/null || { rm -f "$DIR/pgid"; return 1; }
        sleep 0.1
    done
    end; tail -n 20 "$DIR/server.log" >&2; die "did not answer in $READY_SECONDS s"
}

print_env() { printf 'export WIKI_PORT=%s WIKI_URL=http://127.0.0.1:%s WIKI_PGID=%s\n' "$WIKI_PORT" "$WIKI_PORT" "$(<"$DIR/pgid")"; }

# ---- commands --------------------------------------------------------------------------------------------------

usage() { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 2; }
mode=${1:-} dir=${2:-}
[ -n "$mode" ] && [ -n "$dir" ] || usage

if [ "$mode" = start ]; then
    mkdir -p "$dir"; DIR=$(cd "$dir" && pwd -P)
    [ -z "$(ls -A "$DIR")" ] || die "$DIR is not empty"
    asked=${WIKI_USE_PORT:-}
    trap 'rc=$?; if [ $rc -ne 0 ]; then (end) 2>/dev/null || true; clear; fi' EXIT
    make_wiki
    for _ in 1 2 3 4 5; do
        WIKI_PORT=${asked:-$(pick_port)}
        echo "$WIKI_PORT" >"$DIR/port"
        if serve; then say "$(group | wc -l) processes answer on port $WIKI_PORT"; print_env; exit; fi
        say "port $WIKI_PORT was taken"
    done
    tail -n 20 "$DIR/server.log" >&2; die "the server does not start"
fi

DIR=$(cd "$dir" && pwd -P)
[ -f "$DIR/port" ] || die "no wiki in $DIR"
WIKI_PORT=$(<"$DIR/port")
case $mode in
    kill) end; say "killed; port $WIKI_PORT refuses" ;;
    up)
        [ -n "$(group)" ] || serve || { tail -n 20 "$DIR/server.log" >&2; die "the server does not start"; }
        print_env ;;
    command) set_server; printf 'PHP_CLI_SERVER_WORKERS=%s' "$WIKI_WORKERS"; printf ' %q' "${server[@]}"; echo ;;
    stop)
        end; clear; say "stopped" ;;
    *) usage ;;
esac
