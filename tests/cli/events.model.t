A user's own events: frames and types beside PLOVER, without C or a build.

  $ printf 'Farmers in Greece harvested the olives on Monday. Greece and Italy held talks in Rome.\n' > a.txt
  $ onrecord read a.txt | jq -r '.events[] | .plover + " " + .status'
  CONSULT happened
  $ printf '# a scheme of mine\n@harvest\tolive olives wheat\nharvest|reap.v\to:@harvest\tFARMING\tfield\t\nhold.v\to:@talks\tPALAVER\t\t\tlight\n' > mine.tsv
  $ onrecord read --events mine.tsv a.txt | jq -r '.events[] | .plover + " " + (.mode // "-") + " " + .status'
  FARMING field happened
  CONSULT - happened
  PALAVER - happened

Where each stands, and why a frame does not hold.

  $ onrecord explain --layer events --events mine.tsv a.txt | grep 'rule.*farming'
    rule      farming.harvest.1 (mine.tsv:3)
  $ onrecord explain --layer events --at 59 a.txt | head -4
  no candidate for an event holds this byte

A mistake is named with its line.

  $ printf 'harvest.v\to=T\tFARMING\nreap.x\to\tFARMING\n' > bad.tsv
  $ onrecord read --events bad.tsv a.txt
  onrecord: bad.tsv, line 2: no part of speech 'reap.x'
  [4]
