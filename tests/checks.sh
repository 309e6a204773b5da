# SPDX-License-Identifier: GPL-2.0-or-later
#
# The checks that read the sources rather than run them: each function is one
# check, is silent or explains itself, and gives 0 when all is well. Sourced by
# run.sh, which runs those that `source_checks` names. POSIX sh.
# shellcheck shell=sh

# Longest source file that still is one thing to a reader.
MAX_LINES=450

# Subjects of commits after this one keep to a form, and to so many characters.
FIRST_SUBJECT=810928b
MAX_SUBJECT=72

# The clang-format whose layout the code has; other versions lay some tables out differently.
FORMATTER=14

# Names of the checks for this machine, one a line.
source_checks()
{
    printf '%s\n' check_headers check_shadows check_lengths check_functions check_rooms check_wording \
        check_spelling check_shell check_cppcheck check_subjects
    if clang-format --version | grep -q "version $FORMATTER\."; then
        printf '%s\n' check_format
    fi
    if [ -n "$(wireshark_tools)" ]; then
        printf '%s\n' check_upstream_api check_upstream_fields check_upstream_filters \
            check_upstream_encodings check_upstream_items
    fi
}

# Folder with the checkers of Wireshark's own developers: the tools folder of the
# source tree named by WIRESHARK_SOURCE. Empty when there is none.
wireshark_tools()
{
    [ -f "${WIRESHARK_SOURCE:-}/tools/checkhf.pl" ] && printf '%s' "$WIRESHARK_SOURCE/tools"
    return 0
}

# sources PATTERN...
# The project's files of these patterns, one a line; fails when there are none,
# so that no check passes for want of files. Without git (an exported tree) they
# are looked for in the project's folders.
sources()
{
    if git -c safe.directory='*' rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git -c safe.directory='*' ls-files --cached --others --exclude-standard -- "$@"
    else
        for sources_pattern in "$@"; do
            find CMakeLists.txt plugin cmake samples tests .ci -type f -path "$sources_pattern"
        done
    fi | grep .
}

# each COMMAND... <FILES: runs COMMAND with all files named on standard input.
each()
{
    xargs -d '\n' "$@"
}

# Every source file names its license in its first lines.
check_headers()
{
    list=$(sources '*.c' '*.h' '*.inc' '*.py' '*.sh' '*CMakeLists.txt' '*.cmake' '.ci/run') || return 1
    ! printf '%s\n' "$list" | while read -r file; do
        head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' ||
            printf '%s: no SPDX-License-Identifier: GPL-2.0-or-later in its first lines\n' "$file"
    done | grep .
}

# `address` is a type of Wireshark's, whose own build takes a variable of that name for an error (-Wshadow). Ours does
# not see it, because Wireshark's headers are the system's here.
check_shadows()
{
    list=$(sources 'plugin/dissect/*.c') || return 1
    ! printf '%s\n' "$list" | each grep -nE '[a-z_] \*?address( =|[,)])' -- | grep -vE ':[0-9]+: ?\*|/\*|"'
}

# No file has grown beyond what a reader takes in.
check_lengths()
{
    list=$(sources '*.c' '*.h' '*.py' '*.sh') || return 1
    ! printf '%s\n' "$list" | while read -r file; do
        lines=$(wc -l <"$file")
        [ "$lines" -le "$MAX_LINES" ] || printf '%s: %d lines, more than %d\n' "$file" "$lines" "$MAX_LINES"
    done | grep .
}

# No function that writes past its buffer or reads text without a bound.
check_functions()
{
    list=$(sources 'plugin/*.c' 'plugin/*.h') || return 1
    ! printf '%s\n' "$list" | each grep -nE \
        '\b(strcpy|strcat|sprintf|vsprintf|gets|sscanf|strtok|strstr|alloca|regcomp|g_regex_new)[[:space:]]*\('
}

# Includes reach down only, and in no circle.
check_rooms()
{
    /usr/bin/python3 tests/rooms.py
}

# Commit subjects read "area: what". Without the history (an exported tree) there are none.
check_subjects()
{
    git -c safe.directory='*' rev-parse --quiet --verify "$FIRST_SUBJECT^{commit}" >/dev/null 2>&1 || return 0
    subjects=$(git -c safe.directory='*' log --no-merges --format='%h %s' "$FIRST_SUBJECT..HEAD") || return 1
    ! printf '%s' "$subjects" | awk -v max="$MAX_SUBJECT" '
        {
            subject = $0
            sub(/^[^ ]* /, "", subject)
            if (length(subject) > max)
                printf "%s\n    has %d characters, more than %d\n", $0, length(subject), max
            if (subject !~ /^[A-Za-z0-9_.\/-]+(, [A-Za-z0-9_.\/-]+)*: [^ ]/)
                printf "%s\n    does not read \"area: what\"\n", $0
        }' | grep .
}

