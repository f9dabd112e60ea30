A list of issues: positions that fall under one get its name as topic.

  $ cat > issues.tsv <<'EOF'
  > # name, then words that tell it
  > Iran in Syria	Iran* presence Syria	Iran* troops Syria
  > Sanctions	sanction*
  > EOF
  $ cat > a.txt <<'EOF'
  > Egypt rejected Iran's presence in Syria. The German foreign minister condemned the sanctions against Russia. France welcomed the treaty.
  > EOF
  $ onrecord read --pretty --issues issues.tsv a.txt | sed -n '/^Positions/,$p' | sed '/^$/q' | sed '/^Relations/d'
  Positions
    Egypt against: Iran in Syria (Iranian presence in Syria)
    German foreign minister against: Sanctions (sanction against Russia)
    France for: treaty
  $ onrecord read --parts positions --issues issues.tsv a.txt | grep -o '"topic":"[^"]*"'
  "topic":"Iran in Syria"
  "topic":"Sanctions"

What a word is there for, and why a position was not kept:

  $ printf 'If Canada opposed the deal, it would fail.\n' > b.txt
  $ onrecord explain --layer positions b.txt | grep because
    because   only supposed, or asked

A list that is no list:

  $ printf '\tno name\n' > bad.tsv
  $ onrecord read --quiet --issues bad.tsv a.txt
  onrecord: bad.tsv:1: an issue without a name
  [4]
