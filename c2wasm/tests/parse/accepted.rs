//! What C allows, by area.

use super::{parse, round_trip, round_trip_as};

#[test]
fn declarators() {
    round_trip("int x, *y, **z, a[3], *b[4][5], (*c)[6], f(void), *g(int), (*h)(int, char *);");
    round_trip("int (*(*(*ff)(int (*)(void), char))[3])(double);");
    round_trip("char *const volatile *restrict p; void (*signal(int, void (*)(int)))(int);");
    round_trip("void f(int a[static 3], int b[const *], int c[], int n, int d[n][n + 1]);");
    round_trip("typedef int T; void f(T), g(T T), h(int (T)), i(int (x)), j(T *, T (*)(T));");
    round_trip("int f(), g(...), h(int, ...);");
    round_trip("extern int (x); int ((*y)); static const unsigned long long int z;");
    round_trip("int a __asm__(\"b\") __attribute__((aligned(8))), b __attribute__((unused)) = 1;");
}

#[test]
fn types() {
    round_trip("struct s { int a, *b; unsigned c : 3, : 0, d : 4; struct { int e; }; char f[]; };");
    round_trip("union u { int i; float f; } u; struct s; struct s *p; struct { int x; } y;");
    round_trip("enum { A, B = 2, C, }; enum e { D = 1 << 3 } e; enum e f(enum e);");
    round_trip("long unsigned int long a; short b; signed c; char signed d; double long e;");
    round_trip("typeof(1 + 1) a; __typeof__(int *) b; __auto_type c = 1; _Alignas(8) int d;");
    round_trip("struct __attribute__((packed)) s { char c; int i; } __attribute__((aligned(4)));");
    round_trip("struct s { int x; _Static_assert(1, \"yes\"); };");
    round_trip("__extension__ typedef struct { __extension__ union { int a; }; } T;");
    round_trip("_Bool b; _Noreturn void f(void); _Thread_local int t; inline int g(void);");
}

#[test]
fn typedef_names_are_hidden_and_come_back() {
    round_trip("typedef int T; void f(void) { T x; { int T = 1; T = T * 2; } T * y; (T)x; }");
    round_trip("typedef int T; struct T { T T; }; void f(struct T *p) { p->T = 1; T: goto T; }");
    round_trip("typedef int T; void f(int T) { T * 2; } T y; enum { X = sizeof(T) };");
    round_trip("typedef int T; void f(void) { for (int T = 0; T < 3; T++) T; T z; }");
    round_trip("typedef int T; int g(T x) { T T = x; return T; } T h(a, b) T a; T *b; { T c; }");
    round_trip("typedef int T, *P; T t; P p; const T ct; unsigned T1; static T st;");
    round_trip("typedef int T; void f(void) { enum { T }; T + 1; } T x;");
}

#[test]
fn expressions() {
    let all = "void f(void) { a = b ? c : d ? e : g, h; a += b -= c; a ? : b; a ? b, c : d; \
        a || b && c | d ^ e & g == h < i << j + k * l; a - b + c - d; a - (b + c); a % b / c; \
        !~-+*&a; - -a; + +a; - --a; ++a--; a++; (a)(b); a[b][c]; a.b->c.d; f(a, (b, c)); f(); \
        sizeof a; sizeof(int); sizeof(a); sizeof(int) * 2; sizeof (a)[1]; _Alignof(int); \
        (int)a; (int)-a; (int)(a); (char)(int)a + b; *(int *)a; &*a; &&L; goto *p; L:; \
        (int){ 1 }; (int []){ 1, 2 }[0]; sizeof (int){ 1 }; &(struct s){ .a = 1 }.b; \
        ({ int x = 1; x; }); _Generic(a, int: 1, default: 2, char *: 3); \
        __builtin_va_arg(ap, int *); __builtin_offsetof(struct s, a.b[2].c); \
        __builtin_types_compatible_p(int, char *); __real__ a; __extension__ a; }";
    round_trip(all);
}

#[test]
fn literals() {
    round_trip(
        r#"char *s = "a" "b\n\0\377\x41" "\"\\?"; int w[] = L"x\x1234" "5", c = 'ab' + '\377';"#,
    );
    round_trip("int i = 0 + 1u + 0x1FL + 077ull + 18446744073709551615ull + 0b101;");
    round_trip("double d = 1. + .5e-3f + 0x1.8p3 + 1e999 + 1.5L + 1e-320;");
    round_trip("int c = 'a' + L'b' + u'c' + U'd' + u8'e' + '\\0' + '\\'';");
}

