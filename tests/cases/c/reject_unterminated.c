int main(void) {
    const char *s = "no end;
    return *s;
}
