Across articles: who somebody is, what became of it, how papers differ. Six articles on a quarrel of
invented people; one paper prints another's story.

  $ onrecord merge -q $TOP/tests/golden/store/links.jsonl
  $ onrecord sql 'SELECT uid, counts, first_uid FROM copies ORDER BY uid' --tsv
  uid	counts	first_uid
  dw-1	1	dw-1
  ep-1	0	dw-1
  $ onrecord actor dalvani -n 2 --width 100
  Karim Dalvani person person:karim-dalvani 5 articles, 20 facts
  
  names
    Dalvani (5)
    Karim Dalvani (4)
  
  roles
    foreign minister 2018-07-10 (2)
    ostanian foreign minister 2018-07-11–2018-08-20 (2)
  
  met
    John Harker USA 2018-07-10 ×1
  
  said
    2018-09-02  belief the withdrawal a victory for diplomacy · The North · tn-1
    2018-08-20  assertion that Ostania would not withdraw its troops from Meridia · Daily Wire · dw-3
  
  about
    2018-08-20  accusation Critics: the minister of breaking his word · Daily Wire · dw-3
  
  did
    2018-09-02  RETREAT proposed Dalvani called the withdrawal · The North · tn-1
    2018-07-10  CONSULT happened → John Harker The minister met US Secretary of State John Harker
                (told by 1 more) · Daily Wire · dw-1
  
  suffered
    2018-08-20  ACCUSE happened Critics → Karim Dalvani: Critics accused the minister · Daily Wire ·
                dw-3
    2018-07-11  CONSULT happened John Harker → Karim Dalvani: Harker met Ostanian Foreign Minister
                Karim Dalvani (told by 1 more) · Evening Post · ep-2
  
  commitments
    2018-07-10  will-not open We will not sign a treaty under pressure · Daily Wire · dw-1
  
  disputes
    2018-07-10  Karim Dalvani that the United States had sold weapons to the rebels in Meridia —
                denies John Harker that the United States had sold weapons to the rebels in Meridia ·
                Daily Wire · dw-1
  
  positions
    2018-09-02  for withdrawal a victory · The North · tn-1
    2018-07-10  against We will not sign a treaty under pressure · Daily Wire · dw-1
  $ onrecord actor 'JOHN HARKER' --part roles,met --nl
  onrecord: 'person:john-harker' is taken; others of that name:
  onrecord:   person:john-harker:GBR (GBR, striker, 1 articles)
  {"part":"actor","uid":"person:john-harker","name":"John Harker","type":"person","country":"USA","code":"USAGOV","n_articles":3,"n_facts":9,"roles":"secretary","names":"John Harker; Harker"}
  {"part":"actor","uid":"person:john-harker:GBR","name":"John Harker","type":"person","country":"GBR","code":"GBR","n_articles":1,"n_facts":1,"roles":"striker","names":"Harker; John Harker"}
  {"part":"roles","title":"secretary","of":"United States","country":"USA","first":"2018-07-10","last":"2018-07-11","n_articles":3}
  {"part":"met","uid":"person:karim-dalvani","name":"Karim Dalvani","n":1,"first":"2018-07-10","last":"2018-07-10"}
  $ onrecord actor person:john-harker:GBR --part said --csv --no-headers | cut -c 20-90
  ,s83884cb92f2b1d84,2018-07-12,Daily Wire,statement,assertion,John Harke
  $ onrecord actor Nobody; echo "exit $?"
  onrecord: nobody of the name 'Nobody'
  exit 1
  $ onrecord actor Dalvani --csv; echo "exit $?"
  onrecord: a table, csv or tsv has the columns of one part: say --part said, for one
  exit 2
  $ onrecord actor Dalvani --part wishes; echo "exit $?"
  onrecord: --part: no 'wishes'; it takes:
    names, roles, met, said, heard, about, did, suffered, commitments, disputes, positions, relations
  exit 2

A timeline has each event once, with how many more articles tell it.

  $ onrecord timeline Dalvani --tsv | cut -f 1,4,5,6,7,9
  day	kind	status	who	whom	told
  2018-07-10	CONSULT	happened	Karim Dalvani	John Harker	1
  2018-08-20	ACCUSE	happened	Critics	Karim Dalvani	0
  2018-09-02	RETREAT	proposed	Dalvani		0
  $ onrecord timeline Dalvani --since 2020; echo "exit $?"
  exit 1
  $ onrecord timeline --since yesterday; echo "exit $?"
  onrecord: 'yesterday' is no date; write 2018, 2018-07 or 2018-07-13
  exit 2

