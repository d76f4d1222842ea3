struct later;
struct later object;
int functions[2](void);
auto int outside;
int length(int n) {
    struct bits { int wide : 40; float f : 3; int none : 0; } b;
    char big[0x7fffffff][4];
    int alignment __attribute__((aligned(3)));
    return sizeof(struct later) + n;
}
int array[length(3)];
int text[2] = "ab";
int list[2] = { [5] = 1 };
int constant = length(2);
void nothing(void) { return 1; }
int choose(double d) { return _Generic(d, int: 1, float: 2); }
typedef int four __attribute__((vector_size(16)));
int main(void) { return __builtin_clz(1, 2); }
