
# Those of the words $1 that begin with $2, one a line.
_isssim_words()
{
    compgen -W "${1//$'\n'/ }" -- "$2"
}

# Ask the program itself.  The launcher in a clone takes COMP_LINE for a sign that this
# is no time to build.
_isssim_ask()
{
    COMP_LINE=$COMP_LINE "$_isssim_program" "$@" 2>/dev/null </dev/null
}

_isssim_find_nothing()
{
    :
}

_isssim_find_files() # ENDING BEGINNING
{
    compgen -f -X "!*.$1" -- "$2"
    compgen -d -- "$2"
}

_isssim_find_result()
{
    _isssim_find_files h5 "$1"
}

# Files, and the shipped ones by name.
_isssim_find_scenario()
{
    _isssim_find_files cfg "$1"
    [[ $1 == */* ]] ||
        _isssim_words "$(_isssim_ask list --json | sed -n 's/^ *"file": "\(.*\)",$/\1/p')" "$1"
}

_isssim_find_command()
{
    _isssim_words "$(_isssim_commands)" "$1"
}

_isssim_find_setting()
{
    _isssim_words "$(_isssim_settings)" "$1"
}

# Before the = what the scenario sets and what any may set; behind it the choices that a
# setting has.
_isssim_find_assignment()
{
    local path=${1%%=*} known
    if [[ $1 != *=* ]]; then
        known=$([[ -z $_isssim_operand ]] || _isssim_ask show "$_isssim_operand" --json |
            sed -n 's/^ *"path": "\(.*\)",$/\1/p')
        _isssim_words "$known $(_isssim_singles)" "$1" | sort -u | sed 's/$/=/'
        return
    fi
    known=$(_isssim_ask describe "$path" --json)
    if [[ $known == *'"type": "flag"'* ]]; then
        known="true false"
    else
        known=$(sed -n '/"choices": \[/,/\]/s/^ *"\([^"]*\)",*$/\1/p' <<<"$known")
    fi
    _isssim_words "$known" "${1#*=}" | sed "s/^/$path=/"
}

# Those of the file on the line.
_isssim_find_metric()
{
    [[ -z $_isssim_operand ]] || _isssim_words "$(_isssim_ask info "$_isssim_operand" --json |
        sed -n '/^ "metrics"/,/^ []}]/s/^ *"name": "\(.*\)",*$/\1/p')" "$1"
}

_isssim_find_table()
{
    [[ -z $_isssim_operand ]] || _isssim_words "$(_isssim_ask export "$_isssim_operand" |
        sed -n 's/^[ 0-9]\{10\}  \([^ ]\{1,\}\).*/\1/p')" "$1"
}

# The words before the cursor and the one under it, whole again where bash breaks them at
# an equals sign, and without quotes.
_isssim_split()
{
    local i word glue=
    _isssim_line=()
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]//[\\\"\']/}
        if [[ -n $glue || $word == = ]] && ((${#_isssim_line[@]})); then
            _isssim_line[-1]+=$word
        else
            _isssim_line+=("$word")
        fi
        [[ $word == = ]] && glue=1 || glue=
    done
}

_isssim()
{
    local _isssim_program=${COMP_WORDS[0]/#\~/$HOME} _isssim_line _isssim_operand=
    local word current command previous='' kind='' place=0 options=yes prefix='' flags i
    flags=$(_isssim_flags)
    _isssim_split
    command=${_isssim_line[0]}
    current=${_isssim_line[-1]}
    COMPREPLY=()
    if ((${#_isssim_line[@]} == 1)); then
        mapfile -t COMPREPLY < <(_isssim_words "$(_isssim_commands) --help --version" "$current")
        return
    fi
    for ((i = 1; i < ${#_isssim_line[@]} - 1; i++)); do
        word=${_isssim_line[i]}
        if [[ -n $previous ]]; then
            previous=
        elif [[ $word == -- ]]; then
            options=
        elif [[ $options && $word == -?* ]]; then
            # The last letter of a bundle may want a value.
            [[ $word =~ ^-[$flags]+(.)$ ]] && word=-${BASH_REMATCH[1]}
            [[ -n $(_isssim_value "$word") ]] && previous=$word
        else
            ((place++ == 0)) && _isssim_operand=$word
        fi
    done
    if [[ -n $previous ]]; then
        kind=$(_isssim_value "$previous")
    elif [[ $options && $current == --*=* ]]; then
        kind=$(_isssim_value "${current%%=*}")
        prefix=${current%%=*}=
        current=${current#*=}
    elif [[ $options && $current == -* ]]; then
        mapfile -t COMPREPLY < <(_isssim_words "$(_isssim_options "$command")" "$current")
        return
    else
        kind=$(_isssim_operand "$command" "$place")
    fi
    _isssim_reply "${kind:-nothing}" "$current" "$prefix"
}

# KIND BEGINNING PREFIX: what is found for the beginning.  Bash replaces only what stands
# behind the last equals sign, where it breaks words there.
_isssim_reply()
{
    local i
    mapfile -t COMPREPLY < <("_isssim_find_$1" "$2")
    [[ $1 == assignment && $2 != *=* ]] && compopt -o nospace 2>/dev/null
    [[ $1 == scenario || $1 == result ]] && compopt -o filenames 2>/dev/null
    for i in "${!COMPREPLY[@]}"; do
        if [[ $COMP_WORDBREAKS != *=* ]]; then
            COMPREPLY[i]=$3${COMPREPLY[i]}
        elif [[ $2 == *=* ]]; then
            COMPREPLY[i]=${COMPREPLY[i]#"${2%=*}="}
        fi
    done
}

complete -F _isssim isssim
