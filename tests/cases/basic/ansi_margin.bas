10 REM run: dialect=ansi stdin=1,2,3\n4\nfive,6\n8E999,7\n9,"ten\s"\n
20 REM LINES OF 80 COLUMNS, FIVE ZONES, COLUMNS OUT OF ANY RANGE
30 LET T$="----5---10----5---20----5---30----5---40"
40 LET U$="----5---50----5---60----5---70----5---80"
50 PRINT T$;U$
60 PRINT T$;U$;"!"
70 PRINT "<";T$;">";TAB(79);"P";"Q";"R"
80 PRINT TAB(79);4;5
90 PRINT TAB(78);-4;5
100 PRINT 1,2,3,4,5,6
110 LET A=1E200
120 PRINT "LEFT";TAB(A*A);"RIGHT"
130 PRINT TAB(-A*A);"FIRST"
140 INPUT B,C$
150 PRINT B;C$;"."
160 REM ONE TEXT OF 100 CHARACTERS
170 PRINT "----5---10----5---20----5---30----5---40----5---50----5---60----5---70----5---80----5---90----5--100"
180 PRINT "X";
190 PRINT "----5---10----5---20----5---30----5---40----5---50----5---60----5---70----5---80----5---90----5--100";"Y"
200 END
