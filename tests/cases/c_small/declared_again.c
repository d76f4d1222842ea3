/* Declarations that say more, or less, than the one before: prototypes and K&R, arrays, tags. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
typedef void nothing;
int none(nothing);
int none(nothing) { return 7; }
float half(float);
int add(short, char, float);
float half(x) float x; { return x / 2; }
int add(a, b, c) short a; char b; float c; { return a + b + (int)c; }
static int a[4];
uintptr_t where = 4 + (uintptr_t)&a;
extern int table[5];
int table[] = {1, 2};
int after = 9;
struct tag { int outer; };
int scopes(void) {
      struct tag;
      struct other { struct tag *link; } o;
      struct tag { char inner[3]; } t = { "ab" };
      o.link = &t;
      return o.link->inner[1] + (int)sizeof(*o.link);
}
#if 0 ? 1, 2 : 3
#define YES 1
#endif
int main(void) {
      int first = rand();
      srand(1);
      printf("%d %g %d %d\n", none(), half(3), add(-1, 2, 3.9f), (int)(where - (uintptr_t)a));
      printf("%d %d %d %d %d\n", (int)sizeof table, table[1], table[4], scopes(), first == rand());
      printf("%s %d %d\n", "\q\%", YES, L'ab');
      for (const char *p = "\344\366ü"; *p; p++) printf("%02x ", (unsigned char)*p);
      puts("");
}
