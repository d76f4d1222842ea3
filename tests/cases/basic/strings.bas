A$ = "Hello, World"
> LEN(A$)
> LEFT$(A$, 5)
> RIGHT$(A$, 5)
> MID$(A$, 8, 3)
> MID$(A$, 8)
> UPPER$(A$) + "!"
> LOWER$(A$)
> INSTR(A$, "World")
> INSTR(A$, "xyz")
> ASC("A")
> CHR$(66) + CHR$(67)
> STR$(42) + "|" + STR$(-1.5)
> VAL("17") + 1
> "[" + LEFT$(A$, 0) + "]"
> "[" + RIGHT$("ab", 9) + "]"
> "[" + MID$("ab", 5, 2) + "]"
> A$ = "Hello, World"
> "abc" < "abd"
> "B" < "A"
> "" = A$
MID$(A$, 1, 4) = "J"
> A$
B$ = A$
A$ = "changed"
> B$
> "tab\tquote\"back\\"
DIM N$(3)
N$(2) = "two"
> "<" + N$(1) + N$(2) + ">"
SWAP N$(1), N$(2)
> N$(1)
