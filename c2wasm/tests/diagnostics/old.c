// std: gnu89
counter;
int strlen(int x, int y);
main() {
    helper(1);
    return strlen(1, 2) + counter;
}
