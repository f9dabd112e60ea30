A user's own words and rules: no C, no build.

  $ printf 'The aide groks the plan. The minister leaked that the talks had failed.\n' > a.txt

A word list alone. It names the table it adds to; its columns may be fewer and in another order.

  $ cat > words.tsv <<'EOF'
  > # Table: verbs
  > # Fields: lemma kind frames p
  > grok	knowledge	np that	0.9
  > EOF
  $ onrecord read --pretty --rules words.tsv a.txt | sed -n '/groks/,/plan/p'
    1 aide — groks [knowledge, indirect]
        the plan

Lists for a rule of one's own, in a file beside it.

  $ cat > gestures.tsv <<'EOF'
  > # Fields: verb kind
  > nod	attitude
  > applaud	attitude
  > EOF
  $ cat > mine.rules <<'EOF'
  > table gestures "gestures.tsv"
  > rule mine.gesture
  >   v: pos=VERB lemma=@gestures
  >   p: child(prep) of v lower=at
  >   o: child(pobj) of p
  >   s: actor of v
  >   cue = v.verb .. p.token
  >   source = s.source
  >   content = o.tree
  >   kind = @gestures.kind(v)
  >   p = 0.8
  > EOF
  $ printf 'The crowd nodded at the proposal.\n' > b.txt
  $ onrecord read --pretty --rules mine.rules --rules gestures.tsv b.txt | sed -n '/nodded/,/proposal/p'
    1 crowd — nodded at [attitude, indirect]
        the proposal
  $ onrecord explain --rules gestures.tsv --rules mine.rules b.txt | grep 'rule  *mine'
    rule      mine.gesture (mine.rules:2)

What is wrong with them is said with file and line.

  $ onrecord read --rules gestures.tsv b.txt
  onrecord: gestures.tsv: no '# Table:' line, and no rule file reads it
  [4]
  $ sed 's/Table: verbs/Table: verb/' words.tsv > bad.tsv; onrecord read --rules bad.tsv b.txt
  onrecord: bad.tsv:1:14: no table 'verb'
  [4]
  $ sed 's/kind/sort/' words.tsv > bad.tsv; onrecord read --rules bad.tsv b.txt
  onrecord: bad.tsv:2: table 'verbs' has no column 'sort'
  [4]
  $ sed 's/knowledge/knowlege/' words.tsv > bad.tsv; onrecord read --rules bad.tsv b.txt
  onrecord: table 'verbs', 'grok': no kind 'knowlege'
  [4]
  $ sed 's/0\.9/often/' words.tsv > bad.tsv; onrecord read --rules bad.tsv b.txt
  onrecord: table 'verbs', 'grok': p is a number from 0 to 1, not 'often'
  [4]
  $ onrecord read --rules mine.rules b.txt
  onrecord: mine.rules:1:17: no file 'gestures.tsv'
  [4]
