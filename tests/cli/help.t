The program says what it can do, and where to go on.

  $ onrecord help | head -3
  onrecord reads news and keeps the record of it: who said what to whom.
  
  Usage: onrecord COMMAND [OPTION…] [ARGUMENT…]
  $ onrecord --help | cmp - help 2>/dev/null; onrecord help > help; onrecord --help | cmp - help

Without a command: the same, and exit code 2.

  $ onrecord > out; echo $?; cmp out help
  2

Versions and licence.

  $ onrecord --version
  onrecord 0.1.0
  record schema 1
  MIT licence; the libraries and models in use have their own (THIRD_PARTY.md)
  $ onrecord -V | head -1
  onrecord 0.1.0

A slip of the finger is answered with what may have been meant.

  $ onrecord raed
  onrecord: no command 'raed'; did you mean 'read'?
  [2]
  $ onrecord xyzzy
  onrecord: no command 'xyzzy'; 'onrecord help' lists them
  [2]
  $ onrecord help raed
  onrecord: help: no command 'raed'; did you mean 'read'?
  [2]
  $ onrecord read --prety
  onrecord: read: unknown option '--prety'; did you mean '--pretty'?
  Try 'onrecord help read'.
  [2]
  $ onrecord read --pretty=yes
  onrecord: read: --pretty takes no value
  Try 'onrecord help read'.
  [2]
  $ onrecord read -Z
  onrecord: read: unknown option '-Z'
  Try 'onrecord help read'.
  [2]
  $ onrecord read --kinds denail
  onrecord: --kinds: no 'denail'; did you mean 'denial'?
  [2]
  $ onrecord read --jobs many
  onrecord: read: --jobs wants a whole number, not 'many'
  Try 'onrecord help read'.
  [2]
  $ onrecord read --jobs
  onrecord: read: --jobs wants N
  Try 'onrecord help read'.
  [2]
  $ onrecord read --as htlm
  onrecord: --as: no kind 'htlm'; did you mean 'html'?
  [2]
  $ onrecord read --date 2018-13-40
  onrecord: --date wants YYYY-MM-DD, not '2018-13-40'
  [2]
  $ onrecord read --color sometimes
  onrecord: --color wants auto, always or never, not 'sometimes'
  [2]
  $ onrecord show --kinds nothing,such
  onrecord: --kinds: no 'nothing'; it takes:
    assertion, question, demand, request, proposal, promise, threat, accusation, denial, refusal, no-comment, belief, knowledge, hope, fear, intention, desire, decree, attitude
  [2]

Every command has help in short and in full, and the full one gives examples first.

  $ for c in $(onrecord help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
  >   onrecord $c -h > short && onrecord $c --help > full && grep -q "^Usage: onrecord $c" short full || echo "no help: $c"
  >   onrecord help $c | cmp - full
  > done
  $ onrecord read --help | sed -n 3,5p
  Examples:
    onrecord read --pretty article.txt
        what the article says, for people

No line of help is wider than 80 columns.

  $ onrecord read --help | LC_ALL=C.UTF-8 awk 'length > 80'

Man page and completions come from the same tables.

  $ onrecord help --man | grep -c 'Fl \\-pretty'
  1
  $ onrecord help --completions bash > c && bash -n c && bash -c '. ./c; COMP_WORDS=(onrecord read --pre); COMP_CWORD=2; _onrecord; echo "${COMPREPLY[@]}"'
  --pretty
  $ onrecord help --completions bash > c && bash -c '. ./c; COMP_WORDS=(onrecord re); COMP_CWORD=1; _onrecord; echo "${COMPREPLY[@]}"'
  read relations resolve
  $ onrecord help --completions fish | grep -c 'pretty'
  3
  $ onrecord help --completions zsh | head -1
  #compdef onrecord
  $ onrecord help --completions csh
  onrecord: help: --completions wants bash, zsh or fish, not 'csh'
  [2]

Help that cannot be written is an error.

  $ onrecord help > /dev/full
  onrecord: cannot write to standard output: No space left on device
  [4]
