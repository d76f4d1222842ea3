// What small computers spend their time on: a linked list that is searched, reversed and sorted, a
// matrix, a state machine over text, a CRC over all results.
typedef unsigned short u16;
typedef unsigned u32;

static u16 crc16(u16 crc, u32 value) {
    for (int i = 0; i < 16; i++) {
        crc = (crc ^ value) & 1 ? (u16)(crc >> 1 ^ 0xA001) : (u16)(crc >> 1);
        value >>= 1;
    }
    return crc;
}

struct node {
    struct node *next;
    short key, info;
};

static struct node nodes[64];

static struct node *build(u32 seed) {
    for (int i = 0; i < 64; i++) {
        seed = seed * 1103515245u + 12345u;
        nodes[i].next = i + 1 < 64 ? &nodes[i + 1] : 0;
        nodes[i].key = (short)(seed >> 16 & 0x1FF);
        nodes[i].info = (short)i;
    }
    return nodes;
}

static struct node *find(struct node *list, int key) {
    while (list && list->key != key) list = list->next;
    return list;
}

static struct node *reverse(struct node *list) {
    struct node *done = 0;
    while (list) {
        struct node *next = list->next;
        list->next = done;
        done = list;
        list = next;
    }
    return done;
}

static int by_key(const struct node *a, const struct node *b) { return a->key - b->key; }
static int by_info(const struct node *a, const struct node *b) { return a->info - b->info; }

typedef int compare(const struct node *, const struct node *);

// Merge sort, bottom up.
static struct node *sort(struct node *list, compare *less) {
    for (int width = 1;; width *= 2) {
        struct node *p = list, *tail = 0;
        int merges = 0;
        list = 0;
        while (p) {
            struct node *q = p;
            int left = 0, right = width;
            merges++;
            for (; left < width && q; left++) q = q->next;
            while (left > 0 || (right > 0 && q)) {
                struct node *e;
                if (left > 0 && (right == 0 || !q || less(p, q) <= 0)) {
                    e = p;
                    p = p->next;
                    left--;
                } else {
                    e = q;
                    q = q->next;
                    right--;
                }
                if (tail) tail->next = e;
                else list = e;
                tail = e;
            }
            p = q;
        }
        tail->next = 0;
        if (merges <= 1) return list;
    }
}

static u16 lists(u32 seed, u16 crc) {
    struct node *list = build(seed);
    for (int key = 0; key < 40; key++) {
        struct node *found = find(list, key * 13 & 0x1FF);
        crc = crc16(crc, found ? (u32)found->info : 999);
        list = reverse(list);
    }
    list = sort(list, by_key);
    for (struct node *p = list; p; p = p->next) crc = crc16(crc, (u32)p->key);
    list = sort(list, by_info);
    return crc16(crc, (u32)list->key);
}

#define M 12
static short a[M][M], b[M][M];
static int c[M][M];

static u16 matrix(int seed, u16 crc) {
    for (int i = 0; i < M; i++)
        for (int j = 0; j < M; j++) {
            a[i][j] = (short)(seed + i * 3 - j);
            b[i][j] = (short)(i ^ j * 5);
        }
    for (int i = 0; i < M; i++)
        for (int j = 0; j < M; j++) {
            int sum = 0;
            for (int k = 0; k < M; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
    for (int i = 0; i < M; i++)
        for (int j = 0; j < M; j++) {
            a[i][j] = (short)((c[i][j] >> 2 & 15) * (c[i][j] >> 5 & 127));
            crc = crc16(crc, (u32)a[i][j]);
        }
    return crc;
}

enum state { START, SIGN, INT, POINT, FRACTION, EXPONENT, SCIENCE, BAD, STATES };
static const char text[] = "5012,+3.5e8,-.75,7e-4,T0.3e-1F,-110.700,0xA5,-874.0E+0,87.7,abc,1e,--5,";
static int visits[STATES];

static enum state next(enum state s, char ch) {
    int digit = ch >= '0' && ch <= '9';
    switch (s) {
    case START: return digit ? INT : ch == '+' || ch == '-' ? SIGN : ch == '.' ? POINT : BAD;
    case SIGN: return digit ? INT : ch == '.' ? POINT : BAD;
    case INT: return digit ? INT : ch == '.' ? POINT : ch == 'e' || ch == 'E' ? EXPONENT : BAD;
    case POINT:
    case FRACTION: return digit ? FRACTION : ch == 'e' || ch == 'E' ? EXPONENT : BAD;
    case EXPONENT: return digit || ch == '+' || ch == '-' ? SCIENCE : BAD;
    case SCIENCE: return digit ? SCIENCE : BAD;
    default: return BAD;
    }
}

static u16 states(u32 seed, u16 crc) {
    for (int i = 0; i < STATES; i++) visits[i] = 0;
    for (int round = 0; round < 4; round++) {
        enum state s = START;
        for (const char *p = text; *p; p++) {
            char ch = (char)(*p ^ ((seed >> round & 7) == 3 ? 1 : 0));
            if (ch == ',') {
                visits[s]++;
                s = START;
            } else {
                s = next(s, ch);
            }
        }
    }
    for (int i = 0; i < STATES; i++) crc = crc16(crc, (u32)visits[i]);
    return crc;
}

__attribute__((export_name("run"))) int run(int n) {
    u16 crc = 0;
    for (int i = 0; i < n; i++) {
        crc = lists((u32)i * 7919u + crc, crc);
        crc = matrix(i, crc);
        crc = states((u32)i, crc);
    }
    return crc;
}
