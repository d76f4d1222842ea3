#pragma once
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __SIZE_TYPE__ size_t;
typedef __WCHAR_TYPE__ wchar_t;
typedef struct { long long __a; double __b; } max_align_t;
#if __STDC_VERSION__ >= 202311L
typedef typeof(nullptr) nullptr_t;
#define unreachable() __builtin_unreachable()
#endif
#define NULL ((void *)0)
#define offsetof(type, member) __builtin_offsetof(type, member)
