Records are kept once, however often they come; a changed one takes the place of the old.

  $ onrecord merge $TOP/tests/golden/store/three.jsonl
  record.db: 3 new, 0 changed, 0 the same, 0 failed
  $ onrecord merge $TOP/tests/golden/store/three.jsonl; echo "exit $?"
  record.db: 0 new, 0 changed, 3 the same, 0 failed
  exit 0
  $ sed 's/"p":0.9/"p":0.95/' $TOP/tests/golden/store/three.jsonl | onrecord keep -
  record.db: 0 new, 2 changed, 1 the same, 0 failed
  $ sed 's/"p":0.9/"p":0.7/' $TOP/tests/golden/store/three.jsonl | onrecord merge --only-new -
  record.db: 0 new, 0 changed, 3 the same, 0 failed
  $ onrecord merge -q $TOP/tests/golden/store/three.jsonl; ls
  record.db
  $ onrecord stats
  what          n    first       last
  articles      2    2018-01-10  2018-07-13
  not readable  1                
  publishers    2                
  sentences     6                
  entities      9                
  names         8                
  actors        6                
  commitments   1                
  disputes      1                
  events        2                
  statements    3                
  corrections   0                
  megabytes     0.5              

What was kept comes out again byte for byte.

  $ onrecord dump -o out.jsonl; sort out.jsonl > a; sort $TOP/tests/golden/store/three.jsonl | cmp - a && rm a
  $ onrecord dump wire-1 nowhere | wc -l
  onrecord: no article 'nowhere' in record.db
  1
  $ onrecord dump --since 2018-02 | cut -c1-140
  {"onrecord":1,"made_by":{"version":"0.1.0","model":"en-sm 3.8.0","rules":"sha256:0000000000000000"},"id":"wire-2","publisher":"The Évening 

Words are found in any form, newest first, each with its sentence, article and place.

  $ onrecord find sanction
  2018-07-13  United States → two banks [event SANCTION, happened]
              Washington sanctioned two banks
              | Washington sanctioned two banks.
              wire-2 [112,143] Moscow: no proof — The Évening Post
  
  2018-01-10  Javad Zarif (foreign minister, IRN) [assertion, indirect]
              sanctions would not stop the ships
              | He said sanctions would not stop the ships.
              wire-1 [69,111] Minister denies oil deal — Daily Wire
  
  2018-01-10  Iran [commitment unless]
              leave the talks … unless the United States lifts sanctions
              | Iran will leave the talks unless the United States lifts
              sanctions.
              wire-1 [113,179] Minister denies oil deal — Daily Wire
  $ onrecord find '"oil deal"' --tsv --no-headers | cut -f 2-9
  s1	statement	denial	2018-07-13	The Évening Post	Dmitry Peskov	person	RUS
  $ onrecord find --kind denial --nl -- oil -proof | jq -c '[.who,.whom,.words,.article,.start,.stop]'
  ["Javad Zarif",null,"Iran had sold oil to Syria","wire-1",17,67]
  $ onrecord find 'ship* OR bank*' --format table
  date        who            whom       kind       words                   article
  2018-07-13  United States  two banks  SANCTION   Washington sanctioned…  wire-2
  2018-01-10  Javad Zarif               assertion  sanctions would not s…  wire-1
  $ onrecord find oil syria --near 1; echo "exit $?"
  2018-01-10  Javad Zarif (foreign minister, IRN) [denial, indirect]
              Iran had sold oil to Syria
              | Foreign minister Javad Zarif denied that Iran had sold oil to
              Syria.
              wire-1 [17,67] Minister denies oil deal — Daily Wire
  
  2018-01-10  Iran → Syria [event COOPERATE, negated]
              Iran had sold oil to Syria
              | Foreign minister Javad Zarif denied that Iran had sold oil to
              Syria.
              wire-1 [41,67] Minister denies oil deal — Daily Wire
  exit 0
  $ onrecord find oil syria --near 3 --what statement --csv --no-headers | wc -l
  1

Filters: who, to whom, about whom (also where only a pronoun or a capital stands), office, country,
kind, form, status, type, publisher, date.

  $ f() { onrecord find "$@" --nl | jq -r '.article + "/" + (.uid // "-")' | tr '\n' ' '; }
  $ f --by zarif; echo; f --by Iran; echo; f --by USA; echo; f --to reporters; echo; f --about Syria
  wire-1/s1 wire-1/s2 
  wire-1/e1 wire-1/c1 
  wire-2/e1 
  wire-2/s1 
  wire-1/s1 wire-1/e1 
  $ f --role 'foreign minister'; echo; f --role spokes*; echo; f --country rus; echo; f --type organization
  wire-1/s1 wire-1/s2 
  wire-2/s1 
  wire-2/s1 
  $ f --kind denial; echo; f --kind denial,SANCTION; echo; f --form direct; echo; f --status negated
  wire-2/s1 wire-1/s1 
  wire-2/s1 wire-2/e1 wire-1/s1 
  wire-2/s1 
  wire-1/e1 
  $ f --publisher 'evening post' --what statement; echo; f --since 2018-02; echo; f --until 2018-01 --what statement,event
  wire-2/s1 
  wire-2/d1 wire-2/s1 wire-2/e1 
  wire-1/s1 wire-1/e1 wire-1/s2 
  $ f --what sentence oil; onrecord find --what sentence oil --nl | jq -r .words
  wire-2/- wire-1/- Spokesman Dmitry Peskov told reporters: there is no proof of an oil deal.
  Foreign minister Javad Zarif denied that Iran had sold oil to Syria.
  $ f --article wire-1 --what commitment; echo; f --any Peskov; echo; f --min-p 0.85; echo; f --since 2018-07-13 -n 1
  wire-1/c1 
  wire-2/s1 
  wire-2/s1 wire-1/s1 
  wire-2/d1 
  $ onrecord commitments --holder iran
  2018-01-10  Iran [commitment unless]
              leave the talks … unless the United States lifts sanctions
              condition: unless the United States lifts sanctions
              | Iran will leave the talks unless the United States lifts
              sanctions.
              wire-1 [113,179] Minister denies oil deal — Daily Wire
  $ onrecord disputes --json
  [{"id":49451716575235,"uid":"d1","layer":"dispute","kind":"dismisses","date":"2018-07-13","publisher":"The Évening Post","whom":"Kremlin","words":"the accusation","sentence":"The Kremlin dismissed the accusation.","start":22,"stop":36,"sentence_start":0,"sentence_stop":37,"rule":"dismiss","p":0.7,"article":"wire-2","title":"Moscow: no proof","answers":"Kremlin dismisses: The Kremlin dismissed"}]
  $ onrecord find --by nobody
  [1]
  $ onrecord statements --before $(onrecord statements -n 1 --nl | jq .id) --nl | jq -r .uid
  s1
  s2
  $ onrecord find sanction --by USA --sql | onrecord sql "$(cat)" --nl | jq -r .uid
  e1

What cannot be asked is said.

  $ onrecord find --since yesterday
  onrecord: not a date: 'yesterday' (YYYY, YYYY-MM, YYYY-MM-DD)
  [2]
  $ onrecord find -- -oil
  onrecord: cannot read the words to look for: some word without '-', at most 64
  [2]
  $ onrecord find --what sentence --by Iran
  onrecord: sentences have words, dates and publishers; the other filters are for facts
  [2]
  $ onrecord find --what sentnce x
  onrecord: --what: no 'sentnce'; did you mean 'sentence'?
  [2]
  $ onrecord find x --format tabel
  onrecord: --format wants text, table, json, nl, csv or tsv, not 'tabel'; did you mean 'table'?
  [2]
  $ onrecord find x --json --csv
  onrecord: one format at a time
  [2]

SQL only reads, whatever it says.

  $ onrecord sql 'SELECT layer, count(*) AS n FROM facts GROUP BY layer ORDER BY n DESC, layer' --csv | tr -d '\r'
  layer,n
  statement,3
  event,2
  commitment,1
  dispute,1
  $ onrecord sql -p who='Javad Zarif' 'SELECT words FROM statements WHERE who = :who ORDER BY start'
  words
  Iran had sold oil to Syria
  sanctions would not stop the ships
  $ onrecord sql 'DELETE FROM fact'
  onrecord: only questions are allowed here (SELECT)
  [2]
  $ onrecord sql 'SELECT count(*) FROM fact; DROP TABLE fact'
  onrecord: one question at a time (byte 26)
  [2]
  $ onrecord sql "ATTACH 'other.db' AS o"
  onrecord: only questions are allowed here (SELECT)
  [2]
  $ onrecord sql "SELECT load_extension('x')"
  onrecord: not authorized to use function: load_extension (byte 7)
  [2]
  $ onrecord sql 'SELECT * FROM nowhere'
  onrecord: no such table: nowhere
  [2]
  $ onrecord sql 'SELECT 1 WHERE :x'
  onrecord: no value for parameter :x
  [2]
  $ onrecord sql "SELECT CAST(x'41ff0a1b5b' AS TEXT) AS \"odd
  >  name\", NULL AS none, x'00ff' AS bytes, 0.1 AS n"
  odd  name  none  bytes  n
  A�  [            00ff   0.1
  $ onrecord sql "SELECT 'a,\"b' AS x, '' AS y, NULL AS z, CAST(x'ff' AS TEXT) AS \"q\"\"\"" --csv | tr -d '\r'
  x,y,z,"q"""
  "a,""b","",,�
  $ onrecord sql "SELECT 'a,\"b' AS x, '' AS y, NULL AS z, CAST(x'ff' AS TEXT) AS \"q\"\"\"" --nl
  {"x":"a,\"b","y":"","q\"":"�"}
  $ onrecord sql 'SELECT 1 WHERE 0'
  [1]
  $ onrecord sql 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c' --timeout 1
  onrecord: record.db: it took longer than allowed
  [4]
  $ ls
  out.jsonl
  record.db

A store that is damaged, foreign or missing is told from one that is whole.

  $ onrecord doctor
  record.db: all is well
  $ onrecord find x --store missing.db
  onrecord: missing.db: no such store; 'onrecord keep' makes one
  [4]
  $ echo text > text.db; onrecord stats -s text.db
  onrecord: text.db: this is no store (not an SQLite database)
  [4]
  $ head -c 20000 record.db > cut.db; onrecord doctor cut.db
  onrecord: cut.db: the file is damaged; 'onrecord doctor --save NEW.db' saves what can be read
  [4]
  $ onrecord merge -s /nonexistent/x.db $TOP/tests/golden/store/three.jsonl
  onrecord: /nonexistent/x.db: cannot open: unable to open database file
  [4]
  $ onrecord backup copy.db; onrecord doctor copy.db; onrecord backup copy.db
  copy.db: all is well
  onrecord: copy.db: is there already; give another name
  [4]
  $ onrecord doctor --save new.db; onrecord dump -s new.db | cmp - out.jsonl
  new.db: 3 records saved, 0 lost
  $ onrecord doctor --rebuild; onrecord dump | cmp - out.jsonl
  record.db: all is well
  $ ONRECORD_STORE=new.db onrecord stats --nl | head -1
  {"what":"articles","n":2,"first":"2018-01-10","last":"2018-07-13"}
  $ onrecord keep --store new.db $TOP/tests/golden/store/three.jsonl /nonexistent
  onrecord: /nonexistent: cannot open: No such file or directory
  new.db: 0 new, 0 changed, 3 the same, 1 failed
  [3]
