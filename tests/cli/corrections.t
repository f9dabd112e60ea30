Corrections: what people change is told wherever the fact is told, holds when the article is read
again, and can be taken back.

  $ onrecord merge -q $TOP/tests/golden/store/links.jsonl
  $ export ONRECORD_BY=mb
  $ id() { onrecord find --article $1 --what $2 -n 0 "$3" --nl | jq -r .uid | head -1; }
  $ claim=$(id ep-2 statement weapons); sale=$(id ep-2 statement 'arms sale')
  > onrecord correct mend -a ep-2 -f $claim --set kind=refusal --why 'he refuses to answer'
  > onrecord correct reject -a ep-2 -f $sale --why 'the headline'
  correction 1
  correction 2
  $ onrecord find weapons --article ep-2 --what statement --width 90
  2018-07-11  John Harker (Secretary, USA) [refusal, indirect]
              that the United States had sold weapons to the rebels in Meridia
              | US Secretary of State John Harker denied on Wednesday that the United States
              had sold weapons to the rebels in Meridia.
              mended by mb ????-??-??: he refuses to answer (glob)
              ep-2 [25,143] Harker denies arms sale — Evening Post
  $ onrecord find --article ep-2 --what statement --format table --width 100
  date        who            whom  kind       words                                 article  corrected
  2018-07-11  John Harker          refusal    that the United States had sold wea…  ep-2     mend
  2018-07-11  Karim Dalvani        assertion  that Ostania would withdraw its tro…  ep-2     
  $ onrecord find --article ep-1 --what statement --format table --width 60 | head -1
  date      who       whom       kind       words      article
  $ onrecord statements weapons --article ep-2 --nl | jq -c '[.kind,.corrected,.corrected_by,.corrected_why]'
  ["refusal","mend","mb","he refuses to answer"]
  $ onrecord find --article ep-2 --what statement --csv | head -1 | tr -d '\r' | grep -o 'corrected.*'
  corrected,corrected_by,corrected_at,corrected_why,time_from,time_to
  $ onrecord sql "SELECT corrected, corrected_by FROM statements WHERE corrected IS NOT NULL" --tsv --no-headers
  mend	mb
  $ onrecord actor 'John Harker' --part said --width 100 2>/dev/null | tail -2
    2018-07-11  refusal that the United States had sold weapons to the rebels in Meridia [mended by mb:
                he refuses to answer] · Evening Post · ep-2

Rejected facts are hidden, and shown when asked for.

  $ onrecord find 'arms sale'; echo "exit $?"
  exit 1
  $ onrecord find 'arms sales' --rejected --by harker --width 90
  2018-07-11  John Harker [denial]
              arms sale
              | Harker denies arms sale
              rejected by mb ????-??-??: the headline (glob)
              ep-2 [0,23] Harker denies arms sale — Evening Post
  $ onrecord find weapons --rejected; echo "exit $?"
  exit 1
  $ onrecord find --rejected --role minister; echo "exit $?"
  onrecord: rejected facts are found by words, by, to, any, kind, layer, publisher, article and date; the other filters are for facts that stand
  exit 2
  $ onrecord events --rejected; onrecord statements --rejected --nl --kind denial --publisher evening --since 2018 | jq -c '[.uid,.corrected,.who]'
  ["s86168fa050f292f9","reject","John Harker"]
  $ onrecord sql "SELECT words, who, corrected_by, corrected_why FROM rejected_facts" --nl
  {"words":"arms sale","who":"John Harker","corrected_by":"mb","corrected_why":"the headline"}

A dump has the facts as people corrected them, with their marks; as they were read with --as-read.

  $ onrecord dump ep-2 | jq -c '[.statements[] | [.kind, (.corrected | del(.when))]], [.rejected[] | [.id,.kind,.span,.corrected.who]]'
  [["refusal",{"action":"mend","who":"mb","why":"he refuses to answer"}],["assertion",null]]
  [["s86168fa050f292f9","denial",[0,23],"mb"]]
  $ onrecord dump --as-read > read.jsonl; sort $TOP/tests/golden/store/links.jsonl > kept; sort read.jsonl | cmp - kept && echo the same
  the same
  $ onrecord dump dw-1 | cmp - $TOP/tests/golden/store/links.jsonl | head -1
  cmp: EOF on - after byte 7165, line 1
  $ onrecord dump | onrecord merge -q --store other.db - && onrecord find --store other.db weapons --article ep-2 --what statement --nl | jq -c '[.kind,.corrected,.corrected_by]'
  ["refusal","mend","mb"]
  $ onrecord find --store other.db --rejected --nl | jq -c '[.article,.words,.corrected_why]'
  ["ep-2","Harker denies arms sale","the headline"]
  $ onrecord dump --store other.db ep-2 > a; onrecord dump ep-2 | cmp - a && echo the same
  the same

