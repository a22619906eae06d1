#!/usr/bin/env bash
# Builds EdgeHost and runs every test:
#
#   ./test.sh [--long] [--project NAME] [--filter PATTERN] [-- SWITCH...]
#
#   --long             also the tests with the trait Category=Long
#   --project NAME     only tests/NAME (EdgeHost.Tests, …)
#   --filter PATTERN   only tests whose class and method name contains PATTERN
#   -- SWITCH...       given as they are to each test executable (its own help: artifacts/bin/NAME/release/NAME -?)
#
# The last line is the totals, `N passed, N failed, N skipped`. The exit code is not 0 if anything failed, if a test process
# crashed or ran out of time (each counts as a failure), if no test ran, or, where CI=true, if anything was skipped.
#
# On Debian, as root or with sudo, missing packages are installed: DokuWiki, a website of others that the whole-system
# tests export and kill. A real S3 engine is unpacked into ~/.cache and started (tests/s3). Where either can't be had, the
# tests that need it are skipped, and named at the end.
#
# For the tests: S3_ENDPOINT S3_ACCESS_KEY S3_SECRET_KEY S3_REGION S3_DATA_DIR, S3_EDGE_… and S3_EXPORTER_… keys of users
# without rights of their own, EDGEHOST_TEST_S3 and EDGEHOST_TEST_WIKI (the scripts that run these), EDGEHOST_TEST_ROOT
# (this directory). An S3_ENDPOINT in the caller's environment is used as it is, and nothing is started.
# TEST_SECONDS bounds each project (1200; 5400 with --long).
set -uo pipefail
exec 2>&1       # one stream, in order
export LC_ALL=C.UTF-8
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$ROOT" || exit 2

long=false only= part=false switches=()     # part: a developer's partial run, without the format check
while [ $# -gt 0 ]; do
    case $1 in
        --long) long=true ;;
        --project) part=true; only=${2:?--project needs a name}; shift ;;
        --filter) part=true; switches+=(-method "*${2:?--filter needs a pattern}*"); shift ;;
        --) shift; switches+=("$@"); break ;;
        *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"; exit 2 ;;
    esac
    shift
done
if $long; then bound=${TEST_SECONDS:-5400}; else bound=${TEST_SECONDS:-1200}; switches+=(-trait- Category=Long); fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0    # no build server outlives this script

passed=0 failed=0 skipped=0 failures=() skips=()
say() { printf '\n== %s\n' "$*" >&2; }
fail() { failed=$((failed + 1)); failures+=("$1"); say "FAILED: $1"; }

# ---- what was started, and its end -----------------------------------------------------------------------------

WORK=$(mktemp -d "${TMPDIR:-/tmp}/edgehost-test.XXXXXX")    # short: Unix sockets live under it
mkdir "$WORK/tmp"
chmod 711 "$WORK" "$WORK/tmp"  # programs that a test starts as another user find their files
current=     # process group of the running step: its leader's pid, in a session of its own
s3_dir=      # our cluster

end_current() {
    [ -n "$current" ] || return 0
    if kill -0 -- "-$current" 2>/dev/null; then
        kill -TERM -- "-$current" 2>/dev/null
        for _ in $(seq 50); do kill -0 -- "-$current" 2>/dev/null || break; sleep 0.1; done
        kill -KILL -- "-$current" 2>/dev/null
    fi
    current=
}
end_leftovers() {   # what a test started with our scripts, in sessions of their own, and did not end
    local mark
    while IFS= read -r mark; do
        say "still running after its test: ${mark%/*}"
        case $mark in
            */pgid) tests/wiki/start-wiki.sh stop "${mark%/*}" ;;
            */ceph.conf) tests/s3/start-ceph-s3.sh stop "${mark%/*}" ;;
        esac
    done < <(find "$WORK/tmp" -maxdepth 5 \( -name pgid -o -name ceph.conf \) 2>/dev/null)
}
clean_up() {
    end_current
    [ -d "$WORK" ] || return 0
    end_leftovers
    if [ -n "$s3_dir" ] && [ -f "$s3_dir/ceph.conf" ]; then tests/s3/start-ceph-s3.sh stop "$s3_dir" >&2; fi
    rm -rf "$WORK"
}
trap clean_up EXIT
trap 'say interrupted; exit 130' INT
trap 'say terminated; exit 143' TERM HUP

# In its own session, so that the step and whatever it started can be ended by one id, and waited for without deafness to
# signals. 124: out of time.
bounded() {   # bounded SECONDS COMMAND...
    local seconds=$1 began=$SECONDS status; shift
    setsid "$@" </dev/null &
    current=$!
    while kill -0 "$current" 2>/dev/null; do
        if [ $((SECONDS - began)) -ge "$seconds" ]; then end_current; return 124; fi
        sleep 0.2
    done
    wait "$current"; status=$?
    end_current
    return $status
}

