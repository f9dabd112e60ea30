Records that came from elsewhere are shown and checked; a bad line does not stop the others.

  $ cat > r.jsonl <<'END'
  > {"onrecord":1,"id":"one","date":"2018-07-13","title":[0,4],"text":"Iran will stay, he said.","statements":[{"id":"s1","source":{"span":[16,18]},"cue":[[19,23]],"content":[[0,14]],"form":"indirect","kind":"assertion","rule":"r","p":0.9}]}
  > 
  > {"onrecord":1,"id":"two","error":{"status":"limit","message":"too long"}}
  > {"onrecord":1,"id":"three","text":"ab","statements":[{"id":"s1","content":[[0,9]],"form":"direct","kind":"denial","rule":"r","p":0.9}]}
  > no record at all
  > {"onrecord":7,"id":"later"}
  > {"onrecord":1,"id":"empty","text":""}
  > END
  $ onrecord show r.jsonl 2>err; echo "exit $?"
  Iran
  2018-07-13
  
    1 he — said [assertion, indirect]
        Iran will stay
  
  ────────────────────────────────────────
  
  two
  
  could not be read: too long
  
  ────────────────────────────────────────
  
  empty
  
  No statements found.
  exit 3
  $ cat err
  onrecord: r.jsonl:4: statements[0]: content ends outside the text
  onrecord: r.jsonl:5: no JSON value at byte 0
  onrecord: r.jsonl:6: record of schema 7, this program reads 1
  $ onrecord show --check r.jsonl 2>&1 | wc -l
  3
  $ head -1 r.jsonl | onrecord show --check && echo all well
  all well
  $ head -1 r.jsonl | onrecord show --offsets --width 60
  Iran [0,4]
  2018-07-13
  
    1 he [16,18] — said [19,23] [assertion, indirect]
        Iran will stay [0,14]
  $ head -1 r.jsonl | onrecord show --kinds denial | tail -1
  No statements found.

Where it was said stands in the article's words: a message to a paper is not the paper.

  $ printf '%s\n' '{"onrecord":1,"id":"v","text":"In a note sent to AFP he vowed to stay.","entities":[{"id":"a1","type":"medium","name":"AFP","mentions":[{"span":[18,21],"head":[18,21],"kind":"name","rule":"first"}]}],"statements":[{"id":"s1","source":{"span":[22,24]},"cue":[[25,30]],"content":[[31,38]],"venue":{"entity":"a1","span":[3,21]},"form":"indirect","kind":"promise","rule":"r","p":0.9}]}' | onrecord show | sed -n 3,5p
    1 he — vowed [promise, indirect]
        to stay
        where: a note sent to AFP

A condition is joined by its own words, or by the word that is missing.

  $ printf '%s\n' '{"onrecord":1,"id":"c","text":"We will leave only if asked. He will talk in return for a truce. She stays, provided they pay.","entities":[{"id":"a1","type":"person","name":"Lund","mentions":[{"span":[0,2],"head":[0,2],"kind":"pronoun","rule":"first"}]}],"commitments":[{"id":"c1","holder":"a1","kind":"only-if","action":{"span":[0,13]},"condition":{"span":[19,27]},"rule":"r","p":0.9},{"id":"c2","holder":"a1","kind":"only-if","action":{"span":[29,41]},"condition":{"span":[42,63]},"rule":"r","p":0.9},{"id":"c3","holder":"a1","kind":"will","action":{"span":[65,74]},"condition":{"span":[76,93]},"rule":"r","p":0.9},{"id":"c4","holder":"a1","kind":"will","action":{"span":[65,74]},"condition":{"span":[85,93]},"rule":"r","p":0.9}]}' | onrecord show | grep -e '—'
    Lund will: We will leave — only if asked
    Lund will: He will talk — only in return for a truce
    Lund will: She stays — provided they pay
    Lund will: She stays — if they pay

A hostile text cannot write over the terminal: escapes, controls and turned text are taken out.

  $ printf '{"onrecord":1,"id":"x","title_text":"\\u001b[2Ja\\u0007b\\u202ec\\u200bd"}\n' | onrecord show | head -1 | od -An -c | head -2
   357 277 275   [   2   J   a 357 277 275   b   c   d  \n

Colour: never into a pipe, unless asked for.

  $ head -1 r.jsonl | onrecord show | grep -c "$(printf '\033')"
  0
  [1]
  $ head -1 r.jsonl | onrecord show --color always | grep -c "$(printf '\033')"
  3

Missing files, folders, and a full disk.

  $ onrecord show nowhere.jsonl
  onrecord: nowhere.jsonl: cannot read: No such file or directory
  [4]
  $ onrecord show .
  onrecord: .: cannot read: Is a directory
  [4]
  $ onrecord show r.jsonl -o /dev/full 2>&1 >/dev/null | tail -1
  onrecord: cannot write to /dev/full: No space left on device
  $ onrecord show r.jsonl -o no/such/folder/x
  onrecord: cannot write to no/such/folder/x: No such file or directory
  [4]

A statement reads as a sentence: the source behind a passive, a speaker's turn without a dash, nobody where nobody is named.

  $ cat > told.jsonl <<'END'
  > {"onrecord":1,"id":"p","text":"This was stated today by the mayor. It was noted that he left. SMITH: No.","statements":[{"id":"s1","source":{"span":[25,34]},"cue":[[5,15]],"content":[[0,4]],"form":"indirect","kind":"assertion","rule":"r","p":0.9},{"id":"s2","cue":[[39,48]],"content":[[49,61]],"form":"indirect","kind":"assertion","rule":"r","p":0.9},{"id":"s3","source":{"span":[63,68]},"cue":[[68,69]],"content":[[70,73]],"form":"direct","kind":"assertion","rule":"r","p":0.9}]}
  > END
  $ onrecord show told.jsonl | grep '\['
    1 was stated by the mayor [assertion, indirect]
    2 was noted (nobody named) [assertion, indirect]
    3 SMITH: [assertion, direct]
