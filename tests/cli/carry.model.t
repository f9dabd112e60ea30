Venue and day are told once for a whole speech; they hold for the row of statements that follows, no longer.

  $ cat > a.txt <<'EOF'
  > Minister opens port
  > 
  > The transport minister, Lena Okoye, said at a press conference in Lagos on Monday that the port would open in May. "We are ready," she said. She added that 300 workers had been hired.
  > 
  > Okoye said the road would follow. She had said last year that the road was too dear.
  > 
  > Her deputy, Paul Adeyemi, said the money was there. He believes in the plan.
  > 
  > Okoye told the BBC that she would resign if the port failed. She said she meant it.
  > EOF
  $ onrecord read --pretty --date 2018-07-13 a.txt | sed '/^Actors/,$d' | grep -E '^ *[0-9]|where|when'
  2018-07-13
    1 Lena Okoye — said [assertion, indirect]
        where: a press conference in Lagos · when: Monday (2018-07-09)
    2 Lena Okoye (she) — said [assertion, direct]
        where: a press conference in Lagos · when: Monday (2018-07-09)
    3 Lena Okoye (She) — added [assertion, indirect]
        where: a press conference in Lagos · when: Monday (2018-07-09)
    4 Lena Okoye (Okoye) — said [assertion, indirect]
        where: a press conference in Lagos · when: Monday (2018-07-09)
    5 Lena Okoye (She) — had said [assertion, indirect]
        when: last year (2017-01-01 to 2017-12-31)
    6 Paul Adeyemi — said [assertion, indirect]
    7 Paul Adeyemi (He) — believes in [belief, indirect]
    8 Lena Okoye (Okoye) — told [assertion, indirect]
    9 Lena Okoye (She) — said [assertion, indirect]

The span is that of the words that told it, wherever they stand.

  $ onrecord read --date 2018-07-13 a.txt | tr '{' '\n' | grep -c '"span":\[65,92\]'
  4
