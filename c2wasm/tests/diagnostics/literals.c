// std: gnu23
const char *path = "c:\dir" "\q";
int wide = L'ab';
int digits[] = { 1'000, 0x'ff, 1'e1, 0'b1, 0xf'f };
int pair = u'ab';
int none = '\x';
