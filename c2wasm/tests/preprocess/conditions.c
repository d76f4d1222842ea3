#define one 1
#define zero 0
#define empty
#define fn(x) (x)
#if one + 1 == 2 && fn(3) == 3 && !zero
yes1
#endif
#if -1 > 0u
yes2 unsigned
#endif
#if (2 || 1 / 0) && !(0 && 1 / 0) && (1 ? 2 : 1 / 0)
yes3
#endif
#if 0x7fffffffffffffff + 1 < 0
no4 or wraps
#endif
#if 18446744073709551615u == -1
yes5
#endif
#if -8 >> 1 == -4 && 1 << 4 == 16 && 7 / -2 == -3 && 7 % -2 == 1
yes6
#endif
#if 'a' == 97 && '\377' < 0 && 'ab' == 24930 && L'\x41' == 65 && '\0' == 0
yes7
#endif
#if defined one && defined(zero) && !defined nothing && !defined(nothing)
yes8
#endif
#define has_def defined(one)
#if has_def
yes9
#endif
#if undefined_name || undefined_name == 0
yes10
#endif
#if 0
#if 1
no
#else
no
#endif
#elif one
yes11
#elif 1/0
no
#else
no
#endif
#ifdef nothing
no
#elif defined one
yes12
#endif
#ifndef nothing
yes13
#else
no
#endif
#if 1
yes14
#elif this is not ) parsed
no
#else
no
#endif
#if 0
it's not a "string
/* #endif */
#define inside 1
#endif
#ifdef inside
no
#endif
#if (1 ? -1 : 0u) > 0
yes15
#endif
#if 1 == 1L && 1ULL && 0b101 == 5 && 010 == 8
yes16
#endif
#if ~0 == -1 && +1 == 1 && !0 == 1 && - -1 == 1
yes17
#endif
#if 1 ? 0 : 1
no
#else
yes18
#endif
#if 1
yes19
#endif
#if __has_include(<stddef.h>) && !__has_include("no/such.h")
yes20
#endif
#ifdef __has_include
yes21
#endif
#if 5 == 5 == 1 && (3 & 1 | 4 ^ 1) == 5 && 2 < 3 != 0
yes22
#endif
#if true
true is 1
#endif
