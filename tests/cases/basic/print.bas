' PRINT follows QuickBASIC in every dialect.
PRINT 1; 2; -3
PRINT 1, 2, 3
PRINT "a"; "b", "c"
PRINT
PRINT "no end";
PRINT " of line"
PRINT 1.5; 0.5; -0.25
PRINT "x"; TAB(10); "y"; SPC(3); "z"
PRINT 100000; 1234567
PRINT "A" "B"
? "question"
