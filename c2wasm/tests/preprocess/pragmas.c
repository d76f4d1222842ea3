#define id(x) x
#define FOO() int line
#define T(x) _Pragma(#x) y
FOO
#pragma two
()
T(zap zip) _Pragma("a \"b\" \\")
z id(a
#pragma one
b) c
#if 3 << -1 == 1 && (1, 2) == 2 && -8 >> 70 == -1
yes
#endif
#define many(x,y) x##########y
many(a, b)
\u00e4 ä
_Pragma("x \"q\"") w
#define STR(x) #x
#define XSTR(x) STR(x)
XSTR(_Pragma("x")) id(_Pragma("in place") d)
