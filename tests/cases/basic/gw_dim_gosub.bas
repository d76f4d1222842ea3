1 ' run: dialect=gw
2 ' A subroutine dimensions: the arrays stay static.
5 GOSUB 100
10 FOR I=0 TO 20: A(I)=FNA(I): NEXT
20 PRINT A(20): GOSUB 200: END
100 DIM A(20): DEF FNA(X)=X*2
110 GOSUB 200: RETURN
200 A(5)=3: RETURN
