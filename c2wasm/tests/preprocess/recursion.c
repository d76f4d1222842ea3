#define f(a) a*g
#define g(a) f(a)
f(2)(9)
#define AA BB
#define BB AA
AA BB
#define NIL(xxx) xxx
#define G_0(arg) NIL(G_1)(arg)
#define G_1(arg) NIL(arg)
G_0(42)
#define foo foo a b
foo foo
#define obj (4 + obj)
obj
#define id(x) x
id(id)(id(id)(3))
#define a1 b1(
#define b1(x) <x>
a1 1)
#define empty
#define call(x) [x]
call empty (3)
id(call)(4) id(call) (5)
#define lparen (
#define apply(m, args) m args
apply(call, (9))
call lparen 2)
#define EVAL(...) EVAL1(EVAL1(__VA_ARGS__))
#define EVAL1(...) EVAL2(EVAL2(__VA_ARGS__))
#define EVAL2(...) __VA_ARGS__
#define DEFER(id) id empty
#define REPEAT(n) n REPEAT_I empty () (n)
#define REPEAT_I() REPEAT
EVAL(REPEAT(1))
#define self(x) x self
self(self)(self)
#define sum(a, b) (a + b)
sum(sum(1, 2), sum(sum(3, 4), 5))
#define stop stop
#define two(x) x stop stop
two(stop)
#define c99(x) x(
#define d99(x) {x}
c99(d99) 1) c99(c99)(d99) 2)
