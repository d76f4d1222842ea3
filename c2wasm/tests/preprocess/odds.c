#
# /* null directive */
# define spaced 1 /* c */ + /* d */ 2
spaced
#define d(x) <:x:>
d(1)
#define EMPTY
#define L(x) EMPTY x EMPTY
L(EMPTY) L(a)
- - -EMPTY- +EMPTY+ x+++y
#define neg -
-neg 1 - neg-neg
#define dot .
dot.dot ...
.1.2.3 0x1e+2 1e+-
#define plus() +
+plus()plus()
#define undefd 1
#undef undefd
undefd
#undef never
#define same(a) a + 1
#define same(a) a   +   1
same(2)
"a" "b" u8"c" L'd'
#define str "s"
str str
#define f() 1
f() f( ) f(
) f
#define comma ,
#define two(a, b) a|b
two(1 comma 2, 3) two((1, 2), 3)
#define paren two(
paren 4, 5)
#define obj() obj
obj()()
$dollar a$b
#define push 1
#pragma push_macro("push")
#undef push
#define push 2
push
#pragma pop_macro("push")
push
