Articles are read once; what is there is not read again; any number of workers keeps the same.

  $ mkdir in; cp $TOP/examples/brief.txt $TOP/examples/interview.txt in/; printf 'a\377\376 b' > in/odd.txt
  $ onrecord keep in --date 2020-01-02
  record.db: 3 new, 0 changed, 0 the same, 0 failed
  $ onrecord keep in --date 2020-01-02 -j 4; onrecord keep in --date 2020-01-03
  record.db: 0 new, 0 changed, 3 the same, 0 failed
  record.db: 0 new, 3 changed, 0 the same, 0 failed
  $ onrecord keep in --date 2020-01-03 --again
  record.db: 0 new, 0 changed, 3 the same, 0 failed
  $ onrecord keep in --date 2020-01-03 --store other.db -j 3; onrecord dump > a; onrecord dump -s other.db > b
  other.db: 3 new, 0 changed, 0 the same, 0 failed
  $ sort a > a1; sort b | cmp - a1 && wc -l < a
  3
  $ onrecord find --by Duarte --kind denial --nl | jq -r .words
  that her government had agreed to withdraw its troops
  $ onrecord sql "SELECT kept_from, error FROM article ORDER BY kept_from" --csv | tr -d '\r'
  kept_from,error
  in/brief.txt,
  in/interview.txt,
  in/odd.txt,

Records and articles may come through the same door; records need no model.

  $ onrecord read in/brief.txt > r.jsonl; echo '{"text":"Iran will stay, he said.","id":"line"}' >> r.jsonl
  $ onrecord keep --jsonl r.jsonl -s third.db; onrecord stats -s third.db --nl | head -1
  third.db: 2 new, 0 changed, 0 the same, 0 failed
  {"what":"articles","n":2}
  $ ONRECORD_MODEL=/nowhere.onrm onrecord merge -s fourth.db a
  fourth.db: 3 new, 0 changed, 0 the same, 0 failed
  $ ONRECORD_MODEL=/nowhere.onrm onrecord keep -s fourth.db in/interview.txt 2>&1 | head -2
  onrecord: no language model at '/nowhere.onrm'
  Fetch it once with 'onrecord model get'.
  $ onrecord merge -s fourth.db in/interview.txt 2>&1 | tail -1
  fourth.db: 0 new, 0 changed, 0 the same, 16 failed

A document that cannot be read is kept as that, and makes way for itself once it can be.

  $ echo '{"id":"x1","text":' > bad.jsonl; onrecord keep --jsonl bad.jsonl -s fifth.db; onrecord dump -s fifth.db | jq -c '.error.status'
  onrecord: bad.jsonl:1: no JSON value at byte 18
  fifth.db: 0 new, 0 changed, 0 the same, 1 failed
  "syntax"
  $ onrecord keep -s fifth.db missing.txt
  onrecord: missing.txt: cannot open: No such file or directory
  fifth.db: 0 new, 0 changed, 0 the same, 1 failed
  [3]
