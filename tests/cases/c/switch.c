/* switch: fall through, default anywhere, dense, sparse, negative, nested, in loops, 64 bits. */
#include <stdio.h>

static int dense(int x) {
    switch (x) {
    case 0: return 10;
    case 1: return 11;
    case 2: return 12;
    case 3:
    case 4: return 14;
    case 6: return 16;
    default: return -1;
    }
}

static int sparse(int x) {
    switch (x) {
    default: return 0;
    case -2147483647 - 1: return 1;
    case -5: return 2;
    case 1000: return 3;
    case 1000000: return 4;
    case 2147483647: return 5;
    }
}

static void fall(int x) {
    switch (x) {
    case 1: printf("one ");
    case 2: printf("two ");
        break;
    default: printf("other ");
    case 3: printf("three ");
    }
    printf("\n");
}

static const char *wide(unsigned long long x) {
    switch (x) {
    case 0: return "zero";
    case 0x100000000ull: return "2^32";
    case 0x100000001ull: return "2^32+1";
    case 18446744073709551615ull: return "max";
    }
    return "none";
}

enum color { RED, GREEN = 5, BLUE };

static int color(enum color c) {
    switch (c) {
    case RED: return 1;
    case GREEN: return 2;
    case BLUE: return 3;
    }
    return 0;
}

int main(void) {
    for (int i = -2; i < 9; i++) printf("%d ", dense(i));
    printf("\n");
    int probes[] = {-2147483647 - 1, -5, -4, 0, 1000, 1001, 1000000, 2147483647};
    for (int i = 0; i < 8; i++) printf("%d ", sparse(probes[i]));
    printf("\n");
    for (int i = 1; i < 5; i++) fall(i);
    printf("%s %s %s %s %s\n", wide(0), wide(1), wide(0x100000000ull), wide(0x100000001ull), wide(-1));
    printf("%d %d %d %d\n", color(RED), color(GREEN), color(BLUE), color((enum color)4));
    for (int i = 0; i < 6; i++) {
        switch (i) {
        case 1: continue;
        case 4: break;
        default:
            switch (i & 1) {
            case 0: printf("even%d ", i); break;
            case 1: printf("odd%d ", i);
            }
        }
        if (i == 4) break;
    }
    printf("\n");
    signed char c = -1;
    switch (c) { case 255: printf("wrong\n"); break; case -1: printf("right\n"); }
    switch (3) { int unused; case 3: unused = 4; printf("%d\n", unused); }
    switch (1) ;
    switch (2) { case 1: printf("wrong\n"); }
    switch ('b') { case 'a': case 'b': { printf("b\n"); } }
    return 0;
}
