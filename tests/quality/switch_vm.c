/* A stack machine run by a switch: sums, multiplies and branches in a loop. */
enum op { PUSH, LOAD, STORE, ADD, SUB, MUL, XOR, LESS, JUMP, JUMP_IF, DUP, DROP, HALT };

static const unsigned char program[] = {
    PUSH, 0, STORE, 0,                                /* i = 0 */
    PUSH, 1, STORE, 1,                                /* x = 1 */
    LOAD, 1, PUSH, 31, MUL, LOAD, 0, ADD, STORE, 1,   /* 8: x = x * 31 + i */
    LOAD, 1, DUP, PUSH, 7, MUL, XOR, STORE, 1,        /* x ^= x * 7 */
    LOAD, 0, PUSH, 1, ADD, STORE, 0,                  /* i += 1 */
    LOAD, 0, PUSH, 200, LESS, JUMP_IF, 8,             /* while (i < 200) */
    LOAD, 1, HALT,
};

static int run(const unsigned char *code) {
    int stack[16], vars[4] = {0}, top = 0, pc = 0;
    for (;;) {
        switch (code[pc++]) {
        case PUSH: stack[top++] = code[pc++]; break;
        case LOAD: stack[top++] = vars[code[pc++]]; break;
        case STORE: vars[code[pc++]] = stack[--top]; break;
        case ADD: top--; stack[top - 1] += stack[top]; break;
        case SUB: top--; stack[top - 1] -= stack[top]; break;
        case MUL: top--; stack[top - 1] = (int)((unsigned int)stack[top - 1] * (unsigned int)stack[top]); break;
        case XOR: top--; stack[top - 1] ^= stack[top]; break;
        case LESS: top--; stack[top - 1] = stack[top - 1] < stack[top]; break;
        case JUMP: pc = code[pc]; break;
        case JUMP_IF: pc = stack[--top] ? code[pc] : pc + 1; break;
        case DUP: stack[top] = stack[top - 1]; top++; break;
        case DROP: top--; break;
        case HALT: return stack[top - 1];
        default: return -1;
        }
    }
}

__attribute__((export_name("bench"))) int bench(void) {
    unsigned int sum = 0;
    for (int i = 0; i < 20; i++)
        sum += (unsigned int)run(program);
    return (int)sum;
}
