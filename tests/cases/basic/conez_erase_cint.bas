' ERASE clears an array of constant bounds; CINT goes to the nearest; a file without a slash is in the root
DIM m(2, 3)
m(1, 1) = 4
ERASE m
PRINT m(1, 1); UBOUND(m, 2)
a# = 3.5
PRINT CINT(3.5); CINT(a#); CINT(2.5); CINT(-2.5)
OPEN "t.txt" FOR OUTPUT AS #1
PRINT #1, 5; 6
CLOSE #1
OPEN "/t.txt" FOR INPUT AS #1
LINE INPUT #1, l$
PRINT l$; "|"
