/* Endless recursion with a frame in memory ends in an error, not in damage. */
int sink;
static int deep(int n) {
    int frame[8];
    frame[n & 7] = n;
    int result = deep(n + 1) + frame[(n + 1) & 7];
    sink += result;
    return result;
}
int main(void) {
    return deep(0);
}
