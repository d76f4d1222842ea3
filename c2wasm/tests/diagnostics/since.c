// std: gnu89
struct flags { _Bool on; long long count; };
int first = 1;
int size(int n) {
    int list[n];
    list[0] = 1;
    int more = 2;
    struct flags f = { .on = 1 };
    return ((struct flags){0}).on + f.on + more + list[0];
}