# The C code is laid out as .clang-format describes.
check_format()
{
    list=$(sources 'plugin/*.c' 'plugin/*.h' 'tests/*.c' 'tests/*.h') || return 1
    printf '%s\n' "$list" | each clang-format --dry-run --Werror
}

# Words that mark a translated sentence, in what users read: texts of the program, and documents.
check_wording()
{
    words='behind|stands|bears|of whom|(is|are) told|seldom'
    texts=$(sources 'plugin/*.c' 'plugin/*.h') || return 1
    documents=$(sources '*.md') || return 1
    ! {
        printf '%s\n' "$texts" | each grep -nE "\"([^\"]*[^\"[:alnum:]])?($words)([^\"[:alnum:]][^\"]*)?\""
        printf '%s\n' "$documents" | each grep -nwE "$words"
    } | grep .
}

# Typing errors, and British spelling; but Wireshark says "Unrecognised SIP header", and [MS-PRES] is a document.
check_spelling()
{
    list=$(sources '*.c' '*.h' '*.inc' '*.py' '*.sh' '*.md' '*.txt') || return 1
    printf '%s\n' "$list" | each codespell --builtin clear,rare,en-GB_to_en-US --ignore-words-list unrecognised,pres
}

check_shell()
{
    list=$(sources '*.sh' '.ci/run') || return 1
    printf '%s\n' "$list" | each shellcheck -x
}

# Wireshark's interface fixes the types of callbacks and tvbs, so what cppcheck
# would make const there often cannot be.
check_cppcheck()
{
    list=$(sources 'plugin/*.c') || return 1
    printf '%s\n' "$list" | each cppcheck --force --enable=warning,performance,portability,style \
        --quiet --inline-suppr --error-exitcode=1 --suppress=missingInclude --suppress=unknownMacro \
        --suppress=constParameter --suppress=constParameterPointer --suppress=constParameterCallback \
        --suppress=constVariablePointer --suppress=unusedStructMember --suppress=normalCheckLevelMaxBranches \
        -D_U_= -I plugin
}

# complains_by PATTERN COMMAND...
# Runs a checker whose exit code does not tell: it fails as well when a line of
# its output matches PATTERN.
complains_by()
{
    pattern=$1
    shift
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output"
        return 1
    }
    ! printf '%s\n' "$output" | grep -E "$pattern"
}

# Wireshark's own checkers. Those for fields and items look at what uses its
# interface; the first one at all that is linked into the plugin.

check_upstream_api()
{
    list=$(sources 'plugin/engine/*.c' 'plugin/call/*.c' 'plugin/dissect/*.c') || return 1
    printf '%s\n' "$list" | complains_by '^Error' each perl "$(wireshark_tools)/checkAPIs.pl" \
        -g dissectors-prohibited -g dissectors-restricted -g prohibited -g deprecated -g soft-deprecated
}

check_upstream_fields()
{
    list=$(sources 'plugin/dissect/*.c') || return 1
    printf '%s\n' "$list" | complains_by . each perl "$(wireshark_tools)/checkhf.pl"
}

# This one wants the protocol and its fields in one file, the protocol first.
check_upstream_filters()
{
    list=$(sources 'plugin/dissect/*.c') || return 1
    joined=$(mktemp -d) || return 1
    printf '%s\n' plugin/dissect/skypefed.c "$list" | awk '!seen[$0]++' | each cat >"$joined/packet-skypefed.c"
    result=0
    complains_by . perl "$(wireshark_tools)/checkfiltername.pl" "$joined/packet-skypefed.c" || result=1
    rm -r "$joined"
    return "$result"
}

check_upstream_encodings()
{
    list=$(sources 'plugin/dissect/*.c') || return 1
    printf '%s\n' "$list" | complains_by . each perl "$(wireshark_tools)/fix-encoding-args.pl"
}

check_upstream_items()
{
    tool=$(wireshark_tools)/check_typed_item_calls.py
    list=$(sources 'plugin/dissect/*.c') || return 1
    # Later versions check more, and say so by an option.
    if /usr/bin/python3 "$tool" --help | grep -q -e --all-checks; then
        options='--all-checks --missing-items --extra-value-string-checks'
    else
        options='--mask --label --consecutive --missing-items'
    fi
    for file in $list; do
        # shellcheck disable=SC2086
        complains_by '^(Error|Warning)' /usr/bin/python3 "$tool" $options --file "$PWD/$file" || return 1
    done
}