What was promised, and what came of it; who denied what in another paper.

  $ onrecord commitments --status all --tsv | cut -f 3,6,7,9,13
  date	holder	kind	action	status
  2018-07-10	Minister	will	promises pullout	open
  2018-07-10	Karim Dalvani	will-not	We will not sign a treaty under pressure	open
  $ onrecord commitments --holder Dalvani --status met; echo "exit $?"
  exit 1
  $ onrecord disputes --across --nl | jq -c 'select(.across == 1) | [.claimant,.claim,.verdict,.answered_by,.answer_date]'
  ["Karim Dalvani","that the United States had sold weapons to the rebels in Meridia","denies","John Harker","2018-07-11"]

Two articles, two papers.

  $ onrecord compare dw-1 ep-2 --what statement --tsv | cut -f 1,3-8
  part	kind_a	kind_b	who	words_a	words_b	differ
  both	assertion	assertion	Karim Dalvani	that Ostania would withdraw its troops from Meridia by the end of August	that Ostania would withdraw its troops from Meridia by the end of August	no
  both	assertion	denial	Karim Dalvani	that the United States had sold weapons to the rebels in Meridia	that the United States had sold weapons to the rebels in Meridia	denies
  only-a	promise		Minister	pullout		
  only-a	assertion		Karim Dalvani	"We will not sign a treaty under pressure,"		
  only-b		denial	John Harker		arms sale	
  $ onrecord compare 'Daily Wire' 'Evening Post' --what statement --nl | jq -c '[.part,.differ,.article_a,.article_b]'
  ["both","no","dw-1","ep-1"]
  ["both","no","dw-1","ep-1"]
  ["both","no","dw-1","ep-1"]
  ["both","no","dw-1","ep-1"]
  ["both","words","dw-3","ep-2"]
  ["only-a",null,"dw-3",null]
  ["only-a",null,"dw-3",null]
  ["only-b",null,null,"ep-2"]
  $ onrecord compare dw-1 nowhere; echo "exit $?"
  onrecord: 'nowhere' is neither an article's id nor a publisher
  exit 2
  $ onrecord network --what event --tsv --least 2; echo "exit $?"
  source	source_name	source_type	source_country	target	target_name	target_type	target_country	layer	kind	n	first	last
  person:ostania	Ostania	person		place:meridia	Meridia	place		event	RETREAT	2	2018-07-10	2018-09-02
  exit 0
  $ onrecord network --what event --actor Harker --gexf 2>/dev/null | grep -c '<edge '
  1

Corrections have memory.

  $ onrecord correct merge person:harker --to person:john-harker; echo "exit $?"
  onrecord: say who corrects: --by WHO, or set ONRECORD_BY
  exit 2
  $ onrecord correct merge person:harker --to person:john-harker --by mb --why 'who else'
  correction 1
  $ onrecord actor person:john-harker --part names --tsv --no-headers | cut -f 2
  John Harker
  Harker
  $ onrecord correct rename person:karim-dalvani --to 'Kerim Dalwani' --by mb
  correction 2
  $ fact=$(onrecord find 'treaty pressure' --what statement --by Dalvani --nl | jq -r 'select(.article == "dw-1").uid')
  > onrecord correct mend --article dw-1 --fact $fact --set kind=refusal --by jd --why 'he refuses'
  > onrecord correct mend --article dw-1 --fact $fact --set kind=whisper --by jd; echo "exit $?"
  correction 3
  onrecord: kind: 'whisper' is none of assertion, question, demand, request, proposal, promise, threat, accusation, denial, refusal, no-comment, belief, knowledge, hope, fear, intention, desire, decree, attitude
  exit 2
  $ onrecord find 'treaty pressure' --what statement --nl | jq -c '[.article,.kind]'
  ["dw-1","refusal"]
  ["ep-1","assertion"]
  $ onrecord resolve
  $ onrecord correct list --nl | jq -c '[.id,.who,.why,.action,.applies]'
  [3,"jd","he refuses","mend",1]
  [2,"mb",null,"rename",1]
  [1,"mb","who else","merge",1]
  $ onrecord correct undo 3 --by jd
  correction 3
  $ onrecord correct undo 3 --by jd; echo "exit $?"
  onrecord: no correction 3 that could be undone
  exit 2
  $ onrecord find 'treaty pressure' --what statement --nl | jq -c '[.article,.kind]'
  ["dw-1","assertion"]
  ["ep-1","assertion"]
  $ onrecord correct wish --by jd; echo "exit $?"
  onrecord: correct what? merge, split, rename, reject, mend, add, undo or list, not 'wish'
  exit 2
  $ onrecord doctor
  record.db: all is well
