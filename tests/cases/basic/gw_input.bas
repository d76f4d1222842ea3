10 ' run: dialect=gw stdin=6",8"\n\s"a,b"\s,c\n3,1E39\n3,4\n
20 INPUT A$,B$:PRINT A$;"|";B$
30 INPUT A$,B$:PRINT A$;"|";B$
40 INPUT A,B:PRINT A+B
50 INPUT A,B:PRINT A+B