#[test]
fn initializers() {
    round_trip("int a[] = { 1, 2, }, b[3] = { [1] = 2, [0] = 1 }, c[9] = { [2 ... 4] = 1 };");
    round_trip("struct s x = { .a = 1, .b.c[2] = { 3 }, 4, .d = { } }, y = { };");
    round_trip("struct s x = { a: 1, b: { 2 } }; int y[2] = { [0] 1, [1] 2 };");
}

#[test]
fn statements() {
    round_trip(
        "int f(int n) { if (n) ; else if (n > 1) { } else return 1; while (n) n--; \
        do n++; while (n < 3); for (;;) break; for (int i = 0, j; i < n; i++, j--) continue; \
        switch (n) { case 1: case 2: n = 1; break; case 3 ... 5: default: ; } \
        again: if (n) goto again; end: __attribute__((unused)); { { ; } } return n; }",
    );
    round_trip(
        "void f(void) { __label__ a, b; a: b: ; asm volatile (\"\" : \"+r\" (x) : \"0\" (y) : \"memory\"); }",
    );
    round_trip(
        "void f(void) { asm(\"\" :: \"r\"(1)); asm(\"\"); asm goto (\"\" : : : : L); L: ; }",
    );
    round_trip("void f(int n) { switch (n) case 1: if (n) case 2: n++; else default: n--; }");
    round_trip(
        "void f(void) { { int x; } int y; _Static_assert(1, \"\"); struct s { int z; } w; L: }",
    );
    round_trip(
        "void f(void) { __attribute__((fallthrough)); [[fallthrough]]; [[maybe_unused]] int x; }",
    );
}

#[test]
fn old_style() {
    round_trip("int f(a, b) int a; char *b; { return a; } main() { } static x; *p; g(a) { }");
    round_trip_as("f(a, b) register a; { auto c = a; return c; } typedef int typeof;", "c89");
    round_trip("typedef int T; int f(a) T a; { } int g(x) struct s { int y; } *x; { }");
    round_trip("int f(a) int (*a)(int, int); { return a(1, 2); }");
}

#[test]
fn new_style() {
    round_trip_as(
        "[[nodiscard]] int f(void); [[gnu::packed]] struct [[deprecated(\"x\")]] s { int a [[maybe_unused]]; }; \
        bool b = true && !false; int *p = nullptr; constexpr int x = 1'000; static_assert(1); \
        typeof_unqual(x) y; enum e : unsigned char { A }; auto z = 1; thread_local int t; int a[] = {};",
        "c23",
    );
    let parsed = super::parse_as("int f();", "c23");
    assert!(parsed.printed.contains("f(void)"), "{}", parsed.printed);
}

#[test]
fn attributes_stand_everywhere() {
    round_trip_as(
        "[[]] int [[]] a [[]] = 1; int g [[]] [2] [[]] [3] [[]]; struct [[]] s { [[]] long *b; }; \
        void f(int [[]] x) { [[]] { } [[]] x: [[]] y: [[]] a = 1; [[]] if (a) [[]] a++; \
        [[]] while (0) [[]] continue; for ([[]] int i = 0;;) break; [[]] return; }",
        "c23",
    );
}

#[test]
fn what_gnu_allows() {
    round_trip("struct s { struct { int a; } };");
    round_trip("typedef int T; void f(int n) { switch (sizeof(enum { T })) if (1) ; T x; }");
    round_trip(
        "typedef int T; void f(int n) { if (n) (void)sizeof(enum { T }); else T = 2; T y; }"
            .replace("else T = 2;", "")
            .as_str(),
    );
}

#[test]
fn long_things_are_flat() {
    let sum = format!("int x = {}1;", "1 + ".repeat(10_000));
    assert_eq!(parse(&sum).errors, Vec::<String>::new());
    let chain = format!("int f(int n) {{ {} return 0; }}", "if (n) n--; else ".repeat(10_000));
    assert_eq!(parse(&chain).errors, Vec::<String>::new());
    let labels: String = (0..10_000).map(|i| format!("case {i}: ")).collect();
    let switch = format!("void f(int n) {{ switch (n) {{ {labels} ; }} }}");
    assert_eq!(parse(&switch).errors, Vec::<String>::new());
    let strings = format!("char *s = {};", "\"x\" ".repeat(10_000));
    assert_eq!(parse(&strings).errors, Vec::<String>::new());
}
