10 ' run: dialect=gw
20 ON ERROR GOTO 900
30 A$=STRING$(255,"x")
40 B$=A$+"y"
50 PRINT LEN(B$)
60 A$=STRING$(200,"x"):A$=A$+A$
70 PRINT LEN(A$);LEN(A$+"1"+STRING$(54,"z"))
80 PRINT LEN(MID$(A$+A$,1,3))
90 ' an array that is gone settles no bound; the first OPTION BASE does
100 DIM Q(3):ERASE Q:OPTION BASE 1:DIM Q(3):PRINT Q(1)
110 OPTION BASE 0
120 ERASE Q:OPTION BASE 0
130 COLOR 32
140 ' records are there without FIELD
150 OPEN "R",#1,"records",10
160 PUT #1,1:PRINT LOF(1)
170 PUT #1,3:PRINT LOF(1)
180 GET #1,2:CLOSE
185 PUT #9,1
190 ' WRITE is one item, and its line end is no second one behind a full line
200 PRINT "abc";:WRITE STRING$(50,"x"),STRING$(30,"x")
210 PRINT STRING$(70,"y");:WRITE 123456,2
220 PRINT STRING$(78,"y");:WRITE 12
230 PRINT STRING$(78,"y");:WRITE 1,2
240 WRITE STRING$(79,"z")
250 END
900 PRINT "ERR";ERR;"IN";ERL:RESUME NEXT
