/* The alignment of a typedef is that of what it names, and of arrays of it, not of pointers to it. */
#include <stdio.h>
#include <stddef.h>
typedef int a16 __attribute__((aligned(16)));
typedef int a1 __attribute__((aligned(1)));
typedef a1 b1;
struct p { char c; a16 *p; };
struct q { char c; a1 x; a1 *p; };
struct r { char c; b1 x[2]; short s; };
struct t { char c; a1 (*f)(a16); };
typedef struct { int x; short y; } __attribute__((aligned(2), packed)) pk;
struct v { char c; pk p; };
int f(a1 *p) { return *p; }
int main(void) {
    printf("%d %d %d %d\n",(int)sizeof(struct p),(int)offsetof(struct p,p),(int)sizeof(struct q),(int)offsetof(struct q,x));
    printf("%d %d\n", (int)sizeof(struct r), (int)offsetof(struct r, s));
    printf("%d %d %d\n",(int)sizeof(struct t),(int)_Alignof(a1),(int)_Alignof(a16));
    printf("%d %d %d\n",(int)_Alignof(b1),(int)sizeof(struct v),(int)_Alignof(struct v));
    char b[8]={0,1,2,3,4,5,6,7}; printf("%x\n", f((a1*)(b+1)));
}
