#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What make install puts in place and make uninstall removes, with the program of these tests.
source "$(dirname "$0")/lib.sh"

PREFIX=/usr/local DESTDIR=$WORK/root
export PREFIX DESTDIR
unset SUDO_USER
LOCAL=$DESTDIR$PREFIX
# there FILE...: each file is installed and not empty.
there() { for file in "$@"; do [ -s "$LOCAL/$file" ] || fail "$file is missing"; done; }

say "everything is in its place"
"$ROOT/packaging/install" "$SWITCHBOARD" > "$WORK/said"
there bin/switchboard share/man/man1/switchboard.1.gz share/man/man1/switchboard-close.1.gz \
    share/man/man7/switchboard-keys.7.gz share/bash-completion/completions/switchboard \
    share/zsh/site-functions/_switchboard share/fish/vendor_completions.d/switchboard.fish \
    share/doc/switchboard/docs/operator.md share/doc/switchboard/examples/hotel/switchboard.yaml \
    lib/systemd/system/switchboard.service lib/systemd/system/switchboard.socket lib/sysusers.d/switchboard.conf
expect "$(stat -c %a "$LOCAL/bin/switchboard")" 755
expect "$(cd "$LOCAL" && find . -type f | sed 's,^\./,,' | sort)" "$(sort "$LOCAL/share/switchboard/installed")" "the list"
[ "$(stat -c %s "$LOCAL/bin/switchboard")" -lt "$(stat -c %s "$SWITCHBOARD")" ] || fail "it still has its symbols"
expect "$("$LOCAL/bin/switchboard" --version)" "$("$SWITCHBOARD" --version)"

say "each command has a page, which the formatter reads without a warning"
for command in $("$SWITCHBOARD" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do there "share/man/man1/switchboard-$command.1.gz"; done
if command -v groff > /dev/null; then
    for page in "$LOCAL"/share/man/man*/*; do
        words=$(zcat "$page" | groff -man -ww -Tutf8 -k 2>&1 > /dev/null)
        expect "$words" "" "${page##*/}"
    done
    expect_match "$(zcat "$LOCAL/share/man/man1/switchboard-close.1.gz" | groff -man -Tascii -P-cbou)" '\[--reason TEXT\]|--reason TEXT'
else
    echo "SKIPPED: there is no groff"
fi
expect_match "$("$SWITCHBOARD" manual switchbord.1 2>&1 || true)" "did you mean switchboard.1"

say "bash completes commands, themes, files and what the rules file names"
RULES=$(rules office <<< 'lines: [{ number: "+31850835037", name: Front desk, group: amsterdam }]')
# offered WORD...: what bash offers for a command line whose last word is being typed.
offered() {
    bash -c '
        source "$0"
        COMP_WORDS=(switchboard "$@") COMP_CWORD=$# COMP_LINE="switchboard $*" COMP_TYPE=9 COMP_KEY=9
        COMP_POINT=${#COMP_LINE}
        _switchboard switchboard "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}"' "$LOCAL/share/bash-completion/completions/switchboard" "$@"
}
export PATH=$LOCAL/bin:$PATH
expect_match "$(offered clo)" '^close *$'
expect_match "$(offered demo --theme ni)" '(^|'$'\n'')night *($|'$'\n'')'
expect_match "$(offered demo --color "")" 'truecolor|256|none|auto'
expect_match "$(offered explain --config "$RULES" --to F)" 'Front'
expect_match "$(cd "$WORK" && offered check off)" 'office.yaml'

say "a second installation replaces the first, without what is not in it any more"
echo share/doc/switchboard/old.md >> "$LOCAL/share/switchboard/installed"
echo old > "$LOCAL/share/doc/switchboard/old.md"
"$ROOT/packaging/install" "$SWITCHBOARD" > "$WORK/said"
[ ! -e "$LOCAL/share/doc/switchboard/old.md" ] || fail "a file of the former version is left"

say "nothing is left of it, and what is not its own stays"
mkdir -p "$LOCAL/share/man/man1"
echo other > "$LOCAL/share/man/man1/other.1"
"$ROOT/packaging/uninstall" > "$WORK/said"
expect "$(cd "$LOCAL" && find . -type f)" ./share/man/man1/other.1
expect "$(find "$LOCAL" -type d -empty)" ""
! "$ROOT/packaging/uninstall" 2> "$WORK/said" || fail "it removes what is not there"

say "a list that was tampered with removes nothing"
mkdir -p "$LOCAL/share/switchboard"
echo precious > "$WORK/precious"
printf '%s\n' ../../../precious > "$LOCAL/share/switchboard/installed"
! "$ROOT/packaging/uninstall" 2> "$WORK/said" || fail "a path outside of the prefix is accepted"
expect "$(cat "$WORK/precious")" precious

say "a prefix of one's own has no units of the system"
PREFIX=$WORK/home/.local DESTDIR='' "$ROOT/packaging/install" "$SWITCHBOARD" > "$WORK/said"
[ -x "$WORK/home/.local/bin/switchboard" ] && [ ! -e "$WORK/home/.local/lib" ] || fail "units outside of the system's folders"
PREFIX=$WORK/home/.local DESTDIR='' "$ROOT/packaging/uninstall" > "$WORK/said"
[ ! -e "$WORK/home/.local/bin" ] || fail "the program is left"
