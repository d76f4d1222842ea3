' Integers wrap and truncate; floats are singles; comparisons give -1 and 0.
A = 7 : B = -2
> A + B
> A / B
> A MOD B
> -7 / 2
> -7 MOD 3
> A * B - B
> (A < B) + (A > B)
> NOT 0
> A AND 3
> A OR 8
> A XOR 2
X# = 7
> X# / 2
> 1 / 2
> 1.0 / 4
L& = 4294967296
> L& * 2 + A
> L& / 1000
B = 2.9
> B
B = -2.9
> B
X# = 1 / 3.0
> X#
> 2 ^ 10
> ABS(-5)
> SGN(-3)
> 10 \ 4
