What a bad input gets: a clear message, the right exit code, and the other files of the call still
read. One line of output for each document, whatever happens.

  $ printf 'Iran will not leave Syria, Mr Velayati told reporters in Moscow.\n' > good.txt
  $ ids() { sed 's/^{"onrecord":1,\("made_by":{[^}]*},\)*"id":"\([^"]*\)".*/\2/'; }
  $ status() { sed -n 's/.*"error":{"status":"\([a-z0-9]*\)".*/\1/p'; }

Missing and unreadable files.

  $ onrecord read nowhere.txt good.txt > out; echo "exit $?"
  onrecord: nowhere.txt: cannot open: No such file or directory
  exit 3
  $ status < out; wc -l < out
  io
  2
  $ onrecord read -q nowhere.txt good.txt > out; echo "exit $?"
  exit 3

Empty files, and files with nothing but white space, are documents that say nothing.

  $ : > empty.txt; printf ' \n\n\t\n' > blank.txt
  $ onrecord read empty.txt blank.txt > out; echo "exit $?"
  exit 0
  $ onrecord show --check out && wc -l < out
  2
  $ onrecord read < /dev/null | wc -l
  1

Bytes that are not UTF-8 in text that is: the damage is counted, spans stay bytes of the input.

  $ printf 'Iran \377 will stay, “Mr Velayati” said – at the café in Córdoba.\n\342\202 He left “us” – naïvely.\n' > bad.txt
  $ onrecord read --as text bad.txt > out; echo "exit $?"
  exit 0
  $ sed 's/.*"diagnostics"/"diagnostics"/' out
  "diagnostics":[{"code":"bad-utf8","count":3,"at":5}]}
  $ onrecord show --check out && echo in order
  in order

Zero bytes and controls are data.

  $ printf 'Iran\000will stay\001, Mr Velayati said.\n' > nul.txt
  $ onrecord read --as text nul.txt > out; echo "exit $?"
  exit 0
  $ onrecord show --check out && grep -c 'Iran\\u0000will stay\\u0001' out
  1

Binary files.

  $ head -c 20000 /dev/zero > zero.bin
  $ printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\003\000\076\000\001\000\000\000' > elf.bin
  $ onrecord read elf.bin zero.bin good.txt > out; echo "exit $?"
  onrecord: elf.bin: *ELF file* (glob)
  exit 3
  $ wc -l < out; onrecord show --check out && echo in order
  3
  in order

A folder: every file in it; an empty one is no error.

  $ mkdir folder none; cp good.txt folder/b.txt; cp good.txt folder/a.txt
  $ onrecord read folder | wc -l
  2
  $ onrecord read none; echo "exit $?"
  exit 0

Broken JSON lines: one error record each, with the line; the rest is read.

  $ printf '%s\n' '{"id":"a","text":"Iran will stay, he said."}' '{"id":"b","text":' '{"id":"c"}' '[]' '{"id":"d","text":"Fine."}' '{"id":"e","text":"x","text":"y"}' > lines.jsonl
  $ onrecord read --jsonl lines.jsonl > out 2>err; echo "exit $?"
  exit 3
  $ ids < out; cat err
  a
  8168b268bf23e73f
  c
  4f53cda18c2baa0c
  d
  3f88e59cce3403f3
  onrecord: lines.jsonl:2: no JSON value at byte 17
  onrecord: lines.jsonl:3: no text in the object: name its key with the option fields
  onrecord: lines.jsonl:4: the line is no JSON object
  onrecord: lines.jsonl:6: duplicate key at byte 28

An output that fails: a full disk, a closed pipe, a place that is not there.

  $ onrecord read good.txt > /dev/full
  onrecord: cannot write to standard output: No space left on device
  [4]
  $ onrecord read good.txt -o /dev/full
  onrecord: cannot write to /dev/full: No space left on device
  [4]
  $ onrecord read good.txt -o no/such/place
  onrecord: cannot write to no/such/place: No such file or directory
  [4]
  $ onrecord read good.txt good.txt good.txt -o done.jsonl && wc -l < done.jsonl; ls done.jsonl*
  3
  done.jsonl
  $ (trap '' PIPE; onrecord read good.txt good.txt; echo "exit $?" >&2) | true
  exit 141
  $ i=0; while [ $i -lt 2000 ]; do echo '{"text":"Iran will stay, he said."}'; i=$((i+1)); done > many.jsonl
  $ { onrecord read --jsonl many.jsonl; echo "exit $?" > code; } | head -1 | wc -l; cat code
  1
  exit 141

Models: missing, cut, foreign.

  $ onrecord read -m en-xx good.txt
  onrecord: no language model at '*/en-xx.onrm' (glob)
  Fetch it once with 'onrecord model get en-xx'.
  [4]
  $ onrecord read -m ./nowhere.onrm good.txt
  onrecord: no language model at './nowhere.onrm'
  Give the path of a model file, or a name such as en-sm.
  [4]
  $ head -c 100000 "$ONRECORD_MODEL" > cut.onrm; onrecord read -m ./cut.onrm good.txt; echo "exit $?"
  onrecord: ./cut.onrm: model file of 100000 bytes, 13896512 were written
  Fetch it anew with 'onrecord model get'.
  exit 4
  $ cp good.txt foreign.onrm; onrecord read -m ./foreign.onrm good.txt; echo "exit $?"
  onrecord: ./foreign.onrm: not a model file of onrecord
  Fetch it anew with 'onrecord model get'.
  exit 4

Rules and actors that are not there, or not in order.

  $ onrecord read --rules nowhere.rules good.txt
  onrecord: cannot open 'nowhere.rules': No such file or directory
  [4]
  $ onrecord read --actors nowhere.tsv good.txt
  onrecord: cannot open 'nowhere.tsv': No such file or directory
  [4]
