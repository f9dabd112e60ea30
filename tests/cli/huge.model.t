Input without measure is bounded: it is refused, or read, in time and memory that can be stated.

One line of 100 MB: over the limit of a text (64 MiB). (Builds with sanitizers cannot run under a
limit of address space; all others have to.)

  $ (ulimit -v 4000000; onrecord --version) > v 2>&1 && ulimit -v 4000000; true
  $ head -c 100000000 /dev/zero | tr '\0' 'a' > line.txt
  $ printf 'Iran will stay, he said.\n' > good.txt
  $ onrecord read line.txt good.txt > out; echo "exit $?"
  onrecord: line.txt (byte 67108864): a document of over 67108864 bytes, the limit
  exit 3
  $ cut -c1-90 out | sed 's/"id":"[^"]*"/"id"/'; rm line.txt
  {"onrecord":1,"id","uri":"line.txt","error":{"status":"limit","stage":"input","
  {"onrecord":1,"made_by"* (glob)

The same as a JSON line, and as a value of one.

  $ { printf '{"id":"a","text":"'; head -c 100000000 /dev/zero | tr '\0' 'a'; printf '"}\n{"id":"b","text":"Fine."}\n'; } | onrecord read --jsonl --no-text - > out; echo "exit $?"
  onrecord: -:1: a document of 100000000 bytes, the limit is 67108864
  exit 3
  $ cut -c1-80 out; wc -l < out
  {"onrecord":1,"id":"a","uri":"-:1","error":{"status":"limit","stage":"jsonl","at
  {"onrecord":1,"made_by"* (glob)
  2

A limit of one's own.

  $ onrecord read --max-bytes 10 good.txt; echo "exit $?"
  onrecord: good.txt (byte 10): a document of over 10 bytes, the limit
  {"onrecord":1,"id":"good.txt","uri":"good.txt","error":{"status":"limit","stage":"input","at":10,"message":"a document of over 10 bytes, the limit"}}
  exit 3
  $ onrecord read --max-bytes 99999999999 good.txt
  onrecord: --max-bytes: at most 67108864
  [2]

A hundred thousand lines of one character (a million: docs/measured/cli.md).

  $ yes a | head -100000 > lines.txt
  $ onrecord read lines.txt > out; echo "exit $?"
  exit 0
  $ wc -l < out; onrecord show --check out && echo in order
  1
  in order

One line of a hundred thousand words, and as many quotation marks.

  $ yes 'he said' | head -50000 | tr '\n' ' ' > words.txt
  $ onrecord read words.txt > out; echo "exit $?"
  exit 0
  $ yes '"' | head -100000 | tr -d '\n' > marks.txt
  $ onrecord read marks.txt > out; echo "exit $?"
  exit 0

A sentence of thousands of words is no prose: it is marked as debris, and no fact is read from it.

  $ { printf 'Iran will stay, Mr Velayati said. '; yes 'he said' | head -2000 | tr '\n' ' '; printf '\n\nIran will leave, Mr Trump said.\n'; } > mixed.txt
  $ onrecord read mixed.txt > out; grep -o '"kind":"debris"' out
  "kind":"debris"
  $ onrecord show out | grep -c 'Iran will leave'; onrecord show --check out && echo in order
  1
  in order