Everything can be added, with its words as they stand in the text.

  $ onrecord correct add -a ep-2 -w event --set trigger=met --set kind=CONSULT --set 'source=John Harker' --set 'target=Karim Dalvani' --set status=happened --set time=2018-07-10
  correction 3
  $ onrecord correct add -a ep-2 -w commitment --set 'action=withdraw its troops from Meridia' --set 'holder=Ostania' --set deadline=2018-08-31
  correction 4
  $ onrecord correct add -a ep-2 -w dispute --set 'claim=the United States had sold weapons' --set claimant='Karim Dalvani' --set answer=denied --set answered_by='John Harker' --set verdict=denies
  correction 5
  $ onrecord correct add -a ep-2 -w position --set 'evidence=had sold weapons' --set holder='John Harker' --set issue='arms sales' --set stance=against
  correction 6
  $ onrecord correct add -a ep-2 -w relation --set evidence=met --set kind=talks-with --set from='John Harker' --set to='Karim Dalvani' --set period=then
  correction 7
  $ onrecord correct add -a ep-2 -w actor --set 'name=Vienna' --set type=place
  onrecord: name: the article has it (add a mention): 'Vienna'
  [2]
  $ onrecord correct add -a tn-1 -w actor --set 'name=The government of Ostania' --set words='the government' --set type=organization
  onrecord: words: these are all that the article has of 'government'
  [2]
  $ onrecord correct add -a tn-1 -w actor --set 'name=Cabinet of Ostania' --set words='the decision' --set type=organization --set country=OST
  correction 8
  $ onrecord correct add -a tn-1 --set 'source=Cabinet of Ostania' --set cue=said --set 'content=Ostania withdrew its troops from Meridia on Sunday'
  correction 9
  $ onrecord correct add -a tn-1 -w mention --set 'actor=Karim Dalvani' --set words=decision --set kind=nominal
  onrecord: actor: the article has nobody of the name (add the actor first): 'Karim Dalvani'
  [2]
  $ onrecord correct add -a tn-1 -w mention --set actor=Dalvani --set words=diplomacy --set kind=nominal
  correction 10
  $ onrecord sql "SELECT layer, kind, who, whom, words FROM facts WHERE corrected = 'add' ORDER BY corrected_at, layer, words" --tsv --no-headers | sort
  commitment	will	Ostania		withdraw its troops from Meridia
  dispute	denies	Karim Dalvani	John Harker	the United States had sold weapons
  event	CONSULT	John Harker	Karim Dalvani	met
  position	against	John Harker		had sold weapons
  relation	talks-with	John Harker	Karim Dalvani	met
  statement	assertion	Cabinet of Ostania		Ostania withdrew its troops from Meridia on Sunday
  $ onrecord sql "SELECT words, kind FROM mentions WHERE rule = 'correction' ORDER BY words" --tsv --no-headers
  diplomacy	nominal
  the decision	name

What was added is linked as what was read: the promise to withdraw is met by the article that tells
how the troops withdrew, and broken if it was not to.

  $ onrecord commitments --status met --nl | jq -c '[.holder,.action,.status,.because_words,.because_article,.corrected]'
  ["Ostania","withdraw its troops from Meridia","met","Ostania withdrew its troops from Meridia","tn-1","add"]
  $ promise=$(id ep-2 commitment withdraw); n=$(onrecord correct mend -a ep-2 -f $promise --set kind=will-not | cut -d ' ' -f 2)
  > onrecord commitments --status broken --nl | jq -c '[.action,.status,.because_date]'
  > onrecord correct undo $n
  ["withdraw its troops from Meridia","broken","2018-09-02"]
  correction 11

