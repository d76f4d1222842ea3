#include <stdio.h>
#include <stdint.h>

typedef struct {
    float kp, ki, kd, sum, last;
} pid;
static float step(pid *p, float target, float now) {
    float e = target - now;
    p->sum += e;
    float d = e - p->last;
    p->last = e;
    return p->kp * e + p->ki * p->sum + p->kd * d;
}

int main(void) {
    pid p = { 0.5f, 0.125f, 0.25f, 0, 0 };
    float x = 0;
    for (int i = 0; i < 6; i++) {
        x += step(&p, 8, x);
        printf("%.4f\n", x);
    }
    int16_t w[4] = { 0 };
    int s = 0;
    for (int i = 0; i < 10; i++) {
        int16_t in = (int16_t)(i * 1000 - 4000);
        s += in - w[i & 3];
        w[i & 3] = in;
        printf("%d ", s / 4);
    }
    printf("\n");
    return 0;
}
