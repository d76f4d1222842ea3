/* A packed enum is as small as its constants allow. */
#include <stdio.h>

enum __attribute__((packed)) byte { A, B = 255 };
enum __attribute__((packed)) half { C = 256 };
enum __attribute__((packed)) negative { D = -1, E = 127 };
enum wide { F = -129, G = 127 } __attribute__((packed));
enum plain { H };
static struct { char c; enum byte b; } pair = { 1, B };

int main(void)
{
    enum negative n = D;
    enum byte b = B;
    b++;
    printf("%d %d %d %d %d %d\n", (int)sizeof(enum byte), (int)sizeof(enum half),
           (int)sizeof(enum negative), (int)sizeof(enum wide), (int)sizeof(enum plain),
           (int)sizeof pair);
    printf("%d %d %d\n", n, b, pair.b);
    return 0;
}
