5 ' run: dialect=gw
6 ' What the language makes of whole numbers has 16 bits: a third of it is a single. The same as PC-BASIC.
10 A$="HELLO": MID$(A$,9,0)="X": PRINT A$
20 MID$(A$,2)="ZZZZZZZZZ": PRINT A$
30 PRINT USING "###-";-.2: PRINT USING "###-";-.5: PRINT USING "###-";.2
40 PRINT USING "###";-.2;.4;-.5: PRINT USING "+##";-.2: PRINT USING "##.#";-.04
50 PRINT USING "###-";-1;0;-0.4999
60 PRINT LEN("ABC")/7;ABS(-7)/3;(1=1)/3;INSTR("ABC","C")/7;NOT 5/3;SGN(-3)/7;ASC("A")/7;CINT(2.5)/7;INT(7.5)/3
70 I%=7:PRINT ABS(I%)/3;(I%<8)/7;(I% AND 5)/3;(2 OR 4)/7;I%\2/3;I% MOD 4/7
80 PRINT LEN("ABC")*40000;LEN("A")+.1;(1=1)*.1
