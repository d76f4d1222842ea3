#include <stdio.h>

#define A 5
#if A > 3 && defined(A) && !defined B
#define R1 1
#elif A
#define R1 2
#else
#define R1 3
#endif
#ifdef UNDEFINED
#error no
#elif (A * 2 == 10) ? 1 : 0
#define R2 20
#endif
#if 0
this is 'not C
#else
#define R3 0x10u
#endif
#if -1 > 0u
#define R4 "unsigned"
#else
#define R4 "signed"
#endif
#undef A
#ifndef A
#define R5 '5'
#endif
int main(void) {
    printf("%d %d %u %s %c\n", R1, R2, R3, R4, R5);
    return 0;
}
