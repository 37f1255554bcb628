#!/usr/bin/env bash
# A fresh clone -> .venv from requirements.lock, and LibreOffice Writer, Liberation fonts, poppler-utils through apt where they are missing.
# `--cluster` adds requirements-cluster.lock, `--supply` requirements-supply.lock (audit, SBOM, licences, locks); `--test` adds both and
# wants Chromium and its driver too, in which the tests read the page of the year.
# Quiet when there is nothing to do. Exit code 5 with the exact command when the user may not install.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
locks=(requirements.lock)
browser=
for option in "$@"; do
  case "$option" in
    --cluster) locks+=(requirements-cluster.lock) ;;
    --supply) locks+=(requirements-supply.lock) ;;
    --test) locks+=(requirements-cluster.lock requirements-supply.lock); browser=1 ;;
    *) printf 'lỗi: không có tùy chọn «%s» — chỉ có --cluster, --supply, --test\n' "$option" >&2; exit 2 ;;
  esac
done

say() { printf '%s\n' "$*" >&2; }

may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# Liberation Serif must have the Vietnamese letters: release 2, which Debian 12 calls fonts-liberation2.
vietnamese_fonts() { command -v fc-list >/dev/null && fc-list ':family=Liberation Serif:charset=1ea1 1ec7 1ee9' | grep -q .; }

missing=()
command -v "$PYTHON" >/dev/null || missing+=(python3)
if [ ! -x .venv/bin/python ]; then "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv); fi
command -v soffice >/dev/null || command -v libreoffice >/dev/null || missing+=(libreoffice-writer-nogui)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
if [ -n "$browser" ]; then
  command -v chromium >/dev/null || missing+=(chromium)
  command -v chromedriver >/dev/null || missing+=(chromium-driver)
fi
if ! vietnamese_fonts; then missing+=(fontconfig fonts-liberation2); fi

if [ ${#missing[@]} -gt 0 ]; then
  if ! may_install; then
    say "lỗi: máy còn thiếu ${missing[*]} — chạy lệnh sau rồi làm lại:"
    say "  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
    exit 5
  fi
  say "Cài các gói hệ thống còn thiếu: ${missing[*]} (vài phút) ..."
  as_root apt-get update -qq
  packages=()
  for package in "${missing[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then packages+=("$package"); else packages+=("${package%2}"); fi
  done
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  vietnamese_fonts || { say "lỗi: phông Liberation Serif trên máy không đủ chữ tiếng Việt — cài phông Liberation bản 2"; exit 5; }
fi

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "lỗi: cần Python 3.11 trở lên — cài rồi chạy: make PYTHON=python3.11 ..."; exit 5; }

# Where Python may not keep compiled modules by itself, every run would compile the program anew.
compile() { if [ -n "${PYTHONDONTWRITEBYTECODE:-}" ] && [ -x .venv/bin/python ]; then .venv/bin/python -m compileall -q pipeline; fi; }

# Every lock file says exact versions and hashes; the two optional ones agree with the first (tests/supply/test_locks.py).
for lock in "${locks[@]}"; do
  wanted=$(sha256sum "$lock" | cut -d' ' -f1)
  ready=".venv/.$lock-sha256"
  if [ "$(cat "$ready" 2>/dev/null || true)" != "$wanted" ]; then
    say "Cài môi trường Python theo $lock ..."
    [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r "$lock"
    printf '%s' "$wanted" > "$ready"
  fi
done
compile
