"""The scripts that make bash, zsh and fish complete words with pubcli. Typer prints and installs them.

Each script passes the unfinished line to pubcli and inserts the answer. Typer replaces `%(...)s`, so other percent
signs are written twice. A text from a page is never executed: the scripts only insert values, and the shells or
`shell_words.quoted` quote them.
"""

BASH = """
%(complete_func)s() {
    local lines=() text program=${1/#\\~\\//$HOME/} line=${COMP_LINE:0:COMP_POINT}
    while IFS= read -r text; do lines+=("$text"); done < <(
        %(autocomplete_var)s=words_bash "$program" -- "$line" "$2" 2>/dev/null
    )
    COMPREPLY=("${lines[@]:1}")
    case " ${lines[0]-} " in *' open '*) compopt -o nospace 2>/dev/null ;; esac
    # Readline would replace the word by what the candidates have in common; an empty one prevents this.
    case " ${lines[0]-} " in *' list '*) COMPREPLY+=('') ;; esac
    case " ${lines[0]-} " in *' files '*) ((${#COMPREPLY[@]})) || compopt -o default -o bashdefault 2>/dev/null ;; esac
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

ZSH = """
#compdef %(prog_name)s

%(complete_func)s() {
    local program=${(Q)words[1]} line
    local -a before lines values texts options
    program=${program/#\\~\\//$HOME/}
    before=("${(@)words[2,CURRENT-1]}" "$IPREFIX$QIPREFIX$PREFIX")
    lines=("${(@f)$(%(autocomplete_var)s=words_zsh "$program" -- "${(@)before}" 2>/dev/null)}")
    [[ " $lines[1] " == *' files '* ]] && _files
    for line in "${(@)lines[2,-1]}"; do
        values+=("${line%%%%$'\\t'*}")
        texts+=("${line%%%%$'\\t'*}${${line#*$'\\t'}:+  -- ${line#*$'\\t'}}")
    done
    (($#values)) || return
    [[ " $lines[1] " == *' open '* ]] && options=(-S '')
    if [[ " $lines[1] " == *' list '* && $compstate[insert] == *unambiguous* ]]; then
        compstate[insert]='' compstate[list]='list force'
    fi
    compadd -U -l -V pubcli "${(@)options}" -d texts -- "${(@)values}"
}

compdef %(complete_func)s %(prog_name)s
# As a file in fpath, this script is a function, which the first TAB calls.
[[ $zsh_eval_context[-1] == (file|eval) ]] || %(complete_func)s "$@"
"""

FISH = """
function %(complete_func)s
    set -l words (commandline -opc)
    set -l lines (%(autocomplete_var)s=words_fish $words[1] -- $words[2..-1] (commandline -ct) 2>/dev/null)
    string match -q '* files*' -- $lines[1]
    and __fish_complete_path (commandline -ct | string replace -r '^["\\']' '')
    string join \\n -- $lines[2..-1]
end

complete --command %(prog_name)s --keep-order --no-files --arguments '(%(complete_func)s)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
"""The script for each shell. For other shells, Typer has its own scripts."""
