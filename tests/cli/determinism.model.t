Same input, same bytes: whatever the number of workers, the locale, the run.

  $ i=0; while [ $i -lt 24 ]; do
  >   echo "{\"id\":\"d$i\",\"date\":\"2018-07-13\",\"text\":\"Iran will not leave Syria until $i governments ask, Mr Velayati told reporters in Moscow on Friday. \\\"We will stay,\\\" he said. President Vladimir Putin met Donald Trump in Helsinki.\"}"
  >   [ $((i % 9)) = 0 ] && echo "{\"id\":\"broken$i\""
  >   i=$((i+1))
  > done > in.jsonl
  $ onrecord read -q in.jsonl > one; echo "exit $?"
  exit 3
  $ wc -l < one
  27
  $ onrecord read -q -j 8 in.jsonl | cmp - one
  $ onrecord read -q - < in.jsonl > two; onrecord read -q -j 3 --line-buffered - < in.jsonl | cmp - two
  $ for l in C.UTF-8 tr_TR.UTF-8; do LC_ALL=$l onrecord read -q in.jsonl 2>/dev/null | cmp - one; done
  $ sed 's/-"/"/' one | onrecord show --check 2>&1 | head -3
  $ onrecord read -q -p in.jsonl > pretty; onrecord read -q -p -j 8 in.jsonl | cmp - pretty
  $ onrecord show one | cmp - pretty
  $ onrecord parse -q in.jsonl > p1; onrecord parse -q -j 8 in.jsonl | cmp - p1

Shards give the lines of the whole.

  $ head -12 in.jsonl > a; tail -n +13 in.jsonl > b
  $ { onrecord read -q --jsonl - < a; onrecord read -q --jsonl - < b; } > shards
  [3]
  $ grep -v '"error"' shards > s; grep -v '"error"' one | cmp - s

A document is one line at once: a program at the other end of two pipes gets its answer.

  $ mkfifo to from
  $ onrecord read --jsonl --line-buffered --parts meta - < to > from &
  > exec 3> to 4< from
  > echo '{"id":"q1","text":"Fine."}' >&3; read -r line <&4; echo "$line" | cut -c1-40
  > echo '{"id":"q2","text":"Fine."}' >&3; read -r line <&4; echo "$line" | cut -c1-40
  > exec 3>&- 4<&-; wait
  {"onrecord":1,"id":"q1"}
  {"onrecord":1,"id":"q2"}

SIGINT and SIGTERM: what is done is written, the exit code says which.

  $ cat > stop <<'END'
  > set -m; d="env --default-signal=$1"  # whoever runs the tests may ignore it
  > [ -z "$2" ] || { trap "" $1; d=; }
  > mkfifo slow
  > $d onrecord read --jsonl --parts meta slow -o part.jsonl & pid=$!
  > exec 3> slow; echo '{"id":"s1","text":"Fine."}' >&3; sleep 1
  > kill -$1 $pid; [ -z "$2" ] || exec 3>&-; wait $pid; echo "exit $?"
  > cat part.jsonl; ls part*; rm slow part.jsonl
  > END
  $ bash stop INT
  onrecord: stopped by a signal; documents written: 1
  exit 130
  {"onrecord":1,"id":"s1"}
  part.jsonl
  $ bash stop TERM
  onrecord: stopped by a signal; documents written: 1
  exit 143
  {"onrecord":1,"id":"s1"}
  part.jsonl

Who asks to have SIGINT ignored is not stopped by it.

  $ bash stop INT ignored
  exit 0
  {"onrecord":1,"id":"s1"}
  part.jsonl
