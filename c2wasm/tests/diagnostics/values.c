/* Locals without a value, parameters without a use. */
int opaque(int *place);

static int straight(void) {
    int x;
    return x;
}

static int first_round(int n) {
    int sum;
    for (int i = 0; i < n; i++)
        sum += i;
    return sum;
}

static int one_branch(int n) {
    int x;
    if (n > 1)
        x = 3;
    return x;
}

static int some_cases(int n) {
    int x;
    switch (n) {
    case 1: x = 10; break;
    case 2: x = 20; break;
    }
    return x;
}

static int jumped_over(int n) {
    int x;
    if (n)
        goto out;
    x = 1;
out:
    return x;
}

static int member(void) {
    struct { int a, b; } pair;
    return pair.a;
}

/* None of these is wrong. */
static int both_branches(int n) {
    int x;
    if (n)
        x = 1;
    else
        x = 2;
    return x;
}

static int in_condition(int n) {
    int x;
    if (n && (x = n * 2) > 3)
        return x;
    return 0;
}

static int by_address(void) {
    int x;
    opaque(&x);
    return x;
}

static int in_loop(int n) {
    int last;
    while (n--)
        last = n;
    return last;
}

static int all_cases(int n) {
    int x;
    switch (n) {
    case 1: x = 10; break;
    default: x = 20; break;
    }
    return x;
}

static int leaves(int n) {
    int x;
    if (n)
        x = 1;
    else
        __builtin_trap();
    return x;
}

static int itself(void) {
    int x = x;
    return x;
}

static int parameters(int used, int unused) {
    return used;
}

int several = 'ab';

int main(void) {
    return straight() + first_round(1) + one_branch(1) + some_cases(1) + jumped_over(1) + member()
        + both_branches(1) + in_condition(1) + by_address() + in_loop(1) + all_cases(1) + leaves(1)
        + itself() + parameters(1, 2) + several;
}
