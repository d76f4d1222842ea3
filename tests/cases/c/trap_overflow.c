int least = -2147483647 - 1, one = -1;
int main(void) {
    int q = 1;
    q = least / one;
    return q;
}
