// A stack machine whose instructions are functions called through a table; its program adds up the
// Collatz steps of the numbers below n.
typedef struct {
    int pc, sp, acc;
    int stack[16];
} vm;
typedef void handler(vm *);

enum { PUSH, ADD, SUB, MUL, AND, SHR, DUP, SWAP, LOAD, STORE, JZ, JMP, HALT };
static int cells[8];
static int program[64];

static void push(vm *m) { m->stack[m->sp++] = program[m->pc++]; }
static void add(vm *m) { m->sp--; m->stack[m->sp - 1] += m->stack[m->sp]; }
static void sub(vm *m) { m->sp--; m->stack[m->sp - 1] -= m->stack[m->sp]; }
static void mul(vm *m) { m->sp--; m->stack[m->sp - 1] *= m->stack[m->sp]; }
static void and(vm *m) { m->sp--; m->stack[m->sp - 1] &= m->stack[m->sp]; }
static void shr(vm *m) { m->sp--; m->stack[m->sp - 1] >>= m->stack[m->sp]; }
static void dup(vm *m) { m->stack[m->sp] = m->stack[m->sp - 1]; m->sp++; }
static void swap(vm *m) {
    int top = m->stack[m->sp - 1];
    m->stack[m->sp - 1] = m->stack[m->sp - 2];
    m->stack[m->sp - 2] = top;
}
static void load(vm *m) { m->stack[m->sp++] = cells[program[m->pc++]]; }
static void store(vm *m) { cells[program[m->pc++]] = m->stack[--m->sp]; }
static void jz(vm *m) { int to = program[m->pc++]; if (!m->stack[--m->sp]) m->pc = to; }
static void jmp(vm *m) { m->pc = program[m->pc]; }

static handler *const handlers[] = {push, add, sub, mul, and, shr, dup, swap, load, store, jz, jmp};
static const int source[] = {
    /*  0 */ LOAD, 0, JZ, 50,               // while (n)
    /*  4 */ LOAD, 0, STORE, 1,             //   x = n
    /*  8 */ LOAD, 1, PUSH, 1, SUB, JZ, 43, //   while (x != 1)
    /* 15 */ LOAD, 2, PUSH, 1, ADD, STORE, 2, //   steps++
    /* 22 */ LOAD, 1, DUP, PUSH, 1, AND, JZ, 38, // if (x & 1)
    /* 30 */ PUSH, 3, MUL, PUSH, 1, ADD, JMP, 41, //   3x + 1
    /* 38 */ PUSH, 1, SHR,                  //     else x / 2
    /* 41 */ STORE, 1,
    /* 43 */ // patched below: a jump back to 8 while x is not 1
};

static void run_program(int n) {
    static vm m;
    m.pc = m.sp = 0;
    cells[0] = n;
    cells[2] = 0;
    while (program[m.pc] != HALT) handlers[program[m.pc++]](&m);
}

__attribute__((export_name("run"))) int run(int n) {
    int at = 0;
    for (unsigned i = 0; i < sizeof source / sizeof *source; i++) program[at++] = source[i];
    program[14] = at + 2; // JZ out of the inner loop
    program[at++] = JMP;
    program[at++] = 8;
    program[at++] = LOAD; // n = n - 1
    program[at++] = 0;
    program[at++] = PUSH;
    program[at++] = 1;
    program[at++] = SUB;
    program[at++] = STORE;
    program[at++] = 0;
    program[at++] = JMP;
    program[at++] = 0;
    program[3] = at;
    program[at] = HALT;
    run_program(n);
    return cells[2];
}