The same claim denied in two papers is one row with how many more tell it; who denies in one paper
what another has somebody claim is found by the claim alone.

  $ onrecord correct reject -a ep-2 -f $claim --why 'to leave the dispute alone'
  > onrecord disputes --across --nl | jq -c 'select(.across == 1) | [.claimant,.claim,.verdict,.answered_by,.answer_date,.answer_publisher]'
  > onrecord sql "SELECT kind, score, evidence FROM same_facts WHERE layer = 'dispute' AND kind = 'denies'" --nl
  > onrecord correct undo 12
  > onrecord correct undo 1 && onrecord correct mend -a ep-2 -f $claim --set kind=refusal --why 'he refuses to answer'
  correction 12
  ["Karim Dalvani","that the United States had sold weapons to the rebels in Meridia","denies","John Harker","2018-07-11","Evening Post"]
  ["Karim Dalvani","that the United States had sold weapons to the rebels in Meridia","denies","John Harker","2018-07-11","Evening Post"]
  {"kind":"denies","score":0.867,"evidence":"words 100%, 1 days"}
  {"kind":"denies","score":1,"evidence":"words 100%, 1 days"}
  correction 12
  correction 1
  correction 13

What was added can be mended, and any field of any kind.

  $ event=$(id ep-2 event met); onrecord correct mend -a ep-2 -f $event --set kind=COOPERATE --set status=planned --set target= --set place=Vienna
  correction 14
  $ promise=$(id ep-2 commitment withdraw); onrecord correct mend -a ep-2 -f $promise --set kind=will-not --set strength=vow --set 'condition=by the end of August' --set statement=$(id ep-2 statement Ostania)
  correction 15
  $ dispute=$(id ep-2 dispute '"United States had sold weapons" -rebels'); onrecord correct mend -a ep-2 -f $dispute --set verdict=dismisses --set claimant=
  correction 16
  $ onrecord sql "SELECT layer, kind, who, whom, corrected FROM facts WHERE uid IN ('$event', '$promise', '$dispute') ORDER BY layer" --tsv --no-headers
  commitment	will-not	Ostania		add
  dispute	dismisses		John Harker	add
  event	COOPERATE	John Harker		mend

What cannot be is refused, and says why.

  $ add() { onrecord correct add "$@"; }
  $ add -a ep-2 --set content='never written here'
  onrecord: content: these words do not stand in the text: 'never written here'
  [2]
  $ add -a ep-2 --set content=Dalvani
  onrecord: content: 'Dalvani' stands 2 times in the text, at 189, 219; say which: at=BYTE
  [2]
  $ add -a ep-2 --set content='erker'
  onrecord: content: these words do not stand in the text: 'erker'
  [2]
  $ add -a ep-2 -w event --set kind=HUG --set trigger=met
  onrecord: kind: 'HUG' is none of AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT
  [2]
  $ add -a ep-2 -w event --set kind=CONSULT
  onrecord: trigger: has to be set; nothing is ''
  [2]
  $ add -a ep-2 -w event --set colour=red
  onrecord: there is no such field to set (see docs/store.md): 'colour'
  [2]
  $ add -a ep-2 -w wish --set content=x
  onrecord: add what? statement, event, commitment, dispute, position, relation, actor or mention, not 'wish'
  [2]
  $ add -a ep-2 -w commitment --set action='withdraw its troops' --set holder=Ostania --set deadline=soon
  onrecord: deadline: write 2018-07-13 or 2018-07-13/2018-08-01, not 'soon'
  [2]
  $ add -a ep-2 -w event --set trigger=met --set kind=CONSULT --set 'source=John Harker' --set 'target=Karim Dalvani' --set status=happened --set time=2018-07-10
  onrecord: this was added already, as 'ea9bc2305ea20f157'
  [2]
  $ add -a nowhere --set content=x
  onrecord: no article 'nowhere'
  [2]

Read again by a newer version all of it holds; taken back, nothing is left.

  $ jq -c '.made_by.version = "99"' $TOP/tests/golden/store/links.jsonl | onrecord merge -q -
  $ onrecord correct list --nl | jq -s -c 'map(select(.undone_at == null)) | map(.applies) | [length, add]'
  [13,13]
  $ onrecord sql "SELECT count(*), count(corrected) FROM facts WHERE article_uid IN ('ep-2', 'tn-1')" --tsv --no-headers
  21	8
  $ onrecord doctor
  record.db: all is well
  $ onrecord doctor --rebuild && onrecord find --rejected --nl | jq -c '[.article,.words]'
  record.db: all is well
  ["ep-2","arms sale"]
  $ for n in $(onrecord correct list --nl | jq 'select(.undone_at == null).id'); do onrecord correct undo $n > /dev/null; done
  $ onrecord sql "SELECT count(corrected) FROM facts" --tsv --no-headers; onrecord find --rejected; echo "exit $?"
  0
  exit 1
  $ onrecord dump ep-2 | jq -c '[.rejected, ([.statements[].corrected] | unique)]'
  [null,[null]]
