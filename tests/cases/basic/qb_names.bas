' run: dialect=qb
' What the program says of names is not said to the library, and a DEFtype holds from where it stands.
DECLARE FUNCTION f% ()
DECLARE SUB never (a, b)
CONST N = 8, T$ = "x", V! = 2.5, I = 3
DIM SHARED P, W, C
PRINT N / 3; V!; I; TAB(30); T$
DEFINT A-Z
y = 2.5: PRINT y: z! = 3.5: CALL b(z!): PRINT f; f%
k = 2.5
DEFSNG A-Z
PRINT k%; k
k = 2.5
PRINT k
SUB b (x)
y = 1.25: PRINT x; y
END SUB
DEFINT A-Z
FUNCTION f
f = 2.5
END FUNCTION
