`--text-only` stops after the article step: it needs no model.

  $ printf '<html><head><title>Bridge closed</title></head><body><nav><a href=/>Home</a></nav><p>The mayor said on Monday that the old bridge would be closed, at last.</p></body></html>' > page.html
  $ onrecord read --text-only page.html | jq -r .text
  The mayor said on Monday that the old bridge would be closed, at last.
  $ onrecord read --text-only page.html | jq -c '.title_text, .lang, .origin'
  "Bridge closed"
  "en"
  [[0,85,70]]
  $ printf '{"id":"a","text":"One."}\nno json\n{"id":"b","text":"Two."}\n' > lines.jsonl
  $ onrecord read -q --text-only lines.jsonl | jq -r '.id + " " + (.text // .error.status)' | sed 's/^[0-9a-f]* syntax/ID syntax/'
  a One.
  ID syntax
  b Two.
  $ onrecord read --text-only --pretty page.html
  onrecord: --text-only gives no facts: not with --pretty, --offsets or --kinds
  [2]

Progress goes to standard error, as a line for people or as JSON; the results do not change.

  $ onrecord read -q --text-only lines.jsonl > quiet.out; onrecord read --text-only --progress json lines.jsonl > json.out 2> json.err
  [3]
  $ cmp quiet.out json.out
  $ tail -n 1 json.err | jq -c '[.documents, .failed, .done]'
  [3,1,true]
  $ onrecord read --text-only --progress always page.html 2>&1 > page.out | sed 's/in .*/in TIME/'
  onrecord: 1 documents, 0 failed, 0 records without a document; 0.0 MB in TIME
  $ onrecord read --progress sometimes page.html
  onrecord: --progress sometimes: want auto, always, never or json
  [2]

An interrupted run goes on where its file ends; half a line is made anew.

  $ onrecord read -q --text-only lines.jsonl > all.out; head -n 1 all.out > part.out; printf '{"onrecord":1,"id":"b' >> part.out
  $ onrecord read -q --text-only --resume part.out lines.jsonl; cmp all.out part.out
  $ onrecord read -q --text-only --resume part.out lines.jsonl && cmp all.out part.out
  $ onrecord read -q --text-only --resume new.out lines.jsonl
  [3]
  $ cmp all.out new.out
