/* Packed bit-fields that no unit of their record holds: across nine bytes, up to its end. */
#include <stdio.h>
#pragma pack(push,1)
struct s { int x:12; char y:6; long long z:63; char a:4; long long b:2; } v;
#pragma pack(pop)
struct __attribute__((packed)) t { char c:3; unsigned long long u:64; signed char d:5; } w;
struct tail { char a; short : 0; };
int main(void){
    printf("%d\n", (int)sizeof(struct tail));
    v.x=3; v.y=30; v.z=0x123456789abcdef0LL; v.a=5; v.b=1;
    printf("%d %d %llx %d %d size %d\n", v.x,v.y,(long long)v.z,v.a,v.b,(int)sizeof v);
    w.c=2; w.u=0xfedcba9876543210ULL; w.d=-3; w.u++;
    printf("%d %llx %d %d\n", w.c,(unsigned long long)w.u,w.d,(int)sizeof w);
    for(int i=0;i<sizeof v;i++) printf("%02x ",((unsigned char*)&v)[i]); puts("");
    for(int i=0;i<sizeof w;i++) printf("%02x ",((unsigned char*)&w)[i]); puts("");
    struct { unsigned char c:3; unsigned u:17; } __attribute__((packed)) near[2] = {{1, 70000}, {2, 99999}};
    near[0].u++; near[1].c--;
    printf("%d %d %d %d %d\n", (int)sizeof near, near[0].c, near[0].u, near[1].c, near[1].u);
    struct s k={1,2,0x123456789abcdef1LL,3,1}; static struct t l={1,0x1122334455667788ULL,2};
    printf("%llx %llx %d\n",(long long)k.z,(unsigned long long)l.u,l.d);
}
