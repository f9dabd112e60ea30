# Counts test cases in the JUnit file of a ctest run: cmocka programs by their cases, everything
# else by program. A program that fails without a failed case (a crash) counts as one failure, one
# that is missing likewise. Lines with `SKIPPED:` are repeated, so that nobody misses them.
# Prints `N passed, N failed` (`, N skipped` if any) last; ends 1 if anything failed or nothing ran.
# -v status=N: the exit status of ctest, so that a failure this file does not show still counts.
function value(key,   at, s) {
    at = index($0, key "=\"")
    if (!at) return ""
    s = substr($0, at + length(key) + 2)
    return substr(s, 1, index(s, "\"") - 1)
}
{ sub(/^[ \t]*<system-out>/, "") }
/^[ \t]*<testcase / {
    name = value("name"); state = value("status"); reason = ""; ok = bad = skip = 0
    next
}
/^[ \t]*<skipped / { reason = value("message"); next }
/^\[       OK \] / { ok++ }
/^\[  FAILED  \] [^0-9]/ { if (!((name, "f", $4) in seen)) { seen[name, "f", $4]; bad++ } }
/^\[  SKIPPED \] [^0-9]/ { if (!((name, "s", $4) in seen)) { seen[name, "s", $4]; skip++ } }
/SKIPPED: / { why[++n_why] = name ": " $0 }
/<\/testcase>/ {
    if (state == "run") { passed += ok ? ok : !skip; skipped += skip }
    else if (state == "notrun" && reason ~ /^SKIP_/) skipped++
    else { passed += ok; skipped += skip; failed += bad ? bad : 1 }
}
END {
    for (i = 1; i <= n_why; i++) print why[i]
    if (!failed && (status != 0 || passed == 0)) failed = 1
    printf "%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : ""
    exit failed != 0
}
