10 ' run: dialect=gw
15 ' The NEXT is of the inner FOR, so the outer one has none.
20 ON ERROR GOTO 100
30 FOR I=1 TO 2
40 FOR J=1 TO 2
50 PRINT I;J;
60 NEXT
80 PRINT "END":END
100 PRINT "ERROR";ERR;"IN";ERL:RESUME 40
