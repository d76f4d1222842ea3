10 ' run: dialect=gw
15 ' ERASE of what is not there, and what comes after it; the same as PC-BASIC.
20 ON ERROR GOTO 900
30 FOR I=1 TO 2: ERASE A: NEXT
40 A(7)=3: PRINT A(7): ERASE A: PRINT A(7)
50 DIM A(3)
60 ERASE A: DIM A(30): A(25)=1: PRINT A(25)
80 ERASE A,A
90 DIM C(2,2): C(1,1)=5: ERASE C: C(9,9)=6: PRINT C(9,9);C(1,1)
100 END
900 PRINT "ERROR";ERR;ERL: RESUME NEXT
