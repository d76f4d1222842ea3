10 REM run: dialect=ansi
20 REM An item of DATA is text as it stands, and a number only for READ of a number.
30 READ A$,B$,C$,D$,E$
40 PRINT A$;"/";B$;"/";C$;"/";D$;"/";E$;"/"
50 RESTORE
60 READ A,B,C,D,E$
70 PRINT A;B;C;D;E$
80 DATA 007, +1.50 ,-0,1E02,  TWO  WORDS  
90 END
