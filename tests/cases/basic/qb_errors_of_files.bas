' run: dialect=qb
' What is wrong with a channel has a number of its own; counts are not negative.
ON ERROR GOTO wrong
PRINT #2, 1
INPUT #3, A
PRINT LOF(1)
OPEN "qb_errors.txt" FOR OUTPUT AS #1
PRINT #1, "x"
CLOSE #1
OPEN "qb_errors.txt" FOR INPUT AS #1
PRINT #1, "y"
INPUT #1, A$, B$
CLOSE
N = -1
PRINT LEFT$("abc", N)
PRINT STRING$(N, 65)
PRINT SPACE$(N)
PRINT USING "#########################"; 1
END
wrong:
PRINT "error"; ERR
RESUME NEXT
