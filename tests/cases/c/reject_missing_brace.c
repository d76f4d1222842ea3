int main(void) {
    int x = 3;
    if (x > 2) {
        x = 4;
    return x;
}