finish() {
    clean_up
    if [ ${#skips[@]} -gt 0 ]; then printf '\nskipped:\n'; printf '  %s\n' "${skips[@]}"; fi
    if [ ${#failures[@]} -gt 0 ]; then printf '\nfailed:\n'; printf '  %s\n' "${failures[@]}"; fi
    local code=0
    if [ $failed -gt 0 ]; then code=1; fi
    if [ $((passed + failed)) -eq 0 ]; then printf '\nno test ran\n'; code=1; fi
    if [ "${CI:-}" = true ] && [ $skipped -gt 0 ]; then printf '\nskipped tests fail in CI\n'; code=1; fi
    printf '\n%d passed, %d failed, %d skipped\n' $passed $failed $skipped
    exit $code
}

# ---- packages, S3, wiki ----------------------------------------------------------------------------------------

have_wiki() { command -v php >/dev/null && [ -f /usr/share/dokuwiki/doku.php ] && php -r 'exit(extension_loaded("xml") ? 0 : 1);'; }
install_packages() {
    local missing=() as_root=() install
    have_wiki || missing+=(dokuwiki php-cli php-xml php-gd)
    command -v flock >/dev/null || missing+=(util-linux)
    command -v awk >/dev/null || missing+=(mawk)
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then say "not Debian: can't install ${missing[*]}"; return; fi
    if [ "$(id -u)" != 0 ]; then
        if sudo -n true 2>/dev/null; then as_root=(sudo -n); else say "neither root nor sudo: can't install ${missing[*]}"; return; fi
    fi
    say "installing ${missing[*]}"
    # RUNLEVEL=1: no maintainer script starts a service
    install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -y -q -o DPkg::Lock::Timeout=300)
    bounded 600 "${install[@]}" install --no-install-recommends "${missing[@]}" >&2 ||
        { bounded 300 "${install[@]}" update >&2; bounded 600 "${install[@]}" install --no-install-recommends "${missing[@]}" >&2; } ||
        say "could not install ${missing[*]}"
}

start_s3() {
    if [ -n "${S3_ENDPOINT:-}" ]; then say "S3 of the caller: $S3_ENDPOINT"; return; fi
    say "starting S3"
    s3_dir=$WORK/s3
    if bounded 600 tests/s3/start-ceph-s3.sh start "$s3_dir" >"$WORK/s3.env" &&
       tests/s3/start-ceph-s3.sh user "$s3_dir" edge >>"$WORK/s3.env" &&
       tests/s3/start-ceph-s3.sh user "$s3_dir" exporter >>"$WORK/s3.env"; then
        . "$WORK/s3.env"
    else
        say "no S3: its tests will be skipped"
    fi
}

# ---- results ---------------------------------------------------------------------------------------------------

count() { local tag; tag=$(grep -om1 '<assembly [^>]*>' "$1"); [[ $tag =~ \ $2=\"([0-9]+)\" ]] && echo "${BASH_REMATCH[1]}" || echo 0; }
named() {   # named FILE Skip|Fail: "test: reason" a line
    { sed 's/<test /\n<test /g' "$1"; echo; } | sed -nE "s/^<test [^>]* name=\"([^\"]*)\".* result=\"$2\"[^>]*>(<reason>([^<]*).*|.*)/\1\t\3/p" |
        sed -E 's/\\?(&quot;|")/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&#x[AD];/ /g; s/&amp;/\&/g; s/\t(.)/: \1/; s/\t$//'
}

run_project() {
    local project=$1 exe=artifacts/bin/$1/release/$1 xml=TestResults/$1.xml status p f s name
    say "$project"
    if [ ! -x "$exe" ]; then fail "$project: $exe was not built"; return; fi
    rm -f "$xml"
    if [ -n "$s3_dir" ] && [ -f "$s3_dir/ceph.conf" ]; then tests/s3/start-ceph-s3.sh up "$s3_dir" 2>/dev/null >&2; fi
    # what tests write goes with $WORK, whatever became of them
    TMPDIR=$WORK/tmp bounded "$bound" "$exe" -noLogo -noColor -longRunning 120 -result-xml "$xml" "${switches[@]}"
    status=$?
    end_leftovers
    if [ ! -s "$xml" ]; then
        if [ $status = 124 ]; then fail "$project: no end after $bound s"; else fail "$project: its process ended with $status and left no result"; fi
        return
    fi
    p=$(count "$xml" passed) f=$(( $(count "$xml" failed) + $(count "$xml" errors) )) s=$(count "$xml" skipped)
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    while IFS= read -r name; do skips+=("$name"); done < <(named "$xml" Skip)
    while IFS= read -r name; do failures+=("$name"); done < <(named "$xml" Fail)
    if [ "$(count "$xml" errors)" != 0 ]; then failures+=("$project: $(count "$xml" errors) errors outside of tests, see $xml"); fi
    if [ $status != 0 ] && [ $f = 0 ]; then fail "$project: its process ended with $status after its tests"; fi
}

# ---- the run ---------------------------------------------------------------------------------------------------

command -v dotnet >/dev/null || { fail "the .NET SDK of global.json is not installed"; finish; }
projects=()
for file in tests/*/*Tests.csproj; do
    name=$(basename "$file" .csproj)
    if [ -z "$only" ] || [ "$only" = "$name" ]; then projects+=("$name"); fi
done
[ ${#projects[@]} -gt 0 ] || { fail "no test project $only"; finish; }

install_packages
say "building"
bounded 900 dotnet build EdgeHost.sln -c Release -warnaserror -p:UseSharedCompilation=false -v:minimal || { fail "dotnet build"; finish; }
if ! $part; then
    say "checking the format"
    bounded 300 dotnet format EdgeHost.sln --verify-no-changes --no-restore || fail "dotnet format --verify-no-changes"
fi

start_s3
export EDGEHOST_TEST_ROOT=$ROOT EDGEHOST_TEST_S3=$ROOT/tests/s3/start-ceph-s3.sh
if have_wiki; then export EDGEHOST_TEST_WIKI=$ROOT/tests/wiki/start-wiki.sh; else say "no DokuWiki: its tests will be skipped"; fi

mkdir -p TestResults
for project in "${projects[@]}"; do run_project "$project"; done
finish
