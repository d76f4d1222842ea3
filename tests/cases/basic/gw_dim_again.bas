5 ' run: dialect=gw
6 ' A program without ON ERROR may reach a DIM again, or declare with one that nothing leads to.
10 DIM A(12), B$(2)
20 N = N + 1: A(12) = A(12) + N: B$(2) = B$(2) + "x"
30 PRINT A(12); B$(2)
40 IF N < 3 THEN 10
50 GOSUB 100: GOSUB 100
60 GOTO 80
70 DIM E(14)
80 E(14) = 666: PRINT E(14)
90 END
100 DIM C(15)
110 C(15) = C(15) + 1: PRINT C(15)
120 RETURN
